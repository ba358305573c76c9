"""How the command line answers: exit codes, languages, harmless text, verdicts without a shop file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from prepared import Shell
from typer.testing import CliRunner

from aftersales_tui.cli import output
from aftersales_tui.cli.given import Misused, split
from aftersales_tui.cli.main import app
from aftersales_tui.reports.csv_files import safe_cell


def test_a_missing_shop_file_says_what_to_run(shell: Shell) -> None:
    result = Shell(shell.db.with_name("none.db")).line("job list")
    assert result.exit_code == 4
    assert "aftersales init" in result.stderr
    assert result.stdout == ""


def test_a_file_that_is_no_shop_is_not_touched(shell: Shell) -> None:
    other = shell.db.with_name("notes.txt")
    other.write_text("not a database, long enough to be one" * 40)
    result = Shell(other).line("job list")
    assert result.exit_code == 4
    assert other.read_text().startswith("not a database")


def test_what_is_not_found_and_what_is_refused_leave_with_one(shell: Shell) -> None:
    assert shell.error("job show J-0999") == {
        "code": "not_found", "field": "job", "message": "Not found: job J-0999.",
    }  # fmt: skip
    assert shell.error("job ready 1")["code"] == "step_not_now"
    assert shell.error("job show C-0001")["code"] == "number_not_read"
    assert shell.error("device show NOPE-1")["code"] == "serial_unknown"
    assert shell.error("--as Nobody job start 2")["code"] == "staff_unknown"
    assert shell.error("job assign 2 --to Nobody")["field"] == "to"
    assert shell.error("call log --sold 2027-01-01 --brand A --fault x")["code"] == "date_after_today"


def test_a_wrong_use_leaves_with_two(shell: Shell) -> None:
    assert shell.error("job wait 2 --for sunshine", code=2)["code"] == "usage"
    assert shell.line("job wait 2 --for sunshine").exit_code == 2
    assert shell.line("nonsense").exit_code == 2
    assert CliRunner().invoke(app, ["--db"]).exit_code == 2
    assert CliRunner().invoke(app, ["--lang", "fr", "job", "list"]).exit_code == 2
    assert shell.line("call log --advised --open-job").exit_code == 2
    assert shell.line("call log --shelf A1").exit_code == 2


def test_a_busy_shop_file_leaves_with_three(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    import contextlib
    import sqlite3

    from aftersales_tui.store import engine, shop_file

    monkeypatch.setattr(shop_file, "BUSY_SECONDS", 0.01)
    monkeypatch.setattr(engine.Store.__init__, "__kwdefaults__", {"busy_seconds": 0.01})
    with contextlib.closing(sqlite3.connect(shell.db, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert shell.error("job note 2 x", code=3)["code"] == "busy"


def test_the_answer_is_in_the_language_asked_for(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (
        "已接收" in shell.line("--lang zh_CN job list").stdout
        or "工单" in shell.line("--lang zh_CN job show 2").stdout
    )
    monkeypatch.setenv("AFTERSALES_LANG", "zh_CN")
    assert "没有找到" in shell.line("job show 999").stderr
    assert "Not found" in shell.line("--lang en job show 999").stderr


def test_the_shop_s_own_language_is_spoken_when_nobody_asks(shell: Shell) -> None:
    shell.line("config set language zh_CN")
    assert "没有找到" in shell.line("job show 999").stderr


def test_text_for_a_terminal_cannot_steer_it(shell: Shell) -> None:
    shell.run("call", "log", "--name", "\x1b]0;owned\x07Eve[/foo]\x9b2J", "--phone", "1", "--fault", "a\nb")
    listed = shell.line("call list").stdout
    assert "Eve[/foo]" in listed
    assert not set(listed) & {"\x1b", "\x07", "\x9b"}


def test_a_verdict_needs_no_shop_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERSALES_DB", str(tmp_path / "none.db"))
    line = "warranty check --policy cn-general --category tv --sold 2026-03-02 --on 2026-03-09 --json"
    answer = json.loads(CliRunner().invoke(app, line.split()).stdout)
    assert (answer["as_of"], answer["coverage"]) == ("2026-03-09", "covered")
    assert answer["start"] == {"date": "2026-03-02", "basis": "sold"}
    refund = next(row for row in answer["remedies"] if row["remedy"] == "refund")
    assert (refund["available"], refund["days_left"], refund["clause"]) == (True, 0, "art. 9")
    assert answer["best"][0] == "refund"
    assert answer["explanation"]


@pytest.mark.parametrize(
    ("options", "coverage"),
    [
        ("--sold 2025-01-01", "expired"),
        ("--sold 2026-03-02 --cause liquid", "excluded"),
        ("", "not_proven"),
    ],
)
def test_facts_change_the_verdict(options: str, coverage: str) -> None:
    line = f"warranty check --policy cn-phone --category phone --on 2026-03-09 {options} --json"
    assert json.loads(CliRunner().invoke(app, line.split()).stdout)["coverage"] == coverage


def test_a_repair_pauses_the_period() -> None:
    line = "warranty check --policy cn-general --category tv --sold 2026-03-02 --on 2026-09-01 --json"
    plain, paused = (
        json.loads(CliRunner().invoke(app, [*line.split(), *more]).stdout)
        for more in ([], ["--repair", "2026-04-01..2026-04-11:cause=no_parts:fault=hums"])
    )
    ends = [
        next(row for row in one["remedies"] if row["remedy"] == "repair" and row["scope"] == "whole")
        for one in (plain, paused)
    ]
    assert ends[0]["nominal_end"] < ends[1]["nominal_end"]


def test_a_device_on_file_is_judged_by_the_tail_of_its_serial(shell: Shell) -> None:
    assert shell.json("warranty check --serial 58914")["start"] == {"date": "2026-03-02", "basis": "sold"}
    assert shell.line("warranty check --serial 58914 --sold 2026-01-01").exit_code == 2


def test_working_days_answer_with_the_day_alone(shell: Shell) -> None:
    result = shell.line("calendar working-days --from 2026-02-12 --add 3")
    assert result.stdout == "2026-02-24\n"
    guessed = shell.line("calendar working-days --from 2026-12-30 --until 2027-01-04")
    assert "2027" in guessed.stderr
    assert guessed.stdout.strip().isdigit()


def test_opening_hours_carry_over_to_the_next_working_day(shell: Shell) -> None:
    assert (
        shell.line('calendar working-time --from "2026-11-20 17:30" --add 2h').stdout == "2026-11-23 10:30\n"
    )


def test_a_setting_is_changed_and_kept(shell: Shell) -> None:
    assert shell.json("config set turnaround_days 3")["turnaround_days"] == 3
    assert shell.error("config set turnaround_days many")["code"] == "setting_not_read"
    assert shell.error("config set colour red")["code"] == "setting_unknown"
    assert shell.error("config set cli_identity 99")["code"] == "staff_unknown"


def test_only_what_is_named_is_edited(shell: Shell) -> None:
    before = shell.json("customer show 1")
    after = shell.json('customer edit 1 --notes "rings twice"')
    assert after["notes"] == "rings twice"
    assert (after["name"], after["phones"]) == (before["name"], before["phones"])
    assert shell.error("customer edit 1")["code"] == "field_missing"
    device = shell.json("device edit 1 --invoiced 2026-03-03 --proof seen --forget sold")
    assert (device["sold_on"], device["invoiced_on"], device["proof"]) == (None, "2026-03-03", "seen")


def test_the_global_options_are_read_before_the_command_only() -> None:
    given, rest = split(["--db=a.db", "--as", "Ann", "job", "list", "--json"], {})
    assert (given.db, given.acting, given.wants_json, rest) == (
        "a.db",
        "Ann",
        True,
        ("job", "list", "--json"),
    )
    given, _ = split([], {"AFTERSALES_STAFF": "Eve", "AFTERSALES_LANG": "zh_CN"})
    assert (given.acting, given.language) == ("Eve", "zh_CN")
    with pytest.raises(Misused):
        split(["--as"], {})


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"), ("＝1+1", "'＝1+1"), ("@x", "'@x"), ("-cmd", "'-cmd"), ("+cmd", "'+cmd"),
        ("-5", "-5"), ("+86 138 0013 8000", "+86 138 0013 8000"), ("Ann", "Ann"), (None, ""), (3.5, "3.5"),
    ],
)  # fmt: skip
def test_a_cell_never_becomes_a_formula(text: object, cell: str) -> None:
    assert safe_cell(text) == cell


def test_a_sheet_lines_values_up_under_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    output.details((("No.", 1), ("客户", "a\nb"), ("Empty", "")))
    assert capsys.readouterr().out == "No.   1\n客户  a\n      b\n"


def test_find_answers_is_it_ready_for_an_open_job(shell: Shell) -> None:
    found = shell.line("find J-0002")
    assert "How it stands" in found.stdout
    assert "Here since today, not begun yet" in found.stdout


def test_the_checks_of_a_job_are_shown_in_words(shell: Shell) -> None:
    recorded = shell.line("job record 10 --cause worn --action replaced --outcome fixed --checks door_switch")
    assert recorded.exit_code == 0, recorded.output
    assert "door switch" in shell.line("job show 10").stdout


def test_people_read_the_kind_of_a_product_and_programs_its_key(shell: Shell) -> None:
    shell.json("device add --brand Haier --model XQG100 --category washing_machine --serial W1")
    for line in ("device list", "device show W1"):
        assert "washing machine" in shell.line(line).stdout
        assert "洗衣机" in shell.line(f"--lang zh_CN {line}").stdout
        assert "washing_machine" not in shell.line(line).stdout
    assert shell.json("device show W1")["category"] == "washing_machine"
    assert shell.json("device list")["items"][0]["category"] == "washing_machine"


def test_whoever_may_not_is_told_who_may(shell: Shell) -> None:
    refused = shell.error('--as "Chen Wei" config set turnaround_days 5')
    assert refused["code"] == "not_allowed"
    assert "owner" in refused["message"]
    assert shell.json("config show")["turnaround_days"] == 7


def test_the_owner_reads_who_may_do_what(shell: Shell) -> None:
    rows = {row["permission"]: row for row in shell.json("staff roles")["items"]}
    assert (rows["settings"]["technician"], rows["settings"]["owner"]) == (False, True)
    assert "change the settings of the shop" in shell.line("staff roles").stdout


def test_an_error_nobody_foresaw_is_said_in_three_lines_without_the_code(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from aftersales_tui.cli.main import run
    from aftersales_tui.services import staff

    def fails(*_given: object, **_more: object) -> None:
        raise RuntimeError("王芳")

    monkeypatch.setattr(staff, "everybody", fails)
    assert run(["--db", str(shell.db), "staff", "list"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("The program stopped because of an error of its own (RuntimeError).")
    assert len(said.err.splitlines()) == 3
    assert "王芳" not in said.err
