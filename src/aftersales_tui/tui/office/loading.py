"""What the office asks of the services; each is called in a worker thread and imports them there."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Any

from aftersales_tui.domain.dates import Month
from aftersales_tui.domain.errors import Problem, Refused, refuse
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.views.history import EventPage
from aftersales_tui.views.reports import Behind, MonthSummary


@dataclass(frozen=True, slots=True)
class MonthPage:
    """Everything the office's home shows."""

    which: Month
    this: MonthSummary
    before: MonthSummary
    unhappy: Behind
    today: date
    read_at: datetime

    @property
    def days_to_go(self) -> int:
        """How many days of the month are still to come after today; 0 once it is over."""
        last = (self.which.after - self.today).days - 1
        return max(0, last) if self.this.to_date else 0

    @property
    def begun(self) -> bool:
        """Whether the month after this one has begun."""
        return self.which.after <= self.today


def page(shop: Any, which: Month | None) -> MonthPage:
    """A month beside the one before it; the present one when none is named."""
    from aftersales_tui.services import behind, reports

    day = shop.today()
    month = which or Month.of(day.today)
    this, before = reports.month_with_previous(shop, month)
    unhappy = behind.of_measure(shop, month, "unhappy")
    return MonthPage(month, this, before, unhappy, day.today, day.now.astimezone(day.zone))


def rows_behind(shop: Any, which: Month, measure: str) -> Behind:
    """The rows behind a measure, ``technician:NAME`` or ``week:W45``."""
    from aftersales_tui.services import behind

    kind, _colon, name = measure.partition(":")
    if kind == "technician":
        return behind.of_technician(shop, which, name)
    if kind == "week":
        return behind.of_week(shop, which, name)
    return behind.of_measure(shop, which, measure)


def export(shop: Any, which: Month, as_format: str, path: str) -> Path:
    """Writes the month into a new file. Raises ``Refused`` at ``path``: it exists, it cannot be written."""
    from aftersales_tui import paths
    from aftersales_tui.reports import month as paper
    from aftersales_tui.services import reports

    if not path.strip():
        raise refuse("file_name_missing", "path")
    file = Path(path).expanduser()
    this, before = reports.month_with_previous(shop, which)
    text = paper.rendered(this, before, as_format)
    try:
        if file.exists():
            raise refuse("file_there", "path", file=str(file))
        # a spreadsheet takes a file without this mark for the letters of its own system
        paths.write_private(file, ("\ufeff" if as_format == "csv" else "") + text)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        values = {"file": str(file), "reason": reason}
        raise Refused(Problem("file_not_written", "path", values)) from error
    return file


def free_name(which: Month, as_format: str) -> str:
    """A name that is still free in the folder one is in: ``month-2026-11.csv``, ``month-2026-11-2.csv``."""
    ending = "txt" if as_format == "table" else as_format
    n = 1
    while True:
        name = f"month-{which}{'' if n == 1 else f'-{n}'}.{ending}"
        if not Path(name).exists():
            return name
        n += 1


@dataclass(frozen=True, slots=True)
class Account:
    """A page of what happened to one record."""

    title: str
    page: EventPage
    zone: tzinfo
    today: date


def account(shop: Any, kind: RecordKind, record_id: int, before: int | None = None) -> Account:
    """What changed a record, newest first, a page at a time, and what the record is called."""
    from aftersales_tui.services import account

    day = shop.today()
    page = account.of_record(shop, kind, record_id, before=before)
    return Account(account.name_of(shop, kind, record_id), page, day.zone, day.today)
