"""A pack is checked word by word: what is wrong is named with file, key and reason."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from aftersales_tui.domain.errors import Refused
from aftersales_tui.domain.policy import (
    DayRule,
    DelayCause,
    Length,
    Policy,
    TriggerKind,
    find_clause,
    versions_of,
)
from aftersales_tui.domain.policy_reading import read_policy, resolve
from aftersales_tui.domain.words import Exclusion, Layer, Remedy, StartBasis

BOTH = {"en": "one", "zh": "一"}
PACK: dict[str, Any] = {
    "schema": 1,
    "pack": {"id": "mine", "version": "1", "title": BOTH, "jurisdiction": "shop", "layer": "shop"},
    "clock": {"start_basis": ["sold"], "pause": {"day_rule": "both_inclusive"}},
    "window": [{"remedy": ["repair"], "length": {"years": 1}, "pause": True, "clause": "c"}],
    "clause": {"c": {"cite": BOTH, "text": BOTH, "source": "book", "verified": "text"}},
}


def changed(path: str, value: object) -> dict[str, Any]:
    """The pack with one key set, or taken away for ``None``."""
    pack = deepcopy(PACK)
    *tables, key = path.split(".")
    place: Any = pack
    for name in tables:
        place = place[int(name)] if name.isdigit() else place.setdefault(name, {})
    if value is None:
        del place[key]
    else:
        place[key] = value
    return pack


def faults(pack: dict[str, Any]) -> list[tuple[str, str]]:
    """Key and reason of everything that is wrong."""
    with pytest.raises(Refused) as refused:
        read_policy(pack, "mine.toml")
    assert all(problem.code == "policy_broken" for problem in refused.value.problems)
    assert all(problem.values["file"] == "mine.toml" for problem in refused.value.problems)
    return [(problem.field, str(problem.values["reason"])) for problem in refused.value.problems]


def test_a_sound_pack_is_read_whole() -> None:
    pack = read_policy(PACK, "mine.toml")
    assert (pack.id, pack.version, pack.layer) == ("mine", "1", Layer.SHOP)
    assert pack.clock.start_basis == (StartBasis.SOLD,)
    (window,) = pack.windows
    assert window.length == Length(years=1)
    assert window.pause is not None
    assert window.pause.day_rule is DayRule.BOTH_INCLUSIVE
    assert pack.clauses["c"].cite.said_in("zh_CN") == "一"


@pytest.mark.parametrize(
    ("path", "value", "key", "reason"),
    [
        ("schema", 2, "schema", "wrong_schema"),
        ("pack.id", None, "pack.id", "missing"),
        ("pack.id", 7, "pack.id", "not_a_text"),
        ("pack.layer", "state", "pack.layer", "unknown_word"),
        ("pack.titel", "x", "pack.titel", "unknown_key"),
        ("pack.valid_from", "2024", "pack.valid_from", "not_a_date"),
        ("clock", None, "clock", "missing"),
        ("clock.start_basis", [], "clock.start_basis", "missing"),
        ("clock.start_basis", ["bought"], "clock.start_basis", "unknown_word"),
        ("clock.roll", "yes", "clock.roll", "not_true_or_false"),
        ("clock.pause.day_rule", "half", "clock.pause.day_rule", "unknown_word"),
        ("window", [], "window", "no_window"),
        ("window", {}, "window", "not_a_list"),
        ("window.0.remedy", ["love"], "window[1].remedy", "unknown_word"),
        ("window.0.length", {}, "window[1].length.days", "no_length"),
        ("window.0.length", {"years": -1}, "window[1].length.years", "not_a_number"),
        ("window.0.clause", "art99", "window[1].clause", "unknown_clause"),
        ("clause.c.verified", "sure", "clause.c.verified", "unknown_word"),
        ("clause.c.text", {"en": "only"}, "clause.c.text.zh", "missing"),
        ("trigger", [{"when": {"failed_repairs_gte": 2}, "clause": "c"}], "trigger[1].remedy", "missing"),
        ("exclusion", [{"code": "RAIN", "clause": "c", "text": BOTH}], "exclusion[1].code", "unknown_word"),
    ],
)
def test_what_is_wrong_is_named_with_its_key_and_reason(
    path: str, value: object, key: str, reason: str
) -> None:
    assert (key, reason) in faults(changed(path, value))


def test_every_fault_is_told_at_once() -> None:
    pack = changed("pack.id", None)
    pack["clock"]["start_basis"] = ["bought"]
    assert {key for key, _ in faults(pack)} >= {"pack.id", "clock.start_basis"}


def test_a_window_cannot_pause_where_the_clock_has_none() -> None:
    assert ("window[1].pause", "clock_has_no_pause") in faults(changed("clock.pause", None))


def test_a_pack_cannot_end_before_it_begins() -> None:
    pack = changed("pack.valid_from", date(2026, 1, 1))
    pack["pack"]["valid_until"] = date(2025, 1, 1)
    assert faults(pack) == [("pack.valid_until", "ends_before_it_begins")]


def test_the_words_of_older_packs_are_understood() -> None:
    pack = changed("clock.start_basis", ["acceptance", "sale"])
    pack["window"][0]["scope"] = "handset"
    pack["window"][0]["remedy"] = ["replacement", "short_term_reject"]
    read = read_policy(pack, "mine.toml")
    assert read.clock.start_basis == (StartBasis.ACCEPTED, StartBasis.INVOICED, StartBasis.SOLD)
    assert read.windows[0].scope == "whole"
    assert read.windows[0].remedies == (Remedy.EXCHANGE, Remedy.REJECT)


def test_more_than_so_many_days_means_one_day_more() -> None:
    when = {"repair_days_gt": 30, "cause": "repairer"}
    pack = changed("trigger", [{"when": when, "remedy": ["exchange"], "clause": "c"}])
    (trigger,) = read_policy(pack, "mine.toml").triggers
    assert (trigger.kind, trigger.needs, trigger.cause) == (TriggerKind.REPAIR_DAYS, 31, DelayCause.REPAIRER)


def test_a_child_merges_tables_and_replaces_lists() -> None:
    child = {
        "pack": {"extends": "base", "id": "child"},
        "clock": {"roll": True},
        "window": [{"remedy": ["refund"], "length": {"days": 7}, "clause": "c"}],
        "clause": {"d": PACK["clause"]["c"]},
    }
    read = read_policy(resolve({"child": child, "base": PACK})["child"], "child.toml")
    assert (read.id, read.version) == ("child", "1")
    assert read.clock.roll
    assert read.clock.start_basis == (StartBasis.SOLD,)
    assert [window.remedies for window in read.windows] == [(Remedy.REFUND,)]
    assert set(read.clauses) == {"c", "d"}


@pytest.mark.parametrize(
    ("packs", "reason"),
    [
        ({"a": {"pack": {"extends": "b"}}}, "unknown_parent"),
        ({"a": {"pack": {"extends": "a"}}}, "circle"),
        ({"a": {"pack": {"extends": "b"}}, "b": {"pack": {"extends": "a"}}}, "circle"),
        ({"a": {"pack": {"extends": ["b"]}}}, "unknown_parent"),
    ],
)
def test_a_parent_that_is_missing_or_a_circle_is_refused(packs: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused) as refused:
        resolve(packs)
    assert refused.value.problem.values["reason"] == reason


def _version(version: str, since: date | None) -> Policy:
    pack = deepcopy(PACK)
    pack["pack"]["version"] = version
    if since:
        pack["pack"]["valid_from"] = since
    return read_policy(pack, "mine.toml")


def test_validity_includes_both_ends() -> None:
    pack = changed("pack.valid_from", date(2026, 1, 1))
    pack["pack"]["valid_until"] = date(2026, 1, 2)
    read = read_policy(pack, "mine.toml")
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3)]
    assert [read.in_force(on) for on in days] == [False, True, True, False]


def test_versions_come_newest_first_and_a_clause_is_found_in_its_own() -> None:
    old, new = _version("old", None), _version("new", date(2026, 1, 1))
    assert [pack.version for pack in versions_of([old, new], ["mine", "other"])] == ["new", "old"]
    assert find_clause([new, old], "mine/c", "old") is old.clauses["c"]
    assert find_clause([new], "mine/none") is None


def test_a_code_without_a_rule_falls_back_to_misuse() -> None:
    pack = changed("exclusion", [{"code": "MISUSE", "clause": "c", "text": BOTH}])
    rule = read_policy(pack, "mine.toml").rule_against(Exclusion.LIQUID)
    assert rule is not None
    assert rule.code is Exclusion.MISUSE
