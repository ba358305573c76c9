"""The bench's home: four lists, the next step with one key, others' changes without losing the cursor."""

from __future__ import annotations

import pytest
from tests.shops import Desk
from tests.tui.bench.conftest import HOSTILE, SIZES, Bench, press, text, toasts
from tests.tui.calm import looked
from textual.widgets import Static

from aftersales_tui.domain.words import JobStatus, Place, WaitFor
from aftersales_tui.services import jobs, steps
from aftersales_tui.tui.bench.home import BenchHome
from aftersales_tui.tui.widgets.panel import Panel
from aftersales_tui.views.calls import OpenJob


def status_of(desk: Desk, job_id: int) -> JobStatus:
    return jobs.show(desk.shop, job_id).status


def rows(home: BenchHome, part: str) -> list[str]:
    return [row.cells[0] for row in home.query_one(f"#{part}", Panel).rows]


async def test_the_technician_starts_the_next_job_with_two_keys(desk: Desk, bench: Bench) -> None:
    job = desk.opened(OpenJob(in_hand=True, assigned_to=desk.technician))
    async with bench() as pilot:
        await press(pilot, "f2")
        await press(pilot, "f3", "x")
        assert status_of(desk, job.id) is JobStatus.DIAGNOSING
        assert toasts(pilot)[-1] == "J-0001: diagnosing since 09:30, by 陈伟 Chen Wei."
        assert jobs.show(desk.shop, job.id).events[0].who == "陈伟 Chen Wei"


async def test_the_four_lists_hold_what_their_names_say(desk: Desk, bench: Bench) -> None:
    desk.job(JobStatus.IN_REPAIR)
    desk.opened(OpenJob(in_hand=True))
    desk.job(JobStatus.AWAITING_PARTS)
    desk.clock.ahead(days=14)
    async with bench((120, 40)) as pilot:
        home = pilot.app.screen
        assert isinstance(home, BenchHome)
        assert rows(home, "mine") == ["J-0001"]
        assert rows(home, "unassigned") == ["J-0002"]
        assert rows(home, "waiting") == ["J-0003"]
        assert sorted(rows(home, "late")) == ["J-0001", "J-0002", "J-0003"]
        assert "[1 Mine 1, 1 late]" in text(pilot)
        assert "parts, 14 days" in text(pilot)


async def test_x_opens_the_record_form_where_a_record_comes_next(desk: Desk, bench: Bench) -> None:
    desk.job(JobStatus.IN_REPAIR)
    async with bench() as pilot:
        await press(pilot, "x")
        assert type(pilot.app.screen).__name__ == "RepairForm"


async def test_x_marks_a_tested_job_ready(desk: Desk, bench: Bench) -> None:
    from aftersales_tui.domain.words import TestResult

    job = desk.job(JobStatus.TESTING)
    steps.test(desk.shop, job.id, TestResult.PASSED, desk.technician)
    async with bench() as pilot:
        assert "mark ready" in text(pilot)
        await press(pilot, "x")
        assert status_of(desk, job.id) is JobStatus.READY


async def test_a_and_a_digit_give_the_job_away_and_me_is_first(desk: Desk, bench: Bench) -> None:
    job = desk.opened(OpenJob(in_hand=True))
    async with bench() as pilot:
        await press(pilot, "2", "a")
        assert "▸ 1 陈伟 Chen Wei, technician (you)" in text(pilot)
        await press(pilot, "1")
        assert jobs.show(desk.shop, job.id).assigned_to == desk.technician
        assert toasts(pilot)[-1] == "J-0001 is now with 陈伟 Chen Wei."


async def test_a_job_is_given_away_for_a_time(desk: Desk, bench: Bench) -> None:
    job = desk.opened(OpenJob(in_hand=True))
    async with bench() as pilot:
        await press(pilot, "2", "a", "tab", *"25:00", "enter")
        assert "is not a date and time" in text(pilot)
        await press(pilot, "backspace", "backspace", "backspace", "backspace", "backspace")
        await press(pilot, *"tue 10:00", "enter", "1")
        at = jobs.show(desk.shop, job.id).appointment_at
        assert at is not None
        assert at.isoformat() == "2026-11-24T02:00:00+00:00"


async def test_w_makes_it_wait_for_one_digit(desk: Desk, bench: Bench) -> None:
    job = desk.job(JobStatus.IN_REPAIR)
    async with bench() as pilot:
        await press(pilot, "w", "2", *"asked the price", "enter", *"fri", "enter")
        shown = jobs.show(desk.shop, job.id)
        assert shown.status is JobStatus.AWAITING_APPROVAL
        assert (shown.wait_note, str(shown.wait_until)) == ("asked the price", "2026-11-27")
        await press(pilot, "3", "s")
        assert status_of(desk, job.id) is JobStatus.IN_REPAIR


