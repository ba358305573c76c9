"""The frame as a whole: starting, keys, areas, people, other seats."""

from dataclasses import replace

import pytest
from tests.tui.calm import Gate
from tests.tui.conftest import drawn, settled
from tests.tui.fake_shop import CHEN, FakeForm, FakeHome, FakeShop, options
from textual.css.stylesheet import Stylesheet
from textual.widgets import TextArea

from aftersales_tui.domain.errors import Problem, StoreFault
from aftersales_tui.domain.text import cell_width
from aftersales_tui.tui.app import AftersalesApp
from aftersales_tui.tui.modals.busy import BusyDialog
from aftersales_tui.tui.modals.fault import FaultScreen
from aftersales_tui.tui.modals.help import HelpScreen
from aftersales_tui.tui.modals.menu import MenuDialog
from aftersales_tui.tui.modals.who import WhoDialog
from aftersales_tui.tui.widgets.panel import Panel

SIZES = [(80, 24), (120, 40)]


@pytest.mark.parametrize("size", SIZES)
async def test_every_row_of_the_frame_stands_where_the_design_puts_it(running, size):
    async with running(size=size) as pilot:
        rows = drawn(pilot)
        assert rows[0].startswith("[F2 Desk] F3 Bench 3  F4 Office")
        assert rows[0].rstrip().endswith("李娜 Li Na, clerk · Mon 23 Nov 09:42")
        assert rows[1].rstrip().endswith("LIST")
        assert rows[2].startswith("[1 Open calls 3, 1 late]")
        assert rows[4].startswith(" ▸ C-0409")
        assert rows[-3].startswith(" Selected: C-0409")
        assert rows[-1].rstrip().endswith("F1 help")
        assert ("Minghui" in rows[0]) == (size[0] >= 110)


async def test_the_first_frame_comes_before_the_shop_is_opened():
    gate = Gate()
    shop = FakeShop()

    def slow() -> FakeShop:
        gate.wait(5)
        return shop

    app = AftersalesApp(replace(options(shop), open_shop=slow))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.shop is None
        assert drawn(pilot)[-1].rstrip().endswith("F1 help")
        gate.set()
        await settled(pilot)
        assert app.shop is shop


async def test_what_is_copied_runs_nothing_where_it_is_pasted(running):
    async with running() as pilot:
        pilot.app.copy_to_clipboard("138\x1b]0;x\x07 00\x0013\r\n8027\x9b2J")
        assert pilot.app.clipboard == "138 0013\n8027"


async def test_the_styles_are_read_once_for_the_first_frame(monkeypatch):
    read: list[Stylesheet] = []
    monkeypatch.setattr(Stylesheet, "reparse", read.append)
    app = AftersalesApp(options(FakeShop()))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
    assert read == []


async def test_the_role_decides_the_first_area(running):
    async with running(FakeShop(last=CHEN)) as pilot:
        assert pilot.app.current_mode == "bench"


async def test_without_a_remembered_person_a_digit_signs_in(running):
    shop = FakeShop(last=None)
    app = AftersalesApp(options(shop))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, WhoDialog)
        assert drawn(pilot)[-1].rstrip().endswith("F1 help")
        await pilot.press("2")
        await settled(pilot)
        assert app.person == CHEN
        assert shop.last == CHEN


async def test_two_keys_switch_the_person_and_close_what_the_other_had_open(running):
    async with running() as pilot:
        await pilot.press("n", "f2", "n")
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("u")
        await pilot.pause()
        await pilot.press("2")
        await settled(pilot)
        assert pilot.app.person == CHEN
        assert pilot.app.current_mode == "bench"


async def test_a_damaged_shop_file_is_a_page_and_exit_code_four():
    def broken() -> FakeShop:
        raise StoreFault(Problem("store_damaged"))

    app = AftersalesApp(replace(options(FakeShop()), open_shop=broken))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, FaultScreen)
        await pilot.press("escape")
        await pilot.pause()
    assert app.return_value == 4


async def test_letters_act_on_lists_and_a_dimmed_one_says_why(running):
    async with running() as pilot:
        await pilot.press("c")
        await pilot.pause()
        assert "Not now: it is a draft" in drawn(pilot)[-3]
        assert [n.message for n in pilot.app._notifications] == ["Not now: it is a draft"]


async def test_enter_opens_the_selected_record_after_moving_with_j(running):
    async with running() as pilot:
        home = pilot.app.screen
        assert isinstance(home, FakeHome)
        await pilot.press("j", "enter")
        await pilot.pause()
        assert home.opened == ["C-0412"]


