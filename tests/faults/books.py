"""Holding a shop file against what was acknowledged, and its books against themselves."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

VERSIONED = ("customer", "device", "call", "job", "follow_up")


def acknowledged(lines: Iterable[bytes]) -> list[tuple[str, int, int]]:
    """Every record that whole lines acknowledged; half a line at the end acknowledged nothing."""
    wrote: list[tuple[str, int, int]] = []
    for line in lines:
        if line.endswith(b"\n"):
            told = json.loads(line)
            wrote += [(kind, number, version) for kind, number, version in told.get("wrote", ())]
    return wrote


def faults(path: Path, acknowledged_: Iterable[tuple[str, int, int]] = ()) -> list[str]:
    """What is wrong with the file; the file is opened as any program would, side files and all."""
    found: list[str] = []
    with closing(sqlite3.connect(path, timeout=30)) as connection:
        found += [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        found += [f"reference {row}" for row in connection.execute("PRAGMA foreign_key_check")]
        found += _lost(connection, acknowledged_)
        found += _books(connection)
    return found


def _lost(connection: sqlite3.Connection, wrote: Iterable[tuple[str, int, int]]) -> list[str]:
    newest: dict[tuple[str, int], int] = {}
    for kind, number, version in wrote:
        newest[kind, number] = max(version, newest.get((kind, number), 0))
    lost = []
    for (kind, number), version in newest.items():
        column = "version" if kind in VERSIONED else "1"
        row = connection.execute(f"SELECT {column} FROM {kind} WHERE id = ?", (number,)).fetchone()
        if row is None or (kind in VERSIONED and row[0] < version):
            lost.append(f"lost {kind} {number} version {version}: {row}")
    return lost


def _books(connection: sqlite3.Connection) -> list[str]:
    found = []
    for kind in ("call", "job", "follow_up"):
        count, first, last = connection.execute(
            f"SELECT count(*), coalesce(min(number), 1), coalesce(max(number), 0) FROM {kind}"
        ).fetchone()
        upcoming = connection.execute("SELECT next_number FROM counter WHERE kind = ?", (kind,)).fetchone()[0]
        if count and (count != last - first + 1 or upcoming != last + 1):
            found.append(f"numbers of {kind}: {count} of {first} to {last}, next {upcoming}")
        silent = connection.execute(
            f"SELECT count(*) FROM {kind} WHERE NOT EXISTS (SELECT 1 FROM event "
            f"WHERE record_kind = ? AND record_id = {kind}.id)", (kind,)
        ).fetchone()[0]  # fmt: skip
        if silent:
            found.append(f"{silent} of {kind} without an event")
    handed = connection.execute(
        "SELECT count(*) FROM job WHERE status = 'handed_over' AND NOT EXISTS "
        "(SELECT 1 FROM follow_up WHERE job_id = job.id)"
    ).fetchone()[0]
    if handed:
        found.append(f"{handed} handed over without a follow-up")
    unfound = connection.execute(
        "SELECT count(*) FROM job WHERE NOT EXISTS "
        "(SELECT 1 FROM search_doc WHERE kind = 'job' AND record_id = job.id)"
    ).fetchone()[0]
    if unfound:
        found.append(f"{unfound} jobs that no look-up finds")
    return found
