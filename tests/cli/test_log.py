"""``aftersales log``: who changed what, when, from what to what."""

from __future__ import annotations

import pytest
from prepared import Shell


def test_a_change_is_told_field_by_field(shell: Shell) -> None:
    shell.json('customer edit 1 --notes "WeChat only"')
    shown = shell.json("log customer 1")
    assert shown["record"] == {"kind": "customer", "id": 1, "name": "Wang 1"}
    (change,) = shown["items"][0]["changes"]
    assert change == {"field": "notes", "label": "Notes", "before": "", "after": "WeChat only"}
    assert shown["items"][0]["who"] == "Ann Lee"
    text = shell.line("log customer 1").stdout
    assert "Notes: nothing → WeChat only" in text


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("J-0009", "job"), ("9", "job"), ("job 9", "job"), ("C-0001", "call"), ("call 1", "call"),
        ("F-0001", "follow_up"), ("follow-up 1", "follow_up"), ("device 1", "device"),
        ('staff "Tom Becker"', "staff"), ("shop", "shop"),
    ],
)  # fmt: skip
def test_every_record_can_be_named(shell: Shell, line: str, kind: str) -> None:
    shown = shell.json(f"log {line}")
    assert shown["record"]["kind"] == kind
    assert shown["total"] >= len(shown["items"]) > 0
    assert shell.line(f"log {line}").exit_code == 0


def test_somebody_who_left_still_has_an_account(shell: Shell) -> None:
    shell.json('staff deactivate "Tom Becker"')
    assert shell.json('log staff "Tom Becker"')["items"][0]["what"] == "deactivated"


def test_more_than_the_limit_is_said(shell: Shell) -> None:
    shown = shell.json("log J-0009 --limit 2")
    assert len(shown["items"]) == 2
    assert shown["total"] > 2
    assert "2 of " in shell.line("log J-0009 --limit 2").stderr


@pytest.mark.parametrize(
    ("line", "code"),
    [("nothing", "log_of_what"), ("customer", "log_of_which"), ("J-0001 9", "log_of_what"),
     ("job 4711", "not_found"), ("staff Nobody", "staff_unknown")],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(shell: Shell, line: str, code: str) -> None:
    assert shell.error(f"log {line}")["code"] == code


def test_what_was_forgotten_says_by_whom(shell: Shell) -> None:
    shell.json('customer erase 9 --reason "asked" --yes')
    items = shell.json("log J-0009")["items"]
    assert items[0]["what"] == "erased"
    assert items[1]["erased_by"] == "Ann Lee"
    assert items[1]["sentence"].endswith("erased on 23 Nov 2026 by Ann Lee")
    assert items[1]["changes"] == []
