"""The repair record: four keys from the job to ready, and nothing written gets lost."""

from __future__ import annotations

from typing import Any

import pytest
from tests.shops import Desk
from tests.tui.bench.conftest import HOSTILE, SIZES, Bench, done, press, text, toasts
from tests.tui.calm import Gate
from textual.pilot import Pilot
from textual.widgets import TextArea

from aftersales_tui import drafts
from aftersales_tui.domain.words import FollowUpKind, JobStatus, Outcome
from aftersales_tui.services import followups, jobs, steps
from aftersales_tui.tui.bench import loading
from aftersales_tui.tui.bench.repair_record import RepairForm
from aftersales_tui.views.jobs import JobView, RepairRecord


def diagnosed(desk: Desk) -> JobView:
    """A job whose finding and cause were noted before."""
    job = desk.job(JobStatus.DIAGNOSING)
    return steps.diagnose(desk.shop, job.id, "plate burnt", desk.technician, cause="grease")


def shown(desk: Desk, job: JobView) -> JobView:
    return jobs.show(desk.shop, job.id)


def form(pilot: Pilot[int]) -> RepairForm:
    screen = pilot.app.screen
    assert isinstance(screen, RepairForm)
    return screen


def paste(pilot: Pilot[int], words: str) -> None:
    """Types into the field that has the focus, without a key for each letter."""
    area = pilot.app.focused
    assert isinstance(area, TextArea)
    area.insert(words)


@pytest.mark.parametrize("size", SIZES)
async def test_recorded_tested_ready_takes_four_keys(desk: Desk, bench: Bench, size: tuple[int, int]) -> None:
    job = diagnosed(desk)
    async with bench(size) as pilot:
        await press(pilot, "enter")
        keys = 0

        async def key(name: str) -> None:
            nonlocal keys
            keys += 1
            await press(pilot, name)

        await key("x")
        assert pilot.app.focused is form(pilot).field("action")
        paste(pilot, "plate replaced")
        await key("enter")
        assert pilot.app.focused is form(pilot).field("test")
        await key("2")
        assert "ctrl+s writes three events" in text(pilot) or size == (80, 24)
        await key("ctrl+s")
        assert keys == 4
        now = shown(desk, job)
        assert now.status is JobStatus.READY
        assert [event.what for event in now.events[:3]] == ["ready", "test", "record"]
        assert (now.action, now.finding, now.cause) == ("plate replaced", "plate burnt", "grease")
        assert toasts(pilot)[-1] == "J-0001 is ready. The customer is to be told."
        assert type(pilot.app.screen).__name__ == "JobScreen"


async def test_the_cause_is_asked_where_it_was_not_noted(desk: Desk, bench: Bench) -> None:
    desk.job(JobStatus.IN_REPAIR)
    async with bench() as pilot:
        await press(pilot, "x")
        assert pilot.app.focused is form(pilot).field("cause")
        assert "still missing 2: cause, done" in text(pilot)


async def test_ready_says_why_it_cannot_be_while_nothing_was_tested(desk: Desk, bench: Bench) -> None:
    job = diagnosed(desk)
    async with bench() as pilot:
        await press(pilot, "x")
        paste(pilot, "plate replaced")
        await press(pilot, "enter", "1")
        assert "Ready: not now, the test has to be passed first" in text(pilot)
        assert "▸ Stay in testing" in text(pilot)
        await press(pilot, "up", "ctrl+s")
        assert "The device has to pass its test first." in text(pilot)
        assert shown(desk, job).status is JobStatus.IN_REPAIR


async def test_a_test_put_off_makes_the_call_in_two_hours_due(desk: Desk, bench: Bench) -> None:
    job = diagnosed(desk)
    async with bench() as pilot:
        await press(pilot, "x")
        paste(pilot, "plate replaced")
        await press(pilot, "enter", "4", "enter")
        assert shown(desk, job).status is JobStatus.TESTING
        due, total, _late = followups.due(desk.shop)
        assert (total, due[0].kind, due[0].job_id) == (1, FollowUpKind.AFTER_TEST, job.id)
        assert due[0].due_at is not None
        assert (due[0].due_at - desk.clock.now).total_seconds() == 2 * 3600


async def test_a_failed_test_leaves_it_in_repair_with_both_events(desk: Desk, bench: Bench) -> None:
    job = diagnosed(desk)
    async with bench() as pilot:
        await press(pilot, "x")
        paste(pilot, "plate replaced")
        await press(pilot, "enter", "3", "ctrl+s")
        now = shown(desk, job)
        assert now.status is JobStatus.IN_REPAIR
        assert [event.what for event in now.events[:2]] == ["test", "record"]


@pytest.mark.parametrize(
    ("digit", "outcome"),
    [("4", Outcome.NOT_REPAIRABLE), ("5", Outcome.DECLINED), ("6", Outcome.RETURNED_UNREPAIRED)],
)
async def test_what_goes_back_unrepaired_needs_no_test(
    desk: Desk, bench: Bench, digit: str, outcome: Outcome
) -> None:
    job = desk.job(JobStatus.IN_REPAIR)
    async with bench() as pilot:
        await press(pilot, "x")
        form(pilot).set_focus(form(pilot).field("outcome").focus_target)
        await press(pilot, digit, "ctrl+s")
        now = shown(desk, job)
        assert (now.status, now.outcome) == (JobStatus.READY, outcome)


