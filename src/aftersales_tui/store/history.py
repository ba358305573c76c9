"""What happened to a customer or a device: calls, jobs and follow-ups in one list, newest first."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.words import CallStatus, FollowUpStatus, RecordKind
from aftersales_tui.domain.workflow import CLOSED
from aftersales_tui.store.tables import Call, Device, FollowUp, Job, Product
from aftersales_tui.views.history import HistoryRow


def _jobs(session: Session, *conditions: Any, limit: int) -> list[HistoryRow]:
    query = (
        select(Job, Product)
        .join(Product, col(Job.product_id) == col(Product.id), isouter=True)
        .where(*conditions)
        .order_by(col(Job.opened_at).desc(), col(Job.id).desc())
        .limit(limit)
    )
    return [
        HistoryRow(
            kind=RecordKind.JOB,
            id=job.id or 0,
            number=job.number,
            at=job.closed_at or job.opened_at,
            product=f"{of.brand} {of.model}".strip() if of else "",
            text=job.fault,
            status=job.status.value,
            result=job.outcome.value if job.outcome else "",
            coverage=job.coverage.value if job.coverage else "",
            device_id=job.device_id,
        )
        for job, of in session.execute(query)
    ]


def _calls(session: Session, *conditions: Any, limit: int) -> list[HistoryRow]:
    query = (
        select(Call, Product)
        .join(Device, col(Call.device_id) == col(Device.id), isouter=True)
        .join(Product, col(Device.product_id) == col(Product.id), isouter=True)
        .where(*conditions)
        .order_by(col(Call.at).desc(), col(Call.id).desc())
        .limit(limit)
    )
    return [
        HistoryRow(
            kind=RecordKind.CALL,
            id=call.id or 0,
            number=call.number,
            at=call.at,
            product=f"{of.brand} {of.model}".strip() if of else "",
            text=call.fault,
            status=call.status.value,
            result=call.resolution.value if call.resolution else "",
            device_id=call.device_id,
        )
        for call, of in session.execute(query)
    ]


def _follow_ups(session: Session, customer_id: int, limit: int) -> list[HistoryRow]:
    query = (
        select(FollowUp, col(Job.number), col(Call.number))
        .join(Job, col(FollowUp.job_id) == col(Job.id), isouter=True)
        .join(Call, col(FollowUp.call_id) == col(Call.id), isouter=True)
        .where(col(FollowUp.customer_id) == customer_id, col(FollowUp.status) == FollowUpStatus.DONE)
        .order_by(col(FollowUp.id).desc())
        .limit(limit)
    )
    return [
        HistoryRow(
            kind=RecordKind.FOLLOW_UP,
            id=row.id or 0,
            number=row.number,
            at=row.recorded_at,
            product=_about(job_number, call_number),
            text=row.opinion,
            status=row.status.value,
            result=row.overall.value if row.overall else row.reached.value if row.reached else "",
        )
        for row, job_number, call_number in session.execute(query)
        if row.recorded_at is not None
    ]


def _about(job_number: int | None, call_number: int | None) -> str:
    if job_number:
        return show_number(NumberKind.JOB, job_number)
    return show_number(NumberKind.CALL, call_number) if call_number else ""


def open_items(session: Session, customer_id: int, limit: int = 50) -> tuple[HistoryRow, ...]:
    """Open jobs and calls of a customer, newest first."""
    jobs = _jobs(session, col(Job.customer_id) == customer_id, col(Job.status).not_in(CLOSED), limit=limit)
    calls = _calls(
        session, col(Call.customer_id) == customer_id, col(Call.status) != CallStatus.CLOSED, limit=limit
    )
    return tuple(sorted([*jobs, *calls], key=lambda row: row.at, reverse=True))


def of_customer(session: Session, customer_id: int, limit: int = 100) -> tuple[HistoryRow, ...]:
    """What is closed: jobs, calls that led to no job, follow-ups; newest first."""
    jobs = _jobs(session, col(Job.customer_id) == customer_id, col(Job.status).in_(CLOSED), limit=limit)
    calls = _calls(
        session, col(Call.customer_id) == customer_id, col(Call.status) == CallStatus.CLOSED, limit=limit
    )
    rows = [*jobs, *(c for c in calls if c.result != "job_opened"), *_follow_ups(session, customer_id, limit)]
    return tuple(sorted(rows, key=lambda row: row.at, reverse=True)[:limit])


def of_device(session: Session, device_id: int, limit: int = 50) -> tuple[HistoryRow, ...]:
    """Jobs and unanswered calls of one unit, newest first (DEV-6)."""
    jobs = _jobs(session, col(Job.device_id) == device_id, limit=limit)
    calls = _calls(session, col(Call.device_id) == device_id, limit=limit)
    rows = [*jobs, *(call for call in calls if call.result != "job_opened")]
    return tuple(sorted(rows, key=lambda row: row.at, reverse=True)[:limit])
