"""Customers and their phones (CUST-1, CUST-2)."""

from datetime import datetime

from sqlmodel import Field

from aftersales_tui.store.types import Record


class Customer(Record, table=True):
    """A person or a company whose devices the shop serves."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = ""
    region: str = ""
    address: str = ""
    email: str = ""
    price_group: str = ""
    notes: str = ""
    merged_into: int | None = Field(default=None, foreign_key="customer.id")
    erased_at: datetime | None = None
    """When the person was forgotten; the name is the number of the file since."""
    created_at: datetime
    created_by: int | None = Field(default=None, foreign_key="staff.id")
    version: int = 1


class CustomerPhone(Record, table=True):
    """One phone of a customer: as typed, and as numbers to find it by."""

    __tablename__ = "customer_phone"

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    position: int = 0
    raw: str
    e164: str = ""
    digits: str = ""
    extension: str = ""
    label: str = ""
