"""Saving what a form changed: only the touched fields, against the version the form showed (house rule 3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session, SQLModel

from aftersales_tui.domain.errors import Clash, Conflict
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.store import events, records

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
    nothing is written. A field left as it was shown never undoes what somebody else wrote there.
    Raises ``NotFound`` when the row is not there.
    """
    row = records.required(session, table, kind.value, record_id)
    if row.version != shown["version"]:  # type: ignore[attr-defined]
        now_stored = {name: getattr(row, name) for name in shown if name in type(row).model_fields}
        refuse_clashes(session, kind, record_id, shown=shown, stored=now_stored, changes=changes)
    changes = {name: value for name, value in changes.items() if name not in shown or value != shown[name]}
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


def refuse_clashes(
    session: Session,
    kind: RecordKind,
    record_id: int,
    *,
    shown: Mapping[str, object],
    stored: Mapping[str, object],
    changes: Mapping[str, object],
) -> None:
    """Raises ``Conflict`` for the fields that were changed both here and, since ``shown``, in the file.

    Only fields that stand both in ``shown`` and in ``stored`` are compared.
    """
    common = [name for name in shown if name in stored and name != "version" and stored[name] != shown[name]]
    clashes = tuple(
        Clash(name, shown[name], stored[name], changes[name])
        for name in common
        if name in changes and changes[name] not in (shown[name], stored[name])
    )
    if not clashes:
        return
    last = events.newest(session, kind, record_id)
    merged = tuple(
        Clash(name, shown[name], stored[name], shown[name])
        for name in common
        if name not in {clash.field for clash in clashes}
    )
    raise Conflict(
        clashes,
        merged=merged,
        who=last.who if last else "",
        when=last.at.isoformat() if last else "",
    )
