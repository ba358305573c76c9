"""The program in a pseudo-terminal of its own, and the screen it draws there."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pexpect
import pyte

SRC = Path(__file__).parent.parent.parent / "src"
PATIENCE = 10.0


class Terminal:
    """One seat: a process with a screen of ``columns`` by ``lines``."""

    def __init__(
        self,
        shop_file: Path,
        *arguments: str,
        columns: int = 80,
        lines: int = 24,
        now: str = "2026-11-23 09:46",
    ) -> None:
        environment = {
            **os.environ,
            "PYTHONPATH": str(SRC),
            "AFTERSALES_DB": str(shop_file),
            "AFTERSALES_NOW": now,
            "TERM": "xterm-256color",
            "LC_ALL": "C.UTF-8",
        }
        self.child = pexpect.spawn(
            sys.executable, ["-m", "aftersales_tui", *arguments],
            env=environment, dimensions=(lines, columns), encoding="utf-8", codec_errors="replace",
        )  # fmt: skip
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.Stream(self._screen)

    @property
    def rows(self) -> list[str]:
        """What stands on the screen."""
        return list(self._screen.display)

    @property
    def text(self) -> str:
        """The same in one piece, without the second cells of wide characters."""
        return "\n".join(self.rows)

    def wait_for(self, *words: str, gone: str = "") -> None:
        """Until all the words stand on the screen, and ``gone`` does not."""

        def there() -> bool:
            text = self.text
            return all(word in text for word in words) and (not gone or gone not in text)

        self.wait(there)

    def wait(self, there: Callable[[], bool]) -> None:
        """Until something is so; fails with the screen after some seconds."""
        end = time.monotonic() + PATIENCE
        while not there():
            if time.monotonic() > end:
                raise AssertionError("not seen in time:\n" + self.text)
            self._read()

    def press(self, keys: str) -> None:
        """Keys as the terminal sends them."""
        self.child.send(keys)

    def paste(self, text: str) -> None:
        """A bracketed paste."""
        self.child.send(f"\x1b[200~{text}\x1b[201~")

    def kill(self) -> None:
        """``kill -9``."""
        self.child.kill(signal.SIGKILL)
        self.child.wait()
        self.child.close()

    def hang_up(self) -> None:
        """The terminal is closed, as a window is; waits until the process is gone."""
        pid = self.child.pid
        os.close(self.child.fileno())
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            done, _status = os.waitpid(pid, os.WNOHANG)
            if done:
                return
        os.kill(pid, signal.SIGKILL)
        raise AssertionError("the program goes on without its terminal")

    def leave(self) -> int:
        """ctrl+q, and the exit code."""
        self.press("\x11")
        end = time.monotonic() + PATIENCE
        while self.child.isalive() and time.monotonic() < end:
            self._read()
        self.child.close()
        return self.child.exitstatus if self.child.exitstatus is not None else -1

    def _read(self) -> None:
        with contextlib.suppress(pexpect.TIMEOUT, pexpect.EOF):
            self._stream.feed(self.child.read_nonblocking(65536, timeout=0.1))
