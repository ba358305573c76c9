"""The shop file held against a backup: which records differ although nobody changed them.

A record changes together with its version, so that two seats never overwrite each other. One that has the
version of the backup and does not say what it says there has rotted, or was written by another program.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from aftersales_tui.store.engine import translated

_BY_THEMSELVES = {
    "customer": frozenset[str](),
    "product": frozenset[str](),
    "device": frozenset[str](),
    "call": frozenset[str](),
    "job": frozenset[str](),
    "follow_up": frozenset({"customer_id"}),
    "staff": frozenset({"pin_failures", "pin_wait_until", "told_event"}),
}
"""The tables with versions, and their columns that change without one."""


def altered_rows(connection: sqlite3.Connection, copy: Path) -> list[tuple[str, int]]:
    """The rows, by table and id, that differ from a backup although nobody changed them since.

    Nothing for a backup of another version of the program, or one that the shop file does not go on from:
    after an older one was put back the versions were given anew. Raises ``StoreFault`` for a backup that
    cannot be read.
    """
    uri = f"{Path(os.path.abspath(copy)).as_uri()}?immutable=1"  # noqa: PTH100 - as ``connected`` does it
    with translated(copy):
        connection.execute("ATTACH DATABASE ? AS earlier", (uri,))
        try:
            return _altered(connection) if _goes_on_from(connection) else []
        finally:
            connection.execute("DETACH DATABASE earlier")


def _goes_on_from(connection: sqlite3.Connection) -> bool:
    now, then = (
        connection.execute(f"PRAGMA {place}.user_version").fetchone() for place in ("main", "earlier")
    )
    query = (
        "SELECT 1 FROM main.event JOIN earlier.event AS last USING (id, chain)"
        " WHERE last.id = (SELECT max(id) FROM earlier.event)"
    )
    return bool(now == then and connection.execute(query).fetchone())


def _altered(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    found = []
    for table, by_themselves in _BY_THEMSELVES.items():
        differs = _differs(connection, table, {"id", "version", *by_themselves})
        query = (
            f"SELECT now.id FROM main.{table} AS now JOIN earlier.{table} AS before USING (id)"
            f" WHERE now.version < before.version OR (now.version = before.version AND ({differs}))"
        )
        found += [(table, int(row_id)) for (row_id,) in connection.execute(query)]
    # a verdict stays as it was judged
    query = (
        "SELECT now.id FROM main.verdict AS now JOIN earlier.verdict AS before USING (id)"
        f" WHERE {_differs(connection, 'verdict', {'id'})}"
    )
    found += [("verdict", int(row_id)) for (row_id,) in connection.execute(query)]
    # phones have the version of their customer
    query = (
        "SELECT now.id FROM main.customer_phone AS now JOIN earlier.customer_phone AS before USING (id)"
        " JOIN main.customer AS owner ON owner.id = before.customer_id"
        " JOIN earlier.customer AS owned ON owned.id = owner.id AND owned.version = owner.version"
        f" WHERE {_differs(connection, 'customer_phone', {'id'})}"
    )
    found += [("customer_phone", int(row_id)) for (row_id,) in connection.execute(query)]
    return found


def _differs(connection: sqlite3.Connection, table: str, leaving_out: set[str]) -> str:
    columns = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
    return " OR ".join(f"now.{name} IS NOT before.{name}" for name in columns if name not in leaving_out)
