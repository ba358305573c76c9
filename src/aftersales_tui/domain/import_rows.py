"""One row of somebody else's table as a person or a unit; what cannot be read is said, not lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from aftersales_tui.domain.errors import Problem, refuse
from aftersales_tui.domain.import_columns import DATES, Column
from aftersales_tui.domain.import_dates import ColumnDates, read_date
from aftersales_tui.domain.import_names import Field
from aftersales_tui.domain.text import clean, excerpt, fold, squeeze

Cell: TypeAlias = str | date
STORED: Mapping[Field, str] = {
    **{one: one.value for one in Field if one not in DATES},
    **{one: f"{one.value}_on" for one in DATES},
}
"""The name under which a field is stored."""
OTHER = "other"
MANY_LINES = (Field.NOTES, Field.ADDRESS, Field.PLACE)

_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|FIELD!|GETTING_DATA|#+)")
_QUOTED = re.compile(r'="(.*)"', re.DOTALL)
_NOTHING = frozenset(
    (
        *(
            "",
            "-",
            "--",
            "—",
            "/",
            "\\",
            "?",
            "？",
            ".",
            "n/a",
            "na",
            "nan",
            "none",
            "null",
            "nil",
            "unknown",
        ),
        *(
            "无",
            "没有",
            "未知",
            "不详",
            "不明",
            "暂无",
            "空",
            "待补",
            "待定",
            "未填",
            "未录入",
            "x",
            "xx",
            "xxx",
        ),
    )
)
_SCIENTIFIC = re.compile(r"[0-9]+[.,][0-9]+E[+-]?[0-9]{1,3}|[0-9]+E\+[0-9]{1,3}", re.IGNORECASE)
_DECIMAL = re.compile(r"([0-9]{4,})[.,]0+")
_SERIAL_LABEL = re.compile(
    r"^(?:s/?n|serial(?: (?:no|number))?|imei|序列号|机身号|机号|串号)\s*[.:：]\s*", re.IGNORECASE
)
_PHONE_ENDS = re.compile(r"[;；、\n]|(?<=[0-9])\s*[,，/|]\s*(?=[0-9+(（])|(?<!\s)\s+or\s+|或")
_TOTALS = frozenset(("合计", "总计", "小计", "共计", "total", "totals", "sum", "subtotal", "grand total"))
_MOST_TOTALLED = 4
"""Cells that the line under a table may have filled."""
_LEAST_DIGITS = 7


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Whom a row names; empty where it says nothing."""

    name: str = ""
    phones: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    """``region``, ``address``, ``email``, ``price_group``, ``notes`` as far as said."""

    @property
    def nobody(self) -> bool:
        """Whether nobody is named at all."""
        return not self.name and not self.phones


@dataclass(frozen=True, slots=True)
class UnitRow:
    """Which unit a row is about, and whose."""

    serial: str
    product: Mapping[str, str]
    """``brand``, ``model`` and ``category``, the last a key of the catalogue."""
    facts: Mapping[str, str | date]
    """Dates, invoice number, seller, place and notes as far as said."""
    person: PersonRow


@dataclass(frozen=True, slots=True)
class Reading:
    """What is needed to read any row of a file."""

    columns: Sequence[Column]
    dates: Mapping[int, ColumnDates]
    """By the column's index."""
    limits: Mapping[str, int]
    """Characters a field may have, by its stored name."""
    longest: int
    kind_of: Callable[[str], str | None]
    """The category that a text names."""


class _Cells:
    """The cells of one row by field, and what is to be said of them."""

    def __init__(self, reading: Reading, cells: Sequence[Cell], remarks: list[Problem]) -> None:
        self.reading = reading
        self.remarks = remarks
        self.days: dict[Field, list[tuple[Column, Cell]]] = {}
        self.texts: dict[Field, list[str]] = {}
        for column in reading.columns:
            if column.field is None or column.index >= len(cells):
                continue
            cell = cells[column.index]
            if isinstance(cell, str):
                cell = self._tidy(cell, column)
            if cell == "":
                continue
            if column.field in DATES:
                self.days.setdefault(column.field, []).append((column, cell))
            elif isinstance(cell, date) and column.field is Field.SERIAL:
                self.say("import_serial_is_date", Field.SERIAL, text=cell.isoformat())
            else:
                text = cell if isinstance(cell, str) else cell.isoformat()
                self.texts.setdefault(column.field, []).append(text)

    def say(self, code: str, field: Field, **values: object) -> None:
        self.remarks.append(Problem(code, STORED[field], values))

    def _tidy(self, cell: str, column: Column) -> str:
        """The text of a cell without what a spreadsheet puts around it; nothing for a word for nothing."""
        if quoted := _QUOTED.fullmatch(cell.strip()):
            cell = quoted[1]
        text = clean(cell, lines=column.field in MANY_LINES or column.field is Field.PHONE)
        if _ERROR.fullmatch(text.upper()):
            self.remarks.append(
                Problem("import_cell_error", "", {"text": excerpt(text), "column": excerpt(column.header)})
            )
            return ""
        return "" if fold(text) in _NOTHING else text

    def text(self, name: Field, between: str = " ") -> str:
        """What the field says, within its limit; too much is left out and said."""
        text = between.join(dict.fromkeys(self.texts.get(name, ())))
        limit = self.reading.limits.get(STORED[name], self.reading.longest)
        if len(text) > limit:
            self.say("import_text_too_long", name, limit=limit, text=excerpt(text))
            return ""
        return text

    def nothing(self) -> bool:
        return not self.texts and not self.days


