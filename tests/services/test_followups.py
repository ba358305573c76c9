"""Calling back: reached, not reached, what was said, and once only."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from aftersales_tui.domain.errors import Refused
from aftersales_tui.domain.words import CallKind, FollowUpStatus, JobStatus, Reached, Satisfaction, Solved
from aftersales_tui.services import calls, followups, jobs
from aftersales_tui.services.followups import is_unhappy
from aftersales_tui.views.calls import NewCall
from aftersales_tui.views.followups import FollowUpAnswer
from shops import OPENING, Desk, raw

SATISFIED = FollowUpAnswer(reached=Reached.YES, solved=Solved.YES, overall=Satisfaction.SATISFIED)


@pytest.fixture
def due(desk: Desk) -> int:
    """The follow-up of a job handed over three days ago."""
    job = desk.job(JobStatus.HANDED_OVER)
    desk.clock.ahead(days=3)
    found = followups.for_job(desk.shop, job.id)
    assert found is not None
    return found


def test_the_sheet_says_what_the_caller_has_to_know(desk: Desk, due: int) -> None:
    sheet = followups.show(desk.shop, due)
    assert (sheet.customer_name, sheet.phone, sheet.product) == (
        "王芳 Wang Fang", "138 0013 8027", "Galanz 格兰仕 P70F23"
    )  # fmt: skip
    assert (sheet.work, sheet.technician) == ("replaced the mica", "陈伟 Chen Wei")
    assert sheet.handed_over_on == date(2026, 11, 23)
    assert followups.id_of(desk.shop, sheet.number) == due


@pytest.mark.parametrize(
    ("answer", "score"),
    [
        (Satisfaction.VERY_SATISFIED, 5), (Satisfaction.SATISFIED, 3), (Satisfaction.NEUTRAL, 2),
        (Satisfaction.NO_STATEMENT, 1), (Satisfaction.DISSATISFIED, -5),
    ],
)  # fmt: skip
def test_an_answer_is_kept_with_its_score(desk: Desk, due: int, answer: Satisfaction, score: int) -> None:
    given = FollowUpAnswer(
        reached=Reached.YES, solved=Solved.PARTLY, quality=Satisfaction.NEUTRAL, overall=answer,
        opinion="friendly\nbut slow", promised="a new knob", promised_by=date(2026, 12, 1), lead=True,
    )  # fmt: skip
    done = followups.record(desk.shop, due, given, desk.clerk)
    assert (done.status, done.score, done.overall, done.solved) == (
        FollowUpStatus.DONE, score, answer, Solved.PARTLY
    )  # fmt: skip
    assert (done.opinion, done.promised, done.promised_by, done.lead) == (
        "friendly\nbut slow", "a new knob", date(2026, 12, 1), True
    )  # fmt: skip
    assert (done.recorded_at, done.recorded_by, done.attempts) == (desk.clock.now, "李娜 Li Na", 1)
    assert followups.due(desk.shop) == ((), 0, 0)


@pytest.mark.parametrize("reached", [Reached.NO_ANSWER, Reached.CALL_LATER, Reached.WRONG_NUMBER])
def test_who_was_not_reached_stays_due_and_every_attempt_is_told(
    desk: Desk, due: int, reached: Reached
) -> None:
    followups.record(desk.shop, due, FollowUpAnswer(reached=reached, opinion="rang long"), desk.clerk)
    assert followups.due(desk.shop)[1] == 0
    desk.clock.ahead(days=1)
    (row,), total, _ = followups.due(desk.shop)
    assert (row.id, row.attempts, row.due_on, total) == (due, 1, date(2026, 11, 27), 1)
    done = followups.record(desk.shop, due, SATISFIED, desk.clerk)
    assert done.attempts == 2
    (earlier,) = done.earlier
    assert earlier.data["note"] == "rang long"
    assert earlier.data["after"]["reached"] == reached.value  # type: ignore[index]
    assert raw(desk.shop, "SELECT first_due_on FROM follow_up") == [("2026-11-26",)]


def test_a_time_agreed_for_the_next_call_is_kept(desk: Desk, due: int) -> None:
    at = desk.clock.now + timedelta(hours=5)
    later = FollowUpAnswer(reached=Reached.CALL_LATER, again_at=at)
    assert followups.record(desk.shop, due, later, desk.clerk).due_at == at
    desk.clock.ahead(hours=6)
    (row,), _, late = followups.due(desk.shop)
    assert (row.due_at, late) == (at, 1)
    past = FollowUpAnswer(reached=Reached.CALL_LATER, again_at=OPENING)
    with pytest.raises(Refused) as caught:
        followups.record(desk.shop, due, past, desk.clerk)
    assert caught.value.problem.code == "again_before_now"


def test_who_declines_to_answer_is_done_without_a_score(desk: Desk, due: int) -> None:
    done = followups.record(desk.shop, due, FollowUpAnswer(reached=Reached.DECLINED), desk.clerk)
    assert (done.status, done.score) == (FollowUpStatus.DONE, None)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (FollowUpAnswer(reached=Reached.YES), "score_missing"),
        (FollowUpAnswer(reached=Reached.YES, solved=Solved.YES, opinion="x" * 20_001), "too_long"),
        (FollowUpAnswer(reached=Reached.YES, solved=Solved.YES, promised="x" * 2_001), "too_long"),
    ],
)
def test_an_answer_that_cannot_be_changes_nothing(
    desk: Desk, due: int, answer: FollowUpAnswer, code: str
) -> None:
    with pytest.raises(Refused) as caught:
        followups.record(desk.shop, due, answer, desk.clerk)
    assert caught.value.problem.code == code
    assert followups.show(desk.shop, due).attempts == 0


def test_a_follow_up_is_done_once(desk: Desk, due: int) -> None:
    followups.record(desk.shop, due, SATISFIED, desk.clerk)
    with pytest.raises(Refused) as caught:
        followups.record(desk.shop, due, SATISFIED, desk.owner)
    assert (caught.value.problem.code, caught.value.problem.values["number"]) == (
        "follow_up_is_done", "F-0001"
    )  # fmt: skip


def test_two_seats_do_not_both_record_one_call(desk: Desk, due: int) -> None:
    shown = followups.show(desk.shop, due).version
    followups.record(desk.shop, due, FollowUpAnswer(reached=Reached.NO_ANSWER), desk.clerk, shown)
    with pytest.raises(Refused):
        followups.record(desk.shop, due, FollowUpAnswer(reached=Reached.NO_ANSWER), desk.owner, shown)
    assert followups.show(desk.shop, due).attempts == 1


def test_late_is_past_the_day(desk: Desk, due: int) -> None:
    assert followups.due(desk.shop)[2] == 0
    desk.clock.local("2026-11-27 00:00")
    assert followups.due(desk.shop)[1:] == (1, 1)


def test_the_unhappy_are_told_apart() -> None:
    assert is_unhappy(FollowUpAnswer(reached=Reached.YES, overall=Satisfaction.DISSATISFIED))
    assert is_unhappy(FollowUpAnswer(reached=Reached.YES, solved=Solved.NO))
    assert not is_unhappy(SATISFIED)


def test_the_newest_follow_up_of_a_job_is_the_open_one(desk: Desk) -> None:
    job = desk.job(JobStatus.DIAGNOSING)
    assert followups.for_job(desk.shop, job.id) is None
    assert jobs.show(desk.shop, job.id).status is JobStatus.DIAGNOSING


def test_what_is_late_by_the_hour_comes_before_what_is_only_due_today(desk: Desk, due: int) -> None:
    advised = NewCall(kind=CallKind.ADVICE, phone="139 0000 1111", name="Ng", fault="resets itself")
    calls.log_and_advise(desk.shop, advised, desk.clerk)
    desk.clock.ahead(hours=3)
    rows, total, late = followups.due(desk.shop)
    assert (total, late) == (2, 1)
    assert [row.id == due for row in rows] == [False, True]
