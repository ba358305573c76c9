"""The words of the printed forms: their names, their terms, and a verdict as a customer reads it."""

from __future__ import annotations

from collections.abc import Mapping

from aftersales_tui.domain.papers import Form, Paper
from aftersales_tui.domain.policy import TriggerKind
from aftersales_tui.domain.verdicts import TriggerRow, Verdict
from aftersales_tui.domain.words import Coverage, Remedy
from aftersales_tui.i18n import C_, NC_, _, formats, language
from aftersales_tui.i18n.labels import label
from aftersales_tui.i18n.reason_words import clause_words
from aftersales_tui.i18n.verdict_words import CHOICES, coverage_word, headline

FORMS: Mapping[Form, tuple[str, str]] = {
    Form.CLAIM_CHECK: NC_("paper", "Claim check"),
    Form.COVERAGE_STATEMENT: NC_("paper", "Coverage statement"),
}
PAPERS: Mapping[Paper, tuple[str, str]] = {
    Paper.A4: NC_("paper", "A4"),
    Paper.ROLL: NC_("paper", "80 mm roll"),
}


def form_name(form: Form) -> str:
    """The form's title, as it stands on it."""
    return C_(*FORMS[form])


def paper_name(paper: Paper) -> str:
    """What it is printed on."""
    return C_(*PAPERS[paper])


def verdict_sentence(verdict: Verdict) -> str:
    """The verdict as a customer reads it, with the clause it rests on and the day it was judged."""
    head = verdict.headline
    said = _told(verdict)
    clause = clause_words(verdict, head.clause_key) if head else ""
    if verdict.coverage is Coverage.EXCLUDED and verdict.excluded:
        clause = clause_words(verdict, verdict.excluded[0].clause_key) or clause
    rule = next(
        (row.title.said_in(language()) for row in verdict.layers if head and row.policy == head.policy), ""
    )
    places = {
        "coverage": coverage_word(verdict.coverage),
        "sentence": said,
        "date": formats.day(verdict.as_of),
    }
    if not (rule and clause):
        return _("{coverage}: {sentence}. Judged on {date}.").format(**places)
    return _("{coverage}: {sentence} ({rule}, {clause}). Judged on {date}.").format(
        **places, rule=rule, clause=clause
    )


def _told(verdict: Verdict) -> str:
    """The sentence without its stop; what the clerk would ask for is said as what the customer may bring."""
    if verdict.coverage is Coverage.NOT_PROVEN:
        return _("not shown yet; an invoice, a payment record or the warranty card settles it")
    return headline(verdict).rstrip(".。")


def since_then(stored: Verdict, now: Verdict | None) -> str:
    """What a stored verdict would be today; empty when nothing changed."""
    if now is None or (stored.coverage, stored.until) == (now.coverage, now.until):
        return ""
    return _("Judged on {date}; judged today it would be {coverage}: {sentence}").format(
        date=formats.day_weekday(stored.as_of),
        coverage=coverage_word(now.coverage),
        sentence=headline(now),
    )


def remedy_order(remedy: Remedy) -> int:
    """Where a remedy stands among the others: repair, exchange, refund, then what is rarer."""
    return CHOICES.index(remedy) if remedy in CHOICES else len(CHOICES)


def trigger_word(row: TriggerRow) -> str:
    """What a trigger counts."""
    words = {
        TriggerKind.FAILED_REPAIRS.value: C_("trigger", "failed repairs of this fault"),
        TriggerKind.REPAIRS.value: C_("trigger", "repairs of the same fault"),
        TriggerKind.REPAIR_DAYS.value: C_("trigger", "days in repair"),
        TriggerKind.TOTAL_REPAIR_DAYS.value: C_("trigger", "days in repair altogether"),
        TriggerKind.ACCESSORY_EXCHANGES.value: C_("trigger", "exchanges of the accessory"),
        TriggerKind.SAFETY_REPAIRS.value: C_("trigger", "repairs of a dangerous fault"),
        TriggerKind.PART_REPLACEMENTS.value: C_("trigger", "replacements of the same assembly"),
        TriggerKind.SERVICE_UNAVAILABLE.value: C_("trigger", "nobody repairs it any more"),
    }
    return words.get(str(row.trigger), str(row.trigger).replace("_", " "))


def remedy_words(remedies: tuple[Remedy, ...]) -> str:
    """Remedies to choose from: ``exchange or refund``."""
    return C_("list", " or ").join(label(remedy) for remedy in remedies)


def charged_words() -> str:
    """What an excluded cause means (WAR-8)."""
    return _("Charged, not refused: a paid repair is always offered.")


def information_only() -> str:
    """The sentence beside the warranty of a paper that a customer takes along."""
    return _("What is said of the warranty is information, not legal advice.")


def terms() -> tuple[tuple[str, str], ...]:
    """The terms of the claim check, each under its word (QU-1, WAR-8, WAR-9)."""
    return (
        (
            C_("terms", "Collecting"),
            _(
                "Please bring this claim check. Without it we hand the device over only to the person named "
                "above, who shows an identity document or answers the phone number on file."
            ),
        ),
        (
            C_("terms", "Price"),
            _(
                "Before any work that costs money we tell you the price, and we begin only when you agree. "
                "If the warranty does not cover the fault, a paid repair is always offered; you are free to "
                "decline it."
            ),
        ),
        (
            C_("terms", "Guarantee"),
            _(
                "If the same fault comes back after our repair, bring the device again: within our repair "
                "guarantee we repair it free of charge."
            ),
        ),
        (
            C_("terms", "Your data"),
            _(
                "Please keep a copy of your data; a repair may erase what is on the device. We look at it "
                "only as far as the repair needs."
            ),
        ),
        (
            C_("terms", "Storage"),
            _(
                "We tell you when the device is ready and keep it safe for you. We charge no storage and "
                "give nothing away without telling you first."
            ),
        ),
        (C_("terms", "Your rights"), _("Nothing here takes away a right that the law gives you.")),
    )
