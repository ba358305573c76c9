"""A small month, counted by hand."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from aftersales_tui.domain.dates import Month
from aftersales_tui.domain.words import (
    CallKind,
    Channel,
    JobStatus,
    Outcome,
    Reached,
    Resolution,
    Satisfaction,
    TestResult,
)
from aftersales_tui.services import calls, followups, reports, steps
from aftersales_tui.services.settings import change_setting
from aftersales_tui.store import imported
from aftersales_tui.store.imported import HistoricJob
from aftersales_tui.views.calls import NewCall
from aftersales_tui.views.followups import FollowUpAnswer
from aftersales_tui.views.reports import MonthSummary
from shops import FIXED, ZONE, Desk, at_desk

NOVEMBER = Month(2026, 11)


def _answer(desk: Desk, job_id: int, overall: Satisfaction) -> None:
    found = followups.for_job(desk.shop, job_id)
    assert found is not None
    followups.record(desk.shop, found, FollowUpAnswer(reached=Reached.YES, overall=overall), desk.clerk)


def _import_a_repair(desk: Desk) -> None:
    at = datetime(2026, 11, 10, 12, tzinfo=ZONE).astimezone(ZoneInfo("UTC"))
    old = HistoricJob(
        ref="r1", at=at, completed_on=date(2026, 11, 10), outcome=Outcome.FIXED, product_id=1,
        fault="old", cause="", intake="",
    )  # fmt: skip
    with desk.shop.store.writing() as session:
        imported.bring_in(session, [old], "ords", desk.owner, desk.clock(), "old.csv")


@pytest.fixture(scope="module")
def story(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What happened around November; the moments are the shop's own."""
    path = Path(shutil.copy(furnished, tmp_path_factory.mktemp("story") / "shop.db"))
    with at_desk(path) as desk:
        _tell(desk)
    return path


@pytest.fixture
def told(story: Path, tmp_path: Path) -> Iterator[Desk]:
    """A copy of it, on the first of December."""
    with at_desk(Path(shutil.copy(story, tmp_path / "told.db"))) as desk:
        desk.clock.local("2026-12-01 00:00")
        yield desk


def _tell(desk: Desk) -> None:
    clock = desk.clock
    clock.local("2026-10-30 10:00")
    first = desk.job(JobStatus.READY)
    clock.local("2026-10-31 23:59")
    desk.job(JobStatus.HANDED_OVER)
    clock.local("2026-11-01 00:00")
    steps.hand_over(desk.shop, first.id, desk.clerk)
    clock.local("2026-11-02 09:00")
    slow = desk.job(JobStatus.IN_REPAIR)
    clock.local("2026-11-05 09:00")
    steps.record_test_ready(desk.shop, slow.id, FIXED, desk.technician, result=TestResult.PASSED, ready=True)
    steps.hand_over(desk.shop, slow.id, desk.clerk)
    steps.reopen(desk.shop, slow.id, "wrong ticket", desk.owner)
    steps.hand_over(desk.shop, slow.id, desk.clerk)
    clock.local("2026-11-08 10:00")
    _answer(desk, first.id, Satisfaction.VERY_SATISFIED)
    _answer(desk, slow.id, Satisfaction.DISSATISFIED)
    desk.job(JobStatus.SETTLED)
    desk.job(JobStatus.CANCELLED, sold_on=date(2020, 1, 1))
    running = desk.job(JobStatus.DIAGNOSING)
    desk.job(JobStatus.RECEIVED)
    advice = NewCall(kind=CallKind.ADVICE, channel=Channel.MESSAGE, fault="how to descale")
    calls.log_and_advise(desk.shop, advice, desk.clerk)
    asked = desk.call(kind=CallKind.PROGRESS).call
    calls.close(desk.shop, asked.id, Resolution.ANSWERED, desk.clerk)
    _import_a_repair(desk)
    clock.local("2026-11-30 23:59")
    steps.cancel(desk.shop, running.id, "too dear", desk.clerk)
    steps.hand_over(desk.shop, running.id, desk.clerk)
    clock.local("2026-12-01 00:00")
    desk.job(JobStatus.HANDED_OVER)


