"""Which calls, jobs and follow-ups a measure of the month counts: the same conditions as the counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, or_, select
from sqlmodel import Session, col

from aftersales_tui.domain.words import (
    CallKind,
    Channel,
    Coverage,
    FollowUpStatus,
    JobStatus,
    Outcome,
    Reached,
    RecordKind,
    Satisfaction,
    Solved,
)
from aftersales_tui.store.events import SUPERVISOR_TOLD
from aftersales_tui.store.reports import Span
from aftersales_tui.store.tables import Call, Event, FollowUp, Job, Staff

Conditions = tuple[Any, ...]

IN_WARRANTY = (Coverage.COVERED, Coverage.PARTLY_COVERED, Coverage.CONTRACT)
_NAMED_KINDS = (CallKind.REPAIR, CallKind.PROGRESS, CallKind.COMPLAINT, CallKind.ADVICE)
_NAMED_CHANNELS = (Channel.PHONE, Channel.WALK_IN)
_NAMED_OUTCOMES = (
    Outcome.FIXED, Outcome.PARTLY_FIXED, Outcome.NO_FAULT_FOUND, Outcome.NOT_REPAIRABLE, Outcome.DECLINED,
)  # fmt: skip

_CALLS: Mapping[str, Conditions] = {
    "calls": (),
    **{f"calls.{kind}": (col(Call.kind) == kind,) for kind in _NAMED_KINDS},
    "calls.other": (col(Call.kind).not_in(_NAMED_KINDS),),
    **{f"calls.{way}": (col(Call.channel) == way,) for way in _NAMED_CHANNELS},
    "calls.other_channels": (col(Call.channel).not_in(_NAMED_CHANNELS),),
}

_CLOSED_JOBS: Mapping[str, Conditions] = {
    "jobs.closed": (),
    "jobs.in_warranty": (col(Job.coverage).in_(IN_WARRANTY),),
    "jobs.out_of_warranty": (col(Job.coverage).not_in((*IN_WARRANTY, Coverage.GOODWILL)),),
    "jobs.goodwill": (col(Job.coverage) == Coverage.GOODWILL,),
    "jobs.not_judged": (col(Job.coverage).is_(None),),
    **{f"jobs.{end}": (col(Job.outcome) == end,) for end in _NAMED_OUTCOMES},
    "jobs.other_outcomes": (or_(col(Job.outcome).is_(None), col(Job.outcome).not_in(_NAMED_OUTCOMES)),),
    "turnaround": (
        col(Job.status) != JobStatus.CANCELLED,
        col(Job.taken_in_at).is_not(None),
        col(Job.first_ready_at).is_not(None),
    ),
}

_ANSWERS: Mapping[str, Conditions] = {
    "satisfied": (col(FollowUp.overall).in_((Satisfaction.VERY_SATISFIED, Satisfaction.SATISFIED)),),
    "score": (col(FollowUp.overall).is_not(None),),
}


def calls(measure: str, span: Span) -> Conditions | None:
    """The calls that a measure counts; None when it does not count calls."""
    if measure not in _CALLS:
        return None
    return (col(Call.at) >= span.start, col(Call.at) < span.end, *_CALLS[measure])


def jobs(measure: str, span: Span) -> Conditions | None:
    """The jobs that a measure counts; None when it does not count jobs."""
    if measure == "jobs.opened":
        return (col(Job.opened_at) >= span.start, col(Job.opened_at) < span.end)
    if measure == "jobs.open_at_end":
        later = or_(col(Job.completed_on).is_(None), col(Job.completed_on) >= span.after)
        return (col(Job.opened_at) < span.end, later)
    if measure in _CLOSED_JOBS:
        return (*_completed(span), *_CLOSED_JOBS[measure])
    return None


def follow_ups(measure: str, span: Span) -> Conditions | None:
    """The follow-ups that a measure counts; None when it does not count follow-ups."""
    due = (
        col(FollowUp.first_due_on) >= span.first,
        col(FollowUp.first_due_on) < span.after,
        col(FollowUp.status) != FollowUpStatus.VOID,
    )
    if measure == "follow_ups.due":
        return due
    if measure == "follow_ups.made":
        made = col(FollowUp.status) == FollowUpStatus.DONE
        return (*due, made, col(FollowUp.reached) != Reached.WRONG_NUMBER)
    if measure == "unhappy":
        return (_unhappy(span),)
    if measure in _ANSWERS:
        recorded = (col(FollowUp.recorded_at) >= span.start, col(FollowUp.recorded_at) < span.end)
        return (*recorded, *_ANSWERS[measure])
    return None


def of_technician(name: str, span: Span) -> Conditions:
    """The jobs of a person that were completed in the month."""
    theirs = col(Job.assigned_to).in_(select(col(Staff.id)).where(col(Staff.name) == name))
    return (*_completed(span), theirs)


def of_week(first: date, after: date, zone: ZoneInfo) -> Conditions:
    """The jobs opened or completed on the days from ``first`` to before ``after``."""
    start, end = (datetime.combine(day, time(), tzinfo=zone) for day in (first, after))
    opened = and_(col(Job.opened_at) >= start, col(Job.opened_at) < end)
    return (or_(opened, and_(col(Job.completed_on) >= first, col(Job.completed_on) < after)),)


def said(session: Session, ids: list[int]) -> dict[int, tuple[Satisfaction | None, Solved | None, str]]:
    """What customers answered and said, by the follow-up's id."""
    query = select(col(FollowUp.id), col(FollowUp.overall), col(FollowUp.solved), col(FollowUp.opinion))
    return {
        key: (overall, solved, opinion)
        for key, overall, solved, opinion in session.execute(query.where(col(FollowUp.id).in_(ids)))
    }


def _unhappy(span: Span) -> Any:
    """Dissatisfied, the fault not gone, or somebody said that the supervisor has to know (CB-1)."""
    answered = and_(
        col(FollowUp.recorded_at) >= span.start,
        col(FollowUp.recorded_at) < span.end,
        or_(col(FollowUp.overall) == Satisfaction.DISSATISFIED, col(FollowUp.solved) == Solved.NO),
    )
    told = select(col(Event.record_id)).where(
        col(Event.record_kind) == RecordKind.FOLLOW_UP,
        col(Event.what) == SUPERVISOR_TOLD,
        col(Event.at) >= span.start,
        col(Event.at) < span.end,
    )
    return or_(answered, col(FollowUp.id).in_(told))


def _completed(span: Span) -> Conditions:
    return (col(Job.completed_on) >= span.first, col(Job.completed_on) < span.after)
