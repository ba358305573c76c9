"""The customer file: who calls, who they are, what they have (CUST-1, CUST-2)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from aftersales_tui.domain.contacts import is_veiled, read_phone, veiled_phone
from aftersales_tui.domain.errors import refuse
from aftersales_tui.domain.permissions import Permission
from aftersales_tui.domain.text import clean, fold, is_cjk
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.services import fields, warranty
from aftersales_tui.services.refresh import find_again
from aftersales_tui.services.shop import Shop, ShopDay
from aftersales_tui.store import customers, devices, edits, events, history, search
from aftersales_tui.store.engine import Session
from aftersales_tui.store.tables import Customer, CustomerPhone, Job
from aftersales_tui.views.customers import CustomerCard, CustomerView, NewCustomer
from aftersales_tui.views.devices import DeviceView
from aftersales_tui.views.history import EventView

EDITABLE = ("name", "region", "address", "email", "price_group", "notes")
_LABEL = re.compile(r"^(?P<number>.*?)\s*[(（](?P<label>[^()（）]*)[)）]$")
_LONGEST_LABELLED = fields.LIMITS["phone"] + 110


def add(shop: Shop, new: NewCustomer, by: int) -> CustomerView:
    """Make a customer file. Raises ``Refused``: ``customer_empty`` without name and phone, ``too_long``."""
    with shop.writing(by, Permission.KEEP_CUSTOMERS) as (session, day):
        row = make(session, day, new, by)
        return customers.view(session, row, day.settings.region)


def make(session: Session, day: ShopDay, new: NewCustomer, by: int) -> Customer:
    """Make a customer file inside a use case's transaction."""
    texts: dict[str, Any] = {name: fields.text(name, getattr(new, name)) for name in EDITABLE}
    numbers = [clean(phone) for phone in new.phones if clean(phone)]
    if not texts["name"] and not numbers:
        raise refuse("customer_empty", "name")
    row = Customer(**texts, created_at=day.now, created_by=by)
    session.add(row)
    session.flush()
    assert row.id is not None
    for position, raw in enumerate(numbers):
        add_phone(session, day, row.id, raw, position)
    events.record(
        session, day.now, by, RecordKind.CUSTOMER, row.id, "added", after={**texts, "phones": numbers}
    )
    customers.make_findable(session, row, day.settings.region)
    return row


def add_phone(session: Session, day: ShopDay, customer_id: int, raw: str, position: int) -> CustomerPhone:
    """Put a phone on a customer file; a last word in brackets is its label. Never refuses a number."""
    number, label = raw, ""
    if len(raw) <= _LONGEST_LABELLED and (found := _LABEL.match(raw)):
        number, label = found["number"], found["label"]
    number = fields.text("phone", number or raw)
    read = read_phone(number, day.settings.region)
    row = CustomerPhone(
        customer_id=customer_id,
        position=position,
        raw=number,
        e164=read.e164 or "",
        digits=read.digits,
        extension=read.extension,
        label=clean(label)[:100],
    )
    session.add(row)
    session.flush()
    return row


def same_name(typed: str, stored: str) -> bool:
    """Whether a typed name means the stored one: the same, or the same in its Chinese characters."""
    mine, theirs = fold(typed), fold(stored)
    if mine == theirs:
        return True
    chinese = "".join(filter(is_cjk, mine)), "".join(filter(is_cjk, theirs))
    return len(chinese[0]) > 1 and chinese[0] == chinese[1]


def show(shop: Shop, customer_id: int) -> CustomerView:
    """One customer file. Raises ``NotFound``."""
    with shop.reading() as (session, day):
        return customers.view(session, customers.required(session, customer_id), day.settings.region)


