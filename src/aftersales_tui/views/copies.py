"""Copies of the shop file: what is in one, what was made, what was put back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from aftersales_tui.domain.copies import CopyReason, SumState
from aftersales_tui.domain.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyView:
    """One copy of the shop file among the others."""

    file: Path
    number: int
    at: datetime
    """By the clock of that moment."""
    reason: CopyReason
    size: int
    checksum: SumState = SumState.UNREAD


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyContent:
    """What is in a copy, read from it."""

    file: Path
    size: int
    sha256: str
    checksum: SumState
    shop: str
    schema: int
    newest_event: datetime | None
    counts: Mapping[str, int]
    """Rows of the main tables, by table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyMade:
    """A copy that was made and verified."""

    file: Path
    sha256: str
    size: int
    counts: Mapping[str, int]
    left_undone: tuple[Problem, ...] = ()
    """Why the second folder did not get it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PutBack:
    """A copy that was put into the shop file."""

    file: Path
    content: CopyContent
    put_aside: Path | None
    """The verified copy of what was there before; None where that could not be read, or was not there."""
    moved_aside: Path | None
    """The broken file that was there before."""
