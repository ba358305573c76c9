from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.domain.errors import Refused
from aftersales_tui.domain.working_time import (
    OpeningHours,
    RestDays,
    add_working_days,
    add_working_time,
    next_working_day,
    read_hours,
    working_days_between,
    working_time_between,
)

WEEKENDS = RestDays()
OCTOBER_2026 = RestDays(
    extra_rest=frozenset(date(2026, 10, n) for n in range(1, 8)),
    moved_workdays=frozenset({date(2026, 9, 20), date(2026, 10, 10)}),
    official_years=frozenset({2026}),
)
HOURS = OpeningHours(time(9), time(18))
SHANGHAI = ZoneInfo("Asia/Shanghai")

days = st.dates(date(2000, 1, 1), date(2050, 1, 1))
own_days = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 3, 1)), max_size=10)
calendars = st.builds(
    RestDays,
    weekend=st.frozensets(st.integers(0, 6), max_size=6),
    extra_rest=own_days,
    moved_workdays=own_days,
    own_rest=own_days,
    own_workdays=own_days,
)
moments = st.datetimes(datetime(2025, 12, 1), datetime(2026, 4, 1))  # noqa: DTZ001
durations = st.timedeltas(timedelta(0), timedelta(hours=200))


@pytest.mark.parametrize(("n", "due"), [(0, 30), (1, 8), (2, 9), (3, 10), (4, 12), (5, 13)])
def test_a_moved_saturday_counts_as_a_working_day(n: int, due: int) -> None:
    start = date(2026, 9, 30)
    assert add_working_days(start, n, OCTOBER_2026) == (date(2026, 10, due) if n else start)


def test_the_shops_own_days_overrule_the_official_ones() -> None:
    rest = RestDays(
        extra_rest=frozenset({date(2026, 10, 1)}),
        moved_workdays=frozenset({date(2026, 10, 10)}),
        own_rest=frozenset({date(2026, 10, 10)}),
        own_workdays=frozenset({date(2026, 10, 1), date(2026, 10, 3)}),
    )
    assert rest.is_working_day(date(2026, 10, 1))
    assert rest.is_working_day(date(2026, 10, 3))
    assert rest.is_rest_day(date(2026, 10, 10))
    assert rest.is_rest_day(date(2026, 10, 4))


def test_only_published_years_are_official() -> None:
    assert OCTOBER_2026.is_official(2026)
    assert not OCTOBER_2026.is_official(2027)


def test_a_week_without_a_working_day_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        RestDays(weekend=frozenset(range(7)))
    assert refused.value.problem.code == "no_working_day"


def test_working_days_between_leave_the_first_day_out_and_count_the_last() -> None:
    assert working_days_between(date(2026, 11, 23), date(2026, 11, 23), WEEKENDS) == 0
    assert working_days_between(date(2026, 11, 20), date(2026, 11, 23), WEEKENDS) == 1
    assert working_days_between(date(2026, 9, 30), date(2026, 10, 13), OCTOBER_2026) == 5
    assert working_days_between(date(2026, 11, 23), date(2026, 11, 20), WEEKENDS) == -1


def test_the_next_working_day_is_the_day_itself_when_the_shop_works() -> None:
    assert next_working_day(date(2026, 11, 23), WEEKENDS) == date(2026, 11, 23)
    assert next_working_day(date(2026, 11, 21), WEEKENDS) == date(2026, 11, 23)


def test_negative_and_endless_numbers_of_days_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        add_working_days(date(2026, 11, 23), -1, WEEKENDS)
    assert refused.value.problem.code == "days_negative"
    with pytest.raises(Refused) as refused:
        add_working_days(date(9999, 12, 20), 50, WEEKENDS)
    assert refused.value.problem.code == "date_not_existing"


@given(days, st.integers(1, 400), calendars)
def test_adding_and_counting_working_days_agree(start: date, n: int, rest: RestDays) -> None:
    end = add_working_days(start, n, rest)
    assert rest.is_working_day(end)
    assert working_days_between(start, end, rest) == n


@pytest.mark.parametrize("typed", ["09:00-18:00", " 9:00 - 18:00 ", "０９：００－１８：００", "09:00–18:00"])
def test_opening_hours_are_read(typed: str) -> None:
    assert read_hours(typed) == HOURS


@pytest.mark.parametrize(
    "typed", ["", "9-18", "18:00-09:00", "09:00-09:00", "25:00-26:00", "09:60-18:00", "always"]
)
def test_other_opening_hours_are_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        read_hours(typed)
    assert refused.value.problem.code == "hours_not_read"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "delta", "end"),
    [
        (at(20, 17, 50), timedelta(minutes=15), at(23, 9, 5)),
        (at(20, 17, 45), timedelta(minutes=15), at(20, 18)),
        (at(20, 7), timedelta(minutes=15), at(20, 9, 15)),
        (at(20, 19), timedelta(hours=2), at(23, 11)),
        (at(20, 18), timedelta(minutes=1), at(23, 9, 1)),
        (at(21, 12), timedelta(hours=2), at(23, 11)),
        (at(23, 9), timedelta(hours=9), at(23, 18)),
        (at(23, 9), timedelta(hours=20), at(25, 11)),
        (at(21, 12), timedelta(0), at(21, 12)),
    ],
)
def test_working_time_runs_only_while_the_shop_is_open(
    start: datetime, delta: timedelta, end: datetime
) -> None:
    assert add_working_time(start, delta, HOURS, WEEKENDS) == end
    assert working_time_between(start, end, HOURS, WEEKENDS) == delta
    assert working_time_between(end, start, HOURS, WEEKENDS) == -delta


def test_working_time_skips_the_october_holidays() -> None:
    start = datetime(2026, 9, 30, 17, tzinfo=SHANGHAI)
    end = add_working_time(start, timedelta(hours=2), HOURS, OCTOBER_2026)
    assert end == datetime(2026, 10, 8, 10, tzinfo=SHANGHAI)


def test_negative_working_time_is_refused() -> None:
    with pytest.raises(Refused):
        add_working_time(at(20, 9), timedelta(minutes=-1), HOURS, WEEKENDS)


@given(moments, durations, calendars)
def test_adding_and_measuring_working_time_agree(start: datetime, delta: timedelta, rest: RestDays) -> None:
    end = add_working_time(start, delta, HOURS, rest)
    assert end >= start
    assert working_time_between(start, end, HOURS, rest) == delta


@given(moments, durations, durations, calendars)
def test_working_time_added_in_two_steps_is_added_in_one(
    start: datetime, first: timedelta, second: timedelta, rest: RestDays
) -> None:
    between = add_working_time(start, first, HOURS, rest)
    assert add_working_time(between, second, HOURS, rest) == add_working_time(
        start, first + second, HOURS, rest
    )
