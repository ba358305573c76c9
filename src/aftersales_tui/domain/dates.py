"""Days, moments and months as people type them, and as they are shown back."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from aftersales_tui.domain.errors import refuse
from aftersales_tui.domain.text import excerpt, fold

_WORDS = {"today": 0, "今天": 0, "今日": 0, "yesterday": 1, "昨天": 1, "昨日": 1, "前天": 2}
MONTH_NAMES = {
    name: number
    for number, names in enumerate(
        (
            *("jan january", "feb february", "mar march", "apr april", "may", "jun june"),
            *("jul july", "aug august", "sep sept september", "oct october", "nov november", "dec december"),
        ),
        start=1,
    )
    for name in names.split()
}
_AGE = re.compile(
    r"([0-9]{1,4}) ?"
    r"(?:(d|days?|天|日)|(w|wks?|weeks?|周|星期)|(m|mon|mths?|months?|个月|個月)|(y|yrs?|years?|年))"
    r" ?(?:ago|old|前|以前)?"
)
_YEAR_FIRST = re.compile(r"([0-9]{4}) ?[-/.年] ?([0-9]{1,2})(?: ?[-/.月] ?([0-9]{1,2}) ?[日号.]?| ?月?)")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2}) ?([-/.]) ?([0-9]{1,2}) ?\2 ?([0-9]{4}|[0-9]{2})")
_MONTH_YEAR = re.compile(r"([0-9]{1,2}) ?[/.] ?([0-9]{4})")
_TWO_NUMBERS = re.compile(r"([0-9]{1,2}) ?([/.]) ?([0-9]{1,2}) ?\.?")
_CHINESE_DAY = re.compile(r"([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?[日号]?")
_NAMED_DAY_FIRST = re.compile(r"([0-9]{1,2})\.? ([a-z]+)\.?,?(?: ([0-9]{4}))?")
_NAMED_MONTH_FIRST = re.compile(r"([a-z]+)\.? ([0-9]{1,2})(?:, ?| )([0-9]{4})")
_NAMED_MONTH = re.compile(r"([a-z]+)\.? ([0-9]{4})")
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{1,2}-[0-9]{1,2})(?: |t)([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")
_MONTH = re.compile(r"([0-9]{4}) ?[-/.年] ?([0-9]{1,2}) ?月?")
_YEARS_WITH_MONTHS = range(1900, 3000)
_OLDEST_YEARS = 99


def add_months(day: date, n: int) -> date:
    """The same day ``n`` months later, or the last day of a shorter month.

    Raises ``ValueError`` outside the calendar. Reckon from the anchor: chained steps lose days.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    if not date.min.year <= year <= date.max.year:
        raise ValueError(f"year {year} is out of range")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def read_day(text: str, today: date, field: str = "date") -> date:
    """The day somebody typed; it may lie after today (``check_past``).

    Read are 2025-11-27 (also with ``/``, ``.`` or 年月日, or 20251127), 27.11.25, 27.11.2025,
    27 Nov 2025, an age (8m, 2y, 3w, 10d, 8个月) and today, yesterday, 今天, 昨天, 前天. Without a
    year (27/11, 27.11, 11月27日) it is the latest such day up to today. Two numbers with a slash
    are a month and a year, meaning its first day, when the second cannot be a month: 3/27 is
    March 2027, 3/12 the third of December; 3/2027 and 2027-03 are months as well.

    Raises ``Refused``: ``date_not_read``, or ``date_not_existing`` for a day no calendar has.
    """
    typed = fold(text)
    if typed in _WORDS:
        return today - timedelta(days=_WORDS[typed])
    try:
        for read in _READERS:
            if (day := read(typed, today)) is not None:
                return day
    except (ValueError, OverflowError) as reason:
        raise refuse("date_not_existing", field, text=excerpt(text)) from reason
    raise refuse("date_not_read", field, text=excerpt(text))


def check_past(day: date, today: date, field: str = "date") -> None:
    """Raises ``Refused`` with ``date_after_today`` for a day that has not come yet."""
    if day > today:
        raise refuse("date_after_today", field, day=day)


def _age(typed: str, today: date) -> date | None:
    if not (found := _AGE.fullmatch(typed)):
        return None
    n = int(found[1])
    if found[2] or found[3]:
        return today - timedelta(days=n if found[2] else 7 * n)
    if found[5] and n > _OLDEST_YEARS:
        return None
    return add_months(today, -n if found[4] else -12 * n)


def _year_first(typed: str, today: date) -> date | None:
    found = _YEAR_FIRST.fullmatch(typed) or _COMPACT.fullmatch(typed)
    return date(int(found[1]), int(found[2]), int(found[3] or 1)) if found else None


