"""A shop file with a job in every state that the examples act on, made by the commands themselves.

J-0001 expected, J-0002 received, J-0003 on site, J-0004 diagnosing, J-0005 waiting for parts, J-0006 testing,
J-0007 tested, J-0008 ready, J-0009 handed over, J-0010 in repair; the call C-0011 is open,
C-0012 was advised by phone.
The shop has a pack of its own and uses cn-car.
"""

from __future__ import annotations

import json
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from aftersales_tui.cli.main import app

NOW = "2026-11-23T09:30"
ROOT = Path(__file__).parent.parent.parent
STATES = ("expected", "received", "on_site", "diagnosing", "awaiting_parts", "testing", "tested", "ready",
          "handed_over", "in_repair")  # fmt: skip


PROMISE = """
schema = 1
[pack]
id = "bike-promise"
version = "1"
title = "Two years on every bike we sold"
layer = "seller"
[clock]
start_basis = ["delivered", "sold"]
[[window]]
remedy = "repair"
length = { years = 2 }
cite = "promise"
[[category]]
key = "e_bike"
"""
"""A pack of the shop's own that says nothing about what the examples judge."""


@dataclass(frozen=True)
class Shell:
    """A shell with a shop file of its own in an empty folder."""

    db: Path

    def run(self, *arguments: str, stdin: str | None = None) -> Result:
        """One command line on the shop file."""
        return CliRunner().invoke(app, ["--db", str(self.db), *arguments], input=stdin)

    def line(self, line: str) -> Result:
        """One command line as it is typed, without the program's name."""
        return self.run(*shlex.split(line))

    def json(self, line: str) -> Any:
        """What a command answers in JSON; it has to succeed."""
        result = self.run(*shlex.split(line), "--json")
        assert result.exit_code == 0, result.stderr
        return json.loads(result.stdout)

    def error(self, line: str, code: int = 1) -> dict[str, Any]:
        """The error of a command that has to leave with ``code``."""
        result = self.run(*shlex.split(line), "--json")
        assert result.exit_code == code, result.output
        found: dict[str, Any] = json.loads(result.stderr)["error"]
        return found


def made(shell: Shell) -> None:
    """Make the shop file and bring its jobs into their states."""
    for line in (
        'init --name "Corner Repair" --owner "Ann Lee"',
        'staff add "Chen Wei" --role technician',
        'staff add "Tom Becker" --role technician',
        'staff add "Old Hand" --role technician',
        'staff deactivate "Old Hand"',
    ):
        assert shell.line(line).exit_code == 0
    promise = shell.db.with_name("bike-promise.toml")
    promise.write_text(PROMISE, encoding="utf-8")
    for line in (f"policy add {promise}", "policy use cn-car"):
        assert shell.line(line).exit_code == 0
    work = "--cause grease --action cleaned --outcome fixed"
    steps = {
        "received": [],
        "diagnosing": ["start {n}"],
        "awaiting_parts": ["start {n}", "diagnose {n} --finding burnt", "wait {n} --for parts"],
        "in_repair": ["start {n}", "diagnose {n} --finding burnt"],
        "testing": ["start {n}", f"record {{n}} {work}"],
        "tested": ["start {n}", f"record {{n}} {work}", "test {n} --passed"],
        "ready": ["start {n}", f"record {{n}} {work}", "test {n} --passed", "ready {n}"],
        "handed_over": ["start {n}", f"record {{n}} {work}", "test {n} --passed", "ready {n}",
                        "hand-over {n}"],
    }  # fmt: skip
    for n, state in enumerate(STATES, start=1):
        place = "on_site" if state == "on_site" else "workshop"
        here = "--expected" if state in ("expected", "on_site") else "--in-hand"
        serial = "24G7-F0058914" if n == 1 else f"SN-{n:04d}"
        logged = shell.line(
            f'call log --phone "138 0013 80{n:02d}" --name "Wang {n}" --address Here --brand Galanz '
            f"--model P70F23 --category microwave --serial {serial} --sold 2026-03-02 --fault sparks "
            f"--place {place} --open-job {here}"
        )
        assert logged.exit_code == 0, logged.output
        for step in steps.get(state, []):
            done = shell.line("job " + step.format(n=n))
            assert done.exit_code == 0, done.output
    logged = shell.line(
        'call log --phone "138 0013 8001" --name "Wang 1" --device 1 --address Here --fault hums'
    )
    assert logged.exit_code == 0, logged.output
    answered = shell.line("call log --phone 13800138002 --name 'Wang 2' --kind advice --fault hums --advised")
    assert answered.exit_code == 0, answered.output


@pytest.fixture(scope="session")
def prepared_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The prepared shop file, made once."""
    folder = tmp_path_factory.mktemp("prepared")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
            patch.setenv(name, str(folder))
        for name in ("LC_ALL", "LC_MESSAGES", "LANG", "AFTERSALES_LANG", "AFTERSALES_STAFF", "AFTERSALES_DB"):
            patch.delenv(name, raising=False)
        patch.setenv("AFTERSALES_NOW", NOW)
        made(Shell(folder / "shop.db"))
    return folder / "shop.db"


@pytest.fixture
def shell(prepared_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell on a copy of the prepared shop, in an empty folder, the clock pinned."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AFTERSALES_NOW", NOW)
    monkeypatch.setenv("COLUMNS", "120")
    shutil.copy(prepared_file, tmp_path / "shop.db")
    return Shell(tmp_path / "shop.db")
