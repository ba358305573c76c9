"""The tables of the shop file, one module per subject; the migrations are what creates them."""

from aftersales_tui.store.tables.calls import Call, VerdictRow
from aftersales_tui.store.tables.customers import Customer, CustomerPhone
from aftersales_tui.store.tables.devices import Device, Product
from aftersales_tui.store.tables.events import Event, EventTail
from aftersales_tui.store.tables.followups import FollowUp
from aftersales_tui.store.tables.jobs import Job
from aftersales_tui.store.tables.packs import OwnPack, VerdictOverride
from aftersales_tui.store.tables.search import SearchDoc
from aftersales_tui.store.tables.shop import Counter, Setting, Staff

__all__ = [
    "Call",
    "Counter",
    "Customer",
    "CustomerPhone",
    "Device",
    "Event",
    "EventTail",
    "FollowUp",
    "Job",
    "OwnPack",
    "Product",
    "SearchDoc",
    "Setting",
    "Staff",
    "VerdictOverride",
    "VerdictRow",
]
