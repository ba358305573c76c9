"""Text that no door of the program let in: written into the shop file by something else."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping
from itertools import cycle

from hostile_shop import Told

from aftersales_tui.domain.words import RecordKind
from aftersales_tui.store import events
from shops import Desk

COLUMNS: Mapping[str, Mapping[str, int]] = {
    "customer": {
        "name": 500, "region": 500, "address": 2_000, "email": 500, "price_group": 100, "notes": 20_000,
    },
    "customer_phone": {"raw": 500, "label": 100},
    "product": {"brand": 200, "model": 200},
    "device": {"serial": 200, "invoice_no": 200, "seller": 500, "place": 2_000, "notes": 20_000},
    "call": {"caller_name": 500, "caller_phone": 500, "fault": 20_000},
    "job": {
        "fault": 20_000, "intake": 20_000, "shelf": 100, "wait_note": 20_000, "finding": 20_000,
        "cause": 20_000, "action": 20_000, "parts_used": 20_000, "checks": 20_000, "advice": 20_000,
    },
    "follow_up": {"opinion": 20_000, "promised": 2_000},
    "staff": {"name": 200},
}  # fmt: skip
"""Every column that people's words stand in, with the characters it holds."""


def plant(desk: Desk, told: Told, texts: list[str]) -> None:
    """Puts the texts into every column of a story as they are, controls and all."""
    rows = {"customer": told.customer, "device": told.device, "call": told.call, "job": told.job,
            "follow_up": told.follow_up}  # fmt: skip
    coming = _storable(texts)
    with contextlib.closing(sqlite3.connect(desk.shop.path)) as file, file:
        for table, columns in COLUMNS.items():
            where = "1" if table not in rows else f"id = {rows[table]}"
            for column, limit in columns.items():
                text = next(coming)[:limit] or " "
                file.execute(f"UPDATE {table} SET {column} = ? WHERE {where}", (text,))
        for key in ("name", "address", "phone"):
            file.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, next(coming)[:200]))
    with desk.shop.store.writing() as session:
        for kind, record in ((RecordKind.CUSTOMER, told.customer), (RecordKind.JOB, told.job),
                             (RecordKind.CALL, told.call), (RecordKind.DEVICE, told.device)):  # fmt: skip
            changed = {"name": next(coming), "serial": next(coming), "status": next(coming)}
            events.record(
                session, desk.clock.now, desk.clerk, kind, record, "changed", before=changed,
                after={"name": next(coming), "phones": [next(coming)], next(coming): next(coming)},
                reason=next(coming),
            )  # fmt: skip
            events.record(session, desk.clock.now, desk.clerk, kind, record, "note", note=next(coming))


def _storable(texts: list[str]) -> Iterator[str]:
    """The texts again and again, without what no file can hold."""
    return cycle([text.encode("utf-8", "ignore").decode() for text in texts])
