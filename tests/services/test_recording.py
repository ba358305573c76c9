"""The repair record in one save, the test put off, the work kept so far, two people writing at once."""

from __future__ import annotations

import pytest
from tests.shops import FIXED, Desk

from aftersales_tui.domain.errors import Conflict, Refused
from aftersales_tui.domain.words import FollowUpKind, FollowUpStatus, JobStatus, Outcome, TestResult
from aftersales_tui.services import followups, jobs, steps
from aftersales_tui.views.jobs import JobView, RepairRecord


def as_shown(job: JobView) -> dict[str, object]:
    names = ("finding", "cause", "action", "parts_used", "checks", "advice", "caused_by", "minutes")
    return {"version": job.version, **{name: getattr(job, name) for name in names}}


def test_a_test_put_off_is_called_about_in_two_hours_and_the_test_makes_that_void(desk: Desk) -> None:
    job = desk.job(JobStatus.IN_REPAIR)
    view = steps.record_test_ready(desk.shop, job.id, FIXED, desk.technician, test_later=True)
    assert view.status is JobStatus.TESTING
    (due,), total, _late = followups.due(desk.shop)
    assert (total, due.kind) == (1, FollowUpKind.AFTER_TEST)
    steps.put_off_test(desk.shop, job.id, desk.technician)
    assert followups.due(desk.shop)[1] == 1
    steps.test(desk.shop, job.id, TestResult.PASSED, desk.technician)
    assert followups.due(desk.shop)[1] == 0
    assert followups.show(desk.shop, due.id).status is FollowUpStatus.VOID


def test_only_what_is_being_tested_can_have_its_test_put_off(desk: Desk) -> None:
    job = desk.job(JobStatus.IN_REPAIR)
    with pytest.raises(Refused) as refusal:
        steps.put_off_test(desk.shop, job.id, desk.technician)
    assert refusal.value.problem.code == "step_not_now"
    assert followups.due(desk.shop)[1] == 0


def test_a_passed_test_may_mark_it_ready_in_the_same_save(desk: Desk) -> None:
    job = desk.job(JobStatus.TESTING)
    view = steps.test(desk.shop, job.id, TestResult.PASSED, desk.technician, ready=True)
    assert view.status is JobStatus.READY
    other = desk.job(JobStatus.TESTING)
    view = steps.test(desk.shop, other.id, TestResult.FAILED, desk.technician, ready=True)
    assert view.status is JobStatus.IN_REPAIR


def test_work_kept_so_far_decides_nothing(desk: Desk) -> None:
    job = desk.job(JobStatus.IN_REPAIR)
    given = RepairRecord(outcome=Outcome.FIXED, action="cap ordered", minutes=15)
    view = steps.note_work(desk.shop, job.id, given, desk.technician)
    assert (view.status, view.outcome) == (JobStatus.IN_REPAIR, None)
    assert (view.finding, view.action, view.minutes) == ("mica burnt", "cap ordered", 15)
    assert view.events[0].what == "changed"


def test_a_finding_kept_while_diagnosing_begins_the_repair(desk: Desk) -> None:
    job = desk.job(JobStatus.DIAGNOSING)
    given = RepairRecord(outcome=Outcome.FIXED, finding="fuse blown")
    assert steps.note_work(desk.shop, job.id, given, desk.technician).status is JobStatus.IN_REPAIR


def test_a_closed_job_keeps_no_work(desk: Desk) -> None:
    job = desk.job(JobStatus.HANDED_OVER)
    with pytest.raises(Refused) as refusal:
        steps.note_work(desk.shop, job.id, FIXED, desk.technician)
    assert refusal.value.problem.code == "job_is_closed"


def test_another_field_written_meanwhile_is_merged(desk: Desk) -> None:
    job = desk.job(JobStatus.IN_REPAIR)
    shown = as_shown(jobs.show(desk.shop, job.id))
    steps.note_work(desk.shop, job.id, RepairRecord(outcome=Outcome.FIXED, advice="wipe it"), desk.owner)
    steps.record_test_ready(desk.shop, job.id, FIXED, desk.technician, shown=shown)
    view = jobs.show(desk.shop, job.id)
    assert (view.advice, view.action) == ("wipe it", FIXED.action)


def test_the_same_field_written_meanwhile_is_a_conflict_and_nothing_is_written(desk: Desk) -> None:
    job = desk.job(JobStatus.IN_REPAIR)
    shown = as_shown(jobs.show(desk.shop, job.id))
    steps.note_work(desk.shop, job.id, RepairRecord(outcome=Outcome.FIXED, action="cleaned"), desk.owner)
    with pytest.raises(Conflict) as conflict:
        steps.record_test_ready(
            desk.shop, job.id, FIXED, desk.technician, result=TestResult.PASSED, ready=True, shown=shown
        )
    (clash,) = conflict.value.clashes
    assert (clash.field, clash.theirs, clash.mine) == ("action", "cleaned", FIXED.action)
    assert jobs.show(desk.shop, job.id).status is JobStatus.IN_REPAIR
