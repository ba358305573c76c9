"""The tables of the shop file, one module per subject; the migrations are what creates them.

What the first lists do not read is made when it is asked for: no other table points to it.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from sqlalchemy import Table
from sqlmodel import SQLModel

from aftersales_tui.store.tables.calls import Call, VerdictRow
from aftersales_tui.store.tables.customers import Customer, CustomerPhone
from aftersales_tui.store.tables.devices import Device, Product
from aftersales_tui.store.tables.followups import FollowUp
from aftersales_tui.store.tables.jobs import Job
from aftersales_tui.store.tables.shop import Counter, Setting, Staff

if TYPE_CHECKING:
    from aftersales_tui.store.tables.events import Event, EventTail
    from aftersales_tui.store.tables.packs import OwnPack, VerdictOverride
    from aftersales_tui.store.tables.search import SearchDoc

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
    "every_table",
]

_LATER = {
    "Event": "events",
    "EventTail": "events",
    "OwnPack": "packs",
    "VerdictOverride": "packs",
    "SearchDoc": "search",
}


def every_table() -> Mapping[str, Table]:
    """All tables of the shop file by name, whether anybody asked for them before or not."""
    for module in _LATER.values():
        import_module(f"{__name__}.{module}")
    return SQLModel.metadata.tables


def __getattr__(name: str) -> object:
    """Makes a table that is asked for the first time."""
    if name not in _LATER:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
