"""Waiting for the program to come to rest: known from its event loop, not guessed from the processor's load.

Textual's own waiting samples the processor for at least 20 ms, three times a key, and takes a machine
that is busy with something else for a program that is busy. Here the program is at rest when nothing
is ready to run, no question to the shop is under way, nothing waits to be drawn and no timer is due at once.
"""

from __future__ import annotations

import asyncio
import math
import threading
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import pytest
from textual._context import active_app
from textual.app import App
from textual.pilot import Pilot

P = ParamSpec("P")
T = TypeVar("T")

AT_ONCE = 0.02
"""Seconds: a timer that is due so soon belongs to what the last key set off (a frame is 1/60 s)."""
GIVE_UP_AFTER = 30.0


class _Asked:
    """The questions to the shop that are under way, and how many of them a test holds back."""

    def __init__(self) -> None:
        self.under_way = 0
        self.held = 0


asked = _Asked()


class Gate(threading.Event):
    """Holds a question to the shop back until it is set; meanwhile the program counts as at rest."""

    def __init__(self) -> None:
        super().__init__()
        self._holds = 0
        self._counting = threading.Lock()

    def wait(self, timeout: float | None = GIVE_UP_AFTER) -> bool:
        with self._counting:
            if not self.is_set():
                self._holds += 1
                asked.held += 1
        opened = super().wait(timeout)
        assert opened, "the test never opened the gate"
        return opened

    def set(self) -> None:
        with self._counting:
            asked.held -= self._holds
            self._holds = 0
            super().set()


async def calm(app: App[Any]) -> None:
    """Returns when the program is at rest."""
    loop: Any = asyncio.get_running_loop()
    give_up = loop.time() + GIVE_UP_AFTER
    while not app._exception_event.is_set():
        await asyncio.sleep(0)
        assert loop.time() < give_up, "the program does not come to rest"
        if loop._ready:
            continue
        if asked.under_way > asked.held:
            await asyncio.sleep(0.001)
        elif not _draw(app):
            if not app.is_running or app._exit:
                return  # its timers go on without anything to draw
            due = min((timer.when() for timer in loop._scheduled if not timer.cancelled()), default=math.inf)
            if due > loop.time() + AT_ONCE:
                return
            await asyncio.sleep(due - loop.time())


async def looked(pilot: Pilot[Any]) -> None:
    """The program looks for what other seats wrote, as it does every second, and shows it."""
    pilot.app.seats.look()  # type: ignore[attr-defined]
    await pilot.pause()


def _draw(app: App[Any]) -> bool:
    """Draws what waits for the next frame; whether there was anything."""
    if not app.is_running or not app._screen_stack or app._batch_count:
        return False
    screen = app.screen
    waits = (
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or bool(screen._dirty_widgets)
    )
    if waits:
        screen._on_timer_update()
    return waits


def wait_by_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes every ``pilot.press``, ``pilot.pause`` and ``run_test`` wait this way."""
    to_thread = asyncio.to_thread

    async def counted(fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        asked.under_way += 1
        try:
            return await to_thread(fn, *args, **kwargs)
        finally:
            asked.under_way -= 1

    async def idle(*_seconds: float) -> None:
        await calm(active_app.get())

    async def screen(pilot: Pilot[Any], *_seconds: float) -> bool:
        await calm(pilot.app)
        return True

    asked.under_way = asked.held = 0
    monkeypatch.setattr(asyncio, "to_thread", counted)
    monkeypatch.setattr("textual.app.wait_for_idle", idle)
    monkeypatch.setattr("textual.pilot.wait_for_idle", idle)
    monkeypatch.setattr(Pilot, "_wait_for_screen", screen)
