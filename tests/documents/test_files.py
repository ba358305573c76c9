"""Where a sheet goes: whole, private, named by its number, never over somebody's own file."""

from __future__ import annotations

import stat
import sys
import webbrowser
from pathlib import Path

import pytest

from aftersales_tui.documents import files
from aftersales_tui.domain.errors import Refused
from aftersales_tui.domain.papers import Form
from aftersales_tui.views.papers import Sheet

SHEET = Sheet(form=Form.CLAIM_CHECK, number="J-0343", file_name="claim-check-J-0343.html", html="<p>王芳")


def test_a_sheet_goes_among_the_documents_by_itself(empty_home: Path) -> None:
    file = files.save(SHEET)
    assert file == empty_home / "Documents" / "aftersales" / "claim-check-J-0343.html"
    assert file.read_text(encoding="utf-8") == "<p>王芳"


@pytest.mark.skipif(sys.platform == "win32", reason="no such rights there")
def test_a_sheet_is_readable_by_this_user_only(tmp_path: Path) -> None:
    file = files.save(SHEET, tmp_path / "new" / "paper.html")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["paper.html"]


def test_printing_again_takes_the_place_of_the_older_print(tmp_path: Path) -> None:
    assert files.save(SHEET) == files.save(SHEET)


def test_a_file_that_was_there_stays_unless_it_is_forced(tmp_path: Path) -> None:
    mine = tmp_path / "mine.html"
    mine.write_text("mine")
    with pytest.raises(Refused) as refused:
        files.save(SHEET, mine)
    assert refused.value.problem.code == "file_exists"
    assert mine.read_text() == "mine"
    files.save(SHEET, mine, force=True)
    assert mine.read_text(encoding="utf-8") == "<p>王芳"


@pytest.mark.parametrize("name", [".", "a\x00b", "x" * 300])
def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused) as refused:
        files.save(SHEET, tmp_path / name, force=True)
    assert refused.value.problem.code == "file_not_written"


class Browser:
    """A browser that remembers what it was asked to show."""

    def __init__(self, name: str = "firefox") -> None:
        self.name = name
        self.shown: list[str] = []

    def open(self, url: str) -> bool:
        self.shown.append(url)
        return True


def test_the_browser_is_asked_to_show_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser()
    monkeypatch.setattr(webbrowser, "get", lambda: browser)
    assert files.show(tmp_path / "维修 1.html")
    assert browser.shown[0].startswith("file:///")


def test_a_browser_of_the_terminal_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser("/usr/bin/w3m")
    monkeypatch.setattr(webbrowser, "get", lambda: browser)
    assert not files.show(tmp_path / "a.html")
    assert browser.shown == []


def test_without_any_browser_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> Browser:
        raise webbrowser.Error("none")

    monkeypatch.setattr(webbrowser, "get", none)
    assert not files.show(tmp_path / "a.html")
