"""What the look-up found, as rows: an open job's row is the sentence to read out."""

from __future__ import annotations

from datetime import date, tzinfo
from typing import TYPE_CHECKING

from aftersales_tui.domain.numbering import NumberKind, read_number, show_number
from aftersales_tui.domain.text import cell_width, cut, squeeze
from aftersales_tui.domain.words import CallStatus, Outcome, RecordKind, Resolution
from aftersales_tui.domain.workflow import OPEN
from aftersales_tui.i18n import C_, _, formats
from aftersales_tui.i18n.job_sentence import short_name, spoken
from aftersales_tui.i18n.labels import label
from aftersales_tui.tui.desk.sides import dotted, number_of
from aftersales_tui.tui.glyphs import glyph
from aftersales_tui.tui.widgets.panel import Column, PanelRow

if TYPE_CHECKING:
    from aftersales_tui.views.jobs import JobRow
    from aftersales_tui.views.search import Found, Hit

NAME = 14
"""Cells of a name before a sentence."""
NOW_CELLS = 78
"""Cells of the Now line in a narrow window: a record is cut, why it is there is not."""
TAIL = 5
"""So many last digits of a phone or serial say in which one it was found."""


def columns() -> tuple[Column, ...]:
    """The columns of the results: 3 + 9 + 9 + 47 + 12 = 80."""
    return (
        Column(C_("col", "Kind"), 9),
        Column(C_("col", "No."), 9),
        Column(C_("col", "What"), 47),
        Column(C_("col", "Found in"), 12),
    )


def rows_of(found: Found, typed: str, today: date, zone: tzinfo) -> list[PanelRow]:
    """The rows of a look-up."""
    return [
        PanelRow(
            f"{hit.kind.value}:{hit.id}",
            (label(hit.kind), number_of(hit.kind, hit.number), what(hit, today, zone), found_in(hit, typed)),
            hit,
        )
        for hit in found.items
    ]


def is_open(job: JobRow | None) -> bool:
    """Whether somebody may ask whether it is ready."""
    return job is not None and job.status in OPEN


def is_own(hit: Hit) -> bool:
    """Whether the row is a file of its own, of somebody or of a unit, and not what happened to it."""
    return hit.kind in (RecordKind.CUSTOMER, RecordKind.DEVICE)


def what(hit: Hit, today: date, zone: tzinfo) -> str:
    """The text of a row: for an open job its sentence, for a closed record first how it ended."""
    job = hit.job
    if job is not None and is_open(job):
        who = cut(short_name(job.customer_name), NAME) or job.product
        return dotted(who, spoken(job, today, zone))
    who, _dot, rest = hit.title.partition(" · ")
    if job is not None:
        known = job.outcome is not None and job.outcome is not Outcome.UNKNOWN
        ended = label(job.outcome) if job.outcome is not None and known else label(job.status)
        day = formats.day(job.completed_on) if job.completed_on else ""
        return dotted(cut(short_name(who), NAME), f"{ended} {day}".rstrip(), rest)
    if hit.kind is RecordKind.CALL and hit.status:
        return dotted(cut(short_name(who), NAME), _call_state(hit.status), rest)
    return hit.title


def _call_state(code: str) -> str:
    return label(Resolution(code)) if code in set(Resolution) else label(CallStatus(code))


def found_in(hit: Hit, typed: str) -> str:
    """Why the row is there: ``phone …8027``, ``name``, ``initials``."""
    names = {
        "phone": C_("hit", "phone"),
        "name": C_("hit", "name"),
        "initials": C_("hit", "initials"),
        "serial": C_("hit", "serial"),
        "number": C_("hit", "number"),
        "product": C_("hit", "product"),
        "fault": C_("hit", "fault"),
        "address": C_("hit", "address"),
        "text": C_("hit", "notes"),
    }
    number = read_number(typed)
    exact = hit.number is not None and number is not None and number[1] == hit.number and not hit.fragment
    name = names["number"] if exact else names.get(hit.found_in, "")
    if is_own(hit) and hit.found_in in ("phone", "serial") and hit.fragment:
        digits = squeeze(hit.fragment)
        words = typed.split()
        tail = max(4, min(TAIL, len(squeeze(words[0])) if words else 4))
        return f"{name} {glyph('…')}{digits[-tail:]}"
    return name


def title(found: Found, shown: int) -> str:
    """``found 7 · newest first`` or ``first 50 of 1,234 – type more``."""
    if not found.complete:
        return _("first {n} of more than {all} – type more").format(
            n=shown, all=formats.number(found.total - 1)
        )
    if found.total > shown:
        return _("first {n} of {all} – type more").format(n=shown, all=formats.number(found.total))
    if not found.items:
        return _("found {n}").format(n=0)
    return _("found {n} · newest first").format(n=found.total)


def nothing_found(found: Found, typed: str) -> tuple[str, ...]:
    """The words of an empty result: every word by itself, and what to do."""
    from aftersales_tui.domain.text import excerpt
    from aftersales_tui.i18n import ngettext

    shown = excerpt(typed)
    lines = ["", _("Nothing found for “{text}”.").format(text=shown), ""]
    for word, n in found.alone[:4]:
        one = (
            ngettext("“{word}” alone finds {n}.", "“{word}” alone finds {n}.", n)
            if n
            else _("“{word}” finds nothing.")
        )
        lines.append(one.format(word=excerpt(word), n=formats.number(n)))
    lines += [
        _("Every word must occur somewhere: in the name, phone, serial, number or fault."),
        "",
        _("Backspace       shortens the last word"),
        _("ctrl+n          starts a call for a new caller named “{text}”").format(text=shown),
        _("Esc             back to the desk"),
    ]
    return tuple(lines)


def now_words(
    hit: Hit, asked: JobRow | None, first: bool, today: date, zone: tzinfo, typed: str
) -> tuple[str, str]:
    """The Now line of a result; an open job's sentence stands in it in full.

    ``asked`` is the job that ctrl+r logs a question about, on a customer or device its only open one.
    """
    if is_open(hit.job) and hit.job is not None:
        job = hit.job
        said = _("{no} {name}, {product}: {sentence}").format(
            no=number_of(hit.kind, hit.number),
            name=short_name(job.customer_name),
            product=job.product,
            sentence=spoken(job, today, zone),
        )
        keys = _("ctrl+r logs that the caller was told · Enter opens it · Esc clears")
        return said, keys
    sentence = (
        _("First match: {kind} {record}, found by {hit}.")
        if first
        else _("Marked: {kind} {record}, found by {hit}.")
    )
    places = {"kind": label(hit.kind), "hit": found_in(hit, typed)}
    room = NOW_CELLS - cell_width(sentence.format(record="", **places))
    said = sentence.format(record=cut(dotted(number_of(hit.kind, hit.number), hit.title), room), **places)
    if hit.kind is RecordKind.JOB:
        return said, _("Enter opens the job · ctrl+n call for them · Esc clears")
    if hit.kind is RecordKind.CALL:
        return said, _("Enter opens the call · ctrl+n call for them · Esc clears")
    if asked is not None and is_open(asked):
        keys = _("ctrl+r logs that they were told of {no} · Enter opens the card · Esc clears")
        return said, keys.format(no=show_number(NumberKind.JOB, asked.number))
    if hit.kind is RecordKind.CUSTOMER:
        return said, _("Enter opens the card · ctrl+n call for them · Esc clears")
    return said, _("Enter opens the card · F5 job for device · ctrl+n call for them · Esc clears")
