"""The program in a pseudo-terminal of its own, and the screen it draws there."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pexpect
import pyte

SRC = Path(__file__).parent.parent.parent / "src"
PATIENCE = 15.0
"""Seconds a screen may take before a test gives up; nothing waits that long when it works."""
NOW = "2026-11-23 09:46"

ENTER, ESC, TAB, BACKSPACE = "\r", "\x1b", "\t", "\x7f"
UP, DOWN = "\x1b[A", "\x1b[B"
F1, F2, F3, F4, F5, F8, F9 = "\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[19~", "\x1b[20~"
CTRL_A, CTRL_G, CTRL_K, CTRL_L, CTRL_N, CTRL_P, CTRL_Q, CTRL_S = (
    "\x01", "\x07", "\x0b", "\x0c", "\x0e", "\x10", "\x11", "\x13",
)  # fmt: skip

_LEAVES_THE_PAGE = "\x1b[?1049l"
_SHOWS_THE_CURSOR = "\x1b[?25h"


def surroundings(shop_file: Path, now: str = NOW, **more: str) -> dict[str, str]:
    """The environment of a process on this shop file; its home is the one of the test.

    Without the window size of whoever runs the tests: a terminal is asked for its own.
    """
    inherited = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    return {
        **inherited,
        "PYTHONPATH": str(SRC),
        "AFTERSALES_DB": str(shop_file),
        "AFTERSALES_NOW": now,
        "TERM": "xterm-256color",
        "LC_ALL": "C.UTF-8",
        **more,
    }


def command(
    shop_file: Path, *arguments: str, now: str = NOW, **more: str
) -> subprocess.CompletedProcess[str]:
    """One command line as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "aftersales_tui", *arguments],
        env=surroundings(shop_file, now, **more), stdin=subprocess.DEVNULL,
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def answer(shop_file: Path, *arguments: str, now: str = NOW) -> Any:
    """What a command answers with ``--json``; it has to succeed."""
    result = command(shop_file, *arguments, "--json", now=now)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


class Terminal:
    """One seat: a process with a screen of ``columns`` by ``lines``."""

    open_seats: list[Terminal] = []
    """Every seat that is not left yet; their screens go on while a test looks at one of them."""

    def __init__(
        self,
        shop_file: Path,
        *arguments: str,
        columns: int = 80,
        lines: int = 24,
        now: str = NOW,
        **more: str,
    ) -> None:
        self.child = pexpect.spawn(
            sys.executable, ["-m", "aftersales_tui", *arguments],
            env=surroundings(shop_file, now, **more), dimensions=(lines, columns),
            encoding="utf-8", codec_errors="replace",
        )  # fmt: skip
        self.child.delaybeforesend = None
        self._before = self._modes()
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.Stream(self._screen)
        self._end = ""
        Terminal.open_seats.append(self)

    # Looking

    @property
    def rows(self) -> list[str]:
        """What stands on the screen."""
        return list(self._screen.display)

    @property
    def text(self) -> str:
        """The same in one piece, without the second cells of wide characters."""
        return "\n".join(self.rows)

    def row_of(self, words: str) -> str:
        """The first row with these words; empty when there is none."""
        return next((row for row in self.rows if words in row), "")

    @property
    def field(self) -> str:
        """The label of the field one types in: forms show it in reverse."""
        drawn = self._screen
        cells = (drawn.buffer[y][x] for y in range(1, drawn.lines) for x in range(drawn.columns))
        return "".join(cell.data for cell in cells if cell.reverse).strip()

    def wait_field(self, label: str) -> None:
        """Until one types in the field with this label."""
        self.wait(lambda: self.field == label, f"the field {label!r}")

    def wait_for(self, *words: str, gone: str = "", timeout: float = PATIENCE) -> float:
        """Until all the words stand on the screen, and ``gone`` does not; the seconds it took."""

        def there() -> bool:
            text = self.text
            return all(word in text for word in words) and (not gone or gone not in text)

        wanted = " and ".join(repr(word) for word in words)
        return self.wait(there, wanted + (f" without {gone!r}" if gone else ""), timeout)

    def wait(self, there: Callable[[], bool], wanted: str = "it", timeout: float = PATIENCE) -> float:
        """Until something is so; fails with the screen after ``timeout`` seconds. The seconds it took."""
        start = time.monotonic()
        while not there():
            if time.monotonic() > start + timeout:
                raise AssertionError(f"{wanted} not seen within {timeout:g} s:\n{self.text}")
            self.pump()
        return time.monotonic() - start

    @staticmethod
    def pump(seconds: float = 0.1) -> None:
        """Reads what the seats draw, waiting for the first of them at most so long."""
        seats = {seat.child.fileno(): seat for seat in Terminal.open_seats if not seat.child.closed}
        for ready in select.select(list(seats), [], [], seconds)[0]:
            seats[ready]._read()

    # Typing

    def press(self, *keys: str) -> None:
        """Keys as the terminal sends them."""
        self.child.send("".join(keys))

    def paste(self, text: str) -> None:
        """A bracketed paste."""
        self.child.send(f"\x1b[200~{text}\x1b[201~")

    def resize(self, columns: int, lines: int) -> None:
        """The window gets another size."""
        self._screen.resize(lines, columns)
        self.child.setwinsize(lines, columns)

    # Ending

    def kill(self) -> None:
        """``kill -9``."""
        self.child.kill(signal.SIGKILL)
        self.child.wait()
        self.close()

    def hang_up(self) -> None:
        """The terminal is closed, as a window is; waits until the process is gone."""
        pid = self.child.pid
        os.close(self.child.fileno())
        Terminal.open_seats.remove(self)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            done, _status = os.waitpid(pid, os.WNOHANG)
            if done:
                return
        os.kill(pid, signal.SIGKILL)
        raise AssertionError("the program goes on without its terminal")

    def leave(self) -> int:
        """ctrl+q, and the exit code."""
        self.press(CTRL_Q)
        return self.ended()

    def ended(self) -> int:
        """The exit code, once the process is gone and its last words are read."""
        end = time.monotonic() + PATIENCE
        while self.child.isalive() and time.monotonic() < end:
            self.pump()
        while self._read():
            pass
        alive = self.child.isalive()
        self._after = self._modes()
        self.close()
        assert not alive, f"still there after {PATIENCE:g} s:\n{self.text}"
        return self.child.exitstatus if self.child.exitstatus is not None else -1

    @property
    def is_restored(self) -> bool:
        """After the end: whether the shell finds its page, its cursor and its line editing again."""
        end = self._end
        return (
            self._after == self._before
            and end.rfind(_LEAVES_THE_PAGE) > end.rfind("\x1b[?1049h")
            and end.rfind(_SHOWS_THE_CURSOR) > end.rfind("\x1b[?25l")
            and end.rfind("\x1b[?2004l") > end.rfind("\x1b[?2004h")
            and end.rfind("\x1b[?1000l") > end.rfind("\x1b[?1000h")
        )

    def close(self) -> None:
        """Ends the process, if it is still there."""
        if self in Terminal.open_seats:
            Terminal.open_seats.remove(self)
        if not self.child.closed:
            self.child.close(force=True)

    def _modes(self) -> Sequence[Any]:
        return termios.tcgetattr(self.child.fileno())[:4]

    def _read(self) -> bool:
        with contextlib.suppress(pexpect.TIMEOUT, pexpect.EOF):
            new = self.child.read_nonblocking(65536, timeout=0)
            self._end = (self._end + new)[-4096:]
            self._stream.feed(new)
            return True
        return False
