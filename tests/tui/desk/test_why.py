"""The verdict explained, from the form and from a unit on file."""

from __future__ import annotations

import pytest
from tests.tui.desk.call_desk import Typist, Wang, at_the_desk, wang, wang_made

from aftersales_tui.domain.text import cell_width
from aftersales_tui.services import calls, devices
from aftersales_tui.tui.desk.call_form import CallForm
from aftersales_tui.tui.desk.clause import ClauseDialog
from aftersales_tui.tui.desk.why import WhyScreen
from aftersales_tui.tui.widgets.choice import Choice

__all__ = ["wang", "wang_made"]

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
