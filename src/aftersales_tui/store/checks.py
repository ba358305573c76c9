"""Questions about the shop file as a whole, in plain SQL on a connection of their own."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from aftersales_tui.domain.words import RecordKind
from aftersales_tui.store import backup
from aftersales_tui.store.engine import connected, translated

NUMBERED = ("call", "job", "follow_up")
"""The registers whose numbers have no gaps."""
INDEXES = ("search_trigram", "search_spaced")
_OF_AN_INDEX = re.compile(r"missing from index|wrong # of entries in index|non-unique entry in index")
_FINDABLE = {
    RecordKind.CUSTOMER: "SELECT id FROM customer WHERE merged_into IS NULL AND erased_at IS NULL",
    RecordKind.DEVICE: "SELECT id FROM device",
    RecordKind.CALL: "SELECT id FROM call",
    RecordKind.JOB: "SELECT id FROM job",
}


@contextmanager
def looking(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection for questions and repairs. Raises ``StoreFault`` and ``Busy``."""
    with translated(path), closing(connected(path)) as connection:
        yield connection


def faults(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with pages, indexes, checks and references; nothing when all is whole."""
    try:
        return backup.faults_of(connection)
    except sqlite3.DatabaseError as error:
        if (getattr(error, "sqlite_errorname", "") or "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise
        return [str(error)]


def only_indexes(found: list[str]) -> bool:
    """Whether making the indexes anew puts all of it right."""
    return bool(found) and all(_OF_AN_INDEX.search(line) for line in found)


def make_indexes_anew(connection: sqlite3.Connection) -> None:
    """Every index from its table."""
    connection.execute("REINDEX")


def stale_indexes(connection: sqlite3.Connection) -> list[str]:
    """The indexes of the look-up that do not say what the documents say."""
    stale = []
    for name in INDEXES:
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            if not (getattr(error, "sqlite_errorname", "") or "").startswith("SQLITE_CORRUPT"):
                raise
            stale.append(name)
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
    return stale


def not_findable(connection: sqlite3.Connection) -> list[tuple[RecordKind, int]]:
    """The records that the look-up does not know."""
    return [
        (kind, int(row[0]))
        for kind, ids in _FINDABLE.items()
        for row in connection.execute(
            f"{ids} EXCEPT SELECT record_id FROM search_doc WHERE kind = ?", (kind.value,)
        )
    ]


def found_in_vain(connection: sqlite3.Connection) -> list[tuple[RecordKind, int]]:
    """The documents of the look-up whose record is not there, or is found no more."""
    return [
        (kind, int(row[0]))
        for kind, ids in _FINDABLE.items()
        for row in connection.execute(
            f"SELECT record_id FROM search_doc WHERE kind = ? EXCEPT {ids}", (kind.value,)
        )
    ]


def unreadable_json(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """The verdicts and events whose data are no JSON: table and id."""
    found = []
    for table, column in (("verdict", "judged"), ("event", "data")):
        query = f"SELECT id, {column} FROM {table} WHERE {column} IS NOT NULL"
        for row_id, text in connection.execute(query):
            try:
                json.loads(text)
            except ValueError:
                found.append((table, int(row_id)))
    return found


def verdicts(connection: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    """Every stored verdict: its id and its text."""
    for row_id, text in connection.execute("SELECT id, judged FROM verdict ORDER BY id"):
        yield int(row_id), str(text)


def counters(connection: sqlite3.Connection) -> dict[str, tuple[int, int]]:
    """By register: the number that comes next, and the highest taken."""
    found = {}
    for kind in NUMBERED:
        row = connection.execute("SELECT next_number FROM counter WHERE kind = ?", (kind,)).fetchone()
        highest = connection.execute(f"SELECT coalesce(max(number), 0) FROM {kind}").fetchone()[0]
        found[kind] = (int(row[0]) if row else 0, int(highest))
    return found


def set_counter(connection: sqlite3.Connection, kind: str, at_least: int) -> None:
    """The number that comes next is at least this one."""
    connection.execute(
        "INSERT INTO counter (kind, next_number) VALUES (?, ?)"
        " ON CONFLICT (kind) DO UPDATE SET next_number = max(next_number, excluded.next_number)",
        (kind, at_least),
    )


def missing_numbers(connection: sqlite3.Connection, most: int = 5) -> dict[str, list[int]]:
    """By register the first numbers that nothing has although higher ones are taken."""
    found = {}
    for kind in NUMBERED:
        gaps: list[int] = []
        last = 0
        for (number,) in connection.execute(f"SELECT number FROM {kind} ORDER BY number"):
            gaps += range(last + 1, min(number, last + 1 + most))
            last = number
            if len(gaps) >= most:
                break
        if gaps:
            found[kind] = gaps[:most]
    return found


def jobs_without_beginning(connection: sqlite3.Connection) -> list[int]:
    """The numbers of jobs whose account does not say how they came to be."""
    rows = connection.execute(
        "SELECT number FROM job WHERE NOT EXISTS (SELECT 1 FROM event WHERE record_kind = 'job'"
        " AND record_id = job.id AND what IN ('opened', 'imported')) ORDER BY number"
    )
    return [int(number) for (number,) in rows]


def impossible_jobs(connection: sqlite3.Connection) -> list[int]:
    """The numbers of jobs whose dates do not go with their status."""
    rows = connection.execute(
        "SELECT number FROM job WHERE (status = 'ready' AND ready_at IS NULL) OR"
        " (status IN ('handed_over', 'settled', 'cancelled')) <> (closed_at IS NOT NULL) ORDER BY number"
    )
    return [int(number) for (number,) in rows]


def journal_mode(connection: sqlite3.Connection) -> str:
    """How the file is written by whoever opens it as this connection did."""
    return str(connection.execute("PRAGMA journal_mode").fetchone()[0])
