"""A form: Enter goes where somebody is needed, answers are one key, nothing typed is lost."""

from collections.abc import Mapping
from datetime import date

import pytest
from tests.tui.conftest import drawn, settled
from tests.tui.fake_shop import HOSTILE, FakeHome
from textual import events
from textual.app import ComposeResult

from aftersales_tui.domain.errors import Clash, Conflict, Problem, Refused, refuse
from aftersales_tui.tui.form_screen import FormScreen
from aftersales_tui.tui.modals.conflict import ConflictDialog, Decision
from aftersales_tui.tui.widgets.choice import Answer, Choice
from aftersales_tui.tui.widgets.fields import Checks, DateField, LinesField, Pick, PickList, TextField
from aftersales_tui.tui.widgets.form import Pair, Row, Section
from aftersales_tui.tui.widgets.scrap import Match, ScrapField


def read_day(text: str) -> date | None:
    if text == "27.11.25":
        return date(2025, 11, 27)
    raise refuse("date_not_read", "date", text=text)


class EveryField(FormScreen[None]):
    """One field of each kind."""

    ACTIONS = ("form.on", "app.save", "app.back")

    def __init__(self) -> None:
        super().__init__()
        self.refused_with: Exception | None = None
        self.decision: Decision | None = None
        self.saves = 0

    def compose_form(self) -> ComposeResult:
        yield Section(1, HOSTILE)
        yield Row(Pair("Phone", ScrapField(id="phone", width=30)), Pair("Name", TextField(id="name")))
        yield Row(Pair("Date", DateField(read_day, id="date", width=20, required=True)))
        scores = [Answer("very", "very satisfied", "5"), Answer("not", "none", "-")]
        yield Row(Pair("Score", Choice(scores, id="score", required=True)))
        yield Row(Pair("Checks", Checks([("clean", HOSTILE), ("safe", "safety")], id="checks")))
        yield Row(Pair("Words", LinesField(id="words")))
        yield Row(Pair("Pick", PickList([Pick("a", HOSTILE), Pick("b", "second")], id="pick")))

    async def save(self) -> None:
        self.saves += 1
        if self.refused_with:
            raise self.refused_with

    async def keep_draft(self, answers: Mapping[str, str]) -> None:
        self.kept = dict(answers)

    def merged(self, decision: Decision) -> None:
        self.decision = decision


async def opened(pilot, form: FormScreen[None]):  # type: ignore[no-untyped-def]
    await pilot.app.go(form)
    await pilot.pause()
    return form


def paste(pilot, text: str) -> None:  # type: ignore[no-untyped-def]
    pilot.app.post_message(events.Paste(text))


async def test_enter_goes_to_what_needs_you_and_tab_to_the_very_next(running):
    async with running() as pilot:
        form = await opened(pilot, EveryField())
        await pilot.press("enter")
        assert form.current_field.id == "date"
        await pilot.press("shift+tab")
        assert form.current_field.id == "name"
        await pilot.press("down")
        assert form.current_field.id == "date"


async def test_a_key_of_its_own_answers_a_choice_and_goes_on(running):
    async with running() as pilot:
        form = await opened(pilot, EveryField())
        form.set_focus(form.field("score"))
        await pilot.press("minus")
        assert form.field("score").answer == "not"
        form.set_focus(form.field("score"))
        await pilot.press("left")
        assert form.field("score").answer == "very"
        assert form.current_field.id == "score"


async def test_a_letter_that_no_field_takes_is_said_until_something_else_is_done(running):
    async with running() as pilot:
        form = await opened(pilot, EveryField())
        form.set_focus(form.field("score"))
        await pilot.press("s")
        assert "Letters type nothing here: Enter goes on" in drawn(pilot)[-2]
        await pilot.press("left")
        await pilot.pause()
        assert "Letters type nothing" not in drawn(pilot)[-2]
        form.set_focus(form.field("words"))
        await pilot.press("s")
        assert form.field("words").answer == "s"
        assert "Letters type nothing" not in drawn(pilot)[-2]


async def test_left_and_right_in_a_choice_count_as_typing(running):
    async with running() as pilot:
        form = await opened(pilot, EveryField())
        form.fill({"score": "very", "name": "王芳", "words": "a\nb", "pick": "b", "checks": "safe"})
        await pilot.pause()
        assert form.typed == 0
        assert form.answers()["words"] == "a\nb"
        form.set_focus(form.field("score"))
        await pilot.press("right")
        await pilot.pause()
        assert form.typed == 1


async def test_a_date_that_cannot_be_says_so_under_the_field_and_stays(running):
    async with running() as pilot:
        form = await opened(pilot, EveryField())
        form.set_focus(form.field("date"))
        paste(pilot, "31.2.26")
        await pilot.press("enter")
        await pilot.pause()
        rows = drawn(pilot)
        at = next(n for n, row in enumerate(rows) if "31.2.26" in row)
        assert rows[at + 1].strip().startswith("! ")
        assert form.field("date").day is None
        form.fill({"date": "27.11.25"})
        assert form.field("date").day == date(2025, 11, 27)


async def test_a_refusal_goes_to_its_field_and_the_cursor_with_it(running):
    async with running() as pilot:
        form = await opened(pilot, EveryField())
        form.refused_with = Refused(Problem("outcome_missing", "name"))
        await pilot.press("ctrl+s")
        await settled(pilot)
        await pilot.pause()
        assert form.current_field.id == "name"
        assert any("! Say what came of it" in row for row in drawn(pilot))


