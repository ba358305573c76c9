"""Rows of a history: what happened to a customer or a device, newest first; and single events."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from aftersales_tui.domain.words import RecordKind


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One call, job or follow-up in a history."""

    kind: RecordKind
    id: int
    number: int | None
    at: datetime
    product: str
    text: str
    status: str
    result: str
    """Code of outcome, resolution or satisfaction; empty while open."""
    coverage: str = ""
    device_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """One event: who did what, when, with what before and after."""

    id: int
    at: datetime
    who: str
    record_kind: RecordKind
    record_id: int
    what: str
    data: Mapping[str, object]
    status: str = ""
    """The status a job came to; it is still known when the data is forgotten."""
    erased_at: datetime | None = None
    """When its data was forgotten, if it was."""
    erased_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage:
    """Some events of a record, newest first, out of all."""

    events: tuple[EventView, ...]
    total: int
    first: int
    """Which of all the newest one here is, from 1."""
    older: int | None
    """What to ask for to get the next page; None when there is nothing older."""
