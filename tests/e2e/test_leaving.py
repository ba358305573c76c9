"""Leaving from everywhere, windows that are too small, files that cannot be used, the other language."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from aftersales_tui.domain.words import JobStatus
from e2e.terminal import (
    CTRL_G,
    CTRL_L,
    CTRL_N,
    CTRL_P,
    CTRL_Q,
    ENTER,
    F1,
    F8,
    Terminal,
    command,
)
from shops import Desk

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals of POSIX")

FAULT = "Sparks inside [/foo] 打火"

Step = tuple[str, tuple[str, ...]]
"""Keys, or a paste when it begins with ``|``, and the words that have to stand on the screen then."""

WAYS: dict[str, tuple[str, tuple[Step, ...]]] = {
    "sign-in": ("", (("", ("Who is working here?",)),)),
    "help over the look-up": ("李娜", (
        ("", ("3 Ready to collect 1",)), (CTRL_L, ("FORM",)), ("|8027", ("found", "phone")),
        (F1, ("On this screen", "Everywhere")),
    )),
    "menu over a half-typed call": ("李娜", (
        ("", ("3 Ready to collect 1",)), (CTRL_N, ("F5 Open job",)), ("|Wang", ("Wang",)),
        (CTRL_G, ("Keep the call open",)),
    )),
    "reasons over a half-typed call": ("李娜", (
        ("", ("3 Ready to collect 1",)), (CTRL_N, ("F5 Open job",)), ("8027" + ENTER + ENTER, ("Dongmen",)),
        ("|" + FAULT, ("[/foo]", "COVERED")), (F8, ("Why",)),
    )),
    "hand-over": ("李娜", (
        ("", ("3 Ready to collect 1",)), ("3", ("▸ J-0001",)), ("h", ("Hand over J-0001", "not told yet")),
    )),
    "repair record": ("陈伟", (
        ("", ("[1 Mine", "▸ J-0002")), ("r", ("Record the repair", "Test run")), ("|mica", ("mica",)),
    )),
    "palette over the month": ("周明", (
        ("", ("Zhou Ming, owner", "Measures")), (CTRL_P, ("type a command",)), ("|J-0", ("J-0002",)),
    )),
}  # fmt: skip


@pytest.fixture
def shop_file(desk: Desk, shop_path: Path) -> Path:
    """A job that is ready and one that the technician has on the bench."""
    desk.job(JobStatus.READY)
    desk.job(JobStatus.DIAGNOSING)
    desk.shop.close()
    return shop_path


def walk(seat: Terminal, steps: tuple[Step, ...]) -> None:
    """Does step after step, each once its screen is there."""
    for keys, words in steps:
        if keys.startswith("|"):
            seat.paste(keys[1:])
        elif keys:
            seat.press(keys)
        seat.wait_for(*words)


@pytest.mark.parametrize("where", WAYS)
def test_ctrl_q_leaves_at_once_and_gives_the_terminal_back(shop_file: Path, where: str) -> None:
    name, steps = WAYS[where]
    seat = Terminal(shop_file, *(("--as", name) if name else ()))
    walk(seat, steps)
    assert seat.leave() == 0
    assert seat.is_restored


def test_a_window_too_small_says_so_and_keeps_what_is_typed(shop_file: Path) -> None:
    seat = Terminal(shop_file, "--as", "李娜", columns=80, lines=24)
    seat.wait_for("3 Ready to collect 1")
    seat.press(CTRL_N)
    seat.wait_field("Phone")
    seat.paste("Nobody knows this")
    seat.wait_for("Nobody knows this")
    seat.resize(60, 20)
    seat.wait_for("80", "24", gone="Phone")
    seat.resize(120, 40)
    seat.wait_for("Nobody knows this", "3 What is wrong")
    seat.paste(" scrap")
    seat.wait_for("Nobody knows this scrap")
    assert seat.leave() == 0


def test_the_first_screen_speaks_chinese(shop_file: Path) -> None:
    seat = Terminal(shop_file, "--lang", "zh_CN", "--as", "李娜", columns=120, lines=40)
    seat.wait_for("F2 前台", "待取机 1", "F1 帮助", "11月23日")
    seat.press(CTRL_Q)
    assert seat.ended() == 0
    assert seat.is_restored


def test_a_seat_without_a_shop_file_is_asked_for_one_and_makes_none_when_left(tmp_path: Path) -> None:
    seat = Terminal(tmp_path / "none.db")
    seat.wait_for("F1", "Shop name")
    seat.press(ENTER)
    seat.wait_field("Shop name")
    seat.paste("Corner")
    seat.wait_for("Corner")
    assert seat.leave() == 0
    assert seat.is_restored
    assert not (tmp_path / "none.db").exists()


def damage(path: Path) -> None:
    """Pages in the middle of the file are overwritten; its head is whole."""
    content = bytearray(path.read_bytes())
    content[4096 : len(content)] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(bytes(content))


def make_newer(path: Path) -> None:
    """The file is one of a later version of the program."""
    with sqlite3.connect(path) as file:
        file.execute("PRAGMA user_version = 9999")
    file.close()


def make_strange(path: Path) -> None:
    """The file belongs to another program."""
    path.unlink()
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE t (n)")
    file.close()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [(damage, "The shop file is damaged"), (make_newer, "newer"), (make_strange, "not a shop file")],
)
def test_a_file_that_cannot_be_used_is_explained_and_left_alone(
    shop_file: Path, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(shop_file)
    before = shop_file.read_bytes()
    told = command(shop_file, "job", "list")
    assert told.returncode == 4
    assert "Traceback" not in told.stderr
    seat = Terminal(shop_file, "--as", "李娜")
    seat.wait_for("What happened", "What is safe", "What to do", said)
    seat.press(ENTER)
    assert seat.ended() == 4
    assert seat.is_restored
    assert shop_file.read_bytes() == before
