"""Copying a shop into an empty file with every date moved by the same number of days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Table, delete, insert, select
from sqlmodel import SQLModel

from aftersales_tui.store import events, search
from aftersales_tui.store.engine import Store
from aftersales_tui.store.tables import Counter, Event, EventTail, SearchDoc, VerdictRow, every_table

_ISO_DAY = re.compile(r"(?<![0-9])[12][0-9]{3}-[01][0-9]-[0-3][0-9](?![0-9])")
_JSON = {(Event.__tablename__, "data"), (VerdictRow.__tablename__, "judged")}
_EVENT: Table = SQLModel.metadata.tables[str(Event.__tablename__)]
_EVENTS = select(_EVENT).order_by(*_EVENT.primary_key)
_CHAINED = (_EVENT.name, EventTail.__tablename__)
_MAY_LIE_AHEAD = ("promised_call_back", "appointment_at", "due_at")
_DAY_OF_IDS = 86_400_000_000


def copy_moved(source: Store, target: Store, days: int, now: datetime) -> None:
    """Everything of ``source`` in the empty shop file ``target``, ``days`` later.

    What has happened by then happened at ``now`` at the latest; only what is promised may lie ahead.
    """
    with source.reading() as old, target.in_one_go(), target.writing() as new:
        new.execute(delete(Counter))
        for table in every_table().values():
            if table.name in _CHAINED:
                continue
            found = old.execute(select(table).order_by(*table.primary_key)).mappings()
            if rows := [_moved(table, row, days, now) for row in found]:
                new.execute(insert(table), rows)
        events.append(new, (_event(row, days, now) for row in old.execute(_EVENTS).mappings()))
        search.reindex(new)


def _event(row: Mapping[Any, Any], days: int, now: datetime) -> events.Entry:
    """An event as it is told with other dates, to be linked anew."""
    moved = _moved(_EVENT, row, days, now)
    return events.Entry(**{name: moved[name] for name in events.Entry.__slots__})


def _moved(table: Table, row: Mapping[Any, Any], days: int, now: datetime) -> dict[str, Any]:
    return {column.name: _value(table, column, row[column.name], days, now) for column in table.columns}


def _value(table: Table, column: Column[Any], value: Any, days: int, now: datetime) -> Any:
    if isinstance(value, datetime):
        moved = value + timedelta(days=days)
        return moved if column.name in _MAY_LIE_AHEAD else min(moved, now)
    if isinstance(value, date):
        return value + timedelta(days=days)
    if value is not None and (table.name, column.name) in _JSON:
        return _ISO_DAY.sub(lambda found: _later(found[0], days), value)
    if table.name == SearchDoc.__tablename__ and column.name == "id":
        return value + days * _DAY_OF_IDS
    return value


def _later(text: str, days: int) -> str:
    try:
        return (date.fromisoformat(text) + timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return text
