"""A running frame over a shop in memory."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from tests.tui.calm import wait_by_the_loop
from tests.tui.fake_shop import FakeShop, options
from textual.pilot import Pilot

from aftersales_tui.tui.app import AftersalesApp

Running = Callable[..., AbstractAsyncContextManager[Pilot[int]]]


@pytest.fixture(autouse=True)
def waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys are waited for by the event loop."""
    wait_by_the_loop(monkeypatch)


async def settled(pilot: Pilot[int]) -> None:
    """Waits until every question to the shop is answered and drawn."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete(
        [worker for worker in pilot.app.workers if worker.group.startswith("read:") or worker.name == "begin"]
    )
    await pilot.pause()


def drawn(pilot: Pilot[int]) -> list[str]:
    """The rows of the screen as text, modals included."""
    return ["".join(part.text for part in strip) for strip in pilot.app.screen._compositor.render_strips()]


@pytest.fixture
def running() -> Running:
    """``async with running(shop, size=…) as pilot``: signed in, lists read."""

    @asynccontextmanager
    async def run(
        shop: FakeShop | None = None, size: tuple[int, int] = (80, 24), **changes: object
    ) -> AsyncIterator[Pilot[int]]:
        app = AftersalesApp(options(shop or FakeShop(), **changes))
        async with app.run_test(size=size, notifications=True) as pilot:
            await settled(pilot)
            yield pilot

    return run
