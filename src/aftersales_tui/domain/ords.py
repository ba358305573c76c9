"""The Open Repair Data Standard, 0.2.1 and 0.3: one row of it as a repair that is history."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from aftersales_tui.domain.errors import refuse
from aftersales_tui.domain.text import clean, excerpt, fold
from aftersales_tui.domain.words import Outcome

REQUIRED = ("id", "product_category", "brand", "repair_status", "event_date", "problem")
"""Columns without which a row says nothing; the other columns of the standard may be absent."""
LIMITS: Mapping[str, int] = MappingProxyType(
    {
        "id": 200,
        "brand": 200,
        "product_category": 500,
        "partner_product_category": 500,
        "repair_barrier_if_end_of_life": 500,
        "group_identifier": 500,
        "country": 100,
        "problem": 20_000,
    }
)
"""Characters a cell may have."""
OUTCOMES: Mapping[str, Outcome] = MappingProxyType(
    {
        "fixed": Outcome.FIXED,
        "repairable": Outcome.RETURNED_UNREPAIRED,
        "end of life": Outcome.NOT_REPAIRABLE,
        "unknown": Outcome.UNKNOWN,
    }
)
EARLIEST = 1900
_NOBODY = ("unknown", "n/a", "none", "?", "-")
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T][0-9:.]{4,15}Z?)?")
_YEAR = re.compile(r"[0-9]{4}")
_AGE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,2})?")


@dataclass(frozen=True, slots=True)
class PastRepair:
    """One repair somebody else recorded; a text is empty where nothing sensible was written."""

    ref: str
    day: date
    outcome: Outcome
    brand: str
    kind: str
    called: str
    """What the people there called the thing, where it says more than ``kind``."""
    problem: str
    barrier: str
    made_in: str
    age: str
    group: str
    country: str


def read_row(cells: Mapping[str, str], today: date) -> PastRepair:
    """The repair in one row, by column name. A year or an age that cannot be is left out.

    Raises ``Refused``: ``import_cell_too_long``, ``import_id_missing``, ``import_status_unknown``,
    ``import_day_missing``, ``import_day_not_read``, ``import_day_impossible``.
    """
    texts = {column: _text(column, cells.get(column, "")) for column in LIMITS}
    if not texts["id"]:
        raise refuse("import_id_missing", "id")
    day = _day(cells["event_date"], today)
    kind, called = texts["product_category"], texts["partner_product_category"]
    return PastRepair(
        ref=texts["id"],
        day=day,
        outcome=_outcome(cells["repair_status"]),
        brand="" if fold(texts["brand"]) in _NOBODY else texts["brand"],
        kind=kind or called,
        called=called if fold(called) != fold(kind) else "",
        problem=texts["problem"],
        barrier=texts["repair_barrier_if_end_of_life"],
        made_in=_year(cells.get("year_of_manufacture", ""), day),
        age=_age(cells.get("product_age", "")),
        group=texts["group_identifier"],
        country=texts["country"],
    )


def _text(column: str, cell: str) -> str:
    """The cell with its HTML entities decoded, made harmless."""
    text = clean(html.unescape(cell), lines=column == "problem")
    if len(text) > LIMITS[column]:
        raise refuse("import_cell_too_long", column, column=column, limit=LIMITS[column])
    return text


def _outcome(cell: str) -> Outcome:
    found = OUTCOMES.get(fold(cell))
    if found is None:
        raise refuse("import_status_unknown", "repair_status", text=excerpt(cell))
    return found


def _day(cell: str, today: date) -> date:
    text = clean(cell)
    if not text:
        raise refuse("import_day_missing", "event_date")
    found = _DAY.fullmatch(text)
    try:
        day = date.fromisoformat(found[1]) if found else None
    except ValueError:
        day = None
    if day is None:
        raise refuse("import_day_not_read", "event_date", text=excerpt(text))
    if day.year < EARLIEST or day > today:
        raise refuse("import_day_impossible", "event_date", day=day, earliest=EARLIEST)
    return day


def _year(cell: str, repaired: date) -> str:
    text = clean(cell)
    return text if _YEAR.fullmatch(text) and 1800 <= int(text) <= repaired.year else ""


def _age(cell: str) -> str:
    text = clean(cell)
    return text if _AGE.fullmatch(text) and float(text) <= 200 else ""
