"""One call travels from the phone to the month's summary, by commands alone."""

from __future__ import annotations

import csv
import io
import json

import pytest
from prepared import Shell

LOG = (
    'call log --phone "139 0013 9000" --name "Li Na" --address "West Gate 3" --brand Haier --model KFR-35 '
    '--category "air conditioner" --serial KFR-777 --sold 2026-06-01 --fault "[/foo] does not cool"'
)


def test_a_call_becomes_a_job_and_counts_in_its_month(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    before = shell.json("report month 2026-11")
    logged = shell.json(f'{LOG} --open-job --in-hand --assign "Chen Wei" --intake "with remote" --shelf A1')
    assert logged["verdict"]["coverage"] == "covered"
    assert (logged["call"]["status"], logged["call"]["resolution"]) == ("closed", "job_opened")
    job = logged["job"]
    assert (job["number"], job["status"], job["assigned_name"]) == ("J-0011", "received", "Chen Wei")
    assert (job["intake"], job["shelf"], job["promised_for"]) == ("with remote", "A1", "2026-12-02")
    assert job["fault"] == "[/foo] does not cool"

    steps = (
        ("job start 11", "diagnosing"),
        ('job diagnose J0011 --finding "no gas"', "in_repair"),
        ("job wait 11 --for parts --until 2026-11-27", "awaiting_parts"),
        ("job resume j-11", "in_repair"),
        ("job record 11 --cause leak --action refilled --outcome fixed --minutes 45", "testing"),
        ("job test 11 --failed", "in_repair"),
        ('job record 11 --cause leak --action "valve replaced" --outcome fixed', "testing"),
        ("job test 11 --passed", "testing"),
        ("job ready 11", "ready"),
        ("job informed 11 --by phone", "ready"),
        ("job rework 11 --reason hums", "in_repair"),
        ("job record 11 --cause leak --action again --outcome fixed", "testing"),
        ("job test 11 --passed", "testing"),
        ("job ready 11", "ready"),
    )
    version = job["version"]
    for line, status in steps:
        now = shell.json(line)
        assert now["status"] == status, line
        assert now["version"] > version
        version = now["version"]
    monkeypatch.setenv("AFTERSALES_NOW", "2026-11-24T17:00")
    assert shell.json("job hand-over 11")["completed_on"] == "2026-11-24"

    monkeypatch.setenv("AFTERSALES_NOW", "2026-11-27T10:00")
    due = shell.json("follow-up due")
    mine = next(item for item in due["items"] if item["job_number"] == "J-0011")
    assert (mine["due_on"], mine["kind"], mine["late"]) == ("2026-11-27", "after_hand_over", False)
    answered = shell.json(f"follow-up record {mine['number']} --reached yes --solved yes --score 5")
    assert (answered["status"], answered["score"], answered["overall"]) == ("done", 5, "very_satisfied")

    month = shell.json("report month 2026-11")
    assert month["jobs_opened"] == before["jobs_opened"] + 1
    assert month["jobs_closed"] == before["jobs_closed"] + 1
    assert month["in_warranty"] == before["in_warranty"] + 1
    assert month["outcomes"]["fixed"] == before["outcomes"]["fixed"] + 1
    assert month["calls_by_kind"]["repair"] == before["calls_by_kind"]["repair"] + 1
    assert month["mean_score"] == 5
    assert next(one for one in month["technicians"] if one["name"] == "Chen Wei")["closed"] == 1


def test_who_acts_stands_in_the_timeline(shell: Shell) -> None:
    shell.line('--as "chen" job start J-0002')
    shown = shell.json("job show 2")
    assert (shown["events"][0]["what"], shown["events"][0]["who"]) == ("start", "Chen Wei")
    assert shown["assigned_name"] == "Chen Wei"
    assert [job["number"] for job in shell.json('--as "Chen Wei" job list --mine')["items"]] == ["J-0002"]


def test_advice_needs_no_name_and_makes_a_call_back(shell: Shell) -> None:
    logged = shell.json('call log --kind advice --fault "how to descale" --advised')
    assert (logged["job"], logged["call"]["resolution"]) == (None, "advised")
    follow_up = shell.json(f"follow-up show {logged['follow_up']}")
    assert follow_up["due_at"] == "2026-11-23T03:30:00Z"


def test_a_known_phone_with_another_name_makes_a_new_customer_and_warns(shell: Shell) -> None:
    result = shell.run(
        "call", "log", "--phone", "13800138001", "--name", "Somebody Else", "--fault", "x", "--json"
    )
    answer = json.loads(result.stdout)
    assert answer["warnings"] == ["same_phone"]
    assert "Somebody else is on file with this phone" in result.stderr
    assert answer["call"]["customer_name"] == "Somebody Else"
    assert shell.json("customer show 1")["name"] == "Wang 1"


def test_an_incomplete_call_says_what_is_missing(shell: Shell) -> None:
    result = shell.line("call log --phone 12 --fault x")
    assert result.exit_code == 0
    assert "Call C-0013: to be verified." in result.stdout
    assert "Still missing: Name, Address, Product, Date." in result.stdout


def test_nothing_is_half_written_when_the_job_cannot_be_opened(shell: Shell) -> None:
    calls = shell.json("call list")["total"]
    assert shell.error("call log --phone 1 --name Li --fault x --open-job")["code"] == "job_needs_device"
    assert shell.json("call list")["total"] == calls
    assert not shell.json("find Li --kind customer")["items"]


def test_lists_are_newest_first_and_count_all(shell: Shell) -> None:
    listed = shell.json("job list --limit 3")
    assert [job["number"] for job in listed["items"]] == ["J-0010", "J-0009", "J-0008"]
    assert listed["total"] == 10
    assert "3 of 10 shown." in shell.line("job list --limit 3").stderr
    assert {job["status"] for job in shell.json("job list --status expected")["items"]} == {"expected"}


def test_the_clock_before_the_last_entry_is_a_warning(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERSALES_NOW", "2026-11-20T09:00")
    result = shell.line("job start 2")
    assert result.exit_code == 0
    assert "The clock stands before the last entry, of 2026-11-23 09:30." in result.stderr


def test_today_tells_late_things_first_with_their_reason(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFTERSALES_NOW", "2026-12-05T09:00")
    items = shell.json("today")["items"]
    late = [item["late"] for item in items]
    assert late == sorted(late, reverse=True)
    assert {"late", "follow_up", "tell_customer", "answer"} <= {item["reason"] for item in items}
    kinds = {item["kind"] for item in shell.json("today --role technician")["items"]}
    assert kinds == {"job"}
    assert "LATE since" in shell.line("today").stdout


def test_the_month_as_csv_guards_what_a_spreadsheet_would_run(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.line("staff add =cmd()|x --role technician")
    shell.line("job assign 8 --to =cmd")
    shell.line("job hand-over 8")
    rows = list(csv.DictReader(io.StringIO(shell.line("report month 2026-11 --format csv").stdout)))
    assert next(row for row in rows if row["measure"] == "jobs.closed")["2026-11"] == "2"
    assert "'=cmd()|x" in {row["label"] for row in rows}


def test_a_report_goes_into_a_file_that_is_not_overwritten(shell: Shell) -> None:
    assert shell.line("report month 2026-11 -o month.json").exit_code == 0
    assert json.loads(shell.db.with_name("month.json").read_text())["month"] == "2026-11"
    assert shell.error("report month 2026-11 -o month.json")["code"] == "file_exists"
    assert shell.line("report month 2026-11 -o month.json --force").exit_code == 0


def test_a_merged_customer_says_where_everything_went(shell: Shell) -> None:
    kept = shell.json("customer merge 2 --into 1")
    assert (kept["id"], kept["devices"]) == (1, 2)
    gone = shell.json("customer show 2")
    assert (gone["status"], gone["merged_into"]) == ("merged", 1)
    assert shell.error("customer merge 2 --into 1")["code"] == "customer_merged"


def test_import_answers_counts_that_add_up(shell: Shell) -> None:
    from prepared import ROOT

    file = ROOT / "tests" / "data" / "repairs_ords.csv"
    first = shell.json(f"import repairs {file} --format ords")
    assert first["imported"] + first["skipped"] + len(first["rejected"]) == first["rows"]
    assert first["imported"] > 0
    again = shell.json(f"import repairs {file}")
    assert (again["imported"], again["skipped"]) == (0, first["imported"])
