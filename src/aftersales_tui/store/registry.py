"""Many customers and devices at once: what a list may mean is fetched, what came of it is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session, col

from aftersales_tui.domain.text import squeeze
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.store import customers, devices, events, search
from aftersales_tui.store.search import Part
from aftersales_tui.store.tables import Call, Customer, CustomerPhone, Device, Job, Product

AT_A_TIME = 500
"""Values in one ``IN``."""


def _parts_of(values: Iterable[Any]) -> Iterator[list[Any]]:
    wanted = sorted(set(values))
    for start in range(0, len(wanted), AT_A_TIME):
        yield wanted[start : start + AT_A_TIME]


def units_with_serial(session: Session, folded: Collection[str]) -> list[tuple[Device, Product]]:
    """The devices with these serials, newest first."""
    return _units(session, col(Device.serial_folded), folded)


def units_without_serial(
    session: Session, owners: Collection[int], keys: Collection[str]
) -> list[tuple[Device, Product]]:
    """The devices without a serial: of these customers, and nobody's of these products; oldest first."""
    bare = col(Device.serial_folded) == ""
    found = _units(session, col(Device.customer_id), owners, bare)
    found += _units(session, col(Product.folded), keys, bare, col(Device.customer_id).is_(None))
    return sorted(found, key=lambda pair: pair[0].id or 0)


def _units(
    session: Session, column: Any, values: Collection[Any], *conditions: Any
) -> list[tuple[Device, Product]]:
    found: list[tuple[Device, Product]] = []
    for part in _parts_of(values):
        query = select(Device, Product).join(Product, col(Device.product_id) == col(Product.id))
        query = query.where(column.in_(part), *conditions).order_by(col(Device.id).desc())
        found += [(row[0], row[1]) for row in session.execute(query)]
    return found


def people(
    session: Session,
    ids: Collection[int],
    e164s: Collection[str],
    digits: Collection[str],
    names: Collection[str],
) -> list[tuple[Customer, list[CustomerPhone]]]:
    """The customers with these ids, numbers or names and their phones, newest first; no merged doubles."""
    wanted = set(ids)
    for column, values in ((col(CustomerPhone.e164), e164s), (col(CustomerPhone.digits), digits)):
        for part in _parts_of(value for value in values if value):
            query = select(col(CustomerPhone.customer_id)).where(column.in_(part))
            wanted.update(session.execute(query).scalars())
    for part in _parts_of(name for name in names if name):
        found_ids = session.execute(select(col(Customer.id)).where(col(Customer.name).in_(part))).scalars()
        wanted.update(one for one in found_ids if one is not None)
    rows: dict[int, tuple[Customer, list[CustomerPhone]]] = {}
    for part in _parts_of(wanted):
        known = select(Customer).where(col(Customer.id).in_(part), col(Customer.merged_into).is_(None))
        for row in session.execute(known).scalars():
            rows[row.id] = (row, [])
        phones = select(CustomerPhone).where(col(CustomerPhone.customer_id).in_(part))
        order = (col(CustomerPhone.position), col(CustomerPhone.id))
        for phone in session.execute(phones.order_by(*order)).scalars():
            if phone.customer_id in rows:
                rows[phone.customer_id][1].append(phone)
    return [rows[one] for one in sorted(rows, reverse=True)]


