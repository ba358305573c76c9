"""One call from the phone to the month's summary, by keys only, in a terminal."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from e2e.terminal import CTRL_S, ENTER, F2, F4, F9, Terminal, answer
from shops import Desk

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals of POSIX")
LATER = "2026-11-26 10:00"


def type_a_new_caller(seat: Terminal) -> None:
    """A call of somebody nobody knows, with a device nobody knows, as far as its fault."""
    seat.press("n")
    seat.wait_for("New call", "F5 Open job")
    for label, typed, new in (
        ("Phone", "13800138027", "+ new caller"),
        ("Name", "王芳 Wang Fang", ""),
        ("Address", "Dongmen Road 88", ""),
        ("Product", "Galanz P70F23", "+ new product"),
        ("Category", "microwave", "microwave oven"),
        ("Serial", "24G7-F0058914", ""),
        ("Date", "2 Mar 2026", ""),
    ):
        seat.wait_field(label)
        seat.paste(typed)
        seat.wait_for(typed, new)
        seat.press(ENTER)
    seat.wait_field("Proof")
    seat.press("2")
    seat.wait_field("Fault")
    seat.paste("Sparks inside 打火")


def test_a_call_goes_from_the_phone_to_the_month(shop_path: Path) -> None:
    seat = Terminal(shop_path)
    seat.wait_for("Who is working here?", "1 李娜")
    seat.press("1")
    seat.wait_for("Nothing is open")

    type_a_new_caller(seat)
    seat.wait_for("打火", "complete", "COVERED", "2 Mar 2027")
    seat.press(CTRL_S)
    seat.wait_for("Job J-0001 is open", "Nothing is open", gone="New call")

    seat.press(F9)
    seat.wait_for("Who is working here?", "2 陈伟")
    seat.press("2")
    seat.wait_for("Nothing is yours", "2 Unassigned 1")
    seat.press("2")
    seat.wait_for("▸ J-0001 王芳", "x takes J-0001 in")
    seat.press("x")
    seat.wait_for("x starts diagnosing J-0001")
    seat.press("x")
    seat.wait_for("[1 Mine 1]", "▸ J-0001 王芳", "x opens the repair record of J-0001")
    seat.press("x")
    seat.wait_for("Record the repair", "Test run")
    seat.wait_field("Cause")
    seat.paste("grease on the mica")
    seat.wait_for("grease on the mica")
    seat.press(ENTER)
    seat.wait_field("Done")
    seat.paste("replaced the mica")
    seat.wait_for("replaced the mica")
    seat.press(ENTER)
    seat.wait_field("Test run")
    seat.press("2")
    seat.wait_for("[passed]", "▸ Ready")
    seat.press(CTRL_S)
    seat.wait_for("1 Mine 0", "J-0001 is ready", gone="Record the repair")

    seat.press(F2)
    seat.wait_for("3 Ready to collect 1")
    seat.press("3")
    seat.wait_for("▸ J-0001 王芳")
    seat.press("h")
    seat.wait_for("Hand over J-0001", "not told yet", "y hand over; we call on")
    seat.press("y")
    seat.wait_for("J-0001: handed over", "3 Ready to collect 0")
    assert seat.leave() == 0
    assert seat.is_restored

    seat = Terminal(shop_path, "--as", "李娜", now=LATER)
    seat.wait_for("2 Follow-ups due 1")
    seat.press("2")
    seat.wait_for("▸", "王芳")
    seat.press(ENTER)
    seat.wait_for("F-0001", "Reached")
    seat.press("1", "1", "5", "5", "5", CTRL_S)
    seat.wait_for("2 Follow-ups due 0")
    seat.press(F4)
    seat.wait_for("Month November 2026", "Satisfied (5 or 3)")
    month = answer(shop_path, "report", "month", "2026-11", now=LATER)
    counted = {
        "Calls": month["calls"],
        "Jobs opened": month["jobs_opened"],
        "Jobs closed": month["jobs_closed"],
        "in warranty": month["in_warranty"],
        "fixed": month["outcomes"]["fixed"],
        "Open at the end": month["jobs_open_at_end"],
        "Follow-ups due": month["follow_ups_due"],
        "Follow-ups made": month["follow_ups_made"],
        "Satisfied": month["satisfied"],
    }
    assert counted == {name: 0 if name == "Open at the end" else 1 for name in counted}
    seat.wait(lambda: all(number_in(seat.row_of(name)) == n for name, n in counted.items()), "the month")
    assert seat.leave() == 0


def number_in(row: str) -> int:
    """The first number of a row of the month."""
    return next((int(word) for word in row.split() if word.isdigit()), -1)


def test_a_known_caller_with_a_known_device_has_a_job_after_eight_keys(shop_path: Path, desk: Desk) -> None:
    desk.call()
    seat = Terminal(shop_path, "--as", "李娜")
    seat.wait_for("Open calls 1", "C-0001")
    asked = ("n", "8", "0", "2", "7", ENTER, ENTER)
    seat.press(*asked[:1])
    seat.wait_field("Phone")
    seat.press(*asked[1:5])
    seat.wait_for("+ new caller 8027", "1 device")
    seat.press(asked[5])
    seat.wait_for("Dongmen Road 88")
    seat.press(asked[6])
    seat.wait_field("Fault")
    seat.paste("Hums and gets hot")
    seat.wait_for("Hums and gets hot", "complete")
    seat.press(CTRL_S)
    seat.wait_for("Job J-0001 is open")
    assert len(asked) + 1 == 8
    (job,) = answer(shop_path, "job", "list")["items"]
    assert (job["customer_name"], job["fault"]) == ("王芳 Wang Fang", "Hums and gets hot")
    assert seat.leave() == 0
