"""A hostile customer in a real terminal: all that reaches it is text, or what the screens send themselves."""

from __future__ import annotations

import base64
import io
import os
import re

import pytest

from e2e.terminal import CTRL_L, ENTER, ESC, F1, F2, F3, F4, Terminal
from faults.hostile import TEXTS, steering
from faults.hostile_shop import FIELDS, tell
from faults.planted import plant
from shops import Desk

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals of POSIX")

SIZE = {"columns": 120, "lines": 40}
_OWN = re.compile(
    "\x1b\\[[0-9;:]*m"  # colours
    "|\x1b\\[[0-9;]*H"  # places
    "|\x1b\\[\\?[0-9]+(?:[hl]|\\$p)"  # modes of the terminal, and questions for them
    "|\x1b\\[[<>]?[0-9]*u"  # the keyboard
    "|\x1b\\[>?[0-9;]*[cqt]"  # who are you
    "|\x1b\\]22;[a-z-]*\x07"  # the shape of the pointer
)
_COPIED = re.compile("\x1b\\]52;c;([A-Za-z0-9+/=]*)\x07")


def heard(seat: Terminal) -> io.StringIO:
    """Everything the terminal gets from now on."""
    paper = io.StringIO()
    seat.child.logfile_read = paper
    return paper


def all_ours(raw: str) -> list[str]:
    """What was copied; fails for anything that is neither text nor one of our own sequences."""
    copied = [base64.b64decode(found).decode() for found in _COPIED.findall(raw)]
    rest = _OWN.sub("", _COPIED.sub("", raw)).replace("\r", "")
    assert steering(rest) == []
    return copied


def test_a_hostile_customer_sends_nothing_to_the_terminal(desk: Desk) -> None:
    told = tell(desk, dict.fromkeys(FIELDS, "plain"))
    texts = [text for text in TEXTS.values() if text.strip()]
    steers = [text for text in texts if steering(text)]
    plant(desk, told, steers)
    seat = Terminal(desk.shop.path, **SIZE)
    paper = heard(seat)
    seat.wait_for("Who is working here?")
    seat.press("1")
    seat.wait_for("F1 help", gone="Who is working here?")
    for text in (*texts, "plain"):
        seat.press(CTRL_L)
        seat.paste(text)
    seat.wait_for("plain")
    for key in (ENTER, "y", F1, ESC, ESC, F3, F4, F2):
        seat.press(key)
        for _n in range(10):
            seat.pump(0.05)
    seat.press(CTRL_L)
    seat.paste("plain 0000001")
    seat.wait_for("J-0001")
    seat.press(ENTER)
    seat.wait_for("Customer ›")
    seat.press("y")
    seat.wait_for("Copied:")
    assert seat.leave() == 0
    for copied in all_ours(paper.getvalue()):
        assert steering(copied) == []


@pytest.mark.parametrize(
    "line", ["job show 1", "customer show 1", "customer list", "find plain", "find plain --json"]
)
def test_a_hostile_customer_on_the_command_line_sends_nothing_to_the_terminal(desk: Desk, line: str) -> None:
    told = tell(desk, dict.fromkeys(FIELDS, "plain"))
    plant(desk, told, [text for text in TEXTS.values() if steering(text)])
    seat = Terminal(desk.shop.path, *line.split(), **SIZE)
    paper = heard(seat)
    assert seat.ended() == 0
    assert len(paper.getvalue()) > 40
    assert all_ours(paper.getvalue()) == []
