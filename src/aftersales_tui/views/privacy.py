"""What is on file about a person, and what becomes of it when they are forgotten."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgetting:
    """What forgetting a customer does, or did: counts by kind of record."""

    customer_id: int
    merged: tuple[int, ...]
    """Files of the same person that were merged into this one."""
    emptied: Mapping[str, int]
    """How many names, phones, texts … go, by ``customer phones devices calls jobs follow_ups``."""
    blacked_out: int
    """Texts about a device that stay, with the person's name or number blacked out."""
    events: int
    """Events whose before and after goes."""
    kept: Mapping[str, int]
    """Records that stay without the person, by ``devices calls jobs follow_ups``."""
    follow_ups_open: tuple[int, ...] = ()
    """Numbers of follow-ups that are still to be recorded; nobody can be called any more."""
    shared_phones: tuple[int, ...] = ()
    """Other customers who have one of the phones: there it stays."""
    elsewhere: tuple[str, ...] = ()
    """Numbers of other people's records whose texts mention one of the phones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten(Forgetting):
    """What was done."""

    drafts: int
    """Half-typed forms that were thrown away."""
    drafts_in_use: int
    """Half-typed forms about the person that somebody has open."""
    rewritten: bool
    """Whether the file was written anew; if not, another seat was reading and bytes may be left in it."""
    copies: tuple[Path, ...]
    """Copies of the shop file that still hold the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """A customer who may be forgotten: nothing is open and nothing happened for long."""

    id: int
    name: str
    last_on: date
    """The shop-local day of the last thing that happened."""
    devices: int
    jobs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """The files that say what is on file about a person."""

    folder: Path
    customer_id: int
    files: tuple[Path, ...]
    rows: Mapping[str, int]
    at: datetime
