"""The rows of the explanation: reckoning, choices, layers, charges, questions, for both widths."""

from collections.abc import Sequence

from aftersales_tui.domain.policy import TriggerKind
from aftersales_tui.domain.text import cell_width
from aftersales_tui.domain.verdicts import RemedyRow, Verdict
from aftersales_tui.i18n import C_, _, formats
from aftersales_tui.i18n.change_words import change_sentences
from aftersales_tui.i18n.entitlement_words import further_sentences, refund_sentences
from aftersales_tui.i18n.labels import label
from aftersales_tui.i18n.reason_words import clause_words, reason_sentence
from aftersales_tui.i18n.trigger_words import trigger_sentence
from aftersales_tui.i18n.verdict_words import CHOICES, coverage_word, headline, part_word
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
from aftersales_tui.tui.desk.call_fields import in_columns
from aftersales_tui.tui.wrapping import wrapped

_INDENT = "   "
WIDE = 110
"""Cells from which a row has its clause at the right edge."""
_SAID_ABOVE = "calendar_not_published"
"""Stands below the choices already."""


def in_order(verdict: Verdict) -> list[RemedyRow]:
    """The remedies in the order they are asked for: repair, exchange, refund; the whole unit first."""
    return sorted(verdict.remedies, key=lambda row: CHOICES.index(row.remedy))


def first_line(verdict: Verdict, width: int) -> str:
    """``COVERED: Repair free until …. Judged on ….``; shorter in a narrow window."""
    places = {"coverage": coverage_word(verdict.coverage), "sentence": headline(verdict).rstrip(".。")}
    if width < WIDE:
        return _("{coverage}: {sentence}. As of {date}.").format(**places, date=formats.day(verdict.as_of))
    return _("{coverage}: {sentence}. Judged on {date}.").format(
        **places, date=formats.day_weekday(verdict.as_of)
    )


def since(stored: Verdict | None, now: Verdict, width: int) -> list[str]:
    """What is judged otherwise today than it was; nothing when it is the same, or was judged just now."""
    changes = change_sentences(stored, now) if stored is not None else ()
    if stored is None or not changes:
        return []
    said = _("Since {date}: {changes}.").format(
        date=formats.day(stored.as_of), changes=C_("list", "; ").join(changes)
    )
    return [" " + line for line in wrapped(said, width - 3)]


def reckoning(verdict: Verdict, category: str, width: int) -> list[str]:
    """How the last day came about, a step a row; the clauses at the right edge of a wide window."""
    lines = []
    steps = reckoning_rows(verdict, category)
    values = max((cell_width(step.value) for step in steps), default=0)
    for step in steps:
        start = _INDENT + in_columns((step.label, 14), (step.value, max(16, values))) + " "
        note = step.note
        if width >= WIDE and step.clause:
            room = width - cell_width(start) - cell_width(step.clause) - 2
            lines.append(start + in_columns((note, room)) + " " + step.clause)
        else:
            body = wrapped(note, width - cell_width(start) - 1)
            lines += [(start if n == 0 else " " * cell_width(start)) + row for n, row in enumerate(body)]
    if not lines:
        lines += [_INDENT + reason_sentence(verdict, reason) for reason in verdict.missing[:1]]
    return lines


def choice_lines(verdict: Verdict, width: int) -> list[tuple[str, RemedyRow]]:
    """Each remedy in a line with its row: today or not, for which part, until when, by which clause."""
    return [(_choice_line(verdict, row, width), row) for row in in_order(verdict)]


def _until(row: RemedyRow) -> str:
    return until_words(row) + ("" if row.official or row.days_left is None else " (a)")


def _until_width(verdict: Verdict, width: int) -> int:
    return max([22 if width >= WIDE else 19, *(cell_width(_until(row)) for row in verdict.remedies)])


def _choice_line(verdict: Verdict, row: RemedyRow, width: int) -> str:
    until = (_until(row), _until_width(verdict, width))
    clause = f"{row.policy} {clause_words(verdict, row.clause_key)}"
    mark = mark_word(row.verified)
    if width >= WIDE:
        cells = in_columns(
            (label(row.remedy), 15),
            (today_word(row), 6),
            (part_word(row.scope), 12),
            until,
            (left_words(row), 9),
            (label(row.layer), 11),
        )
    else:
        cells = in_columns((label(row.remedy), 10), (today_word(row), 5), (part_word(row.scope), 11), until)
    return f"{cells} {clause} · {mark}"


