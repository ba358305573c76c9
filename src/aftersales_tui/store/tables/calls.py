"""The call register (CALL-2, CALL-5) and the verdicts judged for its calls."""

from datetime import date, datetime

from sqlmodel import Field

from aftersales_tui.domain.words import (
    AsBefore,
    CallKind,
    CallStatus,
    Cause,
    Channel,
    Coverage,
    Place,
    Resolution,
    Urgency,
    Wish,
)
from aftersales_tui.store.types import Record, word


class Call(Record, table=True):
    """One call, letter or visit: who, which device, what is wrong, how it ended."""

    id: int | None = Field(default=None, primary_key=True)
    number: int
    at: datetime
    taken_by: int = Field(foreign_key="staff.id")
    kind: CallKind = word(CallKind)
    channel: Channel = word(Channel)
    customer_id: int | None = Field(default=None, foreign_key="customer.id")
    device_id: int | None = Field(default=None, foreign_key="device.id")
    caller_name: str = ""
    caller_phone: str = ""
    fault: str = ""
    as_before: AsBefore = word(AsBefore, default=AsBefore.NOT_ASKED)
    as_before_job_id: int | None = Field(default=None, foreign_key="job.id")
    cause: Cause = word(Cause, default=Cause.NOT_KNOWN)
    wish: Wish = word(Wish, default=Wish.REPAIR)
    urgency: Urgency = word(Urgency, default=Urgency.P3)
    place: Place = word(Place, default=Place.WORKSHOP)
    status: CallStatus = word(CallStatus)
    resolution: Resolution | None = word(Resolution, default=None, nullable=True)
    promised_call_back: datetime | None = None
    closed_at: datetime | None = None
    closed_by: int | None = Field(default=None, foreign_key="staff.id")
    version: int = 1


class VerdictRow(Record, table=True):
    """A verdict exactly as it was judged, with the policy version it rests on (WAR-12)."""

    __tablename__ = "verdict"

    id: int | None = Field(default=None, primary_key=True)
    call_id: int | None = Field(default=None, foreign_key="call.id")
    device_id: int | None = Field(default=None, foreign_key="device.id")
    judged_at: datetime
    as_of: date
    coverage: Coverage = word(Coverage)
    policy: str = ""
    policy_version: str = ""
    judged: str
