"""Jobs: the work orders, with the repair record (REP-2) on them."""

from datetime import date, datetime

from sqlmodel import Field

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
from aftersales_tui.store.types import Record, word


class Job(Record, table=True):
    """One work order from its opening to hand-over, settlement or cancellation."""

    id: int | None = Field(default=None, primary_key=True)
    number: int
    call_id: int | None = Field(default=None, foreign_key="call.id")
    customer_id: int | None = Field(default=None, foreign_key="customer.id")
    device_id: int | None = Field(default=None, foreign_key="device.id")
    product_id: int | None = Field(default=None, foreign_key="product.id")
    verdict_id: int | None = Field(default=None, foreign_key="verdict.id")
    rework_of: int | None = Field(default=None, foreign_key="job.id")
    status: JobStatus = word(JobStatus)
    outcome: Outcome | None = word(Outcome, default=None, nullable=True)
    coverage: Coverage | None = word(Coverage, default=None, nullable=True)
    place: Place = word(Place, default=Place.WORKSHOP)
    service_kind: ServiceKind = word(ServiceKind, default=ServiceKind.PAID)
    urgency: Urgency = word(Urgency, default=Urgency.P3)
    wish: Wish = word(Wish, default=Wish.REPAIR)
    fault: str = ""
    intake: str = ""
    shelf: str = ""
    assigned_to: int | None = Field(default=None, foreign_key="staff.id")
    appointment_at: datetime | None = None
    promised_for: date | None = None
    opened_at: datetime
    opened_by: int | None = Field(default=None, foreign_key="staff.id")
    device_here: bool = False
    taken_in_at: datetime | None = None
    resume_to: JobStatus | None = word(JobStatus, default=None, nullable=True)
    waiting_since: datetime | None = None
    wait_note: str = ""
    wait_until: date | None = None
    finding: str = ""
    cause: str = ""
    caused_by: CausedBy = word(CausedBy, default=CausedBy.NOT_KNOWN)
    action: str = ""
    parts_used: str = ""
    minutes: int | None = None
    checks: str = ""
    advice: str = ""
    test_passed: bool = False
    ready_at: datetime | None = None
    first_ready_at: datetime | None = None
    informed_at: datetime | None = None
    informed_by: int | None = Field(default=None, foreign_key="staff.id")
    informed_channel: InformedBy | None = word(InformedBy, default=None, nullable=True)
    closed_at: datetime | None = None
    closed_by: int | None = Field(default=None, foreign_key="staff.id")
    completed_on: date | None = None
    status_before_closing: JobStatus | None = word(JobStatus, default=None, nullable=True)
    outcome_before_closing: Outcome | None = word(Outcome, default=None, nullable=True)
    imported_from: str | None = None
    imported_ref: str | None = None
    version: int = 1
