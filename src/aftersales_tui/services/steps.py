"""The steps of the status table: one function is one step, one transaction, one event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from aftersales_tui.domain.dates import local_day
from aftersales_tui.domain.deadlines import follow_up_due_day
from aftersales_tui.domain.errors import Refused, refuse
from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.permissions import OF_STEP, Permission
from aftersales_tui.domain.words import FollowUpKind, JobStatus, Outcome, RecordKind, TestResult, WaitFor
from aftersales_tui.domain.workflow import (
    CLOSED,
    OPEN,
    WAITING,
    JobState,
    Move,
    Step,
    StepInput,
    check_reopen,
    is_possible,
    move,
)
from aftersales_tui.services import fields, followups
from aftersales_tui.services.jobs import full_view
from aftersales_tui.services.shop import Shop, ShopDay
from aftersales_tui.store import edits, events, jobs, staff
from aftersales_tui.store.engine import Session
from aftersales_tui.store.tables import Job
from aftersales_tui.views.jobs import JobView, RepairRecord

_RECORD_TEXTS = ("finding", "cause", "action", "parts_used", "checks", "advice")
AFTER_UNCHECKED_TEST = timedelta(hours=2)
"""From a test run nobody had time for to the call that asks how the device does (CB-3, REP-8)."""


def _state(job: Job) -> JobState:
    return JobState(
        status=job.status,
        place=job.place,
        device_here=job.device_here,
        resume_to=job.resume_to,
        test_passed=job.test_passed,
        outcome=job.outcome,
        before_closing=job.status_before_closing,
        outcome_before_closing=job.outcome_before_closing,
    )


def _step(
    shop: Shop,
    job_id: int,
    step: Step,
    by: int,
    given: StepInput | None = None,
    *,
    changes: dict[str, Any] | None = None,
    takes: bool = False,
    note: str = "",
) -> JobView:
    with shop.writing(by, OF_STEP[step]) as (session, day):
        job = jobs.required(session, job_id)
        take_step(session, day, job, step, by, given or StepInput(), changes=changes, takes=takes, note=note)
        return full_view(session, job_id)


def take_step(
    session: Session,
    day: ShopDay,
    job: Job,
    step: Step,
    by: int,
    given: StepInput,
    *,
    changes: dict[str, Any] | None = None,
    takes: bool = False,
    note: str = "",
) -> None:
    """One step of the status table inside a transaction: guard, row, event, what follows from it."""
    assert job.id is not None
    before = _state(job)
    if step is Step.REOPEN:
        _check_reopen(session, day, job, by)
    moved = move(before, step, given)
    _apply(day, job, before, moved, by)
    touched = {name: value for name, value in (changes or {}).items() if getattr(job, name) != value}
    replaced = {name: getattr(job, name) for name in touched if getattr(job, name) not in (None, "")}
    for name, value in touched.items():
        setattr(job, name, value)
    if takes and job.assigned_to is None:
        job.assigned_to = by
        touched["assigned_to"] = staff.required(session, by).name
    job.version += 1
    session.add(job)
    session.flush()
    after = {"status": job.status, **touched}
    if job.outcome is not before.outcome:
        after["outcome"] = job.outcome
    events.record(
        session, day.now, by, RecordKind.JOB, job.id, step.value,
        before={"status": before.status, **replaced}, after=after,
        reason=given.reason, wait_for=given.wait_for, result=given.result, note=note,
        taken_in=moved.taken_in or None,
    )  # fmt: skip
    if moved.follow_up:
        due_on = follow_up_due_day(day.today, day.settings.follow_up_days)
        followups.make(
            session,
            day,
            FollowUpKind.AFTER_HAND_OVER,
            job_id=job.id,
            customer_id=job.customer_id,
            due_on=due_on,
        )
    if step is Step.REOPEN:
        followups.void_open(session, day, job.id, by)
    if step is Step.TEST:
        followups.void_open(session, day, job.id, by, kind=FollowUpKind.AFTER_TEST)
    jobs.make_findable(session, job, day.settings.region)


def _apply(day: ShopDay, job: Job, before: JobState, moved: Move, by: int) -> None:
    state = moved.state
    job.status = state.status
    job.outcome = state.outcome
    job.device_here = state.device_here
    job.resume_to = state.resume_to
    job.test_passed = state.test_passed
    job.status_before_closing = state.before_closing
    job.outcome_before_closing = state.outcome_before_closing
    if moved.taken_in and job.taken_in_at is None:
        job.taken_in_at = day.now
    if state.status in WAITING:
        job.waiting_since = day.now if before.status is not state.status else job.waiting_since
    else:
        job.waiting_since, job.wait_until, job.wait_note = None, None, ""
    if state.status is JobStatus.READY and before.status not in (JobStatus.READY, *CLOSED):
        job.ready_at = day.now
        job.first_ready_at = job.first_ready_at or day.now
        job.informed_at = job.informed_by = job.informed_channel = None
    elif state.status in OPEN and state.status is not JobStatus.READY:
        job.ready_at = None
    if state.status in CLOSED:
        job.closed_at, job.closed_by, job.completed_on = day.now, by, day.today
    else:
        job.closed_at = job.closed_by = job.completed_on = None


def _check_reopen(session: Session, day: ShopDay, job: Job, by: int) -> None:
    if job.status not in CLOSED:
        return
    same_day = job.closed_at is not None and local_day(job.closed_at, day.zone) == day.today
    check_reopen(staff.required(session, by).role, same_person=job.closed_by == by, same_day=same_day)


def take_in(shop: Shop, job_id: int, by: int, *, intake: str = "", shelf: str = "") -> JobView:
    """The device comes to the counter: custody passes to the shop. Raises ``Refused`` (``step_not_now``)."""
    changes = {"intake": fields.text("intake", intake), "shelf": fields.text("shelf", shelf)}
    return _step(
        shop, job_id, Step.TAKE_IN, by, changes={name: text for name, text in changes.items() if text}
    )


def start(shop: Shop, job_id: int, by: int) -> JobView:
    """Start work, or resume it when the job waits; an unassigned job is taken by whoever acts."""
    with shop.writing(by, Permission.DO_WORK) as (session, day):
        job = jobs.required(session, job_id)
        step = Step.RESUME if job.status in WAITING else Step.START
        take_step(session, day, job, step, by, StepInput(), takes=True)
        return full_view(session, job_id)


def not_home(shop: Shop, job_id: int, reason: str, by: int, again_at: datetime | None = None) -> JobView:
    """A visit that met nobody (DIS-10, X-4), with its reason; rescheduled when a time is known."""
    changes = {"appointment_at": again_at} if again_at else {}
    return _step(
        shop, job_id, Step.NOT_HOME, by, StepInput(reason=fields.text("notes", reason)), changes=changes
    )


def diagnose(shop: Shop, job_id: int, finding: str, by: int, *, cause: str = "", reason: str = "") -> JobView:
    """Write down what was found (REP-2).

    From ``in_repair`` it is a new diagnosis and needs a reason; its event keeps the earlier finding.
    """
    changes = {"finding": fields.text("finding", finding), "cause": fields.text("cause", cause)}
    if not changes["finding"]:
        raise refuse("finding_missing", "finding")
    changes = {name: text for name, text in changes.items() if text}
    with shop.writing(by, Permission.DO_WORK) as (session, day):
        job = jobs.required(session, job_id)
        again = job.status is JobStatus.IN_REPAIR
        step = Step.DIAGNOSE_AGAIN if again else Step.DIAGNOSE
        take_step(
            session,
            day,
            job,
            step,
            by,
            StepInput(reason=fields.text("notes", reason)),
            changes=changes,
            takes=True,
        )
        return full_view(session, job_id)


def wait(
    shop: Shop, job_id: int, wait_for: WaitFor, by: int, *, note: str = "", until: date | None = None
) -> JobView:
    """The job waits for parts, approval, the customer or the maker; waiting again changes the reason."""
    note = fields.text("notes", note)
    changes = {"wait_note": note, "wait_until": until}
    return _step(shop, job_id, Step.WAIT, by, StepInput(wait_for=wait_for), changes=changes, note=note)


def resume(shop: Shop, job_id: int, by: int) -> JobView:
    """Work goes on where it was before the wait."""
    return _step(shop, job_id, Step.RESUME, by, takes=True)


def record(shop: Shop, job_id: int, given: RepairRecord, by: int) -> JobView:
    """Write the repair record: phenomenon, cause, measures and outcome (REP-1, REP-2).

    Raises ``Refused``: ``cause_missing`` and ``action_missing`` for a repaired device, ``step_not_now``,
    ``outcome_not_here``, ``too_long``.
    """
    with shop.writing(by, Permission.DO_WORK) as (session, day):
        record_in(session, day, jobs.required(session, job_id), given, by)
        return full_view(session, job_id)


def record_in(
    session: Session,
    day: ShopDay,
    job: Job,
    given: RepairRecord,
    by: int,
    shown: Mapping[str, object] | None = None,
) -> None:
    """Write the repair record inside a use case's transaction; ``shown`` is what a form showed."""
    changes = _of_record(session, job, given, shown)
    if given.outcome in (Outcome.FIXED, Outcome.PARTLY_FIXED):
        if not changes["cause"]:
            raise refuse("cause_missing", "cause")
        if not changes["action"]:
            raise refuse("action_missing", "action")
    take_step(
        session, day, job, Step.RECORD, by, StepInput(outcome=given.outcome), changes=changes, takes=True
    )


