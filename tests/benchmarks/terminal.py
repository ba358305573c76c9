"""A program in a pseudo-terminal, and when which words stood on its screen.

What comes out is only stamped with its time and kept while the program runs; the screen is drawn afterwards,
so that drawing it costs the program nothing.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import pyte

COLUMNS, LINES = 120, 40


class NeverSeen(Exception):
    """Words that should have come did not; the screen as it was last is in the message."""


@dataclass
class Terminal:
    """One run of a program; a context manager that ends it."""

    command: Sequence[str]
    environment: Mapping[str, str]
    _pieces: list[tuple[float, bytes]] = field(default_factory=list)

    def __enter__(self) -> "Terminal":
        self._started = time.perf_counter()
        self.pid, self._handle = pty.fork()
        if self.pid == 0:
            os.execvpe(self.command[0], list(self.command), dict(self.environment))
        fcntl.ioctl(self._handle, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.close(self._handle)
        os.waitpid(self.pid, 0)

    def type(self, keys: str) -> None:
        """Send keys."""
        os.write(self._handle, keys.encode())

    def settle(self, quiet: float = 0.4, at_most: float = 20.0) -> None:
        """Read until nothing has come for ``quiet`` seconds."""
        end = time.perf_counter() + at_most
        while time.perf_counter() < end:
            if not self._read(quiet):
                return

    def seen(self, *patterns: str, at_most: float = 30.0, rest: float = 0.3) -> list[float]:
        """Milliseconds from the start until each pattern stood on the screen. Raises ``NeverSeen``."""
        end = time.perf_counter() + at_most
        while time.perf_counter() < end:
            heard = self._read(rest)
            if not heard and (found := self._when(patterns)) is not None:
                return found
        raise NeverSeen(f"{patterns} not seen of {' '.join(self.command)}:\n" + "\n".join(self.screen()))

    def screen(self) -> list[str]:
        """The screen as it is now, line by line."""
        emulated = pyte.Screen(COLUMNS, LINES)
        pyte.ByteStream(emulated).feed(_plain(b"".join(piece for _, piece in self._pieces)))
        return _lines(emulated)

    def resident_mb(self) -> float:
        """The memory the program holds, as the system counts it."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._handle], [], [], seconds)
        if not ready:
            return False
        try:
            piece = os.read(self._handle, 65536)
        except OSError:  # how Linux says that the program has ended
            return False
        self._pieces.append((time.perf_counter(), piece))
        return bool(piece)

    def _when(self, patterns: Sequence[str]) -> list[float] | None:
        emulated = pyte.Screen(COLUMNS, LINES)
        stream = pyte.ByteStream(emulated)
        found: dict[str, float] = {}
        for at, piece in self._pieces:
            stream.feed(_plain(piece))
            shown = "\n".join(_lines(emulated))
            for pattern in patterns:
                if pattern not in found and re.search(pattern, shown):
                    found[pattern] = (at - self._started) * 1000
        return [found[pattern] for pattern in patterns] if len(found) == len(patterns) else None


def _lines(emulated: pyte.Screen) -> list[str]:
    rows = (emulated.buffer[y] for y in range(LINES))
    return ["".join(row[x].data for x in range(COLUMNS)).rstrip() for row in rows]


def _plain(piece: bytes) -> bytes:
    """Without the private sequences that pyte would print: keyboard protocols and their like."""
    return re.sub(rb"\x1b\[[<>=?][0-9;]*[a-zA-Z$]+", b"", piece)
