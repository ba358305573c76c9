"""The arithmetic of a warranty period: length, pauses, one roll past the rest days at the end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from aftersales_tui.domain.dates import add_months
from aftersales_tui.domain.policy import DayRule, Length, Pause
from aftersales_tui.domain.working_time import RestDays

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stay:
    """A time in repair: handed in, and handed back or not yet."""

    handed_in: date
    handed_back: date | None


@dataclass(frozen=True, slots=True)
class PauseUsed:
    """A stretch of repair time that lengthened a period; overlapping stays are one stretch."""

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


def paused(
    start: date, end: date, stays: Iterable[Stay], rule: Pause, on: date
) -> tuple[date, tuple[PauseUsed, ...]]:
    """The end after the time in repair, and the stretches that counted.

    A stay counts when it began while the period, with the pauses before it, was still running; what
    lies before ``start`` never does. An open stay is counted up to ``on``, overlapping ones once.
    """
    used: list[PauseUsed] = []
    for first, last in _stretches(start, stays, on):
        if first > end:
            break
        days = (last - first).days + (1 if rule.day_rule is DayRule.BOTH_INCLUSIVE else 0)
        if days:
            used.append(PauseUsed(first, last, days))
            end = lengthened(end, days)
        if rule.floor_days:
            end = max(end, lengthened(last, rule.floor_days))
    return end, tuple(used)


def _stretches(start: date, stays: Iterable[Stay], on: date) -> list[tuple[date, date]]:
    merged: list[tuple[date, date]] = []
    for stay in sorted(stays, key=lambda stay: stay.handed_in):
        first, last = max(stay.handed_in, start), min(stay.handed_back or on, on)
        if stay.handed_in > on or last < first:
            continue
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def rolled(end: date, rest: RestDays) -> Rolled:
    """The first day from ``end`` on that is no rest day: moved workdays are none (Civil Code 203)."""
    day, official = end, rest.is_official(end.year)
    while rest.is_rest_day(day) and day < date.max:
        day += _DAY
        official = official and rest.is_official(day.year)
    return Rolled(day, official)
