"""Copies of the shop file and putting one back, as somebody types them."""

from __future__ import annotations

import gzip
import json
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from prepared import ROOT, Shell

from aftersales_tui.cli import screens


def test_a_copy_names_its_file_its_sum_and_what_is_in_it(shell: Shell) -> None:
    made = shell.json("backup copy.db")
    file = Path(made["path"])
    assert file.is_absolute()
    assert file.name == "copy.db"
    assert made["sha256"] == sha256(file.read_bytes()).hexdigest()
    assert made["size"] == file.stat().st_size
    assert (made["counts"]["job"], made["verified"]) == (10, True)
    assert shell.error("backup copy.db")["code"] == "file_exists"
    assert shell.line("backup copy.db --force").exit_code == 0


def test_without_a_file_the_copy_goes_to_the_others_and_is_listed(shell: Shell) -> None:
    assert "There is no backup yet" in shell.line("backup list").stderr
    made = shell.json("backup")
    (listed,) = shell.json("backup list")["items"]
    assert listed["path"] == made["path"]
    assert (listed["checksum"], listed["reason"]) == ("right", "asked")
    assert listed["at"] == "2026-11-23T01:30:00Z"
    said = shell.line("backup list").stdout
    assert "2026-11-23 09:30" in said
    assert "verified" in said


def test_a_flipped_bit_stands_in_the_list(shell: Shell) -> None:
    file = Path(shell.json("backup")["path"])
    whole = bytearray(file.read_bytes())
    whole[-9] ^= 1
    file.write_bytes(whole)
    assert "WRONG" in shell.line("backup list").stdout
    assert shell.error("restore 1", 4)["code"] == "copy_checksum_wrong"


def test_a_copy_is_put_back_and_the_present_file_is_put_aside(shell: Shell) -> None:
    shell.json("backup copy.db")
    shell.line("job note J-0001 'comes on Monday'")
    shell.line("call log --name Late --phone 1234567 --fault hums")
    assert shell.json("call list")["total"] == 13
    done = shell.json("restore copy.db")
    assert done["status"] == "restored"
    assert done["counts"]["call"] == 12
    assert shell.json("call list")["total"] == 12
    assert shell.json(f"restore '{done['put_aside']}'")["counts"]["call"] == 13
    assert shell.json("call list")["total"] == 13


def test_a_dry_run_says_what_is_in_the_copy_and_changes_nothing(shell: Shell) -> None:
    shell.json("backup copy.db")
    before = shell.db.read_bytes()
    said = shell.line("restore copy.db --dry-run")
    assert said.exit_code == 0
    for words in ("Corner Repair", "verified", "Jobs        10"):
        assert words in said.stdout
    assert shell.json("restore copy.db --dry-run")["status"] == "dry_run"
    assert shell.db.read_bytes() == before
    assert not (shell.db.parent / "backups").exists()


def test_on_a_terminal_it_is_asked_and_no_is_no(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.json("backup copy.db")
    monkeypatch.setattr(screens, "has_terminal", lambda: True)
    before = shell.db.read_bytes()
    refused = shell.run("restore", "copy.db", stdin="n\n")
    assert refused.exit_code == 1
    assert "Nothing was changed." in refused.stderr
    assert shell.db.read_bytes() == before
    assert shell.run("restore", "copy.db", stdin="y\n").exit_code == 0
    assert shell.run("restore", "copy.db", "--yes").exit_code == 0


def test_a_file_that_is_no_copy_is_refused_with_exit_code_4(shell: Shell) -> None:
    Path("notes.txt").write_text("date,name\n" * 500)
    assert shell.error("restore notes.txt", 4)["code"] == "copy_not_ours"
    assert shell.error("restore nothing.db", 4)["code"] == "copy_missing"
    assert shell.error("restore .", 4)["code"] == "copy_missing"


def test_a_broken_shop_file_is_put_right_by_a_copy(shell: Shell) -> None:
    shell.json("backup")
    shell.db.write_bytes(b"")
    assert shell.error("call list", 4)["code"] == "shop_file_empty"
    done = shell.json("restore 1")
    assert done["put_aside"] is None
    assert Path(done["moved_aside"]).read_bytes() == b""
    assert shell.json("call list")["total"] == 12


def test_an_older_file_is_brought_up_to_date_and_that_is_said(shell: Shell) -> None:

    sample = ROOT / "tests" / "data" / "schema" / "0001.db.gz"
    shell.db.write_bytes(gzip.decompress(sample.read_bytes()))
    result = shell.line("job list --json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["total"] == 31
    assert "brought up to date, from version 1" in result.stderr
    assert "before-migration.db" in result.stderr
    assert "brought" not in shell.line("job list").stderr


def test_a_newer_file_is_refused_by_name_and_version(shell: Shell) -> None:
    with closing(sqlite3.connect(shell.db)) as connection:
        connection.execute("PRAGMA user_version=999")
    before = shell.db.read_bytes()
    told = shell.error("job list", 4)
    assert told["code"] == "shop_file_newer"
    assert "999" in told["message"]
    assert shell.db.name in told["message"]
    assert shell.db.read_bytes() == before


def test_a_file_that_others_may_read_is_warned_of(shell: Shell) -> None:
    shell.db.chmod(0o644)
    result = shell.line("job list --json")
    assert "Other people on this computer may read" in result.stderr
    assert json.loads(result.stdout)["total"]


def test_only_the_owner_puts_a_copy_back(shell: Shell) -> None:
    shell.json("backup copy.db")
    before = shell.db.read_bytes()
    result = shell.run("--as", "Chen Wei", "restore", "copy.db", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stderr)["error"]["code"] == "not_allowed"
    assert shell.db.read_bytes() == before


@pytest.mark.parametrize("name", ["备份 1.db", "sicherung-ä.db", "\udcff\udc9b.db"])
def test_a_copy_may_be_called_anything(shell: Shell, name: str) -> None:
    made = shell.json(f"backup '{name}'")
    assert Path(made["path"]).name == name
    assert Path(f"{made['path']}.sha256").exists()
    told = shell.json(f"restore '{name}' --dry-run")
    assert (told["status"], told["checksum"]) == ("dry_run", "right")
    assert shell.json(f"restore '{name}' --yes")["status"] == "restored"


def test_a_shop_file_may_lie_in_a_folder_called_anything(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "\udcff").mkdir()
    file = shell.db.rename(tmp_path / "\udcff" / "shop.db")
    assert Shell(file).json("backup")["verified"]


@pytest.mark.parametrize("name", ["x" * 300 + ".db", "~nobody-at-all/copy.db"])
def test_a_name_that_no_file_can_have_is_refused(shell: Shell, name: str) -> None:
    assert shell.error(f"backup '{name}'", 4)["code"] == "copy_not_written"
    assert shell.error(f"restore '{name}'", 4)["code"] in ("copy_missing", "copy_unreadable")
