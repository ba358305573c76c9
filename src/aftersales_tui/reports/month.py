"""The month's measures beside those of the month before: as lines in words, as a table, JSON and CSV.

The screen and the command line show the same lines, so they show the same numbers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from aftersales_tui.domain.dates import read_month
from aftersales_tui.domain.text import cell_width, clean, escaped
from aftersales_tui.i18n import C_, NC_, _, formats, ngettext
from aftersales_tui.reports.csv_files import write_csv
from aftersales_tui.views.reports import MonthSummary

NOTHING = "–"
"""Stands where there is no number: nobody was asked, nothing was closed."""

FORMATS = ("table", "json", "csv")

_NAMED_KINDS = ("repair", "progress", "complaint", "advice")
_NAMED_CHANNELS = ("phone", "walk_in")
_NAMED_OUTCOMES = ("fixed", "partly_fixed", "no_fault_found", "not_repairable", "declined")


class Unit(StrEnum):
    """How a measure is written and compared."""

    COUNT = "count"
    SHARE = "share"
    """A count with its share in brackets; compared by the share."""
    DAYS = "days"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of the month. ``part`` belongs under the one above; ``main`` stays in a low window."""

    id: str
    label: tuple[str, str]
    count: Callable[[MonthSummary], float | None]
    unit: Unit = Unit.COUNT
    share: Callable[[MonthSummary], float | None] | None = None
    part: bool = False
    main: bool = False
    only_if_any: bool = False


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A measure in words: this month, the month before, the difference."""

    id: str
    label: str
    this: str
    before: str
    difference: str
    part: bool
    main: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A measure of one month in words; ``depth`` sets it in under the one above."""

    id: str
    words: str
    shown: str
    depth: int


def _kind(name: str) -> Callable[[MonthSummary], float | None]:
    return lambda month: month.calls_by_kind.get(name, 0)


def _channel(name: str) -> Callable[[MonthSummary], float | None]:
    return lambda month: month.calls_by_channel.get(name, 0)


def _outcome(name: str) -> Callable[[MonthSummary], float | None]:
    return lambda month: month.outcomes.get(name, 0)


def _other_kinds(month: MonthSummary) -> float:
    return month.calls - sum(month.calls_by_kind.get(name, 0) for name in _NAMED_KINDS)


def _other_channels(month: MonthSummary) -> float:
    return month.calls - sum(month.calls_by_channel.get(name, 0) for name in _NAMED_CHANNELS)


def _other_outcomes(month: MonthSummary) -> float:
    return month.jobs_closed - sum(month.outcomes.get(name, 0) for name in _NAMED_OUTCOMES)