async def test_a_conflict_is_decided_field_by_field_and_enter_changes_nothing(running):
    async with running() as pilot:
        form = await opened(pilot, EveryField())
        clash = Clash("name", "before", HOSTILE, "mine")
        form.refused_with = Conflict((clash,), merged=(), who="赵敏 [/foo]", when="09:57")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ConflictDialog)
        await pilot.press("enter")
        await pilot.pause()
        assert form.decision is None
        await pilot.press("ctrl+s")
        await pilot.pause()
        await pilot.press("up", "up", "up", "left", "1")
        await pilot.pause()
        assert form.decision is not None
        assert form.decision.answers == {"name": HOSTILE}


async def test_pasted_text_loses_its_control_characters_and_nothing_else(running):
    async with running() as pilot:
        form = await opened(pilot, EveryField())
        form.set_focus(form.field("name"))
        paste(pilot, "[/foo]\x1b]0;PWNED\x07 ok")
        await pilot.pause()
        assert form.field("name").answer == "[/foo] ok"
        form.set_focus(form.field("words"))
        paste(pilot, "one\x1b[2J\ntwo")
        await pilot.pause()
        assert form.field("words").answer == "one\ntwo"


async def test_enter_in_a_field_of_several_lines_goes_on_and_ctrl_o_makes_a_line(running):
    async with running() as pilot:
        form = await opened(pilot, EveryField())
        form.fill({"date": "27.11.25", "score": "very"})
        form.set_focus(form.field("words"))
        await pilot.press("a", "ctrl+o", "b")
        assert form.field("words").answer == "a\nb"
        assert form.saves == 0


async def test_up_and_down_mark_a_line_of_a_list_and_enter_takes_it(running):
    async with running() as pilot:
        form = await opened(pilot, EveryField())
        form.fill({"date": "27.11.25", "score": "very"})
        form.set_focus(form.field("pick"))
        await pilot.press("down")
        await pilot.pause()
        assert form.field("pick").answer == "b"
        assert any("▸ second" in row for row in drawn(pilot))
        await pilot.press("enter")
        await settled(pilot)
        assert form.saves == 1


async def test_a_scanned_label_loses_its_slash(running):
    async with running() as pilot:
        form = await opened(pilot, EveryField())
        form.set_focus(form.field("name"))
        paste(pilot, "/J-0343")
        await pilot.pause()
        assert form.answers()["name"] == "J-0343"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_hostile_text_in_every_field_is_drawn_without_escapes(running, size):
    async with running(size=size) as pilot:
        form = await opened(pilot, EveryField())
        form.fill({"phone": HOSTILE, "name": HOSTILE, "date": HOSTILE, "words": HOSTILE})
        form.say_problem(form.field("name"), HOSTILE)
        await pilot.pause()
        text = "".join(drawn(pilot))
        assert "[/foo]" in text
        assert not {"\x1b", "\x07", "\u202e"} & set(text)


class Scraps(EveryField):
    """Answers a scrap only when it is told to."""

    asked: str = ""
    taken: object = "nothing"

    def on_scrap_field_typed(self, event: ScrapField.Typed) -> None:
        self.asked = event.text

    def on_scrap_field_taken(self, event: ScrapField.Taken) -> None:
        self.taken = event.match.record if event.match else None
        self.go_on(event.field)


async def test_enter_before_the_matches_are_there_takes_the_first_one_later(running):
    async with running() as pilot:
        form = await opened(pilot, Scraps())
        paste(pilot, "8027")
        await pilot.press("enter")
        await pilot.pause()
        assert form.asked == "8027"
        assert form.taken == "nothing"
        form.field("phone").offer("802", [Match("old", 1)], "+ new")
        assert form.taken == "nothing"
        form.field("phone").offer("8027", [Match("王芳", 7), Match("B", 8)], "+ new")
        await pilot.pause()
        assert form.taken == 7
        assert form.current_field.id == "date"


async def test_the_last_line_of_the_matches_is_new_and_esc_only_closes_them(running):
    async with running() as pilot:
        form = await opened(pilot, Scraps())
        paste(pilot, "wang")
        await pilot.pause()
        form.field("phone").offer("wang", [Match(HOSTILE, 7)], "+ new caller wang")
        await pilot.pause()
        assert form.field("phone").is_open
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen is form
        assert not form.field("phone").is_open
        form.field("phone").offer("wang", [Match(HOSTILE, 7)], "+ new caller wang")
        await pilot.press("down", "enter")
        await pilot.pause()
        assert form.taken is None


async def test_esc_leaves_a_form_and_keeps_what_was_typed(running):
    async with running() as pilot:
        form = await opened(pilot, EveryField())
        paste(pilot, "x")
        await pilot.press("escape")
        await settled(pilot)
        await pilot.pause()
        assert isinstance(pilot.app.screen, FakeHome)
        assert form.kept["phone"] == "x"


async def test_the_ground_of_a_field_touches_nothing_beside_it(running):
    async with running() as pilot:
        await pilot.press("n")
        await pilot.pause()
        grounds = [row for row in drawn(pilot) if "____" in row]
        assert grounds
        assert all(row.ljust(80)[79] == " " for row in grounds)
