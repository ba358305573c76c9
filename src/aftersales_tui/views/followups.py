"""Follow-ups as due lists, call sheets and answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from aftersales_tui.domain.words import (
    Coverage,
    FollowUpKind,
    FollowUpStatus,
    Outcome,
    Reached,
    Satisfaction,
    Solved,
)
from aftersales_tui.views.history import EventView, HistoryRow


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpRow:
    """One follow-up in a list."""

    id: int
    version: int
    number: int
    kind: FollowUpKind
    status: FollowUpStatus
    due_on: date
    due_at: datetime | None
    attempts: int
    customer_id: int | None
    customer_name: str
    phone: str
    job_id: int | None
    job_number: int | None
    call_id: int | None
    call_number: int | None
    product: str
    outcome: Outcome | None
    fault: str

    def is_late(self, today: date, now: datetime) -> bool:
        """Past its moment where it has one, else past its day."""
        if self.due_at is not None:
            return self.due_at < now
        return self.due_on < today


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpView(FollowUpRow):
    """One follow-up in full: the call sheet."""

    reached: Reached | None
    solved: Solved | None
    quality: Satisfaction | None
    attitude: Satisfaction | None
    overall: Satisfaction | None
    score: int | None
    opinion: str
    promised: str
    promised_by: date | None
    lead: bool
    recorded_at: datetime | None
    recorded_by: str
    customer_notes: str = ""
    work: str = ""
    technician: str = ""
    handed_over_on: date | None = None
    promised_for: date | None = None
    first_ready_at: datetime | None = None
    earlier: tuple[EventView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallSheet:
    """What the person who calls has in front of them."""

    follow_up: FollowUpView
    shop_name: str
    coverage: Coverage | None
    """The verdict the job was done under."""
    test_passed: bool
    earlier: tuple[HistoryRow, ...]
    """What this customer answered before, newest first."""
    again: Mapping[Reached, datetime]
    """When to call again, shop-local, by why nobody could be asked."""
    owners: tuple[str, ...]
    """Who is told when a customer is not happy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpAnswer:
    """What came of the call. Not reached means: it stays due, at ``again_at`` when given."""

    reached: Reached
    solved: Solved | None = None
    quality: Satisfaction | None = None
    attitude: Satisfaction | None = None
    overall: Satisfaction | None = None
    opinion: str = ""
    promised: str = ""
    promised_by: date | None = None
    lead: bool = False
    again_at: datetime | None = None
