"""Opening the shop file: the connection settings, the transactions, and what only SQLite knows."""

from __future__ import annotations

import os
import random
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, MultipleResultsFound, NoResultFound, OperationalError
from sqlmodel import Session as Session  # the other floors name it, only this one knows whose it is

from aftersales_tui.domain.errors import Busy, Problem, StoreFault
from aftersales_tui.store.migrations import SCHEMA_VERSION
from aftersales_tui.store.stored import Unreadable

APPLICATION_ID = 0x41535441
"""Marks a file as ours (``PRAGMA application_id``): the letters ASTA."""
BUSY_SECONDS = 10.0
_ASK_AGAIN = (0.001, 0.005)
"""Seconds between two askings for the write lock."""


_WAL_FIXED_IN = ((3, 50, 7), (3, 44, 6))


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite library has the fix for the WAL-reset race (3.51.3, 3.50.7, 3.44.6)."""
    return version >= (3, 51, 3) or any(
        version[:2] == fixed[:2] and version >= fixed for fixed in _WAL_FIXED_IN
    )


JOURNAL_MODE = "WAL" if wal_is_safe(sqlite3.sqlite_version_info) else "TRUNCATE"
PRAGMAS = ("foreign_keys=ON", "synchronous=FULL", "trusted_schema=OFF", "secure_delete=ON")


class Store:
    """The open shop file. ``reading`` and ``writing`` are the only ways in."""

    def __init__(self, path: Path, *, busy_seconds: float = BUSY_SECONDS) -> None:
        """Raises ``StoreFault`` (``shop_file_missing``) when there is no file."""
        self.path = path
        self.brought_up_to_date: BroughtUpToDate | None = None
        self._identity = _identity(path)
        if self._identity is None:
            raise StoreFault(Problem("shop_file_missing", "db", {"file": str(path)}))
        self._engine = _build_engine(path, busy_seconds)
        self._writer = self._engine.execution_options(begin="IMMEDIATE")
        self._watch: sqlite3.Connection | None = None
        self._watching = threading.Lock()
        self._last_version = 0
        self._closed = False
        self._in_one_go: Session | None = None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A short read transaction; raises ``Busy`` or ``StoreFault``."""
        if self._in_one_go is not None:
            yield self._in_one_go
            return
        self._still_there()
        with translated(self.path), Session(self._engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """The one write transaction of a use case: committed as a whole, or nothing of it."""
        if self._in_one_go is not None:
            yield self._in_one_go
            return
        self._still_there()
        with (
            translated(self.path),
            Session(self._writer, expire_on_commit=False, autoflush=True) as session,
            session.begin(),
        ):
            yield session
            # a commit into a file that has no name any more would be lost without a word
            self._still_there()

    @contextmanager
    def in_one_go(self) -> Iterator[None]:
        """Every use case inside is part of one transaction: committed as a whole, or nothing of it.

        For filling a new file that nobody else uses yet, from one thread; references are checked at
        its end. An error inside has to leave it: what a refused use case began to write is still in
        the transaction.
        """
        with self.writing() as session:
            session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            self._in_one_go = session
            try:
                yield
            finally:
                self._in_one_go = None

    def data_version(self) -> int:
        """A number that changes with every commit to the file, by whomever; once closed, the last one."""
        with translated(self.path), self._watching:
            if not self._closed:
                self._still_there()
                if self._watch is None:
                    self._watch = connected(self.path, check_same_thread=False)
                self._last_version = int(self._watch.execute("PRAGMA data_version").fetchone()[0])
            return self._last_version

    def _still_there(self) -> None:
        """Raises ``StoreFault`` when the file this store opened is gone, or is another one by now."""
        found = _identity(self.path)
        if found != self._identity:
            code = "shop_file_gone" if found is None else "shop_file_replaced"
            raise StoreFault(Problem(code, "db", {"file": str(self.path)}))

    def close(self) -> None:
        """Let go of the file; half-open transactions are rolled back."""
        with self._watching:
            self._closed = True
            if self._watch is not None:
                self._watch.close()
                self._watch = None
        self._engine.dispose()


@dataclass(frozen=True, slots=True)
class BroughtUpToDate:
    """What opening an older file did: from which version to which, and where the copy of before is."""

    found: int
    now: int
    copy: Path


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file a name stands for; None when there is none, or its drive is gone."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def connected(
    path: Path, *, timeout: float = BUSY_SECONDS, mode: str = "rw", check_same_thread: bool = True
) -> sqlite3.Connection:
    """A plain connection to a file that is there; SQLite by itself would make one that is not.

    ``mode`` is ``rw``, ``ro``, or ``immutable`` for a file that nobody writes to.
    """
    how = "immutable=1" if mode == "immutable" else f"mode={mode}"
    uri = f"{Path(os.path.abspath(path)).as_uri()}?{how}"  # noqa: PTH100 - a link keeps its own name
    return sqlite3.connect(
        uri, uri=True, timeout=timeout, isolation_level=None, check_same_thread=check_same_thread
    )


