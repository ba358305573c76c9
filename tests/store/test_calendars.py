from datetime import date, timedelta

import chinese_calendar
import pytest

from aftersales_tui.domain.working_time import add_working_days
from aftersales_tui.store.calendars import load_rest_days


def test_chinese_days_are_the_published_ones_in_every_official_year() -> None:
    rest = load_rest_days("CN")
    day = date(2004, 1, 1)
    while day.year <= 2026:
        assert rest.is_rest_day(day) == chinese_calendar.is_holiday(day), day
        day += timedelta(days=1)


def test_every_chinese_year_with_data_is_official_and_no_other() -> None:
    rest = load_rest_days("cn")
    assert all(rest.is_official(year) for year in range(2004, 2027))
    assert not rest.is_official(2003)
    last = max(rest.official_years)
    assert not rest.is_official(last + 1)
    assert rest.is_working_day(date(2003, 10, 1))
    assert rest.is_rest_day(date(2003, 10, 4))


@pytest.mark.parametrize(("n", "due"), [(3, date(2026, 10, 10)), (5, date(2026, 10, 13))])
def test_working_days_run_over_the_october_holidays_of_2026(n: int, due: date) -> None:
    assert add_working_days(date(2026, 9, 30), n, load_rest_days("CN")) == due


@pytest.mark.parametrize("region", ["UK", "EU", "", "nowhere"])
def test_other_regions_rest_at_weekends_and_are_never_official(region: str) -> None:
    rest = load_rest_days(region)
    assert rest.is_working_day(date(2026, 10, 1))
    assert rest.is_rest_day(date(2026, 10, 10))
    assert not rest.is_official(2026)


@pytest.mark.parametrize("region", ["CN", "UK"])
def test_the_shops_own_days_come_first(region: str) -> None:
    rest = load_rest_days(region, {date(2026, 10, 3): False, date(2026, 11, 23): True})
    assert rest.is_working_day(date(2026, 10, 3))
    assert rest.is_rest_day(date(2026, 11, 23))
    assert rest.is_working_day(date(2026, 11, 24))
