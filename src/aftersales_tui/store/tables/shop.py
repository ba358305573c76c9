"""The shop itself: settings, number counters, staff."""

from datetime import datetime

from sqlmodel import Field

from aftersales_tui.domain.words import Role
from aftersales_tui.store.types import Record, word


class Setting(Record, table=True):
    """One setting of the shop."""

    key: str = Field(primary_key=True)
    value: str


class Counter(Record, table=True):
    """The next number of a register; taken inside the transaction that uses it."""

    kind: str = Field(primary_key=True)
    next_number: int


class Staff(Record, table=True):
    """A person who works here; never deleted, only made inactive."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    role: Role = word(Role)
    active: bool = True
    created_at: datetime
    version: int = 1
    pin: str = ""
    """The salted hash of the PIN; empty without one."""
    pin_failures: int = 0
    pin_wait_until: datetime | None = None
    told_event: int = 0
    """The newest event about PINs that was shown to this person."""
