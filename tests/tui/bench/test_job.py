"""The job screen: its way, its next step under Enter, its parts, and what else can be done from it."""

from __future__ import annotations

from datetime import date

import pytest
from tests.shops import Desk
from tests.tui.bench.conftest import HOSTILE, SIZES, Bench, done, press, text, toasts
from tests.tui.calm import looked
from textual.events import Key
from textual.widgets import Static

from aftersales_tui.domain.words import JobStatus, Place, WaitFor
from aftersales_tui.i18n import formats
from aftersales_tui.services import jobs, steps
from aftersales_tui.tui.bench.job import JobScreen, NextStep
from aftersales_tui.tui.bench.job_words import way_words
from aftersales_tui.tui.desk.why import WhyScreen
from aftersales_tui.tui.widgets.fields import TextField
from aftersales_tui.views.calls import OpenJob
from aftersales_tui.views.jobs import JobView


def shown(desk: Desk, job: JobView) -> JobView:
    return jobs.show(desk.shop, job.id)


def way(desk: Desk, job: JobView) -> str:
    from tests.shops import ZONE

    return way_words(shown(desk, job), desk.clock.now, ZONE)


def test_the_way_shows_its_times_and_the_present_status_in_brackets(desk: Desk) -> None:
    job = desk.job(JobStatus.RECEIVED)
    assert way(desk, job) == ("[received 09:30] › diagnosing › in repair › testing › ready › handed over")
    desk.clock.ahead(minutes=10)
    steps.start(desk.shop, job.id, desk.technician)
    assert way(desk, job).startswith("received 09:30 › [diagnosing 09:40] › in repair ›")
    desk.clock.ahead(minutes=20)
    steps.wait(desk.shop, job.id, WaitFor.PARTS, desk.technician)
    assert way(desk, job).startswith(
        "received 09:30 › diagnosing 09:40 › [waiting for parts 10:00] › in repair"
    )


def test_the_way_of_a_job_that_ended_otherwise_says_so(desk: Desk) -> None:
    assert way(desk, desk.job(JobStatus.CANCELLED)) == "[cancelled 09:30]"
    assert way(desk, desk.job(JobStatus.SETTLED)).endswith("ready 09:30 › [settled 09:30]")
    visit = desk.opened(OpenJob(in_hand=False), place=Place.ON_SITE)
    assert way(desk, visit).startswith("[expected 09:30] › diagnosing ›")


@pytest.mark.parametrize("size", SIZES)
async def test_enter_twice_reads_the_job_and_starts_it(
    desk: Desk, bench: Bench, size: tuple[int, int]
) -> None:
    job = desk.opened(OpenJob(in_hand=True, assigned_to=desk.technician))
    async with bench(size) as pilot:
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, JobScreen)
        assert isinstance(pilot.app.focused, NextStep)
        assert "▸ Next step: start diagnosing" in text(pilot)
        await press(pilot, "enter")
        assert shown(desk, job).status is JobStatus.DIAGNOSING
        assert "[diagnosing 09:30]" in text(pilot)
        assert "▸ Next step: record the repair" in text(pilot)


async def test_a_low_window_shows_the_work_first_and_the_verdict_below(desk: Desk, bench: Bench) -> None:
    desk.job(JobStatus.IN_REPAIR)
    async with bench((80, 24)) as pilot:
        await press(pilot, "enter")
        lines = text(pilot).splitlines()
        assert lines[4].startswith(" 1 Fault  [2 Diagnosis and work]  3 This unit before")
        assert "Found       mica burnt" in text(pilot)
        assert "COVERED · repair free until" in text(pilot)
        await press(pilot, "1")
        assert "Sparks inside 打火" in text(pilot)
        await press(pilot, "4")
        assert "in repair: mica burnt" in text(pilot)


async def test_a_wide_window_shows_verdict_and_timeline_beside_the_parts(desk: Desk, bench: Bench) -> None:
    desk.job(JobStatus.IN_REPAIR)
    async with bench((120, 40)) as pilot:
        await press(pilot, "enter")
        side = str(pilot.app.screen.query_one("#side Static", Static).render())
        assert "COVERED" in side
        assert "09:30 陈伟: in repair: mica burnt" in side
        assert "09:30 李娜: job opened from call C-0001" in side


