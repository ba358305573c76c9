"""The lines of the frame and the panels, each by itself."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tui.conftest import drawn, settled
from tests.tui.fake_shop import HOSTILE, FakeShop

from aftersales_tui.domain.text import cell_width
from aftersales_tui.tui.glyphs import glyph, use_ascii
from aftersales_tui.tui.safe_text import content, plain, safe_text
from aftersales_tui.tui.widgets.key_bar import Hint, fitting
from aftersales_tui.tui.widgets.now_line import ended
from aftersales_tui.tui.widgets.panel import Column, Panel, PanelRow
from aftersales_tui.tui.widgets.parts import parts_line
from aftersales_tui.tui.widgets.title_line import missing_words, title_line
from aftersales_tui.tui.widgets.top_bar import TopState, top_line

NOW = datetime(2026, 11, 23, 9, 42, tzinfo=UTC)


@given(st.text())
def test_any_text_is_harmless_and_never_markup(text):
    for shown in (safe_text(text).plain, content(text).plain):
        assert "\x1b" not in shown
        assert "\n" not in shown
    assert safe_text(text).spans == []


@given(st.text(), st.integers(1, 60))
def test_a_cut_text_fits_its_cells(text, width):
    assert cell_width(safe_text(text, width=width).plain) <= width


def test_a_text_that_was_cut_has_no_full_stop_after_its_dots():
    assert ended("Selected: J-1, Room 11…. LATE.") == "Selected: J-1, Room 11… LATE."
    assert ended("选中：J-1，高频…。") == "选中：J-1，高频…"


def test_blanks_around_a_text_stay():
    assert plain("  ▸ a ") == "  ▸ a "
    assert plain("a\nb", lines=True) == "a\nb"


@given(st.text(), st.text(), st.integers(80, 200))
def test_the_top_row_is_as_wide_as_the_window(shop, person, width):
    state = TopState(shop=shop, person=person, role="clerk", counts={"bench": 3}, now=NOW)
    assert cell_width(top_line(state, "desk", width)) <= width


def test_the_shop_goes_before_the_date_when_there_is_no_room():
    state = TopState(shop="Minghui", person="李娜 Li Na", role="clerk", now=NOW)
    assert "Minghui" in top_line(state, "desk", 120)
    assert "Minghui" not in top_line(state, "desk", 80)
    assert top_line(state, "bench", 80).startswith(" F2 Desk [F3 Bench] F4 Office")


def test_row_two_has_two_cells_of_air_before_the_mode_word(chinese):
    line = title_line(["前台", "新报修" * 20], "还缺", "FORM", "", 80)
    assert cell_width(line) == 80
    assert "  填写" in line


def test_what_is_missing_is_counted_first_and_three_are_named():
    assert missing_words([]) == "complete"
    assert missing_words(["Date", "Fault"]) == "still missing 2: date, fault"
    assert missing_words(list("ABCDE")) == "still missing 5: a, b, c …"


def test_only_whole_hints_are_shown_and_help_keeps_its_place():
    hints = [Hint("Enter", "open"), Hint("n", "new call"), Hint("/", "look up"), Hint("o", "open job")]
    assert fitting(hints, 80) == hints
    assert [hint.key for hint in fitting(hints, 40)] == ["Enter", "n"]
    assert fitting(hints, 12) == []


def test_the_parts_line_brackets_the_active_part_and_keeps_the_mode_word():
    line = parts_line([(1, "Mine 5"), (2, "Late 2")], 2, "LIST", 80)
    assert line.startswith(" 1 Mine 5  [2 Late 2]")
    assert line.rstrip().endswith("LIST")
    assert cell_width(line) == 80


def test_ascii_glyphs_replace_the_signs():
    use_ascii(True)
    try:
        assert glyph("▸") == ">"
    finally:
        use_ascii(False)
    assert glyph("▸") == "▸"


async def panel_of(pilot) -> Panel:  # type: ignore[no-untyped-def]
    return pilot.app.screen.query_one("#calls", Panel)


def rows(*keys: str) -> list[PanelRow]:
    return [PanelRow(key, (key, key, key, key)) for key in keys]


@pytest.mark.parametrize(
    ("before", "moves", "after", "selected"),
    [
        ("abc", 0, "xabc", "x"),
        ("abc", 1, "xabc", "b"),
        ("abc", 1, "ac", "c"),
        ("abc", 2, "ab", "b"),
        ("abc", 1, "", None),
        ("abc", 1, "cba", "b"),
        ("", 0, "ab", "a"),
    ],
)
async def test_the_cursor_keeps_its_record_not_its_place(running, before, moves, after, selected):
    async with running() as pilot:
        panel = await panel_of(pilot)
        panel.patch(rows(*before))
        await pilot.pause()
        for _ in range(moves):
            panel.step(1)
        panel.patch(rows(*after))
        await pilot.pause()
        assert (panel.current.key if panel.current else None) == selected
        marked = [row for row in drawn(pilot) if row.startswith(" ▸")]
        assert len(marked) == (1 if selected else 0)
        if selected:
            assert marked[0].startswith(f" ▸ {selected}")


async def test_a_panel_takes_two_hundred_rows_and_counts_the_rest(running):
    async with running(size=(120, 40)) as pilot:
        panel = await panel_of(pilot)
        panel.patch(rows(*(f"k{n}" for n in range(300))), total=1234)
        await pilot.pause()
        assert panel.table.row_count == 200
        assert "1 Open calls 1234" in drawn(pilot)[2]


async def test_rows_that_follow_leave_those_above_as_they_stand(running):
    async with running() as pilot:
        panel = await panel_of(pilot)
        panel.patch(rows("a", "b"))
        panel.step(1)
        kept = panel.table.get_row("a")[1]
        panel.patch([*rows("a"), PanelRow("b", ("b", "new", "b", "b")), *rows("c", "d")], total=9)
        await pilot.pause()
        assert panel.table.get_row("a")[1] is kept
        assert [row.key for row in panel.rows] == ["a", "b", "c", "d"]
        assert (panel.current.key, panel.total) == ("b", 9)
        assert [row[:4] for row in drawn(pilot) if row.startswith((" ▸ b", "   d"))] == [" ▸ b", "   d"]
        assert any("new" in row for row in drawn(pilot))


async def test_changed_cells_are_drawn_without_moving_anything(running):
    async with running() as pilot:
        panel = await panel_of(pilot)
        panel.patch(rows("a", "b"))
        panel.step(1)
        panel.patch([PanelRow("a", ("a", "new", "a", "a")), PanelRow("b", ("b", HOSTILE, "b", "b"))])
        await pilot.pause()
        assert panel.current.key == "b"
        assert any("new" in row for row in drawn(pilot))


async def test_an_empty_panel_says_so_and_takes_rows_again(running):
    async with running(FakeShop(calls=[])) as pilot:
        assert any("Nothing is open." in row for row in drawn(pilot))
        panel = await panel_of(pilot)
        panel.patch(rows("a"))
        await settled(pilot)
        assert any(row.startswith(" ▸ a") for row in drawn(pilot))


async def test_a_number_of_many_digits_is_never_cut(running):
    async with running() as pilot:
        panel = await panel_of(pilot)
        columns = [Column("No.", 7, grows=True), Column("Customer", 20), Column("Fault", 40)]
        grown = Panel("Jobs", columns, id="grown", number=9)
        await pilot.app.screen.mount(grown)
        for number in ("J-0343", "J-10000", "J-1234567"):
            grown.patch([PanelRow(number, (number, "王芳 Wang Fang", "x" * 50))])
            await pilot.pause()
            shown = [str(cell) for cell in grown.table.get_row(number)]
            assert shown[1] == number
            assert sum(column.width for column in grown.table.ordered_columns) == 70
            assert shown[2] == "王芳 Wang Fang"
        assert panel.current is not None


async def test_a_longer_number_below_makes_room_in_every_row(running):
    async with running() as pilot:
        columns = [Column("No.", 7, grows=True), Column("Customer", 20), Column("Fault", 40)]
        grown = Panel("Jobs", columns, id="grown", number=9)
        await pilot.app.screen.mount(grown)
        short, long = (PanelRow(number, (number, "王芳", "x" * 50)) for number in ("J-0343", "J-1234567"))
        grown.patch([short])
        grown.patch([short, long])
        assert [str(grown.table.get_row(row.key)[1]) for row in (short, long)] == ["J-0343", "J-1234567"]
        assert len({len(str(grown.table.get_row(row.key)[3])) for row in (short, long)}) == 1


async def test_a_toast_in_a_wide_window_covers_no_cell_of_a_list(running):
    async with running(size=(120, 40)) as pilot:
        pilot.app.toast(
            "Logged as C-0149: asked about J-0087, answered, and everything else there is to say."
        )
        await settled(pilot)
        assert any("Logged as" in row for row in drawn(pilot))
        assert all("Logged as" not in row[:80] and "to say" not in row[:80] for row in drawn(pilot))