def _of_record(
    session: Session, job: Job, given: RepairRecord, shown: Mapping[str, object] | None
) -> dict[str, Any]:
    """What the record writes; what was left empty, or as the form showed it, stays as it is on file."""
    if given.minutes is not None and not 0 <= given.minutes <= 100_000:
        raise refuse("minutes_not_read", "minutes", value=given.minutes)
    changes: dict[str, Any] = {name: fields.text(name, getattr(given, name)) for name in _RECORD_TEXTS}
    changes |= {"caused_by": given.caused_by, "minutes": given.minutes}
    stored = {name: getattr(job, name) for name in changes}
    if shown is not None and shown.get("version") != job.version:
        assert job.id is not None
        edits.refuse_clashes(session, RecordKind.JOB, job.id, shown=shown, stored=stored, changes=changes)
    left = {name for name, value in changes.items() if value in (None, "")}
    left |= {name for name, value in changes.items() if shown is not None and shown.get(name) == value}
    return {name: stored[name] if name in left else value for name, value in changes.items()}


def note_work(
    shop: Shop, job_id: int, given: RepairRecord, by: int, shown: Mapping[str, object] | None = None
) -> JobView:
    """Keep what is known of the work so far; nothing is decided, the outcome is not stored.

    A job being diagnosed goes into repair once its finding is written. Raises ``Refused`` (``too_long``,
    ``minutes_not_read``, ``job_is_closed``), ``Conflict``.
    """
    with shop.writing(by, Permission.DO_WORK) as (session, day):
        job = jobs.required(session, job_id)
        if job.status in CLOSED:
            raise refuse("job_is_closed", "status", number=show_number(NumberKind.JOB, job.number))
        changes = _of_record(session, job, given, shown)
        if job.status is JobStatus.DIAGNOSING and changes["finding"]:
            take_step(session, day, job, Step.DIAGNOSE, by, StepInput(), changes=changes, takes=True)
        else:
            on_file = {"version": job.version}
            edits.save(
                session, Job, job_id, shown=on_file, changes=changes, kind=RecordKind.JOB, by=by, now=day.now
            )
            jobs.make_findable(session, job, day.settings.region)
        return full_view(session, job_id)


