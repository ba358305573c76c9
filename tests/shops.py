"""A furnished shop file copied for each test, a clock one can set, and builders of calls and jobs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from aftersales_tui import bootstrap
from aftersales_tui.domain.words import JobStatus, Outcome, Role, TestResult, WaitFor
from aftersales_tui.services import calls, staff, steps
from aftersales_tui.services.shop import Shop
from aftersales_tui.store.engine import Store
from aftersales_tui.views.calls import CallLogged, NewCall, OpenJob
from aftersales_tui.views.jobs import JobView, RepairRecord
from aftersales_tui.views.shop import NewShop

ZONE = ZoneInfo("Asia/Shanghai")
OPENING = datetime(2026, 11, 23, 9, 30, tzinfo=ZONE).astimezone(UTC)
"""A Monday, half past nine on the shop's clock."""

WANG = NewCall(
    phone="138 0013 8027", name="王芳 Wang Fang", address="Dongmen Road 88", brand="Galanz 格兰仕",
    model="P70F23", category="microwave", serial="24G7-F0058914", sold_on=date(2026, 3, 2),
    fault="Sparks inside 打火",
)  # fmt: skip
"""A complete call: nothing of CALL-8 is missing."""

FIXED = RepairRecord(outcome=Outcome.FIXED, cause="grease on the mica", action="replaced the mica")


class SetClock:
    """A clock that stands until it is set."""

    def __init__(self, now: datetime = OPENING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def ahead(self, **much: float) -> None:
        """Later by so many days, hours or minutes."""
        self.now += timedelta(**much)

    def local(self, text: str) -> None:
        """To a moment on the shop's clock, ``2026-11-30 23:59``."""
        self.now = datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


@dataclass
class Desk:
    """An open shop with its people and builders of what they do."""

    shop: Shop
    clock: SetClock
    owner: int
    clerk: int
    technician: int
    made: int = field(default=0)

    def call(self, **changes: Any) -> CallLogged:
        """A complete call, with what the test says differently."""
        return calls.log(self.shop, replace(WANG, **changes), self.clerk)

    def opened(self, job: OpenJob | None = None, **changes: Any) -> JobView:
        """A job just opened from a call of its own, each with a unit of its own."""
        self.made += 1
        changes.setdefault("serial", f"SN-{self.made:04d}")
        logged = calls.log_and_open(self.shop, replace(WANG, **changes), self.clerk, job)
        assert logged.job is not None
        return logged.job

    def job(self, status: JobStatus, **changes: Any) -> JobView:
        """A job brought to ``status`` the shortest way."""
        here = status not in (JobStatus.EXPECTED, JobStatus.CANCELLED)
        job = self.opened(OpenJob(in_hand=here), **changes)
        by = self.technician
        if status in (JobStatus.EXPECTED, JobStatus.RECEIVED):
            return job
        if status is JobStatus.CANCELLED:
            return steps.cancel(self.shop, job.id, "changed her mind", self.clerk)
        view = steps.start(self.shop, job.id, by)
        waits = {
            JobStatus.AWAITING_PARTS: WaitFor.PARTS,
            JobStatus.AWAITING_APPROVAL: WaitFor.APPROVAL,
            JobStatus.AWAITING_CUSTOMER: WaitFor.CUSTOMER,
            JobStatus.AT_MAKER: WaitFor.MAKER,
        }
        if status in waits:
            return steps.wait(self.shop, job.id, waits[status], by, note="mica")
        order = (JobStatus.IN_REPAIR, JobStatus.TESTING, JobStatus.READY)
        reach = order.index(status) if status in order else len(order) - 1
        if status is JobStatus.DIAGNOSING:
            return view
        view = steps.diagnose(self.shop, job.id, "mica burnt", by)
        if reach >= 1:
            view = steps.record(self.shop, job.id, FIXED, by)
        if reach >= 2:
            steps.test(self.shop, job.id, TestResult.PASSED, by)
            view = steps.ready(self.shop, job.id, by)
        if status is JobStatus.HANDED_OVER:
            view = steps.hand_over(self.shop, job.id, self.clerk)
        if status is JobStatus.SETTLED:
            view = steps.settle(self.shop, job.id, Outcome.REFUNDED, "money back", self.clerk)
        return view


def raw(shop: Shop, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """What plain SQL answers."""
    with shop.store.reading() as session:
        return [tuple(row) for row in session.connection().exec_driver_sql(sql, values)]


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop file with an owner, a clerk and a technician, made once."""
    path = tmp_path_factory.mktemp("template") / "shop.db"
    shop = bootstrap.make_shop(path, NewShop(name="Minghui 明辉", owner="周明 Zhou Ming"), SetClock())
    owner = staff.cli_identity(shop).id
    staff.add(shop, "李娜 Li Na", Role.CLERK, owner)
    staff.add(shop, "陈伟 Chen Wei", Role.TECHNICIAN, owner)
    shop.close()
    return path


@pytest.fixture
def shop_path(furnished: Path, tmp_path: Path) -> Path:
    """A shop file of the test's own."""
    return Path(shutil.copy(furnished, tmp_path / "shop.db"))


@contextmanager
def opened(path: Path) -> Iterator[Desk]:
    """A furnished shop file opened at nine thirty on a Monday."""
    clock = SetClock()
    shop = Shop(Store(path, busy_seconds=0.2), clock)
    people = {person.role: person.id for person in reversed(staff.everybody(shop))}
    try:
        yield Desk(shop, clock, people[Role.OWNER], people[Role.CLERK], people[Role.TECHNICIAN])
    finally:
        shop.close()


@pytest.fixture
def desk(shop_path: Path) -> Iterator[Desk]:
    """The shop opened at nine thirty on a Monday."""
    with at_desk(shop_path) as opened:
        yield opened


@contextmanager
def at_desk(path: Path, now: datetime = OPENING) -> Iterator[Desk]:
    """A furnished shop file opened at a moment, for a story that several tests are told once."""
    clock = SetClock(now)
    shop = Shop(Store(path, busy_seconds=0.2), clock)
    people = {person.role: person.id for person in staff.everybody(shop)}
    yield Desk(shop, clock, people[Role.OWNER], people[Role.CLERK], people[Role.TECHNICIAN])
    shop.close()
