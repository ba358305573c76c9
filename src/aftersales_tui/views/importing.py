"""What came of bringing other people's data in."""

from dataclasses import dataclass

from aftersales_tui.domain.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedRow:
    """A row that stayed outside: the line of the file it begins in, counted from 1, and why."""

    line: int
    reason: Problem


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
