"""The checklist: signs, keys, two columns where they fit."""

from __future__ import annotations

from tests.tui.fake_shop import HOSTILE
from textual.app import App, ComposeResult

from aftersales_tui.tui.widgets.ticks import Ticks

ITEMS = [("a", "door switch"), ("b", "leak test"), ("c", "full power")]


class Lists(App[None]):
    """One checklist between two others."""

    def __init__(self, items: list[tuple[str, str]]) -> None:
        super().__init__()
        self.items = items

    def compose(self) -> ComposeResult:
        yield Ticks(ITEMS, id="before")
        yield Ticks(self.items, id="checks")
        yield Ticks(ITEMS, id="after")


async def test_space_ticks_the_marked_check_and_the_arrows_move() -> None:
    app = Lists(ITEMS)
    async with app.run_test(size=(60, 12)) as pilot:
        checks = app.query_one("#checks", Ticks)
        checks.focus()
        await pilot.press("space", "down", "space", "up", "right", "space", "space")
        assert checks.answer == "a,c"
        assert str(checks.render()).replace(" ", "") == "[x]doorswitch[]leaktest\n[x]fullpower"
        assert checks.size.height == 2


async def test_down_past_the_last_row_leaves_the_field() -> None:
    app = Lists(ITEMS)
    async with app.run_test(size=(60, 12)) as pilot:
        app.query_one("#checks").focus()
        await pilot.press("down", "down")
        assert app.focused is app.query_one("#after")
        app.query_one("#checks", Ticks).focus()
        await pilot.press("up", "up")
        assert app.focused is app.query_one("#before")


async def test_one_column_where_two_do_not_fit_and_harmless_words() -> None:
    app = Lists([("x", HOSTILE[:60]), ("y", "short")])
    async with app.run_test(size=(40, 12)):
        checks = app.query_one("#checks", Ticks)
        assert checks.size.height == 2
        assert "\x1b" not in str(checks.render())


async def test_an_answer_ticks_what_is_known_and_nothing_else() -> None:
    app = Lists(ITEMS)
    async with app.run_test(size=(60, 12)):
        checks = app.query_one("#checks", Ticks)
        checks.set_answer("c,zzz")
        assert checks.answer == "c"
        checks.set_items([("a", "door switch")])
        assert checks.answer == ""
