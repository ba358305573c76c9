"""What other seats do to the shop file: it is looked at once a second, and the screens are told."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from textual.worker import Worker

from aftersales_tui.domain.errors import ShopError, StoreFault
from aftersales_tui.tui.ask import ask
from aftersales_tui.tui.messages import ShopChanged, ShopReady
from aftersales_tui.tui.ports import Shop
from aftersales_tui.tui.screens_base import FrameScreen

if TYPE_CHECKING:
    from aftersales_tui.tui.app import AftersalesApp

TICK = 5.0
"""Seconds between two looks at the clock."""


class OtherSeats:
    """Notices changes of the file, tells the screens to read again and counts what waits in each area."""

    def __init__(self, app: AftersalesApp) -> None:
        self._app = app
        self.version = 0
        self._of_file = 0
        self._looking = False
        self._told = False

    async def begin(self, shop: Shop) -> None:
        """Remembers how the file stands; later changes are others'."""
        self._of_file = await ask(shop.data_version)

    def watch(self, every: float) -> None:
        """Looks every so many seconds from now on."""
        self._app.set_interval(every, self.look, name="look")
        self._app.set_interval(TICK, self._tick, name="clock")

    def announce(self, message: ShopReady | ShopChanged) -> None:
        """Tells the screens of the area that is shown; the others see by ``version`` that they are behind."""
        self.version += 1
        for screen in self._app.screen_stack:
            if isinstance(screen, FrameScreen):
                screen.seen_version = self.version
                # a message goes to one receiver only
                screen.post_message(type(message)(**asdict(message)))
        if isinstance(message, ShopChanged):
            self.count()

    def look(self) -> None:
        """Looks whether the file was changed since."""
        _worker: Worker[None] = self._app.run_worker(self._look_once, group="look")

    async def _look_once(self) -> None:
        shop = self._app.shop
        if shop is None or self._looking:
            return
        self._looking = True
        try:
            version = await ask(shop.data_version)
        except ShopError as error:
            self._tell_once(error)
            return
        finally:
            self._looking = False
        self._told = False
        if version != self._of_file:
            self._of_file = version
            self.announce(ShopChanged(own=False))
            await self._app.at_seat.watch()

    def _tell_once(self, error: ShopError) -> None:
        """A shop file that is gone or was exchanged is told at once, not at the next save."""
        if isinstance(error, StoreFault) and not self._told:
            self._told = True
            self._app.show_error(error)

    def _tick(self) -> None:
        if self._app.shop is not None:
            self._app.show_top(now=self._app.shop.now())

    def count(self) -> None:
        """Counts what waits in each area, for row 1."""
        _worker: Worker[None] = self._app.run_worker(self._count_once, group="read:counts", exclusive=True)

    async def _count_once(self) -> None:
        shop, person = self._app.shop, self._app.person
        if shop is None or person is None:
            return
        try:
            counts = await ask(shop.waiting, person)
        except ShopError:
            return
        self._app.show_top(counts=dict(counts), now=shop.now())
