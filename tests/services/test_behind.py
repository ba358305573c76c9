"""What stands behind a number is exactly what it counts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from aftersales_tui.domain.dates import Month
from aftersales_tui.domain.words import (
    CallKind,
    Channel,
    JobStatus,
    Outcome,
    Reached,
    RecordKind,
    Satisfaction,
    Solved,
)
from aftersales_tui.reports.month import MEASURES, Unit
from aftersales_tui.services import behind, followups, reports
from aftersales_tui.views.followups import FollowUpAnswer
from shops import Desk, at_desk, desk, furnished, shop_path

__all__ = ["desk", "furnished", "shop_path"]

NOVEMBER = Month(2026, 11)


@pytest.fixture(scope="module")
def told(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every status, several kinds and channels, follow-ups of every sort, in two months."""
    path = Path(shutil.copy(furnished, tmp_path_factory.mktemp("busy") / "shop.db"))
    with at_desk(path) as desk:
        for month in (10, 11):
            desk.clock.local(f"2026-{month}-30 23:30")
            for status in JobStatus:
                desk.job(status)
            for kind, channel in zip(CallKind, Channel, strict=True):
                desk.call(kind=kind, channel=channel)
            desk.clock.ahead(days=2)
            due, _, _ = followups.due(desk.shop)
            answers = (
                FollowUpAnswer(reached=Reached.YES, overall=Satisfaction.DISSATISFIED),
                FollowUpAnswer(reached=Reached.WRONG_NUMBER),
            )
            for row, answer in zip(due, answers, strict=False):
                followups.record(desk.shop, row.id, answer, desk.clerk)
    return path


@pytest.fixture
def busy(told: Path, tmp_path: Path) -> Iterator[Desk]:
    """A copy of it, on a day of December."""
    with at_desk(Path(shutil.copy(told, tmp_path / "busy.db"))) as desk:
        desk.clock.local("2026-12-20 12:00")
        yield desk


@pytest.mark.parametrize("which", [Month(2026, 10), NOVEMBER, Month(2026, 12)], ids=str)
def test_every_number_has_as_many_rows(busy: Desk, which: Month) -> None:
    summary = reports.month(busy.shop, which)
    for measure in MEASURES:
        if measure.unit in (Unit.COUNT, Unit.SHARE):
            assert behind.of_measure(busy.shop, which, measure.id).total == measure.count(summary), measure.id
    assert behind.of_measure(busy.shop, which, "turnaround").total == summary.turnaround_jobs
    assert behind.of_measure(busy.shop, which, "score").total == summary.scored
    for person in summary.technicians:
        assert behind.of_technician(busy.shop, which, person.name).total == person.closed
    in_weeks = sum(behind.of_week(busy.shop, which, week).total for week, _, _ in summary.weeks)
    assert in_weeks >= summary.jobs_opened


def test_rows_say_who_what_and_how_it_ended(busy: Desk) -> None:
    found = behind.of_measure(busy.shop, NOVEMBER, "jobs.fixed")
    row = found.rows[0]
    assert (row.kind, row.who, row.product, row.result) == (
        RecordKind.JOB, "王芳 Wang Fang", "Galanz 格兰仕 P70F23", Outcome.FIXED,
    )  # fmt: skip
    assert behind.of_measure(busy.shop, NOVEMBER, "calls", limit=2).total > 2


def test_whoever_was_not_happy_is_named(desk: Desk) -> None:
    answers = {
        "dissatisfied": FollowUpAnswer(reached=Reached.YES, overall=Satisfaction.DISSATISFIED),
        "not solved": FollowUpAnswer(reached=Reached.YES, solved=Solved.NO),
        "happy": FollowUpAnswer(reached=Reached.YES, overall=Satisfaction.SATISFIED, opinion="happy"),
        "told": FollowUpAnswer(reached=Reached.YES, overall=Satisfaction.SATISFIED),
    }
    numbers = {}
    for name, answer in answers.items():
        job = desk.job(JobStatus.HANDED_OVER)
        due = followups.for_job(desk.shop, job.id)
        assert due is not None
        numbers[name] = followups.record(desk.shop, due, answer, desk.clerk, tell=name == "told").number
    found = behind.of_measure(desk.shop, NOVEMBER, "unhappy")
    assert {row.number for row in found.rows} == {n for name, n in numbers.items() if name != "happy"}


def test_an_unknown_measure_is_a_mistake_of_the_program(desk: Desk) -> None:
    with pytest.raises(KeyError):
        behind.of_measure(desk.shop, NOVEMBER, "calls.unknown")


def test_another_months_week_has_no_jobs(busy: Desk) -> None:
    assert behind.of_week(busy.shop, NOVEMBER, "W01").total == 0
