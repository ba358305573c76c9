"""A shop in which Wang's microwave was repaired in March, and the call form open in it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from tests.tui.conftest import settled
from textual.events import Paste
from textual.pilot import Pilot

from aftersales_tui import bootstrap
from aftersales_tui.domain.words import Role, TestResult
from aftersales_tui.services import calls, customers, devices, staff, steps
from aftersales_tui.services.seat import Seat
from aftersales_tui.store.engine import Store
from aftersales_tui.tui.app import AftersalesApp, TuiOptions
from aftersales_tui.tui.desk import call_judging
from aftersales_tui.tui.desk.call_form import CallForm
from aftersales_tui.views.calls import NewCall, OpenJob
from aftersales_tui.views.customers import NewCustomer
from aftersales_tui.views.devices import NewDevice
from aftersales_tui.views.shop import NewShop
from shops import FIXED, SetClock

CLERK = "李娜 Li Na"


@dataclass(frozen=True)
class Wang:
    """The shop file with the ids in it; at 2026-11-23 09:46."""

    path: Path
    clerk: int
    customer: int
    microwave: int

    def seat(self) -> Seat:
        clock = SetClock()
        clock.local("2026-11-23 09:46")
        store = Store(self.path, busy_seconds=0.2)
        return Seat(store, clock, remembered=lambda: CLERK, remember=lambda name: None)


def make(path: Path) -> Wang:
    clock = SetClock()
    clock.local("2024-05-02 10:00")
    shop = bootstrap.make_shop(path, NewShop(name="Minghui Repair 明辉维修", owner="周明 Zhou Ming"), clock)
    owner = staff.cli_identity(shop).id
    clerk = staff.add(shop, CLERK, Role.CLERK, owner).id
    technician = staff.add(shop, "陈伟 Chen Wei", Role.TECHNICIAN, owner).id
    wang = customers.add(
        shop,
        NewCustomer(
            name="王芳 Wang Fang", phones=("138 0013 8027",), region="Luohu 罗湖",
            address="Dongmen Rd 88-1204", notes="prefers WeChat after 18:00",
        ),
        clerk,
    )  # fmt: skip
    clock.local("2026-01-10 10:00")
    laptop = NewDevice(
        customer_id=wang.id, brand="Lenovo", model="E14", category="laptop", serial="PF3K9Q2M",
        sold_on=date(2024, 3, 1),
    )  # fmt: skip
    devices.add(shop, laptop, clerk)
    oven = NewDevice(
        customer_id=wang.id, brand="Galanz 格兰仕", model="P70F23", category="microwave",
        serial="24G7F0058914", sold_on=date(2025, 11, 27),
    )  # fmt: skip
    microwave = devices.add(shop, oven, clerk).id
    clock.local("2026-03-02 10:00")
    new = NewCall(customer_id=wang.id, device_id=microwave, fault="Sparks")
    job = calls.log_and_open(shop, new, clerk, OpenJob(in_hand=True)).job
    assert job is not None
    steps.start(shop, job.id, technician)
    steps.diagnose(shop, job.id, "mica burnt", technician)
    clock.local("2026-03-09 10:00")
    steps.record(shop, job.id, FIXED, technician)
    steps.test(shop, job.id, TestResult.PASSED, technician)
    steps.ready(shop, job.id, technician)
    steps.hand_over(shop, job.id, clerk)
    becker = NewCustomer(name="Becker & Söhne GmbH", phones=("0755 2518 8027",), region="Futian 福田")
    customers.add(shop, becker, clerk)
    shop.close()
    return Wang(path, clerk, wang.id, microwave)


class Typist:
    """Presses keys in a running program and counts them; words of the fault do not count."""

    def __init__(self, pilot: Pilot[int], seat: Seat) -> None:
        self.pilot = pilot
        self.seat = seat
        self.count = 0

    @property
    def form(self) -> CallForm:
        return cast(CallForm, self.pilot.app.screen)

    @property
    def here(self) -> str:
        """The field that has the focus."""
        field = self.form.current_field
        return (field.id or "") if field else ""

    @property
    def toasts(self) -> str:
        """Everything said in the corner so far."""
        return " ".join(str(note.message) for note in self.pilot.app._notifications)

    async def press(self, *keys: str) -> None:
        """One key after the other, each done before the next."""
        for n, key in enumerate(keys, start=1):
            self.count += 1
            await self.pilot.press(key)
            if n == len(keys) or len(key) > 1 or key == "n":
                await settled(self.pilot)

    async def words(self, text: str) -> None:
        """Free text, pasted: it does not count."""
        self.pilot.app.post_message(Paste(text))
        await settled(self.pilot)

    async def judged(self) -> None:
        """Waits until the verdict belongs to what is typed."""
        await self.pilot.pause(call_judging.JUDGE_AFTER * 2)
        await settled(self.pilot)

    async def saved(self) -> None:
        """Waits until nothing is being saved any more."""
        app = self.pilot.app
        await app.workers.wait_for_complete([w for w in app.workers if w.group in ("do", "draft")])
        await settled(self.pilot)

    def field(self, name: str) -> str:
        """What is in a field."""
        return self.form.field(name).answer

    def rows(self) -> list[str]:
        """The screen as text."""
        strips = self.pilot.app.screen._compositor.render_strips()
        return ["".join(part.text for part in strip) for strip in strips]

    def seen(self) -> str:
        """The same in one piece."""
        return "\n".join(self.rows())


@asynccontextmanager
async def at_the_desk(
    wang: Wang, size: tuple[int, int] = (80, 24), language: str = "en"
) -> AsyncIterator[Typist]:
    """The clerk at the desk home."""
    seat = wang.seat()
    app = AftersalesApp(TuiOptions(open_shop=lambda: seat, language=language))
    async with app.run_test(size=size, notifications=True) as pilot:
        await settled(pilot)
        yield Typist(pilot, seat)
    seat.close()


@pytest.fixture(scope="session")
def wang_made(tmp_path_factory: pytest.TempPathFactory) -> Wang:
    """The shop as it is made, once."""
    return make(tmp_path_factory.mktemp("wang") / "shop.db")


@pytest.fixture
def wang(wang_made: Wang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Wang:
    """A copy of the shop for one test; the verdict follows at once."""
    monkeypatch.setattr(call_judging, "JUDGE_AFTER", 0.005)
    path = Path(shutil.copy(wang_made.path, tmp_path / "shop.db"))
    return Wang(path, wang_made.clerk, wang_made.customer, wang_made.microwave)
