"""Copies of the shop file: a whole and verified one, or none, and never at the cost of an older one."""

from __future__ import annotations

import errno
import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from aftersales_tui.domain.copies import Budget, CopyMark, CopyReason, kept
from aftersales_tui.domain.errors import Busy, Problem, StoreFault
from aftersales_tui.locks import FileLock
from aftersales_tui.store.checksums import Stop, never, sum_file, sum_of, write_sum
from aftersales_tui.store.engine import BUSY_SECONDS, connected, fault
from aftersales_tui.store.places import sync_folder
from aftersales_tui.views.copies import CopyMade, CopyView

TABLES = ("customer", "device", "call", "verdict", "job", "follow_up", "event", "staff")
"""The main tables: nothing is ever taken out of them, so a copy has at least what was there when it began."""
PART = ".part"
_OPCODES = 20_000
"""Steps of SQLite between two looks at whether to stop."""
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def folder_of(path: Path) -> Path:
    """The folder of a shop file's copies, beside it."""
    return path.parent / "backups"


def copies(path: Path, folder: Path | None = None) -> tuple[CopyView, ...]:
    """The copies of a shop file in ``folder``, or beside it, the newest first, by their names alone."""
    pattern = re.compile(
        re.escape(prefix(path)) + rf"-([0-9]{{4,9}})-([0-9]{{8}}T[0-9]{{6}})Z-({'|'.join(CopyReason)})\.db"
    )
    found = []
    with suppress(FileNotFoundError, NotADirectoryError):
        for entry in (folder or folder_of(path)).iterdir():
            if (named := pattern.fullmatch(entry.name)) is None:
                continue
            with suppress(ValueError, FileNotFoundError):  # another seat may thin them at this moment
                at = datetime.strptime(named[2] + "+0000", "%Y%m%dT%H%M%S%z")
                view = CopyView(
                    file=entry, number=int(named[1]), at=at, reason=CopyReason(named[3]),
                    size=entry.stat().st_size,
                )  # fmt: skip
                found.append(view)
    return tuple(sorted(found, key=lambda copy: copy.number, reverse=True))


def take(
    path: Path, reason: CopyReason, at: datetime, *, wait: float = BUSY_SECONDS, stop: Stop = never
) -> CopyMade:
    """Put a verified copy of the shop file among the others.

    Raises ``Busy`` while another seat copies for longer than ``wait`` seconds; ``StoreFault``:
    ``copy_disk_full``, ``copy_not_written``, ``copy_not_whole``, ``copy_stopped``, and what is wrong
    with the shop file itself. Whatever happens, the older copies stay.
    """
    with holding(path, wait):
        return take_held(path, reason, at, stop=stop)


def take_held(path: Path, reason: CopyReason, at: datetime, *, stop: Stop = never) -> CopyMade:
    """``take`` for somebody who is ``holding`` the copies."""
    folder = folder_of(path)
    last = max((copy.number for copy in copies(path)), default=0)
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return write(path, folder / f"{prefix(path)}-{last + 1:04d}-{stamp}-{reason.value}.db", stop=stop)


def write(path: Path, target: Path, *, stop: Stop = never) -> CopyMade:
    """Make a verified copy of the shop file at ``target``, its checksum beside it. Raises as ``take``."""
    part = target.with_name(target.name + PART)
    with _telling(target):
        try:
            counts = _copied(path, part, stop)
            sha256 = sum_of(part, stop)
            _sync(part)
            write_sum(target, sha256)
            part.replace(target)
            sync_folder(target.parent)
        finally:
            for suffix in ("", "-journal"):
                part.with_name(part.name + suffix).unlink(missing_ok=True)
    return CopyMade(file=target, sha256=sha256, size=target.stat().st_size, counts=counts)


def mirror(copy: Path, folder: Path, *, stop: Stop = never) -> Path:
    """Put a copy into a second folder too, read back and compared. Raises ``StoreFault`` as ``take``."""
    target = folder / copy.name
    part = folder / (copy.name + PART)
    with _telling(target):
        try:
            _make_private(part)
            with copy.open("rb") as source, part.open("wb") as file:
                while block := source.read(1 << 20):
                    if stop():
                        raise StoreFault(Problem("copy_stopped", "db", {"file": str(target)}))
                    file.write(block)
                file.flush()
                os.fsync(file.fileno())
            sha256 = sum_of(part, stop)
            if sha256 != sum_of(copy, stop):
                raise StoreFault(Problem("copy_not_whole", "db", {"file": str(target)}))
            write_sum(target, sha256)
            part.replace(target)
            sync_folder(folder)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    return target


def thin(path: Path, budget: Budget, folder: Path | None = None) -> int:
    """Take away the copies that the budget has no room for; how many went. The newest never goes."""
    found = copies(path, folder)
    staying = kept([CopyMark(copy.number, copy.at, copy.reason, copy.size) for copy in found], budget)
    going = [copy for copy in found if copy.number not in staying]
    for copy in going:
        for file in (copy.file, sum_file(copy.file)):
            file.unlink(missing_ok=True)
    return len(going)


def changed_since(path: Path, copy: Path) -> bool:
    """Whether anything happened in the shop file after the copy was made; True when that cannot be told."""
    try:
        with closing(connected(path)) as live, closing(connected(copy, mode="immutable")) as old:
            return _state(live) != _state(old)
    except sqlite3.DatabaseError:
        return True


