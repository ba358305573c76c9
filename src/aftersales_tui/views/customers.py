"""Customers as they are handed in and shown."""

from dataclasses import dataclass
from datetime import datetime

from aftersales_tui.views.devices import DeviceView
from aftersales_tui.views.history import HistoryRow


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneView:
    """One phone: as typed and as shown."""

    raw: str
    shown: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCustomer:
    """A customer file to make; ``phones`` as typed, each may end in a label in brackets."""

    name: str = ""
    phones: tuple[str, ...] = ()
    region: str = ""
    address: str = ""
    email: str = ""
    price_group: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerView:
    """One customer file."""

    id: int
    version: int
    name: str
    phones: tuple[PhoneView, ...]
    region: str
    address: str
    email: str
    price_group: str
    notes: str
    created_at: datetime
    created_by: str
    devices: int = 0
    open_jobs: int = 0
    jobs: int = 0
    merged_into: int | None = None
    """The file that took over everything of this one, when it was a double."""
    erased_at: datetime | None = None
    """When the person was forgotten; the name is the number of the file since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerCard:
    """Everything the desk shows of one customer."""

    customer: CustomerView
    devices: tuple[DeviceView, ...]
    open_items: tuple[HistoryRow, ...]
    history: tuple[HistoryRow, ...]
    changed_by: str = ""
    changed_at: datetime | None = None
