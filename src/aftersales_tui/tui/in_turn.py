"""Keys that come in one burst, from a scanner or over a slow line, find the focus the one before left."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from time import monotonic
from typing import Any

from textual.app import App
from textual.events import Key, Paste
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.timer import Timer
from textual.worker import Worker

from aftersales_tui.tui.dialog import DialogScreen
from aftersales_tui.tui.pasted import BURST, first_line, is_letter, letters_act, pasted_text
from aftersales_tui.tui.screens_base import FrameScreen

FOR_FIELDS, FOR_ANSWERS = 0.5, 3.0
"""Seconds a key waits at most: for what the key before set off on the screen, and for a look-up."""
_LEAVE = {"escape", "ctrl+q"}
_LINE_ENDS = {"enter", "ctrl+j", "tab"}
_LOOK_AGAIN = 0.03

Typed = Key | Paste


def _takes_turns(screen: Screen[Any]) -> bool:
    if isinstance(screen, FrameScreen):
        return screen.KIND != "list"
    return isinstance(screen, DialogScreen)


def _is_opening(screen: Screen[Any]) -> bool:
    return isinstance(screen, FrameScreen) and screen.is_opening


class InTurn:
    """Hands typed keys on one by one; on a list at once, where a key acts before the next one comes.

    There a letter is held back for a moment: a burst of them is text that was pasted, not commands.
    """

    def __init__(
        self,
        app: App[Any],
        hand_on: Callable[[Typed], Awaitable[None]],
        look_up: Callable[[str], Awaitable[None]],
    ) -> None:
        """``look_up`` gets what is pasted where letters act."""
        self._app = app
        self._hand_on = hand_on
        self._look_up = look_up
        self._burst: list[Key] = []
        self._burst_ends: Timer | None = None
        self._waiting: deque[Typed] = deque()
        self._busy = False

    async def take(self, typed: Typed) -> None:
        """Hands it on, after the ones before it."""
        if not self._busy and letters_act(self._app.screen):
            if isinstance(typed, Paste):
                await self._end_burst()
                await self._paste(first_line(typed.text))
                return
            if is_letter(typed) or (self._burst and typed.key in _LINE_ENDS):
                self._hold(typed)
                return
        await self._end_burst()
        await self._take(typed)

    def _hold(self, key: Key) -> None:
        self._burst.append(key)
        if self._burst_ends is not None:
            self._burst_ends.stop()
        self._burst_ends = self._app.set_timer(BURST, self._end_burst)

    async def _end_burst(self) -> None:
        """Does what was held back: as a paste when it is one, else key by key."""
        keys, self._burst = self._burst, []
        if self._burst_ends is not None:
            self._burst_ends.stop()
        text = pasted_text(keys) if keys else ""
        if text:
            await self._paste(text)
            return
        for key in keys:
            await self._take(key)

    async def _paste(self, text: str) -> None:
        if text:
            await self._look_up(text)

    async def _take(self, typed: Typed) -> None:
        if self._busy:
            self._waiting.append(typed)
            if self._is_leaving and isinstance(self._app.screen, FrameScreen):
                self._app.screen.answer_came()
            return
        if _is_opening(self._app.screen) and not self._leaves(typed):
            self._waiting.append(typed)
            self._go_on_following()
            return
        takes_turns = _takes_turns(self._app.screen)
        await self._hand_on(typed)
        if not takes_turns:
            # the dialog that a list's key opens stands there one turn of the loop later
            await asyncio.sleep(0)
            takes_turns = isinstance(self._app.screen, DialogScreen)
        if takes_turns:
            self._go_on_following()

    def _go_on_following(self) -> None:
        self._busy = True
        _follows: Worker[None] = self._app.run_worker(self._follow, group="keys")

    async def _follow(self) -> None:
        try:
            await self._last_is_done()
            while self._waiting:
                await self._hand_on(self._waiting.popleft())
                await self._last_is_done()
        finally:
            self._busy = False

    async def _last_is_done(self) -> None:
        """The keys that leave do not wait for a look-up."""
        screen = self._app.screen
        await self._drain(screen)
        if not isinstance(screen, FrameScreen):
            return
        while screen.is_opening and screen.is_current and not self._is_leaving:
            await screen.next_answer(FOR_ANSWERS)
        while screen.waits_for_answer and screen.is_current and not self._is_leaving:
            if not await screen.next_answer(FOR_ANSWERS):
                screen.stop_waiting_for_answer()
        await self._drain(screen)

    @property
    def _is_leaving(self) -> bool:
        return any(self._leaves(typed) for typed in self._waiting)

    @staticmethod
    def _leaves(typed: Typed) -> bool:
        return isinstance(typed, Key) and typed.key in _LEAVE

    async def _drain(self, screen: Screen[Any]) -> None:
        """A key goes up from the field to the program, and so does what it set off: each is asked in turn."""
        until = monotonic() + FOR_FIELDS
        for _way in ("the key", "what it set off"):
            focused = screen.focused
            for node in (*(focused.ancestors_with_self if focused is not None else (screen,)), self._app):
                if isinstance(node, MessagePump):
                    await _handled(node, until)


async def _handled(node: MessagePump, until: float) -> None:
    done = asyncio.Event()
    node.call_next(done.set)
    while not done.is_set() and node.is_attached and node.is_running and monotonic() < until:
        with suppress(TimeoutError):  # what is taken off the screen meanwhile never answers
            await asyncio.wait_for(done.wait(), _LOOK_AGAIN)