async def test_stay_in_repair_keeps_what_is_written_and_decides_nothing(desk: Desk, bench: Bench) -> None:
    job = desk.job(JobStatus.DIAGNOSING)
    async with bench() as pilot:
        await press(pilot, "x")
        screen = form(pilot)
        screen.fill({"finding": "cap pitted", "parts_used": "cap 14 mm", "minutes": "20"})
        screen.set_focus(screen.field("then").focus_target)
        await press(pilot, "down", "enter")
        now = shown(desk, job)
        assert now.status is JobStatus.IN_REPAIR
        assert (now.finding, now.parts_used, now.minutes, now.outcome) == (
            "cap pitted",
            "cap 14 mm",
            20,
            None,
        )


async def test_checks_of_the_kind_of_product_are_kept_as_codes_and_shown_in_words(
    desk: Desk, bench: Bench
) -> None:
    job = diagnosed(desk)
    async with bench((120, 40), "zh_CN") as pilot:
        await press(pilot, "x")
        screen = form(pilot)
        screen.fill({"action": "换云母片"})
        screen.set_focus(screen.field("checks").focus_target)
        await press(pilot, "space", "right", "space", "enter", "2", "ctrl+s")
        assert shown(desk, job).checks == "full_power, door_switch"


async def test_minutes_that_are_no_number_are_refused_at_their_field(desk: Desk, bench: Bench) -> None:
    job = diagnosed(desk)
    async with bench() as pilot:
        await press(pilot, "x")
        form(pilot).fill({"minutes": "half an hour", "action": "plate replaced"})
        await done(pilot)
        await press(pilot, "ctrl+s")
        assert "is not a number of minutes" in text(pilot)
        assert form(pilot).field("minutes").answer == "half an hour"
        assert shown(desk, job).status is JobStatus.IN_REPAIR


async def test_esc_keeps_a_draft_and_opening_it_again_goes_on_with_it(desk: Desk, bench: Bench) -> None:
    job = diagnosed(desk)
    async with bench() as pilot:
        await press(pilot, "x")
        paste(pilot, "half a sentence")
        await press(pilot, "escape")
        assert type(pilot.app.screen).__name__ == "BenchHome"
        (kept,) = drafts.list_drafts(desk.shop.path, desk.technician)
        assert (kept.form, kept.context) == ("repair_record", {"job_id": job.id})
        await press(pilot, "x")
        assert form(pilot).field("action").answer == "half a sentence"
        await press(pilot, "2", "ctrl+s")
        assert shown(desk, job).status is JobStatus.READY
        assert drafts.list_drafts(desk.shop.path, desk.technician) == []


async def test_what_is_typed_while_the_job_is_still_read_is_written_where_it_belongs(
    desk: Desk, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.job(JobStatus.DIAGNOSING)
    gate, read = Gate(), loading.job

    def slow(shop: Any, job_id: int) -> JobView:
        gate.wait()
        return read(shop, job_id)

    async with bench() as pilot:
        monkeypatch.setattr(loading, "job", slow)
        await pilot.press("r")
        await pilot.pause()
        assert form(pilot).is_opening
        await pilot.press(*"mica", "enter", *"new")
        assert form(pilot).answers()["cause"] == ""
        gate.set()
        await done(pilot)
        written = form(pilot).answers()
        assert (written["cause"], written["action"]) == ("mica", "new")


async def test_two_people_writing_the_same_field_are_asked(desk: Desk, bench: Bench) -> None:
    job = diagnosed(desk)
    async with bench() as pilot:
        await press(pilot, "x")
        other = RepairRecord(outcome=Outcome.FIXED, action="cleaned only")
        steps.note_work(desk.shop, job.id, other, desk.owner)
        paste(pilot, "plate replaced")
        await press(pilot, "enter", "2", "ctrl+s")
        assert "Somebody else changed this" in text(pilot)
        await press(pilot, "1")
        assert shown(desk, job).action == "plate replaced"
        await done(pilot)


async def test_a_job_that_cannot_be_recorded_opens_no_form(desk: Desk, bench: Bench) -> None:
    job = desk.job(JobStatus.READY)
    async with bench() as pilot:
        await pilot.app.open_screen("repair_record", job.id)  # type: ignore[attr-defined]
        await done(pilot)
        await pilot.pause()
        assert type(pilot.app.screen).__name__ == "BenchHome"
        assert toasts(pilot)[-1].startswith("Not now: ")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_hostile_words_are_written_and_read_back(
    desk: Desk, bench: Bench, size: tuple[int, int], language: str
) -> None:
    job = diagnosed(desk)
    async with bench(size, language) as pilot:
        await press(pilot, "x")
        paste(pilot, HOSTILE)
        await press(pilot, "enter", "2", "ctrl+s")
        assert "[/foo]" in shown(desk, job).action
        assert "\x1b" not in shown(desk, job).action
        assert shown(desk, job).status is JobStatus.READY
