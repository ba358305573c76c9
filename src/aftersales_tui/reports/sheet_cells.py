"""What leaves for a spreadsheet: cleaned, and never a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from aftersales_tui.domain.text import clean

_BEGINS_A_FORMULA = ("=", "+", "-", "@")


def cell(value: object) -> object:
    """A number as it is, nothing as an empty cell, a text cleaned and with ``'`` before a formula's sign."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    text = clean(value)
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """The rows as CSV with one line end everywhere."""
    paper = StringIO()
    writer = csv.writer(paper, lineterminator="\n")
    writer.writerows([cell(value) for value in row] for row in rows)
    return paper.getvalue()
