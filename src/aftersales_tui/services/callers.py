"""Who is calling and about which unit: found on file by scraps, completed, or put on file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from aftersales_tui.domain.contacts import is_veiled, phone_spellings, read_phone, veiled_phone
from aftersales_tui.domain.text import clean, squeeze
from aftersales_tui.domain.words import CallKind, Proof, RecordKind
from aftersales_tui.services import devices as device_service
from aftersales_tui.services import fields
from aftersales_tui.services.customers import add_phone, make, same_name
from aftersales_tui.services.refresh import find_again
from aftersales_tui.services.shop import ShopDay
from aftersales_tui.store import customers, devices, edits, events
from aftersales_tui.store.engine import Session
from aftersales_tui.store.tables import Customer, Device
from aftersales_tui.views.calls import NewCall
from aftersales_tui.views.customers import NewCustomer
from aftersales_tui.views.devices import NewDevice

ONLY_ASKING = (CallKind.ADVICE, CallKind.PROGRESS, CallKind.OTHER)
"""Kinds of call that put nobody on file who does not say both name and phone."""


OTHER = "other"
"""The kind of a product of which no kind was named."""


@dataclass(slots=True)
class Entry:
    """A call being written: what was found or made for it."""

    new: NewCall
    customer: Customer | None = None
    device: Device | None = None
    warnings: list[str] = field(default_factory=list)


def unveiled(session: Session, day: ShopDay, new: NewCall, said: str = "") -> NewCall:
    """The call with the number on file in place of its masked one; a masked number is never kept.

    Whoever sees phones masked hands them back so. ``said`` is what the caller gave when it was logged.
    """
    if not is_veiled(new.phone):
        return new
    owner = new.customer_id
    if owner is None and new.device_id is not None:
        owner = devices.required(session, new.device_id).customer_id
    known = [said, *(row.raw for row in customers.phones(session, owner))] if owner is not None else [said]
    masked = {veiled_phone(raw, day.settings.region): raw for raw in reversed(known) if raw}
    return replace(new, phone=masked.get(clean(new.phone), ""))


def identify(session: Session, day: ShopDay, new: NewCall, by: int) -> Entry:
    """Customer and device of a call, inside its transaction; what is unsure stands in ``warnings``.

    A known phone with another name makes a new customer on that phone (``same_phone``); it never
    renames. A phone of several people without a name is nobody's (``phone_ambiguous``). Dates on
    file are never overwritten (``date_differs``).
    """
    entry = Entry(new)
    _find_device_by_serial(session, entry)
    _find_or_make_customer(session, day, entry, by)
    _find_or_make_device(session, day, entry, by)
    return entry


def _find_device_by_serial(session: Session, entry: Entry) -> None:
    new = entry.new
    if new.device_id is not None:
        entry.device = devices.required(session, new.device_id)
        return
    found = devices.by_serial(session, new.serial)
    if new.brand or new.model:
        key = devices.product_key(clean(new.brand), clean(new.model))
        same = [row for row in found if _same_product(session, row, key)]
        if found and not same:
            entry.warnings.append("serial_of_other_product")
        found = same
    if len(found) > 1 and new.customer_id is not None:
        found = [row for row in found if row.customer_id == new.customer_id] or found
    entry.device = found[0] if found else None


def _same_product(session: Session, row: Device, key: str) -> bool:
    """Whether the typed product means this device's: the same, or one of them a part of the other."""
    stored = devices.view(session, row.id or 0)
    known = devices.product_key(stored.brand, stored.model)
    return key in known or known in key


def _find_or_make_customer(session: Session, day: ShopDay, entry: Entry, by: int) -> None:
    new = entry.new
    if new.customer_id is not None:
        entry.customer = customers.kept(session, new.customer_id)
        _complete_customer(session, day, entry.customer, new, by)
        return
    name, phone = clean(new.name), clean(new.phone)
    if not name and not phone:
        entry.customer = _owner(session, entry.device)
        if entry.customer is not None:
            _complete_customer(session, day, entry.customer, new, by)
        return
    known = _with_phone(session, day, phone) if phone else []
    owner = _owner(session, entry.device)
    if name:
        entry.customer = _of_that_name(known, owner, name)
        if entry.customer is None and known:
            entry.warnings.append("same_phone")
    elif len(known) == 1:
        entry.customer = known[0]
    elif known:
        entry.customer = next((row for row in known if owner and row.id == owner.id), None)
        if entry.customer is None:
            entry.warnings.append("phone_ambiguous")
            return
    if entry.customer is None and new.kind in ONLY_ASKING and not (name and phone):
        return
    if entry.customer is None:
        made = NewCustomer(
            name=name,
            phones=(phone,) if phone else (),
            region=new.region,
            address=new.address,
            email=new.email,
        )
        entry.customer = make(session, day, made, by)
    else:
        _complete_customer(session, day, entry.customer, new, by)


def _owner(session: Session, device: Device | None) -> Customer | None:
    if device is None or device.customer_id is None:
        return None
    return customers.required(session, device.customer_id)


def _of_that_name(known: list[Customer], owner: Customer | None, name: str) -> Customer | None:
    """Who of the phone's people, or the unit's owner, has that name; else the phone's nameless file."""
    people = [*known, *([owner] if owner else [])]
    named = next((row for row in people if same_name(name, row.name)), None)
    return named or next((row for row in known if not row.name), None)


