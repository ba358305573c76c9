"""Writing and reading the append-only account of events."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import RowMapping, Table, and_, func, select, text, update
from sqlmodel import Session, SQLModel, col

from aftersales_tui.domain.delays import StatusChange
from aftersales_tui.domain.words import BreakKind, JobStatus, RecordKind
from aftersales_tui.store import chain, veil
from aftersales_tui.store.stored import read_json
from aftersales_tui.store.tables import Event, Staff
from aftersales_tui.views.audit import Break

if TYPE_CHECKING:
    from aftersales_tui.views.history import EventPage, EventView

SUPERVISOR_TOLD = "supervisor_told"
"""The event of a follow-up that the owner has to see."""
ERASED = "erased"
"""The event of a record whose person was forgotten, with the data of all its events before."""


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


@dataclass(frozen=True, slots=True)
class Entry:
    """An event to write down; ``data`` as it is stored, JSON or nothing."""

    at: datetime
    staff_id: int | None
    record_kind: RecordKind
    record_id: int
    what: str
    data: str | None = None
    status: JobStatus | None = None
    """The status a job came to."""


def record(
    session: Session, at: datetime, by: int | None, kind: RecordKind, record_id: int, what: str, **data: Any
) -> None:
    """Append one event in the caller's transaction; ``before`` and ``after`` hold only what changed."""
    append(session, [entry(at, by, kind, record_id, what, **data)])


def entry(at: datetime, by: int | None, kind: RecordKind, record_id: int, what: str, **data: Any) -> Entry:
    """An event to append with others, as ``record`` appends it alone."""
    kept = {key: plain(value) for key, value in data.items() if value not in (None, "", {}, ())}
    written = json.dumps(kept, ensure_ascii=False) if kept else None
    return Entry(at, by, kind, record_id, what, written, _status(kind, kept))


def append(session: Session, entries: Iterable[Entry]) -> None:
    """Append events in the caller's transaction, each linked to the one before it (``store.chain``)."""
    last_id, last = session.execute(_TAIL).one()
    rows = []
    for one in entries:
        last_id += 1
        salt = chain.salt_for(one.data)
        digest = chain.digest_of(salt, one.data)
        at, kind = chain.stored_moment(one.at), one.record_kind.value
        status = one.status.value if one.status is not None else None
        last = chain.link(
            last, last_id, at, one.staff_id, kind, one.record_id, one.what, status, digest
        )  # fmt: skip
        rows.append(
            {"id": last_id, "at": at, "staff_id": one.staff_id, "record_kind": kind, "what": one.what,
             "record_id": one.record_id, "status": status, "data": one.data, "salt": salt,
             "digest": digest, "chain": last}
        )  # fmt: skip
    if rows:
        session.execute(_APPEND, rows)


def _status(kind: RecordKind, data: Mapping[str, Any]) -> JobStatus | None:
    after = data.get("after") if kind is RecordKind.JOB else None
    status = after.get("status") if isinstance(after, Mapping) else None
    return JobStatus(status) if status is not None else None


_EVENT: Table = SQLModel.metadata.tables[str(Event.__tablename__)]
_AT_ONCE = 10_000
# by hand, because it is written with every step anybody takes
_TAIL = text("SELECT event_id, chain FROM event_tail")
_APPEND = text(
    "INSERT INTO event (id, at, staff_id, record_kind, record_id, what, status, data, salt, digest, chain)"
    " VALUES (:id, :at, :staff_id, :record_kind, :record_id, :what, :status, :data, :salt, :digest, :chain)"
)

_COLUMNS: tuple[Any, ...] = (
    col(Event.id).label("id"),
    col(Event.at).label("at"),
    col(Staff.name).label("who"),
    col(Event.record_kind).label("record_kind"),
    col(Event.record_id).label("record_id"),
    col(Event.what).label("what"),
    col(Event.status).label("status"),
    col(Event.data).label("data"),
    and_(col(Event.data).is_(None), col(Event.digest) != chain.OF_NOTHING).label("forgotten"),
)


def of_record(
    session: Session, kind: RecordKind, record_id: int, limit: int = 200, before: int | None = None
) -> tuple[EventView, ...]:
    """The events of one record, newest first; with ``before`` those older than that event."""
    of_it = col(Event.record_kind) == kind, col(Event.record_id) == record_id
    older = () if before is None else (col(Event.id) < before,)
    query = (
        select(*_COLUMNS)
        .join(Staff, col(Event.staff_id) == col(Staff.id), isouter=True)
        .where(*of_it, *older)
        .order_by(col(Event.id).desc())
        .limit(limit)
    )
    rows = [row._mapping for row in session.execute(query)]
    if not any(row["forgotten"] for row in rows):
        return tuple(_view(session, row) for row in rows)
    erasures = (
        select(col(Event.id), col(Event.at), col(Staff.name))
        .join(Staff, col(Event.staff_id) == col(Staff.id), isouter=True)
        .where(*of_it, col(Event.what) == ERASED)
        .order_by(col(Event.id))
    )
    found = [tuple(row) for row in session.execute(erasures)]
    return tuple(
        _view(session, row, next((one for one in found if one[0] > row["id"]), None)) for row in rows
    )


