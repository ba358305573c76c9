"""The program on a shop file of its own, seen from the bench."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from tests.shops import Desk, desk, furnished, shop_path
from tests.tui.conftest import drawn
from textual.pilot import Pilot

from aftersales_tui.bootstrap import open_shop
from aftersales_tui.services.seat import Seat
from aftersales_tui.tui.app import AftersalesApp, TuiOptions

__all__ = ["desk", "furnished", "shop_path"]

HOSTILE = "[/foo] [@click=app.quit]x[/] \x1b]0;PWNED\x07‮RTL‬ 长" * 40
SIZES = [(80, 24), (120, 40)]

Bench = Callable[..., AbstractAsyncContextManager[Pilot[int]]]


@pytest.fixture
def bench(desk: Desk) -> Bench:
    """``async with bench(size=…, language=…, who=…) as pilot``: signed in at a seat of its own."""

    @asynccontextmanager
    async def run(
        size: tuple[int, int] = (80, 24), language: str = "en", who: str = "陈伟 Chen Wei"
    ) -> AsyncIterator[Pilot[int]]:
        def opened() -> Seat:
            shop = open_shop(desk.shop.path, desk.clock)
            return Seat(shop.store, desk.clock, remembered=lambda: who, remember=lambda _name: None)

        app = AftersalesApp(TuiOptions(open_shop=opened, language=language))
        async with app.run_test(size=size, notifications=True) as pilot:
            await done(pilot)
            yield pilot
            await done(pilot)
            if app.shop is not None:
                app.shop.close()

    return run


async def done(pilot: Pilot[int]) -> None:
    """Waits until what a key began is saved or asks something, and every list is read again."""
    calm = 0
    while calm < 2:
        await pilot.pause()
        groups = {worker.group for worker in pilot.app.workers if worker.is_running}
        asks = pilot.app.screen.is_modal
        starting = getattr(pilot.app, "person", None) is None
        reading = any(group.startswith("read:") for group in groups)
        busy = starting or reading or (not asks and groups & {"do", "draft"})
        calm = 0 if busy else calm + 1


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Presses keys one by one, each waited for."""
    for key in keys:
        await pilot.press(key)
        await done(pilot)


def text(pilot: Pilot[int]) -> str:
    """Everything on the screen."""
    return "\n".join(drawn(pilot))


def toasts(pilot: Pilot[int]) -> list[str]:
    """What was said in the corner."""
    return [note.message for note in pilot.app._notifications]
