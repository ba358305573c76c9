"""The sheet of a follow-up call, and when to call again."""

from __future__ import annotations

import pytest

from aftersales_tui.domain.errors import NotFound
from aftersales_tui.domain.words import JobStatus, Reached, RecordKind, Satisfaction
from aftersales_tui.services import call_sheet, customers, followups
from aftersales_tui.views.followups import FollowUpAnswer
from shops import ZONE, Desk, desk, furnished, shop_path

__all__ = ["desk", "furnished", "shop_path"]


def due(desk: Desk) -> int:
    job = desk.job(JobStatus.HANDED_OVER)
    found = followups.for_job(desk.shop, job.id)
    assert found is not None
    return found


def test_the_sheet_knows_the_work_the_owner_and_earlier_answers(desk: Desk) -> None:
    first = due(desk)
    answer = FollowUpAnswer(reached=Reached.YES, overall=Satisfaction.SATISFIED)
    followups.record(desk.shop, first, answer, desk.clerk)
    sheet = call_sheet.read(desk.shop, due(desk))
    assert sheet.test_passed
    assert sheet.owners == ("周明 Zhou Ming",)
    assert sheet.shop_name == "Minghui 明辉"
    assert [(row.id, row.result) for row in sheet.earlier] == [(first, "satisfied")]


@pytest.mark.parametrize(
    ("now", "soon", "morning"),
    [
        ("2026-11-24 10:01", "2026-11-24 12:05", "2026-11-25 09:00"),
        ("2026-11-24 17:30", "2026-11-25 10:30", "2026-11-25 09:00"),
        ("2026-11-27 17:00", "2026-11-30 10:00", "2026-11-30 09:00"),
    ],
)
def test_the_next_try_is_in_opening_hours(desk: Desk, now: str, soon: str, morning: str) -> None:
    found = due(desk)
    desk.clock.local(now)
    again = call_sheet.read(desk.shop, found).again
    shown = {why: f"{at.astimezone(ZONE):%Y-%m-%d %H:%M}" for why, at in again.items()}
    assert shown == {Reached.NO_ANSWER: soon, Reached.CALL_LATER: soon, Reached.WRONG_NUMBER: morning}


def test_a_sheet_that_is_not_there_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound):
        call_sheet.read(desk.shop, 99)


def test_telling_the_supervisor_is_on_record(desk: Desk) -> None:
    found = due(desk)
    followups.record(desk.shop, found, FollowUpAnswer(reached=Reached.DECLINED), desk.clerk, tell=True)
    events = customers.log_of(desk.shop, RecordKind.FOLLOW_UP, found)
    assert [event.what for event in events] == ["supervisor_told", "done", "due"]
    assert events[0].who == "李娜 Li Na"