def card(shop: Shop, customer_id: int) -> CustomerCard:
    """Everything the desk shows of a customer: devices with their verdict of today, open items, history."""
    with shop.reading() as (session, day):
        row = customers.required(session, customer_id)
        units = devices.of_customer(session, customer_id)
        jobs = devices.jobs_of_each(session, [unit.id for unit in units])
        owned = [_with_jobs(session, day, unit, jobs[unit.id]) for unit in units]
        last = events.newest(session, RecordKind.CUSTOMER, customer_id)
        return CustomerCard(
            customer=customers.view(session, row, day.settings.region),
            devices=tuple(owned),
            open_items=history.open_items(session, customer_id),
            history=history.of_customer(session, customer_id),
            changed_by=last.who if last and last.what != "added" else "",
            changed_at=last.at if last and last.what != "added" else None,
        )


def _with_jobs(session: Session, day: ShopDay, unit: DeviceView, jobs: list[Job]) -> DeviceView:
    """A unit with its verdict of today, its last job and the one that is open."""
    closed = [job for job in jobs if job.completed_on is not None]
    running = [job for job in jobs if job.completed_on is None]
    return replace(
        unit,
        verdict=warranty.on_device(session, day, unit, jobs=jobs),
        last_job_number=closed[-1].number if closed else None,
        last_job_id=closed[-1].id if closed else None,
        open_job_id=running[-1].id if running else None,
    )


def newest(shop: Shop, limit: int = 200) -> tuple[tuple[CustomerView, ...], int]:
    """The customers put on file last, and how many there are in all."""
    with shop.reading() as (session, day):
        rows, total = customers.newest(session, limit)
        return customers.views(session, rows, day.settings.region), total


def edit(
    shop: Shop, customer_id: int, *, shown: Mapping[str, object], changes: Mapping[str, object], by: int
) -> CustomerView:
    """Save what a form changed; ``phones`` is a tuple of phones as typed.

    ``shown`` holds the version and the old value of every touched field. Raises ``Conflict`` when
    somebody else changed the same field, ``Refused`` for a value that cannot be, ``NotFound``.
    """
    texts = {name: fields.text(name, str(value)) for name, value in changes.items() if name in EDITABLE}
    unknown = set(changes) - set(texts) - {"phones"}
    if unknown:
        raise refuse("field_unknown", min(unknown), known=", ".join((*EDITABLE, "phones")))
    with shop.writing(by, Permission.KEEP_CUSTOMERS) as (session, day):
        _refuse_forgotten(session, customer_id)
        row = edits.save(
            session,
            Customer,
            customer_id,
            shown=shown,
            changes=texts,
            kind=RecordKind.CUSTOMER,
            by=by,
            now=day.now,
        )
        if "phones" in changes:
            _replace_phones(session, day, row, changes["phones"], by, shown)
        customers.make_findable(session, row, day.settings.region)
        find_again(session, day, customer_id)
        return customers.view(session, row, day.settings.region)


def _refuse_forgotten(session: Session, customer_id: int) -> None:
    """What was taken out of a file is not written into it again: the person gets a new one."""
    if customers.required(session, customer_id).erased_at is not None:
        raise refuse("customer_forgotten", "customer", id=customer_id)


def _phones(typed: object) -> tuple[str, ...]:
    several = typed if isinstance(typed, list | tuple) else (typed,)
    return tuple(phone for phone in (clean(str(one)) for one in several) if phone)


def _unveiled(stored: Sequence[CustomerPhone], typed: tuple[str, ...], region: str) -> tuple[str, ...]:
    """Masked numbers as they are on file; one that is nobody's here is left out."""
    known: dict[str, str] = {}
    for phone in stored:
        masked = veiled_phone(phone.raw, region)
        label = f" ({phone.label})" if phone.label else ""
        known.setdefault(masked, phone.raw + label)
        known[masked + label] = phone.raw + label
    read = (known.get(one, "") if is_veiled(one) else one for one in typed)
    return tuple(one for one in read if one)


