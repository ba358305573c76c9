"""The first run as a process of its own: from no file to the empty desk."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from aftersales_tui import bootstrap
from e2e.terminal import Terminal

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals of POSIX")


def test_the_first_start_sets_up_a_shop_and_the_second_opens_it(tmp_path: Path) -> None:
    file = tmp_path / "new" / "shop.db"
    seat = Terminal(file)
    seat.wait_for("Set up your shop", "F1 help")
    assert not file.parent.exists()
    seat.press("1")
    seat.wait_for("as it stands on the papers")
    seat.paste("Minghui Repair")
    seat.press("\r1")
    seat.wait_for("cn-general", "[CNY]")
    seat.paste("Zhou Ming")
    seat.wait_for("Zhou Ming")
    seat.press("\x13")
    seat.wait_for("Nothing is open. Nobody is waiting for us.", "Zhou Ming, owner")
    assert seat.leave() == 0
    again = Terminal(file)
    again.wait_for("[F4 Office]", "Zhou Ming, owner")
    assert again.leave() == 0
    shop = bootstrap.open_shop(file)
    assert shop.settings().name == "Minghui Repair"
    shop.close()


def test_leaving_the_first_run_makes_nothing(tmp_path: Path) -> None:
    seat = Terminal(tmp_path / "shop.db")
    seat.wait_for("Set up your shop")
    assert seat.leave() == 0
    assert list(tmp_path.glob("*.db*")) == []


@pytest.mark.parametrize(
    ("made", "said"),
    [(b"no database at all, but some text", "is not a shop file"), (b"", "is empty")],
)
def test_a_file_that_is_no_shop_is_said_and_left_alone(made: bytes, said: str) -> None:
    # a short path: the sentence that names it stands on one line
    folder = Path(tempfile.mkdtemp(prefix="a", dir="/tmp"))
    file = folder / "shop.db"
    file.write_bytes(made)
    seat = Terminal(file)
    seat.wait_for("The shop file cannot be used", said, "It was not touched.", "Stop here")
    seat.press("\r")
    seat.wait(lambda: not seat.child.isalive())
    assert file.read_bytes() == made
    shutil.rmtree(folder)
