"""Follow-ups: the promised call to the customer after the work (CB-1, CB-3, CB-7, CB-8)."""

from datetime import date, datetime

from sqlmodel import Field

from aftersales_tui.domain.words import FollowUpKind, FollowUpStatus, Reached, Satisfaction, Solved
from aftersales_tui.store.types import Record, word


class FollowUp(Record, table=True):
    """One call to make: when it is due, how it went, what the customer said."""

    __tablename__ = "follow_up"

    id: int | None = Field(default=None, primary_key=True)
    number: int
    kind: FollowUpKind = word(FollowUpKind)
    status: FollowUpStatus = word(FollowUpStatus, default=FollowUpStatus.OPEN)
    job_id: int | None = Field(default=None, foreign_key="job.id")
    call_id: int | None = Field(default=None, foreign_key="call.id")
    customer_id: int | None = Field(default=None, foreign_key="customer.id")
    due_on: date
    due_at: datetime | None = None
    first_due_on: date
    attempts: int = 0
    reached: Reached | None = word(Reached, default=None, nullable=True)
    solved: Solved | None = word(Solved, default=None, nullable=True)
    quality: Satisfaction | None = word(Satisfaction, default=None, nullable=True)
    attitude: Satisfaction | None = word(Satisfaction, default=None, nullable=True)
    overall: Satisfaction | None = word(Satisfaction, default=None, nullable=True)
    score: int | None = None
    opinion: str = ""
    promised: str = ""
    promised_by: date | None = None
    lead: bool = False
    recorded_at: datetime | None = None
    recorded_by: int | None = Field(default=None, foreign_key="staff.id")
    version: int = 1