@pytest.mark.parametrize("key", ["slash", "ideographic_comma", "ctrl+l"])
async def test_the_look_up_opens_with_a_chinese_input_method_too(running, key):
    async with running() as pilot:
        await pilot.press(key)
        assert pilot.app.screen.looked_up == [""]


async def test_a_burst_of_keys_reaches_the_form_that_its_first_key_opens(running):
    async with running() as pilot:
        await pilot.press("n", "8", "0", "2", "7")
        await pilot.pause()
        form = pilot.app.screen
        assert isinstance(form, FakeForm)
        assert form.field("phone").answer == "8027"


async def test_digits_and_tab_go_to_parts_and_only_one_row_is_marked(running):
    shop = FakeShop(jobs=[("J-0311", "许志强", "fan", "9 days")])
    async with running(shop, size=(120, 40)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        marked = [row for row in drawn(pilot) if "▸" in row]
        assert len(marked) == 1
        assert "J-0311" in marked[0]
        await pilot.press("tab")
        await pilot.pause()
        assert next(row for row in drawn(pilot) if "▸" in row).startswith(" ▸ C-0409")


async def test_a_low_window_shows_one_part_and_the_others_by_number(running):
    async with running() as pilot:
        await pilot.press("2")
        await pilot.pause()
        rows = drawn(pilot)
        assert "[2 Ready 0, 1 late]" in rows[2]
        assert "Nothing is ready." in rows[3]
        assert not any("C-0409" in row for row in rows)


async def test_an_area_is_found_as_it_was_left_and_its_key_again_goes_home(running):
    async with running() as pilot:
        await pilot.press("down", "f3")
        await settled(pilot)
        assert pilot.app.current_mode == "bench"
        assert drawn(pilot)[0].startswith(" F2 Desk [F3 Bench 3]")
        await pilot.press("f2")
        await pilot.pause()
        assert pilot.app.screen.current.key == "C-0412"
        await pilot.press("f2")
        await pilot.pause()
        assert pilot.app.screen.current.key == "C-0409"


async def test_the_area_key_leaves_an_open_form_with_its_draft_kept(running):
    async with running() as pilot:
        await pilot.press("n")
        await pilot.pause()
        form = pilot.app.screen
        await pilot.press("x", "f2")
        await settled(pilot)
        assert isinstance(pilot.app.screen, FakeHome)
        assert form.drafts[-1]["phone"] == "x"


async def test_another_seats_change_shows_and_the_moved_cursor_follows_its_record(running):
    shop = FakeShop()
    async with running(shop, look_every=0.05) as pilot:
        await pilot.press("down")
        shop.calls.insert(0, ("C-0408", "new", "first", "LATE"))
        shop.version += 1
        await pilot.pause(0.15)
        await settled(pilot)
        assert pilot.app.screen.current.key == "C-0412"
        assert any("C-0408" in row for row in drawn(pilot))


async def test_another_seats_change_leaves_a_form_alone(running):
    shop = FakeShop()
    async with running(shop, look_every=0.05) as pilot:
        await pilot.press("n", "8", "0")
        shop.version += 1
        await pilot.pause(0.15)
        assert pilot.app.screen.field("phone").answer == "80"


async def test_ctrl_q_leaves_at_once_from_a_form_and_keeps_the_draft(running):
    async with running() as pilot:
        await pilot.press("n")
        await pilot.pause()
        form = pilot.app.screen
        await pilot.press("x", "ctrl+q")
        await pilot.pause()
        assert form.drafts[-1]["phone"] == "x"
        assert pilot.app.return_value == 0


@pytest.mark.parametrize("opens", ["f1", "ctrl+g", "ctrl+p", "f9"])
async def test_ctrl_q_leaves_at_once_from_every_box(running, opens):
    async with running() as pilot:
        await pilot.press(opens)
        await pilot.pause()
        assert len(pilot.app.screen_stack) == 2
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert pilot.app.return_value == 0


@pytest.mark.parametrize("size", SIZES)
async def test_help_lists_this_screens_keys_with_the_reason_why_not(running, size):
    async with running(size=size) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HelpScreen)
        text = "\n".join(drawn(pilot))
        assert "READ" in text
        assert "desk.close_call" in text
        assert "not now" in text
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(pilot.app.screen, FakeHome)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_the_columns_of_the_help_never_touch_and_a_long_reason_goes_on_below(running, language):
    reason = "它是报修，不是工单，先选一张工单再来 and a reason that is much longer than its column"
    async with running(language=language) as pilot:
        here = [("c", "close the call", "desk.close_call", reason)] * 9
        pilot.app.push_screen(HelpScreen("Desk", here, "", pilot.app.key_map))
        await pilot.pause()
        rows = drawn(pilot)
        assert sum("desk.close_call" in row for row in rows) > 3
        for row in rows[2:21]:
            assert before_cell(row, 41).endswith("  "), row
        said = "".join(before_cell(row, 41).strip("│ ") for row in rows[2:21])
        assert "longerthanitscolumn" in said.replace(" ", "")


