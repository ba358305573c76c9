"""Looking into a copy, and putting one back: the shop file is the old one or the new, never a mixture."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from aftersales_tui.domain.copies import CopyReason, SumState
from aftersales_tui.domain.errors import Busy, Problem, StoreFault
from aftersales_tui.store import backup
from aftersales_tui.store.checksums import compare, sum_of
from aftersales_tui.store.engine import (
    APPLICATION_ID,
    BUSY_SECONDS,
    JOURNAL_MODE,
    connected,
    fault,
)
from aftersales_tui.store.migrations import SCHEMA_VERSION, migrate
from aftersales_tui.store.places import refuse_shared, sync_folder
from aftersales_tui.store.shop_file import look_at
from aftersales_tui.views.copies import CopyContent, PutBack

SIDE_FILES = ("-wal", "-shm", "-journal")
_LOST = ("shop_file_damaged", "shop_file_empty")
"""Faults of the present file that a copy is put back for."""


def look_into(copy: Path) -> CopyContent:
    """What is in a copy, which is read whole.

    Raises ``StoreFault``: ``copy_missing``, ``copy_checksum_wrong``, ``copy_unfinished`` (a journal
    lies beside it), ``copy_not_ours``, ``copy_newer``, ``copy_damaged``.
    """
    values = {"file": str(copy)}
    if not os.path.isfile(copy):  # noqa: PTH113 - a name that no file can have is not there either
        raise StoreFault(Problem("copy_missing", "file", values))
    for suffix in ("-wal", "-journal"):
        side = copy.with_name(copy.name + suffix)
        if side.exists() and side.stat().st_size:
            raise StoreFault(Problem("copy_unfinished", "file", {**values, "side": str(side)}))
    try:
        sha256 = sum_of(copy)
        size = copy.stat().st_size
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreFault(Problem("copy_not_read", "file", {**values, "reason": reason})) from error
    checksum = compare(copy, sha256)
    if checksum is SumState.WRONG:
        raise StoreFault(Problem("copy_checksum_wrong", "file", values))
    try:
        with closing(connected(copy, mode="immutable")) as found:
            shop, schema, newest, counts = _read(found, copy)
    except sqlite3.DatabaseError as error:
        foreign = getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB"
        code = "copy_not_ours" if foreign else "copy_damaged"
        raise StoreFault(Problem(code, "file", {**values, "reason": str(error)})) from error
    return CopyContent(
        file=copy, size=size, sha256=sha256, checksum=checksum, shop=shop, schema=schema,
        newest_event=newest, counts=counts,
    )  # fmt: skip


def _read(found: sqlite3.Connection, copy: Path) -> tuple[str, int, datetime | None, dict[str, int]]:
    application = found.execute("PRAGMA application_id").fetchone()[0]
    schema = int(found.execute("PRAGMA user_version").fetchone()[0])
    if application != APPLICATION_ID or schema == 0:
        raise StoreFault(Problem("copy_not_ours", "file", {"file": str(copy)}))
    if schema > SCHEMA_VERSION:
        values = {"file": str(copy), "found": schema, "known": SCHEMA_VERSION}
        raise StoreFault(Problem("copy_newer", "file", values))
    faults = backup.faults_of(found)
    if faults:
        raise StoreFault(Problem("copy_damaged", "file", {"file": str(copy), "reason": faults[0]}))
    name = found.execute("SELECT value FROM setting WHERE key = 'name'").fetchone()
    newest = found.execute("SELECT at FROM event ORDER BY id DESC LIMIT 1").fetchone()
    at = datetime.fromisoformat(newest[0]).replace(tzinfo=UTC) if newest else None
    return (str(name[0]) if name else ""), schema, at, backup.counts_of(found)


def put_back(path: Path, copy: Path, at: datetime, finish: Callable[[Path], None]) -> PutBack:
    """Put a copy into the shop file.

    An older copy is brought up to date, and ``finish`` writes what else has to stand in it, before the
    shop file changes; the present file is copied aside and verified first, a broken one is moved aside
    with its journals. Raises ``StoreFault`` and ``Busy`` as ``look_into`` and ``backup.take``;
    ``shop_file_newer`` and ``shop_file_not_ours`` for a present file that is not touched.
    """
    refuse_shared(path)
    content = look_into(copy)
    with backup.holding(path):
        staged = backup.folder_of(path) / f"{path.stem}-put-back.db{backup.PART}"
        try:
            _stage(content, staged)
            finish(staged)
            return _swap(path, staged, content, at)
        except OSError as error:
            values = {"folder": str(staged.parent), "file": str(path), "reason": error.strerror or str(error)}
            raise StoreFault(Problem("copy_not_written", "db", values)) from error
        finally:
            for suffix in ("", *SIDE_FILES):
                staged.with_name(staged.name + suffix).unlink(missing_ok=True)


def _stage(content: CopyContent, staged: Path) -> None:
    """A private working copy with the schema of this program; the copy itself is never written."""
    staged.unlink(missing_ok=True)
    os.close(os.open(staged, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    shutil.copyfile(content.file, staged)
    if sum_of(staged) != content.sha256:
        raise StoreFault(Problem("copy_damaged", "file", {"file": str(content.file), "reason": ""}))
    try:
        with closing(connected(staged)) as connection:
            migrate(connection)
    except sqlite3.DatabaseError as error:
        raise fault(error, content.file) from error


def _swap(path: Path, staged: Path, content: CopyContent, at: datetime) -> PutBack:
    aside = moved = None
    if _is_readable(path):
        try:
            aside = backup.take_held(path, CopyReason.BEFORE_RESTORE, at).file
        except StoreFault as broken:
            if broken.problem.code not in (*_LOST, "copy_not_whole"):
                raise
    if aside is not None:
        _into_the_living(path, staged)
    else:
        moved = _in_place_of_the_broken(path, staged, at)
    return PutBack(file=path, content=content, put_aside=aside, moved_aside=moved)


def _is_readable(path: Path) -> bool:
    """Whether there is a shop file of ours; another program's, or a newer one of ours, is refused."""
    try:
        look_at(path)
    except StoreFault as seen:
        if seen.problem.code in ("shop_file_is_folder", "read_only"):
            raise
        return False
    try:
        with closing(connected(path)) as connection:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.DatabaseError as error:
        found = fault(error, path)
        if isinstance(found, Busy) or found.problem.code == "read_only":
            raise found from error
        return False
    if application != APPLICATION_ID:
        raise StoreFault(Problem("shop_file_not_ours", "db", {"file": str(path)}))
    if version > SCHEMA_VERSION:
        values = {"file": str(path), "found": version, "known": SCHEMA_VERSION}
        raise StoreFault(Problem("shop_file_newer", "db", values))
    return True


