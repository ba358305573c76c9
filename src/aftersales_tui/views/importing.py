"""What came of bringing other people's data in."""

from dataclasses import dataclass

from aftersales_tui.domain.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedRow:
    """A row that stayed outside: the line of the file it begins in, counted from 1, and why."""

    line: int
    reason: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What is to be said of a row that was not rejected: its line and what was left out, kept or guessed."""

    line: int
    said: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnUse:
    """A column of the file: its header, the stored field it fills (empty: none), and why it does."""

    header: str
    field: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """Every row of the file: brought in, skipped because it is on file already, or rejected.

    The three counts add up to ``rows``. After a dry run ``imported`` counts what would come in.
    """

    rows: int
    imported: int
    skipped: int
    rejected: tuple[RejectedRow, ...]
    encoding: str = "utf-8"
    """How the bytes were read; anything but ``utf-8`` was a guess worth telling."""
    updated: int = 0
    """How many of the imported rows completed or changed what was on file already."""
    columns: tuple[ColumnUse, ...] = ()
    remarks: tuple[Remark, ...] = ()
    warnings: tuple[Problem, ...] = ()
    """What is to be said of the file as a whole."""
    sheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HowToImport:
    """What is said about a file of customers or devices; empty means: find out."""

    maps: tuple[str, ...] = ()
    """``COL=FIELD`` each."""
    sheet: str = ""
    encoding: str = ""
    dates: str = ""
    """``dmy`` or ``mdy``: the order of the numbers in days such as 3/9/2025."""
    overwrite: bool = False
    """Whether the file is right where a filled field differs."""
    dry_run: bool = False
    file: str = ""
