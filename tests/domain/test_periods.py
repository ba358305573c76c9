"""The arithmetic of periods: lengths, pauses, the roll past rest days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.domain.periods import PauseUsed, Stay, end_of, lengthened, paused, rolled
from aftersales_tui.domain.policy import DayRule, Length, Pause
from warranty_builders import REST, WEEKENDS, day

OUT_MINUS_IN = Pause()
BOTH = Pause(DayRule.BOTH_INCLUSIVE)


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2026-01-31", Length(months=1), "2026-02-28"),
        ("2024-02-29", Length(years=1), "2025-02-28"),
        ("2024-02-29", Length(years=4), "2028-02-29"),
        ("2026-03-02", Length(days=7), "2026-03-09"),
        ("2026-01-10", Length(months=6), "2026-07-10"),
    ],
)
def test_a_period_ends_on_the_corresponding_day_or_the_month_s_last(
    start: str, length: Length, end: str
) -> None:
    assert end_of(day(start), length) == day(end)


def test_counting_the_start_day_ends_a_day_earlier() -> None:
    """L43: six months beginning with the day of delivery."""
    assert end_of(day("2026-01-31"), Length(months=6), start_day_counted=True) == day("2026-07-30")


def test_the_end_of_the_calendar_is_no_error() -> None:
    assert end_of(date(9990, 1, 1), Length(years=20)) == date.max
    assert lengthened(date(9999, 12, 30), 5) == date.max
    assert rolled(date.max, WEEKENDS).day == date.max


@pytest.mark.parametrize(("rule", "days"), [(OUT_MINUS_IN, 15), (BOTH, 17)])
def test_the_two_ways_of_counting_differ_by_a_day_for_each_stay(rule: Pause, days: int) -> None:
    stays = [Stay(day("2025-06-01"), day("2025-06-11")), Stay(day("2025-09-01"), day("2025-09-06"))]
    end, used = paused(day("2025-03-10"), day("2026-03-10"), stays, rule, day("2026-01-01"))
    assert end == day("2026-03-10") + timedelta(days=days)
    assert sum(one.days for one in used) == days


def test_overlapping_stays_are_one_stretch() -> None:
    stays = [Stay(day("2025-06-05"), day("2025-06-15")), Stay(day("2025-06-01"), day("2025-06-10"))]
    _, used = paused(day("2025-03-10"), day("2026-03-10"), stays, OUT_MINUS_IN, day("2026-01-01"))
    assert used == (PauseUsed(day("2025-06-01"), day("2025-06-15"), 14),)


def test_a_stay_of_no_days_adds_nothing() -> None:
    stays = [Stay(day("2025-06-05"), day("2025-06-05"))]
    assert paused(day("2025-03-10"), day("2026-03-10"), stays, OUT_MINUS_IN, day("2026-01-01")) == (
        day("2026-03-10"),
        (),
    )


def test_moved_workdays_are_no_rest_days_and_an_unpublished_year_is_told() -> None:
    assert rolled(day("2026-02-14"), REST).day == day("2026-02-14")
    assert rolled(day("2026-10-03"), REST).day == day("2026-10-08")
    assert not rolled(day("2027-12-04"), REST).official


@given(
    st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    st.lists(st.tuples(st.integers(0, 900), st.integers(0, 90)), max_size=5),
    st.sampled_from([OUT_MINUS_IN, BOTH]),
)
def test_the_pauses_never_add_more_than_the_days_that_passed(
    start: date, told: list[tuple[int, int]], rule: Pause
) -> None:
    stays = [Stay(start + timedelta(days=a), start + timedelta(days=a + b)) for a, b in told]
    on, end = start + timedelta(days=1000), start + timedelta(days=365)
    later, used = paused(start, end, stays, rule, on)
    in_repair = {stay.handed_in + timedelta(days=i) for stay in stays for i in range(91)}
    assert end <= later <= end + timedelta(days=len(in_repair))
    assert (later - end).days == sum(one.days for one in used)
