"""The month in numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from aftersales_tui.domain.words import (
    CallStatus,
    FollowUpStatus,
    JobStatus,
    Outcome,
    RecordKind,
    Resolution,
    Satisfaction,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TechnicianMonth:
    """One technician's month."""

    name: str
    closed: int
    turnaround_days: float | None
    """Median working days from take-in to the first ready."""
    mean_score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthSummary:
    """One month of the shop, counted by completion day."""

    month: str
    to_date: bool
    calls: int
    calls_by_kind: Mapping[str, int]
    calls_by_channel: Mapping[str, int]
    jobs_opened: int
    jobs_closed: int
    jobs_open_at_end: int
    in_warranty: int
    out_of_warranty: int
    goodwill: int
    """Closed jobs that an owner did not charge although no promise asks for it."""
    not_judged: int
    """Closed jobs without a verdict, such as imported history."""
    outcomes: Mapping[str, int]
    closed_as: Mapping[str, int]
    turnaround_median_days: float | None
    turnaround_jobs: int
    follow_ups_due: int
    follow_ups_made: int
    follow_up_rate: float | None
    satisfied: int
    scored: int
    satisfied_share: float | None
    mean_score: float | None
    technicians: tuple[TechnicianMonth, ...]
    weeks: tuple[tuple[str, int, int], ...] = field(default=())
    """ISO week label, jobs opened, jobs closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BehindRow:
    """One call, job or follow-up that a number of the month counts."""

    kind: RecordKind
    id: int
    number: int
    day: date
    """The shop-local day it counts on."""
    who: str
    product: str
    text: str
    """The fault, or what the customer said."""
    result: CallStatus | Resolution | JobStatus | Outcome | Satisfaction | FollowUpStatus | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """What stands behind a number: the newest rows, and how many there are in all."""

    rows: tuple[BehindRow, ...]
    total: int
