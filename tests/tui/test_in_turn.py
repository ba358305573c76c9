"""Keys that arrive in one burst go where the key before put the focus."""

import pytest
from tests.tui.fake_shop import FakeForm, FakeHome
from textual.app import ComposeResult
from textual.events import Event, Key, Paste
from textual.pilot import Pilot

from aftersales_tui.tui.form_screen import FormScreen
from aftersales_tui.tui.modals.reason import ReasonDialog, Written
from aftersales_tui.tui.pasted import pasted_text
from aftersales_tui.tui.widgets.choice import Answer, Choice
from aftersales_tui.tui.widgets.fields import TextField
from aftersales_tui.tui.widgets.form import Pair, Row
from aftersales_tui.tui.widgets.scrap import Match, ScrapField

SCORES = [Answer("very", "very satisfied"), Answer("not", "dissatisfied")]


class Sheet(FormScreen[None]):
    """Two questions, a scrap that is looked up, and a name."""

    ACTIONS = ("form.on", "app.save", "app.back")

    def __init__(self) -> None:
        super().__init__()
        self.saved: list[dict[str, str]] = []

    def compose_form(self) -> ComposeResult:
        yield Row(Pair("Quality", Choice(SCORES, id="quality", required=True)))
        yield Row(Pair("Attitude", Choice(SCORES, id="attitude", required=True)))
        yield Row(Pair("Phone", ScrapField(id="phone", required=True)))
        yield Row(Pair("Name", TextField(id="name", required=True)))

    def on_scrap_field_taken(self, event: ScrapField.Taken) -> None:
        self.go_on(event.field)

    async def save(self) -> None:
        self.saved.append(self.answers())


async def opened(pilot: Pilot[int]) -> Sheet:
    form = Sheet()
    await pilot.app.go(form)  # type: ignore[attr-defined]
    await pilot.pause()
    return form


def burst(pilot: Pilot[int], *keys: str) -> None:
    """All of it before the program looks at the first; more than one letter is a paste, unless a key."""
    for key in keys:
        event: Event = Key(key, key if len(key) == 1 else None)
        pilot.app.post_message(Paste(key[1:]) if key.startswith("|") else event)


async def test_each_digit_of_a_burst_answers_a_question_of_its_own(running):
    async with running() as pilot:
        form = await opened(pilot)
        burst(pilot, "1", "2")
        await pilot.pause()
        assert (form.field("quality").answer, form.field("attitude").answer) == ("very", "not")


async def test_what_follows_an_enter_waits_for_the_look_up(running):
    async with running() as pilot:
        form = await opened(pilot)
        burst(pilot, "1", "1", "|8027", "enter", "|Wang", "x", "ctrl+s")
        await pilot.pause()
        assert form.field("phone").answer == "8027"
        assert form.field("name").answer == ""
        form.field("phone").offer("8027", [Match("王芳")], "+ new")
        await pilot.pause()
        (saved,) = form.saved
        assert (saved["phone"], saved["name"]) == ("8027", "Wangx")


async def test_escape_does_not_wait_for_a_look_up(running):
    async with running() as pilot:
        form = await opened(pilot)
        burst(pilot, "1", "1", "|8027", "enter", "|Wang", "escape")
        await pilot.pause()
        assert not form.is_current


async def test_a_look_up_that_never_answers_gives_the_keys_back(running, monkeypatch):
    monkeypatch.setattr("aftersales_tui.tui.in_turn.FOR_ANSWERS", 0.1)
    async with running() as pilot:
        form = await opened(pilot)
        burst(pilot, "1", "1", "|8027", "enter", "9")
        await pilot.pause(0.2)
        assert form.field("phone").answer == "80279"


async def test_what_is_typed_right_after_the_digit_of_a_dialog_is_not_lost(running):
    async with running() as pilot:
        answers: list[Written | None] = []
        waits = [Answer("parts", "parts"), Answer("maker", "maker")]
        dialog = ReasonDialog("Wait", "Note", choice_label="For", answers=waits, chosen="parts")
        pilot.app.push_screen(dialog, answers.append)
        await pilot.pause()
        burst(pilot, "2", "m", "i", "c", "a", "enter")
        await pilot.pause()
        assert answers == [Written("mica", "maker")]


async def home(pilot: Pilot[int]) -> FakeHome:
    screen = pilot.app.screen
    assert isinstance(screen, FakeHome)
    return screen


@pytest.mark.parametrize("text", ["cancel J-0343, ok\nxyc", "\n  cancel J-0343, ok  \nxyc"])
async def test_what_is_pasted_onto_a_list_is_looked_up_and_no_letter_acts(running, text):
    async with running() as pilot:
        screen = await home(pilot)
        before = screen.current
        burst(pilot, "|" + text)
        await pilot.pause()
        assert screen.looked_up == ["cancel J-0343, ok"]
        assert screen.current is before
        assert screen.opened == []


async def test_a_paste_that_the_terminal_does_not_mark_is_looked_up_too(running):
    async with running() as pilot:
        screen = await home(pilot)
        burst(pilot, *"jc 138 0013", "enter", *"yx")
        await pilot.pause()
        assert screen.looked_up == ["jc 138 0013"]
        assert screen.current is not None
        assert screen.current.key == "C-0409"
        assert screen.opened == []


async def test_an_empty_paste_onto_a_list_does_nothing(running):
    async with running() as pilot:
        burst(pilot, "| \n ")
        await pilot.pause()
        assert (await home(pilot)).looked_up == []


async def test_a_few_letters_of_a_burst_are_keys_in_their_order(running):
    async with running() as pilot:
        burst(pilot, "j", "enter", "k", "enter")
        await pilot.pause()
        assert (await home(pilot)).opened == ["C-0412", "C-0409"]


async def test_a_key_held_down_over_a_slow_line_is_no_paste(running):
    async with running() as pilot:
        burst(pilot, *"jjjjjjjkkkkkkkj")
        await pilot.pause()
        screen = await home(pilot)
        assert screen.looked_up == []
        assert screen.current is not None
        assert screen.current.key == "C-0412"


async def test_what_is_typed_ahead_after_new_call_goes_into_the_call(running):
    async with running() as pilot:
        burst(pilot, *"n8027abc")
        await pilot.pause()
        form = pilot.app.screen
        assert isinstance(form, FakeForm)
        assert form.fields[0].answer == "8027abc"


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("138001", "138001"), ("xyabc", ""), ("/J-0343", ""), ("n8027abc", ""), ("、J-0343", ""),
        ("xxxxxxxx", ""), ("J-0343 王芳", "J-0343 王芳"), ("aaaaab", ""),
    ],
)  # fmt: skip
def test_a_burst_is_a_paste_from_six_letters_on(keys: str, text: str) -> None:
    assert pasted_text([Key(letter, letter) for letter in keys]) == text
