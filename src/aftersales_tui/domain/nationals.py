"""National differences of a pack: each country's table becomes a pack of its own.

A country states only what differs; everything else is the common pack's. Windows marked
``by_country`` take the country's years. Where a country adds months of its own after a repair, that
rule stands beside the common one: the longer counts, they are never added.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from aftersales_tui.domain.checked_table import Table
from aftersales_tui.domain.errors import Problem, Refused

CLAUSE = "national"

_Data = dict[str, Any]


def expand(packs: Mapping[str, Mapping[str, object]]) -> dict[str, _Data]:
    """Every pack, resolved, and behind it one for each of its countries, named ``pack-fr``.

    Raises ``Refused`` (``policy_broken``) for a country that cannot be read.
    """
    problems: list[Problem] = []
    result: dict[str, _Data] = {}
    for name, data in packs.items():
        countries = Table(data, "", name if name.endswith(".toml") else f"{name}.toml", problems).tables(
            "national"
        )
        common = _common(data)
        result[name] = common
        for country in countries:
            code = country.text("code").lower()
            result[f"{name}-{code}"] = _of_country(_with_years(data, country), code, country)
            country.done()
    if problems:
        raise Refused(*problems)
    return result


def _common(data: Mapping[str, object]) -> _Data:
    common: _Data = deepcopy({key: value for key, value in data.items() if key != "national"})
    for window in _windows(common):
        window.pop("by_country", None)
    return common


def _with_years(data: Mapping[str, object], country: Table) -> _Data:
    years = country.number("years", 0)
    own: _Data = deepcopy({key: value for key, value in data.items() if key != "national"})
    for window in _windows(own):
        if window.pop("by_country", False) is True and years:
            window.update(length={"years": years}, clause=CLAUSE)
    return own


def _of_country(own: _Data, code: str, country: Table) -> _Data:
    head = own.get("pack", {})
    common_title = head.get("title", {})
    title = country.both("title")
    head.update(
        id=f"{head.get('id', '')}-{code}",
        title={
            "en": f"{common_title.get('en', '')}: {title.en}",
            "zh": f"{common_title.get('zh', '')}：{title.zh}",
        },
        jurisdiction=code.upper(),
    )
    if country.has("note"):
        note = country.both("note")
        head["note"] = {"en": note.en, "zh": note.zh}
    text = country.both("text")
    own.setdefault("clause", {})[CLAUSE] = {
        "cite": {"en": title.en, "zh": title.zh},
        "text": {"en": text.en, "zh": text.zh},
        "source": country.text("source"),
        "verified": country.text("verified"),
    }
    if burden := country.number("burden_years", 0):
        own["burden_of_proof"] = {"years": burden, "clause": CLAUSE}
    if months := country.number("repair_extend_months", 0):
        after = own.setdefault("after", {})
        told = after.get("repair", [])
        rule = {"extend_months": months, "times": country.number("repair_extend_times", 1), "clause": CLAUSE}
        after["repair"] = [*(told if isinstance(told, list) else [told]), rule]
    if country.flag("suspend_during_repair", False):
        own.setdefault("clock", {})["pause"] = {"day_rule": "out_minus_in", "clause": CLAUSE}
        for window in _windows(own):
            window["pause"] = True
    if years := country.number("repair_guarantee_years", 0):
        own["repair_guarantee"] = {"length": {"years": years}, "clause": CLAUSE}
    return own


def _windows(data: _Data) -> list[_Data]:
    told = data.get("window", [])
    return [window for window in told if isinstance(window, dict)] if isinstance(told, list) else []
