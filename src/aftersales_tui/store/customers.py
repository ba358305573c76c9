"""Queries on customers: the file, who has which phone, the lists, and what they are found by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from aftersales_tui.domain.contacts import name_initials, name_readings, phone_search, read_phone, show_phone
from aftersales_tui.domain.errors import NotFound, Problem
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.domain.workflow import OPEN
from aftersales_tui.store import search
from aftersales_tui.store.tables import Call, Customer, CustomerPhone, Device, FollowUp, Job, Staff
from aftersales_tui.views.customers import CustomerView, PhoneView


def required(session: Session, customer_id: int) -> Customer:
    """The customer with that id. Raises ``NotFound``."""
    row = session.get(Customer, customer_id)
    if row is None:
        raise NotFound(Problem("not_found", "customer", {"number": customer_id}))
    return row


def kept(session: Session, customer_id: int) -> Customer:
    """The customer with that id, or the file it was merged into. Raises ``NotFound``."""
    row = required(session, customer_id)
    return row if row.merged_into is None else required(session, row.merged_into)


def phones(session: Session, customer_id: int) -> list[CustomerPhone]:
    """The customer's phones in their order."""
    query = select(CustomerPhone).where(col(CustomerPhone.customer_id) == customer_id)
    return list(session.execute(query.order_by(col(CustomerPhone.position), col(CustomerPhone.id))).scalars())


def with_phone(session: Session, e164: str, digits: str) -> list[Customer]:
    """The customers who have this number, newest first."""
    same = col(CustomerPhone.e164) == e164 if e164 else col(CustomerPhone.digits) == digits
    query = (
        select(Customer)
        .join(CustomerPhone, col(CustomerPhone.customer_id) == col(Customer.id))
        .where(same)
        .distinct()
        .order_by(col(Customer.id).desc())
    )
    return list(session.execute(query).scalars())


def view(session: Session, row: Customer, region: str) -> CustomerView:
    """A customer file with its counts."""
    assert row.id is not None
    numbers = tuple(_phone_view(phone, region) for phone in phones(session, row.id))
    creator = session.get(Staff, row.created_by) if row.created_by else None
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
        created_by=creator.name if creator else "",
        devices=_count(session, select(func.count()).where(col(Device.customer_id) == row.id)),
        open_jobs=_count(
            session, select(func.count()).where(col(Job.customer_id) == row.id, col(Job.status).in_(OPEN))
        ),
        jobs=_count(session, select(func.count()).where(col(Job.customer_id) == row.id)),
        merged_into=row.merged_into,
    )


def _phone_view(phone: CustomerPhone, region: str) -> PhoneView:
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


def who_parts(session: Session, customer_id: int | None, region: str) -> list[str]:
    """What a customer is found by: name, its readings and initials, phones, region and address."""
    row = session.get(Customer, customer_id) if customer_id else None
    if row is None or row.id is None:
        return []
    parts = [row.name, *name_readings(row.name), *name_initials(row.name)]
    parts += [phone_search(read_phone(phone.raw, region)) for phone in phones(session, row.id)]
    return [*parts, row.region, row.address]


def make_findable(session: Session, row: Customer, region: str) -> None:
    """Renew what the customer is found by; one merged into another is found no more."""
    assert row.id is not None
    if row.merged_into is not None:
        return
    search.put(
        session,
        RecordKind.CUSTOMER,
        row.id,
        row.created_at,
        *who_parts(session, row.id, region),
        row.email,
        row.notes,
    )


def records_of(session: Session, customer_id: int) -> list[tuple[RecordKind, int]]:
    """Devices, calls and jobs of a customer: what must be found again when the customer's data changed."""
    found: list[tuple[RecordKind, int]] = []
    for kind, table in ((RecordKind.DEVICE, Device), (RecordKind.CALL, Call), (RecordKind.JOB, Job)):
        ids: Sequence[int] = (
            session.execute(
                select(table.id).where(table.customer_id == customer_id)  # type: ignore[attr-defined]
            )
            .scalars()
            .all()
        )
        found += [(kind, record_id) for record_id in ids]
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
    first = (
        select(col(CustomerPhone.raw))
        .where(col(CustomerPhone.customer_id) == col(Customer.id))
        .order_by(col(CustomerPhone.position))
        .limit(1)
        .correlate(Customer)
        .scalar_subquery()
    )
    query = select(Customer.id, Customer.name, first, Customer.region, Customer.created_at).where(
        col(Customer.id).in_(ids)
    )
    return {row[0] or 0: Brief(row[1], row[2] or "", row[3], row[4]) for row in session.execute(query)}