def _build_engine(path: Path, busy_seconds: float) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        creator=lambda: connected(path, timeout=busy_seconds, check_same_thread=False),
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        # The driver must not begin by itself: the "begin" hook below does, and knows DEFERRED from IMMEDIATE.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        if JOURNAL_MODE != "WAL":
            cursor.execute(f"PRAGMA journal_mode={JOURNAL_MODE}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        if connection.get_execution_options().get("begin") == "IMMEDIATE":
            _take_turn(connection.connection.dbapi_connection, busy_seconds)
        else:
            connection.exec_driver_sql("BEGIN DEFERRED")
        found = connection.exec_driver_sql("PRAGMA user_version").scalar()
        if found != SCHEMA_VERSION:
            code = "shop_file_newer" if found > SCHEMA_VERSION else "shop_file_older"
            raise StoreFault(
                Problem(code, "db", {"file": path.name, "found": found, "known": SCHEMA_VERSION})
            )

    return engine


def _take_turn(connection: sqlite3.Connection, seconds: float) -> None:
    """``BEGIN IMMEDIATE``, asked for at even intervals for at most ``seconds``.

    SQLite's own wait asks ever more rarely, so that whoever came last is served first: with eight
    writers one of them waited for ten seconds. Asking evenly gives each the same chance.
    """
    until = time.monotonic() + seconds
    connection.execute("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() >= until:
                    raise
            time.sleep(random.uniform(*_ASK_AGAIN))
    finally:
        connection.execute(f"PRAGMA busy_timeout={round(seconds * 1000)}")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Database errors as the shop's own: ``Busy`` for a lock, ``StoreFault`` for a broken or full file."""
    try:
        yield
    except (OperationalError, DatabaseError) as error:
        raise fault(error.orig, path) from error
    except sqlite3.DatabaseError as error:
        raise fault(error, path) from error
    except Unreadable as error:
        values = {**error.problem.values, "file": str(path)}
        raise StoreFault(Problem(error.problem.code, "db", values)) from error
    except (LookupError, ValueError, TypeError, NoResultFound, MultipleResultsFound) as error:
        if not isinstance(error, UnicodeDecodeError) and not _came_from_reading(error):
            raise
        values = {"file": str(path), "detail": str(error)}
        raise StoreFault(Problem("shop_file_damaged", "db", values)) from error


def _came_from_reading(error: BaseException) -> bool:
    """Whether a library stumbled over what is stored: a date or a word that cannot be one, half a record."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    module = str(trace.tb_frame.f_globals.get("__name__", "")) if trace is not None else ""
    if isinstance(error, TypeError):  # only what reads values can meet a wrong type in a file
        return module.startswith("sqlalchemy.") and "processors" in module
    return module.partition(".")[0] in ("sqlalchemy", "sqlmodel")


def fault(error: BaseException | None, path: Path) -> Busy | StoreFault:
    """Which of our errors an error of SQLite is."""
    name = getattr(error, "sqlite_errorname", "") or ""
    values = {"file": str(path), "detail": str(error)}
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Busy(Problem("busy", "db", values))
    if name.startswith("SQLITE_FULL"):
        return StoreFault(Problem("disk_full", "db", values))
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return StoreFault(Problem("read_only", "db", values))
    if name.startswith(("SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_TRUNCATE")):
        return StoreFault(Problem("disk_not_written", "db", values))
    if name.startswith("SQLITE_NOTADB"):
        return StoreFault(Problem("shop_file_not_ours", "db", values))
    rotten = any(said in str(error) for said in ("decode to UTF-8", "unsupported file format"))
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_IOERR")) or rotten:
        return StoreFault(Problem("shop_file_damaged", "db", values))
    return StoreFault(Problem("store_failed", "db", values))
