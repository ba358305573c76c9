"""Jobs: opening one, assigning, notes, telling the customer, and the lists of desk and bench."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from aftersales_tui.domain.deadlines import promised_day
from aftersales_tui.domain.errors import Problem, Refused, refuse
from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.permissions import Permission
from aftersales_tui.domain.text import words
from aftersales_tui.domain.words import (
    AsBefore,
    CallStatus,
    InformedBy,
    JobStatus,
    RecordKind,
    Resolution,
    Urgency,
    Wish,
)
from aftersales_tui.domain.workflow import CLOSED, OPEN, opening_status
from aftersales_tui.services import fields, register, warranty
from aftersales_tui.services.shop import Shop, ShopDay
from aftersales_tui.store import calls, devices, edits, events, history, jobs, numbers, overrides, staff
from aftersales_tui.store.engine import Session
from aftersales_tui.store.tables import Call, Job, VerdictRow
from aftersales_tui.views.calls import OpenJob
from aftersales_tui.views.jobs import BenchBoard, JobRow, JobView

LIST_LIMIT = 200
EDITABLE = (
    "fault",
    "intake",
    "shelf",
    "promised_for",
    "appointment_at",
    "urgency",
    "wish",
    "finding",
    "cause",
)


WORDS: Mapping[str, type[StrEnum]] = {"urgency": Urgency, "wish": Wish}


def open_for_call(session: Session, day: ShopDay, call: Call, given: OpenJob, by: int) -> Job:
    """Open a job from a call inside a use case's transaction, and close the call as such.

    Raises ``Refused``: ``call_is_closed``, ``job_needs_customer``, ``job_needs_device``, ``fault_missing``.
    """
    if call.status is CallStatus.CLOSED and call.resolution is not Resolution.JOB_OPENED:
        raise Refused(
            Problem("call_is_closed", "status", {"number": show_number(NumberKind.CALL, call.number)})
        )
    if call.customer_id is None:
        raise refuse("job_needs_customer", "name")
    if call.device_id is None:
        raise refuse("job_needs_device", "product")
    if not call.fault:
        raise refuse("fault_missing", "fault")
    assert call.id is not None
    judged = calls.verdict_row(session, call.id) or register.judge_call(session, day, call)
    job = _open(session, day, call, given, judged, by)
    if call.status is not CallStatus.CLOSED:
        register.close_row(session, day, call, Resolution.JOB_OPENED, by)
    return job


def _open(session: Session, day: ShopDay, call: Call, given: OpenJob, judged: VerdictRow, by: int) -> Job:
    assert call.device_id is not None
    status = opening_status(call.channel, call.place, given.in_hand)
    here = status is JobStatus.RECEIVED
    if given.assigned_to is not None:
        staff.required(session, given.assigned_to)
    decided = overrides.standing(session, judged.id)
    rework_of = given.rework_of or (call.as_before_job_id if call.as_before is AsBefore.YES else None)
    job = Job(
        number=numbers.take(session, "job"),
        call_id=call.id,
        customer_id=call.customer_id,
        device_id=call.device_id,
        product_id=devices.required(session, call.device_id).product_id,
        verdict_id=judged.id,
        coverage=decided.coverage if decided is not None else judged.coverage,
        rework_of=_closed_job(session, rework_of),
        status=status,
        place=call.place,
        urgency=call.urgency,
        wish=call.wish,
        fault=call.fault,
        intake=fields.text("intake", given.intake),
        shelf=fields.text("shelf", given.shelf),
        assigned_to=given.assigned_to,
        promised_for=_promise(day, given.promised_for),
        opened_at=day.now,
        opened_by=by,
        device_here=here,
        taken_in_at=day.now if here else None,
    )
    session.add(job)
    session.flush()
    assert job.id is not None
    events.record(
        session, day.now, by, RecordKind.JOB, job.id, "opened",
        after={"status": job.status, "fault": job.fault, "promised_for": job.promised_for,
               "call": show_number(NumberKind.CALL, call.number), "intake": job.intake},
    )  # fmt: skip
    if given.assigned_to is not None:
        name = staff.required(session, given.assigned_to).name
        events.record(session, day.now, by, RecordKind.JOB, job.id, "assigned", after={"assigned_to": name})
    jobs.make_findable(session, job, day.settings.region)
    return job


def _promise(day: ShopDay, asked: date | None) -> date:
    """The day asked for at intake, else the shop's turnaround in working days."""
    if asked is None:
        return promised_day(day.today, day.settings.turnaround_days, day.rest_days)
    if asked < day.today:
        raise refuse("promise_before_today", "promised_for", date=asked)
    return asked


