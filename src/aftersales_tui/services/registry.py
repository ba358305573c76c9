"""The register of what was sold: a list of customers or units comes in, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar

from aftersales_tui.domain.copies import CopyReason
from aftersales_tui.domain.errors import Problem, Refused, refuse
from aftersales_tui.domain.import_columns import (
    CUSTOMER_FIELDS,
    DATES,
    DEVICE_FIELDS,
    Column,
    check_essential,
    map_columns,
    read_map,
    recognised,
)
from aftersales_tui.domain.import_dates import ColumnDates, Order, column_dates
from aftersales_tui.domain.import_names import Field
from aftersales_tui.domain.import_rows import STORED, PersonRow, Reading, UnitRow, read_person, read_unit
from aftersales_tui.domain.permissions import Permission
from aftersales_tui.domain.text import clean, excerpt, squeeze
from aftersales_tui.services import backups, fields
from aftersales_tui.services.registry_people import People
from aftersales_tui.services.registry_units import Units
from aftersales_tui.services.registry_writing import Writing
from aftersales_tui.services.shop import Shop, ShopDay
from aftersales_tui.services.table_files import How, Row, Table, read_table
from aftersales_tui.store import devices, registry
from aftersales_tui.store.engine import Session
from aftersales_tui.store.policies import load_catalogue
from aftersales_tui.views.importing import ColumnUse, HowToImport, ImportResult, RejectedRow, Remark

Progress = Callable[[int, int], None]
"""Told how many of how many rows are done."""
AT_A_TIME = 500
_SAMPLE = 50

R = TypeVar("R", PersonRow, UnitRow)
Reader = Callable[[Reading, Sequence[object], list[Problem]], R]


@dataclass(slots=True)
class _File(Generic[R]):
    """A file that was read: its rows that mean something, and what is said of the others and of them."""

    table: Table
    columns: tuple[Column, ...]
    warnings: tuple[Problem, ...]
    rows: list[tuple[int, R, list[Problem]]] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    imported: int = 0
    updated: int = 0

    def reject(self, line: int, reason: Problem) -> None:
        self.rejected.append(RejectedRow(line=line, reason=reason))

    def took(self, line: int, remarks: Sequence[Problem], *, new: bool, changed: bool) -> None:
        """One row is done; a row that changed nothing was skipped."""
        self.remarks += [Remark(line=line, said=one) for one in remarks]
        self.imported += new or changed
        self.updated += changed and not new

    def result(self) -> ImportResult:
        rows = len(self.table.rows)
        uses = (
            ColumnUse(header=one.header, field=STORED[one.field] if one.field else "", why=one.why.value)
            for one in self.columns
        )
        return ImportResult(
            rows=rows,
            imported=self.imported,
            skipped=rows - self.imported - len(self.rejected),
            rejected=tuple(sorted(self.rejected, key=lambda row: row.line)),
            encoding=self.table.encoding,
            updated=self.updated,
            columns=tuple(uses),
            remarks=tuple(sorted(self.remarks, key=lambda remark: remark.line)),
            warnings=self.warnings,
            sheet=self.table.sheet,
        )


def import_customers(
    shop: Shop, path: Path, by: int, how: HowToImport | None = None, progress: Progress | None = None
) -> ImportResult:
    """Bring in a list of customers, matched by phone and name as at the desk.

    Every row makes a file, completes or changes one, says nothing new, or is rejected with its line
    and reason; all in one transaction, a dry run writes nothing. Raises ``Refused`` for what is told
    wrongly (``read_map``, ``word_unknown``) or lacks every essential column
    (``import_column_missing``), and what ``read_table`` raises.
    """
    how = how or HowToImport()
    file = _read(shop, path, how, CUSTOMER_FIELDS, read_person)
    with _transaction(shop, by, how) as (session, day):
        people = People(day.settings.region, overwrite=how.overwrite)
        _load_people(session, people, [row for _, row, _ in file.rows])
        for done, (line, row, remarks) in enumerate(file.rows, start=1):
            _place_person(file, people, line, row, remarks)
            _tell(progress, done, len(file.rows))
        if not how.dry_run:
            Writing(session, day, by, path.name).write(people.everybody, [])
    return _done(file, progress)


def import_devices(
    shop: Shop, path: Path, by: int, how: HowToImport | None = None, progress: Progress | None = None
) -> ImportResult:
    """Bring in a list of sold units and whose they are; known by serial, else by owner and product.

    As ``import_customers``. A bad date never costs a unit: it is left out and said. What is on file is
    completed; a filled field that differs is kept and said, unless ``how.overwrite``.
    """
    how = how or HowToImport()
    file = _read(shop, path, how, DEVICE_FIELDS, read_unit)
    with _transaction(shop, by, how) as (session, day):
        people = People(day.settings.region, overwrite=how.overwrite)
        units = Units(people, overwrite=how.overwrite)
        _load_units(session, people, units, [row for _, row, _ in file.rows])
        for done, (line, row, remarks) in enumerate(file.rows, start=1):
            try:
                unit = units.place(row, line, remarks)
            except Refused as refused:
                file.reject(line, refused.problem)
            else:
                new = unit is not None and unit.row is None and unit.line == line
                file.took(line, remarks, new=new, changed=unit is not None)
            _tell(progress, done, len(file.rows))
        if not how.dry_run:
            Writing(session, day, by, path.name).write(people.everybody, units.all)
    return _done(file, progress)


def _place_person(
    file: _File[PersonRow], people: People, line: int, row: PersonRow, remarks: list[Problem]
) -> None:
    meant = people.meant(row)
    if meant.unsure:
        file.reject(line, Problem("import_person_ambiguous", "phone", {"text": excerpt(row.phones[0])}))
        return
    if meant.person is None:
        if meant.shared:
            remarks.append(Problem("import_same_phone", "phone", {"text": excerpt(row.phones[0])}))
        people.add(row, line)
        file.took(line, remarks, new=True, changed=False)
        return
    filled = people.complete(meant.person, row, remarks)
    if meant.person.line and not filled:
        remarks.append(Problem("import_same_as_line", "row", {"line": meant.person.line}))
    meant.person.line = meant.person.line or line
    file.took(line, remarks, new=False, changed=filled)


@contextmanager
def _transaction(shop: Shop, by: int, how: HowToImport) -> Iterator[tuple[Session, ShopDay]]:
    if how.dry_run:
        with shop.reading() as looking:
            yield looking
        return
    with shop.writing(by, Permission.IMPORT) as writing:
        # nobody else writes by now: the copy is the moment before
        backups.back_up(shop, CopyReason.BEFORE_IMPORT)
        yield writing


def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None and done % AT_A_TIME == 0 and done < total:
        progress(done, total)


def _done(file: _File[R], progress: Progress | None) -> ImportResult:
    if progress is not None:
        progress(len(file.rows), len(file.rows))
    return file.result()


def _read(
    shop: Shop, path: Path, how: HowToImport, known: tuple[Field, ...], read_row: Callable[..., R]
) -> _File[R]:
    """The rows of a file, before anything is looked up: no seat waits while a file is read."""
    day = shop.today()
    told = read_map(how.maps, known)
    order = _order(how.dates)
    chinese = day.settings.region == "CN" or day.settings.language == "zh_CN"
    table = read_table(
        path,
        lambda cells: recognised(cells, known, told),
        How(sheet=clean(how.sheet), encoding=how.encoding, chinese=chinese),
    )
    columns = map_columns(table.header, _samples(table), known, told)
    check_essential(columns, known)
    dates: dict[int, ColumnDates] = {}
    for column in columns:
        if column.field in DATES:
            cells = (row.cells[column.index] for row in table.rows if column.index < len(row.cells))
            dates[column.index] = column_dates(
                column.header, cells, day.today, day.settings.region, epoch=table.epoch, told=order
            )
    reading = Reading(columns, dates, fields.LIMITS, fields.LONGEST, _kind_of)
    file: _File[R] = _File(table, columns, tuple(one.warning for one in dates.values() if one.warning))
    if table.other_sheets and not how.sheet:
        others = ", ".join(map(excerpt, table.other_sheets))
        said = {"sheet": excerpt(table.sheet), "known": others}
        file.warnings += (Problem("import_other_sheets", "sheet", said),)
    for row in table.rows:
        _read_row(file, reading, row, read_row)
    return file


def _read_row(file: _File[R], reading: Reading, row: Row, read_row: Callable[..., R]) -> None:
    remarks = list(row.remarks)
    if row.problem is not None:
        file.reject(row.number, row.problem)
        return
    try:
        file.rows.append((row.number, read_row(reading, row.cells, remarks), remarks))
    except Refused as refused:
        file.reject(row.number, refused.problem)


def _order(said: str) -> Order | None:
    if not said:
        return None
    if said not in (Order.DMY, Order.MDY):
        raise refuse("word_unknown", "dates", value=excerpt(said), known=f"{Order.DMY}, {Order.MDY}")
    return Order(said)


@lru_cache(maxsize=5_000)
def _kind_of(text: str) -> str | None:
    found = load_catalogue().match(text)
    return found.key if found else None


def _samples(table: Table) -> list[list[str]]:
    rows = table.rows[:_SAMPLE]
    return [[str(row.cells[at]) for row in rows if at < len(row.cells)] for at in range(len(table.header))]


def _load_people(
    session: Session, people: People, rows: Sequence[PersonRow], owners: set[int] | None = None
) -> None:
    """Everybody on file whom these rows may mean."""
    e164s, digits = people.numbers_of(rows)
    names = {row.name for row in rows if row.name and not row.phones}
    people.on_file(registry.people(session, owners or set(), e164s, digits, names))


def _load_units(session: Session, people: People, units: Units, rows: Sequence[UnitRow]) -> None:
    """Every unit and everybody on file that these rows may mean."""
    with_serial = registry.units_with_serial(
        session, {squeeze(row.serial)[:200] for row in rows if row.serial}
    )
    owners = {row.customer_id for row, _ in with_serial if row.customer_id is not None}
    _load_people(session, people, [row.person for row in rows], owners)
    units.on_file(with_serial)
    keys = {devices.product_key(row.product["brand"], row.product["model"]) for row in rows}
    units.on_file(registry.units_without_serial(session, set(people.by_id), keys))
