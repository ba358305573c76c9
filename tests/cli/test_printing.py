"""``print``: where the page goes, and what is answered."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import pytest
from prepared import Shell


def test_a_form_goes_among_the_documents_and_its_path_to_stdout(shell: Shell, empty_home: Path) -> None:
    result = shell.line("print claim-check 2")
    assert result.exit_code == 0, result.output
    file = Path(result.stdout.strip())
    assert file == empty_home / "Documents" / "aftersales" / "claim-check-J-0002.html"
    assert "J-0002" in file.read_text(encoding="utf-8")
    assert shell.line("print claim-check J-0002").exit_code == 0


def test_the_answer_in_json_names_file_form_and_number(shell: Shell, tmp_path: Path) -> None:
    told = shell.json("print coverage-statement J-0002 -o cover.html --paper 80mm")
    assert told == {"file": "cover.html", "form": "coverage-statement", "number": "J-0002"}
    assert "80mm 297mm" in (tmp_path / "cover.html").read_text(encoding="utf-8")


def test_a_file_of_ones_own_is_overwritten_only_when_forced(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "mine.html").write_text("mine")
    assert shell.error("print claim-check 2 -o mine.html")["code"] == "file_exists"
    assert (tmp_path / "mine.html").read_text() == "mine"
    assert shell.line("print claim-check 2 -o mine.html --force").exit_code == 0


def test_a_call_and_a_device_have_a_statement_too(shell: Shell) -> None:
    assert shell.json("print coverage-statement C-0011")["number"] == "C-0011"
    told = shell.json("print coverage-statement --device 1")
    assert told["number"] is None
    assert told["file"].endswith("coverage-statement-device-1.html")


def test_the_page_speaks_the_language_of_the_command(shell: Shell, tmp_path: Path) -> None:
    assert shell.line("--lang zh_CN print claim-check 2 -o zh.html").exit_code == 0
    page = (tmp_path / "zh.html").read_text(encoding="utf-8")
    assert '<html lang="zh-CN"' in page
    assert "取机凭证" in page


def test_what_cannot_be_printed_says_why(shell: Shell) -> None:
    assert shell.error("print claim-check J-0001")["code"] == "device_not_here"
    assert shell.error("print claim-check C-0002")["code"] == "number_not_read"
    assert shell.error("print coverage-statement F-0002")["code"] == "number_not_read"
    assert shell.error("print coverage-statement 999")["code"] == "not_found"
    assert shell.error("print coverage-statement --device x")["code"] == "id_not_read"
    assert shell.line("print coverage-statement").exit_code == 2
    assert shell.line("print coverage-statement 2 --device 1").exit_code == 2
    assert shell.line("print claim-check 2 --paper a5").exit_code == 2


def test_open_asks_the_browser_and_says_when_there_is_none(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> object:
        raise webbrowser.Error("none")

    monkeypatch.setattr(webbrowser, "get", none)
    result = shell.line("print claim-check 2 -o a.html --open")
    assert result.exit_code == 0
    assert result.stdout == "a.html\n"
    assert "No browser could be opened here; the sheet is in a.html." in result.stderr
