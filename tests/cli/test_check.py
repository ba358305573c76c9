"""The examination on the command line: what it prints and how it leaves."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

from prepared import Shell


def test_a_file_in_order_leaves_with_0_and_says_what_it_stands_on(shell: Shell) -> None:
    told = shell.json("check")
    assert told["ok"] is True
    assert told["sqlite"] == sqlite3.sqlite_version
    assert told["journal_mode"] in ("truncate", "wal")
    assert told["counts"]["job"] == 10
    assert all(finding["severity"] == "note" for finding in told["findings"])
    said = shell.line("check")
    assert said.exit_code == 0
    assert "All is well." in said.stdout


def test_what_somebody_has_to_see_to_leaves_with_1_and_repair_puts_it_right(shell: Shell) -> None:
    shell.db.chmod(0o644)
    result = shell.line("check --json")
    assert result.exit_code == 1
    (found,) = [f for f in json.loads(result.stdout)["findings"] if f["severity"] == "warning"]
    assert found == {
        "code": "shop_file_readable", "severity": "warning", "repaired": False,
        "what": "Other people on this computer may read the shop file.",
    }  # fmt: skip
    assert "check --repair" in shell.line("check").stderr
    mended = shell.json("check --repair")
    assert [f["repaired"] for f in mended["findings"] if f["severity"] == "warning"] == [True]


def test_damage_leaves_with_4_and_is_still_a_report(shell: Shell) -> None:
    shell.db.write_bytes(shell.db.read_bytes()[: 20 * 4096])
    result = shell.line("check --json")
    assert result.exit_code == 4
    assert json.loads(result.stdout)["findings"][0]["code"] == "pages_damaged"
    said = shell.line("check")
    assert said.exit_code == 4
    assert "aftersales restore" in said.stdout


def test_a_file_that_is_not_there_or_not_ours_is_an_error(shell: Shell) -> None:
    with closing(sqlite3.connect("other.db")) as connection:
        connection.execute("CREATE TABLE theirs (a)")
        connection.commit()
    assert Shell(shell.db.with_name("none.db")).error("check", 4)["code"] == "shop_file_missing"
    assert Shell(shell.db.with_name("other.db")).error("check", 4)["code"] == "shop_file_not_ours"
