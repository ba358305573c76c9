"""The sentences of a verdict's reasons: what to ask for and what to watch."""

from __future__ import annotations

from datetime import date

from aftersales_tui.domain.verdicts import Reason, Verdict
from aftersales_tui.domain.words import Remedy
from aftersales_tui.i18n import C_, N_, _, formats, language, ngettext
from aftersales_tui.i18n.labels import label

_OPENED = {
    "trigger_met_repairs": N_(
        "Repaired {n} times for this fault: the customer may choose {remedies} ({clause})"
    ),
    "trigger_met_total_repair_days": N_(
        "In repair for {n} days altogether: the customer may choose {remedies} ({clause})"
    ),
    "trigger_met_accessory_exchanges": N_(
        "The accessory was exchanged {n} times: the customer may choose {remedies} ({clause})"
    ),
    "trigger_met_safety_repairs": N_(
        "A dangerous fault was repaired {n} times: the customer may choose {remedies} ({clause})"
    ),
    "trigger_met_part_replacements": N_(
        "The same assembly was replaced {n} times: the customer may choose {remedies} ({clause})"
    ),
    "trigger_met_service_unavailable": N_(
        "Nobody repairs it any more: the customer may choose {remedies} ({clause})"
    ),
}

NEAR = 14
"""How many days before the end a day that may still move is worth a warning."""


def clause_words(verdict: Verdict, clause_key: str) -> str:
    """How the clause is quoted in the language in use; empty when there is none."""
    cite = verdict.cites.get(clause_key)
    return cite.said_in(language()) if cite else ""


def missing_sentence(verdict: Verdict) -> str:
    """What to ask for, in one sentence; empty when nothing is missing."""
    return reason_sentence(verdict, verdict.missing[0]) if verdict.missing else ""


def watch_out(verdict: Verdict) -> str:
    """What the clerk must not overlook, in one sentence; empty when there is nothing."""
    reason = _watched(verdict)
    return reason_sentence(verdict, reason) if reason else ""


def watch_out_line(verdict: Verdict) -> str:
    """The same as one line of a narrow screen, with its heading; empty when there is nothing."""
    reason = _watched(verdict)
    if reason is None:
        return ""
    values = reason.values
    clause = clause_words(verdict, str(values.get("clause", "")))
    match reason.code:
        case "one_more_failed_repair":
            return _(
                "Watch out: one more failed repair of this fault entitles to {remedy} ({clause})"
            ).format(remedy=_remedies(reason, 1), clause=clause)
        case "trigger_met_failed_repairs":
            n = count(values["have"])
            return ngettext(
                "Watch out: {n} failed repair entitles to {remedies} ({clause})",
                "Watch out: {n} failed repairs entitle to {remedies} ({clause})",
                n,
            ).format(n=n, remedies=_remedies(reason), clause=clause)
        case "trigger_met_repair_days":
            return _("Watch out: {n} days in repair entitle to {remedies} ({clause})").format(
                n=values["have"], remedies=_remedies(reason), clause=clause
            )
        case "trigger_met_total_repair_days":
            return _("Watch out: {n} days in repair altogether entitle to {remedies} ({clause})").format(
                n=values["have"], remedies=_remedies(reason), clause=clause
            )
        case "calendar_not_published":
            return _("Watch out: rest days of {year} are not published yet, the day may move").format(
                year=values["year"]
            )
        case "performance_fault_assumed":
            return _("Watch out: exchange and refund need a fault in how it works")
        case "produced_after_sold":
            return _("Watch out: made on {produced} but sold on {sold}: ask which is right").format(
                produced=day_words(values["produced"]), sold=day_words(values["sold"])
            )
        case "no_policy":
            return _("Watch out: no law and no promise on file for this kind of product")
    return _("Watch out: {warning}").format(warning=reason_sentence(verdict, reason))


