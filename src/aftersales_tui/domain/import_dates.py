"""Days as other programs write them: the order of day and month is a matter of the whole column.

Nothing here is relative: ``today`` and ``8m`` would mean another day at the next run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from aftersales_tui.domain.dates import MONTH_NAMES, full_year
from aftersales_tui.domain.errors import Problem
from aftersales_tui.domain.text import excerpt, fold

EARLIEST = date(1950, 1, 1)
EPOCH_1900 = date(1899, 12, 30)
"""Day 0 of the numbers a spreadsheet counts days with, so that 60 and later come out right."""
EPOCH_1904 = date(1904, 1, 1)
_FEW = 0.02
"""Up to this share of days in another order is a slip of its lines, not a doubt about the column."""

_TIME = re.compile(
    r"(?:t| )\s*(?:上午|下午|中午|晚上)?\s*[0-9]{1,2}[:时点][0-9]{1,2}"
    r"(?:[:分][0-9]{1,2}(?:[.,][0-9]+)?)?秒?分?\s*(?:am|pm|a\.m\.|p\.m\.)?\s*(?:z|utc|[+-][0-9]{2}:?[0-9]{2})?$"
)
_WEEKDAY = re.compile(
    r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? |\s*[(]?(?:星期|周|礼拜)[一二三四五六日天][)]?$"
)
_YEAR_FIRST = re.compile(r"([0-9]{4}) ?[-/.,年] ?([0-9]{1,2}) ?[-/.,月] ?([0-9]{1,2}) ?[日号.]?")
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})(?:[0-9]{4}|[0-9]{6})?")
_YEAR_LAST = re.compile(r"([0-9]{1,2}) ?([-/.]) ?([0-9]{1,2}) ?\2 ?([0-9]{4})")
_SHORT = re.compile(r"([0-9]{1,2}) ?([-/.年]) ?([0-9]{1,2}) ?(?:\2|月) ?([0-9]{1,2}) ?[日号]?")
_NAMED_DAY_FIRST = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[-. /]*([a-z]{3,9})[-., /]*([0-9]{4}|[0-9]{2})")
_NAMED_MONTH_FIRST = re.compile(r"([a-z]{3,9})[-. ]*([0-9]{1,2})(?:st|nd|rd|th)?[-, ]+([0-9]{4})")
_MONTH_ONLY = re.compile(r"([0-9]{4}) ?[-/.年] ?([0-9]{1,2}) ?月?")
_COUNTED = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_NOTHING = re.compile(
    r"0{1,8}|0{4}[-/]0{1,2}[-/]0{1,2}|1900[-/]0?1[-/]0?[01]|1899[-/]12[-/]3[01]|1970[-/]0?1[-/]0?1"
)


class Order(StrEnum):
    """The order in which three numbers say a day."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


_PREFERRED = {
    "CN": (Order.YMD, Order.MDY, Order.DMY),
    "OTHER": (Order.MDY, Order.DMY, Order.YMD),
}
_ELSEWHERE = (Order.DMY, Order.MDY, Order.YMD)


@dataclass(frozen=True, slots=True)
class ColumnDates:
    """How the days of one column are read: the order of three numbers, and what they are reckoned from."""

    today: date
    epoch: date = EPOCH_1900
    year_last: Order | None = Order.DMY
    """For ``3/9/2025``; None when the column contradicts itself."""
    short: Order | None = Order.DMY
    """For ``3/9/25``."""
    warning: Problem | None = None
    """``import_dates_ambiguous`` or ``import_dates_contradict``, to be said once for the column."""


def column_dates(
    column: str,
    values: Iterable[str | date],
    today: date,
    region: str,
    *,
    epoch: date = EPOCH_1900,
    told: Order | None = None,
) -> ColumnDates:
    """Decides the order of day and month of a whole column from its unambiguous values.

    When none is, the ``region`` of the shop decides (``CN``, ``UK``, ``EU``, ``OTHER``), and a warning
    says so. When they contradict each other only the unambiguous ones will be read.
    """
    years_last: list[dict[Order, date]] = []
    shorts: list[dict[Order, date]] = []
    for value in values:
        if isinstance(value, str):
            text = _plain(value)
            if found := _YEAR_LAST.fullmatch(text):
                if found[2] != ".":
                    years_last.append(_readings(found[1], found[3], found[4], today))
            elif found := _SHORT.fullmatch(text):
                shorts.append(_readings(found[1], found[3], found[4], today))
    preferred: Sequence[Order] = _PREFERRED.get(region, _ELSEWHERE)
    if told is not None:
        preferred = (told, *(order for order in preferred if order is not told))
        return ColumnDates(today, epoch, told if told is not Order.YMD else preferred[1], told)
    last, last_warning = _decided(column, years_last, [o for o in preferred if o is not Order.YMD])
    short, short_warning = _decided(column, shorts, preferred)
    return ColumnDates(today, epoch, last, short, last_warning or short_warning)


