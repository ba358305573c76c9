"""The life of a job: which step leads where, what guards it and which step is the obvious next.

The table is the status table of the house. ``move`` is the only place that decides a
transition; services add the time, the person and the row.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from aftersales_tui.domain.errors import NotAllowed, Problem, Refused
from aftersales_tui.domain.words import (
    Channel,
    JobStatus,
    Outcome,
    Place,
    Role,
    StatusGroup,
    TestResult,
    WaitFor,
)

S = JobStatus


class Step(StrEnum):
    """One thing somebody does to a job."""

    TAKE_IN = "take_in"
    START = "start"
    NOT_HOME = "not_home"
    DIAGNOSE = "diagnose"
    DIAGNOSE_AGAIN = "diagnose_again"
    RECORD = "record"
    TEST = "test"
    READY = "ready"
    WAIT = "wait"
    RESUME = "resume"
    REWORK = "rework"
    HAND_OVER = "hand_over"
    SETTLE = "settle"
    CANCEL = "cancel"
    REOPEN = "reopen"


GROUPS: dict[JobStatus, StatusGroup] = {
    S.EXPECTED: StatusGroup.NEW,
    S.RECEIVED: StatusGroup.NEW,
    S.DIAGNOSING: StatusGroup.WORKING,
    S.IN_REPAIR: StatusGroup.WORKING,
    S.TESTING: StatusGroup.WORKING,
    S.AWAITING_APPROVAL: StatusGroup.WAITING,
    S.AWAITING_PARTS: StatusGroup.WAITING,
    S.AWAITING_CUSTOMER: StatusGroup.WAITING,
    S.AT_MAKER: StatusGroup.WAITING,
    S.READY: StatusGroup.DONE,
    S.HANDED_OVER: StatusGroup.CLOSED,
    S.SETTLED: StatusGroup.CLOSED,
    S.CANCELLED: StatusGroup.CLOSED,
}


def in_groups(*groups: StatusGroup) -> tuple[JobStatus, ...]:
    """The statuses of these groups, in the order of the table."""
    return tuple(status for status, group in GROUPS.items() if group in groups)


WORKING = in_groups(StatusGroup.WORKING)
WAITING = in_groups(StatusGroup.WAITING)
CLOSED = in_groups(StatusGroup.CLOSED)
UNFINISHED = in_groups(StatusGroup.NEW, StatusGroup.WORKING, StatusGroup.WAITING)
"""Not yet ready: what can be late, waits for work or can be cancelled."""
OPEN = (*UNFINISHED, S.READY)

WAIT_STATUS: dict[WaitFor, JobStatus] = {
    WaitFor.PARTS: S.AWAITING_PARTS,
    WaitFor.APPROVAL: S.AWAITING_APPROVAL,
    WaitFor.CUSTOMER: S.AWAITING_CUSTOMER,
    WaitFor.MAKER: S.AT_MAKER,
}

REPAIRED = (Outcome.FIXED, Outcome.PARTLY_FIXED, Outcome.NO_FAULT_FOUND)
"""Outcomes that have to be tested before the device may go (REP-8, REP-15)."""
UNREPAIRED = (Outcome.NOT_REPAIRABLE, Outcome.DECLINED, Outcome.RETURNED_UNREPAIRED)
SETTLED_AS = (Outcome.REFUNDED, Outcome.EXCHANGED, Outcome.NOT_REPAIRABLE, Outcome.DECLINED, Outcome.FIXED)
"""Closed without return: refunded, exchanged, disposed of with consent, sold after storage."""

_FROM: dict[Step, tuple[JobStatus, ...]] = {
    Step.TAKE_IN: (S.EXPECTED,),
    Step.START: (S.EXPECTED, S.RECEIVED),
    Step.NOT_HOME: (S.EXPECTED,),
    Step.DIAGNOSE: (S.DIAGNOSING,),
    Step.DIAGNOSE_AGAIN: (S.IN_REPAIR,),
    Step.RECORD: (S.DIAGNOSING, S.IN_REPAIR, *WAITING),
    Step.TEST: (S.TESTING,),
    Step.READY: (S.TESTING,),
    Step.WAIT: (S.RECEIVED, *WORKING, *WAITING),
    Step.RESUME: WAITING,
    Step.REWORK: (S.READY,),
    Step.HAND_OVER: (S.READY,),
    Step.SETTLE: (S.READY, S.AT_MAKER, S.AWAITING_CUSTOMER),
    Step.CANCEL: UNFINISHED,
    Step.REOPEN: CLOSED,
}


@dataclass(frozen=True, slots=True)
class JobState:
    """What the status machine has to know of a job."""

    status: JobStatus
    place: Place = Place.WORKSHOP
    device_here: bool = False
    """The device was taken in and has not gone back: its custody is the shop's."""
    resume_to: JobStatus | None = None
    """The working status a waiting job came from."""
    test_passed: bool = False
    outcome: Outcome | None = None
    before_closing: JobStatus | None = None
    outcome_before_closing: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """The state after a step, and what else the step brings about."""

    state: JobState
    taken_in: bool = False
    """The custody of the device passes to the shop with this step."""
    tell_customer: bool = False
    """'Tell the customer' becomes due (REP-17)."""
    follow_up: bool = False
    """The follow-up of CB-1 becomes due."""


