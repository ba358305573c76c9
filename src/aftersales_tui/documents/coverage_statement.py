"""The coverage statement: a verdict with everything it rests on, to be handed to whoever asks why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aftersales_tui.documents.parts import Head, Pair, Part, Table, head, known
from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.papers import Form
from aftersales_tui.domain.policy import Verified
from aftersales_tui.i18n import C_, _, formats, language
from aftersales_tui.i18n.entitlement_words import further_sentences, refund_sentences
from aftersales_tui.i18n.labels import label
from aftersales_tui.i18n.override_words import machine_sentence, override_sentence
from aftersales_tui.i18n.paper_words import (
    charged_words,
    form_name,
    remedy_order,
    remedy_words,
    since_then,
    trigger_word,
)
from aftersales_tui.i18n.reason_words import clause_words, reason_sentence
from aftersales_tui.i18n.verdict_words import coverage_word, headline, part_word, proof_words
from aftersales_tui.i18n.why_words import (
    absent_layers,
    disclaimer,
    layer_sentence,
    left_words,
    mark_word,
    reckoning_rows,
    result_word,
    today_word,
    until_words,
)
from aftersales_tui.views.calls import CallView
from aftersales_tui.views.jobs import JobView
from aftersales_tui.views.papers import Cited, CoverageFacts

_NONE = "–"


@dataclass(frozen=True, slots=True)
class CoverageStatement:
    """The statement in finished words; the template shows ``parts`` whatever they are."""

    head: Head
    coverage: str
    sentence: str
    override: str
    since_then: str
    facts: tuple[Pair, ...]
    parts: tuple[Part, ...]
    disclaimer: str


def view(facts: CoverageFacts) -> CoverageStatement:
    """The coverage statement of a verdict in the language in use."""
    verdict = facts.verdict
    return CoverageStatement(
        head=head(facts.shop, form_name(Form.COVERAGE_STATEMENT), number_of(facts)),
        coverage=coverage_word(facts.override.coverage if facts.override else verdict.coverage),
        sentence=_whole(headline(verdict)) if facts.override is None else machine_sentence(verdict),
        override=_override(facts),
        since_then=_whole(since_then(verdict, facts.now)),
        facts=_about(facts),
        parts=tuple(part for make in _PARTS if (part := make(facts)) is not None),
        disclaimer=disclaimer(),
    )


def _override(facts: CoverageFacts) -> str:
    zone = facts.shop.printed_at.tzinfo
    if facts.override is None or zone is None:
        return ""
    return _whole(override_sentence(facts.override, zone))


def number_of(facts: CoverageFacts) -> str:
    """The number of the job or call the verdict was judged for; empty for a unit."""
    match facts.about:
        case JobView(number=number):
            return show_number(NumberKind.JOB, number)
        case CallView(number=number):
            return show_number(NumberKind.CALL, number)
    return ""


def _whole(sentence: str) -> str:
    """The sentence with its stop."""
    if not sentence or sentence.endswith((".", "。")):
        return sentence
    return C_("paper", "{sentence}.").format(sentence=sentence)


def _about(facts: CoverageFacts) -> tuple[Pair, ...]:
    about, verdict = facts.about, facts.verdict
    product = f"{about.brand} {about.model}".strip()
    category = facts.catalogue.label(verdict.category, language())
    start = ""
    if verdict.start is not None:
        start = C_("verdict", "{date}, {basis}").format(
            date=formats.day_weekday(verdict.start.date), basis=label(verdict.start.basis)
        )
    return known(
        Pair(C_("field", "Device"), product or category, strong=True),
        (C_("field", "Serial"), about.serial),
        (C_("field", "Category"), category if product else ""),
        (C_("title", "Customer"), about.customer_name),
        Pair(C_("paper", "As of"), formats.day_weekday(verdict.as_of), strong=True),
        (C_("paper", "Judged for"), _judged_for(facts)),
        (C_("paper", "Start"), start or C_("paper", "no date is known")),
        (C_("verdict", "Proof"), proof_words(verdict.proof)),
    )


def _judged_for(facts: CoverageFacts) -> str:
    number = number_of(facts)
    if isinstance(facts.about, JobView):
        return _("job {number}, kept as it was judged").format(number=number)
    if isinstance(facts.about, CallView):
        return _("call {number}, kept as it was judged").format(number=number)
    return _("the unit on file, judged on the day of printing")


# Each part reads the facts and may have nothing to say; a new one is a function and a line in ``_PARTS``.


def _reckoning(facts: CoverageFacts) -> Part | None:
    verdict = facts.verdict
    steps = reckoning_rows(verdict, facts.catalogue.label(verdict.category, language()))
    rows = tuple((step.label, step.value, step.note, step.clause) for step in steps)
    columns = (
        C_("col", "Step"),
        C_("col", "Result"),
        C_("col", "How"),
        C_("col", "Clause"),
    )
    return Part(C_("panel", "How it was reckoned"), table=Table(columns, rows)) if rows else None


def _remedies(facts: CoverageFacts) -> Part | None:
    verdict = facts.verdict
    found = sorted(verdict.remedies, key=lambda row: remedy_order(row.remedy))
    rows = tuple(
        (
            label(row.remedy),
            today_word(row),
            part_word(row.scope),
            until_words(row) + ("" if row.official or row.days_left is None else " (a)"),
            left_words(row),
            label(row.layer),
            clause_words(verdict, row.clause_key) or row.clause,
            mark_word(row.verified),
        )
        for row in found
    )
    columns = (
        C_("col", "Remedy"),
        C_("col", "Today"),
        C_("col", "Part"),
        C_("col", "Until"),
        C_("col", "Left"),
        C_("col", "Layer"),
        C_("col", "Clause"),
        C_("col", "Checked"),
    )
    moving = sorted(row.effective_end.year for row in found if not row.official and row.days_left is not None)
    note = _("(a) {year} rest days are not published yet: weekends only were used, so the day may move.")
    notes = (note.format(year=moving[0]),) if moving else ()
    title = C_("panel", "What the customer may choose")
    return Part(title, table=Table(columns, rows), paragraphs=notes) if rows else None


def _triggers(facts: CoverageFacts) -> Part | None:
    verdict = facts.verdict
    rows = tuple(
        (
            trigger_word(row),
            C_("trigger", "{have} of {needs}").format(have=row.have, needs=row.needs),
            C_("answer", "yes") if row.met else C_("answer", "no"),
            remedy_words(row.remedies),
            clause_words(verdict, row.clause_key) or row.clause,
        )
        for row in verdict.triggers
    )
    columns = (
        C_("col", "Counted"),
        C_("col", "So far"),
        C_("col", "Reached"),
        C_("col", "Opens"),
        C_("col", "Clause"),
    )
    return Part(C_("panel", "What opens further remedies"), table=Table(columns, rows)) if rows else None


def _refund(facts: CoverageFacts) -> Part | None:
    said = refund_sentences(facts.verdict)
    return Part(C_("panel", "Money back"), paragraphs=said) if said else None


def _further(facts: CoverageFacts) -> Part | None:
    said = further_sentences(facts.verdict)
    return Part(C_("panel", "What else the law gives"), paragraphs=said) if said else None


def _layers(facts: CoverageFacts) -> Part | None:
    asked = [(label(row.layer), result_word(row), layer_sentence(row)) for row in facts.verdict.layers]
    absent = [(label(layer), C_("layer", "none"), said) for layer, said in absent_layers(facts.verdict)]
    rows = (*asked, *absent)
    columns = (C_("col", "Layer"), C_("col", "Result"), C_("col", "What it says"))
    return Part(C_("panel", "All layers"), table=Table(columns, rows)) if rows else None


def _charged(facts: CoverageFacts) -> Part | None:
    verdict = facts.verdict
    rows = tuple((label(row.code), clause_words(verdict, row.clause_key) or row.clause or _NONE)
                 for row in verdict.excluded)  # fmt: skip
    table = Table((C_("col", "Cause"), C_("col", "Clause")), rows) if rows else None
    said = [charged_words()]
    others = [
        label(code) for code in verdict.would_exclude if code not in {row.code for row in verdict.excluded}
    ]
    if others:
        said.insert(0, _("Would be charged: {causes}.").format(causes=C_("list", ", ").join(others)))
    return Part(C_("panel", "What is charged"), table=table, paragraphs=tuple(said))


def _missing(facts: CoverageFacts) -> Part:
    said = tuple(reason_sentence(facts.verdict, reason) for reason in facts.verdict.missing)
    return Part(C_("panel", "What is missing"), paragraphs=said or (_("Nothing is missing."),))


def _warnings(facts: CoverageFacts) -> Part | None:
    said = tuple(_whole(reason_sentence(facts.verdict, reason)) for reason in facts.verdict.warnings)
    return Part(C_("panel", "Watch out"), paragraphs=said) if said else None


def _citations(facts: CoverageFacts) -> Part | None:
    rows = tuple(_cited(one) for one in facts.citations)
    columns = (C_("col", "Clause"), C_("col", "What it says"), C_("col", "Source"), C_("col", "Checked"))
    return Part(C_("panel", "Clauses and sources"), table=Table(columns, rows)) if rows else None


def _cited(one: Cited) -> tuple[str, ...]:
    cite = C_("paper", "{policy} {version}, {clause}").format(
        policy=one.policy, version=one.policy_version, clause=one.cite.said_in(language())
    )
    if one.clause is None:
        return (cite, _("The rules it was judged by are no longer installed."), _NONE, _NONE)
    return (
        cite,
        one.clause.text.said_in(language()),
        one.clause.source,
        mark_word(Verified(one.clause.verified)),
    )


_PARTS: tuple[Callable[[CoverageFacts], Part | None], ...] = (
    _reckoning,
    _remedies,
    _triggers,
    _refund,
    _further,
    _layers,
    _charged,
    _missing,
    _warnings,
    _citations,
)
