"""Writing and reading the append-only account of events."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import RowMapping, insert, select
from sqlmodel import Session, col

from aftersales_tui.domain.delays import StatusChange
from aftersales_tui.domain.words import JobStatus, RecordKind
from aftersales_tui.store.tables import Event, Staff

if TYPE_CHECKING:
    from aftersales_tui.views.history import EventView

SUPERVISOR_TOLD = "supervisor_told"
"""The event of a follow-up that the owner has to see."""


def plain(value: object) -> object:
    """A value as JSON holds it: days and instants as ISO text, words as their code."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value


def record(
    session: Session, at: datetime, by: int | None, kind: RecordKind, record_id: int, what: str, **data: Any
) -> None:
    """Append one event in the caller's transaction; ``before`` and ``after`` hold only what changed."""
    kept = {key: plain(value) for key, value in data.items() if value not in (None, "", {}, ())}
    session.execute(
        insert(Event).values(
            at=at,
            staff_id=by,
            record_kind=kind,
            record_id=record_id,
            what=what,
            data=json.dumps(kept, ensure_ascii=False) if kept else None,
        )
    )


_COLUMNS: tuple[Any, ...] = (
    col(Event.id).label("id"),
    col(Event.at).label("at"),
    col(Staff.name).label("who"),
    col(Event.record_kind).label("record_kind"),
    col(Event.record_id).label("record_id"),
    col(Event.what).label("what"),
    col(Event.data).label("data"),
)


def of_record(session: Session, kind: RecordKind, record_id: int, limit: int = 200) -> tuple[EventView, ...]:
    """The events of one record, newest first."""
    query = (
        select(*_COLUMNS)
        .join(Staff, col(Event.staff_id) == col(Staff.id), isouter=True)
        .where(col(Event.record_kind) == kind, col(Event.record_id) == record_id)
        .order_by(col(Event.id).desc())
        .limit(limit)
    )
    return tuple(_view(row._mapping) for row in session.execute(query))


def _view(row: RowMapping) -> EventView:
    from aftersales_tui.views.history import EventView

    return EventView(
        **{**row, "who": row["who"] or "", "data": json.loads(row["data"]) if row["data"] else {}}
    )


def statuses_of_jobs(session: Session, job_ids: Sequence[int]) -> dict[int, list[StatusChange]]:
    """Every status each job has had, oldest first."""
    query = (
        select(col(Event.record_id), col(Event.at), col(Event.data))
        .where(col(Event.record_kind) == RecordKind.JOB, col(Event.record_id).in_(job_ids))
        .order_by(col(Event.id))
    )
    found: dict[int, list[StatusChange]] = {job_id: [] for job_id in job_ids}
    for job_id, at, data in session.execute(query):
        status = (json.loads(data).get("after") or {}).get("status") if data else None
        if status is not None:
            found[job_id].append(StatusChange(at, JobStatus(status)))
    return found


def newest(session: Session, kind: RecordKind, record_id: int) -> EventView | None:
    """The last event of a record: who touched it, when."""
    found = of_record(session, kind, record_id, limit=1)
    return found[0] if found else None


def newest_at(session: Session) -> datetime | None:
    """The time of the newest event, by id."""
    return session.execute(select(col(Event.at)).order_by(col(Event.id).desc()).limit(1)).scalar()
