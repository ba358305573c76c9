"""CSV as rows of text: any usual encoding, any dirt; a row that is none costs itself only."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from aftersales_tui.domain.errors import Problem, refuse
from aftersales_tui.domain.text import clean, excerpt

DELIMITERS = (",", ";", "\t", "|")
ELSEWHERE = "cp1252"
"""What a file is probably written in where nobody writes Chinese, when it is not UTF-8."""
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_FEW = 0.1
"""Up to this share of lines in other letters, the file is mixed; beyond it was guessed wrong."""
_A_LIST = 5
"""Lines from which one that cannot be read is a slip, not the file."""
_MOST_RESUMED = 1_000
_MOST_CELLS = 1_000
"""Cells of a row that are looked at; with so many it is none of any table."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file as text, and the lines, counted from 1, whose letters had to be read otherwise or could not."""

    text: str
    encoding: str
    lines: Mapping[int, Problem]


def decoded(content: bytes, file: str, *, told: str = "", chinese: bool = True) -> Decoded:
    """The text of a file. Raises ``Refused``: ``import_encoding_unknown``, ``import_encoding_wrong``."""
    if told:
        return Decoded(*_as_told(content, file, told), {})
    if marked := next((name for mark, name in _MARKS.items() if content.startswith(mark)), ""):
        text = _strictly(content, marked)
        if text is None and marked == "utf-16":
            raise refuse("import_encoding_unknown", "file", file=file)
        if text is None:
            return _mixed(content[3:], "utf-8", file, chinese)
        return Decoded(text, marked.removesuffix("-sig"), {})
    if wide := _without_mark(content[:4096]):
        text = _strictly(content, wide)
        if text is not None:
            return Decoded(text, "utf-16", {})
    if (text := _strictly(content, "utf-8")) is not None:
        return Decoded(text, "utf-8", {})
    lines = [line for line in content.split(b"\n") if not line.isascii()]
    odd = sum(_strictly(line, "utf-8") is None for line in lines)
    if odd <= _FEW * len(lines):
        return _mixed(content, "utf-8", file, chinese)
    encoding = "gb18030" if chinese or _strictly(content, "gb2312") is not None else ELSEWHERE
    return _mixed(content, encoding, file, chinese)


def _as_told(content: bytes, file: str, told: str) -> tuple[str, str]:
    try:
        name = codecs.lookup(clean(told)).name
        return content.decode(name).removeprefix("\ufeff"), name
    except (LookupError, ValueError, TypeError, AttributeError) as error:
        raise refuse("import_encoding_wrong", "encoding", file=file, encoding=excerpt(told)) from error


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _without_mark(start: bytes) -> str:
    """UTF-16 that does not say so: every other byte of plain letters is zero."""
    high, low = start[::2].count(0), start[1::2].count(0)
    if max(high, low) * 8 > len(start):
        if high * 4 < low:
            return "utf-16-le"
        if low * 4 < high:
            return "utf-16-be"
    return ""


def _mixed(content: bytes, encoding: str, file: str, chinese: bool) -> Decoded:
    """The text line by line: what the encoding cannot read is tried in another one, and said."""
    if (text := _strictly(content, encoding)) is not None:
        return Decoded(text, encoding, {})
    other = "utf-8" if encoding != "utf-8" else "gb18030" if chinese else ELSEWHERE
    texts: list[str] = []
    said: dict[int, Problem] = {}
    lines = content.split(b"\n")
    for number, line in enumerate(lines, start=1):
        text = _strictly(line, encoding)
        if text is None and (text := _strictly(line, other)) is not None:
            said[number] = Problem("import_line_encoding", "row", {"encoding": other})
        elif text is None:
            text = line.decode(encoding, "replace")
            said[number] = Problem("import_letters_unreadable", "row", {})
        texts.append(text)
    unreadable = sum(problem.code == "import_letters_unreadable" for problem in said.values())
    if unreadable > _FEW * len(lines) and (unreadable > 1 or len(lines) < _A_LIST):
        raise refuse("import_encoding_unknown", "file", file=file)
    return Decoded("\n".join(texts), encoding, said)


@contextmanager
def long_cells(most: int) -> Iterator[None]:
    """Lets the csv module read any cell; what is too long is rejected by its row, not by a crash."""
    before = csv.field_size_limit(most)
    try:
        yield
    finally:
        csv.field_size_limit(before)


class Rows:
    """Every row that is not blank: the line it begins in, its cells, and what is wrong with its quoting.

    Once ``width`` is known, a row of several lines that does not have it was a stray quotation mark:
    its first line is given as a problem and reading goes on in the next line.
    """

    def __init__(self, text: str, delimiter: str) -> None:
        self.width = 0
        self._lines = list(io.StringIO(text, newline=""))
        self._delimiter = delimiter
        self._resumed = 0

    def __iter__(self) -> Iterator[tuple[int, list[str], Problem | None]]:
        base, reader = 0, self._reader(0)
        while True:
            begins = base + reader.line_num
            try:
                cells = next(reader)[:_MOST_CELLS]
                problem = None
            except StopIteration:
                return
            except csv.Error as error:
                code = "import_quote_open" if "end of data" in str(error) else "import_quote_misplaced"
                cells, problem = [], Problem(code, "row", {})
            several = base + reader.line_num - begins > 1
            if several and problem is None and self._misses(cells):
                cells, problem = [], Problem("import_quote_open", "row", {})
            if problem is not None and several and self._resumed < _MOST_RESUMED:
                self._resumed += 1
                base, reader = begins + 1, self._reader(begins + 1)
            if problem is not None or any(cell and clean(cell) for cell in cells):
                yield begins + 1, cells, problem

    def _reader(self, start: int) -> Any:
        return csv.reader(self._lines[start:], delimiter=self._delimiter, strict=True)

    def _misses(self, cells: Sequence[str]) -> bool:
        if not self.width:
            return False
        return len(cells) * 2 < self.width or any(map(clean, cells[self.width :]))
