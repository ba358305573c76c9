"""Leaving when the terminal is closed or the system asks: half-typed forms are kept first."""

import asyncio
import os
import signal
from collections.abc import Coroutine
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aftersales_tui.tui.app import AftersalesApp

_HUNG_UP = 128 + 1


def leave_when_told(app: "AftersalesApp") -> None:
    """From now on SIGTERM leaves as ctrl+q does, and SIGHUP ends the program once the drafts are kept."""
    if app.is_headless:
        return
    loop = asyncio.get_running_loop()
    told: set[asyncio.Task[None]] = set()

    def begin(leaving: Coroutine[Any, Any, None]) -> None:
        told.add(loop.create_task(leaving))

    async def hang_up() -> None:
        try:
            await app.keep_drafts()
        finally:
            # the terminal is gone: giving it back, as a normal end does, would wait for it for ever
            os._exit(_HUNG_UP)

    # Windows has no such handlers, nor has a thread other than the first; drafts are 1 s old there
    with suppress(NotImplementedError, RuntimeError, ValueError, AttributeError):
        loop.add_signal_handler(signal.SIGTERM, lambda: begin(app.action_quit()))
        loop.add_signal_handler(signal.SIGHUP, lambda: begin(hang_up()))