def _with_phone(session: Session, day: ShopDay, phone: str) -> list[Customer]:
    region = day.settings.region
    read = read_phone(phone, region)
    return customers.with_phone(session, read.e164 or "", read.digits, phone_spellings(read, region))


def _complete_customer(session: Session, day: ShopDay, row: Customer, new: NewCall, by: int) -> None:
    """Fill what the file does not have yet; what it has is never overwritten from a call."""
    said = {"name": new.name, "region": new.region, "address": new.address, "email": new.email}
    changes = {
        name: fields.text(name, value)
        for name, value in said.items()
        if clean(value) and not getattr(row, name)
    }
    assert row.id is not None
    phone = clean(new.phone)
    known = customers.phones(session, row.id)
    if phone and not any(_same_number(day, phone, stored.raw) for stored in known):
        add_phone(session, day, row.id, phone, len(known))
        row.version += 1
        session.add(row)
        session.flush()
        events.record(session, day.now, by, RecordKind.CUSTOMER, row.id, "changed", after={"phones": [phone]})
    elif not changes:
        return
    if changes:
        shown = {"version": row.version}
        edits.save(
            session,
            Customer,
            row.id,
            shown=shown,
            changes=changes,
            kind=RecordKind.CUSTOMER,
            by=by,
            now=day.now,
        )
    customers.make_findable(session, row, day.settings.region)
    find_again(session, day, row.id)


def _same_number(day: ShopDay, typed: str, stored: str) -> bool:
    mine, theirs = (read_phone(number, day.settings.region) for number in (typed, stored))
    if mine.e164 and theirs.e164:
        return mine.e164 == theirs.e164
    return (mine.digits or mine.raw) == (theirs.digits or theirs.raw)


def _find_or_make_device(session: Session, day: ShopDay, entry: Entry, by: int) -> None:
    new = entry.new
    owner = entry.customer.id if entry.customer else None
    if entry.device is None and owner is not None and not clean(new.serial) and (new.brand or new.model):
        entry.device = _only_one_like_it(session, owner, new)
    if entry.device is None:
        if new.brand or new.model or new.serial or new.category:
            entry.device = device_service.make(session, day, _new_device(new, owner), by)
        return
    device = entry.device
    assert device.id is not None
    if device.customer_id is None and owner is not None:
        device.customer_id = owner
        session.add(device)
        session.flush()
        devices.make_findable(session, device, day.settings.region)
    elif owner is not None and device.customer_id != owner:
        entry.warnings.append("serial_other_customer")
    _complete_device(session, day, entry, device, by)


def _only_one_like_it(session: Session, owner: int, new: NewCall) -> Device | None:
    key = devices.product_key(clean(new.brand), clean(new.model))
    owned = devices.of_customer(session, owner)
    alike = [row for row in owned if devices.product_key(row.brand, row.model) == key]
    if len(alike) != 1:
        return None
    differing = any(
        getattr(new, name) and getattr(alike[0], name) and getattr(new, name) != getattr(alike[0], name)
        for name in devices.DATES
    )
    return None if differing else devices.required(session, alike[0].id)


def _new_device(new: NewCall, owner: int | None) -> NewDevice:
    dates = {name: getattr(new, name) for name in devices.DATES}
    return NewDevice(
        customer_id=owner,
        brand=new.brand,
        model=new.model,
        category=new.category,
        serial=new.serial,
        invoice_no=new.invoice_no,
        proof=new.proof or Proof.TOLD,
        seller=new.seller,
        **dates,
    )


def _completed_product(session: Session, device: Device, new: NewCall) -> int:
    """The product of a unit with the brand, model or kind that its card did not name yet."""
    stored = devices.view(session, device.id or 0)
    kind = device_service.read_category(new.category)
    brand = stored.brand or fields.text("brand", new.brand)
    model = stored.model or fields.text("model", new.model)
    category = kind if kind and stored.category == OTHER else stored.category
    if (brand, model, category) == (stored.brand, stored.model, stored.category):
        return device.product_id
    return devices.product(session, brand, model, category).id or device.product_id


def _complete_device(session: Session, day: ShopDay, entry: Entry, device: Device, by: int) -> None:
    """Fill what the service card does not have yet; a date that differs is kept as it was, and said."""
    new = entry.new
    changes: dict[str, object] = {}
    for name in devices.DATES:
        said, stored = getattr(new, name), getattr(device, name)
        if said is not None and stored is None:
            changes[name] = said
        elif said is not None and said != stored:
            entry.warnings.append("date_differs")
    for name in ("invoice_no", "seller", "serial"):
        said_text = clean(getattr(new, name))
        if said_text and not getattr(device, name):
            changes[name] = fields.text(name, said_text)
    if "serial" in changes:
        changes["serial_folded"] = squeeze(str(changes["serial"]))[:200]
    if new.proof is not None and new.proof is not device.proof:
        changes["proof"] = new.proof
    product_id = _completed_product(session, device, new)
    if product_id != device.product_id:
        changes["product_id"] = product_id
    if changes:
        assert device.id is not None
        shown = {"version": device.version}
        edits.save(
            session,
            Device,
            device.id,
            shown=shown,
            changes=changes,
            kind=RecordKind.DEVICE,
            by=by,
            now=day.now,
        )
        devices.make_findable(session, device, day.settings.region)