MEASURES: tuple[Measure, ...] = (
    Measure("calls", NC_("measure", "Calls"), lambda month: month.calls, main=True),
    Measure("calls.repair", NC_("measure", "of these repair"), _kind("repair"), part=True, main=True),
    Measure("calls.progress", NC_("measure", "asking how it stands"), _kind("progress"), part=True),
    Measure("calls.complaint", NC_("measure", "complaints"), _kind("complaint"), part=True),
    Measure("calls.advice", NC_("measure", "advice"), _kind("advice"), part=True),
    Measure("calls.other", NC_("measure", "returns, appointments, other"), _other_kinds, part=True),
    Measure("calls.phone", NC_("measure", "by phone"), _channel("phone"), part=True),
    Measure("calls.walk_in", NC_("measure", "walk-in"), _channel("walk_in"), part=True),
    Measure("calls.other_channels", NC_("measure", "other channels"), _other_channels, part=True),
    Measure("jobs.opened", NC_("measure", "Jobs opened"), lambda month: month.jobs_opened, main=True),
    Measure("jobs.closed", NC_("measure", "Jobs closed"), lambda month: month.jobs_closed, main=True),
    Measure("jobs.in_warranty", NC_("measure", "in warranty"), lambda month: month.in_warranty,
            part=True, main=True),
    Measure("jobs.out_of_warranty", NC_("measure", "out of warranty"), lambda month: month.out_of_warranty,
            part=True, main=True),
    Measure("jobs.goodwill", NC_("measure", "goodwill"), lambda month: month.goodwill,
            part=True, only_if_any=True),
    Measure("jobs.not_judged", NC_("measure", "warranty not judged"), lambda month: month.not_judged,
            part=True, only_if_any=True),
    Measure("jobs.fixed", NC_("measure", "fixed"), _outcome("fixed"), part=True, main=True),
    Measure("jobs.partly_fixed", NC_("measure", "partly fixed"), _outcome("partly_fixed"), part=True),
    Measure("jobs.no_fault_found", NC_("measure", "no fault found"), _outcome("no_fault_found"), part=True),
    Measure("jobs.not_repairable", NC_("measure", "not repairable"), _outcome("not_repairable"), part=True),
    Measure("jobs.declined", NC_("measure", "declined"), _outcome("declined"), part=True),
    Measure("jobs.other_outcomes", NC_("measure", "other outcome, or none"), _other_outcomes,
            part=True, only_if_any=True),
    Measure("jobs.open_at_end", NC_("measure", "Open at the end"), lambda month: month.jobs_open_at_end,
            main=True),
    Measure("turnaround", NC_("measure", "Turnaround, median working days"),
            lambda month: month.turnaround_median_days, Unit.DAYS, main=True),
    Measure("follow_ups.due", NC_("measure", "Follow-ups due"), lambda month: month.follow_ups_due,
            main=True),
    Measure("follow_ups.made", NC_("measure", "Follow-ups made"), lambda month: month.follow_ups_made,
            Unit.SHARE, lambda month: month.follow_up_rate, main=True),
    Measure("satisfied", NC_("measure", "Satisfied (5 or 3)"), lambda month: month.satisfied,
            Unit.SHARE, lambda month: month.satisfied_share, main=True),
    Measure("score", NC_("measure", "Mean score"), lambda month: month.mean_score, Unit.SCORE, main=True),
)  # fmt: skip
"""Every measure, in the order of the screen and of the files."""


def lines(this: MonthSummary, before: MonthSummary) -> list[MonthLine]:
    """The measures of a month in words, with the difference to the month before."""
    return [
        MonthLine(
            measure.id,
            C_(*measure.label),
            _written(measure, this),
            _written(measure, before),
            _difference(measure, this, before),
            measure.part,
            measure.main,
        )
        for measure in _shown(this, before)
    ]


def measures(month: MonthSummary) -> list[Shown]:
    """Every measure of one month in words, the same rows for every month."""
    return [
        Shown(measure.id, C_(*measure.label), _written(measure, month), int(measure.part))
        for measure in MEASURES
    ]


def is_empty(month: MonthSummary) -> bool:
    """Whether nothing at all happened in the month."""
    return not (month.calls or month.jobs_opened or month.jobs_closed or month.follow_ups_due or month.scored)


