"""Calls as the form hands them in and as the register shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from aftersales_tui.domain.words import (
    AsBefore,
    CallKind,
    CallStatus,
    Cause,
    Channel,
    Place,
    Proof,
    Resolution,
    Urgency,
    Wish,
)
from aftersales_tui.views.jobs import JobView

if TYPE_CHECKING:
    from aftersales_tui.domain.overrides import Override
    from aftersales_tui.domain.verdicts import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCall:
    """What is known when a call is logged. Every field may be empty: a call can always be saved (CALL-8).

    ``customer_id`` and ``device_id`` win over what is typed beside them; without them a known
    phone with the same name, or a known serial, is found on file.
    """

    kind: CallKind = CallKind.REPAIR
    channel: Channel = Channel.PHONE
    customer_id: int | None = None
    phone: str = ""
    name: str = ""
    region: str = ""
    address: str = ""
    email: str = ""
    device_id: int | None = None
    brand: str = ""
    model: str = ""
    category: str = ""
    serial: str = ""
    sold_on: date | None = None
    invoiced_on: date | None = None
    delivered_on: date | None = None
    installed_on: date | None = None
    accepted_on: date | None = None
    produced_on: date | None = None
    invoice_no: str = ""
    proof: Proof | None = None
    seller: str = ""
    fault: str = ""
    as_before: AsBefore = AsBefore.NOT_ASKED
    as_before_job_id: int | None = None
    cause: Cause = Cause.NOT_KNOWN
    wish: Wish = Wish.REPAIR
    urgency: Urgency = Urgency.P3
    place: Place = Place.WORKSHOP
    call_back_at: datetime | None = None
    """A call-back promised to the caller (CALL-14)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenJob:
    """How a job is opened from a call; what is empty is proposed by the shop."""

    in_hand: bool | None = None
    assigned_to: int | None = None
    promised_for: date | None = None
    intake: str = ""
    shelf: str = ""
    rework_of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallView:
    """One entry of the call register."""

    id: int
    version: int
    number: int
    at: datetime
    taken_by: str
    kind: CallKind
    channel: Channel
    customer_id: int | None
    customer_name: str
    caller_name: str
    phone: str
    region: str
    address: str
    device_id: int | None
    brand: str
    model: str
    category: str
    serial: str
    date_known: bool
    fault: str
    as_before: AsBefore
    as_before_job_id: int | None
    cause: Cause
    wish: Wish
    urgency: Urgency
    place: Place
    status: CallStatus
    resolution: Resolution | None
    promised_call_back: datetime | None
    closed_at: datetime | None
    closed_by: str
    missing: tuple[str, ...] = ()
    verdict: Verdict | None = None
    override: Override | None = None
    """What the owner decided beside the verdict."""
    job_numbers: tuple[int, ...] = ()

    @property
    def who(self) -> str:
        """The customer's name, else the caller's, else the phone."""
        return self.customer_name or self.caller_name or self.phone

    @property
    def product(self) -> str:
        """Brand and model in one."""
        return f"{self.brand} {self.model}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLogged:
    """What logging a call made."""

    call: CallView
    job: JobView | None
    verdict: Verdict | None
    follow_up_number: int | None = None
    warnings: tuple[str, ...] = ()
    """Codes of what the clerk should know: ``same_phone``, ``serial_other_customer`` …"""