def before_cell(row: str, cell: int) -> str:
    """What stands left of a cell."""
    return next(row[:n] for n in range(len(row) + 1) if cell_width(row[:n]) >= cell)


async def test_a_letter_of_the_menu_acts_on_the_screen_below(running):
    async with running() as pilot:
        await pilot.press("g")
        await pilot.pause()
        assert isinstance(pilot.app.screen, MenuDialog)
        await pilot.press("3")
        await settled(pilot)
        assert pilot.app.current_mode == "bench"


async def test_a_menu_digit_leaves_a_form_for_another_area(running):
    async with running() as pilot:
        await pilot.press("n", "ctrl+g", "2")
        await settled(pilot)
        assert isinstance(pilot.app.screen, FakeHome)


async def test_the_palette_offers_records_of_the_shop_and_bears_hostile_titles(running):
    async with running() as pilot:
        await pilot.press("ctrl+p", "3", "4", "3")
        await pilot.pause(0.3)
        assert any("J-0343" in row for row in drawn(pilot))


async def test_a_slow_save_shows_that_it_waits_and_esc_gives_the_form_back(running, monkeypatch):
    gate = Gate()
    shop = FakeShop()

    class Slow(list[dict[str, str]]):
        def append(self, answers: dict[str, str]) -> None:
            gate.wait(5)
            super().append(answers)

    shop.saved = Slow()
    async with running(shop) as pilot:
        await pilot.press("n")
        await pilot.pause()
        form = pilot.app.screen
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "saving" in drawn(pilot)[1]
        await pilot.pause(0.35)
        assert isinstance(pilot.app.screen, BusyDialog)
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen is form
        await pilot.press("ctrl+s")
        await pilot.pause()
        gate.set()
        await pilot.pause(0.1)
        await settled(pilot)
        assert len(shop.saved) == 1
        assert isinstance(pilot.app.screen, FakeHome)


async def test_a_window_too_small_says_so_and_keeps_the_typing(running):
    async with running() as pilot:
        await pilot.press("n", "8", "0")
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert any("This window is too small: 60x20." in row for row in drawn(pilot))
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert pilot.app.screen.field("phone").answer == "80"
        await pilot.press("2")
        assert pilot.app.screen.field("phone").answer == "802"


async def test_a_key_of_ones_own_replaces_the_letter_and_shows_in_the_key_row(running):
    async with running(keys={"desk.new_call": "b"}) as pilot:
        assert "b new call" in drawn(pilot)[-1]
        await pilot.press("n")
        assert isinstance(pilot.app.screen, FakeHome)
        await pilot.press("b")
        await pilot.pause()
        assert isinstance(pilot.app.screen, FakeForm)


async def test_the_words_of_the_frame_are_chinese_in_chinese(running):
    async with running(language="zh_CN") as pilot:
        rows = drawn(pilot)
        assert rows[0].startswith("[F2 前台] F3 维修台")
        assert rows[-1].rstrip().endswith("F1 帮助")


async def test_function_keys_work_from_inside_a_field_of_several_lines(running):
    async with running() as pilot:
        await pilot.press("n")
        await pilot.pause()
        pilot.app.screen.set_focus(pilot.app.screen.query_one(TextArea))
        await pilot.press("f8")
        await pilot.pause()
        assert [n.message for n in pilot.app._notifications] == ["Not now: nothing is known yet"]


async def test_the_shown_row_of_a_panel_never_exceeds_its_columns(running):
    async with running(size=(120, 40)) as pilot:
        table = pilot.app.screen.query_one("#calls", Panel).table
        for at in range(table.row_count):
            assert sum(cell.cell_len for cell in table.get_row_at(at)) <= 80
