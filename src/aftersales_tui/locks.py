"""A lock between processes that the system takes away with the process, however it ends."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from pathlib import Path

_BETWEEN = 0.01
"""Seconds between two tries."""


class FileLock:
    """A lock file held open: the system lets go of it when the process is gone."""

    def __init__(self, path: Path, handle: int) -> None:
        self._path = path
        self._handle = handle

    @classmethod
    def take(cls, path: Path, *, shared: bool = False) -> FileLock | None:
        """The lock, or ``None`` while another process, or this one, holds it; readers may share it."""
        while True:
            try:
                handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
            except OSError:
                return None
            if not _locked(handle, shared):
                os.close(handle)
                return None
            if _is_same_file(handle, path):
                return cls(path, handle)
            # Somebody removed the file between opening and locking: what is locked is no longer there.
            os.close(handle)

    @classmethod
    def wait(cls, path: Path, seconds: float) -> FileLock | None:
        """The lock as soon as it is free, or ``None`` when that takes longer."""
        until = time.monotonic() + seconds
        while (lock := cls.take(path)) is None and time.monotonic() < until:
            time.sleep(_BETWEEN)
        return lock

    def release(self, *, remove: bool) -> None:
        """Lets go; ``remove`` takes the lock file away while it is still ours."""
        if remove:
            # Windows does not remove a file that is open; it is locked again the next time.
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)
        os.close(self._handle)


def _is_same_file(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _locked(handle: int, shared: bool) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _locked(handle: int, shared: bool) -> bool:
        try:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
