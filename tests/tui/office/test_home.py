"""The month on the screen: numbers beside the month before, what stands behind them, into a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.shops import Desk
from tests.tui.bench.conftest import done, press, text, toasts
from tests.tui.calm import looked
from tests.tui.office.conftest import SIZES, Office

from aftersales_tui.domain.dates import Month
from aftersales_tui.domain.words import JobStatus
from aftersales_tui.reports import month as paper
from aftersales_tui.services import reports
from aftersales_tui.tui.desk.call import CallScreen
from aftersales_tui.tui.office.behind import BehindScreen
from aftersales_tui.tui.office.home import OfficeHome
from aftersales_tui.tui.widgets.panel import Panel

HOSTILE = "[/foo] [@click=app.quit]x[/] \x1b]0;PWNED\x07‮RTL‬ 长" * 3


def line_of(screen: str, words: str) -> list[str]:
    """The cells of the row that begins with the words."""
    row = next(line for line in screen.splitlines() if words in line)
    return row.split(words, 1)[1].split("│")[0].split()


@pytest.mark.parametrize("size", SIZES)
async def test_the_month_stands_beside_the_month_before(office: Office, size: tuple[int, int]) -> None:
    async with office(size) as pilot:
        screen = text(pilot)
        assert "Month November 2026, to date" in screen
        assert "READ · fresh 10:30" in screen
        assert line_of(screen, "Calls") == ["4", "1", "3", "more"]
        assert line_of(screen, "Jobs closed") == ["2", "1", "1", "more"]
        assert line_of(screen, "Satisfied (5 or 3)") == [
            "1",
            "(50",
            "%)",
            "1",
            "(100",
            "%)",
            "50",
            "points",
            "lower",
        ]
        assert line_of(screen, "Mean score") == ["0.0", "5.0", "5.0", "lower"]
        assert line_of(screen, "Open at the end") == ["1", "0", "1", "more"]


async def test_a_wide_window_has_every_measure_and_draws_the_weeks(office: Office) -> None:
    async with office((120, 40)) as pilot:
        screen = text(pilot)
        for line in paper.lines(*reports.month_with_previous(pilot.app.shop, Month(2026, 11))):
            assert line.label in screen
        assert "██ opened   ░░ closed" in screen
        assert "W46" in screen
        assert screen.count("░░") > 1
        assert "陈伟 Chen Wei" in screen
        assert "Counted by completion day." in screen
        assert "has 3 days to go" in " ".join(screen.split("│"))


async def test_a_low_window_has_the_main_measures_and_the_weeks_in_one_line(office: Office) -> None:
    async with office((80, 24)) as pilot:
        screen = text(pilot)
        assert "complaints" not in screen
        assert "Jobs per week: W44 0/0 · W45 0/0 · W46 3/2" in screen
        await press(pilot, "3")
        assert "陈伟 Chen Wei" in text(pilot)
        await press(pilot, "2")
        assert line_of(text(pilot), "▸ W44") == ["0", "0"]


@pytest.mark.parametrize("size", SIZES)
async def test_what_to_watch_names_who_was_not_happy(office: Office, size: tuple[int, int]) -> None:
    async with office(size) as pilot:
        if size == (80, 24):
            await press(pilot, "3")
        said = " ".join(" ".join(row.split("│")[-1] for row in text(pilot).splitlines()).split())
        assert "Satisfied is 50 %, the target is 98 %." in said
        assert "F-0003 Müller, Jürgen: waited for parts" in said


async def test_enter_lists_what_is_behind_and_esc_comes_back_to_the_number(office: Office) -> None:
    async with office((80, 24)) as pilot:
        await press(pilot, "down", "enter")
        assert isinstance(pilot.app.screen, BehindScreen)
        screen = text(pilot)
        assert "Office › November 2026 › of these repair" in screen
        assert pilot.app.screen.query_one("#rows", Panel).total == 3
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, CallScreen)
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, OfficeHome)
        assert pilot.app.screen.current is not None
        assert pilot.app.screen.current.key == "calls.repair"


async def test_technicians_and_weeks_open_their_jobs(office: Office) -> None:
    async with office((120, 40)) as pilot:
        await press(pilot, "3", "enter")
        assert pilot.app.screen.query_one("#rows", Panel).total == 2
        await press(pilot, "escape", "2", "down", "down")
        assert "Selected: week W46, 3 jobs opened, 2 closed." in text(pilot)
        await press(pilot, "enter")
        assert pilot.app.screen.query_one("#rows", Panel).total == 3


@pytest.mark.parametrize(("back", "on"), [("left", "right"), ("[", "]"), ("【", "】")])
async def test_months_are_gone_through_whatever_the_input_method(office: Office, back: str, on: str) -> None:
    async with office((80, 24)) as pilot:
        await press(pilot, "down", back)
        screen = text(pilot)
        assert "Month October 2026 " in screen
        assert "Sep 2026" in screen
        assert "▸   of these repair" in screen
        await press(pilot, on)
        assert "November 2026, to date" in text(pilot)
        await press(pilot, on)
        assert toasts(pilot) == ["Not now: the next month has not begun"]


async def test_an_empty_month_says_so(office: Office) -> None:
    async with office((80, 24)) as pilot:
        await press(pilot, "left", "left")
        assert "Nothing happened in September 2026: no call, no job, no follow-up." in text(pilot)
        await press(pilot, "right")
        assert line_of(text(pilot), "Jobs closed") == ["1", "0", "1", "more"]


async def test_another_seats_changes_appear_and_the_cursor_stays(office: Office, months: Desk) -> None:
    async with office((80, 24)) as pilot:
        await press(pilot, "down", "down")
        months.opened()
        home = pilot.app.screen
        assert isinstance(home, OfficeHome)
        await looked(pilot)
        assert line_of(text(pilot), "Calls") == ["5", "1", "4", "more"]
        assert home.current is not None
        assert home.current.key == "jobs.opened"


async def test_the_file_holds_the_numbers_of_the_command_line(
    office: Office, months: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    this, before = reports.month_with_previous(months.shop, Month(2026, 11))
    async with office((80, 24)) as pilot:
        await press(pilot, "p", "3")
        assert (tmp_path / "month-2026-11.csv").read_text("utf-8-sig") == paper.as_csv(this, before)
        assert "month-2026-11.csv" in toasts(pilot)[0]
        await press(pilot, "p", "2")
        written = json.loads((tmp_path / "month-2026-11.json").read_text("utf-8"))
        assert written["jobs_closed"] == this.jobs_closed
        assert written["previous"]["calls"] == before.calls
        await press(pilot, "p", "1", "p", "enter")
        assert (tmp_path / "month-2026-11.txt").read_text("utf-8") == paper.as_table(this, before)
        assert (tmp_path / "month-2026-11-2.txt").exists()


async def test_a_file_that_is_there_is_not_overwritten(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.csv").write_text("mine", encoding="utf-8")
    async with office((80, 24)) as pilot:
        await press(pilot, "p", "right", "right", "tab", "ctrl+u")
        await pilot.press(*"mine.csv")
        await press(pilot, "enter")
        assert "! There already is a file" in text(pilot)
        await press(pilot, "ctrl+u", "enter")
        assert "! Write the name of the file." in text(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, OfficeHome)
    assert (tmp_path / "mine.csv").read_text("utf-8") == "mine"


async def test_a_folder_that_cannot_be_written_is_said_at_the_field(office: Office, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    async with office((80, 24)) as pilot:
        await press(pilot, "p", "tab", "ctrl+u")
        await pilot.press(*str(tmp_path / "file" / "x.txt"))
        await press(pilot, "enter")
        assert "could not be written" in text(pilot)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_any_text_is_drawn_as_it_is(
    office: Office, months: Desk, size: tuple[int, int], language: str
) -> None:
    months.job(JobStatus.HANDED_OVER, name=HOSTILE, fault=HOSTILE, brand=HOSTILE)
    async with office(size, language) as pilot:
        for key in ("enter", "escape", "2", "enter", "escape", "3", "enter", "escape", "f1", "escape"):
            await press(pilot, key)
            screen = text(pilot)
            assert "\x1b" not in screen
            assert "PWNED" not in screen
        assert isinstance(pilot.app.screen, OfficeHome)


async def test_a_window_that_grows_gets_the_plot_and_keeps_the_part(office: Office) -> None:
    async with office((80, 24)) as pilot:
        await press(pilot, "2", "down")
        await pilot.resize_terminal(120, 40)
        await done(pilot)
        for _ in range(100):
            if "██ opened" in text(pilot):
                break
            await pilot.pause(0.02)
        assert "██ opened" in text(pilot)
        await press(pilot, "down")
        assert "Selected: week W46" in text(pilot)
        await pilot.resize_terminal(80, 24)
        await done(pilot)
        assert "▸ W46" in text(pilot)


async def test_a_call_begins_from_the_office_as_from_anywhere(office: Office) -> None:
    from aftersales_tui.tui.desk.call_form import CallForm

    async with office((120, 40)) as pilot:
        await press(pilot, "ctrl+n")
        assert isinstance(pilot.app.screen, CallForm)


async def test_a_long_list_behind_a_number_has_no_bar_across_its_last_row(
    office: Office, months: Desk
) -> None:
    for n in range(30):
        months.call(phone=f"139 0000 {n:04d}", name=f"Caller {n}")
    async with office() as pilot:
        await press(pilot, "enter")
        table = pilot.app.screen.query_one("#rows", Panel).table
        assert table.show_vertical_scrollbar
        assert not table.show_horizontal_scrollbar
