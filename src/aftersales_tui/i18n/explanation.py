"""A verdict told in whole, line by line: what it is, how it was reckoned, and what else was asked."""

from __future__ import annotations

from aftersales_tui.domain.policy import TriggerKind
from aftersales_tui.domain.verdicts import RemedyRow, Verdict
from aftersales_tui.i18n import C_, _
from aftersales_tui.i18n.entitlement_words import further_sentences, refund_sentences
from aftersales_tui.i18n.labels import label
from aftersales_tui.i18n.reason_words import clause_words, reason_sentence
from aftersales_tui.i18n.trigger_words import trigger_sentence
from aftersales_tui.i18n.verdict_words import coverage_word, headline, part_word
from aftersales_tui.i18n.why_words import (
    StepWords,
    disclaimer,
    layer_sentence,
    left_words,
    mark_word,
    reckoning_rows,
    result_word,
    today_word,
    until_words,
)


def explanation(verdict: Verdict, category: str = "") -> tuple[str, ...]:
    """Every line of the explanation; ``category`` is the kind of product as people call it."""
    first = C_("explained", "{coverage}: {sentence}").format(
        coverage=coverage_word(verdict.coverage), sentence=headline(verdict)
    )
    return (
        first,
        *step_lines(verdict, category),
        *(_remedy(verdict, row) for row in verdict.remedies),
        *count_lines(verdict),
        *layer_lines(verdict),
        *refund_sentences(verdict),
        *further_sentences(verdict),
        *(reason_sentence(verdict, reason) for reason in (*verdict.missing, *verdict.warnings)),
        disclaimer(),
    )


def step_lines(verdict: Verdict, category: str = "") -> tuple[str, ...]:
    """How the last day was reckoned, a step a line."""
    return tuple(_step(words) for words in reckoning_rows(verdict, category))


def count_lines(verdict: Verdict) -> tuple[str, ...]:
    """What is counted towards further remedies, and what is charged."""
    counted = (
        trigger_sentence(verdict, row)
        for row in verdict.triggers
        if row.have or row.trigger == TriggerKind.FAILED_REPAIRS
    )
    charged = (
        _("Charged, not refused: {cause} ({clause}).").format(
            cause=label(row.code), clause=clause_words(verdict, row.clause_key) or "–"
        )
        for row in verdict.excluded
    )
    return (*counted, *charged)


def layer_lines(verdict: Verdict) -> tuple[str, ...]:
    """Every law and promise that was asked, and how it fared."""
    return tuple(
        C_("layer", "{layer}, {result}: {said}").format(
            layer=label(row.layer), result=result_word(row), said=layer_sentence(row)
        )
        for row in verdict.layers
    )


def _step(words: StepWords) -> str:
    said = C_("list", "; ").join(part for part in (words.value, words.note, words.clause) if part)
    return C_("step", "{step}: {said}").format(step=words.label, said=said)


def _remedy(verdict: Verdict, row: RemedyRow) -> str:
    places = {
        "remedy": label(row.remedy),
        "part": part_word(row.scope),
        "today": today_word(row),
        "until": until_words(row),
        "left": left_words(row),
        "layer": label(row.layer),
        "policy": row.policy,
        "clause": clause_words(verdict, row.clause_key) or "–",
        "mark": mark_word(row.verified),
    }
    if row.days_left is None:
        said = _("{remedy}, {part}: {today}, {until} ({layer}, {policy} {clause}, {mark})")
    else:
        said = _("{remedy}, {part}: {today}, until {until}, {left} left ({layer}, {policy} {clause}, {mark})")
    return said.format(**places)