def _replace_phones(
    session: Session, day: ShopDay, row: Customer, typed: object, by: int, shown: Mapping[str, object]
) -> None:
    assert row.id is not None
    stored = customers.phones(session, row.id)
    before = tuple(f"{phone.raw} ({phone.label})" if phone.label else phone.raw for phone in stored)
    region = day.settings.region
    after = _unveiled(stored, _phones(typed), region)
    if "phones" in shown:
        was = _unveiled(stored, _phones(shown["phones"]), region)
        edits.refuse_clashes(
            session, RecordKind.CUSTOMER, row.id,
            shown={"phones": was}, stored={"phones": before}, changes={"phones": after},
        )  # fmt: skip
        if after == was:
            return
    if before == after:
        return
    if not after and not row.name:
        raise refuse("customer_empty", "phones")
    for phone in stored:
        session.delete(phone)
    session.flush()
    for position, raw in enumerate(after):
        add_phone(session, day, row.id, raw, position)
    row.version += 1
    session.add(row)
    events.record(
        session,
        day.now,
        by,
        RecordKind.CUSTOMER,
        row.id,
        "changed",
        before={"phones": before},
        after={"phones": after},
    )


def merge(shop: Shop, double_id: int, into_id: int, by: int) -> CustomerView:
    """Merge a customer file that was made twice into the one that is kept, which is given back.

    Phones, devices, calls, jobs and follow-ups move over; what the kept file lacks is filled in. The
    double stays as a record that says where everything went, and is found no more. Raises ``Refused``:
    ``merge_with_itself``, ``customer_merged``; ``NotFound``.
    """
    if double_id == into_id:
        raise refuse("merge_with_itself", "into")
    with shop.writing(by, Permission.MERGE_CUSTOMERS) as (session, day):
        double, kept = (customers.required(session, one) for one in (double_id, into_id))
        for row, field in ((double, "customer"), (kept, "into")):
            _refuse_forgotten(session, row.id or 0)
            if row.merged_into is not None:
                raise refuse("customer_merged", field, id=row.id, into=row.merged_into)
        moved = customers.merge(session, double, kept)
        lacking = {name: getattr(double, name) for name in EDITABLE if not getattr(kept, name)}
        changes = {name: value for name, value in lacking.items() if value}
        if double.notes and kept.notes:
            changes["notes"] = fields.text("notes", f"{kept.notes}\n{double.notes}")
        for name, value in changes.items():
            setattr(kept, name, value)
        kept.version += 1
        session.add(kept)
        session.flush()
        counts = {name: count for name, count in moved.items() if count}
        events.record(session, day.now, by, RecordKind.CUSTOMER, double_id, "merged", after={"into": into_id})
        events.record(
            session, day.now, by, RecordKind.CUSTOMER, into_id, "took_over",
            after={"customer": double_id, "name": double.name, **counts, **changes},
        )  # fmt: skip
        search.forget(session, RecordKind.CUSTOMER, double_id)
        customers.make_findable(session, kept, day.settings.region)
        find_again(session, day, into_id)
        return customers.view(session, kept, day.settings.region)


def note(shop: Shop, customer_id: int, text: str, by: int) -> CustomerView:
    """Add a line to the customer's notes. Raises ``Refused`` (``note_empty``), ``NotFound``."""
    line = fields.text("notes", text)
    if not line:
        raise refuse("note_empty", "note")
    with shop.writing(by, Permission.NOTES) as (session, day):
        _refuse_forgotten(session, customer_id)
        row = customers.required(session, customer_id)
        notes = fields.text("notes", f"{row.notes}\n{line}" if row.notes else line)
        edits.save(
            session,
            Customer,
            customer_id,
            shown={"version": row.version},
            changes={"notes": notes},
            kind=RecordKind.CUSTOMER,
            by=by,
            now=day.now,
            what="note",
        )
        customers.make_findable(session, row, day.settings.region)
        return customers.view(session, row, day.settings.region)


def log_of(shop: Shop, kind: RecordKind, record_id: int) -> tuple[EventView, ...]:
    """Who changed a record, when, from what to what; newest first, the last 200."""
    with shop.reading() as (session, _):
        return events.of_record(session, kind, record_id)
