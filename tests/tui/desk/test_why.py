"""The verdict explained, from the form and from a unit on file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.shops import FIXED
from tests.tui.desk.call_desk import Typist, Wang, at_the_desk, wang, wang_made
from textual.events import Paste

from aftersales_tui.domain.text import cell_width
from aftersales_tui.domain.words import AsBefore, Coverage, RecordKind, Role, TestResult
from aftersales_tui.services import calls, devices, staff, steps
from aftersales_tui.services.seat import Seat
from aftersales_tui.tui.desk.call_form import CallForm
from aftersales_tui.tui.desk.clause import ClauseDialog
from aftersales_tui.tui.desk.why import WhyScreen
from aftersales_tui.tui.modals.reason import ReasonDialog
from aftersales_tui.tui.widgets.choice import Choice
from aftersales_tui.views.calls import NewCall, OpenJob

__all__ = ["wang", "wang_made"]


def owner_of(seat: Seat) -> int:
    """The id of the shop's owner."""
    return next(one.id for one in staff.everybody(seat) if one.role is Role.OWNER)


async def asked_of_call(at: Typist, call_id: int) -> None:
    """The reasons of a call's verdict, as F8 on the call shows them."""
    await at.pilot.app.open_screen("call", call_id)  # type: ignore[attr-defined]
    await at.judged()
    await at.press("f8")
    await at.judged()


async def opened(at: Typist, screen: type) -> None:
    """Waits until that screen is on top."""
    for _n in range(200):
        if isinstance(at.pilot.app.screen, screen):
            break
        await at.pilot.pause(0.01)
    assert isinstance(at.pilot.app.screen, screen)
    await at.pilot.pause()


BOTH = pytest.mark.parametrize("size", [(80, 24), (120, 40)])


async def explained(at: Typist, device_id: int) -> None:
    await at.pilot.app.open_screen("why", device_id)  # type: ignore[attr-defined]
    await at.judged()


@BOTH
async def test_why_says_how_it_was_reckoned_and_what_may_be_chosen(wang: Wang, size: tuple[int, int]) -> None:
    async with at_the_desk(wang, size) as at:
        await explained(at, wang.microwave)
        seen = at.seen()
        assert "COVERED: Repair free until Fri 4 Dec 2026, 11 days left." in seen
        for step in ("Start", "Length", "Nominal end", "Pause", "Sum", "Rest day?", "Effective end"):
            assert f"   {step} " in seen
        assert "+ 7 days" in seen
        assert "▸ repair     " in seen
        assert "art. 8 · text" in seen
        assert "READ" in at.rows()[1]
        assert {cell_width(row) for row in at.rows()} == {size[0]}


async def test_everything_stands_on_one_page_of_a_wide_window(wang: Wang) -> None:
    async with at_the_desk(wang, (120, 40)) as at:
        await explained(at, wang.microwave)
        seen = at.seen()
        for part in ("1 How it was reckoned", "3 All layers", "4 What would be charged", "5 What is missing",
                     "6 What if", "COVERED, as above. Nothing is stored by asking."):  # fmt: skip
            assert part in seen


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@BOTH
async def test_the_lower_parts_are_a_digit_away(wang: Wang, size: tuple[int, int], language: str) -> None:
    async with at_the_desk(wang, size, language) as at:
        await explained(at, wang.microwave)
        await at.press("6")
        assert isinstance(at.pilot.app.focused, Choice)
        assert "[6 " in at.seen()
        assert {cell_width(row) for row in at.rows()} == {size[0]}


async def test_the_what_if_answers_at_once_and_stores_nothing(wang: Wang) -> None:
    async with at_the_desk(wang, (120, 40)) as at:
        await explained(at, wang.microwave)
        before = devices.show(at.seat, wang.microwave)
        await at.press("tab", "2")
        await at.judged()
        assert "EXCLUDED: Charged, not refused: misuse" in at.seen()
        await at.press("3")
        await at.judged()
        assert "[in a week]" in at.seen()
        assert devices.show(at.seat, wang.microwave) == before
        assert calls.listed(at.seat)[1] == 1


