"""Questions about a shop file that SQLite itself does not ask."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from aftersales_tui.store import checks, shop_file
from aftersales_tui.store.engine import connected


@pytest.fixture
def file(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A new shop file with one document of the look-up, every word of which stands in it twice."""
    shop_file.create(tmp_path / "shop.db")
    with closing(connected(tmp_path / "shop.db")) as connection:
        connection.execute("INSERT INTO search_doc VALUES (5, 'job', 1, 'aaaa', '电 电', 't')")
        connection.execute("INSERT INTO search_trigram (rowid, text) VALUES (5, 'aaaa')")
        connection.execute("INSERT INTO search_spaced (rowid, spaced) VALUES (5, '电 电')")
        yield connection


def test_a_new_file_is_as_this_version_makes_it(file: sqlite3.Connection) -> None:
    assert checks.altered_definitions(file) == []
    assert checks.stale_indexes(file) == []


def test_what_sqlite_keeps_about_the_tables_is_no_change(file: sqlite3.Connection) -> None:
    file.execute("ANALYZE")
    assert checks.altered_definitions(file) == []


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        ("event_never_goes", "DROP TRIGGER event_never_goes"),
        ("call_at", "DROP INDEX call_at"),
        ("mine", "CREATE TABLE mine (x)"),
        ("own_pack", "ALTER TABLE own_pack RENAME COLUMN file TO gile"),
    ],
)
def test_a_definition_that_is_not_this_program_s_is_named(
    file: sqlite3.Connection, name: str, statement: str
) -> None:
    file.execute(statement)
    assert name in checks.altered_definitions(file)


def test_a_rotten_name_is_named_all_the_same(file: sqlite3.Connection) -> None:
    file.execute("PRAGMA writable_schema=ON")
    file.execute("UPDATE sqlite_schema SET name = CAST(X'63616c6cff' AS TEXT) WHERE name = 'call_at'")
    assert "call\ufffd" in checks.altered_definitions(file)


@pytest.mark.parametrize("index", checks.INDEXES)
def test_words_that_moved_to_another_document_in_pairs_are_missed(
    file: sqlite3.Connection, index: str
) -> None:
    column, _ = checks.INDEXES[index]
    other = 5 - 2**63  # its highest bit flipped: FTS5's own sum over a pair of such words stays as it was
    (said,) = file.execute(f"SELECT {column} FROM search_doc").fetchone()
    file.execute(f"INSERT INTO {index} ({index}, rowid, {column}) VALUES ('delete', 5, ?)", (said,))
    file.execute(f"INSERT INTO {index} (rowid, {column}) VALUES (?, ?)", (other, said))
    file.execute(f"UPDATE {index}_docsize SET id = 5")
    file.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
    assert checks.stale_indexes(file) == [index]


def test_a_day_that_the_calendar_does_not_have_is_found(file: sqlite3.Connection) -> None:
    file.execute("INSERT INTO product VALUES (1, 'Midea', 'K', 'other', 'mideak', 1)")
    file.execute(
        "INSERT INTO device (id, product_id, serial, serial_folded, sold_on, invoice_no, proof, seller,"
        " place, notes, created_at, version) VALUES (1, 1, '', '', '2026-02-31', '', 'none', '', '', '',"
        " '2026-11-23 01:30:00.000000', 1)"
    )
    assert checks.unreadable_moments(file) == [("device", 1)]
    file.execute("UPDATE device SET sold_on = '2026-02-28', created_at = '2026-11-23 01:3p:00.000000'")
    assert checks.unreadable_moments(file) == [("device", 1)]
    file.execute("UPDATE device SET created_at = '2026-11-23 01:30:00.000000'")
    assert checks.unreadable_moments(file) == []
