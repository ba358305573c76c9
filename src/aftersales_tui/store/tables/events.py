"""The append-only account of who did what to which record, and the end of its chain."""

from datetime import datetime

from sqlmodel import Field

from aftersales_tui.domain.words import JobStatus, RecordKind
from aftersales_tui.store.types import Record, word


class Event(Record, table=True):
    """One thing somebody did; ordered by id, the time is kept as it was given."""

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    record_kind: RecordKind = word(RecordKind)
    record_id: int
    what: str
    status: JobStatus | None = word(JobStatus, default=None, nullable=True)
    """The status a job came to; it stays when the data is forgotten, because deadlines count from it."""
    data: str | None = None
    """JSON: ``{"before": {…}, "after": {…}, …}``; forgotten together with its salt."""
    salt: bytes | None = None
    digest: bytes
    chain: bytes
    """The link to the event before, see ``store.chain``."""


class EventTail(Record, table=True):
    """The last event of the chain, kept apart so that events cut off its end are missed."""

    __tablename__ = "event_tail"

    one: int = Field(default=1, primary_key=True)
    event_id: int
    chain: bytes