def as_json(this: MonthSummary, before: MonthSummary | None = None) -> str:
    """The month as JSON, the month before under ``previous``."""
    value = asdict(this) if before is None else {**asdict(this), "previous": asdict(before)}
    return escaped(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def as_csv(this: MonthSummary, before: MonthSummary | None = None) -> str:
    """The month as CSV: measure, label, the number of each month; technicians and weeks below."""
    months = (this,) if before is None else (this, before)
    rows: list[Sequence[object]] = []
    for measure in MEASURES:
        label = C_(*measure.label)
        rows.append((measure.id, label, *(measure.count(month) for month in months)))
        if (share := measure.share) is not None:
            rows.append((f"{measure.id}.share", label, *(_rounded(share(month), 4) for month in months)))
    for person in this.technicians:
        same = [next((p for p in month.technicians if p.name == person.name), None) for month in months]
        rows += [
            ("technician.closed", person.name, *(one and one.closed for one in same)),
            ("technician.days", person.name, *(one and one.turnaround_days for one in same)),
            ("technician.score", person.name, *(one and _rounded(one.mean_score, 2) for one in same)),
        ]
    nothing = [None] * (len(months) - 1)
    for week, opened, closed in this.weeks:
        rows += [("week.opened", week, opened, *nothing), ("week.closed", week, closed, *nothing)]
    return write_csv(("measure", "label", *(month.month for month in months)), rows)


def as_table(this: MonthSummary, before: MonthSummary) -> str:
    """The month as text for a terminal or a note: measures, technicians, weeks."""
    found = lines(this, before)
    blocks = [
        _columns(
            (C_("col", "Measure"), month_words(this), month_words(before), C_("col", "Difference")),
            ((("  " if line.part else "") + line.label, line.this, line.before, line.difference)
             for line in found),
        )
    ]  # fmt: skip
    if this.technicians:
        head = (C_("col", "Technician"), C_("col", "Closed"), C_("col", "Days"), C_("col", "Score"))
        people = (
            (person.name, formats.number(person.closed), decimal(person.turnaround_days),
             decimal(person.mean_score))
            for person in this.technicians
        )  # fmt: skip
        blocks.append(_columns(head, people))
    if this.weeks:
        weeks = ((week, formats.number(new), formats.number(closed)) for week, new, closed in this.weeks)
        titles = (C_("panel", "Jobs per week"), C_("plot", "opened"), C_("plot", "closed"))
        blocks.append(_columns(titles, weeks))
    blocks.append(_("Counted by completion day.") + "\n")
    return "\n".join(blocks)


def month_words(month: MonthSummary) -> str:
    """``Nov 2026``, as the columns are headed."""
    which = read_month(month.month)
    return formats.month_short(which.year, which.month)


def decimal(value: float | None) -> str:
    """``3.8``, or a dash where there is no number."""
    return NOTHING if value is None else formats.number(value, 1)


def rendered(this: MonthSummary, before: MonthSummary, as_format: str) -> str:
    """The month in one of ``FORMATS``; KeyError for another."""
    return {"table": as_table, "json": as_json, "csv": as_csv}[as_format](this, before)


def _shown(this: MonthSummary, before: MonthSummary) -> Iterable[Measure]:
    return (m for m in MEASURES if not m.only_if_any or m.count(this) or m.count(before))


def _written(measure: Measure, month: MonthSummary) -> str:
    value = measure.count(month)
    if value is None:
        return NOTHING
    if measure.unit in (Unit.DAYS, Unit.SCORE):
        return formats.number(value, 1)
    shown = formats.number(value)
    share = measure.share(month) if measure.share is not None else None
    if share is None:
        return shown
    return C_("measure", "{n} ({share})").format(n=shown, share=formats.percent(share))


def _difference(measure: Measure, this: MonthSummary, before: MonthSummary) -> str:
    """In words, and from the numbers as they are shown, so that nobody has to wonder."""
    of = measure.share or measure.count
    now, then = of(this), of(before)
    if now is None or then is None:
        return NOTHING
    if measure.unit is Unit.SHARE:
        by: float = round(now * 100) - round(then * 100)
        # two shares of a whole differ by points; per cent would mean a part of the earlier share
        shown = ngettext("{n} point", "{n} points", int(abs(by))).format(n=formats.number(abs(by)))
        higher, lower = C_("difference", "{n} higher"), C_("difference", "{n} lower")
    elif measure.unit is Unit.SCORE:
        by = round(round(now, 1) - round(then, 1), 1)
        shown = formats.number(abs(by), 1)
        higher, lower = C_("difference", "{n} higher"), C_("difference", "{n} lower")
    elif measure.unit is Unit.DAYS:
        by = round(round(now, 1) - round(then, 1), 1)
        shown = formats.number(abs(by), 1)
        higher, lower = C_("difference", "{n} more"), C_("difference", "{n} less")
    else:
        by = now - then
        shown = formats.number(abs(by))
        higher, lower = C_("difference", "{n} more"), C_("difference", "{n} fewer")
    if not by:
        return C_("difference", "same")
    return (higher if by > 0 else lower).format(n=shown)


def _rounded(value: float | None, places: int) -> float | None:
    return None if value is None else round(value, places)


def _columns(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Text columns, the first to the left, the numbers to the right, as wide as they need in cells."""
    table = [[_lined(text) for text in row] for row in (head, *rows)]
    wide = [max(cell_width(row[n]) for row in table) for n in range(len(head))]
    written = []
    for row in table:
        cells = [row[0] + " " * (wide[0] - cell_width(row[0]))]
        cells += [" " * (wide[n] - cell_width(row[n])) + row[n] for n in range(1, len(row))]
        written.append("  ".join(cells).rstrip())
    return "\n".join(written) + "\n"


def _lined(text: str) -> str:
    """Cleaned, with the blanks that set a part in."""
    return " " * (len(text) - len(text.lstrip(" "))) + clean(text)