async def test_what_another_seat_writes_joins_the_timeline(desk: Desk, bench: Bench) -> None:
    job = desk.job(JobStatus.IN_REPAIR)
    async with bench((120, 40)) as pilot:
        await press(pilot, "enter")
        jobs.note(desk.shop, job.id, "rang again", desk.clerk)
        await looked(pilot)
        assert "李娜: note: rang again" in text(pilot)
        assert "changed by 李娜 Li Na 09:30" in text(pilot)
        assert isinstance(pilot.app.focused, NextStep)


async def test_down_goes_into_the_parts_and_up_back_to_the_next_step(desk: Desk, bench: Bench) -> None:
    desk.job(JobStatus.IN_REPAIR)
    async with bench((80, 24)) as pilot:
        await press(pilot, "enter", "down")
        assert not isinstance(pilot.app.focused, NextStep)
        assert "Not now" not in text(pilot)
        await press(pilot, "up")
        assert isinstance(pilot.app.focused, NextStep)


async def test_enter_on_an_earlier_job_of_the_unit_opens_it(desk: Desk, bench: Bench) -> None:
    old = desk.job(JobStatus.HANDED_OVER, serial="SAME-1")
    desk.opened(OpenJob(in_hand=True, assigned_to=desk.technician), serial="SAME-1")
    async with bench((120, 40)) as pilot:
        await press(pilot, "enter", "3")
        assert "Selected: J-0001" in text(pilot)
        await press(pilot, "enter")
        screen = pilot.app.screen
        assert isinstance(screen, JobScreen)
        assert screen.job_id == old.id


async def test_s_takes_a_ready_job_back_into_repair_with_a_reason(desk: Desk, bench: Bench) -> None:
    job = desk.job(JobStatus.READY)
    async with bench() as pilot:
        await pilot.app.open_screen("job", job.id)  # type: ignore[attr-defined]
        await done(pilot)
        assert "customer not told yet" in text(pilot)
        await press(pilot, "s", *"still sparks", "enter")
        assert shown(desk, job).status is JobStatus.IN_REPAIR
        assert shown(desk, job).events[0].data["reason"] == "still sparks"


async def test_s_in_repair_looks_for_the_fault_again_and_keeps_the_finding(desk: Desk, bench: Bench) -> None:
    job = desk.job(JobStatus.IN_REPAIR)
    async with bench() as pilot:
        await press(pilot, "enter", "s", *"not the mica", "enter")
        assert shown(desk, job).status is JobStatus.DIAGNOSING
        assert shown(desk, job).finding == "mica burnt"


async def test_i_notes_that_the_customer_was_told(desk: Desk, bench: Bench) -> None:
    job = desk.job(JobStatus.READY)
    async with bench() as pilot:
        await pilot.app.open_screen("job", job.id)  # type: ignore[attr-defined]
        await done(pilot)
        await press(pilot, "i", "2", "enter")
        now = shown(desk, job)
        assert now.informed_by == "陈伟 Chen Wei"
        assert now.informed_channel is not None
        assert now.informed_channel.value == "message"
        assert "customer told today" in text(pilot)


async def test_e_reopens_a_closed_job_for_who_closed_it_today(desk: Desk, bench: Bench) -> None:
    job = desk.job(JobStatus.HANDED_OVER)
    async with bench(who="李娜 Li Na") as pilot:
        await pilot.app.open_screen("job", job.id)  # type: ignore[attr-defined]
        await done(pilot)
        await press(pilot, "x")
        assert "Not now: J-0001 is closed" in text(pilot)
        await press(pilot, "e", *"wrong one", "enter")
        assert shown(desk, job).status is JobStatus.READY


async def test_e_is_refused_for_somebody_else(desk: Desk, bench: Bench) -> None:
    job = desk.job(JobStatus.HANDED_OVER)
    async with bench() as pilot:
        await pilot.app.open_screen("job", job.id)  # type: ignore[attr-defined]
        await done(pilot)
        await press(pilot, "e", *"oops", "enter")
        assert shown(desk, job).status is JobStatus.HANDED_OVER
        assert toasts(pilot)[-1].startswith("Only the owner may reopen this")


async def test_e_changes_the_promise_and_the_shelf(desk: Desk, bench: Bench) -> None:
    job = desk.job(JobStatus.IN_REPAIR)
    async with bench() as pilot:
        await press(pilot, "enter", "e")
        screen = pilot.app.screen
        screen.query_one("#promised_for", TextField).value = "1/12"
        screen.query_one("#shelf", TextField).value = "C4"
        await press(pilot, "ctrl+s")
        now = shown(desk, job)
        assert (now.promised_for, now.shelf) == (date(2026, 12, 1), "C4")
        assert now.events[0].what == "changed"
        assert isinstance(pilot.app.screen, JobScreen)


