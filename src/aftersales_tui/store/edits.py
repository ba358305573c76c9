"""Saving what a form changed: only the touched fields, against the version the form showed (house rule 3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session, SQLModel

from aftersales_tui.domain.errors import Clash, Conflict, NotFound, Problem
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.store import events

Row = TypeVar("Row", bound=SQLModel)


def save(
    session: Session,
    table: type[Row],
    record_id: int,
    *,
    shown: Mapping[str, object],
    changes: Mapping[str, object],
    kind: RecordKind,
    by: int,
    now: datetime,
    what: str = "changed",
) -> Row:
    """Write ``changes`` over the row that the form showed as ``shown`` (``version`` and the touched fields).

    Another field changed meanwhile: merged. The same field: ``Conflict`` with theirs and mine, and
    nothing is written. Raises ``NotFound`` when the row is not there.
    """
    row = session.get(table, record_id)
    if row is None:
        raise NotFound(Problem("not_found", kind.value, {"number": record_id}))
    if row.version != shown["version"]:  # type: ignore[attr-defined]
        _refuse_clashes(session, row, record_id, shown, changes, kind)
    before = {name: getattr(row, name) for name, value in changes.items() if getattr(row, name) != value}
    if not before:
        return row
    after = {name: changes[name] for name in before}
    for name, value in after.items():
        setattr(row, name, value)
    row.version += 1  # type: ignore[attr-defined]
    session.add(row)
    session.flush()
    events.record(session, now, by, kind, record_id, what, before=before, after=after)
    return row


def _refuse_clashes(
    session: Session,
    row: SQLModel,
    record_id: int,
    shown: Mapping[str, object],
    changes: Mapping[str, object],
    kind: RecordKind,
) -> None:
    touched = [
        Clash(name, shown.get(name), getattr(row, name), mine)
        for name, mine in changes.items()
        if name in shown and getattr(row, name) != shown[name]
    ]
    clashes = tuple(clash for clash in touched if clash.theirs != clash.mine)
    if not clashes:
        return
    last = events.newest(session, kind, record_id)
    merged = tuple(
        Clash(name, before, getattr(row, name), before)
        for name, before in shown.items()
        if name not in changes and name != "version" and getattr(row, name) != before
    )
    raise Conflict(
        clashes,
        merged=merged,
        who=last.who if last else "",
        when=last.at.isoformat() if last else "",
    )
