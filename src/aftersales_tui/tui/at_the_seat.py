"""Who works at this seat: asked at the start and at a change, and again after no key for a while."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from textual.timer import Timer
from textual.worker import Worker

from aftersales_tui.domain.errors import ShopError
from aftersales_tui.tui.ask import ask

if TYPE_CHECKING:
    from aftersales_tui.tui.app import AftersalesApp
    from aftersales_tui.views.seat import Person

LOOK_FOR_IDLING = 15.0
"""Seconds between two looks at whether anybody still presses keys; at most a quarter of the wait."""


class AtTheSeat:
    """Asks who works here, lets them prove it, and covers the screens of somebody who went away."""

    def __init__(self, app: AftersalesApp) -> None:
        self._app = app
        self.locked = False
        """Whether somebody has to prove who they are before anything is shown again."""
        self._lock_after = 0
        self._last_key = monotonic()
        self._idling: Timer | None = None

    def key_pressed(self) -> None:
        """Somebody is here."""
        self._last_key = monotonic()

    async def ask(self, *, full: bool, first: Person | None = None) -> Person | None:
        """Who works here now, proved with their PIN if they have one; ``first`` is asked for it at once."""
        from aftersales_tui.tui.modals.who import WhoDialog

        shop = self._app.shop
        assert shop is not None

        async def prove(person: Person, pin: str) -> None:
            await ask(shop.prove, person, pin)

        people = await ask(shop.people)
        here = self._app.person
        dialog = WhoDialog(people, here, prove, full=full, first=first, locked=self.locked)
        return await self._app.push_screen_wait(dialog)

    def change(self) -> None:
        """Asks who is working here; Esc changes nothing."""
        _worker: Worker[None] = self._app.run_worker(self._change, group="who", exclusive=True)

    async def _change(self) -> None:
        await self._take_over(await self.ask(full=False))

    async def _take_over(self, person: Person | None) -> None:
        here = self._app.person
        if person is not None and (here is None or person.id != here.id):
            await self._app.clear_seat()
            await self._app.sign_in(person)

    async def begin_again(self) -> None:
        """Another file stands under the same name: who works here is asked anew, or the program left."""
        app = self._app
        assert app.shop is not None
        await app.clear_seat()
        app.show_top(shop=app.shop.name, now=app.shop.now())
        person = await self.ask(full=True, first=app.person)
        if person is None:
            app.exit(0)
        else:
            await app.sign_in(person)

    def sat_down(self, person: Person) -> None:
        """What the first frame does not wait for: when the screens lock, and what was done to PINs."""
        self.key_pressed()
        _worker: Worker[None] = self._app.run_worker(self._tell_news(person), group="news")

    async def _tell_news(self, person: Person) -> None:
        await self.watch()
        shop = self._app.shop
        assert shop is not None
        try:
            news = await ask(shop.news, person)
        except ShopError:
            return
        if news:
            from aftersales_tui.tui.modals.news import NewsDialog

            await self._app.push_screen_wait(NewsDialog(news, shop.now().tzinfo))

    async def watch(self) -> None:
        """Asks after how long this person's screens lock, and looks for it from now on."""
        shop, person = self._app.shop, self._app.person
        if shop is None or person is None:
            return
        try:
            self._lock_after = await ask(shop.lock_after, person)
        except ShopError:
            return
        if self._idling is not None:
            self._idling.stop()
            self._idling = None
        if self._lock_after:
            every = min(LOOK_FOR_IDLING, self._lock_after / 4)
            self._idling = self._app.set_interval(every, self.lock_when_idle, name="idle")

    def lock_when_idle(self) -> None:
        """Locks the screens when nobody has pressed a key for as long as the shop allows."""
        idle = monotonic() - self._last_key
        if self._app.signed_in and not self.locked and self._lock_after and idle >= self._lock_after:
            self.locked = True
            _worker: Worker[None] = self._app.run_worker(self._lock, group="lock")

    async def _lock(self) -> None:
        """Covers everything until the person, or another one, has proved who they are."""
        await self._app.keep_drafts()
        try:
            person = await self.ask(full=True, first=self._app.person)
        finally:
            self.locked = False
        await self._take_over(person)
