"""A half-typed call outlives its process: real processes in pseudo-terminals."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest

from aftersales_tui import drafts
from aftersales_tui.domain.words import Role
from aftersales_tui.services import staff
from e2e.terminal import Terminal
from shops import Desk

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals and signals of POSIX")
FAULT = "Sparks inside [/foo] 打火"


@pytest.fixture
def shop_file(desk: Desk, shop_path: Path) -> Path:
    """A shop with two clerks and one customer, opened by other processes from now on."""
    staff.add(desk.shop, "赵敏 Zhao Min", Role.CLERK, desk.owner)
    desk.call()
    desk.shop.close()
    return shop_path


def half_typed(shop_file: Path, name: str = "李娜") -> Terminal:
    """A seat at which a call of Wang is typed as far as its fault, and kept."""
    seat = Terminal(shop_file, "--as", name)
    seat.wait_for("Open calls 1", "C-0001")
    seat.press("n")
    seat.wait_for("New call", "F5 Open job")
    seat.press("8027")
    seat.wait_for("+ new caller 8027", "1 device")
    seat.press("\r")
    seat.wait_for("Dongmen Road")
    seat.press("\r")
    seat.wait_for("ctrl+o makes a new line")
    seat.paste(FAULT)
    seat.wait_for("[/foo]", "draft kept")
    return seat


def test_a_call_survives_kill_9_and_is_offered_and_restored(shop_file: Path, desk: Desk) -> None:
    seat = half_typed(shop_file)
    seat.wait(lambda: kept(shop_file, desk.clerk) == FAULT)
    assert drafts.list_drafts(shop_file, desk.clerk) == []
    seat.kill()
    again = Terminal(shop_file, "--as", "李娜")
    again.wait_for("draft", "half typed")
    again.press("\r")
    again.wait_for("New call", "Dongmen Road", "[/foo]", "24G7-F0058914")
    again.press("\x13")
    again.wait_for("Job J-0001 is open")
    assert again.leave() == 0
    assert drafts.list_drafts(shop_file, desk.clerk) == []


def test_a_call_survives_the_closing_of_its_terminal_at_once(shop_file: Path, desk: Desk) -> None:
    seat = half_typed(shop_file)
    seat.paste(" and it smells")
    seat.wait_for("smells")
    seat.hang_up()
    (draft,) = drafts.list_drafts(shop_file, desk.clerk)
    assert draft.answers["fault"].endswith("and it smells")


def test_a_call_survives_being_told_to_end(shop_file: Path, desk: Desk) -> None:
    seat = half_typed(shop_file)
    seat.paste(" twice")
    seat.wait_for("twice")
    seat.child.kill(signal.SIGTERM)
    seat.wait(lambda: not seat.child.isalive())
    (draft,) = drafts.list_drafts(shop_file, desk.clerk)
    assert draft.answers["fault"].endswith("twice")


def test_the_drafts_of_two_seats_do_not_mix(shop_file: Path, desk: Desk) -> None:
    other = Terminal(shop_file, "--as", "赵敏")
    clerk = half_typed(shop_file)
    clerk.wait(lambda: kept(shop_file, desk.clerk) == FAULT)
    clerk.kill()
    other.wait_for("Open calls 1", "C-0001", gone="half typed")
    other.press("n")
    other.wait_for("New call", "F5 Open job", gone="[/foo]")
    other.paste("zzz")
    other.wait_for("new caller zzz")
    other.press("\x1b")
    other.wait_for("New call", gone="new caller")
    other.press("\x1b")
    other.wait_for("half typed", "zzz")
    assert other.text.count("half typed") == 1
    assert other.leave() == 0
    assert [d.answers["fault"] for d in drafts.list_drafts(shop_file, desk.clerk)] == [FAULT]
    zhao = desk.technician + 1
    assert [d.answers["phone"] for d in drafts.list_drafts(shop_file, zhao)] == ["zzz"]


def kept(shop_file: Path, staff: int) -> str:
    """The fault as it stands in the draft of a process that is still alive."""
    for file in drafts._folder(shop_file, staff).glob("*.json"):
        answers: dict[str, str] = json.loads(file.read_text("utf-8"))["answers"]
        return answers["fault"]
    return ""
