"""The call register: log a call while the caller speaks, then open a job, advise, or keep it open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from aftersales_tui.domain.completeness import missing, status_for
from aftersales_tui.domain.dates import local_day
from aftersales_tui.domain.deadlines import advice_call_back
from aftersales_tui.domain.errors import Problem, Refused, refuse
from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.permissions import Permission
from aftersales_tui.domain.words import (
    AsBefore,
    CallKind,
    CallStatus,
    Cause,
    Channel,
    FollowUpKind,
    Place,
    RecordKind,
    Resolution,
    Urgency,
    Wish,
)
from aftersales_tui.domain.workflow import Step, check_reopen
from aftersales_tui.services import callers, fields, followups, jobs, register
from aftersales_tui.services import devices as device_service
from aftersales_tui.services.shop import Shop, ShopDay
from aftersales_tui.store import calls, devices, edits, events, numbers, staff
from aftersales_tui.store import followups as follow_up_rows
from aftersales_tui.store import jobs as job_rows
from aftersales_tui.store.engine import Session
from aftersales_tui.store.tables import Call
from aftersales_tui.views.calls import CallLogged, CallView, NewCall, OpenJob
from aftersales_tui.views.jobs import JobView

LIST_LIMIT = 200
WORDS: Mapping[str, type[StrEnum]] = {
    "kind": CallKind, "channel": Channel, "cause": Cause, "wish": Wish, "urgency": Urgency, "place": Place
}  # fmt: skip
"""The fields of a call that hold one word of a closed vocabulary."""
JUDGED_KINDS = (CallKind.REPAIR, CallKind.RETURN, CallKind.COMPLAINT)


def log(shop: Shop, new: NewCall, by: int) -> CallLogged:
    """Write a call into the register and judge the warranty (CALL-5, CALL-7).

    Nothing typed is refused for being incomplete: what is missing makes the call wait for
    verification (CALL-8). Raises ``Refused`` only for values that cannot be (a date after today,
    an unknown category, a text over its limit).
    """
    with shop.writing(by, Permission.TAKE_CALLS) as (session, day):
        call, warnings = _log(session, day, new, by)
        return _logged(session, day, call, warnings)


def log_and_open(shop: Shop, new: NewCall, by: int, job: OpenJob | None = None) -> CallLogged:
    """Write a call and open its job in the same step: both, or nothing.

    Raises ``Refused`` as ``log`` does, and ``job_needs_customer``, ``job_needs_device``, ``fault_missing``.
    """
    with shop.writing(by, Permission.OPEN_JOBS) as (session, day):
        call, warnings = _log(session, day, new, by)
        jobs.open_for_call(session, day, call, job or OpenJob(), by)
        return _logged(session, day, call, warnings)


def log_and_advise(shop: Shop, new: NewCall, by: int) -> CallLogged:
    """Write a call and close it as advised by phone; the call-back two hours later is made (PH-1, PH-3)."""
    with shop.writing(by, Permission.TAKE_CALLS) as (session, day):
        call, warnings = _log(session, day, new, by)
        _close(session, day, call, Resolution.ADVISED, by, "")
        return _logged(session, day, call, warnings)


def log_and_answer(shop: Shop, new: NewCall, by: int) -> CallLogged:
    """Write a call and close it as answered while the caller was on the line: "is it ready?"."""
    with shop.writing(by, Permission.TAKE_CALLS) as (session, day):
        call, warnings = _log(session, day, new, by)
        _close(session, day, call, Resolution.ANSWERED, by, "")
        return _logged(session, day, call, warnings)


def open_on_device(shop: Shop, device_id: int, fault: str, by: int, given: OpenJob | None = None) -> JobView:
    """Open a job on a device of a customer at the counter; its call is logged in the same step.

    Raises ``Refused``: ``job_needs_customer``, ``fault_missing``; ``NotFound``.
    """
    with shop.reading() as (session, _):
        device = devices.view(session, device_id)
    new = NewCall(channel=Channel.WALK_IN, customer_id=device.customer_id, device_id=device_id, fault=fault)
    logged = log_and_open(shop, new, by, given or OpenJob(in_hand=True))
    assert logged.job is not None
    return logged.job


def open_job(shop: Shop, call_id: int, by: int, job: OpenJob | None = None) -> CallLogged:
    """Open a job from a call on file; one call may open several.

    Raises ``Refused``: ``call_is_closed`` (advised, answered …), ``job_needs_customer``,
    ``job_needs_device``, ``fault_missing``; ``NotFound``.
    """
    with shop.writing(by, Permission.OPEN_JOBS) as (session, day):
        call = calls.required(session, call_id)
        jobs.open_for_call(session, day, call, job or OpenJob(), by)
        return _logged(session, day, call, [])


def close(shop: Shop, call_id: int, resolution: Resolution, by: int, note: str = "") -> CallLogged:
    """Close a call with its resolution; ``advised`` makes the two-hour call-back (PH-3).

    Raises ``Refused``: ``call_is_closed``, ``open_the_job`` (a job is opened, not declared).
    """
    if resolution is Resolution.JOB_OPENED:
        raise refuse("open_the_job", "resolution")
    with shop.writing(by, Permission.TAKE_CALLS) as (session, day):
        call = calls.required(session, call_id)
        _close(session, day, call, resolution, by, note)
        return _logged(session, day, call, [])


def reopen(shop: Shop, call_id: int, reason: str, by: int) -> CallView:
    """Undo a closing that was a mistake; the call-back that an advice made is void with it.

    Raises ``Refused``: ``call_is_open``, ``call_has_job`` (its job is cancelled first), ``reason_missing``;
    ``NotAllowed`` unless same person same day, or owner; ``NotFound``.
    """
    said = fields.text("notes", reason)
    with shop.writing(by, Permission.TAKE_CALLS) as (session, day):
        call = calls.required(session, call_id)
        number = show_number(NumberKind.CALL, call.number)
        if call.status is not CallStatus.CLOSED:
            raise refuse("call_is_open", "status", number=number)
        if job := job_rows.standing_of_call(session, call_id):
            raise refuse("call_has_job", "status", number=number, job=show_number(NumberKind.JOB, job))
        same_day = call.closed_at is not None and local_day(call.closed_at, day.zone) == day.today
        check_reopen(staff.required(session, by).role, same_person=call.closed_by == by, same_day=same_day)
        if not said:
            raise refuse("reason_missing", "reason", step=Step.REOPEN)
        register.reopen_row(session, day, call, by, said)
        followups.void_of_call(session, day, call_id, by)
        _recheck(session, call)
        calls.make_findable(session, call, day.settings.region)
        return calls.view(session, call_id)


def log_answered(shop: Shop, job_id: int, channel: Channel, by: int) -> CallView:
    """Log the call of somebody who only asked "is it ready?" and was told; the job's timeline says so too.

    Raises ``NotFound``.
    """
    with shop.writing(by, Permission.TAKE_CALLS) as (session, day):
        job = job_rows.view(session, job_id)
        new = NewCall(
            kind=CallKind.PROGRESS, channel=channel, customer_id=job.customer_id, device_id=job.device_id
        )
        call, _ = _log(session, day, new, by)
        assert call.id is not None
        asked = show_number(NumberKind.JOB, job.number)
        _close(session, day, call, Resolution.ANSWERED, by, asked)
        number = show_number(NumberKind.CALL, call.number)
        events.record(session, day.now, by, RecordKind.JOB, job_id, "asked", call=number, channel=channel)
        return calls.view(session, call.id)


def complete(shop: Shop, call_id: int, new: NewCall, by: int) -> CallLogged:
    """Fill in what an open call lacked: who calls, which device, its dates, the fault (CALL-8).

    ``new`` says what is known now; what the files say already is never overwritten. Raises ``Refused``
    as ``log`` does, and ``call_is_closed``; ``NotFound``.
    """
    with shop.writing(by, Permission.TAKE_CALLS) as (session, day):
        call = calls.required(session, call_id)
        if call.status is CallStatus.CLOSED:
            raise refuse("call_is_closed", "status", number=show_number(NumberKind.CALL, call.number))
        device_service.check_dates({name: getattr(new, name) for name in devices.DATES}, day.today)
        new = callers.unveiled(session, day, new, call.caller_phone)
        known = replace(
            new,
            customer_id=new.customer_id or call.customer_id,
            device_id=new.device_id or call.device_id,
            phone=new.phone or call.caller_phone,
            name=new.name or call.caller_name,
        )
        entry = callers.identify(session, day, known, by)
        said = {
            "customer_id": entry.customer.id if entry.customer else call.customer_id,
            "device_id": entry.device.id if entry.device else call.device_id,
            "caller_name": fields.text("name", known.name),
            "caller_phone": fields.text("phone", known.phone),
            "fault": fields.text("fault", new.fault) or call.fault,
        }
        edits.save(
            session, Call, call_id, shown={"version": call.version}, changes=said, kind=RecordKind.CALL,
            by=by, now=day.now,
        )  # fmt: skip
        _recheck(session, call)
        register.judge_call(session, day, call, known)
        calls.make_findable(session, call, day.settings.region)
        return _logged(session, day, call, entry.warnings)


def show(shop: Shop, call_id: int) -> CallView:
    """One call with its verdict and jobs. Raises ``NotFound``."""
    with shop.reading() as (session, _):
        return calls.view(session, call_id)


def id_of(shop: Shop, number: int) -> int:
    """The id of the call with that number. Raises ``NotFound``."""
    with shop.reading() as (session, _):
        return calls.by_number(session, number).id or 0


def listed(
    shop: Shop, *, open_only: bool = False, since: datetime | None = None, limit: int = LIST_LIMIT
) -> tuple[tuple[CallView, ...], int]:
    """The call register, newest first, and how many entries there are in all."""
    conditions: list[Any] = []
    if open_only:
        conditions.append(calls.is_unclosed)
    if since is not None:
        conditions.append(calls.since(since))
    with shop.reading() as (session, _):
        found = calls.rows(
            session, *conditions, order=calls.NEWEST_OPEN if open_only else calls.NEWEST, limit=limit
        )
        return tuple(found), calls.count(session, *conditions)


def waiting(shop: Shop, limit: int = LIST_LIMIT) -> tuple[tuple[CallView, ...], int, int]:
    """The open calls of the desk, the promised call-backs first: rows, how many in all, how many are late."""
    with shop.reading() as (session, day):
        found = calls.rows(session, calls.is_unclosed, order=calls.DUE_FIRST, limit=limit)
        late = calls.count(session, calls.is_unclosed, calls.call_back_before(day.now))
        return tuple(found), calls.count(session, calls.is_unclosed), late


def edit(
    shop: Shop, call_id: int, *, shown: Mapping[str, object], changes: Mapping[str, object], by: int
) -> CallView:
    """Change a call's own words: fault, cause, wish, urgency, kind, channel, promised_call_back.

    Raises ``Conflict``, ``Refused`` (``field_unknown``, ``word_unknown``, ``too_long``), ``NotFound``.
    """
    allowed = ("fault", "promised_call_back", *WORDS)
    unknown = set(changes) - set(allowed)
    if unknown:
        raise refuse("field_unknown", min(unknown), known=", ".join(allowed))
    values = {
        name: fields.word(name, WORDS[name], value) if name in WORDS else value
        for name, value in changes.items()
    }
    if "fault" in values:
        values["fault"] = fields.text("fault", str(values["fault"]))
    with shop.writing(by, Permission.TAKE_CALLS) as (session, day):
        row = edits.save(
            session, Call, call_id, shown=shown, changes=values, kind=RecordKind.CALL, by=by, now=day.now
        )
        _recheck(session, row)
        calls.make_findable(session, row, day.settings.region)
        return calls.view(session, call_id)


def note(shop: Shop, call_id: int, text: str, by: int) -> CallView:
    """Write a note to a call; it stands in its log. Raises ``Refused`` (``note_empty``), ``NotFound``."""
    line = fields.text("notes", text)
    if not line:
        raise refuse("note_empty", "note")
    with shop.writing(by, Permission.NOTES) as (session, day):
        call = calls.required(session, call_id)
        events.record(session, day.now, by, RecordKind.CALL, call.id or 0, "note", note=line)
        return calls.view(session, call_id)


def next_job_number(shop: Shop) -> str:
    """The number a job opened now would get, for the form that proposes it."""
    with shop.reading() as (session, _):
        return show_number(NumberKind.JOB, numbers.next_number(session, "job"))


def _log(session: Session, day: ShopDay, new: NewCall, by: int) -> tuple[Call, list[str]]:
    device_service.check_dates({name: getattr(new, name) for name in devices.DATES}, day.today)
    new = callers.unveiled(session, day, new)
    entry = callers.identify(session, day, new, by)
    call = Call(
        number=numbers.take(session, "call"),
        at=day.now,
        taken_by=by,
        kind=new.kind,
        channel=new.channel,
        customer_id=entry.customer.id if entry.customer else None,
        device_id=entry.device.id if entry.device else None,
        caller_name=fields.text("name", new.name),
        caller_phone=fields.text("phone", new.phone),
        fault=fields.text("fault", new.fault),
        as_before=new.as_before,
        as_before_job_id=_job_as_before(session, new),
        cause=new.cause,
        wish=new.wish,
        urgency=new.urgency,
        place=new.place,
        status=CallStatus.OPEN,
        promised_call_back=new.call_back_at,
    )
    session.add(call)
    session.flush()
    assert call.id is not None
    events.record(
        session, day.now, by, RecordKind.CALL, call.id, "logged",
        after={"kind": call.kind, "channel": call.channel, "fault": call.fault, "name": call.caller_name,
               "phone": call.caller_phone, **_said_of_nobody(entry)},
        warnings=entry.warnings,
    )  # fmt: skip
    _recheck(session, call)
    if entry.device is not None or new.kind in JUDGED_KINDS:
        register.judge_call(session, day, call, new)
    calls.make_findable(session, call, day.settings.region)
    return call, entry.warnings


def _said_of_nobody(entry: callers.Entry) -> dict[str, str]:
    """What was said of a caller for whom there is no file to keep it in."""
    if entry.customer is not None:
        return {}
    said = {name: fields.text(name, getattr(entry.new, name)) for name in ("region", "address", "email")}
    return {name: text for name, text in said.items() if text}


def _recheck(session: Session, call: Call) -> None:
    if call.status is not CallStatus.CLOSED:
        assert call.id is not None
        call.status = status_for(missing(calls.facts(calls.view(session, call.id))))
        session.add(call)
        session.flush()


def _job_as_before(session: Session, new: NewCall) -> int | None:
    if new.as_before is not AsBefore.YES or new.as_before_job_id is None:
        return None
    return job_rows.required(session, new.as_before_job_id).id


def _close(session: Session, day: ShopDay, call: Call, resolution: Resolution, by: int, note: str) -> None:
    if call.status is CallStatus.CLOSED:
        raise Refused(
            Problem("call_is_closed", "status", {"number": show_number(NumberKind.CALL, call.number)})
        )
    register.close_row(session, day, call, resolution, by, note)
    if resolution is Resolution.ADVISED:
        due = advice_call_back(day.now, timedelta(hours=day.settings.advice_hours))
        followups.make(
            session, day, FollowUpKind.AFTER_ADVICE, call_id=call.id, customer_id=call.customer_id, due_at=due
        )


def _logged(session: Session, day: ShopDay, call: Call, warnings: list[str]) -> CallLogged:
    assert call.id is not None
    session.flush()
    view = calls.view(session, call.id)
    opened = job_rows.for_call(session, call.id)
    job = jobs.full_view(session, job_rows.by_number(session, opened[-1]).id or 0) if opened else None
    due = follow_up_rows.number_for_call(session, call.id)
    return CallLogged(
        call=view,
        job=job,
        verdict=view.verdict,
        follow_up_number=due,
        warnings=tuple(dict.fromkeys(warnings)),
    )