async def test_another_day_of_hand_in_may_end_the_warranty(wang: Wang) -> None:
    async with at_the_desk(wang, (120, 40)) as at:
        at.seat.clock.local("2026-12-01 10:00")  # type: ignore[attr-defined]
        await explained(at, wang.microwave)
        assert "COVERED, as above" in at.seen()
        screen = at.pilot.app.screen
        screen.query_one("#hand_in", Choice).set_answer("in_a_week")
        await at.judged()
        assert "PARTLY COVERED: Main parts free until" in at.seen()


@BOTH
async def test_enter_shows_the_clause_in_both_languages(wang: Wang, size: tuple[int, int]) -> None:
    async with at_the_desk(wang, size) as at:
        await explained(at, wang.microwave)
        await at.pilot.press("enter")
        for _n in range(100):
            if isinstance(at.pilot.app.screen, ClauseDialog):
                break
            await at.pilot.pause(0.01)
        assert isinstance(at.pilot.app.screen, ClauseDialog)
        await at.pilot.pause()
        seen = at.seen()
        assert "art. 8: " in seen
        assert "第8条：" in seen
        assert "Source:" in seen
        assert "(text checked)" in seen
        await at.pilot.press("escape")
        await at.pilot.pause()
        assert isinstance(at.pilot.app.screen, WhyScreen)


async def test_f8_in_the_form_comes_back_to_the_same_field(wang: Wang) -> None:
    async with at_the_desk(wang) as at:
        await at.press("n", "8", "0", "2", "7", "enter", "enter")
        await at.words("Sparks")
        await at.judged()
        await at.press("f8")
        await at.judged()
        assert "New call › Why: Galanz 格兰仕 P70F23" in at.rows()[1]
        await at.press("escape")
        assert isinstance(at.pilot.app.screen, CallForm)
        assert (at.here, at.field("fault")) == ("fault", "Sparks")


async def test_y_copies_the_verdict_as_text(wang: Wang) -> None:
    async with at_the_desk(wang) as at:
        await explained(at, wang.microwave)
        await at.press("y")
        copied = at.pilot.app.clipboard
        assert copied.startswith("Galanz 格兰仕 P70F23, 24G7F0058914\nCOVERED: Repair free until")
        assert "Information for the shop, not legal advice." in copied


async def test_a_unit_without_a_date_says_what_to_ask(wang: Wang) -> None:
    from aftersales_tui.views.devices import NewDevice

    seat = wang.seat()
    bare = devices.add(seat, NewDevice(brand="Haier", model="X", category="refrigerator"), wang.clerk).id
    seat.close()
    async with at_the_desk(wang) as at:
        await explained(at, bare)
        assert "NOT PROVEN: No date is known yet" in at.seen()
        await at.press("enter")
        assert "Not now: no rule speaks about this unit yet" in at.seen()


@BOTH
async def test_the_what_if_asks_about_a_part(wang: Wang, size: tuple[int, int]) -> None:
    async with at_the_desk(wang, size) as at:
        await explained(at, wang.microwave)
        part = at.pilot.app.screen.query_one("#part", Choice)
        assert [answer.value for answer in part.answers] == ["whole", "main_part", "magnetron"]
        await at.press("6")
        part.set_answer("magnetron")
        await at.judged()
        assert "COVERED: " in at.seen().split("Then")[1]
        assert "6 Dec 2027" in at.seen().split("Then")[1]