def reason_sentence(verdict: Verdict, reason: Reason) -> str:
    """One warning or question as a whole sentence; an unknown code is shown as it stands."""
    values = reason.values
    match reason.code:
        case "ask_start_date" if "produced" in values:
            return _("Only the day of production is known. Ask for the day of sale.")
        case "ask_start_date":
            return _("No date is known yet. Ask for the sale date, or for the serial number.")
        case "ask_proof":
            return _("No proof of purchase. Ask for the invoice, a payment record or the warranty card.")
        case "ask_production_date":
            return _("The papers are lost. Ask for the serial number or IMEI: the production date counts.")
        case "look_at_invoice":
            return _("The invoice was told, not seen. Look at it when the device comes in.")
        case "one_more_failed_repair":
            return _(
                "One more failed repair of this fault entitles to {remedies} "
                "({clause}: has {have}, needs {needs})"
            ).format(
                remedies=_remedies(reason),
                clause=clause_words(verdict, str(values["clause"])),
                have=values["have"],
                needs=values["needs"],
            )
        case "trigger_met_failed_repairs":
            return ngettext(
                "{n} repair of this fault failed: the customer may choose {remedies} ({clause})",
                "{n} repairs of this fault failed: the customer may choose {remedies} ({clause})",
                count(values["have"]),
            ).format(
                n=values["have"],
                remedies=_remedies(reason),
                clause=clause_words(verdict, str(values["clause"])),
            )
        case "trigger_met_repair_days":
            return _("In repair for {n} days: the customer may choose {remedies} ({clause})").format(
                n=values["have"],
                remedies=_remedies(reason),
                clause=clause_words(verdict, str(values["clause"])),
            )
        case _ if (opened := _OPENED.get(reason.code)) is not None:
            return _(opened).format(
                n=values["have"],
                remedies=_remedies(reason),
                clause=clause_words(verdict, str(values["clause"])),
            )
        case "ask_usage":
            return _("The period also ends by use. Ask for the reading ({unit}).").format(unit=values["unit"])
        case "proof_assumed":
            return _("Nothing was said about the invoice: it is taken to be there.")
        case "after_closing":
            return _("It came after closing time, so it counts for {date} ({clause}).").format(
                date=day_words(values["date"]), clause=clause_words(verdict, str(values["clause"])) or "–"
            )
        case "no_depreciation":
            return _("{policy} has no depreciation for this product: the whole price is refunded.").format(
                policy=values["policy"]
            )
        case "pack_note":
            return str(values["zh" if language().startswith("zh") else "en"])
        case "calendar_not_published":
            return _(
                "The rest days of {year} are not published yet: weekends only were used, so the day may move."
            ).format(year=values["year"])
        case "performance_fault_assumed":
            return _("Exchange and refund need a fault in how it works; the technician confirms it.")
        case "produced_after_sold":
            return _("It was made on {produced}, after its sale on {sold}. Ask which date is right.").format(
                produced=day_words(values["produced"]), sold=day_words(values["sold"])
            )
        case "later_events_ignored":
            return _("Repairs and exchanges after {date} were left out.").format(
                date=day_words(values["date"])
            )
        case "own_pack_unreadable":
            return _(
                "The shop's pack {policy} {version} can no longer be read and was left out. "
                "aftersales policy list says why."
            ).format(policy=values["policy"], version=values["version"])
        case "no_policy":
            return _("No law and no promise on file speaks about this kind of product.")
    return reason.code


def _watched(verdict: Verdict) -> Reason | None:
    """The first warning that matters now: an unpublished year does only when the end is near."""
    head = verdict.headline
    near = head is not None and not head.official and head.days_left is not None and head.days_left <= NEAR
    said = (reason for reason in verdict.warnings if near or reason.code != "calendar_not_published")
    return next(said, None)


def _remedies(reason: Reason, most: int = 9) -> str:
    """The remedies a trigger opens: ``exchange or refund``."""
    told = reason.values.get("remedies", ())
    names = [label(Remedy(word)) for word in told[:most]] if isinstance(told, tuple) else []
    said = names[0] if names else "–"
    for name in names[1:]:
        said = C_("list", "{first} or {second}").format(first=said, second=name)
    return said


def count(value: object) -> int:
    """A number among the values of a reason; anything else counts as none."""
    return value if isinstance(value, int) else 0


def day_words(value: object) -> str:
    """A day among the values of a reason; a dash when there is none."""
    return formats.day(value) if isinstance(value, date) else "–"
