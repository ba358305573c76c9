"""Queries on follow-ups: what is due, one call sheet in full."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, func, or_, select, text
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.words import FollowUpStatus
from aftersales_tui.store import records, veil
from aftersales_tui.store.jobs import first_phone
from aftersales_tui.store.tables import Call, Customer, Device, FollowUp, Job, Product, Staff
from aftersales_tui.views.followups import FollowUpRow, FollowUpView

ROW: tuple[Any, ...] = (
    col(FollowUp.id).label("id"),
    col(FollowUp.version).label("version"),
    col(FollowUp.number).label("number"),
    col(FollowUp.kind).label("kind"),
    col(FollowUp.status).label("status"),
    col(FollowUp.due_on).label("due_on"),
    col(FollowUp.due_at).label("due_at"),
    col(FollowUp.attempts).label("attempts"),
    col(FollowUp.customer_id).label("customer_id"),
    func.coalesce(func.nullif(Customer.name, ""), Call.caller_name, "").label("customer_name"),
    func.coalesce(first_phone, Call.caller_phone, "").label("phone"),
    col(FollowUp.job_id).label("job_id"),
    col(Job.number).label("job_number"),
    col(FollowUp.call_id).label("call_id"),
    col(Call.number).label("call_number"),
    func.trim(func.coalesce(Product.brand, "") + " " + func.coalesce(Product.model, "")).label("product"),
    col(Job.outcome).label("outcome"),
    func.coalesce(Job.fault, Call.fault, "").label("fault"),
)


def _from(query: Select[Any]) -> Select[Any]:
    return (
        query.select_from(FollowUp)
        .join(Job, col(FollowUp.job_id) == col(Job.id), isouter=True)
        .join(Call, col(FollowUp.call_id) == col(Call.id), isouter=True)
        .join(Customer, col(FollowUp.customer_id) == col(Customer.id), isouter=True)
        .join(Device, func.coalesce(Job.device_id, Call.device_id) == col(Device.id), isouter=True)
        .join(Product, func.coalesce(Job.product_id, Device.product_id) == col(Product.id), isouter=True)
    )


DUE_FIRST = (col(FollowUp.due_on), col(FollowUp.due_at), col(FollowUp.id))
NEWEST = (col(FollowUp.id).desc(),)


def rows(
    session: Session, *conditions: Any, limit: int, order: tuple[Any, ...] = DUE_FIRST
) -> list[FollowUpRow]:
    """Follow-ups of a list, the one due first on top."""
    query = _from(select(*ROW)).where(*conditions).order_by(*order)
    return [FollowUpRow(**veil.row(session, row._mapping)) for row in session.execute(query.limit(limit))]


def count(session: Session, *conditions: Any) -> int:
    """How many follow-ups a list has in all."""
    return int(session.execute(select(func.count()).select_from(FollowUp).where(*conditions)).scalar_one())


# the words of the partial index itself, not a bound value: only so does SQLite use it
is_open = text("follow_up.status = 'open'")


def due_by(day: date) -> tuple[Any, ...]:
    """Open, and due on a day or before it."""
    return (is_open, col(FollowUp.due_on) <= day)


def due_after(day: date) -> tuple[Any, ...]:
    """Open, and not due yet on a day."""
    return (is_open, col(FollowUp.due_on) > day)


def late_at(day: date, moment: datetime) -> tuple[Any, ...]:
    """Open, and past their moment, or without one past their day."""
    past_its_day = and_(col(FollowUp.due_at).is_(None), col(FollowUp.due_on) < day)
    return (is_open, or_(past_its_day, col(FollowUp.due_at) < moment))


def with_status(status: FollowUpStatus) -> Any:
    """Those of one status."""
    return col(FollowUp.status) == status


def newest_of_job(session: Session, job_id: int) -> int | None:
    """The id of the newest follow-up of a job, an open one first."""
    query = select(col(FollowUp.id)).where(col(FollowUp.job_id) == job_id)
    order = (col(FollowUp.status) != FollowUpStatus.OPEN, col(FollowUp.id).desc())
    return session.execute(query.order_by(*order).limit(1)).scalar()


def number_for_call(session: Session, call_id: int) -> int | None:
    """The number of the newest follow-up of a call."""
    query = select(col(FollowUp.number)).where(col(FollowUp.call_id) == call_id)
    return session.execute(query.order_by(col(FollowUp.id).desc()).limit(1)).scalar()


def view(session: Session, follow_up_id: int) -> FollowUpView:
    """One follow-up in full, without its earlier calls. Raises ``NotFound``."""
    required(session, follow_up_id)
    query = _full().where(col(FollowUp.id) == follow_up_id)
    return FollowUpView(**veil.row(session, session.execute(query).one()._mapping))


@cache  # not at import: the lists of the first screen do not need it
def _full() -> Select[Any]:
    technician = aliased(Staff)
    columns = (
        *ROW,
        *(
            col(getattr(FollowUp, name)).label(name)
            for name in (
                "reached", "solved", "quality", "attitude", "overall", "score", "opinion",
                "promised", "promised_by", "lead", "recorded_at",
            )
        ),
        func.coalesce(Staff.name, "").label("recorded_by"),
        func.coalesce(Customer.notes, "").label("customer_notes"),
        func.coalesce(Job.action, "").label("work"),
        func.coalesce(technician.name, "").label("technician"),
        col(Job.completed_on).label("handed_over_on"),
        col(Job.promised_for).label("promised_for"),
        col(Job.first_ready_at).label("first_ready_at"),
    )  # fmt: skip
    return (
        _from(select(*columns))
        .join(Staff, col(FollowUp.recorded_by) == col(Staff.id), isouter=True)
        .join(technician, col(Job.assigned_to) == technician.id, isouter=True)
    )


def required(session: Session, follow_up_id: int) -> FollowUp:
    """The follow-up with that id. Raises ``NotFound``."""
    return records.required(session, FollowUp, "follow_up", follow_up_id)


def by_number(session: Session, number: int) -> FollowUp:
    """The follow-up of that number. Raises ``NotFound``."""
    shown = show_number(NumberKind.FOLLOW_UP, number)
    return records.numbered(session, FollowUp, "follow_up", col(FollowUp.number), number, shown)


def open_of_job(session: Session, job_id: int) -> list[FollowUp]:
    """The follow-ups of a job that still wait for a call."""
    query = select(FollowUp).where(col(FollowUp.job_id) == job_id, is_open)
    return list(session.execute(query).scalars())


def open_of_call(session: Session, call_id: int) -> list[FollowUp]:
    """The follow-ups of a call itself that still wait."""
    query = select(FollowUp).where(col(FollowUp.call_id) == call_id, is_open)
    return list(session.execute(query).scalars())
