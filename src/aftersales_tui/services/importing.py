"""Other people's data in: repairs in the Open Repair Data Standard as historic jobs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from aftersales_tui.domain.copies import CopyReason
from aftersales_tui.domain.errors import Problem, Refused, refuse
from aftersales_tui.domain.ords import REQUIRED, PastRepair, read_row
from aftersales_tui.domain.permissions import Permission
from aftersales_tui.domain.text import clean
from aftersales_tui.i18n import _
from aftersales_tui.services import backups
from aftersales_tui.services.shop import Shop, ShopDay
from aftersales_tui.services.table_files import How, Row, Table, read_table
from aftersales_tui.store import devices, imported
from aftersales_tui.store.engine import Session
from aftersales_tui.store.imported import HistoricJob
from aftersales_tui.store.policies import load_catalogue
from aftersales_tui.views.importing import ImportResult, RejectedRow

SOURCE = "ords"
FORMATS = ("auto", SOURCE)
AT_A_TIME = 1_000
CATEGORY_CHARACTERS = 60

Progress = Callable[[int, int], None]
"""Told how many of how many rows are done."""


def import_repairs(
    shop: Shop,
    path: Path,
    by: int,
    *,
    data_format: str = "auto",
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportResult:
    """Bring in repairs of the Open Repair Data Standard (0.2.1, 0.3) as jobs handed over on their day.

    Every row comes in, is skipped because it is on file already, or is rejected with its line and
    reason; all in one transaction, a dry run writes nothing. Raises ``Refused``
    (``import_format_unknown``, ``import_header_unknown``) and what ``read_table`` raises; ``StoreFault``
    when no copy of the shop file could be put aside before.
    """
    if data_format not in FORMATS:
        raise refuse("import_format_unknown", "format", value=data_format, known=", ".join(FORMATS))
    table = read_table(path, _named, How(exact=True))
    repairs, rejected = _sorted_out(table, _columns(table, path), shop.today().today)
    with shop.reading() if dry_run else shop.writing(by, Permission.IMPORT) as (session, day):
        known = imported.known_refs(session, SOURCE)
        coming = sorted((repair for repair in repairs if repair.ref not in known), key=lambda r: r.day)
        if not dry_run:
            # nobody else writes by now: the copy is the moment before
            backups.back_up(shop, CopyReason.BEFORE_IMPORT)
            _bring_in(session, day, coming, by, path.name, progress)
    return ImportResult(
        rows=len(table.rows),
        imported=len(coming),
        skipped=len(repairs) - len(coming),
        rejected=rejected,
        encoding=table.encoding,
    )


def _named(cells: Sequence[str]) -> int:
    """How many of the required columns a row names."""
    return len({clean(cell).casefold() for cell in cells} & set(REQUIRED))


def _columns(table: Table, path: Path) -> list[str]:
    columns = [name.casefold() for name in table.header]
    missing = [column for column in REQUIRED if column not in columns]
    if missing:
        raise refuse("import_header_unknown", "file", file=path.name, missing=", ".join(missing))
    return columns


def _cells(row: Row, columns: Sequence[str]) -> dict[str, str]:
    texts = (cell if isinstance(cell, str) else cell.isoformat() for cell in row.cells)
    return dict.fromkeys(columns, "") | dict(zip(columns, texts, strict=False))


def _sorted_out(
    table: Table, columns: Sequence[str], today: date
) -> tuple[list[PastRepair], tuple[RejectedRow, ...]]:
    """The rows that are repairs, and the others; of an id that comes twice the first row counts."""
    repairs: list[PastRepair] = []
    rejected: list[RejectedRow] = []
    seen: dict[str, int] = {}
    for row in table.rows:
        if row.problem is not None:
            rejected.append(RejectedRow(line=row.number, reason=row.problem))
            continue
        try:
            repair = read_row(_cells(row, columns), today)
        except Refused as refused:
            rejected.append(RejectedRow(line=row.number, reason=refused.problem))
            continue
        first = seen.setdefault(repair.ref, row.number)
        if first == row.number:
            repairs.append(repair)
        else:
            twice = Problem("import_id_twice", "id", {"id": repair.ref, "line": first})
            rejected.append(RejectedRow(line=row.number, reason=twice))
    return repairs, tuple(rejected)


def _bring_in(
    session: Session,
    day: ShopDay,
    repairs: Sequence[PastRepair],
    by: int,
    file: str,
    progress: Progress | None,
) -> None:
    products: dict[tuple[str, str], int] = {}
    opens = time.fromisoformat(day.settings.opens)
    for start in range(0, len(repairs), AT_A_TIME):
        part = repairs[start : start + AT_A_TIME]
        jobs = [_historic(session, day.zone, opens, products, repair) for repair in part]
        imported.bring_in(session, jobs, SOURCE, by, day.now, file)
        if progress is not None:
            progress(start + len(part), len(repairs))


def _historic(
    session: Session, zone: ZoneInfo, opens: time, products: dict[tuple[str, str], int], repair: PastRepair
) -> HistoricJob:
    category = _category(repair.kind, repair.called)
    key = (devices.product_key(repair.brand, ""), category)
    if key not in products:
        products[key] = devices.product(session, repair.brand, "", category).id or 0
    return HistoricJob(
        ref=repair.ref,
        at=datetime.combine(repair.day, opens, tzinfo=zone).astimezone(UTC),
        completed_on=repair.day,
        outcome=repair.outcome,
        product_id=products[key],
        fault=repair.problem,
        cause=repair.barrier,
        intake="\n".join(_said_of_it(repair)),
    )


@lru_cache(maxsize=1_000)
def _category(kind: str, called: str) -> str:
    """The shop's own category that the words of the file name; else those words themselves."""
    catalogue = load_catalogue()
    found = catalogue.match(kind) or catalogue.match(called)
    return found.key if found else kind[:CATEGORY_CHARACTERS].strip()


def _said_of_it(repair: PastRepair) -> list[str]:
    """What else the file says, a sentence each."""
    names = " / ".join(dict.fromkeys(name for name in (repair.kind, repair.called) if name))
    place = f"{repair.group} ({repair.country})" if repair.group and repair.country else ""
    place = place or repair.group or repair.country
    said = (
        (names, _("Called in the file: {names}.").format(names=names)),
        (repair.made_in, _("Made in {year}.").format(year=repair.made_in)),
        (repair.age, _("Age in years: {age}.").format(age=repair.age)),
        (place, _("Repaired at: {place}.").format(place=place)),
    )
    return [sentence for value, sentence in said if value]
