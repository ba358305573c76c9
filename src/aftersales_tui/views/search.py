"""What the look-up finds."""

from dataclasses import dataclass
from datetime import datetime

from aftersales_tui.domain.words import RecordKind
from aftersales_tui.views.jobs import JobRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One record found; ``found_in`` is the code of the field the first word was found in."""

    kind: RecordKind
    id: int
    number: int | None
    title: str
    status: str
    at: datetime
    found_in: str
    fragment: str
    customer_id: int | None = None
    device_id: int | None = None
    phone: str = ""
    job: JobRow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The hits, exact numbers on top."""

    items: tuple[Hit, ...]
    total: int
    complete: bool = True
    """False when counting stopped before the end: ``total`` is then a lower bound."""
    alone: tuple[tuple[str, int], ...] = ()
    """When nothing was found: how many each of the first words finds by itself."""