async def test_a_visit_that_met_nobody_is_noted_with_its_new_time(desk: Desk, bench: Bench) -> None:
    job = desk.opened(OpenJob(in_hand=False, assigned_to=desk.technician), place=Place.ON_SITE)
    async with bench() as pilot:
        assert "begin the visit" in text(pilot)
        await press(pilot, "w", "1", *"rang twice", "enter", *"wed 14:00", "enter")
        shown = jobs.show(desk.shop, job.id)
        assert shown.status is JobStatus.EXPECTED
        assert shown.events[0].what == "not_home"
        assert shown.events[0].data["reason"] == "nobody at home: rang twice"
        assert shown.appointment_at is not None
        assert shown.appointment_at.isoformat() == "2026-11-25T06:00:00+00:00"


async def test_the_test_dialog_can_pass_and_mark_ready_at_once(desk: Desk, bench: Bench) -> None:
    job = desk.job(JobStatus.TESTING)
    async with bench() as pilot:
        await press(pilot, "t", "1", "enter")
        assert status_of(desk, job.id) is JobStatus.READY
        assert [event.what for event in jobs.show(desk.shop, job.id).events[:2]] == ["ready", "test"]


async def test_a_failed_test_goes_back_into_repair_with_its_note(desk: Desk, bench: Bench) -> None:
    job = desk.job(JobStatus.TESTING)
    async with bench() as pilot:
        await press(pilot, "t", "3", *"still sparks", "enter")
        shown = jobs.show(desk.shop, job.id)
        assert shown.status is JobStatus.IN_REPAIR
        assert shown.events[0].data["note"] == "still sparks"


async def test_a_cancelled_job_needs_a_reason_and_goes_back_to_the_counter(desk: Desk, bench: Bench) -> None:
    job = desk.job(JobStatus.IN_REPAIR)
    async with bench() as pilot:
        await press(pilot, "c", "1", "enter")
        assert "This has to be written." in text(pilot)
        await press(pilot, *"too dear", "enter")
        shown = jobs.show(desk.shop, job.id)
        assert shown.status is JobStatus.READY
        assert shown.outcome is not None
        assert shown.outcome.value == "returned_unrepaired"


async def test_a_reason_left_with_esc_stands_there_when_the_job_is_cancelled_after_all(
    desk: Desk, bench: Bench
) -> None:
    job = desk.job(JobStatus.IN_REPAIR)
    async with bench() as pilot:
        await press(pilot, "c", "1", *"too dear", "escape")
        assert toasts(pilot)[-1] == "What you wrote is kept until you open this again."
        await press(pilot, "c", "1", "enter")
        assert jobs.show(desk.shop, job.id).events[0].data["reason"] == "too dear"


async def test_a_job_at_the_maker_may_be_settled_with_its_outcome(desk: Desk, bench: Bench) -> None:
    job = desk.job(JobStatus.AT_MAKER)
    async with bench(who="周明 Zhou Ming") as pilot:
        await press(pilot, "f3", "3", "c", "2", "2", *"maker changed it", "enter")
        shown = jobs.show(desk.shop, job.id)
        assert shown.status is JobStatus.SETTLED
        assert shown.outcome is not None
        assert shown.outcome.value == "exchanged"


async def test_a_note_is_written_into_the_timeline(desk: Desk, bench: Bench) -> None:
    job = desk.job(JobStatus.IN_REPAIR)
    async with bench() as pilot:
        await press(pilot, "m", *"cap pitted", "enter")
        assert jobs.show(desk.shop, job.id).events[0].data["note"] == "cap pitted"


async def test_a_key_that_cannot_act_says_why(desk: Desk, bench: Bench) -> None:
    desk.opened(OpenJob(in_hand=True, assigned_to=desk.technician))
    async with bench() as pilot:
        await press(pilot, "t")
        assert "Not now: J-0001 is “received”" in text(pilot)
        await press(pilot, "4", "x")
        assert "Not now: nothing is selected" in text(pilot)


async def test_what_another_seat_does_appears_and_the_cursor_stays_on_its_job(
    desk: Desk, bench: Bench
) -> None:
    first, second, third = (
        desk.opened(OpenJob(in_hand=True, assigned_to=desk.technician)) for _n in range(3)
    )
    async with bench() as pilot:
        home = pilot.app.screen
        assert isinstance(home, BenchHome)
        await press(pilot, "j")
        assert home.job is not None
        assert home.job.id == second.id
        steps.start(desk.shop, first.id, desk.technician)
        steps.wait(desk.shop, first.id, WaitFor.PARTS, desk.technician)
        jobs.note(desk.shop, third.id, "called", desk.clerk)
        await looked(pilot)
        assert rows(home, "mine") == ["J-0002", "J-0003"]
        assert home.job is not None
        assert home.job.id == second.id


