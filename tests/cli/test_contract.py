"""The tree of commands keeps its promises: help with an example that runs, JSON that parses, no traceback."""

from __future__ import annotations

import contextlib
import json
import shlex
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prepared import PROMISE, ROOT, Shell
from typer.main import get_command

from aftersales_tui import bootstrap
from aftersales_tui.cli.main import app

BAD = {
    "nothing": "",
    "blanks": "  \t ",
    "10,000 characters": "x" * 10_000,
    "control characters": "a\x00b\x07\x1b]0;owned\x07\x9b2J\r\nc",
    "markup": "[/foo] [@click=app.quit]x[/]",
    "emoji": "👩‍🔧🔥",
    "right to left": "\u202eمحمد الحربي",
    "an impossible day": "2026-02-30",
    "a formula": "=1+1",
    "a huge number": "9" * 40,
    "letters": "phone of letters",
}
STRICT = {
    "job", "number", "call", "device", "customer", "into", "sold", "invoiced", "delivered", "installed",
    "accepted", "produced", "contract_date", "exchanged", "promised_for", "promised_by", "since", "until",
    "call_back_at",
    "again_at", "at", "on", "minutes", "score", "as_before", "rework_of", "year", "which", "start", "limit",
    "repair", "policy", "region", "timezone", "currency", "hours", "to", "assign",
}  # fmt: skip
"""Parameters that take no free text: there a bad value is never accepted."""
FREE_IN = {
    ("aftersales call log", "region"),
    ("aftersales customer add", "region"),
    ("aftersales customer edit", "region"),
    ("aftersales report month", "to"),
}
WRITES_NOTHING_OF_THE_SHOP = {
    "aftersales init", "aftersales call log",
    "aftersales import customers", "aftersales import devices", "aftersales import repairs",
}  # fmt: skip


def tree(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    below = getattr(command, "commands", None)
    if below is None:
        yield path, command
        return
    for name in below:
        yield from tree(f"{path} {name}", below[name])


COMMANDS = dict(tree("aftersales", get_command(app)))


def example(path: str) -> list[str]:
    """The example of a command, without the program's name and the global options."""
    words = shlex.split(COMMANDS[path].epilog.removeprefix("Example: aftersales "))
    start = words.index(path.split()[1])
    return words[start:]


@pytest.fixture
def papers(tmp_path: Path, prepared_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the examples find beside them; the sample shop is told in a test of its own."""
    shutil.copy(ROOT / "tests" / "data" / "repairs_ords.csv", tmp_path / "repairs.csv")
    (tmp_path / "my-shop.toml").write_text(PROMISE.replace("bike-promise", "our-promise"), encoding="utf-8")
    shutil.copy(ROOT / "tests" / "data" / "sold_units_dirty.csv", tmp_path / "sold.csv")
    shutil.copy(ROOT / "tests" / "data" / "sold_units_dirty.csv", tmp_path / "customers.csv")
    shutil.copy(prepared_file, tmp_path / "shop-copy.db")
    monkeypatch.setattr(bootstrap, "make_sample_shop", lambda path: path.touch())
    monkeypatch.setenv("AFTERSALES_PIN", "4827")


def has_json(path: str) -> bool:
    return any("--json" in parameter.opts for parameter in COMMANDS[path].params)


def events(db: Path) -> int:
    with contextlib.closing(sqlite3.connect(db)) as connection:
        return int(connection.execute("SELECT count(*) FROM event").fetchone()[0])


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_has_help_with_an_example(path: str, shell: Shell) -> None:
    result = shell.run(*path.split()[1:], "--help")
    assert result.exit_code == 0
    assert "Example: aftersales " in result.stdout
    assert COMMANDS[path].help


@pytest.mark.parametrize("path", COMMANDS)
def test_every_example_runs(path: str, shell: Shell, papers: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERSALES_DB", str(shell.db))
    words = shlex.split(COMMANDS[path].epilog.removeprefix("Example: aftersales "))
    result = shell.run(*words)
    assert result.exit_code == 0, result.output
    assert result.exception is None


@pytest.mark.parametrize("path", [path for path in COMMANDS if has_json(path)])
def test_every_answer_in_json_parses(path: str, shell: Shell, papers: None) -> None:
    words = example(path)
    if path == "aftersales init":
        shell = Shell(shell.db.with_name("new.db"))
    before = events(shell.db) if shell.db.exists() else 0
    result = shell.run(*[word for word in words if word not in ("csv", "--format", "ords")], "--json")
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    if events(shell.db) > before and path not in WRITES_NOTHING_OF_THE_SHOP:
        assert {"id", "number", "version", "status"} <= answer.keys()
    if "items" in answer:
        assert {"items", "total"} <= answer.keys()
        assert answer["total"] >= len(answer["items"])


def typed_parameters(path: str) -> list[Any]:
    """Options and arguments that take a value."""
    return [p for p in COMMANDS[path].params if not getattr(p, "is_flag", False) and "--help" not in p.opts]


def with_bad(path: str, parameter: Any, bad: str) -> list[str]:
    """The example of a command with one value replaced by a bad one."""
    words = example(path)
    if parameter.param_type_name == "argument":
        arguments = [p for p in COMMANDS[path].params if p.param_type_name == "argument"]
        at = len(path.split()) - 1 + arguments.index(parameter)
        return [*words[:at], bad, *words[at + 1 :]]
    return [*words, f"{parameter.opts[-1]}={bad}"] if parameter.opts[-1].startswith("--") else words


def is_strict(path: str, parameter: Any) -> bool:
    return parameter.name in STRICT and (path, parameter.name) not in FREE_IN


def free_options(path: str) -> list[str]:
    """The options of a command that take any text, or a word out of a list."""
    return [
        parameter.opts[-1]
        for parameter in typed_parameters(path)
        if parameter.param_type_name == "option"
        and not is_strict(path, parameter)
        and parameter.opts[-1] not in ("--output", "--keep")
    ]


@pytest.mark.parametrize("path", [path for path in COMMANDS if free_options(path)])
@pytest.mark.parametrize("what", BAD)
def test_a_bad_value_is_answered_never_a_traceback(
    path: str, what: str, shell: Shell, papers: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = [*example(path), *(f"{option}={BAD[what]}" for option in free_options(path))]
    before = events(shell.db)
    if path == "aftersales init":
        words = ["--db", "new.db", *words]
    result = shell.run(*words)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.exit_code in (0, 1, 2), result.output
    if result.exit_code:
        assert result.stderr.strip()
        assert events(shell.db) == before
    assert "\x1b" not in result.output
    assert "\x9b" not in result.output


STRICT_CASES = [
    (path, parameter.name)
    for path in COMMANDS
    for parameter in typed_parameters(path)
    if is_strict(path, parameter)
    and not (path == "aftersales init" and parameter.name in ("currency", "timezone"))
]


@pytest.mark.parametrize(("path", "name"), STRICT_CASES)
def test_a_value_that_cannot_be_is_refused_with_its_reason(path: str, name: str, shell: Shell) -> None:
    parameter = next(p for p in COMMANDS[path].params if p.name == name)
    before = events(shell.db)
    for what in ("nothing", "control characters", "markup", "an impossible day", "a huge number"):
        result = shell.run(*with_bad(path, parameter, BAD[what]))
        assert result.exception is None or isinstance(result.exception, SystemExit), what
        assert result.exit_code in (1, 2), (what, result.output)
        assert result.stderr.strip(), what
        assert "\x1b" not in result.output
    assert events(shell.db) == before