def _closed_job(session: Session, job_id: int | None) -> int | None:
    """The job whose fault came back: it was handed over before."""
    if job_id is None:
        return None
    earlier = jobs.required(session, job_id)
    return earlier.id if earlier.status is JobStatus.HANDED_OVER else None


def assign(shop: Shop, job_id: int, to: int, by: int, at: datetime | None = None) -> JobView:
    """Give a job to somebody, with a time when one is agreed (DIS-1).

    Raises ``Refused``: ``job_is_closed``, ``staff_inactive``.
    """
    with shop.writing(by, Permission.PLAN_WORK) as (session, day):
        job = _still_open(session, job_id)
        person = staff.required(session, to)
        if not person.active:
            raise refuse("staff_inactive", "to", name=person.name)
        before = staff.required(session, job.assigned_to).name if job.assigned_to else ""
        job.assigned_to = to
        if at is not None:
            job.appointment_at = at
        job.version += 1
        session.add(job)
        session.flush()
        after = {"assigned_to": person.name} | ({"at": at} if at else {})
        events.record(
            session, day.now, by, RecordKind.JOB, job_id, "assigned",
            before={"assigned_to": before} if before else {}, after=after,
        )  # fmt: skip
        return full_view(session, job_id)


def note(shop: Shop, job_id: int, text: str, by: int) -> JobView:
    """Write a note into the job's timeline. Raises ``Refused`` (``note_empty``)."""
    line = fields.text("notes", text)
    if not line:
        raise refuse("note_empty", "note")
    with shop.writing(by, Permission.NOTES) as (session, day):
        job = jobs.required(session, job_id)
        events.record(session, day.now, by, RecordKind.JOB, job.id or 0, "note", note=line)
        return full_view(session, job_id)


def informed(shop: Shop, job_id: int, whom: str, channel: InformedBy, by: int) -> JobView:
    """Stamp who told the customer, when and by which channel (REP-17).

    Raises ``Refused`` (``job_is_closed``).
    """
    with shop.writing(by, Permission.COUNTER) as (session, day):
        job = _still_open(session, job_id)
        job.informed_at, job.informed_by, job.informed_channel = day.now, by, channel
        job.version += 1
        session.add(job)
        session.flush()
        told = {"whom": fields.text("name", whom), "channel": channel}
        events.record(session, day.now, by, RecordKind.JOB, job_id, "informed", after=told)
        return full_view(session, job_id)


def edit(
    shop: Shop, job_id: int, *, shown: Mapping[str, object], changes: Mapping[str, object], by: int
) -> JobView:
    """Save what a form changed of a job's own fields. Raises ``Conflict``, ``Refused``, ``NotFound``."""
    unknown = set(changes) - set(EDITABLE)
    if unknown:
        raise refuse("field_unknown", min(unknown), known=", ".join(EDITABLE))
    values: dict[str, object] = {**changes}
    for name, value in changes.items():
        if name in WORDS:
            values[name] = fields.word(name, WORDS[name], value)
        elif isinstance(value, str):
            values[name] = fields.text(name, value)
    with shop.writing(by, Permission.PLAN_WORK) as (session, day):
        _still_open(session, job_id)
        row = edits.save(
            session, Job, job_id, shown=shown, changes=values, kind=RecordKind.JOB, by=by, now=day.now
        )
        jobs.make_findable(session, row, day.settings.region)
        return full_view(session, job_id)


