"""Jobs as lists and screens show them, and what the steps hand in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from aftersales_tui.domain.words import (
    CausedBy,
    Coverage,
    InformedBy,
    JobStatus,
    Outcome,
    Place,
    ServiceKind,
    Urgency,
    Wish,
)
from aftersales_tui.domain.workflow import UNFINISHED, JobState, Step, next_step
from aftersales_tui.views.history import EventView, HistoryRow

if TYPE_CHECKING:
    from aftersales_tui.domain.overrides import Override
    from aftersales_tui.domain.verdicts import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRow:
    """One job in a list."""

    id: int
    version: int
    number: int
    status: JobStatus
    outcome: Outcome | None
    coverage: Coverage | None
    customer_id: int | None
    customer_name: str
    phone: str
    device_id: int | None
    brand: str
    model: str
    category: str
    fault: str
    urgency: Urgency
    wish: Wish
    place: Place
    assigned_to: int | None
    assigned_name: str
    appointment_at: datetime | None
    promised_for: date | None
    opened_at: datetime
    device_here: bool
    resume_to: JobStatus | None
    waiting_since: datetime | None
    wait_note: str
    wait_until: date | None
    test_passed: bool
    ready_at: datetime | None
    informed_at: datetime | None
    completed_on: date | None
    shelf: str

    @property
    def product(self) -> str:
        """Brand and model in one."""
        return f"{self.brand} {self.model}".strip()

    @property
    def state(self) -> JobState:
        """What the status machine has to know."""
        return JobState(
            status=self.status,
            place=self.place,
            device_here=self.device_here,
            resume_to=self.resume_to,
            test_passed=self.test_passed,
            outcome=self.outcome,
        )

    @property
    def next_step(self) -> Step | None:
        """The obvious next thing to do."""
        return next_step(self.state)

    def is_late(self, today: date) -> bool:
        """Past ``promised_for`` and not yet ready."""
        return self.promised_for is not None and self.promised_for < today and self.status in UNFINISHED


@dataclass(frozen=True, slots=True, kw_only=True)
class JobView(JobRow):
    """One job in full."""

    call_id: int | None
    call_number: int | None
    product_id: int | None
    rework_of: int | None
    rework_of_number: int | None
    service_kind: ServiceKind
    serial: str
    intake: str
    opened_by: str
    taken_in_at: datetime | None
    finding: str
    cause: str
    caused_by: CausedBy
    action: str
    parts_used: str
    minutes: int | None
    checks: str
    advice: str
    first_ready_at: datetime | None
    informed_by: str
    informed_channel: InformedBy | None
    closed_at: datetime | None
    closed_by: str
    imported_from: str | None
    imported_ref: str | None
    verdict: Verdict | None = None
    override: Override | None = None
    """What the owner decided beside the verdict; ``coverage`` follows it."""
    address: str = ""
    notes: str = ""
    """The customer's notes."""
    history: tuple[HistoryRow, ...] = ()
    """This unit before."""
    events: tuple[EventView, ...] = ()
    similar: tuple[SimilarRepair, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarRepair:
    """A recorded repair of the same model or of the same words."""

    id: int
    number: int
    product: str
    fault: str
    action: str
    outcome: Outcome | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairRecord:
    """What the technician writes after the work: phenomenon, cause, measures (REP-2)."""

    outcome: Outcome
    finding: str = ""
    cause: str = ""
    caused_by: CausedBy | None = None
    action: str = ""
    parts_used: str = ""
    minutes: int | None = None
    checks: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchBoard:
    """The four lists of the bench, most urgent first."""

    mine: tuple[JobRow, ...]
    unassigned: tuple[JobRow, ...]
    waiting: tuple[JobRow, ...]
    late: tuple[JobRow, ...]
    counts: tuple[int, int, int, int]
    """How many each list has in all; the lists themselves are cut at 200."""
    mine_late: int = 0
