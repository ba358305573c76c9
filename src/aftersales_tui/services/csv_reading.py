"""A table of other people's data as rows of text: any usual encoding, any dirt, within limits."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aftersales_tui.domain.errors import Problem, refuse
from aftersales_tui.domain.text import clean

MAX_BYTES = 50_000_000
MAX_ROWS = 50_000
MAX_COLUMNS = 100
_DELIMITERS = (",", ";", "\t")
_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the line it begins in, counted from 1, and its cells by column, or why they are none."""

    number: int
    cells: Mapping[str, str]
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as rows, and the encoding it was read in."""

    lines: tuple[Line, ...]
    encoding: str


def read_sheet(path: Path, required: Sequence[str]) -> Sheet:
    """The rows of a CSV file whose first row names at least the ``required`` columns.

    A row that is no row of the table comes with its ``problem``: ``import_row_ragged``,
    ``import_quote_misplaced``, ``import_quote_open``. Raises ``Refused`` for the file as a whole:
    ``import_file_missing``, ``import_file_unreadable``, ``import_file_too_large``,
    ``import_encoding_unknown``, ``import_empty``, ``import_header_unknown``,
    ``import_too_many_columns``, ``import_too_many_rows``.
    """
    text, encoding = _decoded(_content(path), path)
    with _long_cells():
        delimiter = _delimiter(text, required)
        rows = _rows(text, delimiter)
        first = next(rows, None)
        if first is None:
            raise refuse("import_empty", "file", file=path.name)
        columns = [clean(cell).casefold() for cell in first[1]]
        _check_header(columns, required, path)
        lines: list[Line] = []
        for number, cells, problem in rows:
            if len(lines) == MAX_ROWS:
                raise refuse("import_too_many_rows", "file", limit=MAX_ROWS)
            lines.append(_line(number, cells, problem, columns))
    return Sheet(tuple(lines), encoding)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise refuse("import_file_too_large", "file", file=path.name, limit=MAX_BYTES // 1_000_000)
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise refuse("import_file_missing", "file", file=str(path)) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise refuse("import_file_unreadable", "file", file=str(path), reason=reason) from error


def _decoded(content: bytes, path: Path) -> tuple[str, str]:
    marked = next((name for mark, name in _BYTE_ORDER_MARKS.items() if content.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            return content.decode(encoding), encoding.removesuffix("-sig")
        except UnicodeDecodeError:
            continue
    raise refuse("import_encoding_unknown", "file", file=path.name)


@contextmanager
def _long_cells() -> Iterator[None]:
    """Lets the csv module read any cell; what is too long is rejected by its row, not by a crash."""
    before = csv.field_size_limit(MAX_BYTES)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _delimiter(text: str, required: Sequence[str]) -> str:
    """The delimiter under which the first row names most of the required columns."""

    def named(delimiter: str) -> int:
        first = next(_rows(text, delimiter), None)
        return len({clean(cell).casefold() for cell in first[1]} & set(required)) if first else 0

    return max(_DELIMITERS, key=named)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str], Problem | None]]:
    """Every row that is not blank: where it begins, its cells, and what is wrong with its quoting."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            code = "import_quote_open" if "end of data" in str(error) else "import_quote_misplaced"
            yield begins, [], Problem(code, "row", {})
            continue
        if cells:
            yield begins, cells, None


def _check_header(columns: Sequence[str], required: Sequence[str], path: Path) -> None:
    if len(columns) > MAX_COLUMNS:
        raise refuse("import_too_many_columns", "file", limit=MAX_COLUMNS)
    missing = [column for column in required if column not in columns]
    if missing:
        raise refuse("import_header_unknown", "file", file=path.name, missing=", ".join(missing))


def _line(number: int, cells: list[str], problem: Problem | None, columns: Sequence[str]) -> Line:
    while len(cells) > len(columns) and not clean(cells[-1]):
        cells.pop()
    if problem is None and len(cells) != len(columns):
        problem = Problem("import_row_ragged", "row", {"cells": len(cells), "columns": len(columns)})
    if problem is not None:
        return Line(number, {}, problem)
    return Line(number, dict(zip(columns, cells, strict=True)))
