"""The hand-over asks, says what to tell, and does it with y."""

from __future__ import annotations

import pytest
from tests.shops import Desk
from tests.tui.bench.conftest import SIZES, Bench, done, press, text, toasts

from aftersales_tui.domain.words import FollowUpStatus, JobStatus, Outcome
from aftersales_tui.services import followups, jobs, steps
from aftersales_tui.views.jobs import JobView, RepairRecord


def ready(desk: Desk) -> JobView:
    job = desk.job(JobStatus.IN_REPAIR)
    record = RepairRecord(
        outcome=Outcome.NOT_REPAIRABLE, cause="burnt", action="looked", advice="never run it empty"
    )
    return steps.record(desk.shop, job.id, record, desk.technician)


@pytest.mark.parametrize("size", SIZES)
async def test_y_hands_over_and_makes_the_follow_up_due(
    desk: Desk, bench: Bench, size: tuple[int, int]
) -> None:
    job = ready(desk)
    async with bench(size) as pilot:
        await pilot.app.open_screen("job", job.id)  # type: ignore[attr-defined]
        await done(pilot)
        await press(pilot, "enter")
        said = text(pilot)
        assert "The customer was not told yet that it is ready." in said
        assert "The invoice was not seen: look at it now." in said
        assert "Tell: never run it empty" in said
        assert "hand over; we call on Thu 26 Nov" in said
        await press(pilot, "y")
        assert jobs.show(desk.shop, job.id).status is JobStatus.HANDED_OVER
        follow_up = followups.for_job(desk.shop, job.id)
        assert follow_up is not None
        assert followups.show(desk.shop, follow_up).status is FollowUpStatus.OPEN
        assert toasts(pilot)[-1] == "J-0001: handed over since 09:30, by 陈伟 Chen Wei."


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_every_other_answer_is_no(desk: Desk, bench: Bench, key: str) -> None:
    job = ready(desk)
    async with bench() as pilot:
        await pilot.app.open_screen("hand_over", job.id)  # type: ignore[attr-defined]
        await done(pilot)
        await press(pilot, "h", "n", key)
        assert jobs.show(desk.shop, job.id).status is JobStatus.READY
        assert not pilot.app.screen.is_modal


async def test_a_job_that_is_not_ready_is_not_handed_over(desk: Desk, bench: Bench) -> None:
    job = desk.job(JobStatus.IN_REPAIR)
    async with bench() as pilot:
        await pilot.app.open_screen("hand_over", job.id)  # type: ignore[attr-defined]
        await done(pilot)
        await pilot.pause()
        assert not pilot.app.screen.is_modal
        assert toasts(pilot)[-1].startswith("Not now: ")