def test(
    shop: Shop,
    job_id: int,
    result: TestResult,
    by: int,
    note: str = "",  # noqa: PT028 - a step of that name; pytest never collects it
    *,
    ready: bool = False,  # noqa: PT028
) -> JobView:
    """The functional test after the repair (REP-8); failed sends the job back into repair.

    With ``ready`` a job that passed is marked ready too, as an event of its own.
    """
    with shop.writing(by, Permission.DO_WORK) as (session, day):
        job = jobs.required(session, job_id)
        given = StepInput(result=result)
        take_step(session, day, job, Step.TEST, by, given, note=fields.text("notes", note))
        if ready and result is TestResult.PASSED:
            take_step(session, day, job, Step.READY, by, StepInput())
        return full_view(session, job_id)


def put_off_test(shop: Shop, job_id: int, by: int, note: str = "") -> JobView:
    """No time for the test run: the customer is called two hours later (REP-8, CB-3).

    Raises ``Refused`` (``step_not_now``) unless the job is being tested.
    """
    with shop.writing(by, Permission.DO_WORK) as (session, day):
        job = jobs.required(session, job_id)
        problem = is_possible(_state(job), Step.TEST)
        if problem is not None:
            raise Refused(problem)
        _put_off_test(session, day, job, by, fields.text("notes", note))
        return full_view(session, job_id)


