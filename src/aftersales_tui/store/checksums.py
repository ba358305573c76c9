"""SHA-256 beside a copy, in the form that ``sha256sum -c`` reads."""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from aftersales_tui import paths
from aftersales_tui.domain.copies import SumState
from aftersales_tui.domain.errors import Problem, StoreFault

Stop = Callable[[], bool]
"""Asked now and then; True ends the work with ``copy_stopped``."""
_BLOCK = 1 << 20


def never() -> bool:
    """Nobody stops the work."""
    return False


def sum_file(copy: Path) -> Path:
    """The checksum's file: ``NAME.db.sha256`` beside ``NAME.db``."""
    return copy.with_name(copy.name + ".sha256")


def sum_of(file: Path, stop: Stop = never) -> str:
    """The SHA-256 of a file that no connection of this process has open. Raises OSError.

    Never of the living shop file: closing it here would let go of every lock SQLite has on it.
    """
    found = sha256()
    with file.open("rb") as handle:
        while block := handle.read(_BLOCK):
            if stop():
                raise StoreFault(Problem("copy_stopped", "db", {"file": str(file)}))
            found.update(block)
    return found.hexdigest()


def write_sum(copy: Path, sha256_of_it: str) -> None:
    """Keep the checksum of a copy beside it, whole or not at all. Raises OSError."""
    paths.write_private(sum_file(copy), _line(copy, sha256_of_it))


def compare(copy: Path, sha256_of_it: str) -> SumState:
    """What the checksum beside a copy says to the one it has; one of a file of another name is not its."""
    try:
        noted = sum_file(copy).read_bytes()
    except OSError:
        return SumState.MISSING if not os.path.lexists(sum_file(copy)) else SumState.WRONG
    right = _line(copy, sha256_of_it).encode(errors="surrogateescape")
    return SumState.RIGHT if noted == right else SumState.WRONG


def _line(copy: Path, sha256_of_it: str) -> str:
    return f"{sha256_of_it}  {copy.name}\n"