def _into_the_living(path: Path, staged: Path) -> None:
    """One transaction of SQLite's backup API: other seats go on working, on the old file or on the new."""
    late = backup.until(BUSY_SECONDS)

    def give_up(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and late():
            raise Busy(Problem("busy", "db", {"file": str(path)}))

    try:
        with closing(connected(staged, mode="immutable")) as source, closing(connected(path)) as target:
            target.execute("PRAGMA synchronous=FULL")
            if JOURNAL_MODE != "WAL":
                target.execute(f"PRAGMA journal_mode={JOURNAL_MODE}")
            source.backup(target, pages=-1, progress=give_up, sleep=0.002)
    except sqlite3.DatabaseError as error:
        raise fault(error, path) from error


def _in_place_of_the_broken(path: Path, staged: Path, at: datetime) -> Path | None:
    """The new file takes the name in one step; what was there keeps a name of its own."""
    with staged.open("rb+") as handle:
        os.fsync(handle.fileno())
    moved = None
    if path.exists():
        moved = path.with_name(f"{path.name}.broken-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}")
        moved.unlink(missing_ok=True)
        # a log left under the old name would be played into the new file
        for suffix in SIDE_FILES:
            side = path.with_name(path.name + suffix)
            with contextlib.suppress(FileNotFoundError):
                side.replace(moved.with_name(moved.name + suffix))
        _second_name(path, moved)
    staged.replace(path)
    sync_folder(path.parent)
    sync_folder(staged.parent)
    return moved


def _second_name(path: Path, moved: Path) -> None:
    try:
        moved.hardlink_to(path)
    except OSError:  # a stick's file system has no second names
        path.replace(moved)
