from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.i18n import formats

DAY = date(2026, 12, 4)
NOW = datetime(2026, 11, 23, 9, 42)  # noqa: DTZ001


def test_dates_in_english() -> None:
    assert formats.day(DAY) == "4 Dec 2026"
    assert formats.day_cell(DAY) == "4 Dec 2026"
    assert formats.day_short(DAY) == "4 Dec"
    assert formats.weekday_short(DAY) == "Fri"
    assert formats.day_weekday(DAY) == "Fri 4 Dec 2026"
    assert formats.day_weekday_short(DAY) == "Fri 4 Dec"
    assert formats.top(NOW) == "Mon 23 Nov 09:42"
    assert formats.day_clock(NOW) == "23 Nov 2026 09:42"
    assert formats.month(2026, 11) == "November 2026"
    assert formats.month_short(2026, 11) == "Nov 2026"


@pytest.mark.usefixtures("chinese")
def test_dates_in_chinese() -> None:
    assert formats.day(DAY) == "2026年12月4日"
    assert formats.day_cell(DAY) == "2026-12-04"
    assert formats.day_short(DAY) == "12月4日"
    assert formats.weekday_short(DAY) == "周五"
    assert formats.day_weekday(DAY) == "2026年12月4日（周五）"
    assert formats.day_weekday_short(DAY) == "12月4日 周五"
    assert formats.top(NOW) == "11月23日 周一 09:42"
    assert formats.day_clock(NOW) == "2026年11月23日 09:42"
    assert formats.month(2026, 5) == "2026年5月"
    assert formats.month_short(2026, 5) == "2026年5月"


def test_a_moment_is_said_as_shortly_as_it_stays_clear() -> None:
    assert formats.when(NOW, NOW.date()) == "09:42"
    assert formats.when(NOW, NOW.date() + timedelta(days=6)) == "Mon 09:42"
    assert formats.when(NOW, NOW.date() - timedelta(days=6)) == "Mon 09:42"
    assert formats.when(NOW, NOW.date() + timedelta(days=7)) == "23 Nov"
    assert formats.when(NOW, date(2027, 1, 15)) == "23 Nov"
    assert formats.when(NOW, date(2028, 1, 15)) == "23 Nov 2026"


def test_counts_agree_with_their_number() -> None:
    assert formats.days(1) == "1 day"
    assert formats.days(11) == "11 days"
    assert formats.hours(1) == "1 hour"
    assert formats.minutes(15) == "15 minutes"


@pytest.mark.usefixtures("chinese")
def test_counts_in_chinese_have_one_form() -> None:
    assert formats.days(1) == "1天"
    assert formats.hours(3) == "3小时"


def test_numbers_and_shares() -> None:
    assert formats.number(1234) == "1,234"
    assert formats.number(3.84, 1) == "3.8"
    assert formats.percent(0.914) == "91 %"


def test_money_knows_the_smallest_coin_of_each_currency() -> None:
    assert formats.money(12800, "CNY") == "CN¥128.00"
    assert formats.money(500, "JPY") == "¥500"
    assert formats.money(-5, "EUR") == "-€0.05"


@pytest.mark.usefixtures("chinese")
def test_money_and_shares_in_chinese() -> None:
    assert formats.money(12800, "CNY") == "¥128.00"
    assert formats.percent(1) == "100%"


@given(st.datetimes(), st.dates())
def test_any_moment_can_be_said(moment: datetime, today: date) -> None:
    assert formats.when(moment, today)
    assert formats.clock(moment) in formats.top(moment)
    assert formats.day_short(moment) in formats.day(moment)
