"""Every problem the source can name has a sentence, and the sentence finds its values."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from dataclasses import astuple
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from aftersales_tui import i18n
from aftersales_tui.domain.errors import Problem
from aftersales_tui.domain.words import JobStatus
from aftersales_tui.i18n import messages

PACKAGE = Path(i18n.__file__).parent.parent
NAMED_FIRST = {"refuse", "Problem"}
ALWAYS = {"field", "record"}
"""Places that the problem itself fills: its field, and the kind of record that names."""
POLICY_REASON_AT = {"wrong": 1, "broken": 2}


def calls() -> Iterator[tuple[Path, ast.Call, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                yield path, node, name


def constants(node: ast.expr) -> list[str]:
    """The texts an argument can be: a constant, or the branches of a choice between constants."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return constants(node.body) + constants(node.orelse)
    return []


def values_given(call: ast.Call, name: str) -> set[str] | None:
    """The names of the values a call hands to the sentence; None where they are not written out there."""
    if name == "refuse":
        named = {keyword.arg for keyword in call.keywords}
        return None if None in named else {n for n in named if n and n != "field"}
    third = call.args[2] if len(call.args) > 2 else None
    if third is None:
        return set() if not call.keywords else None
    if not isinstance(third, ast.Dict) or None in third.keys:
        return None
    return {key.value for key in third.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)}


@cache
def problems() -> dict[str, list[tuple[str, set[str] | None]]]:
    """Every code with the places that raise it and the values given there."""
    found: dict[str, list[tuple[str, set[str] | None]]] = {}
    for path, call, name in calls():
        if name in NAMED_FIRST and call.args:
            for code in constants(call.args[0]):
                where = f"{path.relative_to(PACKAGE)}:{call.lineno}"
                found.setdefault(code, []).append((where, values_given(call, name)))
    return found


@cache
def policy_reasons() -> set[str]:
    return {
        reason
        for _path, call, name in calls()
        if name in POLICY_REASON_AT and len(call.args) > POLICY_REASON_AT[name]
        for reason in constants(call.args[POLICY_REASON_AT[name]])
    }


def templates(code: str) -> list[str]:
    if code in messages.FAULTS:
        return [str(part) for part in astuple(messages.FAULTS[code])]
    return [messages.SENTENCES[code]] if code in messages.SENTENCES else []


def places(code: str) -> set[str]:
    return {
        name
        for text in templates(code)
        for _, name, _, _ in string.Formatter().parse(text)
        if name is not None
    }


def test_every_code_of_the_source_has_a_sentence() -> None:
    known = messages.SENTENCES.keys() | messages.FAULTS.keys() | {"policy_broken"}
    without = {code: [where for where, _ in at] for code, at in problems().items() if code not in known}
    assert not without


def test_every_reason_of_a_broken_policy_has_a_sentence() -> None:
    assert policy_reasons() <= messages.POLICY_FAULTS.keys()


def test_a_code_has_one_sentence() -> None:
    assert not messages.SENTENCES.keys() & messages.FAULTS.keys()


def test_no_place_of_a_sentence_stays_empty() -> None:
    empty = [
        f"{where}: {code} lacks {sorted(places(code) - ALWAYS - given)}"
        for code, at in problems().items()
        for where, given in at
        if given is not None and not places(code) - ALWAYS <= given
    ]
    assert not empty


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_sentence_can_be_said_with_values_missing(language: str) -> None:
    i18n.activate(language)
    for code in (*messages.SENTENCES, *messages.FAULTS):
        assert "{" not in messages.sentence(Problem(code))


def test_a_word_of_the_trade_and_a_day_are_said_in_the_language_in_use() -> None:
    problem = Problem("step_not_now", "status", {"step": JobStatus.READY, "status": JobStatus.AT_MAKER})
    assert "“at the maker”" in messages.sentence(problem)
    i18n.activate("zh_CN")
    assert "“在厂家”" in messages.sentence(problem)
    assert messages.sentence(Problem("date_after_today", "sold", {"day": date(2027, 1, 2)})).startswith(
        "2027年1月2日"
    )


def test_a_fault_says_what_happened_what_is_safe_and_what_to_do() -> None:
    problem = Problem("shop_file_missing", "db", {"file": "shop.db"})
    fault = messages.fault(problem)
    assert fault is not None
    assert fault.happened == "There is no shop file shop.db."
    assert messages.sentence(problem).splitlines() == [fault.happened, fault.safe, fault.to_do]


def test_braces_in_what_was_typed_are_only_text() -> None:
    problem = Problem("date_not_read", "sold", {"text": "{day} {0} {text.__class__}"})
    assert "“{day} {0} {text.__class__}”" in messages.sentence(problem)


def test_a_policy_fault_names_file_and_key() -> None:
    problem = Problem("policy_broken", "pack.id", {"file": "x.toml", "key": "pack.id", "reason": "missing"})
    assert messages.sentence(problem) == "x.toml, pack.id: this is missing. Add it."


def test_what_was_not_found_is_named_by_its_kind() -> None:
    problem = Problem("not_found", "job", {"number": "J-0343"})
    assert messages.sentence(problem) == "Not found: job J-0343."
    i18n.activate("zh_CN")
    assert messages.sentence(problem) == "没有找到：工单 J-0343。"
