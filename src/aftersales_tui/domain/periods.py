"""The arithmetic of a warranty period: length, pauses, one roll past the rest days at the end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from aftersales_tui.domain.dates import add_months
from aftersales_tui.domain.policy import DayRule, Length, Pause
from aftersales_tui.domain.warranty_facts import Stay
from aftersales_tui.domain.working_time import RestDays

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PauseUsed:
    """A stretch of time without the product that lengthened a period; overlapping stays are one stretch."""

    start: date
    end: date
    days: int


@dataclass(frozen=True, slots=True)
class Rolled:
    """The last day after the rest days; ``official`` says whether every year asked was published."""

    day: date
    official: bool


def end_of(start: date, length: Length, start_day_counted: bool = False) -> date:
    """The last day, included. A month without that day ends on its last day (Civil Code 202).

    A period past the end of the calendar ends on the calendar's last day.
    """
    try:
        end = add_months(start, 12 * length.years + length.months) + timedelta(days=length.days)
        return end - _DAY if start_day_counted else end
    except (OverflowError, ValueError):
        return date.max


def lengthened(end: date, days: int) -> date:
    """``end`` moved by ``days``, at most to the calendar's last day."""
    return end + timedelta(days=days) if days <= (date.max - end).days else date.max


def days_of(begins: datetime, ends: datetime, rule: DayRule) -> int:
    """How many days a stretch counts: three shops count in three ways, so the rule is told.

    ``out_minus_in`` is the difference of the dates, ``both_inclusive`` one more, ``ceil_24h`` every
    begun 24 hours.
    """
    if rule is DayRule.CEIL_24H:
        return -((begins - ends) // _DAY)
    return (ends.date() - begins.date()).days + (1 if rule is DayRule.BOTH_INCLUSIVE else 0)


def days_in(stays: Iterable[Stay], since: date, on: date, rule: DayRule) -> int:
    """The days of all stays from ``since`` up to ``on``; days that overlap count once."""
    return sum(days_of(first, last, rule) for first, last in stretches(stays, since, on, rule))


def paused(
    start: date, end: date, stays: Iterable[Stay], rule: Pause, on: date
) -> tuple[date, tuple[PauseUsed, ...]]:
    """The end after the time without the product, and the stretches that counted.

    A stay counts when it began while the period, with the pauses before it, was still running; what
    lies before ``start`` never does. An open stay is counted up to ``on``, overlapping ones once.
    """
    used: list[PauseUsed] = []
    for first, last in stretches(stays, start, on, rule.day_rule):
        if first.date() > end:
            break
        days = days_of(first, last, rule.day_rule)
        if days:
            used.append(PauseUsed(first.date(), last.date(), days))
            end = lengthened(end, days)
        if rule.floor_days:
            end = max(end, lengthened(last.date(), rule.floor_days))
    return end, tuple(used)


def stretches(stays: Iterable[Stay], since: date, on: date, rule: DayRule) -> list[tuple[datetime, datetime]]:
    """The stays from ``since`` up to ``on`` without their overlaps, earliest first.

    Where days are counted, two stays that meet on a day are one stretch; where hours are, only what
    touches is.
    """
    begin = datetime.combine(since, datetime.min.time())
    merged: list[tuple[datetime, datetime]] = []
    for stay in sorted(stays, key=Stay.begins):
        if stay.handed_in > on:
            continue
        first, last = max(stay.begins(), begin), stay.ends(on)
        if last.date() < first.date():
            continue
        last = max(first, last)
        if merged and _meet(merged[-1][1], first, rule):
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def _meet(end: datetime, begins: datetime, rule: DayRule) -> bool:
    return begins <= end if rule is DayRule.CEIL_24H else begins.date() <= end.date()


def rolled(end: date, rest: RestDays) -> Rolled:
    """The first day from ``end`` on that is no rest day: moved workdays are none (Civil Code 203)."""
    day, official = end, rest.is_official(end.year)
    while rest.is_rest_day(day) and day < date.max:
        day += _DAY
        official = official and rest.is_official(day.year)
    return Rolled(day, official)