async def test_x_twice_on_unassigned_jobs_starts_one_and_opens_its_record(desk: Desk, bench: Bench) -> None:
    first, second = (desk.opened(OpenJob(in_hand=True)) for _n in range(2))
    async with bench() as pilot:
        home = pilot.app.screen
        assert isinstance(home, BenchHome)
        await press(pilot, "2", "x")
        assert status_of(desk, first.id) is JobStatus.DIAGNOSING
        assert home.panel.id == "mine"
        assert home.job is not None
        assert home.job.id == first.id
        await press(pilot, "x")
        assert type(pilot.app.screen).__name__ == "RepairForm"
        assert status_of(desk, second.id) is JobStatus.RECEIVED


async def test_giving_unassigned_jobs_away_stays_on_their_list(desk: Desk, bench: Bench) -> None:
    first, second = (desk.opened(OpenJob(in_hand=True)) for _n in range(2))
    async with bench() as pilot:
        home = pilot.app.screen
        assert isinstance(home, BenchHome)
        await press(pilot, "2", "a", "1")
        assert jobs.show(desk.shop, first.id).assigned_to == desk.technician
        assert home.panel.id == "unassigned"
        assert home.job is not None
        assert home.job.id == second.id


async def test_a_step_that_empties_the_part_takes_the_cursor_along_with_the_job(
    desk: Desk, bench: Bench
) -> None:
    job = desk.opened(OpenJob(in_hand=True))
    async with bench() as pilot:
        home = pilot.app.screen
        assert isinstance(home, BenchHome)
        await press(pilot, "2", "x")
        assert status_of(desk, job.id) is JobStatus.DIAGNOSING
        assert home.active_part == 1
        assert home.focused is home.panel.table
        await press(pilot, "x")
        assert type(pilot.app.screen).__name__ == "RepairForm"


async def test_a_part_that_another_seat_empties_keeps_the_cursor(desk: Desk, bench: Bench) -> None:
    job = desk.opened(OpenJob(in_hand=True))
    async with bench() as pilot:
        home = pilot.app.screen
        assert isinstance(home, BenchHome)
        await press(pilot, "2")
        steps.start(desk.shop, job.id, desk.technician)
        await looked(pilot)
        assert home.active_part == 2
        assert home.job is None


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_hostile_texts_are_shown_as_they_are(
    desk: Desk, bench: Bench, size: tuple[int, int], language: str
) -> None:
    desk.opened(OpenJob(in_hand=True, assigned_to=desk.technician), name=HOSTILE[:400], fault=HOSTILE)
    async with bench(size, language) as pilot:
        assert "[/foo]" in text(pilot)
        assert "\x1b]0" not in text(pilot)
        assert all(len(line) <= size[0] for line in text(pilot).splitlines())
        await press(pilot, "enter")
        assert "[/foo]" in text(pilot)
        await press(pilot, "x", "x")
        assert type(pilot.app.screen).__name__ == "RepairForm"


async def test_a_wide_window_shows_the_selected_job_in_full(desk: Desk, bench: Bench) -> None:
    desk.opened(OpenJob(in_hand=True, assigned_to=desk.technician, shelf="B3"))
    async with bench((120, 40)) as pilot:
        side = str(pilot.app.screen.query_one("#side Static", Static).render())
        for words in (
            "J-0001  received, P3",
            "on shelf B3",
            "serial SN-0001",
            "COVERED",
            "Sparks inside 打火",
        ):
            assert words in side


async def test_the_technician_is_not_asked_to_settle(desk: Desk, bench: Bench) -> None:
    desk.job(JobStatus.AT_MAKER)
    async with bench() as pilot:
        await press(pilot, "3", "c")
        assert "unrepaired" in text(pilot)
        assert "without return" not in text(pilot)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "only for the role technician, owner"), ("zh_CN", "仅限")]
)
async def test_what_the_role_may_not_is_dimmed_and_says_who_may(
    desk: Desk, bench: Bench, language: str, said: str
) -> None:
    job = desk.job(JobStatus.RECEIVED)
    async with bench(language=language, who="李娜 Li Na") as pilot:
        await press(pilot, "f3", "2", "s")
        assert said in toasts(pilot)[-1]
        assert not pilot.app.screen.can("bench.start")  # type: ignore[attr-defined]
        assert pilot.app.screen.can("bench.wait")  # type: ignore[attr-defined]
    assert status_of(desk, job.id) is JobStatus.RECEIVED
