"""``customer export``, ``customer erase`` and ``privacy`` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from prepared import Shell

from aftersales_tui.cli import screens


def test_a_dry_run_says_what_goes_and_what_stays_and_why(shell: Shell) -> None:
    before = shell.db.read_bytes()
    result = shell.line('customer erase 9 --reason "asked" --dry-run')
    assert result.exit_code == 0, result.output
    assert "Goes: " in result.stdout
    assert "What is kept, and why:" in result.stdout
    assert "GDPR Art. 17" in result.stdout
    assert shell.db.read_bytes() == before


def test_without_a_terminal_it_takes_yes(shell: Shell) -> None:
    result = shell.line('customer erase 9 --reason "asked"')
    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert shell.json("customer show 9")["status"] == "active"


def test_on_a_terminal_it_asks(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens, "has_terminal", lambda: True)
    no = shell.run("customer", "erase", "9", "--reason", "asked", stdin="n\n")
    assert (no.exit_code, shell.json("customer show 9")["status"]) == (1, "active")
    yes = shell.run("customer", "erase", "9", "--reason", "asked", stdin="y\n")
    assert yes.exit_code == 0, yes.output
    assert shell.json("customer show 9")["status"] == "forgotten"


def test_what_was_done_is_told_in_json(shell: Shell) -> None:
    done = shell.json('customer erase 9 --reason "asked" --yes')
    assert (done["id"], done["status"], done["kept"]["jobs"], done["rewritten"]) == (9, "forgotten", 1, True)
    shown = shell.json("customer show 9")
    assert (shown["name"], shown["phones"], shown["status"]) == ("#9", [], "forgotten")
    assert shell.json("job show 9")["number"] == "J-0009"


def test_an_open_job_is_named(shell: Shell) -> None:
    error = shell.error('customer erase 4 --reason "asked" --yes')
    assert error["code"] == "erase_open"
    assert "J-0004" in error["message"]


def test_somebody_who_is_no_owner_is_refused(shell: Shell) -> None:
    result = shell.run("--as", "Tom Becker", "customer", "erase", "9", "--reason", "asked", "--yes", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stderr)["error"]["code"] == "not_allowed"


def test_the_files_of_an_export_are_named(shell: Shell, tmp_path: Path) -> None:
    done = shell.json("customer export 9 out")
    assert {Path(file).name for file in done["files"]} >= {"README.txt", "everything.json", "job.csv"}
    assert (tmp_path / "out" / "job.csv").exists()
    assert shell.error("customer export 9 out")["code"] == "export_there"
    assert shell.line("customer export 9 out --force").exit_code == 0


def test_who_is_due_is_listed_and_forgotten(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shell.json("privacy due") == {"items": [], "total": 0}
    assert "retention_years" in shell.line("privacy due").stderr
    shell.json("config set retention_years 1")
    for step in ("f-1 --reached declined",):
        shell.line(f"follow-up record {step}")
    monkeypatch.setenv("AFTERSALES_NOW", "2028-11-23T09:30")
    due = shell.json("privacy due")
    assert [row["id"] for row in due["items"]] == [9]
    assert shell.json("privacy erase-due --dry-run")["status"] == "dry_run"
    assert shell.json("customer show 9")["status"] == "active"
    assert shell.json("privacy erase-due --yes")["total"] == 1
    assert shell.json("customer show 9")["status"] == "forgotten"
    assert shell.json("privacy due")["total"] == 0


def test_the_owner_is_told_how_many_are_due(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.json("config set retention_years 1")
    shell.line("follow-up record 1 --reached declined")
    assert shell.json("today --role owner")["retention_due"] == 0
    monkeypatch.setenv("AFTERSALES_NOW", "2028-11-23T09:30")
    assert shell.json("today --role owner")["retention_due"] == 1
    assert "retention_due" not in shell.json("today --role clerk")
    assert "aftersales privacy due" in shell.line("today --role owner").stderr