def page(
    session: Session, kind: RecordKind, record_id: int, limit: int, before: int | None = None
) -> EventPage:
    """One page of the events of a record, newest first."""
    from aftersales_tui.views.history import EventPage

    of_it = col(Event.record_kind) == kind, col(Event.record_id) == record_id
    total = session.execute(select(func.count()).where(*of_it)).scalar_one()
    newer = 0
    if before is not None:
        newer = session.execute(select(func.count()).where(*of_it, col(Event.id) >= before)).scalar_one()
    found = of_record(session, kind, record_id, limit, before)
    more = newer + len(found) < total
    return EventPage(
        events=found, total=total, first=newer + 1, older=found[-1].id if found and more else None
    )


def of_kind(
    session: Session, kind: RecordKind, whats: Sequence[str], after: int = 0
) -> tuple[EventView, ...]:
    """The events of one kind of record that say one of ``whats``, later than the event ``after``."""
    query = (
        select(*_COLUMNS)
        .join(Staff, col(Event.staff_id) == col(Staff.id), isouter=True)
        .where(col(Event.record_kind) == kind, col(Event.what).in_(whats), col(Event.id) > after)
        .order_by(col(Event.id))
    )
    return tuple(_view(session, row._mapping) for row in session.execute(query))


def _view(session: Session, row: RowMapping, erased: tuple[int, datetime, str] | None = None) -> EventView:
    from aftersales_tui.views.history import EventView

    forgotten = erased if row["forgotten"] else None
    return EventView(
        id=row["id"],
        at=row["at"],
        who=row["who"] or "",
        record_kind=row["record_kind"],
        record_id=row["record_id"],
        what=row["what"],
        data=veil.data(session, read_json(row["data"])) if row["data"] else {},
        status=row["status"] or "",
        erased_at=forgotten[1] if forgotten else None,
        erased_by=(forgotten[2] or "") if forgotten else "",
    )


def statuses_of_jobs(session: Session, job_ids: Sequence[int]) -> dict[int, list[StatusChange]]:
    """Every status each job has had, oldest first."""
    query = (
        select(col(Event.record_id), col(Event.at), col(Event.status))
        .where(
            col(Event.record_kind) == RecordKind.JOB,
            col(Event.record_id).in_(job_ids),
            col(Event.status).is_not(None),
        )
        .order_by(col(Event.id))
    )
    found: dict[int, list[StatusChange]] = {job_id: [] for job_id in job_ids}
    for job_id, at, status in session.execute(query):
        found[job_id].append(StatusChange(at, status))
    return found


def newest(session: Session, kind: RecordKind, record_id: int) -> EventView | None:
    """The last event of a record: who touched it, when."""
    found = of_record(session, kind, record_id, limit=1)
    return found[0] if found else None


def newest_at(session: Session) -> datetime | None:
    """The time of the newest event, by id."""
    return session.execute(select(col(Event.at)).order_by(col(Event.id).desc()).limit(1)).scalar()


def forget_data(session: Session, event_ids: Sequence[int]) -> None:
    """Forget what these events say of before and after; that they happened stays proven.

    Whoever calls this records ``ERASED`` for every record they belong to.
    """
    for first in range(0, len(event_ids), _AT_ONCE):
        some = event_ids[first : first + _AT_ONCE]
        known = col(Event.id).in_(some), col(Event.data).is_not(None)
        session.execute(update(_EVENT).where(*known).values(data=None, salt=None))


def tail(session: Session) -> tuple[int, bytes]:
    """The id and the chain value of the last event, as they are kept beside the account."""
    found = session.execute(_TAIL).one_or_none()
    return (found[0], found[1]) if found else (0, b"")


def verify_chain(session: Session) -> Break | None:
    """Where the account was changed by other means than this program; None when it is whole.

    Reads every event once. A change to the last events together with the tail is only found by a value
    of the chain that was kept elsewhere.
    """
    end_id, end = tail(session)
    last_id, last = 0, chain.START
    forgotten: dict[tuple[str, int], int] = {}
    rows = session.connection().execution_options(yield_per=_AT_ONCE).exec_driver_sql(_EVERY)
    waiting: tuple[int, bytes, bytes] | None = None
    for event_id, at, staff_id, kind, record_id, what, status, data, salt, digest, value in rows:
        sealed = (event_id, at, staff_id, kind, record_id, what, status, digest)
        if waiting is not None:
            # without the event before, this one fits: somebody put that one in
            odd, before_odd, _ = waiting
            inserted = chain.link(before_odd, *sealed) == value
            return Break(odd, BreakKind.INSERTED if inserted else BreakKind.CHANGED)
        if (data is None) != (salt is None) or (data is not None and chain.digest_of(salt, data) != digest):
            return Break(event_id, BreakKind.DATA)
        if chain.link(last, *sealed) != value:
            if event_id > last_id + 1:
                return Break(last_id + 1, BreakKind.REMOVED)
            waiting = (event_id, last, value)
            continue
        if what == ERASED:
            forgotten.pop((kind, record_id), None)
        elif data is None and digest != chain.OF_NOTHING:
            forgotten.setdefault((kind, record_id), event_id)
        last_id, last = event_id, value
    if waiting is not None:
        inserted = end == waiting[1]
        return Break(waiting[0], BreakKind.INSERTED if inserted else BreakKind.CHANGED)
    if forgotten:
        return Break(min(forgotten.values()), BreakKind.FORGOTTEN)
    if end == last and end_id == last_id:
        return None
    return Break(last_id + 1, BreakKind.CUT_OFF) if end_id > last_id else Break(last_id, BreakKind.INSERTED)


_EVERY = (
    "SELECT id, at, staff_id, record_kind, record_id, what, status, data, salt, digest, chain"
    " FROM event ORDER BY id"
)
