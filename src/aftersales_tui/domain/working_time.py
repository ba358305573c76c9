"""Counting in working days and opening hours; the calendar is handed in as data."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from aftersales_tui.domain.errors import refuse
from aftersales_tui.domain.text import excerpt, fold

_DAY = timedelta(days=1)
_HOURS = re.compile(r"([0-9]{1,2}):([0-9]{2}) ?[-–—~] ?([0-9]{1,2}):([0-9]{2})")


@dataclass(frozen=True, slots=True)
class RestDays:
    """On which days nobody works. The shop's own days overrule the official ones, those the weekend.

    ``weekend`` holds weekday numbers, Monday 0 to Sunday 6.
    """

    weekend: frozenset[int] = frozenset({5, 6})
    extra_rest: frozenset[date] = frozenset()
    moved_workdays: frozenset[date] = frozenset()
    official_years: frozenset[int] = frozenset()
    own_rest: frozenset[date] = frozenset()
    own_workdays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if self.weekend >= frozenset(range(7)):
            raise refuse("no_working_day", "weekend")

    def is_rest_day(self, day: date) -> bool:
        """Whether nobody works on the day."""
        if day in self.own_workdays:
            return False
        if day in self.own_rest:
            return True
        if day in self.moved_workdays:
            return False
        return day in self.extra_rest or day.weekday() in self.weekend

    def is_working_day(self, day: date) -> bool:
        """Whether the shop works on the day."""
        return not self.is_rest_day(day)

    def is_official(self, year: int) -> bool:
        """Whether the year's rest days are published, not guessed from weekends alone."""
        return year in self.official_years


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """When the shop opens and closes on a working day; ``Refused`` (``hours_not_read``) if reversed."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise refuse("hours_not_read", "hours", text=f"{self.start:%H:%M}-{self.end:%H:%M}")


def read_hours(text: str, field: str = "hours") -> OpeningHours:
    """Opening hours from ``09:00-18:00``; raises ``Refused`` with ``hours_not_read``."""
    found = _HOURS.fullmatch(fold(text))
    if found is not None:
        opens, opens_minute, closes, closes_minute = (int(part) for part in found.groups())
        try:
            return OpeningHours(time(opens, opens_minute), time(closes, closes_minute))
        except ValueError as reason:
            raise refuse("hours_not_read", field, text=excerpt(text)) from reason
    raise refuse("hours_not_read", field, text=excerpt(text))


def add_working_days(start: date, n: int, rest: RestDays) -> date:
    """The ``n``-th working day after ``start``, which itself does not count; ``start`` for 0.

    Raises ``Refused``: ``days_negative``, or ``date_not_existing`` past the end of the calendar.
    """
    if n < 0:
        raise refuse("days_negative", "days", days=n)
    day = start
    try:
        while n > 0:
            day += _DAY
            n -= rest.is_working_day(day)
    except OverflowError as reason:
        raise refuse("date_not_existing", "days", text=str(n)) from reason
    return day


def working_days_between(start: date, end: date, rest: RestDays) -> int:
    """How many working days lie after ``start`` up to and with ``end``; negative when ``end`` is earlier."""
    if end < start:
        return -working_days_between(end, start, rest)
    return sum(rest.is_working_day(start + timedelta(days=i)) for i in range(1, (end - start).days + 1))


def next_working_day(day: date, rest: RestDays) -> date:
    """The day itself when it is a working day, else the first one after it."""
    return day if rest.is_working_day(day) else add_working_days(day, 1, rest)


def add_working_time(moment: datetime, delta: timedelta, hours: OpeningHours, rest: RestDays) -> datetime:
    """The shop-local moment when ``delta`` of opening time has passed since the shop-local ``moment``.

    A duration that is used up exactly at closing time ends there, not on the next morning;
    nothing added is the moment itself. Raises ``Refused`` as ``add_working_days``.
    """
    if delta < timedelta(0):
        raise refuse("days_negative", "add", days=delta.days)
    if not delta:
        return moment
    day = moment.date()
    at = moment
    if rest.is_rest_day(day) or moment.time() >= hours.end:
        at = _opening(moment, add_working_days(day, 1, rest), hours)
    elif moment.time() < hours.start:
        at = _opening(moment, day, hours)
    left = delta
    while (open_today := _at(at, hours.end) - at) < left:
        left -= open_today
        at = _opening(at, add_working_days(at.date(), 1, rest), hours)
    return at + left


def working_time_between(start: datetime, end: datetime, hours: OpeningHours, rest: RestDays) -> timedelta:
    """The opening time between two moments of the same clock; negative when ``end`` is earlier."""
    if end < start:
        return -working_time_between(end, start, hours, rest)
    total = timedelta(0)
    for i in range((end.date() - start.date()).days + 1):
        day = start.date() + timedelta(days=i)
        if rest.is_working_day(day):
            opens = max(start, _opening(start, day, hours))
            closes = min(end, _at(_opening(start, day, hours), hours.end))
            total += max(closes - opens, timedelta(0))
    return total


def _at(moment: datetime, clock: time) -> datetime:
    return moment.replace(
        hour=clock.hour, minute=clock.minute, second=clock.second, microsecond=clock.microsecond
    )


def _opening(moment: datetime, day: date, hours: OpeningHours) -> datetime:
    return datetime.combine(day, hours.start, tzinfo=moment.tzinfo)
