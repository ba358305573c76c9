"""The month in SQL: grouped counts over closed ranges of days and instants, and the times medians need.

The queries are built once; a month is given to them as the values of its ``Span``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Integer,
    and_,
    bindparam,
    case,
    cast,
    extract,
    func,
    literal,
    select,
)
from sqlmodel import Session, col

from aftersales_tui.domain.words import (
    CallKind,
    Channel,
    Coverage,
    FollowUpStatus,
    JobStatus,
    Outcome,
    Reached,
    Satisfaction,
)
from aftersales_tui.store.tables import Call, FollowUp, Job, Staff


@dataclass(frozen=True, slots=True)
class Span:
    """A month: its days ``first`` … before ``after``, and the same as instants."""

    first: date
    after: date
    start: datetime
    end: datetime

    @property
    def days(self) -> dict[str, date]:
        """The values of a query over days."""
        return {"first": self.first, "after": self.after}

    @property
    def instants(self) -> dict[str, datetime]:
        """The values of a query over instants."""
        return {"start": self.start, "end": self.end}


_first: BindParameter[date] = bindparam("first")
_after: BindParameter[date] = bindparam("after")
_start: BindParameter[datetime] = bindparam("start")
_end: BindParameter[datetime] = bindparam("end")
_closed_in = (col(Job.completed_on) >= _first, col(Job.completed_on) < _after)

_CALLS = (
    select(col(Call.kind), col(Call.channel), func.count())
    .where(col(Call.at) >= _start, col(Call.at) < _end)
    .group_by(col(Call.kind), col(Call.channel))
)
_same = (col(Job.status), col(Job.outcome), col(Job.coverage), col(Job.assigned_to))
_CLOSED = select(*_same, func.count()).where(*_closed_in).group_by(*_same)
_CLOSED_BY_DAY = (
    select(col(Job.completed_on), func.count()).where(*_closed_in).group_by(col(Job.completed_on))
)
_moments = (col(Job.taken_in_at), col(Job.first_ready_at))
_STAYS = select(
    col(Job.assigned_to), *(cast(extract("epoch", moment), BigInteger) for moment in _moments)
).where(
    *_closed_in,
    col(Job.status) != JobStatus.CANCELLED,
    *(moment.is_not(None) for moment in _moments),
)
_OPEN = select(func.count()).where(col(Job.opened_at) < _end, col(Job.completed_on).is_(None))
_CLOSED_LATER = select(func.count()).where(col(Job.opened_at) < _end, col(Job.completed_on) >= _after)
_made = and_(col(FollowUp.status) == FollowUpStatus.DONE, col(FollowUp.reached) != Reached.WRONG_NUMBER)
_DUE = select(func.count(), func.count(case((_made, 1)))).where(
    col(FollowUp.first_due_on) >= _first,
    col(FollowUp.first_due_on) < _after,
    col(FollowUp.status) != FollowUpStatus.VOID,
)
_ANSWERS = (
    select(col(FollowUp.overall), col(Job.assigned_to), func.count())
    .join(Job, col(FollowUp.job_id) == col(Job.id), isouter=True)
    .where(
        col(FollowUp.recorded_at) >= _start,
        col(FollowUp.recorded_at) < _end,
        col(FollowUp.overall).is_not(None),
    )
    .group_by(col(FollowUp.overall), col(Job.assigned_to))
)
_NAMES = select(col(Staff.id), col(Staff.name))


def calls(session: Session, span: Span) -> list[tuple[CallKind, Channel, int]]:
    """How many calls of each kind came by each channel in the month."""
    return [(kind, channel, n) for kind, channel, n in session.execute(_CALLS, span.instants)]


def opened(session: Session, span: Span, weeks: Sequence[datetime]) -> dict[int, int]:
    """How many jobs were opened in the month, by the place in ``weeks`` of the start of their week."""
    place = case(
        *((col(Job.opened_at) < start, literal(n, Integer)) for n, start in enumerate(weeks[1:])),
        else_=len(weeks) - 1,
    ).label("place")
    query = (
        select(place, func.count())
        .where(col(Job.opened_at) >= span.start, col(Job.opened_at) < span.end)
        .group_by(place)
    )
    return dict(session.execute(query).all())


@dataclass(frozen=True, slots=True)
class ClosedJobs:
    """How many jobs were completed in the month with the same status, outcome, coverage and technician."""

    status: JobStatus
    outcome: Outcome | None
    coverage: Coverage | None
    technician_id: int | None
    count: int


def closed(session: Session, span: Span) -> list[ClosedJobs]:
    """The jobs completed in the month, by completion day."""
    return [ClosedJobs(*row) for row in session.execute(_CLOSED, span.days)]


def closed_by_day(session: Session, span: Span) -> dict[date, int]:
    """How many jobs were completed on each day of the month."""
    return {day: n for day, n in session.execute(_CLOSED_BY_DAY, span.days) if day is not None}


def stays(session: Session, span: Span) -> list[tuple[int | None, int, int]]:
    """Technician, take-in and first ready of the jobs completed in the month; cancelled ones left out.

    The moments are seconds since 1970: of thousands of rows they are read in half the time of instants.
    """
    # past the session, which would look at every row for records it knows
    rows = session.connection().execute(_STAYS, span.days).all()
    return [(row[0], row[1], row[2]) for row in rows]


def open_at(session: Session, span: Span) -> int:
    """Jobs opened before the month's end and not completed in it or before."""
    still = session.execute(_OPEN, {"end": span.end}).scalar_one()
    later = session.execute(_CLOSED_LATER, {"end": span.end, "after": span.after}).scalar_one()
    return int(still) + int(later)


def follow_ups_due(session: Session, span: Span) -> tuple[int, int]:
    """Follow-ups whose first due day lies in the month, and how many of them were made."""
    due, made = session.execute(_DUE, span.days).one()
    return int(due), int(made)


def answers(session: Session, span: Span) -> list[tuple[Satisfaction, int | None, int]]:
    """The satisfaction answers recorded in the month, by the technician of the job."""
    found = session.execute(_ANSWERS, span.instants)
    return [(answer, technician_id, n) for answer, technician_id, n in found if answer is not None]


def technician_names(session: Session) -> dict[int, str]:
    """Everybody who ever worked here, by id."""
    return {staff_id: name for staff_id, name in session.execute(_NAMES) if staff_id is not None}
