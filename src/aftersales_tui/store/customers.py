"""Queries on customers: the file, who has which phone, the lists, and what they are found by."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, union
from sqlmodel import Session, col

from aftersales_tui.domain.contacts import name_initials, name_readings, phone_search, read_phone, show_phone
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.domain.workflow import OPEN
from aftersales_tui.store import records, search, veil
from aftersales_tui.store.search import Part
from aftersales_tui.store.tables import Call, Customer, CustomerPhone, Device, FollowUp, Job, Staff
from aftersales_tui.views.customers import CustomerView, PhoneView


def required(session: Session, customer_id: int) -> Customer:
    """The customer with that id. Raises ``NotFound``."""
    return records.required(session, Customer, "customer", customer_id)


def kept(session: Session, customer_id: int) -> Customer:
    """The customer with that id, or the file it was merged into. Raises ``NotFound``."""
    row = required(session, customer_id)
    return row if row.merged_into is None else required(session, row.merged_into)


def phones(session: Session, customer_id: int) -> list[CustomerPhone]:
    """The customer's phones in their order."""
    query = select(CustomerPhone).where(col(CustomerPhone.customer_id) == customer_id)
    return list(session.execute(query.order_by(col(CustomerPhone.position), col(CustomerPhone.id))).scalars())


def with_phone(session: Session, e164: str, digits: str, spellings: Collection[str] = ()) -> list[Customer]:
    """The customers who have this number, newest first; ``spellings`` are other ways to write its digits."""
    same = []
    if e164:
        same.append(select(col(CustomerPhone.customer_id)).where(col(CustomerPhone.e164) == e164))
    spellings = sorted({digits, *spellings} - {""})
    if spellings:
        same.append(select(col(CustomerPhone.customer_id)).where(col(CustomerPhone.digits).in_(spellings)))
    if not same:
        return []
    owners = union(*same).subquery()
    query = select(Customer).where(col(Customer.id).in_(select(owners))).order_by(col(Customer.id).desc())
    return list(session.execute(query).scalars())


def views(session: Session, rows: Sequence[Customer], region: str) -> tuple[CustomerView, ...]:
    """Several customer files with their counts, in the order given."""
    ids = [row.id for row in rows]
    numbers: dict[int | None, list[PhoneView]] = {row_id: [] for row_id in ids}
    of_several = select(CustomerPhone).where(col(CustomerPhone.customer_id).in_(ids))
    order = (col(CustomerPhone.position), col(CustomerPhone.id))
    for phone in session.execute(of_several.order_by(*order)).scalars():
        numbers[phone.customer_id].append(_phone_view(session, phone, region))
    devices = _counts(session, col(Device.customer_id), ids)
    jobs = _counts(session, col(Job.customer_id), ids)
    open_jobs = _counts(session, col(Job.customer_id), ids, col(Job.status).in_(OPEN))
    names = {row[0]: row[1] for row in session.execute(select(col(Staff.id), col(Staff.name)))}
    return tuple(
        _view(
            row,
            tuple(numbers[row.id]),
            names.get(row.created_by, ""),
            (devices.get(row.id, 0), open_jobs.get(row.id, 0), jobs.get(row.id, 0)),
        )
        for row in rows
    )


def _counts(session: Session, owner: Any, ids: Sequence[int | None], *conditions: Any) -> dict[Any, int]:
    query = select(owner, func.count()).where(owner.in_(ids), *conditions).group_by(owner)
    return {row[0]: int(row[1]) for row in session.execute(query)}


def view(session: Session, row: Customer, region: str) -> CustomerView:
    """A customer file with its counts."""
    return views(session, [row], region)[0]


def _view(
    row: Customer, numbers: tuple[PhoneView, ...], created_by: str, counts: tuple[int, int, int]
) -> CustomerView:
    assert row.id is not None
    devices, open_jobs, jobs = counts
    return CustomerView(
        id=row.id,
        version=row.version,
        name=row.name,
        phones=numbers,
        region=row.region,
        address=row.address,
        email=row.email,
        price_group=row.price_group,
        notes=row.notes,
        created_at=row.created_at,
        created_by=created_by,
        devices=devices,
        open_jobs=open_jobs,
        jobs=jobs,
        merged_into=row.merged_into,
        erased_at=row.erased_at,
    )


def _phone_view(session: Session, phone: CustomerPhone, region: str) -> PhoneView:
    if veil.is_drawn(session):
        masked = veil.phone(session, phone.raw)
        return PhoneView(raw=masked, shown=masked, label=phone.label)
    return PhoneView(
        raw=phone.raw, shown=show_phone(read_phone(phone.raw, region), region), label=phone.label
    )


def _count(session: Session, query: Any) -> int:
    return int(session.execute(query).scalar_one())


