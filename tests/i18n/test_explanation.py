"""Ten whole explanations, line by line, in both languages, as they were read and agreed."""

import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from aftersales_tui.i18n import activate, formats, language
from aftersales_tui.i18n.explanation import explanation
from explained import CASES, category, verdict

KEPT = Path(__file__).parent / "explanations"


@pytest.fixture(params=["en", "zh_CN"])
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language in turn."""
    before = language()
    activate(request.param)
    yield str(request.param)
    activate(before)


@pytest.mark.parametrize("name", list(CASES))
def test_the_whole_explanation_is_the_one_that_was_agreed(name: str, spoken: str) -> None:
    told = "\n".join(explanation(verdict(name), category(name, spoken))) + "\n"
    kept = KEPT / f"{name}.{spoken}.txt"
    if os.environ.get("SNAPSHOTS") == "write":
        KEPT.mkdir(exist_ok=True)
        kept.write_text(told, encoding="utf-8")
    assert told == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", list(CASES))
def test_every_date_and_clause_of_the_verdict_stands_in_its_explanation(name: str, spoken: str) -> None:
    found = verdict(name)
    told = "\n".join(explanation(found, category(name, spoken)))
    days = {value for step in found.reckoning for value in step.values.values() if isinstance(value, date)}
    days |= {row.effective_end for row in found.remedies}
    assert all(formats.day(day) in told or formats.day_weekday(day) in told for day in days)
    for row in (*found.remedies, *found.excluded):
        assert not row.clause_key or found.cites[row.clause_key].said_in(spoken) in told


@pytest.mark.parametrize("name", list(CASES))
def test_no_line_has_an_open_place_or_a_bare_code(name: str, spoken: str) -> None:
    for line in explanation(verdict(name), category(name, spoken)):
        assert not re.search(r"\{[a-z_]+\}|[a-z]+_[a-z]+", line), line
