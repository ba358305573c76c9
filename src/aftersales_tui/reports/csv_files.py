"""Tables as CSV that a spreadsheet opens without running anything (trust: formulas)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from aftersales_tui.domain.text import clean

_DANGEROUS = "=+-@\t\r\n＝＋－＠"
_HARMLESS = re.compile(r"[+\-]?[0-9]+(?:[.,][0-9]+)*%?|\+[0-9]+(?: [0-9]+)*")
_GUARD = "'"


def safe_cell(value: object) -> str:
    """A value as a CSV cell: a text that a spreadsheet would take for a formula gets an apostrophe in front.

    Plain numbers and phone numbers such as ``+86 138 …`` stay as they are; one with dashes would be
    reckoned out. A text that looks guarded already gets one more, so that it comes back as it was.
    """
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    text = clean(str(value), lines=True)
    return _GUARD + text if _would_run(text.lstrip(_GUARD)) else text


def unguarded(cell: str) -> str:
    """A cell without the apostrophe that ``safe_cell`` put in front of it; any other stays."""
    guarded = cell.startswith(_GUARD) and _would_run(cell.lstrip(_GUARD))
    return cell.removeprefix(_GUARD) if guarded else cell


def _would_run(text: str) -> bool:
    """Whether a spreadsheet would reckon with the text instead of showing it."""
    return text[:1] != "" and text[0] in _DANGEROUS and not _HARMLESS.fullmatch(text)


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV text with its header."""
    paper = io.StringIO()
    writer = csv.writer(paper, lineterminator="\n")
    writer.writerow([safe_cell(column) for column in columns])
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return paper.getvalue()
