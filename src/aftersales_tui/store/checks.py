"""Questions about the shop file as a whole, in plain SQL on a connection of their own."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from functools import cache
from pathlib import Path

from aftersales_tui.domain.words import RecordKind
from aftersales_tui.store import backup
from aftersales_tui.store.engine import connected, translated
from aftersales_tui.store.migrations import migrate

NUMBERED = ("call", "job", "follow_up")
"""The registers whose numbers have no gaps."""
INDEXES = {
    "search_trigram": ("text", "trigram"),
    "search_spaced": ("spaced", "unicode61 remove_diacritics 0"),
}
"""The indexes of the look-up: the column of the documents, and how it is taken apart."""
_OF_AN_INDEX = re.compile(r"missing from index|wrong # of entries in index|non-unique entry in index")
_FINDABLE = {
    RecordKind.CUSTOMER: "SELECT id FROM customer WHERE merged_into IS NULL AND erased_at IS NULL",
    RecordKind.DEVICE: "SELECT id FROM device",
    RecordKind.CALL: "SELECT id FROM call",
    RecordKind.JOB: "SELECT id FROM job",
}

_Definition = tuple[bytes, bytes, bytes, bytes | None]


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


def altered_definitions(connection: sqlite3.Connection) -> list[str]:
    """The tables, indexes and triggers that are not as this version of the program makes them."""
    names = {name for _, name, _, _ in _definitions_made() ^ _definitions(connection)}
    return sorted(name.decode(errors="replace") for name in names)


@cache
def _definitions_made() -> frozenset[_Definition]:
    with closing(sqlite3.connect(":memory:")) as new:
        migrate(new)
        return _definitions(new)


def _definitions(connection: sqlite3.Connection) -> frozenset[_Definition]:
    """As bytes: a rotten name need not be text. What SQLite keeps for itself is its own affair."""
    rows = connection.execute(
        "SELECT CAST(type AS BLOB), CAST(name AS BLOB), CAST(tbl_name AS BLOB), CAST(sql AS BLOB)"
        " FROM sqlite_schema WHERE name NOT LIKE 'sqlite@_stat%' ESCAPE '@'"
    )
    return frozenset((kind, name, table, sql) for kind, name, table, sql in rows)


def stale_indexes(connection: sqlite3.Connection) -> list[str]:
    """The indexes of the look-up that do not say what the documents say."""
    stale = []
    for name in INDEXES:
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)")
            if not _says_what_a_new_one_says(connection, name):
                stale.append(name)
        except sqlite3.DatabaseError as error:
            if not (getattr(error, "sqlite_errorname", "") or "").startswith("SQLITE_CORRUPT"):
                raise
            stale.append(name)
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
    return stale


def _says_what_a_new_one_says(connection: sqlite3.Connection, name: str) -> bool:
    """FTS5's own comparison adds up so that two equal errors take each other away, and they come in pairs.

    The index made anew is a temporary one, which goes with the transaction.
    """
    column, tokens = INDEXES[name]
    anew, vocabulary = f"fts5 ({column}, content='', tokenize='{tokens}')", "fts5vocab ({}, {}, instance)"
    connection.execute(f"CREATE VIRTUAL TABLE temp.anew USING {anew}")
    connection.execute(f"INSERT INTO temp.anew (rowid, {column}) SELECT id, {column} FROM main.search_doc")
    said = []
    for place, index in (("main", name), ("temp", "anew")):
        words = vocabulary.format(place, index)
        connection.execute(f"CREATE VIRTUAL TABLE temp.said_{place} USING {words}")
        said.append(connection.execute(_SAID.format(place=place)).fetchone())
    return bool(said[0] == said[1])


_SAID = """
SELECT count(*), sum((
    doc % 1000000007 * (offset + 7) + unicode(term) * 8191 + length(CAST(term AS BLOB)) * 131071
    + coalesce(unicode(substr(term, 2)), 0) * 524287 + coalesce(unicode(substr(term, 3)), 0) * 31
  ) % 998244353)
FROM temp.said_{place}
"""
"""How many words stand where, and a sum over all of them that no shift of some leaves as it was."""


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


def unreadable_moments(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """The rows with a day or an instant that is none: table and id."""
    from sqlalchemy import Date, DateTime

    from aftersales_tui.store.tables import every_table

    found = []
    for _, table in sorted(every_table().items()):
        for column in table.columns:
            stored = getattr(column.type, "impl", column.type)
            if not isinstance(stored, Date | DateTime):
                continue
            read = datetime.fromisoformat if isinstance(stored, DateTime) else date.fromisoformat
            query = f"SELECT rowid, {column.name} FROM {table.name} WHERE {column.name} IS NOT NULL"
            for row_id, text in connection.execute(query):
                try:
                    read(text)
                except (ValueError, TypeError):
                    found.append((table.name, int(row_id)))
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
