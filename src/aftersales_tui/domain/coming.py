"""Days and moments that lie ahead, as people type them: a promise, an appointment, an expected delivery."""

import re
from datetime import date, datetime, time, timedelta

from aftersales_tui.domain.dates import read_day
from aftersales_tui.domain.errors import refuse
from aftersales_tui.domain.text import excerpt, fold

_NEAR = {"today": 0, "今天": 0, "今日": 0, "tomorrow": 1, "明天": 1, "明日": 1, "后天": 2, "後天": 2}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "mon monday 一",
            "tue tues tuesday 二",
            "wed wednesday 三",
            "thu thur thurs thursday 四",
            "fri friday 五",
            "sat saturday 六",
            "sun sunday 日 天",
        )
    )
    for name in names.split()
}
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)?([a-z一二三四五六日天]+)\.?")
_IN = re.compile(r"(?:in )?([0-9]{1,3}) ?(?:(d|days?|天|日)|(w|wks?|weeks?|周|星期))(?:后|後)?")
_NO_YEAR = re.compile(r"([0-9]{1,2}) ?[/.] ?([0-9]{1,2}) ?\.?|([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?[日号]?")
_CLOCK = re.compile(r"(?:(.*?)[ t,，]+)?([0-9]{1,2})(?::|：|点|h)([0-9]{2})?分?")
_LONGEST = 100
"""Characters of the longest moment there is."""


def read_coming_day(text: str, today: date, field: str = "date") -> date:
    """The day somebody typed for something that lies ahead; today is ahead.

    Besides what ``read_day`` reads: tomorrow, 明天, 后天, a weekday (fri, 周五: the next one), 3d or 2w
    from today; a day without a year is the next such day. Raises ``Refused``: ``date_not_read``,
    ``date_not_existing``, ``date_before_today``.
    """
    typed = fold(text)
    if typed in _NEAR:
        return today + timedelta(days=_NEAR[typed])
    if (found := _IN.fullmatch(typed)) is not None:
        return today + timedelta(days=int(found[1]) * (7 if found[3] else 1))
    if (found := _WEEKDAY.fullmatch(typed)) is not None and found[1] in _WEEKDAYS:
        return today + timedelta(days=(_WEEKDAYS[found[1]] - today.weekday() - 1) % 7 + 1)
    if (found := _NO_YEAR.fullmatch(typed)) is not None:
        return _next(int(found[2] or found[3]), int(found[1] or found[4]), today, text, field)
    day = read_day(text, today, field)
    if day < today:
        raise refuse("date_before_today", field, day=day)
    return day


def _next(month: int, day: int, today: date, text: str, field: str) -> date:
    """The next such day; the 29th of February may be four years off."""
    for year in range(today.year, today.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise refuse("date_not_existing", field, text=excerpt(text))


def read_coming_moment(text: str, now: datetime, field: str = "at") -> datetime:
    """The moment somebody typed, in the time zone of the shop-local ``now``: ``tue 10:00``, ``24/11 14:30``.

    A time alone is today's, or tomorrow's when it has passed. Raises ``Refused``: ``moment_not_read``, the
    codes of ``read_coming_day``, ``again_before_now`` for a moment that has passed.
    """
    found = _CLOCK.fullmatch(fold(text)) if len(text) <= _LONGEST else None
    if found is None:
        raise refuse("moment_not_read", field, text=excerpt(text))
    try:
        clock = time(int(found[2]), int(found[3] or 0))
    except ValueError as reason:
        raise refuse("moment_not_read", field, text=excerpt(text)) from reason
    day = read_coming_day(found[1], now.date(), field) if found[1] else now.date()
    moment = datetime.combine(day, clock, tzinfo=now.tzinfo)
    if moment <= now and not found[1]:
        moment = datetime.combine(day + timedelta(days=1), clock, tzinfo=now.tzinfo)
    if moment <= now:
        raise refuse("again_before_now", field, at=moment)
    return moment