def read_date(value: str | date, how: ColumnDates, column: str) -> tuple[date | None, Problem | None]:
    """The day in a cell, and what is to be said of it; no day and no word for an empty cell.

    Problems: ``import_date_not_read``, ``import_date_ambiguous``, ``import_date_impossible`` (after
    today or before 1950), and with a day ``import_date_month_only``, ``import_date_other_order``.
    """
    shown = value.isoformat() if isinstance(value, date) else value
    said = {"text": excerpt(shown), "column": excerpt(column)}
    remark: str | None = None
    if isinstance(value, date):
        day: date | None = value
    else:
        text = _plain(value)
        if not text or _NOTHING.fullmatch(text):
            return None, None
        day, remark = _read(text, how)
    if day is None:
        return None, Problem(remark or "import_date_not_read", "date", said)
    if not EARLIEST <= day <= how.today:
        return None, Problem("import_date_impossible", "date", {**said, "earliest": EARLIEST.year})
    return day, Problem(remark, "date", {**said, "day": day}) if remark else None


def _plain(value: str) -> str:
    text = _WEEKDAY.sub("", fold(value).strip("'\"`"))
    return _WEEKDAY.sub("", _TIME.sub("", text)).strip()


def _decided(
    column: str, values: Sequence[dict[Order, date]], preferred: Sequence[Order]
) -> tuple[Order | None, Problem | None]:
    """The order that fits the whole column; the first preferred one when several do."""
    evidence = [value for value in values if any(order in value for order in preferred)]
    if not evidence:
        return preferred[0], None
    misfits = {order: sum(order not in value for value in evidence) for order in preferred}
    fewest = min(misfits.values())
    fitting = [order for order in preferred if misfits[order] == fewest]
    said = {"column": excerpt(column)}
    if fewest > len(evidence) * _FEW:
        return None, Problem("import_dates_contradict", "date", said)
    same = all(len({value.get(order) for order in fitting}) == 1 for value in evidence)
    if len(fitting) > 1 and not same:
        return fitting[0], Problem("import_dates_ambiguous", "date", {**said, "order": fitting[0].value})
    return fitting[0], None


def _readings(first: str, second: str, third: str, today: date) -> dict[Order, date]:
    """The days of the calendar that three numbers can mean."""
    found: dict[Order, date] = {}
    orders = [(Order.DMY, third, second, first), (Order.MDY, third, first, second)]
    if len(third) <= 2:
        orders.append((Order.YMD, first, second, third))
    for order, year, month, day in orders:
        if len(year) == 1:
            continue
        if (read := _day(full_year(year, today), month, day)) is not None:
            found[order] = read
    return found


def _day(year: int, month: str, day: str) -> date | None:
    try:
        return date(year, int(month), int(day))
    except ValueError:
        return None


def _read(text: str, how: ColumnDates) -> tuple[date | None, str | None]:
    if (found := _YEAR_FIRST.fullmatch(text)) or (found := _COMPACT.fullmatch(text)):
        return _day(int(found[1]), found[2], found[3]), None
    if found := _YEAR_LAST.fullmatch(text):
        if found[2] == ".":
            return _day(int(found[4]), found[3], found[1]), None
        return _ordered(found[1], found[3], found[4], how.year_last, how.today)
    if found := _SHORT.fullmatch(text):
        order = Order.YMD if found[2] == "年" else how.short
        return _ordered(found[1], found[3], found[4], order, how.today)
    if (found := _NAMED_DAY_FIRST.fullmatch(text)) and found[2] in MONTH_NAMES:
        return _day(full_year(found[3], how.today), str(MONTH_NAMES[found[2]]), found[1]), None
    if (found := _NAMED_MONTH_FIRST.fullmatch(text)) and found[1] in MONTH_NAMES:
        return _day(int(found[3]), str(MONTH_NAMES[found[1]]), found[2]), None
    if found := _MONTH_ONLY.fullmatch(text):
        return _day(int(found[1]), found[2], "1"), "import_date_month_only"
    if found := _COUNTED.fullmatch(text):
        return how.epoch + timedelta(days=int(found[1])), None
    return None, None


def _ordered(
    first: str, second: str, third: str, order: Order | None, today: date
) -> tuple[date | None, str | None]:
    """The day of three numbers in the column's order, or the only day they can be."""
    readings = _readings(first, second, third, today)
    if order in readings:
        return readings[order], None
    days = set(readings.values())
    if len(days) == 1:
        return days.pop(), None if order is None else "import_date_other_order"
    return None, "import_date_ambiguous" if days else None
