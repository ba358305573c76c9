"""Dates, times and numbers as each language writes them. Times come in shop-local."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from aftersales_tui.i18n import C_, NC_, language, ngettext

_MONTHS = (
    NC_("month", "Jan"),
    NC_("month", "Feb"),
    NC_("month", "Mar"),
    NC_("month", "Apr"),
    NC_("month", "May"),
    NC_("month", "Jun"),
    NC_("month", "Jul"),
    NC_("month", "Aug"),
    NC_("month", "Sep"),
    NC_("month", "Oct"),
    NC_("month", "Nov"),
    NC_("month", "Dec"),
)
_LONG_MONTHS = (
    NC_("whole month", "January"),
    NC_("whole month", "February"),
    NC_("whole month", "March"),
    NC_("whole month", "April"),
    NC_("whole month", "May"),
    NC_("whole month", "June"),
    NC_("whole month", "July"),
    NC_("whole month", "August"),
    NC_("whole month", "September"),
    NC_("whole month", "October"),
    NC_("whole month", "November"),
    NC_("whole month", "December"),
)
_WEEKDAYS = (
    NC_("weekday", "Mon"),
    NC_("weekday", "Tue"),
    NC_("weekday", "Wed"),
    NC_("weekday", "Thu"),
    NC_("weekday", "Fri"),
    NC_("weekday", "Sat"),
    NC_("weekday", "Sun"),
)

_NEAR = timedelta(days=6)
_SAME_SEASON = timedelta(days=180)


def day(d: date) -> str:
    """``4 Dec 2026``."""
    return C_("date", "{day} {month} {year}").format(day=d.day, month=_month(d), year=d.year)


def day_cell(d: date) -> str:
    """A date of at most 11 cells for columns and narrow fields: ``4 Dec 2026``, in Chinese ``2026-12-04``."""
    return d.isoformat() if language().startswith("zh") else day(d)


def day_short(d: date) -> str:
    """``4 Dec``."""
    return C_("date", "{day} {month}").format(day=d.day, month=_month(d))


def day_weekday(d: date) -> str:
    """``Fri 4 Dec 2026``."""
    return C_("date", "{weekday} {day} {month} {year}").format(
        weekday=weekday_short(d), day=d.day, month=_month(d), year=d.year
    )


def day_weekday_short(d: date) -> str:
    """``Fri 4 Dec``."""
    return C_("date", "{weekday} {day} {month}").format(weekday=weekday_short(d), day=d.day, month=_month(d))


def weekday_short(d: date) -> str:
    """``Fri``."""
    return C_(*_WEEKDAYS[d.weekday()])


def clock(local: datetime) -> str:
    """``09:42``."""
    return f"{local.hour:02d}:{local.minute:02d}"


def top(local: datetime) -> str:
    """``Mon 23 Nov 09:42``, as in the top row."""
    return C_("date", "{weekday} {day} {month} {time}").format(
        weekday=weekday_short(local), day=local.day, month=_month(local), time=clock(local)
    )


def day_clock(local: datetime) -> str:
    """``4 Dec 2026 09:42``."""
    return C_("date", "{day} {month} {year} {time}").format(
        day=local.day, month=_month(local), year=local.year, time=clock(local)
    )


def month(year: int, month: int) -> str:
    """``November 2026``."""
    return C_("date", "{whole_month} {year}").format(whole_month=C_(*_LONG_MONTHS[month - 1]), year=year)


def month_short(year: int, month: int) -> str:
    """``Nov 2026``."""
    return C_("date", "{month} {year}").format(month=C_(*_MONTHS[month - 1]), year=year)


def when(local: datetime, today: date) -> str:
    """``09:30`` today, ``Fri 17:20`` within six days, else ``16 Nov``, with the year when it is far off."""
    distance = abs(local.date() - today)
    if not distance:
        return clock(local)
    if distance <= _NEAR:
        return C_("date", "{weekday} {time}").format(weekday=weekday_short(local), time=clock(local))
    if local.year != today.year and distance > _SAME_SEASON:
        return day(local)
    return day_short(local)


def days(n: int) -> str:
    """``1 day``, ``3 days``."""
    return ngettext("{n} day", "{n} days", n).format(n=number(n))


def hours(n: int) -> str:
    """``1 hour``, ``3 hours``."""
    return ngettext("{n} hour", "{n} hours", n).format(n=number(n))


def minutes(n: int) -> str:
    """``1 minute``, ``3 minutes``."""
    return ngettext("{n} minute", "{n} minutes", n).format(n=number(n))


def number(value: float, places: int = 0) -> str:
    """``1,234`` or, with places, ``3.8``."""
    return f"{value:,.{places}f}"


def percent(share: float) -> str:
    """``91 %`` of a share of one."""
    return C_("number", "{n} %").format(n=number(share * 100))


def amount(value: Decimal) -> str:
    """A sum without its currency: ``2,999.90``."""
    return number(float(value), 2)


def rate(share: Decimal) -> str:
    """A small share with its decimals: ``0.05 %``."""
    return C_("rate", "{n} %").format(n=f"{(share * 100).normalize():f}")


def money(minor: int, currency: str) -> str:
    """``CN¥128.00`` in English, ``¥128.00`` in Chinese; ``minor`` counts the smallest coin."""
    from babel.numbers import format_currency, get_currency_precision

    amount = Decimal(minor).scaleb(-get_currency_precision(currency))
    return str(format_currency(amount, currency, locale=language()))


def _month(d: date) -> str:
    return C_(*_MONTHS[d.month - 1])
