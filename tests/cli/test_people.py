"""PINs and roles on the command line: asked, given in the environment, never shown, never in an argument."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

import pytest
from prepared import Shell

from aftersales_tui import logs, paths
from aftersales_tui.cli import pins as cli_pins
from aftersales_tui.domain import pins as rules
from aftersales_tui.services import customers

PIN = "482719"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_LOG_N", 4)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """``given.setenv("AFTERSALES_PIN", …)``: it is taken out of the environment when it is read."""
    return monkeypatch


@pytest.fixture
def guarded(shell: Shell) -> Shell:
    """Chen Wei has a PIN."""
    assert shell.run("staff", "set-pin", "Chen Wei", "--stdin", stdin=f"{PIN}\n").exit_code == 0
    return shell


AS_CHEN = '--as "Chen Wei" job list'


def test_somebody_with_a_pin_has_to_prove_it(guarded: Shell, given: pytest.MonkeyPatch) -> None:
    assert guarded.error(AS_CHEN)["code"] == "pin_required"
    given.setenv("AFTERSALES_PIN", "000000")
    assert guarded.error(AS_CHEN)["code"] == "pin_wrong"
    given.setenv("AFTERSALES_PIN", PIN)
    assert guarded.line(AS_CHEN).exit_code == 0
    assert "AFTERSALES_PIN" not in os.environ


def test_who_is_named_in_the_environment_has_to_prove_it_too(
    guarded: Shell, given: pytest.MonkeyPatch
) -> None:
    given.setenv("AFTERSALES_STAFF", "Chen Wei")
    assert guarded.error("job list")["code"] == "pin_required"


def test_wrong_tries_are_slowed_from_one_command_to_the_next(
    guarded: Shell, given: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        given.setenv("AFTERSALES_PIN", "000000")
        last = guarded.error(AS_CHEN)
    assert last["code"] == "pin_wait"
    given.setenv("AFTERSALES_PIN", PIN)
    waits = guarded.error(AS_CHEN)
    assert (waits["code"], "30 s" in str(waits["message"])) == ("pin_wait", True)


def test_a_terminal_is_asked_without_showing(guarded: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(words: str) -> str:
        asked.append(words)
        return PIN

    monkeypatch.setattr(cli_pins, "_terminal", lambda: True)
    monkeypatch.setattr("getpass.getpass", answer)
    assert guarded.line(AS_CHEN).exit_code == 0
    assert guarded.line('staff set-pin "Tom Becker"').exit_code == 0
    assert asked == ["PIN of Chen Wei: ", "New PIN of Tom Becker: ", "Once more: "]


def test_two_pins_that_differ_change_nothing(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["4827", "4828"])
    monkeypatch.setattr(cli_pins, "_terminal", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda words: next(answers))
    assert shell.error('staff set-pin "Chen Wei"')["code"] == "pins_differ"
    assert not any(one["has_pin"] for one in shell.json("staff list")["items"])


def test_the_pin_that_proves_who_acts_is_not_taken_for_the_new_one(
    guarded: Shell, given: pytest.MonkeyPatch
) -> None:
    given.setenv("AFTERSALES_PIN", PIN)
    assert guarded.error('--as "Chen Wei" staff set-pin "Chen Wei"')["code"] == "pin_missing"
    given.setenv("AFTERSALES_PIN", PIN)
    run = guarded.run("--as", "Chen Wei", "staff", "set-pin", "Chen Wei", "--stdin", stdin="1357\n")
    assert run.exit_code == 0
    given.setenv("AFTERSALES_PIN", "1357")
    assert guarded.line(AS_CHEN).exit_code == 0


def test_the_identity_of_the_command_line_needs_no_pin_and_the_list_says_so(
    shell: Shell, given: pytest.MonkeyPatch
) -> None:
    given.setenv("AFTERSALES_PIN", PIN)
    shell.json('staff set-pin "Ann Lee"')
    listed = shell.line("staff list")
    assert listed.exit_code == 0
    assert "without asking for the PIN" in listed.stderr
    assert "acts as Ann Lee (owner) without asking for the PIN" in shell.line("check").stdout
    assert "Ann Lee（店主）" in shell.run("--lang", "zh_CN", "check").stdout
    found = {one["name"]: one for one in shell.json("staff list")["items"]}
    assert (found["Ann Lee"]["has_pin"], found["Ann Lee"]["acts_without_pin"]) == (True, True)
    assert shell.error('--as "Ann Lee" job list')["code"] == "pin_required"


def test_a_lost_pin_is_reset_on_record_and_told_at_the_next_sign_in(
    shell: Shell, given: pytest.MonkeyPatch
) -> None:
    given.setenv("AFTERSALES_PIN", PIN)
    shell.json('staff set-pin "Ann Lee"')
    assert shell.line('staff reset-pin "Ann Lee"').exit_code == 2
    given.setenv("AFTERSALES_STAFF", "Ann Lee")
    assert shell.json('staff reset-pin "Ann Lee" --i-own-this-file')["has_pin"] is False
    given.setenv("AFTERSALES_PIN", "1357")
    shell.json('staff set-pin "Ann Lee"')
    given.setenv("AFTERSALES_PIN", "1357")
    told = shell.line("job list").stderr
    assert "the PIN of Ann Lee was taken away at the shop file" in told
    assert cli_pins.os_user() in told
    given.setenv("AFTERSALES_PIN", "1357")
    assert "taken away" not in shell.line("job list").stderr


def test_roles_change_and_people_come_back(shell: Shell) -> None:
    assert shell.json('staff set-role "Tom Becker" clerk')["role"] == "clerk"
    assert shell.error('staff set-role "Ann Lee" clerk')["code"] == "last_owner"
    assert shell.error('staff deactivate "Ann Lee"')["code"] == "last_owner"
    assert shell.error('--as "Old Hand" job list')["code"] == "staff_inactive"
    assert shell.json('staff activate "Old Hand"')["status"] == "active"
    assert shell.line('--as "Old Hand" job list').exit_code == 0
    assert shell.error('staff activate "Old Hand"')["code"] == "staff_active"


def test_no_pin_is_anywhere_but_hashed(guarded: Shell, given: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given.setenv("AFTERSALES_PIN", PIN)
    said = guarded.line(AS_CHEN)
    said_of = guarded.line("staff list --json")
    assert PIN not in said.output + said_of.output
    assert "scrypt" not in said_of.output
    with contextlib.closing(sqlite3.connect(guarded.db)) as connection:
        told = "".join(row[0] or "" for row in connection.execute("SELECT data FROM event"))
    assert PIN not in told
    assert PIN.encode() not in guarded.db.read_bytes()


def test_a_failing_command_logs_neither_the_customer_nor_the_pin(
    guarded: Shell, given: pytest.MonkeyPatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    import logging

    hostile = "[/foo] 王芳 \x1b]0;PWNED\x07 138 0013 8027"

    def broken(*_: object, **__: object) -> None:
        try:
            raise sqlite3.OperationalError(f"near {hostile}: PIN {PIN}")
        except sqlite3.OperationalError as error:
            raise RuntimeError(hostile) from error

    monkeypatch.setattr(customers, "make", broken)
    given.setenv("AFTERSALES_PIN", PIN)
    logs.start()
    try:
        run = guarded.run("--as", "Ann Lee", "customer", "add", "--name", hostile)
        assert run.exception is not None
        logging.getLogger(logs.LOGGER).error("a command failed", exc_info=run.exception)
    finally:
        logs.stop()
    written = paths.log_file().read_text(encoding="utf-8")
    assert "RuntimeError" in written
    assert "customers.py" in written
    for secret in ("王芳", "8027", PIN, "PWNED", "\x1b"):
        assert secret not in written
    assert paths.log_file().stat().st_mode & 0o777 == 0o600


def test_a_technician_reads_masked_phones_in_tables_and_json(shell: Shell) -> None:
    for line in ("customer list", "customer show 1", "call list", "call show 11", "job list", "job show 2",
                 "find 8001", "follow-up due", "today"):  # fmt: skip
        for form in ("", " --json"):
            seen = shell.line(f'--as "Chen Wei" {line}{form}')
            assert seen.exit_code == 0, seen.output
            assert "138 0013 80" not in seen.stdout, line
            assert "138001380" not in seen.stdout, line
    assert "138****8001" in shell.line('--as "Chen Wei" find 8001').stdout
    assert "138 0013 8001" in shell.line("customer show 1").stdout
