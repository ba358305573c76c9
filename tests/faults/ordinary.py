"""The program started as a person starts it: in a process of its own, without the rights of root."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aftersales_tui

PACKAGE = Path(aftersales_tui.__file__).parent
_CAPBSET_DROP, _DAC_OVERRIDE, _DAC_READ_SEARCH = 24, 1, 2


def mortal() -> None:
    """Root obeys the rights of files like everybody else from here on; runs before the program starts."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        for right in (_DAC_OVERRIDE, _DAC_READ_SEARCH):
            if libc.prctl(_CAPBSET_DROP, right, 0, 0, 0) != 0:
                os._exit(99)


def writing_at_most(size: int) -> Callable[[], None]:
    """No file may grow beyond so many bytes, as on a disk that is full."""

    def limit() -> None:
        mortal()
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def error(self) -> dict[str, Any]:
        """What the command refused, in JSON."""
        found: dict[str, Any] = json.loads(self.err)["error"]
        return found


def run(
    db: Path,
    *arguments: str,
    before: Callable[[], None] = mortal,
    package: Path = PACKAGE,
    **environment: str,
) -> Ran:
    """One command line on a shop file."""
    done = subprocess.run(
        [sys.executable, "-m", "aftersales_tui", "--db", str(db), *arguments],
        env={**os.environ, "PYTHONPATH": str(package.parent), **environment},
        capture_output=True, text=True, preexec_fn=before, timeout=120, check=False,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)