def newest(session: Session, limit: int) -> tuple[list[Customer], int]:
    """The newest customers and how many there are in all, without those merged into another."""
    known = select(Customer).where(col(Customer.merged_into).is_(None))
    rows = session.execute(known.order_by(col(Customer.id).desc()).limit(limit)).scalars()
    return list(rows), _count(session, select(func.count()).where(col(Customer.merged_into).is_(None)))


def merge(session: Session, double: Customer, kept: Customer) -> dict[str, int]:
    """Move everything of ``double`` to ``kept`` (of the phones those it lacks); how many of each."""
    known = {phone.e164 or phone.digits or phone.raw for phone in phones(session, kept.id or 0)}
    last = len(known)
    moved = {"phones": 0}
    for phone in phones(session, double.id or 0):
        if (phone.e164 or phone.digits or phone.raw) not in known:
            phone.customer_id, phone.position = kept.id or 0, last + moved["phones"]
            session.add(phone)
            moved["phones"] += 1
    tables: tuple[tuple[str, Any], ...] = (
        ("devices", Device), ("calls", Call), ("jobs", Job), ("follow_ups", FollowUp)
    )  # fmt: skip
    for name, table in tables:
        rows = session.execute(select(table).where(table.customer_id == double.id)).scalars().all()
        moved[name] = len(rows)
        for row in rows:
            row.customer_id = kept.id
            row.version += table is not FollowUp
            session.add(row)
    before = select(Customer).where(col(Customer.merged_into) == double.id)
    for earlier in (double, *session.execute(before).scalars()):
        earlier.merged_into = kept.id
        earlier.version += 1
        session.add(earlier)
    session.flush()
    return moved


def name_parts(name: str) -> list[Part]:
    """What a name is found by: as written, in plain letters, by its initials."""
    initials = [(search.INITIALS, letters) for letters in name_initials(name)]
    return [(search.NAME, name), *((search.NAME, reading) for reading in name_readings(name)), *initials]


def phone_parts(raw: str, region: str) -> list[Part]:
    """What a phone is found by: as typed, and in all its digits."""
    return [(search.PHONE, phone_search(read_phone(raw, region))), (search.PHONE, raw)]


def who_parts(session: Session, customer_id: int | None, region: str) -> list[Part]:
    """What a customer is found by: name, its readings and initials, phones, region and address."""
    row = session.get(Customer, customer_id) if customer_id else None
    if row is None or row.id is None:
        return []
    parts = name_parts(row.name)
    for phone in phones(session, row.id):
        parts += [*phone_parts(phone.raw, region), (search.TEXT, phone.label)]
    return [*parts, (search.ADDRESS, row.region), (search.ADDRESS, row.address)]


def make_findable(session: Session, row: Customer, region: str, who: Sequence[Part] | None = None) -> None:
    """Renew what the customer file itself is found by; one merged into another is found no more.

    ``who`` are its ``who_parts`` if at hand.
    """
    assert row.id is not None
    if row.merged_into is not None or row.erased_at is not None:
        return
    known = who if who is not None else who_parts(session, row.id, region)
    own: list[Part] = [(search.TEXT, row.email), (search.TEXT, row.notes)]
    search.put(session, RecordKind.CUSTOMER, row.id, row.created_at, [*known, *own])


def records_of(session: Session, customer_id: int) -> list[tuple[RecordKind, int]]:
    """Devices, calls and jobs of a customer: what must be found again when the customer's data changed."""
    found: list[tuple[RecordKind, int]] = []
    for kind, record_id, owner in (
        (RecordKind.DEVICE, col(Device.id), col(Device.customer_id)),
        (RecordKind.CALL, col(Call.id), col(Call.customer_id)),
        (RecordKind.JOB, col(Job.id), col(Job.customer_id)),
    ):
        ids = session.execute(select(record_id).where(owner == customer_id)).scalars()
        found += [(kind, found_id) for found_id in ids if found_id is not None]
    return found


@dataclass(frozen=True, slots=True)
class Brief:
    """A customer in one line of a list."""

    name: str
    phone: str
    region: str
    created_at: datetime


def brief(session: Session, ids: Sequence[int]) -> dict[int, Brief]:
    """Several customers in one line each, by id."""
    found = session.execute(_BRIEF, {"ids": ids})
    return {row[0]: Brief(row[1], veil.phone(session, row[2] or ""), row[3], row[4]) for row in found}


_first_phone = (
    select(col(CustomerPhone.raw))
    .where(col(CustomerPhone.customer_id) == col(Customer.id))
    .order_by(col(CustomerPhone.position), col(CustomerPhone.id))
    .limit(1)
    .correlate(Customer)
    .scalar_subquery()
)
_BRIEF = select(
    col(Customer.id), col(Customer.name), _first_phone, col(Customer.region), col(Customer.created_at)
).where(col(Customer.id).in_(bindparam("ids", expanding=True)))
