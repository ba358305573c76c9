"""Products and devices; a device is one serialised unit, its service card (DEV-1 … DEV-5)."""

from datetime import date, datetime

from sqlmodel import Field

from aftersales_tui.domain.words import Proof
from aftersales_tui.store.types import Record, word


class Product(Record, table=True):
    """A model of a maker."""

    id: int | None = Field(default=None, primary_key=True)
    brand: str = ""
    model: str = ""
    category: str = "other"
    folded: str = ""
    version: int = 1


class Device(Record, table=True):
    """One unit: whose, which serial, and the dates a warranty can start from."""

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int | None = Field(default=None, foreign_key="customer.id")
    product_id: int = Field(foreign_key="product.id")
    serial: str = ""
    serial_folded: str = ""
    sold_on: date | None = None
    invoiced_on: date | None = None
    delivered_on: date | None = None
    installed_on: date | None = None
    accepted_on: date | None = None
    produced_on: date | None = None
    invoice_no: str = ""
    proof: Proof = word(Proof, default=Proof.TOLD)
    seller: str = ""
    place: str = ""
    notes: str = ""
    created_at: datetime
    created_by: int | None = Field(default=None, foreign_key="staff.id")
    version: int = 1
