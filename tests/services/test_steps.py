"""Every row of the status table, with the event it writes and what it stamps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from aftersales_tui.domain.errors import NotAllowed, NotFound, Refused
from aftersales_tui.domain.words import (
    CausedBy,
    FollowUpKind,
    InformedBy,
    JobStatus,
    Outcome,
    Place,
    Role,
    TestResult,
    WaitFor,
)
from aftersales_tui.services import calls, followups, jobs, staff, steps
from aftersales_tui.views.calls import OpenJob
from aftersales_tui.views.jobs import JobView, RepairRecord
from shops import FIXED, OPENING, Desk, raw

S = JobStatus
HOUR = timedelta(hours=1)
NOTHING_SAID = RepairRecord(outcome=Outcome.FIXED)
Act = Callable[[Desk, int], JobView]


def _record(outcome: Outcome) -> Act:
    record = RepairRecord(outcome=outcome, cause="wear", action="cleaned")
    return lambda d, j: steps.record(d.shop, j, record, d.technician)


def _wait(reason: WaitFor) -> Act:
    return lambda d, j: steps.wait(d.shop, j, reason, d.technician, note="n")


ROWS: list[tuple[S, str, Act, S]] = [
    (S.EXPECTED, "take_in", lambda d, j: steps.take_in(d.shop, j, d.clerk, intake="cable"), S.RECEIVED),
    (S.EXPECTED, "start", lambda d, j: steps.start(d.shop, j, d.technician), S.DIAGNOSING),
    (S.RECEIVED, "start", lambda d, j: steps.start(d.shop, j, d.technician), S.DIAGNOSING),
    (S.DIAGNOSING, "diagnose", lambda d, j: steps.diagnose(d.shop, j, "fan", d.technician), S.IN_REPAIR),
    (S.DIAGNOSING, "record", _record(Outcome.FIXED), S.TESTING),
    (S.IN_REPAIR, "record", _record(Outcome.PARTLY_FIXED), S.TESTING),
    (S.IN_REPAIR, "record", _record(Outcome.NO_FAULT_FOUND), S.TESTING),
    (S.DIAGNOSING, "record", _record(Outcome.NOT_REPAIRABLE), S.READY),
    (S.IN_REPAIR, "record", _record(Outcome.DECLINED), S.READY),
    (S.AWAITING_APPROVAL, "record", _record(Outcome.DECLINED), S.READY),
    (S.AWAITING_PARTS, "record", _record(Outcome.RETURNED_UNREPAIRED), S.READY),
    (S.AT_MAKER, "record", _record(Outcome.NOT_REPAIRABLE), S.READY),
    (
        S.IN_REPAIR,
        "diagnose_again",
        lambda d, j: steps.diagnose(d.shop, j, "fan", d.technician, reason="no spark"),
        S.DIAGNOSING,
    ),
    (S.TESTING, "test", lambda d, j: steps.test(d.shop, j, TestResult.FAILED, d.technician), S.IN_REPAIR),
    (S.TESTING, "test", lambda d, j: steps.test(d.shop, j, TestResult.PASSED, d.technician), S.TESTING),
    (S.RECEIVED, "wait", _wait(WaitFor.CUSTOMER), S.AWAITING_CUSTOMER),
    (S.DIAGNOSING, "wait", _wait(WaitFor.APPROVAL), S.AWAITING_APPROVAL),
    (S.IN_REPAIR, "wait", _wait(WaitFor.PARTS), S.AWAITING_PARTS),
    (S.TESTING, "wait", _wait(WaitFor.MAKER), S.AT_MAKER),
    (S.AWAITING_PARTS, "wait", _wait(WaitFor.MAKER), S.AT_MAKER),
    (S.AWAITING_PARTS, "resume", lambda d, j: steps.resume(d.shop, j, d.technician), S.DIAGNOSING),
    (S.AT_MAKER, "resume", lambda d, j: steps.start(d.shop, j, d.technician), S.DIAGNOSING),
    (S.READY, "rework", lambda d, j: steps.rework(d.shop, j, "still sparks", d.clerk), S.IN_REPAIR),
    (S.READY, "hand_over", lambda d, j: steps.hand_over(d.shop, j, d.clerk), S.HANDED_OVER),
    *(
        (state, "settle", lambda d, j: steps.settle(d.shop, j, Outcome.REFUNDED, "r", d.clerk), S.SETTLED)
        for state in (S.READY, S.AT_MAKER, S.AWAITING_CUSTOMER)
    ),
    (S.EXPECTED, "cancel", lambda d, j: steps.cancel(d.shop, j, "never came", d.clerk), S.CANCELLED),
    (S.RECEIVED, "cancel", lambda d, j: steps.cancel(d.shop, j, "too dear", d.clerk), S.READY),
    (S.AWAITING_PARTS, "cancel", lambda d, j: steps.cancel(d.shop, j, "too dear", d.clerk), S.READY),
    *(
        (state, "reopen", lambda d, j: steps.reopen(d.shop, j, "mistake", d.owner), before)
        for state, before in ((S.HANDED_OVER, S.READY), (S.SETTLED, S.READY), (S.CANCELLED, S.EXPECTED))
    ),
]


@pytest.mark.parametrize(("start", "step", "act", "end"), ROWS)
def test_a_row_of_the_table_leads_where_it_says_and_is_on_record(
    desk: Desk, start: JobStatus, step: str, act: Act, end: JobStatus
) -> None:
    job = desk.job(start)
    assert job.status is start
    desk.clock.ahead(hours=1)
    after = act(desk, job.id)
    assert after.status is end
    assert after.version == job.version + 1
    event = after.events[0]
    assert (event.what, event.at) == (step, OPENING + HOUR)
    assert event.data["before"]["status"] == start.value  # type: ignore[index]
    assert event.data["after"]["status"] == end.value  # type: ignore[index]
    assert (after.completed_on is not None) is (end in (S.HANDED_OVER, S.SETTLED, S.CANCELLED))
    assert (after.waiting_since is not None) is end.value.startswith(("awaiting", "at_"))


@pytest.mark.parametrize(
    ("start", "act"),
    [
        (S.EXPECTED, lambda d, j: steps.hand_over(d.shop, j, d.clerk)),
        (S.RECEIVED, lambda d, j: steps.take_in(d.shop, j, d.clerk)),
        (S.RECEIVED, lambda d, j: steps.record(d.shop, j, FIXED, d.technician)),
        (S.AWAITING_PARTS, lambda d, j: steps.record(d.shop, j, FIXED, d.technician)),
        (S.EXPECTED, _wait(WaitFor.PARTS)),
        (S.READY, lambda d, j: steps.cancel(d.shop, j, "r", d.clerk)),
        (S.READY, lambda d, j: steps.reopen(d.shop, j, "r", d.owner)),
        (S.TESTING, lambda d, j: steps.ready(d.shop, j, d.technician)),
        (S.HANDED_OVER, lambda d, j: steps.start(d.shop, j, d.technician)),
        (S.CANCELLED, lambda d, j: jobs.assign(d.shop, j, d.technician, d.owner)),
        (S.HANDED_OVER, lambda d, j: jobs.informed(d.shop, j, "x", InformedBy.PHONE, d.clerk)),
        (S.READY, lambda d, j: steps.rework(d.shop, j, " ", d.clerk)),
        (S.EXPECTED, lambda d, j: steps.cancel(d.shop, j, "", d.clerk)),
        (S.READY, lambda d, j: steps.settle(d.shop, j, Outcome.REFUNDED, "", d.clerk)),
        (S.READY, lambda d, j: steps.settle(d.shop, j, Outcome.UNKNOWN, "r", d.clerk)),
        (S.IN_REPAIR, lambda d, j: steps.diagnose(d.shop, j, "fan", d.technician)),
        (S.DIAGNOSING, lambda d, j: steps.diagnose(d.shop, j, " ", d.technician)),
        (S.DIAGNOSING, lambda d, j: steps.record(d.shop, j, NOTHING_SAID, d.technician)),
        (S.DIAGNOSING, _record(Outcome.REFUNDED)),
        (S.EXPECTED, lambda d, j: steps.not_home(d.shop, j, "nobody", d.technician)),
        (S.DIAGNOSING, lambda d, j: jobs.note(d.shop, j, "", d.clerk)),
    ],
)  # fmt: skip
def test_a_step_that_is_refused_changes_nothing(desk: Desk, start: JobStatus, act: Act) -> None:
    job = desk.job(start)
    before = raw(desk.shop, "SELECT * FROM job"), raw(desk.shop, "SELECT count(*) FROM event")
    with pytest.raises(Refused):
        act(desk, job.id)
    assert (raw(desk.shop, "SELECT * FROM job"), raw(desk.shop, "SELECT count(*) FROM event")) == before


def test_the_take_in_is_stamped_where_custody_passes(desk: Desk) -> None:
    expected = desk.job(S.EXPECTED)
    assert (expected.taken_in_at, expected.device_here) == (None, False)
    desk.clock.ahead(hours=1)
    taken = steps.take_in(desk.shop, expected.id, desk.clerk, intake="with cable", shelf="B2")
    assert (taken.taken_in_at, taken.device_here) == (OPENING + HOUR, True)
    assert (taken.intake, taken.shelf) == ("with cable", "B2")
    desk.clock.ahead(hours=1)
    started = steps.start(desk.shop, expected.id, desk.technician)
    assert started.taken_in_at == OPENING + HOUR
    assert "taken_in" not in started.events[0].data


def test_starting_what_is_expected_records_the_take_in_in_the_same_step(desk: Desk) -> None:
    job = desk.job(S.EXPECTED)
    started = steps.start(desk.shop, job.id, desk.technician)
    assert (started.taken_in_at, started.device_here) == (OPENING, True)
    assert started.events[0].data["taken_in"] is True


def test_a_visit_takes_no_custody_and_may_meet_nobody(desk: Desk) -> None:
    job = desk.opened(place=Place.ON_SITE)
    later = OPENING + timedelta(days=1)
    missed = steps.not_home(desk.shop, job.id, "nobody opened", desk.technician, later)
    assert (missed.status, missed.appointment_at) == (S.EXPECTED, later)
    assert missed.events[0].data["reason"] == "nobody opened"
    arrived = steps.start(desk.shop, job.id, desk.technician)
    assert (arrived.status, arrived.taken_in_at, arrived.device_here) == (S.DIAGNOSING, None, False)


def test_an_unassigned_job_is_taken_by_whoever_acts_and_another_ones_is_not(desk: Desk) -> None:
    job = desk.job(S.RECEIVED)
    started = steps.start(desk.shop, job.id, desk.technician)
    assert started.assigned_name == "陈伟 Chen Wei"
    assert started.events[0].data["after"]["assigned_to"] == "陈伟 Chen Wei"  # type: ignore[index]
    acted = steps.diagnose(desk.shop, job.id, "fan", desk.owner)
    assert acted.assigned_name == "陈伟 Chen Wei"
    assert acted.events[0].who == "周明 Zhou Ming"


def test_waiting_stops_at_resume_and_goes_back_where_it_came_from(desk: Desk) -> None:
    job = desk.job(S.IN_REPAIR)
    until = date(2026, 11, 30)
    waiting = steps.wait(desk.shop, job.id, WaitFor.PARTS, desk.technician, note="mica", until=until)
    assert (waiting.waiting_since, waiting.wait_note, waiting.wait_until) == (OPENING, "mica", until)
    assert waiting.resume_to is S.IN_REPAIR
    desk.clock.ahead(hours=1)
    same = steps.wait(desk.shop, job.id, WaitFor.PARTS, desk.technician, note="two micas")
    assert (same.waiting_since, same.wait_note) == (OPENING, "two micas")
    other = steps.wait(desk.shop, job.id, WaitFor.APPROVAL, desk.technician)
    assert (other.waiting_since, other.wait_note, other.wait_until) == (OPENING + HOUR, "", None)
    resumed = steps.resume(desk.shop, job.id, desk.technician)
    assert (resumed.status, resumed.waiting_since, resumed.resume_to) == (S.IN_REPAIR, None, None)


def test_a_new_diagnosis_keeps_the_earlier_finding(desk: Desk) -> None:
    job = desk.job(S.IN_REPAIR)
    again = steps.diagnose(desk.shop, job.id, "magnetron dead", desk.technician, reason="still sparks")
    assert (again.status, again.finding) == (S.DIAGNOSING, "magnetron dead")
    data = again.events[0].data
    assert data["reason"] == "still sparks"
    assert data["before"] == {"status": "in_repair", "finding": "mica burnt"}
    assert data["after"] == {"status": "diagnosing", "finding": "magnetron dead"}


def test_the_repair_record_is_kept_whole(desk: Desk) -> None:
    job = desk.job(S.IN_REPAIR)
    record = RepairRecord(
        outcome=Outcome.FIXED, cause="grease", caused_by=CausedBy.CUSTOMER, action="replaced mica",
        parts_used="mica x1", minutes=40, checks="10 min run", advice="cover the food",
    )  # fmt: skip
    done = steps.record(desk.shop, job.id, record, desk.technician)
    kept = (done.cause, done.caused_by, done.action, done.parts_used, done.minutes, done.checks, done.advice)
    assert kept == (
        "grease",
        CausedBy.CUSTOMER,
        "replaced mica",
        "mica x1",
        40,
        "10 min run",
        "cover the food",
    )
    assert done.finding == "mica burnt"
    for minutes in (-1, 100_001):
        with pytest.raises(Refused) as caught:
            steps.record(
                desk.shop, job.id, RepairRecord(outcome=Outcome.DECLINED, minutes=minutes), desk.technician
            )
        assert caught.value.problem.field == "minutes"


def test_recorded_tested_and_ready_in_one_save_are_three_events(desk: Desk) -> None:
    job = desk.job(S.DIAGNOSING)
    done = steps.record_test_ready(
        desk.shop, job.id, FIXED, desk.technician, result=TestResult.PASSED, ready=True
    )
    assert done.status is S.READY
    assert [event.what for event in done.events[:3]] == ["ready", "test", "record"]


def test_a_failed_test_in_the_same_save_goes_back_and_is_not_ready(desk: Desk) -> None:
    job = desk.job(S.DIAGNOSING)
    done = steps.record_test_ready(
        desk.shop, job.id, FIXED, desk.technician, result=TestResult.FAILED, ready=True
    )
    assert (done.status, done.outcome, done.ready_at) == (S.IN_REPAIR, None, None)


def test_an_untested_record_is_not_half_saved_when_it_should_be_ready(desk: Desk) -> None:
    job = desk.job(S.DIAGNOSING)
    with pytest.raises(Refused):
        steps.record_test_ready(desk.shop, job.id, FIXED, desk.technician, ready=True)
    assert jobs.show(desk.shop, job.id).status is S.DIAGNOSING


def test_the_first_ready_stays_through_rework_and_telling_is_due_again(desk: Desk) -> None:
    job = desk.job(S.READY)
    told = jobs.informed(desk.shop, job.id, "Mr Wang", InformedBy.MESSAGE, desk.clerk)
    assert (told.informed_at, told.informed_by, told.informed_channel) == (
        OPENING, "李娜 Li Na", InformedBy.MESSAGE
    )  # fmt: skip
    desk.clock.ahead(hours=1)
    back = steps.rework(desk.shop, job.id, "still sparks", desk.clerk)
    assert (back.ready_at, back.first_ready_at, back.outcome) == (None, OPENING, None)
    steps.record_test_ready(desk.shop, job.id, FIXED, desk.technician, result=TestResult.PASSED, ready=True)
    again = jobs.show(desk.shop, job.id)
    assert (again.ready_at, again.first_ready_at) == (OPENING + HOUR, OPENING)
    assert (again.informed_at, again.informed_by, again.informed_channel) == (None, "", None)


@pytest.mark.parametrize(
    ("moment", "day"),
    [("2026-11-30 23:59", date(2026, 11, 30)), ("2026-12-01 00:00", date(2026, 12, 1))],
)
def test_the_completion_day_is_the_shops_own(desk: Desk, moment: str, day: date) -> None:
    job = desk.job(S.READY)
    desk.clock.local(moment)
    done = steps.hand_over(desk.shop, job.id, desk.clerk)
    assert done.completed_on == day
    assert (done.closed_by, done.device_here) == ("李娜 Li Na", False)


def test_hand_over_makes_a_follow_up_three_calendar_days_later(desk: Desk) -> None:
    job = desk.job(S.HANDED_OVER)
    assert followups.due(desk.shop)[1] == 0
    coming = followups.coming(desk.shop)
    assert coming is not None
    assert (coming.kind, coming.due_on, coming.job_id) == (
        FollowUpKind.AFTER_HAND_OVER, date(2026, 11, 26), job.id
    )  # fmt: skip
    desk.clock.local("2026-11-26 00:00")
    assert followups.due(desk.shop)[1:] == (1, 0)


@pytest.mark.parametrize("status", [S.SETTLED, S.CANCELLED])
def test_only_a_hand_over_makes_a_follow_up(desk: Desk, status: JobStatus) -> None:
    desk.job(status)
    assert raw(desk.shop, "SELECT count(*) FROM follow_up") == [(0,)]


def test_reopening_voids_the_follow_up_and_handing_over_again_makes_another(desk: Desk) -> None:
    job = desk.job(S.HANDED_OVER)
    opened = steps.reopen(desk.shop, job.id, "wrong ticket", desk.clerk)
    assert (opened.status, opened.outcome, opened.completed_on, opened.closed_at) == (
        S.READY, Outcome.FIXED, None, None
    )  # fmt: skip
    assert opened.device_here
    assert opened.ready_at == OPENING
    assert raw(desk.shop, "SELECT status FROM follow_up") == [("void",)]
    steps.hand_over(desk.shop, job.id, desk.clerk)
    assert raw(desk.shop, "SELECT status FROM follow_up ORDER BY id") == [("void",), ("open",)]


def test_who_closed_it_may_reopen_it_on_the_same_day_and_the_owner_always(desk: Desk) -> None:
    first, second = desk.job(S.HANDED_OVER), desk.job(S.HANDED_OVER)
    with pytest.raises(NotAllowed):
        steps.reopen(desk.shop, first.id, "mistake", desk.technician)
    desk.clock.local("2026-11-23 23:59")
    assert steps.reopen(desk.shop, first.id, "mistake", desk.clerk).status is S.READY
    desk.clock.local("2026-11-24 00:00")
    with pytest.raises(NotAllowed):
        steps.reopen(desk.shop, second.id, "mistake", desk.clerk)
    assert steps.reopen(desk.shop, second.id, "mistake", desk.owner).status is S.READY


def test_a_closed_job_without_a_closing_time_is_the_owners_to_reopen(desk: Desk) -> None:
    job = desk.job(S.HANDED_OVER)
    with desk.shop.store.writing() as session:
        session.connection().exec_driver_sql("UPDATE job SET closed_at = NULL, closed_by = NULL")
    with pytest.raises(NotAllowed):
        steps.reopen(desk.shop, job.id, "mistake", desk.clerk)


def test_the_same_fault_again_is_a_new_job_of_the_old_one(desk: Desk) -> None:
    old = desk.job(S.HANDED_OVER)
    assert old.device_id is not None
    new = calls.open_on_device(
        desk.shop, old.device_id, "sparks again", desk.clerk, OpenJob(in_hand=True, rework_of=old.id)
    )
    assert (new.status, new.rework_of, new.rework_of_number) == (S.RECEIVED, old.id, old.number)
    assert new.number == old.number + 1
    assert [row.number for row in new.history if row.id == old.id] == [old.number]
    running = desk.job(S.DIAGNOSING)
    other = calls.open_on_device(desk.shop, old.device_id, "x", desk.clerk, OpenJob(rework_of=running.id))
    assert other.rework_of is None


def test_assigning_says_from_whom_to_whom_and_when(desk: Desk) -> None:
    job = desk.job(S.DIAGNOSING)
    at = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
    given = jobs.assign(desk.shop, job.id, desk.owner, desk.clerk, at)
    assert (given.assigned_to, given.appointment_at) == (desk.owner, at)
    assert given.events[0].data == {
        "before": {"assigned_to": "陈伟 Chen Wei"},
        "after": {"assigned_to": "周明 Zhou Ming", "at": "2026-11-25T06:00:00+00:00"},
    }
    gone = staff.add(desk.shop, "Sun", Role.TECHNICIAN, desk.owner)
    staff.deactivate(desk.shop, gone.id, desk.owner)
    with pytest.raises(Refused, match="staff_inactive"):
        jobs.assign(desk.shop, job.id, gone.id, desk.owner)
    with pytest.raises(NotFound):
        jobs.assign(desk.shop, job.id, 10**30, desk.owner)


def test_a_note_changes_the_timeline_and_not_the_job(desk: Desk) -> None:
    job = desk.job(S.HANDED_OVER)
    noted = jobs.note(desk.shop, job.id, "called back\nline two", desk.clerk)
    assert noted.events[0].data == {"note": "called back\nline two"}
    assert noted.version == job.version


def test_a_jobs_own_fields_are_edited_checked_and_found_again(desk: Desk) -> None:
    job = desk.job(S.DIAGNOSING)
    shown = {"version": job.version, "fault": job.fault, "urgency": job.urgency}
    edited = jobs.edit(
        desk.shop, job.id, shown=shown, changes={"fault": "hums", "urgency": "P1"}, by=desk.clerk
    )
    assert (edited.fault, edited.urgency.value) == ("hums", "P1")
    for changes, code in (
        ({"urgency": "P9"}, "word_unknown"),
        ({"status": "ready"}, "field_unknown"),
        ({"shelf": "x" * 101}, "too_long"),
    ):
        with pytest.raises(Refused) as caught:
            jobs.edit(desk.shop, job.id, shown=shown, changes=changes, by=desk.clerk)
        assert caught.value.problem.code == code


def test_the_bench_has_its_four_lists_most_urgent_first(desk: Desk) -> None:
    mine = desk.job(S.DIAGNOSING)
    late = desk.job(S.IN_REPAIR)
    free = desk.job(S.RECEIVED)
    waits = desk.job(S.AWAITING_PARTS)
    desk.job(S.READY)
    desk.job(S.HANDED_OVER)
    shown = {"version": late.version}
    jobs.edit(desk.shop, late.id, shown=shown, changes={"promised_for": date(2026, 11, 24)}, by=desk.clerk)
    desk.clock.local("2026-11-25 09:00")
    board = jobs.board(desk.shop, desk.technician)
    lists = (board.mine, board.unassigned, board.waiting, board.late)
    assert [[job.id for job in rows] for rows in lists] == [
        [late.id, mine.id], [free.id], [waits.id], [late.id]
    ]  # fmt: skip
    assert (board.counts, board.mine_late) == ((2, 1, 1, 1), 1)
    assert board.mine[0].is_late(date(2026, 11, 25))
    assert [job.id for job in jobs.queue(desk.shop, late=True)[0]] == [late.id]
    assert jobs.queue(desk.shop, open_only=True)[1] == 5
    assert [job.id for job in jobs.queue(desk.shop, open_only=True, limit=2)[0]] == [
        waits.id + 1, waits.id
    ]  # fmt: skip
    assert jobs.queue(desk.shop, status=S.HANDED_OVER)[1] == 1
    assert jobs.ready_to_collect(desk.shop)[1] == 1