@pytest.fixture
def november(told: Desk) -> MonthSummary:
    return reports.month(told.shop, NOVEMBER)


def test_calls_are_counted_by_their_day(november: MonthSummary) -> None:
    assert november.calls == 7
    assert {kind: n for kind, n in november.calls_by_kind.items() if n} == {
        "repair": 5, "advice": 1, "progress": 1
    }  # fmt: skip
    assert set(november.calls_by_kind) == {kind.value for kind in CallKind}
    assert {channel: n for channel, n in november.calls_by_channel.items() if n} == {"phone": 6, "message": 1}


def test_jobs_are_counted_by_completion_day_on_the_shops_own_clock(november: MonthSummary) -> None:
    assert (november.jobs_opened, november.jobs_closed, november.jobs_open_at_end) == (6, 6, 1)
    assert november.closed_as == {"handed_over": 4, "settled": 1, "cancelled": 1}
    assert {outcome: n for outcome, n in november.outcomes.items() if n} == {
        "fixed": 3, "refunded": 1, "returned_unrepaired": 1
    }  # fmt: skip
    assert not november.to_date


def test_an_imported_job_is_neither_in_nor_out_of_warranty(november: MonthSummary) -> None:
    assert (november.in_warranty, november.out_of_warranty, november.not_judged) == (4, 1, 1)


def test_turnaround_runs_in_working_days_from_take_in_to_the_first_ready(november: MonthSummary) -> None:
    assert (november.turnaround_jobs, november.turnaround_median_days) == (4, 1.5)  # 0, 0, 3 and 16


def test_a_voided_follow_up_is_neither_due_nor_made(november: MonthSummary) -> None:
    assert (november.follow_ups_due, november.follow_ups_made, november.follow_up_rate) == (4, 2, 0.5)
    assert (november.scored, november.satisfied, november.satisfied_share) == (2, 1, 0.5)
    assert november.mean_score == 0.0


def test_a_technician_has_what_was_theirs(november: MonthSummary) -> None:
    (technician,) = november.technicians
    assert (technician.name, technician.closed) == ("陈伟 Chen Wei", 4)
    assert (technician.turnaround_days, technician.mean_score) == (1.5, 0.0)


def test_the_weeks_add_up_to_the_month(november: MonthSummary) -> None:
    busy = {week: (opened, closed) for week, opened, closed in november.weeks if opened or closed}
    assert busy == {"W44": (0, 1), "W45": (5, 3), "W46": (1, 1), "W49": (0, 1)}


def test_the_months_beside_it_have_the_rest(told: Desk) -> None:
    november, october = reports.month_with_previous(told.shop, NOVEMBER)
    assert november.month == "2026-11"
    assert (october.month, october.jobs_opened, october.jobs_closed, october.jobs_open_at_end) == (
        "2026-10", 2, 1, 1
    )  # fmt: skip
    december = reports.month(told.shop, Month(2026, 12))
    assert (december.jobs_closed, december.to_date) == (1, True)
    assert reports.this_month(told.shop) == Month(2026, 12)


def test_an_empty_month_has_zeros_and_no_rates(desk: Desk) -> None:
    empty = reports.month(desk.shop, Month(2030, 1))
    assert (empty.calls, empty.jobs_closed, empty.follow_ups_due) == (0, 0, 0)
    assert (empty.follow_up_rate, empty.satisfied_share, empty.mean_score) == (None, None, None)
    assert (empty.turnaround_median_days, empty.technicians) == (None, ())


def test_another_time_zone_moves_calls_but_no_completion_day(told: Desk) -> None:
    change_setting(told.shop, "timezone", "UTC", told.owner)
    october = reports.month(told.shop, Month(2026, 10))
    assert october.jobs_closed == 1
    assert reports.month(told.shop, Month(2026, 12)).calls == 0
