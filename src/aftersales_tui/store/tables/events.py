"""The append-only account of who did what to which record."""

from datetime import datetime

from sqlmodel import Field

from aftersales_tui.domain.words import RecordKind
from aftersales_tui.store.types import Record, word


class Event(Record, table=True):
    """One thing somebody did; ordered by id, the time is kept as it was given."""

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    record_kind: RecordKind = word(RecordKind)
    record_id: int
    what: str
    data: str | None = None
    """JSON: ``{"before": {…}, "after": {…}, …}``."""
