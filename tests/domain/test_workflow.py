"""The status table of the house, row by row, and the paths through it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.domain.errors import NotAllowed, Refused
from aftersales_tui.domain.words import Channel, JobStatus, Outcome, Place, Role, TestResult, WaitFor
from aftersales_tui.domain.workflow import (
    CLOSED,
    GROUPS,
    OPEN,
    REPAIRED,
    UNFINISHED,
    UNREPAIRED,
    WAITING,
    JobState,
    Step,
    StepInput,
    check_reopen,
    is_possible,
    move,
    next_step,
    opening_status,
)

S = JobStatus


def refused(state: JobState, step: Step, given: StepInput) -> str:
    with pytest.raises(Refused) as caught:
        move(state, step, given)
    return caught.value.problem.code


WHY = StepInput(reason="because")

TABLE = [
    (JobState(S.EXPECTED), Step.TAKE_IN, StepInput(), S.RECEIVED),
    (JobState(S.EXPECTED), Step.START, StepInput(), S.DIAGNOSING),
    (JobState(S.EXPECTED, Place.ON_SITE), Step.START, StepInput(), S.DIAGNOSING),
    (JobState(S.EXPECTED, Place.ON_SITE), Step.NOT_HOME, WHY, S.EXPECTED),
    (JobState(S.RECEIVED, device_here=True), Step.START, StepInput(), S.DIAGNOSING),
    (JobState(S.DIAGNOSING), Step.DIAGNOSE, StepInput(), S.IN_REPAIR),
    *[
        (JobState(s), Step.RECORD, StepInput(outcome=o), S.TESTING)
        for s in (S.DIAGNOSING, S.IN_REPAIR)
        for o in REPAIRED
    ],
    *[
        (JobState(s), Step.RECORD, StepInput(outcome=o), S.READY)
        for s in (S.DIAGNOSING, S.IN_REPAIR, *WAITING)
        for o in UNREPAIRED
    ],
    (JobState(S.IN_REPAIR), Step.DIAGNOSE_AGAIN, WHY, S.DIAGNOSING),
    (JobState(S.TESTING), Step.TEST, StepInput(result=TestResult.FAILED), S.IN_REPAIR),
    (JobState(S.TESTING), Step.TEST, StepInput(result=TestResult.PASSED), S.TESTING),
    (JobState(S.TESTING, test_passed=True), Step.READY, StepInput(), S.READY),
    (JobState(S.RECEIVED), Step.WAIT, StepInput(wait_for=WaitFor.PARTS), S.AWAITING_PARTS),
    (JobState(S.AWAITING_PARTS), Step.WAIT, StepInput(wait_for=WaitFor.MAKER), S.AT_MAKER),
    (JobState(S.AWAITING_APPROVAL, resume_to=S.IN_REPAIR), Step.RESUME, StepInput(), S.IN_REPAIR),
    (JobState(S.AWAITING_CUSTOMER, resume_to=S.RECEIVED), Step.RESUME, StepInput(), S.DIAGNOSING),
    (JobState(S.READY), Step.REWORK, WHY, S.IN_REPAIR),
    (JobState(S.READY), Step.HAND_OVER, StepInput(), S.HANDED_OVER),
    *[
        (JobState(s), Step.SETTLE, StepInput(outcome=Outcome.REFUNDED, reason="agreed"), S.SETTLED)
        for s in (S.READY, S.AT_MAKER, S.AWAITING_CUSTOMER)
    ],
    *[(JobState(s), Step.CANCEL, WHY, S.CANCELLED) for s in UNFINISHED],
    *[(JobState(s, device_here=True), Step.CANCEL, WHY, S.READY) for s in UNFINISHED],
    (JobState(S.HANDED_OVER, before_closing=S.READY), Step.REOPEN, WHY, S.READY),
    (JobState(S.CANCELLED, before_closing=S.EXPECTED), Step.REOPEN, WHY, S.EXPECTED),
    (JobState(S.SETTLED, before_closing=S.AT_MAKER), Step.REOPEN, WHY, S.AT_MAKER),
]


@pytest.mark.parametrize(("state", "step", "given", "to"), TABLE)
def test_a_row_of_the_table_leads_where_it_says(
    state: JobState, step: Step, given: StepInput, to: JobStatus
) -> None:
    assert move(state, step, given).state.status is to


def test_every_step_not_in_the_table_is_refused() -> None:
    allowed = {(state.status, step) for state, step, _, _ in TABLE}
    allowed |= {(s, Step.WAIT) for s in (S.RECEIVED, S.DIAGNOSING, S.IN_REPAIR, S.TESTING, *WAITING)}
    allowed |= {(s, Step.RESUME) for s in WAITING} | {(s, Step.REOPEN) for s in CLOSED}
    for status in JobStatus:
        for step in Step:
            # a visit and a passed test, so that only the status decides
            state = JobState(status, Place.ON_SITE, test_passed=True)
            assert (is_possible(state, step) is None) == ((status, step) in allowed), (status, step)


def test_waiting_again_changes_the_reason_and_keeps_the_way_back() -> None:
    working = JobState(S.IN_REPAIR)
    parts = move(working, Step.WAIT, StepInput(wait_for=WaitFor.PARTS)).state
    maker = move(parts, Step.WAIT, StepInput(wait_for=WaitFor.MAKER)).state
    assert maker.status is S.AT_MAKER
    assert move(maker, Step.RESUME).state.status is S.IN_REPAIR


def test_a_repaired_device_cannot_be_ready_untested() -> None:
    tested = move(JobState(S.IN_REPAIR), Step.RECORD, StepInput(outcome=Outcome.FIXED)).state
    assert refused(tested, Step.READY, StepInput()) == "test_first"


def test_a_failed_test_asks_for_a_new_record_and_a_new_test() -> None:
    state = JobState(S.TESTING, outcome=Outcome.FIXED, test_passed=True)
    again = move(state, Step.TEST, StepInput(result=TestResult.FAILED)).state
    assert (again.status, again.outcome, again.test_passed) == (S.IN_REPAIR, None, False)


def test_starting_in_the_workshop_records_the_take_in_and_on_site_does_not() -> None:
    assert move(JobState(S.EXPECTED), Step.START).taken_in
    visit = move(JobState(S.EXPECTED, Place.ON_SITE), Step.START)
    assert not visit.taken_in
    assert not visit.state.device_here


def test_cancelling_with_the_device_here_leads_to_the_counter_and_not_to_the_archive() -> None:
    cancelled = move(JobState(S.AWAITING_PARTS, device_here=True), Step.CANCEL, WHY)
    assert cancelled.state.outcome is Outcome.RETURNED_UNREPAIRED
    assert cancelled.tell_customer


def test_a_hand_over_makes_the_follow_up_due_and_ends_the_custody() -> None:
    done = move(JobState(S.READY, outcome=Outcome.FIXED, device_here=True), Step.HAND_OVER)
    assert done.follow_up
    assert not done.state.device_here
    assert done.state.outcome is Outcome.FIXED


@pytest.mark.parametrize("step", [Step.CANCEL, Step.REOPEN, Step.REWORK, Step.SETTLE, Step.DIAGNOSE_AGAIN])
def test_steps_that_undo_something_need_a_reason(step: Step) -> None:
    state = next(state for state, s, _, _ in TABLE if s is step)
    assert refused(state, step, StepInput(outcome=Outcome.REFUNDED, reason="  ")) == "reason_missing"


def test_unknown_is_for_imported_history_only() -> None:
    unknown = StepInput(outcome=Outcome.UNKNOWN, reason="x")
    assert refused(JobState(S.IN_REPAIR), Step.RECORD, unknown) == "outcome_not_here"
    assert refused(JobState(S.READY), Step.SETTLE, unknown) == "outcome_not_here"


def test_a_repair_cannot_be_recorded_while_the_job_waits() -> None:
    assert (
        refused(JobState(S.AWAITING_PARTS), Step.RECORD, StepInput(outcome=Outcome.FIXED)) == "step_not_now"
    )


def test_reopening_brings_back_status_and_outcome() -> None:
    ready = JobState(S.READY, outcome=Outcome.FIXED, device_here=True)
    closed = move(ready, Step.HAND_OVER).state
    assert move(closed, Step.REOPEN, WHY).state == ready


def test_only_the_same_person_on_the_same_day_or_the_owner_reopens() -> None:
    check_reopen(Role.CLERK, same_person=True, same_day=True)
    check_reopen(Role.OWNER, same_person=False, same_day=False)
    for role, person, day in [
        (Role.CLERK, True, False),
        (Role.TECHNICIAN, False, True),
        (Role.CLERK, False, False),
    ]:
        with pytest.raises(NotAllowed):
            check_reopen(role, same_person=person, same_day=day)


@pytest.mark.parametrize(
    ("channel", "place", "in_hand", "status"),
    [
        (Channel.WALK_IN, Place.WORKSHOP, None, S.RECEIVED),
        (Channel.PHONE, Place.WORKSHOP, None, S.EXPECTED),
        (Channel.LETTER, Place.MAIL_IN, None, S.EXPECTED),
        (Channel.WALK_IN, Place.ON_SITE, None, S.EXPECTED),
        (Channel.PHONE, Place.WORKSHOP, True, S.RECEIVED),
        (Channel.WALK_IN, Place.WORKSHOP, False, S.EXPECTED),
    ],
)
def test_a_job_starts_as_received_only_with_the_device_in_hand(
    channel: Channel, place: Place, in_hand: bool | None, status: JobStatus
) -> None:
    assert opening_status(channel, place, in_hand) is status


def test_the_next_step_of_every_open_job_is_possible_and_a_closed_one_has_none() -> None:
    for status in JobStatus:
        step = next_step(JobState(status))
        if status in CLOSED:
            assert step is None
        else:
            assert step is not None
            assert is_possible(JobState(status), step) is None


def test_every_status_has_a_group() -> None:
    assert set(GROUPS) == set(JobStatus)
    assert set(OPEN) | set(CLOSED) == set(JobStatus)


inputs = st.builds(
    StepInput,
    outcome=st.sampled_from(list(Outcome)),
    result=st.sampled_from(list(TestResult)),
    wait_for=st.sampled_from(list(WaitFor)),
    reason=st.just("why"),
)


@given(
    st.lists(st.tuples(st.sampled_from(list(Step)), inputs), max_size=25),
    st.sampled_from([Place.WORKSHOP, Place.ON_SITE]),
)
def test_no_path_hands_over_a_repaired_device_untested(
    path: list[tuple[Step, StepInput]], place: Place
) -> None:
    state = JobState(S.EXPECTED, place)
    for step, given_input in path:
        if is_possible(state, step) is not None:
            continue
        try:
            state = move(state, step, given_input).state
        except Refused:
            continue
        if state.status in (S.READY, S.HANDED_OVER) and state.outcome in REPAIRED:
            assert state.test_passed
        if state.status is S.READY:
            assert state.outcome is not None
