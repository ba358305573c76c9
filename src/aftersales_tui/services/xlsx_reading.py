"""The first sheet of an Excel workbook as rows, within limits that no bomb gets past."""

from __future__ import annotations

import re
import time
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import Any, BinaryIO

from aftersales_tui.domain.errors import Refused, refuse
from aftersales_tui.domain.import_dates import EPOCH_1900, EPOCH_1904
from aftersales_tui.domain.text import clean, excerpt, fold

ZIP = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How workbooks of before 2007 begin, and those with a password."""
MAX_UNPACKED = 100_000_000
MAX_RATIO = 100
SMALL = 2_000_000
"""Bytes that may be packed as tightly as they like."""
MAX_PARTS = 10_000
MAX_TAGS = {"sheet": 8_000_000, "texts": 5_000_000, "other": 400_000}
"""Tags in all parts of a kind: the library holds the others whole, at some hundred bytes a tag."""
MAX_TAGS_AT_ONCE = 150_000
"""Tags of one row or one text, which are held at once; the widest row there is has fewer."""
MAX_BEGUN = 1_000_000
"""Rows, blank ones too, and texts of all parts."""
MAX_SECONDS = 30
_BLOCK = 1 << 20
_BEGINS = re.compile(rb"<(?:[A-Za-z]+:)?(?:row|si)[\s/>]")
_LEADING_ZEROS = re.compile(r"0{2,}")
_CERTAIN_DIGITS = 15
"""A spreadsheet keeps no more digits of a number: the rest of a longer one is lost, and it shows."""

Cell = str | date


@dataclass(frozen=True, slots=True)
class Workbook:
    """One sheet: its rows that are not blank with their numbers, and how it counts days."""

    rows: Sequence[tuple[int, list[Cell]]]
    sheet: str
    others: tuple[str, ...]
    epoch: date


def read_workbook(path: Path, wanted: str, most_rows: int, most_columns: int) -> Workbook:
    """The first sheet, or the one called ``wanted``, as text and days; formulas by their last result.

    Raises ``Refused``: ``import_workbook_broken``, ``import_workbook_too_large``,
    ``import_sheet_unknown``, ``import_too_many_rows``, ``import_too_many_columns``.
    """
    _check_size(path)
    try:
        # given a file instead of a name, the library does not mind what the name ends in
        with warnings.catch_warnings(), path.open("rb") as file:
            warnings.simplefilter("ignore")
            return _read(file, path, wanted, most_rows, most_columns)
    except Refused:
        raise
    except Exception as error:  # a damaged workbook fails anywhere in the library, with anything
        raise refuse("import_workbook_broken", "file", file=path.name) from error


def _check_size(path: Path) -> None:
    """Refuses what would unpack to more than a shop's list can be."""
    try:
        with zipfile.ZipFile(path) as packed:
            infos = packed.infolist()
            if not any(fold(info.filename).endswith("workbook.xml") for info in infos):
                raise refuse("import_not_a_table", "file", file=path.name)
            unpacked = sum(info.file_size for info in infos)
            ratio = unpacked / max(1, sum(info.compress_size for info in infos))
            too_tight = unpacked > SMALL and ratio > MAX_RATIO
            if (
                unpacked > MAX_UNPACKED
                or too_tight
                or len(infos) > MAX_PARTS
                or _holds_too_much(packed, infos)
            ):
                raise refuse("import_workbook_too_large", "file", file=path.name)
    except Refused:
        raise
    except Exception as error:
        raise refuse("import_workbook_broken", "file", file=path.name) from error


def _holds_too_much(packed: zipfile.ZipFile, infos: Sequence[zipfile.ZipInfo]) -> bool:
    """Whether the library would hold more at once than a list needs. Raises ``ValueError`` for entities."""
    left, begun = dict(MAX_TAGS), 0
    for info in infos:
        if not info.filename.lower().endswith((".xml", ".rels")):
            continue
        name = info.filename.lower()
        kind = "sheet" if "worksheets/" in name else "texts" if "sharedstrings" in name else "other"
        at_once, before = 0, b""
        with packed.open(info) as part:
            while block := part.read(_BLOCK):
                if b"<!DOCTYPE" in (before + block).replace(b"\x00", b"").upper():
                    raise ValueError("no spreadsheet declares entities, a bomb has to")
                before = block[-40:]
                first, *others = _BEGINS.split(block)
                counts = [at_once + first.count(b"<"), *(other.count(b"<") for other in others)]
                left[kind] -= block.count(b"<")
                at_once = counts[-1]
                begun += len(others)
                endless = len(block) == _BLOCK and b"<" not in block
                many = left[kind] < 0 or begun > MAX_BEGUN
                if endless or many or max(counts) > MAX_TAGS_AT_ONCE:
                    return True
    return False


def _read(file: BinaryIO, path: Path, wanted: str, most_rows: int, most_columns: int) -> Workbook:
    import openpyxl
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    try:
        sheets = {sheet.title: sheet for sheet in book.worksheets}
        shown = [name for name, sheet in sheets.items() if sheet.sheet_state == "visible"] or list(sheets)
        if not sheets:
            raise refuse("import_empty", "file", file=path.name)
        name = next((name for name in sheets if fold(name) == fold(wanted)), "") if wanted else shown[0]
        if not name:
            known = ", ".join(excerpt(sheet) for sheet in sheets)
            raise refuse("import_sheet_unknown", "sheet", text=excerpt(wanted), known=known)
        sheet = sheets[name]
        sheet.reset_dimensions()  # some programs write a wrong one, and rows would be missing
        rows = list(_rows(sheet, path, most_rows, most_columns))
        epoch = EPOCH_1904 if book.epoch == CALENDAR_MAC_1904 else EPOCH_1900
        return Workbook(rows, name, tuple(other for other in shown if other != name), epoch)
    finally:
        book.close()


def _rows(sheet: Any, path: Path, most_rows: int, most_columns: int) -> Iterator[tuple[int, list[Cell]]]:
    count, until = 0, time.monotonic() + MAX_SECONDS
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells: list[Cell] = []
        for at, cell in enumerate(row):
            if cell.value is None:
                continue
            value = _value(cell)
            if value == "":
                continue
            if at >= most_columns:
                raise refuse("import_too_many_columns", "file", limit=most_columns)
            cells += [""] * (at - len(cells))
            cells.append(value)
        if time.monotonic() > until:
            raise refuse("import_workbook_too_large", "file", file=path.name)
        if cells:
            count += 1
            if count > most_rows or number > 2 * most_rows:
                raise refuse("import_too_many_rows", "file", limit=most_rows - 1)
            yield number, cells


def _value(cell: Any) -> Cell:
    """What a person sees in the cell, as far as it is a day or a text."""
    value = cell.value
    if isinstance(value, str):
        return value if clean(value) else ""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, time_of_day | timedelta):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**_CERTAIN_DIGITS:
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        return f"{value:.14E}"
    if isinstance(value, int):
        digits = str(value)
        if len(digits.lstrip("-")) > _CERTAIN_DIGITS and digits.endswith("0"):
            return f"{value:.14E}"
        zeros = _LEADING_ZEROS.fullmatch(str(cell.number_format or ""))
        return digits.zfill(len(zeros[0])) if zeros else digits
    return str(value)