async def test_an_owner_decides_beside_the_verdict_of_a_job(wang: Wang) -> None:
    async with at_the_desk(wang, (120, 40)) as at:
        app = at.pilot.app
        call = calls.listed(at.seat)[0][0]
        await asked_of_call(at, call.id)
        await at.press("e")
        assert "Not now: only for the role owner" in at.seen()
        app.person = replace(app.person, id=owner_of(at.seat), role="owner")  # type: ignore[attr-defined]
        await at.pilot.press("e")
        await opened(at, ReasonDialog)
        assert "The machine says COVERED" in at.seen()
        await at.pilot.press("1")
        app.post_message(Paste("a regular of ten years"))
        await at.pilot.pause()
        await at.pilot.press("enter")
        await opened(at, WhyScreen)
        await at.judged()
        seen = at.seen()
        assert "Machine: COVERED" in seen
        assert "GOODWILL, billed as goodwill. Reason: a regular of ten years" in seen
        decided = calls.show(at.seat, call.id).override
        assert decided is not None
        assert decided.coverage is Coverage.GOODWILL


async def test_a_unit_has_no_verdict_to_override(wang: Wang) -> None:
    async with at_the_desk(wang, (120, 40)) as at:
        await explained(at, wang.microwave)
        app = at.pilot.app
        app.person = replace(app.person, id=owner_of(at.seat), role="owner")  # type: ignore[attr-defined]
        await at.press("e")
        assert "only the verdict of a job or a call on file can be overridden" in at.seen()


@BOTH
async def test_what_changed_since_it_was_judged_is_said(wang: Wang, size: tuple[int, int]) -> None:
    async with at_the_desk(wang, size) as at:
        call = calls.listed(at.seat)[0][0]
        await asked_of_call(at, call.id)
        seen = " ".join(at.seen().split())
        assert "Since 2 Mar 2026: it would last until 4 Dec 2026, not 27 Nov 2026; repair guarantee" in seen
        await at.press("escape")
        shown = devices.show(at.seat, wang.microwave)
        owner = owner_of(at.seat)
        was = {"version": shown.version, "sold_on": shown.sold_on}
        devices.edit(at.seat, wang.microwave, shown=was, changes={"sold_on": date(2024, 1, 5)}, by=owner)
        await asked_of_call(at, call.id)
        seen = " ".join(at.seen().split())
        assert "judged today it would be EXPIRED, not" in seen or "judged today it would be PARTLY" in seen
        assert "it would begin on 5 Jan 2024 (sold), not" in seen


def failed_once(wang: Wang) -> int:
    """The fault of March came back: the job opened for it."""
    seat = wang.seat()
    earlier = next(row for row in devices.history_of(seat, wang.microwave) if row.kind is RecordKind.JOB)
    again = NewCall(
        customer_id=wang.customer, device_id=wang.microwave, fault="Sparks again", as_before=AsBefore.YES,
        as_before_job_id=earlier.id,
    )  # fmt: skip
    job = calls.log_and_open(seat, again, wang.clerk, OpenJob(in_hand=True)).job
    assert job is not None
    technician = next(one.id for one in staff.everybody(seat) if one.role is Role.TECHNICIAN)
    steps.start(seat, job.id, technician)
    steps.record(seat, job.id, FIXED, technician)
    steps.test(seat, job.id, TestResult.PASSED, technician)
    steps.ready(seat, job.id, wang.clerk)
    steps.hand_over(seat, job.id, wang.clerk)
    seat.close()
    return job.id


@BOTH
@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_one_repair_before_a_trigger_is_said_on_job_card_and_form(
    wang: Wang, size: tuple[int, int], language: str
) -> None:
    job = failed_once(wang)
    wanted = {"en": "failed repair of this fault", "zh_CN": "再修不好一次"}[language]
    async with at_the_desk(wang, size, language) as at:
        for screen, record in (("job", job), ("device", wang.microwave)):
            await at.pilot.app.open_screen(screen, record)  # type: ignore[attr-defined]
            await at.judged()
            seen = " ".join(at.seen().replace("│", " ").split())
            assert wanted in seen, screen
            await at.press("escape")
        await at.pilot.app.open_screen("call_form", device_id=wang.microwave)  # type: ignore[attr-defined]
        await at.judged()
        seen = " ".join(at.seen().replace("│", " ").split())
        assert wanted in seen
