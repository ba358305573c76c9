"""A small real shop file behind the desk: made through the services, with a clock that stands still."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.tui.calm import looked
from tests.tui.conftest import drawn
from textual.pilot import Pilot
from textual.screen import ModalScreen

from aftersales_tui.bootstrap import make_shop, open_shop
from aftersales_tui.domain.words import CallKind, Channel, Outcome, Proof, Role, TestResult
from aftersales_tui.services import calls, customers, devices, jobs, staff, steps
from aftersales_tui.services.seat import Seat
from aftersales_tui.tui.app import AftersalesApp, TuiOptions
from aftersales_tui.views.calls import NewCall, OpenJob
from aftersales_tui.views.customers import NewCustomer
from aftersales_tui.views.devices import NewDevice
from aftersales_tui.views.jobs import RepairRecord
from aftersales_tui.views.shop import NewShop

NOON = datetime(2026, 11, 23, 1, 42, tzinfo=UTC)
"""Mon 23 Nov 2026, 09:42 in the shop."""
HOSTILE = "[/foo] [@click=app.quit]x[/] \x1b]0;PWNED\x07\u202eRTL\u202c"
FIXED = RepairRecord(outcome=Outcome.FIXED, cause="worn", action="replaced")


@dataclass
class DeskShop:
    """The shop file, its clock, and the ids of what was put into it."""

    path: Path
    now: datetime = NOON
    ids: dict[str, int] = field(default_factory=dict)

    def clock(self) -> datetime:
        return self.now

    def open(self) -> Any:
        """Another connection to the same file, as another process has it."""
        return open_shop(self.path, self.clock)

    def seat(self) -> Seat:
        """The shop as the screen gets it."""
        shop = self.open()
        return Seat(shop.store, self.clock, remembered=lambda: "李娜 Li Na", remember=lambda _name: None)

    @asynccontextmanager
    async def running(
        self, size: tuple[int, int] = (80, 24), language: str = "en"
    ) -> AsyncIterator[Pilot[int]]:
        """The program on this shop, signed in, lists read."""
        seat = self.seat()
        options = TuiOptions(open_shop=lambda: seat, language=language)
        app = AftersalesApp(options)
        async with app.run_test(size=size, notifications=True) as pilot:
            await quiet(pilot)
            yield pilot
        # a thread may still be looking for other seats' changes
        await asyncio.get_running_loop().shutdown_default_executor()
        seat.close()


def make(path: Path) -> DeskShop:
    """王芳 with three devices, an open call with a late call-back, jobs in work and ready."""
    desk = DeskShop(path)
    desk.now = NOON - timedelta(days=9)
    shop = make_shop(path, NewShop(name="明辉", region="CN", owner="赵敏 Zhao Min"), desk.clock)
    me = staff.add(shop, "李娜 Li Na", Role.CLERK, 1).id
    chen = staff.add(shop, "陈伟 Chen Wei", Role.TECHNICIAN, 1).id
    wang = customers.add(
        shop,
        NewCustomer(
            name="王芳 Wang Fang", phones=("138 0013 8027",), region="Luohu 罗湖", address="Dongmen Rd 88"
        ),
        me,
    ).id
    oven = devices.add(
        shop,
        NewDevice(
            customer_id=wang, brand="Galanz 格兰仕", model="P70F23", category="microwave_oven",
            serial="24G7F0058914", sold_on=date(2025, 11, 27), proof=Proof.TOLD,
        ),
        me,
    ).id  # fmt: skip
    laptop = devices.add(
        shop,
        NewDevice(customer_id=wang, brand="Lenovo", model="E14", category="laptop", serial="PF3K9Q2M"),
        me,
    ).id
    ready = calls.open_on_device(
        shop, laptop, "keyboard dead", me, OpenJob(in_hand=True, assigned_to=chen)
    ).id
    desk.now = NOON - timedelta(days=5)
    steps.start(shop, ready, chen)
    steps.record(shop, ready, FIXED, chen)
    steps.test(shop, ready, TestResult.PASSED, chen)
    steps.ready(shop, ready, chen)
    desk.now = NOON - timedelta(days=3)
    call = calls.log(
        shop,
        NewCall(
            customer_id=wang, device_id=oven, fault="sparks inside",
            call_back_at=NOON - timedelta(hours=1),
        ),
        me,
    ).call.id  # fmt: skip
    work = calls.open_on_device(shop, oven, "hums loudly", me, OpenJob(in_hand=True, assigned_to=chen)).id
    steps.start(shop, work, chen)
    desk.now = NOON
    nobody = calls.log(shop, NewCall(kind=CallKind.REPAIR, channel=Channel.PHONE, name="O'Brien"), me).call.id
    shop.close()
    desk.ids = {
        "me": me, "chen": chen, "wang": wang, "oven": oven, "laptop": laptop, "ready": ready,
        "call": call, "work": work, "nobody": nobody,
    }  # fmt: skip
    return desk


async def quiet(pilot: Pilot[int]) -> None:
    """Waits until nothing is being asked or saved any more; a dialog's own asker waits with it."""
    for _ in range(500):
        await pilot.pause()
        waiting = {"do"} if isinstance(pilot.app.screen, ModalScreen) else set()
        if all(worker.is_finished or worker.group in waiting for worker in pilot.app.workers):
            break
        await pilot.pause(0.01)
    await pilot.pause()


async def until(pilot: Pilot[int], true: Callable[[], bool], tries: int = 20) -> None:
    """Waits for something another process brings about."""
    for _ in range(tries):
        if true():
            return
        await looked(pilot)
    raise AssertionError("\n".join(drawn(pilot)))


__all__ = ["HOSTILE", "NOON", "DeskShop", "drawn", "jobs", "make", "quiet", "until"]
