"""Somebody else's table, CSV or Excel, as a header and rows with the lines they stand in. Within limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from aftersales_tui.domain.errors import Problem, StoreFault, refuse
from aftersales_tui.domain.import_dates import EPOCH_1900
from aftersales_tui.domain.text import clean, fold
from aftersales_tui.reports.csv_files import unguarded
from aftersales_tui.services import csv_reading, xlsx_reading

MAX_BYTES = 50_000_000
MAX_ROWS = 50_000
MAX_COLUMNS = 100
MAX_LINES = 500_000
"""Lines of a CSV file, blank ones and those inside a cell too."""
MAX_LINE = 4_000_000
"""Bytes of one of them: a hundred cells of the longest text have fewer."""
_TITLES = 30
"""Lines that may stand above the header."""
_NO_TABLES = (
    b"%pdf",
    b"{\\rtf",
    b"<!doctype html",
    b"<html",
    b"<?xml",
    b"\x89png",
    b"\xff\xd8\xff",
    b"gif8",
    b"sqlite format 3",
)

Cell = str | date
Knows = Callable[[Sequence[str]], int]
"""How many cells of a row are names of columns."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it begins in, counted from 1, and its cells by column, or why they are none."""

    number: int
    cells: tuple[Cell, ...]
    problem: Problem | None = None
    remarks: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A file as a header and the rows under it."""

    header: tuple[str, ...]
    header_line: int
    rows: tuple[Row, ...]
    encoding: str = "utf-8"
    """How the bytes were read; anything but ``utf-8`` was a guess worth telling."""
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()
    epoch: date = EPOCH_1900


@dataclass(frozen=True, slots=True)
class How:
    """What the caller says about a file; empty means: find out."""

    sheet: str = ""
    encoding: str = ""
    chinese: bool = True
    """Whether letters that are not UTF-8 are rather Chinese."""
    exact: bool = False
    """Whether a row with fewer cells than the header is no row."""


def read_table(path: Path, knows: Knows, how: How | None = None) -> Table:
    """The rows of a CSV file or of one sheet of a workbook, under the row that names the columns best.

    A row that is no row of the table comes with its ``problem``: ``import_row_ragged``,
    ``import_quote_misplaced``, ``import_quote_open``, ``import_letters_unreadable``,
    ``import_header_again``. Raises ``StoreFault`` for ``import_file_missing`` and
    ``import_file_unreadable``; ``Refused`` for a file that is no table: ``import_file_too_large``,
    ``import_not_a_table``, ``import_old_excel``, ``import_empty``, ``import_too_many_rows``,
    ``import_too_many_columns``, and what ``csv_reading`` and ``xlsx_reading`` raise.
    """
    how = how or How()
    content = _content(path)
    if content.startswith(xlsx_reading.OLD_EXCEL):
        raise refuse("import_old_excel", "file", file=path.name)
    if content[:64].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_NO_TABLES):
        raise refuse("import_not_a_table", "file", file=path.name)
    if content.startswith(xlsx_reading.ZIP):
        return _of_workbook(path, knows, how)
    if how.sheet:
        raise refuse("import_no_sheets", "sheet", file=path.name)
    return _of_csv(content, path, knows, how)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise refuse("import_file_too_large", "file", file=path.name, limit=MAX_BYTES // 1_000_000)
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise StoreFault(Problem("import_file_missing", "file", {"file": str(path)})) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        said = {"file": str(path), "reason": reason}
        raise StoreFault(Problem("import_file_unreadable", "file", said)) from error


def _of_csv(content: bytes, path: Path, knows: Knows, how: How) -> Table:
    _check_lines(content, path)
    read = csv_reading.decoded(content, path.name, told=how.encoding, chinese=how.chinese)
    with csv_reading.long_cells(MAX_BYTES):
        delimiter = max(csv_reading.DELIMITERS, key=lambda one: _speaks(read.text, one, knows))
        above = list(islice(csv_reading.Rows(read.text, delimiter), _TITLES))
        if not above:
            raise refuse("import_empty", "file", file=path.name)
        at = _header_at([cells for _, cells, _ in above], knows)
        header, line = _header(above[at][1]), above[at][0]
        rows = csv_reading.Rows(read.text, delimiter)
        found: list[Row] = []
        for number, cells, problem in rows:
            if number < line:
                continue
            if number == line and not rows.width:
                rows.width = len(header)
                continue
            if len(found) == MAX_ROWS:
                raise refuse("import_too_many_rows", "file", limit=MAX_ROWS)
            found.append(_csv_row(number, cells, problem, header, read.lines, how))
    return Table(header, line, tuple(found), read.encoding)


def _check_lines(content: bytes, path: Path) -> None:
    """Refuses what would be millions of lines or cells, before any of them is made."""
    if content.count(b"\n") + content.count(b"\r") > MAX_LINES:
        raise refuse("import_too_many_rows", "file", limit=MAX_ROWS)
    if max(map(len, content.replace(b"\r", b"\n").split(b"\n"))) > MAX_LINE:
        raise refuse("import_not_a_table", "file", file=path.name)


def _speaks(text: str, delimiter: str, knows: Knows) -> tuple[int, int]:
    """How much sense the first rows make under a delimiter: known columns, then cells."""
    rows = [cells for _, cells, _ in islice(csv_reading.Rows(text, delimiter), _TITLES)]
    widest = max(map(len, rows), default=0)
    return max(map(knows, rows), default=0), widest if widest > 1 else 0


def _header_at(rows: Sequence[Sequence[str]], knows: Knows) -> int:
    """Which row is the header: the first that names the most columns, else the first of several cells."""
    counts = [knows(cells) for cells in rows]
    if max(counts) > 0:
        return counts.index(max(counts))
    return next((at for at, cells in enumerate(rows) if sum(map(bool, map(clean, cells))) > 1), 0)


def _header(cells: Sequence[Cell]) -> tuple[str, ...]:
    names = [clean(unguarded(cell)) if isinstance(cell, str) else cell.isoformat() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > MAX_COLUMNS:
        raise refuse("import_too_many_columns", "file", limit=MAX_COLUMNS)
    return tuple(names)


def _csv_row(
    number: int,
    cells: list[str],
    problem: Problem | None,
    header: Sequence[str],
    letters: Mapping[int, Problem],
    how: How,
) -> Row:
    remarks: list[Problem] = []
    if (said := letters.get(number)) is not None:
        if said.code == "import_letters_unreadable":
            problem = problem or said
        else:
            remarks.append(said)
    if problem is not None:
        return Row(number, (), problem)
    while len(cells) > len(header) and not clean(cells[-1]):
        cells.pop()
    if len(cells) != len(header):
        counted = {"cells": len(cells), "columns": len(header)}
        filled = sum(map(bool, map(clean, cells)))
        if how.exact or len(cells) > len(header) or (filled < 2 and len(header) > 3):
            return Row(number, (), Problem("import_row_ragged", "row", counted))
        remarks.append(Problem("import_row_short", "row", counted))
    texts = tuple(map(unguarded, cells))
    if len(header) > 1 and tuple(map(fold, texts)) == tuple(map(fold, header)):
        return Row(number, (), Problem("import_header_again", "row", {}))
    return Row(number, texts, None, tuple(remarks))


def _of_workbook(path: Path, knows: Knows, how: How) -> Table:
    book = xlsx_reading.read_workbook(path, how.sheet, MAX_ROWS + _TITLES, MAX_COLUMNS)
    if not book.rows:
        raise refuse("import_empty", "file", file=path.name)
    at = _header_at([[str(cell) for cell in cells] for _, cells in book.rows[:_TITLES]], knows)
    line, names = book.rows[at]
    header = _header(names)
    if len(book.rows) - at - 1 > MAX_ROWS:
        raise refuse("import_too_many_rows", "file", limit=MAX_ROWS)
    rows = tuple(_sheet_row(number, cells, header) for number, cells in book.rows[at + 1 :])
    return Table(header, line, rows, "utf-8", book.sheet, book.others, book.epoch)


def _sheet_row(number: int, cells: Sequence[Cell], header: Sequence[str]) -> Row:
    if tuple(fold(str(cell)) for cell in cells) == tuple(map(fold, header)):
        return Row(number, (), Problem("import_header_again", "row", {}))
    beyond = [str(cell) for cell in cells[len(header) :] if cell]
    remarks = (Problem("import_cell_beyond", "row", {"text": clean(beyond[0])[:40]}),) if beyond else ()
    return Row(number, tuple(cells[: len(header)]), None, remarks)