def add_customers(session: Session, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Put customers on file; their ids in the same order."""
    return _added(session, Customer, rows)


def add_devices(session: Session, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Put devices on file; their ids in the same order. The folded serial is filled in."""
    return _added(
        session, Device, [{**row, "serial_folded": squeeze(str(row["serial"]))[:200]} for row in rows]
    )


def _added(session: Session, table: type[Any], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    if not rows:
        return []
    query = insert(table).returning(table.id, sort_by_parameter_order=True)
    return [int(row[0]) for row in session.execute(query, [dict(row) for row in rows])]


def add_phones(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put phones on customer files."""
    if rows:
        session.execute(insert(CustomerPhone), [dict(row) for row in rows])


def change_customers(session: Session, changes: Mapping[int, Mapping[str, Any]]) -> None:
    """Write changed fields of customers, each with its new version, by id."""
    _change(session, Customer, changes)


def change_devices(session: Session, changes: Mapping[int, Mapping[str, Any]]) -> None:
    """Write changed fields of devices, each with its new version, by id."""
    folded = {
        record_id: {"serial_folded": squeeze(str(values["serial"]))[:200]} if "serial" in values else {}
        for record_id, values in changes.items()
    }
    _change(
        session, Device, {record_id: {**values, **folded[record_id]} for record_id, values in changes.items()}
    )


def _change(session: Session, table: type[Any], changes: Mapping[int, Mapping[str, Any]]) -> None:
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for record_id, values in changes.items():
        alike.setdefault(tuple(sorted(values)), []).append({"id": record_id, **values})
    for rows in alike.values():
        session.execute(update(table), rows)


def record_events(
    session: Session,
    at: datetime,
    by: int,
    kind: RecordKind,
    told: Sequence[tuple[int, str, Mapping[str, object]]],
) -> None:
    """Append an event to many records: id, what, and its data."""
    events.append(
        session, (events.entry(at, by, kind, record_id, what, **data) for record_id, what, data in told)
    )


class Findable:
    """What customers and devices are found by, reckoned once per name, phone and product."""

    def __init__(self, session: Session, region: str) -> None:
        self._session = session
        self._phone = lru_cache(maxsize=None)(lambda raw: tuple(customers.phone_parts(raw, region)))
        self._name = lru_cache(maxsize=None)(lambda name: tuple(customers.name_parts(name)))
        self._category = lru_cache(maxsize=None)(devices.category_names)

    def who(self, texts: Mapping[str, str], phones: Sequence[tuple[str, str]]) -> list[Part]:
        """The parts of a customer; ``phones`` as typed, each with its label."""
        parts: list[Part] = list(self._name(texts["name"]))
        for raw, label in phones:
            parts += [*self._phone(raw), (search.TEXT, label)]
        return [*parts, (search.ADDRESS, texts["region"]), (search.ADDRESS, texts["address"])]

    def customer(self, texts: Mapping[str, str], who: Sequence[Part]) -> list[Part]:
        """The parts of a customer file."""
        return [*who, (search.TEXT, texts["email"]), (search.TEXT, texts["notes"])]

    def device(self, values: Mapping[str, Any], who: Sequence[Part]) -> list[Part]:
        """The parts of a device with its product."""
        names = (f"{values['brand']} {values['model']}", *self._category(values["category"]))
        return [
            *((search.PRODUCT, name) for name in names),
            (search.SERIAL, values["serial"]), (search.TEXT, values["invoice_no"]),
            (search.TEXT, values["notes"]), (search.ADDRESS, values["place"]), *who,
        ]  # fmt: skip

    def put_new(self, kind: RecordKind, at: datetime, records: Sequence[tuple[int, Sequence[Part]]]) -> None:
        """Make new records findable, all of one moment."""
        search.put_new(self._session, kind, [(record_id, at, parts) for record_id, parts in records])

    def put_again(self, kind: RecordKind, records: Mapping[int, Sequence[Part]]) -> None:
        """Renew what changed records are found by."""
        search.put_again(self._session, kind, records)


def devices_of(session: Session, owners: Collection[int]) -> list[tuple[Device, Product]]:
    """Every device of several customers."""
    return _units(session, col(Device.customer_id), owners)


def with_work(session: Session, owners: Collection[int], units: Collection[int]) -> tuple[set[int], set[int]]:
    """Which of the customers and which of the devices have calls or jobs, that show what they are called."""
    busy: tuple[set[int], set[int]] = (set(), set())
    for table in (Call, Job):
        pairs: tuple[tuple[Any, Collection[int]], ...] = (
            (table.customer_id, owners), (table.device_id, units)
        )  # fmt: skip
        for place, (column, ids) in enumerate(pairs):
            for part in _parts_of(ids):
                busy[place].update(session.execute(select(column).where(column.in_(part))).scalars())
    return busy
