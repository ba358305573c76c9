"""While another process holds the lock the screen goes on, says that it waits, and saves in the end."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import time
from pathlib import Path

import pytest
from amounts import amount
from textual import events

from aftersales_tui import bootstrap
from aftersales_tui.tui.app import AftersalesApp, TuiOptions
from aftersales_tui.tui.modals.busy import BusyDialog

SECONDS = amount(5, 3)
LONGEST_STALL = amount(60, 250) / 1000
"""Seconds. A screen that waited for the lock would stand for as long as it is held; the whole measure asks
for what a typist does not feel, the bounded one leaves room for a machine that is busy."""
BEAT = 0.005
HOLD = (
    "import sqlite3, sys, time; c = sqlite3.connect(sys.argv[1], isolation_level=None); "
    "c.execute('BEGIN EXCLUSIVE'); print('held', flush=True); time.sleep(float(sys.argv[2])); "
    "c.execute('ROLLBACK')"
)


class Beat:
    """A heart in the event loop: how late its latest beat ever came."""

    def __init__(self) -> None:
        self.latest = 0.0

    async def run(self) -> None:
        """Beats until it is cancelled."""
        while True:
            before = time.perf_counter()
            await asyncio.sleep(BEAT)
            self.latest = max(self.latest, time.perf_counter() - before - BEAT)


@pytest.mark.torture
async def test_a_lock_held_by_another_process_never_stops_the_screen(
    shop_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(folder, str(tmp_path / folder))
    app = AftersalesApp(
        TuiOptions(open_shop=lambda: bootstrap.open_seat(shop_file), sign_in_as=lambda seat: seat.people()[0])
    )
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.5)
        await pilot.press("f2")
        await pilot.pause(0.3)
        await pilot.press("ctrl+n")
        await pilot.pause(0.5)
        await _type(app, "13800138027", 0.03)
        free = await _stall(_type(app, " and again", 0.05))
        holder = await asyncio.create_subprocess_exec(
            sys.executable, "-c", HOLD, str(shop_file), str(SECONDS), stdout=asyncio.subprocess.PIPE
        )
        assert holder.stdout is not None
        assert await holder.stdout.readline() == b"held\n"
        held = await _stall(_work_while_it_is_held(app))
        await holder.wait()
        for _ in range(200):
            if _calls(shop_file):
                break
            await pilot.pause(0.05)
        assert _calls(shop_file) == 1
        app.exit(0)
    print(f"lock held for {SECONDS} s: longest stall {held * 1000:.0f} ms, {free * 1000:.0f} ms without it")
    assert held <= max(LONGEST_STALL, 1.5 * free)


async def _work_while_it_is_held(app: AftersalesApp) -> None:
    await _type(app, "typed while it is locked", 0.03)
    app.post_message(events.Key("f7", None))
    until = time.monotonic() + 2
    while not isinstance(app.screen, BusyDialog):
        assert time.monotonic() < until, "nothing says that it waits"
        await asyncio.sleep(0.02)
    await asyncio.sleep(SECONDS - 1.5)


async def _type(app: AftersalesApp, words: str, pause: float) -> None:
    for char in words:
        app.post_message(events.Key("space" if char == " " else char, char))
        await asyncio.sleep(pause)


async def _stall(work: object) -> float:
    beat = Beat()
    beating = asyncio.create_task(beat.run())
    await work  # type: ignore[misc]
    beating.cancel()
    return beat.latest


def _calls(path: Path) -> int:
    connection = sqlite3.connect(path, timeout=10)
    try:
        return int(connection.execute("SELECT count(*) FROM call").fetchone()[0])
    finally:
        connection.close()