def _put_off_test(session: Session, day: ShopDay, job: Job, by: int, note: str = "") -> None:
    assert job.id is not None
    due_at = day.now + AFTER_UNCHECKED_TEST
    followups.void_open(session, day, job.id, by, kind=FollowUpKind.AFTER_TEST)
    followups.make(
        session, day, FollowUpKind.AFTER_TEST, job_id=job.id, customer_id=job.customer_id, due_at=due_at
    )
    told = {"due_at": due_at}
    events.record(session, day.now, by, RecordKind.JOB, job.id, "test_put_off", after=told, note=note)


def ready(shop: Shop, job_id: int, by: int) -> JobView:
    """The device may be collected; telling the customer becomes due (REP-17)."""
    return _step(shop, job_id, Step.READY, by)


def record_test_ready(
    shop: Shop,
    job_id: int,
    given: RepairRecord,
    by: int,
    *,
    result: TestResult | None = None,
    ready: bool = False,
    test_later: bool = False,
    shown: Mapping[str, object] | None = None,
) -> JobView:
    """The repair record form in one save: recorded, then tested, then ready, each its own event.

    ``test_later`` makes the call two hours after an unchecked test run due (CB-3); ``shown`` is what the
    form showed: ``version`` and the record's fields. Raises as ``record``, and ``Conflict``.
    """
    with shop.writing(by, Permission.DO_WORK) as (session, day):
        job = jobs.required(session, job_id)
        record_in(session, day, job, given, by, shown)
        if test_later and result is None and job.status is JobStatus.TESTING:
            _put_off_test(session, day, job, by)
        if result is not None and job.status is JobStatus.TESTING:
            take_step(session, day, job, Step.TEST, by, StepInput(result=result))
        if ready and job.status is JobStatus.TESTING:
            take_step(session, day, job, Step.READY, by, StepInput())
        return full_view(session, job_id)


def rework(shop: Shop, job_id: int, reason: str, by: int) -> JobView:
    """Not satisfied at the counter: back into repair."""
    return _step(shop, job_id, Step.REWORK, by, StepInput(reason=fields.text("notes", reason)))


def hand_over(shop: Shop, job_id: int, by: int, note: str = "") -> JobView:
    """The customer has the device; the follow-up becomes due (CB-1)."""
    return _step(shop, job_id, Step.HAND_OVER, by, note=fields.text("notes", note))


def settle(shop: Shop, job_id: int, outcome: Outcome, reason: str, by: int) -> JobView:
    """Closed without return: refunded, exchanged, disposed of with consent, sold after storage."""
    return _step(
        shop, job_id, Step.SETTLE, by, StepInput(outcome=outcome, reason=fields.text("notes", reason))
    )


def cancel(shop: Shop, job_id: int, reason: str, by: int) -> JobView:
    """Stop before it is ready: with the device here it goes back to the counter, unrepaired."""
    return _step(shop, job_id, Step.CANCEL, by, StepInput(reason=fields.text("notes", reason)))


def reopen(shop: Shop, job_id: int, reason: str, by: int) -> JobView:
    """Undo a closing that was a mistake; raises ``NotAllowed`` unless same person same day, or owner."""
    return _step(shop, job_id, Step.REOPEN, by, StepInput(reason=fields.text("notes", reason)))