def _still_open(session: Session, job_id: int) -> Job:
    job = jobs.required(session, job_id)
    if job.status in CLOSED:
        raise refuse("job_is_closed", "status", number=show_number(NumberKind.JOB, job.number))
    return job


def full_view(session: Session, job_id: int) -> JobView:
    """One job with its verdict, its timeline, this unit's history and similar repairs."""
    session.flush()
    plain = jobs.view(session, job_id)
    row = jobs.required(session, job_id)
    before = history.of_device(session, plain.device_id) if plain.device_id else ()
    return replace(
        plain,
        verdict=warranty.read(jobs.verdict_of(session, row.verdict_id)),
        override=overrides.standing(session, row.verdict_id),
        events=events.of_record(session, RecordKind.JOB, job_id),
        history=tuple(item for item in before if not (item.kind is RecordKind.JOB and item.id == job_id)),
    )


def show(shop: Shop, job_id: int) -> JobView:
    """One job in full, with similar repairs. Raises ``NotFound``."""
    with shop.reading() as (session, _):
        view = full_view(session, job_id)
        telling = sorted(set(words(view.fault)), key=len, reverse=True)[:3]
        return replace(view, similar=tuple(jobs.similar(session, view, [w for w in telling if len(w) > 1])))


def id_of(shop: Shop, number: int) -> int:
    """The id of the job with that number. Raises ``NotFound``."""
    with shop.reading() as (session, _):
        return jobs.by_number(session, number).id or 0


def queue(
    shop: Shop,
    *,
    mine: int | None = None,
    status: JobStatus | None = None,
    late: bool = False,
    open_only: bool = False,
    limit: int = LIST_LIMIT,
) -> tuple[tuple[JobRow, ...], int]:
    """The queue, newest first, and how many jobs there are in all of that kind."""
    with shop.reading() as (session, day):
        conditions: list[Any] = []
        if mine is not None:
            conditions += jobs.assigned_to(mine)
        if status is not None:
            conditions += jobs.with_status(status)
        if late:
            conditions += jobs.late(day.today)
        if open_only:
            conditions.append(jobs.is_open)
        only_open = open_only or late or mine is not None or status in OPEN
        order = jobs.NEWEST_OPEN if only_open else jobs.NEWEST
        found = jobs.rows(session, *conditions, order=order, limit=limit)
        return tuple(found), jobs.count(session, *conditions)


def board(shop: Shop, staff_id: int, limit: int = LIST_LIMIT) -> BenchBoard:
    """The bench of one person: mine, unassigned, waiting, late."""
    with shop.reading() as (session, day):
        lists = (jobs.mine(staff_id), jobs.unassigned(), jobs.waiting(), jobs.late(day.today))
        orders = (jobs.MOST_URGENT, jobs.MOST_URGENT, jobs.LONGEST_WAITING, jobs.MOST_URGENT)
        found = [
            tuple(jobs.rows(session, *which, order=order, limit=limit))
            for which, order in zip(lists, orders, strict=True)
        ]
        counts = tuple(jobs.count(session, *which) for which in lists)
        late_of_mine = jobs.count(session, *jobs.mine(staff_id), *jobs.late(day.today))
        return BenchBoard(
            mine=found[0], unassigned=found[1], waiting=found[2], late=found[3],
            counts=(counts[0], counts[1], counts[2], counts[3]), mine_late=late_of_mine,
        )  # fmt: skip


def ready_to_collect(shop: Shop, limit: int = LIST_LIMIT) -> tuple[tuple[JobRow, ...], int]:
    """What is ready, the longest waiting first, and how many in all."""
    with shop.reading() as (session, _):
        found = jobs.rows(session, *jobs.ready(), order=jobs.LONGEST_READY, limit=limit)
        return tuple(found), jobs.count(session, *jobs.ready())
