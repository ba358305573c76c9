"""Devices (service cards) and products as they are handed in and shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from aftersales_tui.domain.words import Proof

if TYPE_CHECKING:
    from aftersales_tui.domain.verdicts import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDevice:
    """A device to put on file."""

    customer_id: int | None = None
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
    proof: Proof = Proof.TOLD
    seller: str = ""
    place: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductView:
    """A model of a maker."""

    id: int
    brand: str
    model: str
    category: str

    @property
    def title(self) -> str:
        """Brand and model in one."""
        return f"{self.brand} {self.model}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceView:
    """One unit on file; ``verdict`` is filled where a screen or command asks for it."""

    id: int
    version: int
    customer_id: int | None
    customer_name: str
    product_id: int
    brand: str
    model: str
    category: str
    serial: str
    sold_on: date | None
    invoiced_on: date | None
    delivered_on: date | None
    installed_on: date | None
    accepted_on: date | None
    produced_on: date | None
    invoice_no: str
    proof: Proof
    seller: str
    place: str
    notes: str
    verdict: Verdict | None = None
    last_job_number: int | None = None
    last_job_id: int | None = None
    open_job_id: int | None = None

    @property
    def title(self) -> str:
        """Brand and model in one."""
        return f"{self.brand} {self.model}".strip()
