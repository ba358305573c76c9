"""The month in SQL: grouped counts over closed ranges of days and instants, and the rows medians need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlmodel import Session, col

from aftersales_tui.domain.words import Coverage, FollowUpStatus, JobStatus, Outcome, Reached, Satisfaction
from aftersales_tui.store.jobs import is_open
from aftersales_tui.store.tables import Call, FollowUp, Job, Staff


@dataclass(frozen=True, slots=True)
class Span:
    """A month: its days ``first`` … before ``after``, and the same as instants."""

    first: date
    after: date
    start: datetime
    end: datetime


def _grouped(session: Session, key: Any, *conditions: Any) -> dict[Any, int]:
    query = select(key, func.count()).where(*conditions).group_by(key)
    return {value: int(n) for value, n in session.execute(query)}


def calls_by(session: Session, span: Span, column: Any) -> dict[Any, int]:
    """Calls of the month by kind or by channel."""
    return _grouped(session, column, col(Call.at) >= span.start, col(Call.at) < span.end)


def opened(session: Session, span: Span) -> list[datetime]:
    """When the jobs of the month were opened."""
    query = select(col(Job.opened_at)).where(col(Job.opened_at) >= span.start, col(Job.opened_at) < span.end)
    return list(session.execute(query).scalars())


@dataclass(frozen=True, slots=True)
class ClosedJob:
    """What the month needs of one job completed in it."""

    completed_on: date
    status: JobStatus
    outcome: Outcome | None
    coverage: Coverage | None
    technician: str | None
    taken_in_at: datetime | None
    first_ready_at: datetime | None


def closed(session: Session, span: Span) -> Iterable[ClosedJob]:
    """The jobs completed in the month, by completion day."""
    query = (
        select(
            col(Job.completed_on),
            col(Job.status),
            col(Job.outcome),
            col(Job.coverage),
            col(Staff.name),
            col(Job.taken_in_at),
            col(Job.first_ready_at),
        )
        .join(Staff, col(Job.assigned_to) == col(Staff.id), isouter=True)
        .where(col(Job.completed_on) >= span.first, col(Job.completed_on) < span.after)
    )
    return (ClosedJob(*row) for row in session.execute(query))


def open_at(session: Session, span: Span) -> int:
    """Jobs opened before the month's end and not completed in it or before."""
    begun = select(func.count()).select_from(Job).where(col(Job.opened_at) < span.end)
    still = session.execute(begun.where(is_open)).scalar_one()
    later = session.execute(begun.where(col(Job.completed_on) >= span.after)).scalar_one()
    return int(still) + int(later)


def follow_ups_due(session: Session, span: Span) -> tuple[int, int]:
    """Follow-ups whose first due day lies in the month, and how many of them were made."""
    due = (
        col(FollowUp.first_due_on) >= span.first,
        col(FollowUp.first_due_on) < span.after,
        col(FollowUp.status) != FollowUpStatus.VOID,
    )
    made = and_(col(FollowUp.status) == FollowUpStatus.DONE, col(FollowUp.reached) != Reached.WRONG_NUMBER)
    total = session.execute(select(func.count()).select_from(FollowUp).where(*due)).scalar_one()
    done = session.execute(select(func.count()).select_from(FollowUp).where(*due, made)).scalar_one()
    return int(total), int(done)


def answers(session: Session, span: Span) -> list[tuple[Satisfaction, str | None]]:
    """The satisfaction answers recorded in the month, with the technician of the job."""
    query = (
        select(col(FollowUp.overall), col(Staff.name))
        .join(Job, col(FollowUp.job_id) == col(Job.id), isouter=True)
        .join(Staff, col(Job.assigned_to) == col(Staff.id), isouter=True)
        .where(
            col(FollowUp.recorded_at) >= span.start,
            col(FollowUp.recorded_at) < span.end,
            col(FollowUp.overall).is_not(None),
        )
    )
    return [(overall, name) for overall, name in session.execute(query) if overall is not None]