def _day_first(typed: str, today: date) -> date | None:
    if not (found := _DAY_FIRST.fullmatch(typed)):
        return None
    return date(full_year(found[4], today), int(found[3]), int(found[1]))


def _month_year(typed: str, today: date) -> date | None:
    found = _MONTH_YEAR.fullmatch(typed)
    return date(int(found[2]), int(found[1]), 1) if found else None


def _two_numbers(typed: str, today: date) -> date | None:
    if not (found := _TWO_NUMBERS.fullmatch(typed)):
        return None
    first, second = int(found[1]), int(found[3])
    if found[2] == "/" and second > 12:
        return date(full_year(found[3], today), first, 1)
    return _latest(second, first, today)


def _chinese_day(typed: str, today: date) -> date | None:
    found = _CHINESE_DAY.fullmatch(typed)
    return _latest(int(found[1]), int(found[2]), today) if found else None


def _named_month(typed: str, today: date) -> date | None:
    if (found := _NAMED_DAY_FIRST.fullmatch(typed)) and found[2] in MONTH_NAMES:
        day, month, year = int(found[1]), MONTH_NAMES[found[2]], found[3]
        return date(int(year), month, day) if year else _latest(month, day, today)
    if (found := _NAMED_MONTH_FIRST.fullmatch(typed)) and found[1] in MONTH_NAMES:
        return date(int(found[3]), MONTH_NAMES[found[1]], int(found[2]))
    if (found := _NAMED_MONTH.fullmatch(typed)) and found[1] in MONTH_NAMES:
        return date(int(found[2]), MONTH_NAMES[found[1]], 1)
    return None


_READERS: tuple[Callable[[str, date], date | None], ...] = (
    _age,
    _year_first,
    _day_first,
    _month_year,
    _two_numbers,
    _chinese_day,
    _named_month,
)


def full_year(digits: str, today: date) -> int:
    """The year of two or four digits: two mean this century unless that is more than twenty years ahead."""
    year = int(digits)
    if len(digits) == 4:
        return year
    year += today.year - today.year % 100
    return year - 100 if year > today.year + 20 else year


def _latest(month: int, day: int, today: date) -> date:
    """The latest such day up to ``today``; ``ValueError`` when no year has it."""
    date(2000, month, day)
    year = today.year
    while True:
        if day <= calendar.monthrange(year, month)[1] and date(year, month, day) <= today:
            return date(year, month, day)
        year -= 1


def read_moment(text: str, zone: tzinfo, field: str = "at") -> datetime:
    """The UTC instant of a shop-local ``YYYY-MM-DD HH:MM`` (or with ``T``).

    A time that the clocks skip is read as if they had not been put forward yet; of one that comes
    twice the first counts. Raises ``Refused`` with ``moment_not_read``.
    """
    if found := _MOMENT.fullmatch(fold(text)):
        year, month, day = (int(part) for part in found[1].split("-"))
        try:
            clock = time(int(found[2]), int(found[3]), int(found[4] or 0))
            return datetime.combine(date(year, month, day), clock, tzinfo=zone).astimezone(UTC)
        except (ValueError, OverflowError) as reason:
            raise refuse("moment_not_read", field, text=excerpt(text)) from reason
    raise refuse("moment_not_read", field, text=excerpt(text))


def show_moment(moment: datetime, zone: tzinfo) -> str:
    """The instant on the shop's clock, ``2026-11-23 09:42``."""
    return moment.astimezone(zone).isoformat(" ", "minutes")[:16]


def local_day(moment: datetime, zone: tzinfo) -> date:
    """The shop-local day of an instant."""
    return moment.astimezone(zone).date()


def utc_json(moment: datetime) -> str:
    """The instant as JSON carries it, ``2026-11-23T01:42:00Z``, whole seconds."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat("T", "seconds") + "Z"


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month; ``month`` is 1 to 12."""

    year: int
    month: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def after(self) -> date:
        """The first day that no longer belongs to it."""
        return add_months(self.first, 1)

    def previous(self) -> "Month":
        """The month before."""
        return Month.of(add_months(self.first, -1))

    def next(self) -> "Month":
        """The month after."""
        return Month.of(self.after)

    def bounds(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """Its first UTC instant on the shop's clock, and the first one after it."""
        start, end = (datetime.combine(day, time(), tzinfo=zone) for day in (self.first, self.after))
        return start.astimezone(UTC), end.astimezone(UTC)

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month a day lies in."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def read_month(text: str, field: str = "month") -> Month:
    """The month from ``2026-10`` or ``2026年10月``; raises ``Refused`` with ``month_not_read``."""
    found = _MONTH.fullmatch(fold(text))
    if found and int(found[1]) in _YEARS_WITH_MONTHS and 1 <= int(found[2]) <= 12:
        return Month(int(found[1]), int(found[2]))
    raise refuse("month_not_read", field, text=excerpt(text))
