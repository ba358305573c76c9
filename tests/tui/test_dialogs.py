"""The boxes: the safe answer is marked, the shown key answers, hostile text is only text."""

import pytest
from tests.tui.conftest import drawn
from tests.tui.fake_shop import HOSTILE

from aftersales_tui.tui.dialog import DialogScreen, Offer
from aftersales_tui.tui.modals.confirm import ConfirmDialog
from aftersales_tui.tui.modals.fault import FaultScreen
from aftersales_tui.tui.modals.reason import ReasonDialog, Written
from aftersales_tui.tui.modals.who import WhoDialog
from aftersales_tui.tui.widgets.choice import Answer
from aftersales_tui.tui.widgets.fields import TextField
from aftersales_tui.views.seat import Person

WAITS = [Answer("parts", "parts"), Answer("maker", "maker")]


async def answer_of(pilot, dialog: DialogScreen, *keys: str):  # type: ignore[no-untyped-def, type-arg]
    answers: list[object] = []
    pilot.app.push_screen(dialog, answers.append)
    await pilot.pause()
    await pilot.press(*keys)
    await pilot.pause()
    return answers


@pytest.mark.parametrize(
    ("key", "answer"), [("y", [True]), ("enter", [False]), ("escape", [False]), ("x", [])]
)
async def test_only_y_does_it(running, key, answer):
    async with running() as pilot:
        dialog = ConfirmDialog("Hand over", HOSTILE[:200], "hand over")
        assert await answer_of(pilot, dialog, key) == answer


async def test_a_reason_is_asked_in_one_row_after_one_digit(running):
    async with running() as pilot:
        dialog = ReasonDialog(
            "Wait",
            "Note",
            choice_label="For",
            answers=WAITS,
            chosen="parts",
            more=("Until", TextField(id="more")),
        )
        keys = ("2", "a", "enter", "b", "enter")
        assert await answer_of(pilot, dialog, *keys) == [Written("a", "maker", "b")]


async def test_words_of_a_box_left_with_esc_stand_there_when_the_same_box_is_opened_again(running):
    async with running() as pilot:
        assert await answer_of(pilot, ReasonDialog("Note on J-0001", "Note"), *"cap", "escape") == [None]
        other = await answer_of(pilot, ReasonDialog("Note on J-0002", "Note"), "escape")
        assert other == [None]
        again = await answer_of(pilot, ReasonDialog("Note on J-0001", "Note"), "end", "s", "enter")
        assert again == [Written("caps")]
        once_more = await answer_of(pilot, ReasonDialog("Note on J-0001", "Note"), "enter")
        assert once_more == [Written("")]


async def test_what_a_box_proposes_is_not_kept_as_if_it_were_written(running):
    async with running() as pilot:
        await answer_of(pilot, ReasonDialog("Told", "Told to", value="Wang"), "escape")
        assert pilot.app.unsaid == {}


async def test_a_box_with_a_choice_names_the_digits_that_answer(running):
    async with running() as pilot:
        dialog = ReasonDialog("Wait", "Note", choice_label="For", answers=WAITS, chosen="parts")
        await answer_of(pilot, dialog)
        assert drawn(pilot)[-1].startswith(" 1-2 answer  Enter on")


async def test_a_reason_that_has_to_be_written_is_asked_again(running):
    async with running() as pilot:
        dialog = ReasonDialog("Cancel", "Reason", required=True)
        assert await answer_of(pilot, dialog, "enter") == []
        assert any("! This has to be written." in row for row in drawn(pilot))
        await pilot.press("x", "enter")
        await pilot.pause()
        assert pilot.app.screen is not dialog


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_fault_says_what_happened_what_is_safe_what_to_do(running, size):
    async with running(size=size) as pilot:
        page = FaultScreen(
            HOSTILE[:60],
            happened="pages cannot be read",
            safe="the backup is whole",
            to_do="take the backup, or stop",
            offers=[Offer("1", "Take the backup", "take"), Offer("2", "Stop here", "stop")],
            command_line="aftersales check",
        )
        answers: list[object] = []
        pilot.app.push_screen(page, answers.append)
        await pilot.pause()
        text = "\n".join(drawn(pilot))
        for words in (
            "What happened",
            "What is safe",
            "What to do",
            "▸ 2 Stop here",
            "aftersales check",
            "F1 help",
        ):
            assert words in text
        await pilot.press("enter")
        await pilot.pause()
        assert answers == ["stop"]


async def nobody_proves(person: Person, pin: str) -> None:
    """Nobody here has a PIN."""
    raise AssertionError


async def test_the_tenth_person_is_reached_with_the_arrows(running):
    people = [Person(n, f"{n} {HOSTILE}", "technician") for n in range(1, 12)]
    async with running() as pilot:
        dialog = WhoDialog(people, None, nobody_proves)
        answers = await answer_of(pilot, dialog, *["down"] * 9, "enter")
        assert [person.id for person in answers] == [10]


async def test_a_box_carries_its_title_and_its_mode_word(running, chinese):
    async with running(language="zh_CN") as pilot:
        pilot.app.push_screen(ConfirmDialog("交机", "现在交机吗？", "交机"))
        await pilot.pause()
        top = next(row for row in drawn(pilot) if "┌" in row)
        assert "交机" in top
        assert "对话框 ─┐" in top
