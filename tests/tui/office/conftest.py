"""The program on a shop with two months behind it, seen from the office."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from tests.shops import Desk, desk, furnished, shop_path
from tests.tui.bench.conftest import done
from textual.pilot import Pilot

from aftersales_tui.bootstrap import open_shop
from aftersales_tui.domain.words import CallKind, Channel, JobStatus, Reached, Satisfaction, Solved
from aftersales_tui.services import followups
from aftersales_tui.services.seat import Seat
from aftersales_tui.tui.app import AftersalesApp, TuiOptions
from aftersales_tui.views.followups import FollowUpAnswer

__all__ = ["desk", "furnished", "shop_path"]

SIZES = [(80, 24), (120, 40)]
HAPPY = FollowUpAnswer(reached=Reached.YES, solved=Solved.YES, overall=Satisfaction.VERY_SATISFIED)
UNHAPPY = FollowUpAnswer(
    reached=Reached.YES, solved=Solved.PARTLY, overall=Satisfaction.DISSATISFIED, opinion="waited for parts"
)

Office = Callable[..., AbstractAsyncContextManager[Pilot[int]]]


@pytest.fixture
def months(desk: Desk) -> Desk:
    """One job closed in October, two in November of which one customer is dissatisfied, one open job."""
    desk.clock.local("2026-10-12 10:00")
    first = desk.job(JobStatus.HANDED_OVER)
    desk.clock.local("2026-10-15 10:00")
    answered(desk, first.id, HAPPY)
    desk.clock.local("2026-11-09 10:00")
    second = desk.job(JobStatus.HANDED_OVER)
    third = desk.job(JobStatus.HANDED_OVER, name="Müller, Jürgen", phone="0755 2518 3344")
    desk.job(JobStatus.DIAGNOSING)
    desk.call(kind=CallKind.ADVICE, channel=Channel.WALK_IN)
    desk.clock.local("2026-11-12 10:00")
    answered(desk, second.id, HAPPY)
    answered(desk, third.id, UNHAPPY)
    desk.clock.local("2026-11-27 10:30")
    return desk


def answered(desk: Desk, job_id: int, answer: FollowUpAnswer) -> None:
    """The follow-up of a job is made."""
    due = followups.for_job(desk.shop, job_id)
    assert due is not None
    followups.record(desk.shop, due, answer, desk.clerk)


@pytest.fixture
def office(months: Desk) -> Office:
    """``async with office(size=…, language=…, who=…) as pilot``: signed in, the month read."""

    @asynccontextmanager
    async def run(
        size: tuple[int, int] = (80, 24), language: str = "en", who: str = "周明 Zhou Ming"
    ) -> AsyncIterator[Pilot[int]]:
        def opened() -> Seat:
            shop = open_shop(months.shop.path, months.clock)
            return Seat(shop.store, months.clock, remembered=lambda: who, remember=lambda _name: None)

        app = AftersalesApp(TuiOptions(open_shop=opened, language=language))
        async with app.run_test(size=size, notifications=True) as pilot:
            await done(pilot)
            yield pilot
            await done(pilot)
            if app.shop is not None:
                app.shop.close()

    return run
