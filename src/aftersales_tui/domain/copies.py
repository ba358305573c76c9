"""Which copies of the shop file are kept: hours, days, weeks and months within a budget."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import zip_longest


class CopyReason(StrEnum):
    """Why a copy was made; the code stands in the name of its file."""

    ASKED = "asked"
    CLOSING = "closing"
    DAILY = "daily"
    BEFORE_MIGRATION = "before-migration"
    BEFORE_RESTORE = "before-restore"
    BEFORE_IMPORT = "before-import"
    BEFORE_REPAIR = "before-repair"


class SumState(StrEnum):
    """What the checksum beside a copy says."""

    RIGHT = "right"
    WRONG = "wrong"
    """The file is not the one that was verified when it was made."""
    MISSING = "missing"
    UNREAD = "unread"
    """Nobody has looked yet."""


SAFETY = frozenset(
    {
        CopyReason.ASKED, CopyReason.BEFORE_MIGRATION, CopyReason.BEFORE_RESTORE, CopyReason.BEFORE_IMPORT,
        CopyReason.BEFORE_REPAIR,
    }
)  # fmt: skip
"""Copies that somebody counts on: they asked for one, or something can be undone with it."""


@dataclass(frozen=True, slots=True)
class CopyMark:
    """What the keeping goes by. ``number`` says the order; the time may come from a clock that was wrong."""

    number: int
    at: datetime
    reason: CopyReason
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Budget:
    """The newest copy of so many hours, days, weeks and months in which one was made, and their size."""

    hours: int = 48
    days: int = 14
    weeks: int = 8
    months: int = 24
    safety: int = 6
    """So many of the newest copies that somebody counts on."""
    megabytes: int = 2000


def kept(copies: Iterable[CopyMark], budget: Budget) -> frozenset[int]:
    """The numbers of the copies that stay; the others may go.

    The newest always stays, even where it alone is larger than the budget. Periods are counted by the
    copies there are and never from a clock, so that one stamp of the year 2099 costs one copy of each
    kind and no more. Where the size does not suffice for all, the newest of every kind come first: what
    is left is spread over the time as widely as before.
    """
    newest_first = sorted(copies, key=lambda copy: copy.number, reverse=True)
    if not newest_first:
        return frozenset()
    left = budget.megabytes * 1_000_000 - newest_first[0].size
    staying = {newest_first[0].number}
    for copy in _in_turn(newest_first, budget):
        if copy.number in staying:
            continue
        left -= copy.size
        if left < 0:
            break
        staying.add(copy.number)
    return frozenset(staying)


def _in_turn(newest_first: Sequence[CopyMark], budget: Budget) -> Iterable[CopyMark]:
    """The newest of each kind, then the second of each, and so on."""
    safety = [copy for copy in newest_first if copy.reason in SAFETY][: budget.safety]
    periods = (
        (budget.hours, lambda at: (at.date(), at.hour)),
        (budget.days, lambda at: at.date()),
        (budget.weeks, lambda at: at.isocalendar()[:2]),
        (budget.months, lambda at: (at.year, at.month)),
    )
    lists = [safety]
    for most, period in periods:
        first_of: dict[object, CopyMark] = {}
        for copy in newest_first:
            first_of.setdefault(period(copy.at), copy)
        lists.append(list(first_of.values())[:most])
    return (copy for turn in zip_longest(*lists) for copy in turn if copy is not None)
