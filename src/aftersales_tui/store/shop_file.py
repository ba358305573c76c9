"""The shop file as a file: making it, telling ours from others, bringing an older one up to date."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from aftersales_tui import paths
from aftersales_tui.domain.errors import Problem, StoreFault
from aftersales_tui.store.engine import (
    APPLICATION_ID,
    BUSY_SECONDS,
    JOURNAL_MODE,
    BroughtUpToDate,
    Store,
    connected,
    fault,
)
from aftersales_tui.store.migrations import SCHEMA_VERSION, migrate
from aftersales_tui.store.places import refuse_shared


def create(path: Path) -> None:
    """Make an empty shop file, readable by its owner only.

    Raises ``StoreFault``: ``shop_file_exists``, ``shop_file_on_network``, ``read_only``,
    ``disk_full``. A file that could not be finished is removed again.
    """
    if path.exists():
        raise StoreFault(Problem("shop_file_exists", "db", {"file": str(path)}))
    refuse_shared(path)
    try:
        paths.private_folder(path.parent)
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


def open_store(path: Path, at: Callable[[], datetime]) -> Store:
    """Open an existing shop file; an older one is brought up to date after a copy was put aside.

    ``at`` is asked for the moment of that copy. Raises ``StoreFault``: ``shop_file_missing``,
    ``shop_file_is_folder``, ``shop_file_empty``, ``shop_file_not_ours``, ``shop_file_newer``,
    ``shop_file_damaged``, ``shop_file_on_network``, ``side_file_foreign``, ``read_only``, and what
    ``backup.take`` raises; a file that is not ours is never written.
    """
    found = version_of(path)
    upgraded = _upgrade(path, found, at) if found < SCHEMA_VERSION else None
    store = Store(path)
    store.brought_up_to_date = upgraded
    return store


def version_of(path: Path) -> int:
    """The version of a shop file, which is not newer than this program; raises as ``open_store``."""
    refuse_shared(path)
    look_at(path)
    try:
        with contextlib.closing(connected(path)) as connection:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            connection.execute("BEGIN")
            pages, size = (int(connection.execute(f"PRAGMA page_{what}").fetchone()[0]) for what in _PAGES)
            cut = pages * size > path.stat().st_size and not _has_content(_beside(path, "-wal"))
    except sqlite3.DatabaseError as error:
        raise fault(error, path) from error
    except UnicodeDecodeError as error:  # the name of a table has rotted, and SQLite quotes it in its message
        rotten = {"file": str(path), "detail": str(error)}
        raise StoreFault(Problem("shop_file_damaged", "db", rotten)) from error
    if application != APPLICATION_ID or version == 0:
        raise StoreFault(Problem("shop_file_not_ours", "db", {"file": str(path)}))
    if version > SCHEMA_VERSION:
        values = {"file": str(path), "found": version, "known": SCHEMA_VERSION}
        raise StoreFault(Problem("shop_file_newer", "db", values))
    if cut:
        detail = f"it has less than its {pages} pages of {size} bytes"
        raise StoreFault(Problem("shop_file_damaged", "db", {"file": str(path), "detail": detail}))
    return version


_PAGES = ("count", "size")
_MAGIC = b"SQLite format 3\0"
_JOURNALS = b"\x01\x01"
"""Bytes 18 and 19 of a file that is written with a rollback journal, not with a write-ahead log."""


def look_at(path: Path) -> None:
    """What can be told without SQLite, which takes any empty file and any log beside one for its own.

    Raises ``StoreFault``: ``shop_file_is_folder``, ``shop_file_missing``, ``shop_file_empty``,
    ``side_file_foreign``, ``shop_file_not_ours``, ``read_only``.
    """
    values = {"file": str(path)}
    if path.is_dir():
        raise StoreFault(Problem("shop_file_is_folder", "db", values))
    if not path.is_file():
        raise StoreFault(Problem("shop_file_missing", "db", values))
    log = _beside(path, "-wal")
    if path.stat().st_size == 0 and not _has_content(log):
        raise StoreFault(Problem("shop_file_empty", "db", values))
    if _has_content(log):
        # opening and closing a file lets go of SQLite's locks on it: done only for a log that should not be
        try:
            with path.open("rb") as file:
                head = file.read(20)
        except OSError as error:
            raise StoreFault(Problem("read_only", "db", {**values, "detail": error.strerror})) from error
        if not head.startswith(_MAGIC):
            raise StoreFault(Problem("shop_file_not_ours", "db", values))
        if head[18:20] == _JOURNALS:
            raise StoreFault(Problem("side_file_foreign", "db", {**values, "side": str(log)}))


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _has_content(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def _upgrade(path: Path, found: int, at: Callable[[], datetime]) -> BroughtUpToDate | None:
    """Bring an older file up to date, after a verified copy; None when another program just did."""
    # most files are up to date, and then nothing of copying is needed
    from aftersales_tui.domain.copies import CopyReason
    from aftersales_tui.store import backup

    with backup.holding(path):
        if version_of(path) == SCHEMA_VERSION:
            return None
        copy = backup.take_held(path, CopyReason.BEFORE_MIGRATION, at())
        try:
            with contextlib.closing(connected(path)) as connection:
                taken = migrate(connection)
        except sqlite3.DatabaseError as error:
            raise fault(error, path) from error
    return BroughtUpToDate(found, SCHEMA_VERSION, copy.file) if taken else None
