"""Two people on one shop file, each with a process and a terminal of their own."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from e2e.terminal import CTRL_A, CTRL_K, CTRL_N, CTRL_S, DOWN, ENTER, ESC, F2, F3, TAB, Terminal, answer
from shops import Desk

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals of POSIX")

SOON = 6.0
"""Seconds until a change has to show. Two are promised; a machine busy with tests is given more."""


@pytest.fixture
def shop_file(desk: Desk, shop_path: Path) -> Path:
    """Two jobs that nobody has, and an open call of Wang."""
    desk.opened(name="刘洋 Liu Yang", phone="139 0000 0001")
    desk.opened(name="Tom Becker", phone="139 0000 0002")
    desk.call()
    desk.shop.close()
    return shop_path


def log_wang(clerk: Terminal) -> None:
    """A known caller with a known device: a job in eight keys."""
    clerk.press("n")
    clerk.wait_field("Phone")
    clerk.press("8", "0", "2", "7", ENTER, ENTER)
    clerk.wait_field("Fault")
    clerk.paste("Hums and gets hot")
    clerk.wait_for("Hums and gets hot", "complete")
    clerk.press(CTRL_S)
    clerk.wait_for("Job J-0003 is open")


def selected(seat: Terminal) -> str:
    """The row with the mark."""
    return seat.row_of("▸")


def test_a_job_opened_at_the_desk_shows_on_the_bench_and_moves_nothing_there(
    shop_file: Path, record_property: pytest.TestReport
) -> None:
    clerk = Terminal(shop_file, "--as", "李娜")
    technician = Terminal(shop_file, "--as", "陈伟")
    clerk.wait_for("Open calls 1", "C-0003")
    technician.wait_for("2 Unassigned 2")
    technician.press("2")
    technician.wait_for("J-0001", "J-0002")
    technician.press(DOWN)
    technician.wait(lambda: "J-0002" in selected(technician), "the mark on J-0002")

    log_wang(clerk)
    took = technician.wait_for("2 Unassigned 3", "J-0003", timeout=SOON)
    record_property("seconds until the bench shows the job", round(took, 2))  # type: ignore[operator]
    assert "J-0002" in selected(technician)

    clerk.press(F3)
    clerk.wait_for("[F3 Bench", "2 Unassigned 3")
    technician.press(CTRL_N)
    technician.wait_field("Phone")
    technician.paste("Nobody touches this")
    technician.wait_for("Nobody touches this", "+ new caller")
    given = answer(shop_file, "job", "assign", "J-0003", "--to", "陈伟")
    assert given["assigned_name"] == "陈伟 Chen Wei"
    clerk.wait_for("2 Unassigned 2", timeout=SOON)
    technician.wait_for("F3 Bench 1", timeout=SOON)
    assert technician.row_of("Nobody touches this")
    assert technician.field == "Phone"
    technician.paste(" at all")
    technician.wait_for("Nobody touches this at all")
    technician.press(ESC, ESC)
    technician.wait_for("2 Unassigned 2", "1 Mine 1")
    assert "J-0002" in selected(technician)
    technician.press(F2)
    technician.wait_for("half typed", "Nobody touches")
    assert (clerk.leave(), technician.leave()) == (0, 0)


def edit_wang(seat: Terminal) -> None:
    """To the form of Wang's file."""
    seat.wait_for("Open calls 1", "C-0003")
    seat.press("/")
    seat.wait_for("FORM")
    seat.paste("wangfang")
    seat.wait_for("customer", "王芳 Wang Fang")
    while "customer" not in selected(seat):
        before = selected(seat)
        seat.press(DOWN)
        seat.wait(lambda before=before: selected(seat) != before, "the next row")  # type: ignore[misc]
    seat.press(ENTER)
    seat.wait_for("Customer › 王芳", "1 Devices 1")
    seat.press("2")
    seat.wait_for("[2 Open jobs and calls")
    seat.press("e")
    seat.wait_for("Dongmen Road 88", "Price group")
    seat.wait_field("Name")


def retype(seat: Terminal, label: str, text: str) -> None:
    """Goes to a field with Tab and replaces its line."""
    while seat.field != label:
        before = seat.field
        seat.press(TAB)
        seat.wait(lambda before=before: seat.field != before, "the next field")  # type: ignore[misc]
    seat.press(CTRL_A, CTRL_K)
    seat.paste(text)
    seat.wait_for(text)


def test_a_customer_changed_at_two_seats_loses_nothing(shop_file: Path) -> None:
    one = Terminal(shop_file, "--as", "李娜")
    other = Terminal(shop_file, "--as", "周明")
    other.wait_for("Zhou Ming, owner", "Measures")
    other.press(F2)
    edit_wang(one)
    edit_wang(other)

    retype(one, "Region", "Luohu")
    retype(other, "Notes", "after 18:00")
    one.press(CTRL_S)
    one.wait_for("Saved.", gone="Price group")
    other.press(CTRL_S)
    other.wait_for("Somebody else changed other fields", gone="Price group")
    wang = answer(shop_file, "customer", "show", "3")
    assert (wang["region"], wang["notes"]) == ("Luohu", "after 18:00")

    for seat in (one, other):
        seat.press("e")
        seat.wait_field("Name")
        seat.wait_for("after 18:00")
    retype(one, "Notes", "WeChat only")
    retype(other, "Notes", "evenings, WeChat")
    one.press(CTRL_S)
    one.wait_for("Saved.", gone="Price group")
    other.press(CTRL_S)
    other.wait_for("Somebody else changed this", "[evenings, WeChat]", "WeChat only", "after 18:00", "李娜")
    other.press(ENTER)
    other.wait_for("evenings, WeChat", "Price group", gone="Somebody else")
    assert answer(shop_file, "customer", "show", "3")["notes"] == "WeChat only"
    other.press(CTRL_S)
    other.wait_for("Somebody else changed this")
    other.press("1")
    other.wait_for("Saved", gone="Price group")
    assert answer(shop_file, "customer", "show", "3")["notes"] == "evenings, WeChat"
    assert (one.leave(), other.leave()) == (0, 0)


def test_a_save_waits_for_another_process_and_arrives(shop_file: Path) -> None:
    seat = Terminal(shop_file, "--as", "李娜")
    seat.wait_for("Open calls 1", "C-0003")
    seat.press("n")
    seat.wait_field("Phone")
    seat.press("8", "0", "2", "7", ENTER, ENTER)
    seat.wait_field("Fault")
    seat.paste("Hums")
    seat.wait_for("Hums", "complete")
    other = sqlite3.connect(shop_file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    seat.press(CTRL_S)
    seat.wait_for("Waiting for the other seat", "3 s so far", "what you typed is kept")
    other.execute("ROLLBACK")
    other.close()
    seat.wait_for("Job J-0003 is open", gone="Waiting for the other seat")
    assert answer(shop_file, "job", "show", "3")["fault"] == "Hums"
    assert seat.leave() == 0
