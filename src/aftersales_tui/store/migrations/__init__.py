"""Numbered migrations on ``PRAGMA user_version``: each one transaction together with its number."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from aftersales_tui.store.migrations import audit_chain

FOLDER = Path(__file__).parent / "sqlite"


def scripts() -> list[tuple[int, Path]]:
    """The migrations in order; the number is the version a file has after it."""
    return [(int(path.name[:4]), path) for path in sorted(FOLDER.glob("[0-9][0-9][0-9][0-9]_*.sql"))]


SCHEMA_VERSION = max(number for number, _ in scripts())

BEYOND_SQL: Mapping[str, Callable[[sqlite3.Connection], None]] = {"audit_chain": audit_chain.run}
"""What a migration does after its script that SQL cannot, by the script's name without number.

It runs in the same transaction and never begins or ends one.
"""


def statements(script: str) -> Iterator[str]:
    """The statements of a script; triggers keep their inner semicolons."""
    buffer = ""
    for line in script.splitlines(keepends=True):
        buffer += line
        if buffer.strip() and sqlite3.complete_statement(buffer):
            yield buffer
            buffer = ""
    if buffer.strip() and not all(
        line.strip().startswith("--") or not line.strip() for line in buffer.splitlines()
    ):
        msg = "a migration ends in the middle of a statement"
        raise ValueError(msg)


def migrate(connection: sqlite3.Connection) -> int:
    """Bring a file up to ``SCHEMA_VERSION``; returns how many steps were taken.

    Each step is one transaction with its number, and reads the number again under the write
    lock, so that of two programs exactly one migrates. A failing step leaves the file as it was.
    """
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=OFF")
    taken = 0
    for number, path in scripts():
        connection.execute("BEGIN IMMEDIATE")
        try:
            if connection.execute("PRAGMA user_version").fetchone()[0] >= number:
                connection.execute("ROLLBACK")
                continue
            for statement in statements(path.read_text(encoding="utf-8")):
                connection.execute(statement)
            if (beyond := BEYOND_SQL.get(path.stem[5:])) is not None:
                beyond(connection)
            connection.execute(f"PRAGMA user_version={number}")
            if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
                msg = f"migration {number} breaks a reference"
                raise sqlite3.IntegrityError(msg)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        taken += 1
    return taken