def choice_head(verdict: Verdict, width: int) -> str:
    """The column heads of the remedies; a narrow window has none."""
    if width < WIDE:
        return ""
    return _INDENT + in_columns(
        (C_("col", "Remedy"), 15),
        (C_("col", "Today"), 6),
        (C_("col", "Part"), 12),
        (C_("col", "Until"), _until_width(verdict, width)),
        (C_("col", "Left"), 9),
        (C_("col", "Layer"), 11),
        (C_("col", "Clause"), 10),
    )


def choice_notes(verdict: Verdict, width: int) -> list[str]:
    """What the marks mean, and what opens further remedies."""
    lines = []
    moving = sorted(
        {row.effective_end.year for row in verdict.remedies if not row.official and row.days_left is not None}
    )
    if moving:
        lines.append(
            _("(a) {year} rest days are not published yet: weekends only were used, so the day may move.")
            .format(year=moving[0])
        )  # fmt: skip
    lines += [
        trigger_sentence(verdict, row)
        for row in verdict.triggers
        if row.have or row.trigger == TriggerKind.FAILED_REPAIRS
    ]
    lines += (*refund_sentences(verdict), *further_sentences(verdict))
    return _indented(lines, width)


def layers(verdict: Verdict, width: int) -> list[str]:
    """Every law and promise that was asked, and how it fared."""
    none, absent = C_("layer", "none"), absent_layers(verdict)
    rows = [(label(row.layer), result_word(row), layer_sentence(row)) for row in verdict.layers]
    if absent:
        # what nobody promised is one row: it must not push what was promised off the page
        rows.append((none, "", C_("list", "; ").join(words for _layer, words in absent)))
    first, second = (max((cell_width(row[n]) for row in rows), default=0) + 1 for n in (0, 1))
    lines = []
    for name, result, said in rows:
        start = _INDENT + in_columns((name, first), (result, second)) + " "
        body = wrapped(said, max(20, width - cell_width(start) - 1))
        lines += [(start if n == 0 else " " * cell_width(start)) + line for n, line in enumerate(body)]
    return lines


def charged(verdict: Verdict, width: int) -> list[str]:
    """What would make the repair a charged one; never a refused one (WAR-8)."""
    causes = " · ".join(label(code) for code in verdict.would_exclude)
    said = _("Charged, not refused: a paid repair is always offered.")
    return _indented([causes, said] if causes else [said], width)


def missing(verdict: Verdict, width: int) -> list[str]:
    """What to ask for and what to watch."""
    reasons = (*verdict.missing, *(warned for warned in verdict.warnings if warned.code != _SAID_ABOVE))
    said = [reason_sentence(verdict, reason) for reason in reasons]
    return _indented(said or [_("Nothing is missing.")], width)


def then(asked: Verdict, verdict: Verdict) -> str:
    """The answer to a what-if, beside the verdict as it is."""
    coverage = coverage_word(asked.coverage)
    if asked == verdict:
        return _("{coverage}, as above. Nothing is stored by asking.").format(coverage=coverage)
    return _("{coverage}: {sentence}. Nothing is stored by asking.").format(
        coverage=coverage, sentence=headline(asked).rstrip(".。")
    )


def as_text(verdict: Verdict, title: str, category: str) -> str:
    """The verdict as text for the clipboard."""
    lines = [title, first_line(verdict, WIDE), *(line.strip() for line in reckoning(verdict, category, 80))]
    lines += [line for line, _row in choice_lines(verdict, 80)]
    lines += [reason_sentence(verdict, reason) for reason in (*verdict.missing, *verdict.warnings)]
    return "\n".join([*(line for line in lines if line), disclaimer()])


def _indented(texts: Sequence[str], width: int) -> list[str]:
    return [_INDENT + line for text in texts for line in wrapped(text, width - 2 * len(_INDENT))]