@dataclass(frozen=True, slots=True)
class StepInput:
    """What a step is given besides the job: only the fields its step reads."""

    outcome: Outcome | None = None
    result: TestResult | None = None
    wait_for: WaitFor | None = None
    reason: str = ""


NOTHING = StepInput()


def opening_status(channel: Channel, place: Place, in_hand: bool | None = None) -> JobStatus:
    """``received`` with the device in hand, else ``expected`` (opened by phone, web, letter or on site)."""
    if place is Place.ON_SITE:
        return S.EXPECTED
    here = channel is Channel.WALK_IN if in_hand is None else in_hand
    return S.RECEIVED if here else S.EXPECTED


def is_possible(state: JobState, step: Step) -> Problem | None:
    """None when ``step`` can be done now, else why not (code ``step_not_now`` or a guard's own)."""
    if state.status not in _FROM[step]:
        return Problem("step_not_now", "status", {"step": step, "status": state.status})
    if step is Step.NOT_HOME and state.place is not Place.ON_SITE:
        return Problem("not_a_visit", "place", {})
    if step is Step.READY and not state.test_passed:
        return Problem("test_first", "test", {})
    return None


def move(state: JobState, step: Step, given: StepInput = NOTHING) -> Move:
    """The state after ``step``.

    Raises ``Refused``: ``step_not_now`` (with status and step), ``test_first``, ``reason_missing``,
    ``outcome_missing``, ``outcome_not_here``, ``wait_reason_missing``, ``result_missing``.
    """
    problem = is_possible(state, step)
    if problem is not None:
        raise Refused(problem)
    if step in (Step.DIAGNOSE_AGAIN, Step.REWORK, Step.SETTLE, Step.CANCEL, Step.REOPEN, Step.NOT_HOME) and (
        not given.reason.strip()
    ):
        raise Refused(Problem("reason_missing", "reason", {"step": step}))
    return _HANDLERS[step](state, given)


def _take_in(state: JobState, given: StepInput) -> Move:
    return Move(replace(state, status=S.RECEIVED, device_here=True), taken_in=True)


def _start(state: JobState, given: StepInput) -> Move:
    arrives = state.status is S.EXPECTED and state.place is not Place.ON_SITE
    here = state.device_here or arrives
    return Move(replace(state, status=S.DIAGNOSING, device_here=here), taken_in=arrives)


def _not_home(state: JobState, given: StepInput) -> Move:
    return Move(state)


def _diagnose(state: JobState, given: StepInput) -> Move:
    return Move(replace(state, status=S.IN_REPAIR))


def _diagnose_again(state: JobState, given: StepInput) -> Move:
    return Move(replace(state, status=S.DIAGNOSING))


def _record(state: JobState, given: StepInput) -> Move:
    if given.outcome is None:
        raise Refused(Problem("outcome_missing", "outcome", {}))
    if given.outcome in UNREPAIRED:
        after = replace(state, status=S.READY, outcome=given.outcome, resume_to=None, test_passed=False)
        return Move(after, tell_customer=True)
    if given.outcome in REPAIRED and state.status in WORKING:
        return Move(replace(state, status=S.TESTING, outcome=given.outcome, test_passed=False))
    if given.outcome in REPAIRED:
        raise Refused(Problem("step_not_now", "status", {"step": Step.RECORD, "status": state.status}))
    raise Refused(Problem("outcome_not_here", "outcome", {"outcome": given.outcome, "step": Step.RECORD}))