@contextmanager
def holding(path: Path, wait: float = BUSY_SECONDS) -> Iterator[None]:
    """Nobody else copies or restores meanwhile. What a dead process left half made is taken away.

    Raises ``Busy`` after ``wait`` seconds, ``StoreFault`` when the folder cannot be made.
    """
    folder = folder_of(path)
    lock_file = folder / f".{prefix(path)}.lock"
    with _telling(lock_file):
        folder.mkdir(mode=0o700, exist_ok=True)
        os.close(os.open(lock_file, os.O_RDWR | os.O_CREAT, 0o600))
    lock = FileLock.wait(lock_file, wait)
    if lock is None:
        raise Busy(Problem("busy_copying", "db", {"file": str(path)}))
    try:
        _sweep(path, folder)
        yield
    finally:
        lock.release(remove=False)


def counts_of(connection: sqlite3.Connection) -> dict[str, int]:
    """The rows of the main tables that the file has."""
    return {
        table: int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
        for table in TABLES
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    }


def faults_of(connection: sqlite3.Connection, most: int = 20) -> list[str]:
    """What is wrong with the pages, indexes, checks and references of a file; nothing when it is whole."""
    found = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({most})")]
    if found == ["ok"]:
        found = []
    for table, row, parent, _key in connection.execute("PRAGMA foreign_key_check").fetchmany(most):
        found.append(f"{table} {row} refers to a {parent} that is not there")
    return found


@contextmanager
def stoppable(connection: sqlite3.Connection, stop: Stop) -> Iterator[None]:
    """What the connection does ends with ``SQLITE_INTERRUPT`` once ``stop`` says so."""
    connection.set_progress_handler(lambda: int(stop()), _OPCODES)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)


def _copied(path: Path, part: Path, stop: Stop) -> Mapping[str, int]:
    """The file at ``part``, and what is in it; raises when it does not hold what the shop file held."""
    _make_private(part)
    try:
        with closing(connected(path)) as live, stoppable(live, stop):
            before = counts_of(live)
            marks = _marks(live)
            try:
                # as bytes: the name of a folder need not be text
                live.execute("VACUUM INTO CAST(? AS TEXT)", (os.fsencode(part),))
            except sqlite3.DatabaseError as error:
                raise _of_target(error, part, path) from error
            after = counts_of(live)
        with closing(connected(part, mode="immutable")) as copy, stoppable(copy, stop):
            counts = counts_of(copy)
            bounds = [(before[table], counts[table], after[table]) for table in before]
            if (
                faults_of(copy)
                or _marks(copy) != marks
                or counts.keys() != before.keys()
                or not all(least <= found <= most for least, found, most in bounds)
            ):
                raise StoreFault(Problem("copy_not_whole", "db", {"file": str(part)}))
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_INTERRUPT":
            raise StoreFault(Problem("copy_stopped", "db", {"file": str(part)})) from error
        raise fault(error, path) from error
    return counts


def _marks(connection: sqlite3.Connection) -> tuple[int, int]:
    """Whose the file is, and which version."""
    application, version = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("application_id", "user_version")
    )
    return application, version


def _state(connection: sqlite3.Connection) -> tuple[int, int]:
    """What moves with every change: each one writes an event."""
    newest = connection.execute("SELECT coalesce(max(id), 0) FROM event").fetchone()[0]
    return _marks(connection)[1], int(newest)


def _of_target(error: sqlite3.DatabaseError, part: Path, path: Path) -> Exception:
    """An error of ``VACUUM INTO``: the shop file's own, or one of the place where the copy is made."""
    name = getattr(error, "sqlite_errorname", "") or ""
    values = {"folder": str(part.parent), "file": str(part), "reason": str(error)}
    if name.startswith("SQLITE_FULL"):
        return StoreFault(Problem("copy_disk_full", "db", values))
    if name.startswith(("SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_CANTOPEN", "SQLITE_READONLY")):
        return StoreFault(Problem("copy_not_written", "db", values))
    return error


@contextmanager
def _telling(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        code = "copy_disk_full" if error.errno in _FULL else "copy_not_written"
        reason = error.strerror or str(error)
        values = {"folder": str(target.parent), "file": str(target), "reason": reason}
        raise StoreFault(Problem(code, "db", values)) from error


def _make_private(part: Path) -> None:
    part.unlink(missing_ok=True)
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0)
    os.close(os.open(part, flags, 0o600))


def _sync(file: Path) -> None:
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())


def _sweep(path: Path, folder: Path) -> None:
    """Half-made copies, and checksums whose copy never came."""
    for entry in folder.glob(f"{prefix(path)}-*"):
        half = entry.name.endswith((PART, PART + "-journal"))
        alone = entry.suffix == ".sha256" and not entry.with_suffix("").exists()
        if half or alone:
            with suppress(OSError):
                entry.unlink()


def prefix(path: Path) -> str:
    """What the names of a shop file's copies begin with."""
    return path.stem if path.suffix == ".db" else path.name


def until(seconds: float, clock: Callable[[], float] = time.monotonic) -> Stop:
    """Says to stop once so many seconds have gone by."""
    end = clock() + seconds
    return lambda: clock() > end