async def test_a_promise_in_the_past_is_refused_at_its_field(desk: Desk, bench: Bench) -> None:
    job = desk.job(JobStatus.IN_REPAIR)
    async with bench() as pilot:
        await press(pilot, "enter", "e")
        pilot.app.screen.query_one("#promised_for", TextField).value = "2026-11-01"
        await press(pilot, "ctrl+s")
        assert "! " in text(pilot)
        assert type(pilot.app.screen).__name__ == "JobEdit"
        assert shown(desk, job).promised_for == job.promised_for


async def test_two_people_changing_the_same_field_are_asked(desk: Desk, bench: Bench) -> None:
    job = desk.job(JobStatus.IN_REPAIR)
    async with bench() as pilot:
        await press(pilot, "enter", "e")
        first = shown(desk, job)
        jobs.edit(
            desk.shop, job.id, shown={"version": first.version, "shelf": ""}, changes={"shelf": "A1"},
            by=desk.clerk,
        )  # fmt: skip
        pilot.app.screen.query_one("#shelf", TextField).value = "B2"
        await press(pilot, "ctrl+s")
        assert "Somebody else changed this" in text(pilot)
        await press(pilot, "1")
        assert shown(desk, job).shelf == "B2"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_hostile_texts_fill_every_part_and_break_none(
    desk: Desk, bench: Bench, size: tuple[int, int], language: str
) -> None:
    job = desk.opened(
        OpenJob(in_hand=True, assigned_to=desk.technician, intake=HOSTILE, shelf=HOSTILE[:90]), fault=HOSTILE
    )
    steps.start(desk.shop, job.id, desk.technician)
    steps.diagnose(desk.shop, job.id, HOSTILE, desk.technician, cause=HOSTILE)
    jobs.note(desk.shop, job.id, HOSTILE, desk.clerk)
    async with bench(size, language) as pilot:
        await press(pilot, "enter", "1", "2", "3", "4", "down", "home")
        assert "[/foo]" in text(pilot)
        assert "\x1b" not in text(pilot)


async def test_v_explains_the_stored_verdict_and_comes_from_the_job(desk: Desk, bench: Bench) -> None:
    desk.opened(OpenJob(in_hand=True, assigned_to=desk.technician))
    desk.clock.ahead(days=2)
    async with bench((120, 40)) as pilot:
        await press(pilot, "enter", "v")
        screen = pilot.app.screen
        assert isinstance(screen, WhyScreen)
        assert screen.stored is not None
        assert screen.path()[0] == "Bench"
        assert f"Judged on {formats.day_weekday(screen.stored.as_of)}" in " ".join(text(pilot).split())


async def test_what_is_typed_right_after_the_key_that_opens_a_dialog_is_not_lost(
    desk: Desk, bench: Bench
) -> None:
    job = desk.opened(OpenJob(in_hand=True, assigned_to=desk.technician))
    async with bench() as pilot:
        for key in (*"mcab", "enter"):
            pilot.app.post_message(Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        await done(pilot)
    assert [e.data.get("note") for e in shown(desk, job).events if e.what == "note"] == ["cab"]


async def test_the_technician_sees_the_number_masked_and_cannot_copy_it(desk: Desk, bench: Bench) -> None:
    desk.job(JobStatus.IN_REPAIR)
    async with bench((120, 40)) as pilot:
        await press(pilot, "enter")
        assert "138****8027" in text(pilot)
        await press(pilot, "y")
        assert "masked" in toasts(pilot)[-1]
        assert not pilot.app.clipboard


async def test_the_clerk_sees_and_copies_the_number(desk: Desk, bench: Bench) -> None:
    desk.job(JobStatus.READY)
    async with bench((120, 40), who="李娜 Li Na") as pilot:
        await press(pilot, "f2", "3", "y")
        assert pilot.app.clipboard == "138 0013 8027"


async def test_the_key_row_names_what_enter_does_and_names_the_next_step_once(
    desk: Desk, bench: Bench
) -> None:
    desk.opened(OpenJob(in_hand=True, assigned_to=desk.technician))
    async with bench((120, 40)) as pilot:
        await press(pilot, "enter")
        keys = text(pilot).splitlines()[-1]
        assert keys.startswith(" Enter next step  r record")
        assert "x next step" not in keys
        assert "p print" in keys
        await press(pilot, "3")
        keys = text(pilot).splitlines()[-1]
        assert keys.startswith(" Enter open  x next step  r record")
