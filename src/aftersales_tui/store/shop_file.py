"""The shop file as a file: making it, telling ours from others, bringing an older one up to date."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from pathlib import Path

from aftersales_tui.domain.errors import Problem, StoreFault
from aftersales_tui.store.engine import APPLICATION_ID, BUSY_SECONDS, JOURNAL_MODE, Store, fault
from aftersales_tui.store.migrations import SCHEMA_VERSION, migrate


def create(path: Path) -> None:
    """Make an empty shop file, readable by its owner only.

    Raises ``StoreFault``: ``shop_file_exists``, ``read_only``, ``disk_full``. A file that could not
    be finished is removed again.
    """
    if path.exists():
        raise StoreFault(Problem("shop_file_exists", "db", {"file": str(path)}))
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        if path.exists():
            raise StoreFault(Problem("shop_file_exists", "db", {"file": str(path)})) from error
        code = "disk_full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "read_only"
        raise StoreFault(Problem(code, "db", {"file": str(path), "detail": error.strerror})) from error
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            if JOURNAL_MODE == "WAL":
                connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            migrate(connection)
    except BaseException as error:
        remove(path)
        if isinstance(error, sqlite3.DatabaseError):
            raise fault(error, path) from error
        raise


def remove(path: Path) -> None:
    """Take away a shop file that could not be finished, with SQLite's files beside it."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def open_store(path: Path) -> Store:
    """Open an existing shop file; an older one is brought up to date after a copy was put aside.

    Raises ``StoreFault``: ``shop_file_missing``, ``shop_file_not_ours``, ``shop_file_newer``,
    ``shop_file_damaged``, ``read_only``; a file that is not ours is never written.
    """
    found = _version(path)
    if found > SCHEMA_VERSION:
        values = {"file": str(path), "found": found, "known": SCHEMA_VERSION}
        raise StoreFault(Problem("shop_file_newer", "db", values))
    if found < SCHEMA_VERSION:
        _upgrade(path, found)
    return Store(path)


def _version(path: Path) -> int:
    if not path.is_file():
        raise StoreFault(Problem("shop_file_missing", "db", {"file": str(path)}))
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.DatabaseError as error:
        raise fault(error, path) from error
    if application != APPLICATION_ID or version == 0:
        raise StoreFault(Problem("shop_file_not_ours", "db", {"file": str(path)}))
    return version


def _upgrade(path: Path, found: int) -> None:
    aside = path.with_name(f"{path.name}.before-{found}")
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
            if not aside.exists():
                _copy(connection, aside)
            migrate(connection)
    except sqlite3.DatabaseError as error:
        raise fault(error, path) from error
    except OSError as error:
        raise StoreFault(
            Problem("read_only", "db", {"file": str(aside), "detail": error.strerror})
        ) from error


def _copy(connection: sqlite3.Connection, aside: Path) -> None:
    """A whole and examined copy of an open file, or none."""
    part = aside.with_name(f"{aside.name}.{os.getpid()}.part")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
        connection.execute("VACUUM INTO ?", (str(part),))
        with contextlib.closing(sqlite3.connect(f"{part.as_uri()}?immutable=1", uri=True)) as copy:
            if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                msg = "the copy is not whole"
                raise sqlite3.DatabaseError(msg)
        part.replace(aside)
    finally:
        part.unlink(missing_ok=True)
