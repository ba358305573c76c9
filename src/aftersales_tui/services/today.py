"""What needs somebody now, most urgent first: the desk's calls and call-backs, the bench's jobs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from aftersales_tui.domain.words import CallStatus, RecordKind, Role
from aftersales_tui.services.shop import Shop, ShopDay
from aftersales_tui.store import calls, followups, jobs
from aftersales_tui.store.engine import Session
from aftersales_tui.views.calls import CallView
from aftersales_tui.views.followups import FollowUpRow
from aftersales_tui.views.jobs import JobRow
from aftersales_tui.views.today import Waiting

LOOKED_AT = 1_000
"""How many of each kind are weighed against each other; the oldest debts come first anyway."""


def waiting(shop: Shop, role: Role | None = None, limit: int = 200) -> tuple[tuple[Waiting, ...], int]:
    """What waits for a role, what is late on top, then what is due first; and how many in all.

    The clerk has calls, follow-ups and customers to be told; the technician has the jobs; the owner,
    or no role, has everything.
    """
    with shop.reading() as (session, day):
        found: list[Waiting] = []
        if role is not Role.TECHNICIAN:
            found += _calls(session, day)
            found += _follow_ups(session, day)
            found += _to_tell(session, day)
        if role is not Role.CLERK:
            found += _jobs(session, day)
    found.sort(key=lambda one: (not one.late, one.due, one.record.id))
    return tuple(found[:limit]), len(found)


def _start_of(day: ShopDay, which: date) -> datetime:
    return datetime.combine(which, time(), tzinfo=day.zone)


def _calls(session: Session, day: ShopDay) -> Iterable[Waiting]:
    for call in calls.rows(session, calls.is_unclosed, order=calls.DUE_FIRST, limit=LOOKED_AT):
        yield _call(call, day)


def _call(call: CallView, day: ShopDay) -> Waiting:
    due = call.promised_call_back
    if due is not None:
        reason = "call_back"
    else:
        reason = "verify" if call.status is CallStatus.NEEDS_VERIFICATION else "answer"
    late = due is not None and due < day.now
    return Waiting(kind=RecordKind.CALL, reason=reason, late=late, due=due or call.at, record=call)


def _follow_ups(session: Session, day: ShopDay) -> Iterable[Waiting]:
    for row in followups.rows(session, *followups.due_by(day.today), limit=LOOKED_AT):
        yield _follow_up(row, day)


def _follow_up(row: FollowUpRow, day: ShopDay) -> Waiting:
    due = row.due_at or _start_of(day, row.due_on)
    late = row.is_late(day.today, day.now)
    return Waiting(kind=RecordKind.FOLLOW_UP, reason="follow_up", late=late, due=due, record=row)


def _to_tell(session: Session, day: ShopDay) -> Iterable[Waiting]:
    for job in jobs.rows(session, *jobs.not_told(), order=jobs.LONGEST_READY, limit=LOOKED_AT):
        since = job.ready_at or job.opened_at
        yield Waiting(kind=RecordKind.JOB, reason="tell_customer", late=False, due=since, record=job)


def _jobs(session: Session, day: ShopDay) -> Iterable[Waiting]:
    tomorrow = _start_of(day, date.fromordinal(day.today.toordinal() + 1))
    groups: tuple[tuple[str, tuple[Any, ...]], ...] = (
        ("late", jobs.late(day.today)),
        ("visit_today", jobs.visited_before(tomorrow)),
        ("promised_today", jobs.promised_on(day.today)),
        ("wait_is_over", jobs.waited_until(day.today)),
        ("unassigned", jobs.unassigned()),
    )
    seen: set[int] = set()
    for reason, conditions in groups:
        for job in jobs.rows(session, *conditions, order=jobs.MOST_URGENT, limit=LOOKED_AT):
            if job.id not in seen:
                seen.add(job.id)
                yield _job(job, reason, day)


def _job(job: JobRow, reason: str, day: ShopDay) -> Waiting:
    days = {"late": job.promised_for, "promised_today": job.promised_for, "wait_is_over": job.wait_until}
    known = days.get(reason)
    due = _start_of(day, known) if known is not None else job.opened_at
    if reason == "visit_today" and job.appointment_at is not None:
        due = job.appointment_at
    late = reason == "late" or (reason == "visit_today" and due < day.now)
    return Waiting(kind=RecordKind.JOB, reason=reason, late=late, due=due, record=job)
