"""Decisions beside a verdict on the command line."""

from __future__ import annotations

from prepared import Shell

GRANT = 'warranty override J-0008 --coverage excluded --reason "opened by others"'


def test_an_override_is_told_beside_the_verdict(shell: Shell) -> None:
    answer = shell.json(GRANT)
    assert (answer["number"], answer["coverage"]) == ("J-0008", "excluded")
    override = shell.json("job show 8")["override"]
    assert override == {
        "coverage": "excluded", "billing": "billable", "reason": "opened by others", "by": "Ann Lee",
        "at": "2026-11-23T01:30:00Z",
    }  # fmt: skip
    verdict = shell.json("job show 8")["verdict"]
    assert (verdict["coverage"], verdict["override"]) == ("covered", override)
    assert shell.json("call show 8")["override"] == override
    assert shell.json("job show 7")["override"] is None
    assert "override" not in shell.json("job show 7")["verdict"]


def test_a_person_reads_both(shell: Shell) -> None:
    said = shell.line(GRANT).stdout
    assert said.startswith("Override by Ann Lee on 23 Nov 2026: EXCLUDED, billed as customer pays.")
    assert "Machine: COVERED" in said
    assert "Machine: COVERED" in shell.line("job show 8").stdout
    assert "Machine: COVERED" in shell.line("call show 8").stdout


def test_an_override_of_a_call_and_its_withdrawal(shell: Shell) -> None:
    assert shell.json('warranty override C-0011 --reason "our fault"')["override"]["coverage"] == "goodwill"
    assert shell.json('warranty override C-0011 --withdraw --reason "no"')["override"] is None
    assert shell.error('warranty override C-0011 --withdraw --reason "no"')["code"] == "not_overridden"


def test_others_than_the_owner_are_refused(shell: Shell) -> None:
    assert shell.error(f'--as "Tom Becker" {GRANT}')["code"] == "not_allowed"
    assert shell.error("warranty override J-0008 --reason ''")["code"] == "override_reason_missing"
    assert shell.error("warranty override J-0008 --coverage free --reason x")["code"] == "word_unknown"
