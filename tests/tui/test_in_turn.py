"""Keys that arrive in one burst go where the key before put the focus."""

from textual.app import ComposeResult
from textual.events import Event, Key, Paste
from textual.pilot import Pilot

from aftersales_tui.tui.form_screen import FormScreen
from aftersales_tui.tui.modals.reason import ReasonDialog, Written
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
