"""The desk's board: the same lists and counts as the services that give them one by one."""

from __future__ import annotations

from datetime import timedelta

from aftersales_tui.domain.words import CallKind, JobStatus
from aftersales_tui.services import calls, followups, jobs
from aftersales_tui.services.desk import board as desk_board
from aftersales_tui.views.calls import NewCall
from shops import Desk


def test_the_board_says_what_the_lists_say_one_by_one(desk: Desk) -> None:
    calls.log(desk.shop, NewCall(kind=CallKind.ADVICE, fault="Does it need salt?"), desk.clerk)
    for status in (JobStatus.HANDED_OVER, JobStatus.READY, JobStatus.IN_REPAIR):
        desk.job(status)
    desk.clock.ahead(days=30)
    board = desk_board(desk.shop)
    assert (board.calls, board.calls_total, board.calls_late) == calls.waiting(desk.shop)
    assert (board.due, board.due_total, board.due_late) == followups.due(desk.shop)
    assert (board.ready, board.ready_total) == jobs.ready_to_collect(desk.shop)
    assert (len(board.calls), len(board.due), len(board.ready)) == (1, 1, 1)
    assert board.in_work == jobs.queue(desk.shop, open_only=True)[1]
    assert board.late == jobs.queue(desk.shop, late=True)[1]
    assert board.next_job == calls.next_job_number(desk.shop)


def test_a_list_that_is_cut_off_is_counted_to_its_end(desk: Desk) -> None:
    for hours in (1, 2):
        desk.call(call_back_at=desk.clock.now + timedelta(hours=hours), serial=f"SN-{hours}")
        desk.job(JobStatus.HANDED_OVER)
        desk.job(JobStatus.READY)
    desk.clock.ahead(days=30)
    whole, cut = desk_board(desk.shop), desk_board(desk.shop, limit=1)
    assert (len(cut.calls), len(cut.due), len(cut.ready)) == (1, 1, 1)
    assert (cut.calls_total, cut.calls_late) == (whole.calls_total, whole.calls_late) == (2, 2)
    assert (cut.due_total, cut.due_late, cut.ready_total) == (2, 2, 2)
    assert (whole.due_total, whole.due_late, whole.ready_total) == (2, 2, 2)


def test_the_next_follow_up_is_named_while_none_is_due(desk: Desk) -> None:
    desk.job(JobStatus.HANDED_OVER)
    board = desk_board(desk.shop)
    assert (board.due, board.coming) == ((), followups.coming(desk.shop))
    assert board.coming is not None