def _test(state: JobState, given: StepInput) -> Move:
    if given.result is None:
        raise Refused(Problem("result_missing", "result", {}))
    if given.result is TestResult.PASSED:
        return Move(replace(state, test_passed=True))
    return Move(replace(state, status=S.IN_REPAIR, outcome=None, test_passed=False))


def _ready(state: JobState, given: StepInput) -> Move:
    return Move(replace(state, status=S.READY), tell_customer=True)


def _wait(state: JobState, given: StepInput) -> Move:
    if given.wait_for is None:
        raise Refused(Problem("wait_reason_missing", "for", {}))
    came_from = state.resume_to if state.status in WAITING else state.status
    return Move(replace(state, status=WAIT_STATUS[given.wait_for], resume_to=came_from))


def _resume(state: JobState, given: StepInput) -> Move:
    back = state.resume_to if state.resume_to in WORKING else S.DIAGNOSING
    return Move(replace(state, status=back or S.DIAGNOSING, resume_to=None))


def _rework(state: JobState, given: StepInput) -> Move:
    return Move(replace(state, status=S.IN_REPAIR, outcome=None, test_passed=False))


def _close(state: JobState, status: JobStatus, outcome: Outcome | None, *, here: bool) -> JobState:
    return replace(
        state,
        status=status,
        outcome=outcome,
        device_here=here,
        before_closing=state.status,
        outcome_before_closing=state.outcome,
    )


def _hand_over(state: JobState, given: StepInput) -> Move:
    return Move(_close(state, S.HANDED_OVER, state.outcome, here=False), follow_up=True)


def _settle(state: JobState, given: StepInput) -> Move:
    if given.outcome is None:
        raise Refused(Problem("outcome_missing", "outcome", {}))
    if given.outcome not in SETTLED_AS:
        raise Refused(Problem("outcome_not_here", "outcome", {"outcome": given.outcome, "step": Step.SETTLE}))
    return Move(_close(state, S.SETTLED, given.outcome, here=False))


def _cancel(state: JobState, given: StepInput) -> Move:
    if state.device_here:
        after = replace(
            state, status=S.READY, outcome=Outcome.RETURNED_UNREPAIRED, resume_to=None, test_passed=False
        )
        return Move(after, tell_customer=True)
    return Move(_close(state, S.CANCELLED, state.outcome, here=False))


def _reopen(state: JobState, given: StepInput) -> Move:
    before = state.before_closing or S.READY
    here = state.status is not S.CANCELLED and state.place is not Place.ON_SITE
    return Move(
        replace(
            state,
            status=before,
            outcome=state.outcome_before_closing,
            device_here=here,
            before_closing=None,
            outcome_before_closing=None,
        )
    )


_HANDLERS = {
    Step.TAKE_IN: _take_in,
    Step.START: _start,
    Step.NOT_HOME: _not_home,
    Step.DIAGNOSE: _diagnose,
    Step.DIAGNOSE_AGAIN: _diagnose_again,
    Step.RECORD: _record,
    Step.TEST: _test,
    Step.READY: _ready,
    Step.WAIT: _wait,
    Step.RESUME: _resume,
    Step.REWORK: _rework,
    Step.HAND_OVER: _hand_over,
    Step.SETTLE: _settle,
    Step.CANCEL: _cancel,
    Step.REOPEN: _reopen,
}


def check_reopen(role: Role, *, same_person: bool, same_day: bool) -> None:
    """Reopening is a correction: the same person on the same day, else the owner. Raises ``NotAllowed``."""
    if role is Role.OWNER or (same_person and same_day):
        return
    raise NotAllowed(Problem("reopen_owner_only", "by", {}))


def next_step(state: JobState) -> Step | None:
    """The obvious next thing to do with a job; None when it is closed."""
    match state.status:
        case S.EXPECTED if state.place is not Place.ON_SITE:
            return Step.TAKE_IN
        case S.EXPECTED | S.RECEIVED:
            return Step.START
        case S.DIAGNOSING | S.IN_REPAIR:
            return Step.RECORD
        case S.TESTING:
            return Step.READY if state.test_passed else Step.TEST
        case S.READY:
            return Step.HAND_OVER
        case _ if state.status in WAITING:
            return Step.RESUME
        case _:
            return None