def read_person(reading: Reading, cells: Sequence[Cell], remarks: list[Problem]) -> PersonRow:
    """The person in a row of a list of customers; what is to be said goes to ``remarks``.

    Raises ``Refused``: ``import_row_empty``, ``import_total_row``, ``import_nobody``.
    """
    row = _row(reading, cells, remarks)
    person = _person(row, with_notes=True)
    if person.nobody:
        raise refuse("import_nobody", "name")
    return person


def read_unit(reading: Reading, cells: Sequence[Cell], remarks: list[Problem]) -> UnitRow:
    """The unit in a row of a list of what was sold; what is to be said goes to ``remarks``.

    Raises ``Refused``: ``import_row_empty``, ``import_total_row``, ``import_no_unit``.
    """
    row = _row(reading, cells, remarks)
    serial = _serial(row)
    product = _product(row)
    if not serial and not any(product[name] for name in ("brand", "model")) and product["category"] == OTHER:
        raise refuse("import_no_unit", "serial")
    facts: dict[str, str | date] = {**_dates(row)}
    for name, between in (
        (Field.INVOICE_NO, " "),
        (Field.SELLER, " "),
        (Field.PLACE, " "),
        (Field.NOTES, "\n"),
    ):
        if text := row.text(name, between):
            facts[STORED[name]] = text
    return UnitRow(serial, product, facts, _person(row, with_notes=False))


def _row(reading: Reading, cells: Sequence[Cell], remarks: list[Problem]) -> _Cells:
    row = _Cells(reading, cells, remarks)
    filled = [fold(str(cell)).rstrip(":：") for cell in cells if cell and fold(str(cell))]
    if len(filled) <= _MOST_TOTALLED and not _TOTALS.isdisjoint(filled):
        raise refuse("import_total_row", "row")
    if row.nothing():
        raise refuse("import_row_empty", "row")
    return row


def _person(row: _Cells, *, with_notes: bool) -> PersonRow:
    texts = {
        STORED[name]: text
        for name, between in (
            (Field.REGION, " "), (Field.ADDRESS, " "), (Field.EMAIL, " "), (Field.PRICE_GROUP, " "),
        )
        if (text := row.text(name, between))
    }  # fmt: skip
    if with_notes and (notes := row.text(Field.NOTES, "\n")):
        texts["notes"] = notes
    return PersonRow(row.text(Field.NAME), tuple(_phones(row)), texts)


def _phones(row: _Cells) -> list[str]:
    """Every phone of the row once; what a spreadsheet spoilt is said and left out."""
    found: dict[str, str] = {}
    limit = row.reading.limits.get("phone", row.reading.longest)
    for cell in row.texts.get(Field.PHONE, ()):
        if len(cell) > row.reading.longest:
            row.say("import_text_too_long", Field.PHONE, limit=limit, text=excerpt(cell))
            continue
        parts = [part.strip() for part in _PHONE_ENDS.split(cell) if part.strip()]
        if any(sum(map(str.isdigit, part)) < _LEAST_DIGITS for part in parts):
            parts = [clean(cell)]
        for part in parts:
            if decimal := _DECIMAL.fullmatch(part):
                part = decimal[1]
            if _SCIENTIFIC.fullmatch(part):
                row.say("import_phone_damaged", Field.PHONE, text=excerpt(part))
            elif len(part) > limit:
                row.say("import_text_too_long", Field.PHONE, limit=limit, text=excerpt(part))
            elif not any(map(str.isdigit, part)):
                row.say("import_phone_not_read", Field.PHONE, text=excerpt(part))
            else:
                found.setdefault(squeeze(part), part.strip("'"))
    return list(found.values())


def _serial(row: _Cells) -> str:
    """The serial number as it is printed; one that a spreadsheet spoilt is none."""
    typed = _SERIAL_LABEL.sub("", row.text(Field.SERIAL)).strip("'\"`’‘ ")
    if decimal := _DECIMAL.fullmatch(typed):
        typed = decimal[1]
        row.say("import_serial_decimal", Field.SERIAL, text=excerpt(typed))
    if not squeeze(typed) or not squeeze(typed).strip("0") or fold(typed) in _NOTHING:
        said = {problem.code for problem in row.remarks if problem.field == Field.SERIAL}
        if not said and any(column.field is Field.SERIAL for column in row.reading.columns):
            row.say("import_serial_missing", Field.SERIAL)
        return ""
    if _SCIENTIFIC.fullmatch(typed) or "\ufffd" in typed:
        row.say("import_serial_damaged", Field.SERIAL, text=excerpt(typed))
        return ""
    return typed


def _product(row: _Cells) -> dict[str, str]:
    """Brand, model and kind; a kind nobody knows is ``other``, and what was said serves as the model."""
    brand, model, called = row.text(Field.BRAND), row.text(Field.MODEL), row.text(Field.PRODUCT)
    said = row.text(Field.CATEGORY)
    kind = row.reading.kind_of(said) if said else None
    if said and kind is None:
        row.say("import_category_unknown", Field.CATEGORY, text=excerpt(said))
    if kind is None:
        kind = row.reading.kind_of(called) if called else None
    model = model or called or (said if kind is None else "")
    limit = row.reading.limits.get("model", row.reading.longest)
    if len(model) > limit:
        row.say("import_text_too_long", Field.MODEL, limit=limit, text=excerpt(model))
        model = ""
    return {"brand": brand, "model": model, "category": kind or OTHER}


def _dates(row: _Cells) -> dict[str, date]:
    """The days that can be read; the others are said, and that there is none at all."""
    found: dict[str, date] = {}
    for name in DATES:
        for column, cell in row.days.get(name, ()):
            day, problem = read_date(cell, row.reading.dates[column.index], column.header)
            if problem is not None:
                row.remarks.append(Problem(problem.code, STORED[name], problem.values))
            if day is not None:
                found.setdefault(STORED[name], day)
    if not found:
        row.say("import_date_missing", Field.SOLD)
    return found
