"""The events of a file without chain, linked one to the other."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from aftersales_tui.store import chain

_AT_ONCE = 10_000


def run(connection: sqlite3.Connection) -> None:
    """Bring the events over into the table with chain, oldest first, and take the old table away."""
    known = "SELECT id, at, staff_id, record_kind, record_id, what, data FROM event_without_chain ORDER BY id"
    connection.executemany(
        "INSERT INTO event"
        " (id, at, staff_id, record_kind, record_id, what, status, data, salt, digest, chain)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        _linked(connection.execute(known)),
    )
    connection.execute("DROP TABLE event_without_chain")


def _linked(events: sqlite3.Cursor) -> Iterator[tuple[Any, ...]]:
    last = chain.START
    while some := events.fetchmany(_AT_ONCE):
        for event_id, at, staff_id, kind, record_id, what, data in some:
            status = _status(data) if kind == "job" else None
            salt = chain.salt_for(data)
            digest = chain.digest_of(salt, data)
            last = chain.link(last, event_id, at, staff_id, kind, record_id, what, status, digest)
            yield event_id, at, staff_id, kind, record_id, what, status, data, salt, digest, last


def _status(data: str | None) -> str | None:
    """The status a job came to, as its event says it."""
    after = (json.loads(data).get("after") or {}) if data else {}
    status = after.get("status")
    return status if isinstance(status, str) else None
