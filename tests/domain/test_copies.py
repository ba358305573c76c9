"""Copies are thinned by what there is, never by a clock, and the newest stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.domain.copies import SAFETY, Budget, CopyMark, CopyReason, kept

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
WIDE = 10**9
"""Megabytes that never run out."""


def _mark(number: int, at: datetime, reason: CopyReason = CopyReason.CLOSING, size: int = 1000) -> CopyMark:
    return CopyMark(number, at, reason, size)


MOMENTS = st.datetimes(datetime(1999, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
MARKS = st.lists(
    st.tuples(MOMENTS, st.sampled_from(CopyReason), st.integers(0, 40_000_000)), max_size=60
).map(lambda found: [CopyMark(n, *one) for n, one in enumerate(found, start=1)])
COUNTS = st.integers(0, 12)
BUDGETS = st.builds(
    Budget, hours=COUNTS, days=COUNTS, weeks=COUNTS, months=COUNTS, safety=COUNTS,
    megabytes=st.integers(0, 500),
)  # fmt: skip


@given(MARKS, BUDGETS)
def test_the_newest_always_stays_and_nothing_is_invented(copies: list[CopyMark], budget: Budget) -> None:
    staying = kept(copies, budget)
    assert staying <= {copy.number for copy in copies}
    if copies:
        assert copies[-1].number in staying


@given(MARKS, BUDGETS)
def test_what_stays_is_within_the_budget(copies: list[CopyMark], budget: Budget) -> None:
    staying = kept(copies, budget)
    most = budget.hours + budget.days + budget.weeks + budget.months + budget.safety
    assert len(staying) <= max(1, most + 1)
    size = sum(copy.size for copy in copies if copy.number in staying)
    assert size <= budget.megabytes * 1_000_000 or len(staying) == 1


@given(MARKS, BUDGETS, st.integers(0, 500))
def test_more_room_never_costs_a_copy(copies: list[CopyMark], budget: Budget, more: int) -> None:
    larger = replace(budget, megabytes=budget.megabytes + more)
    assert kept(copies, budget) <= kept(copies, larger)


@given(MARKS, BUDGETS, COUNTS, st.sampled_from(["hours", "days", "weeks", "months", "safety"]))
def test_a_longer_memory_never_costs_a_copy(
    copies: list[CopyMark], budget: Budget, more: int, kind: str
) -> None:
    budget = replace(budget, megabytes=WIDE)
    longer = replace(budget, **{kind: getattr(budget, kind) + more})
    assert kept(copies, budget) <= kept(copies, longer)


@given(MARKS, BUDGETS)
def test_thinning_again_removes_nothing_more(copies: list[CopyMark], budget: Budget) -> None:
    budget = replace(budget, megabytes=WIDE, safety=0)
    once = kept(copies, budget)
    assert kept([copy for copy in copies if copy.number in once], budget) == once


@given(MARKS, BUDGETS)
def test_the_order_in_which_they_are_listed_does_not_matter(copies: list[CopyMark], budget: Budget) -> None:
    assert kept(reversed(copies), budget) == kept(copies, budget)


def test_a_year_of_closing_twice_a_day_leaves_hours_days_weeks_and_months() -> None:
    copies = [_mark(n, NOON + timedelta(hours=12 * n)) for n in range(730)]
    staying = kept(copies, Budget(hours=6, days=7, weeks=5, months=12, megabytes=WIDE))
    ages = sorted((729 - number) / 2 for number in staying)
    assert ages[:6] == [0, 0.5, 1, 1.5, 2, 2.5]
    assert max(age for age in ages if age < 10) >= 6
    assert ages[-1] > 300
    assert len(staying) < 30


def test_a_clock_that_once_stood_at_2099_costs_no_other_copy() -> None:
    copies = [_mark(n, NOON + timedelta(days=n)) for n in range(1, 11)]
    wrong = _mark(11, datetime(2099, 1, 1, tzinfo=UTC))
    after = [_mark(n, NOON + timedelta(days=n)) for n in range(12, 15)]
    budget = Budget(hours=0, days=5, weeks=0, months=0, safety=0, megabytes=WIDE)
    assert kept([*copies, wrong], budget) == {11, 10, 9, 8, 7}
    assert kept([*copies, wrong, *after], budget) == {14, 13, 12, 11, 10}


def test_a_safety_copy_of_the_same_hour_outlives_the_copy_made_on_closing() -> None:
    copies = [
        _mark(1, NOON, CopyReason.BEFORE_RESTORE),
        *(_mark(n, NOON + timedelta(minutes=n)) for n in range(2, 20)),
    ]
    assert kept(copies, Budget(megabytes=WIDE)) == {19, 1}
    assert CopyReason.BEFORE_RESTORE in SAFETY


def test_where_room_is_short_the_copies_are_still_spread_over_the_time() -> None:
    copies = [_mark(n, NOON + timedelta(days=n), size=10_000_000) for n in range(200)]
    staying = kept(copies, Budget(megabytes=100))
    assert len(staying) == 10
    assert min(staying) < 140


def test_a_newest_copy_larger_than_the_budget_stays_alone() -> None:
    copies = [_mark(1, NOON), _mark(2, NOON + timedelta(days=1), size=3_000_000)]
    assert kept(copies, Budget(megabytes=1)) == {2}


def test_nothing_is_kept_of_nothing() -> None:
    assert kept([], Budget()) == frozenset()
