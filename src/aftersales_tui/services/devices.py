"""The register of devices: one service card per unit (DEV-1 … DEV-5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from aftersales_tui.domain.categories import Catalogue
from aftersales_tui.domain.dates import check_past
from aftersales_tui.domain.errors import NotFound, Problem, refuse
from aftersales_tui.domain.permissions import Permission
from aftersales_tui.domain.text import clean, squeeze
from aftersales_tui.domain.words import Proof, RecordKind
from aftersales_tui.services import fields, warranty
from aftersales_tui.services.refresh import device_changed
from aftersales_tui.services.shop import Shop, ShopDay
from aftersales_tui.store import customers, devices, edits, events, history
from aftersales_tui.store.engine import Session
from aftersales_tui.store.policies import load_catalogue
from aftersales_tui.store.tables import Device
from aftersales_tui.views.devices import DeviceView, NewDevice, ProductView
from aftersales_tui.views.history import HistoryRow

TEXTS = ("serial", "invoice_no", "seller", "place", "notes")
PRODUCT = ("brand", "model", "category")
EDITABLE = (*TEXTS, *PRODUCT, *devices.DATES, "proof", "customer_id")


def add(shop: Shop, new: NewDevice, by: int) -> DeviceView:
    """Put a device on file.

    Raises ``Refused``: ``device_empty`` (neither product nor serial), ``serial_known`` (the same
    product with that serial is on file), ``date_after_today``, ``too_long``.
    """
    with shop.writing(by, Permission.KEEP_DEVICES) as (session, day):
        if new.customer_id is not None:
            customers.required(session, new.customer_id)
        for twin in devices.by_serial(session, new.serial):
            known = devices.view(session, twin.id or 0)
            if devices.product_key(known.brand, known.model) == devices.product_key(new.brand, new.model):
                raise refuse("serial_known", "serial", serial=known.serial, device=known.id)
        row = make(session, day, new, by)
        return devices.view(session, row.id or 0)


def make(session: Session, day: ShopDay, new: NewDevice, by: int) -> Device:
    """Put a device on file inside a use case's transaction."""
    brand, model = fields.text("brand", new.brand), fields.text("model", new.model)
    texts: dict[str, Any] = {name: fields.text(name, getattr(new, name)) for name in TEXTS}
    category = read_category(new.category)
    if not (brand or model or texts["serial"] or category):
        raise refuse("device_empty", "product")
    dates: dict[str, Any] = {name: getattr(new, name) for name in devices.DATES}
    check_dates(dates, day.today)
    product = devices.product(session, brand, model, category)
    assert product.id is not None
    row = Device(
        customer_id=new.customer_id,
        product_id=product.id,
        serial_folded=squeeze(texts["serial"])[:200],
        proof=new.proof,
        created_at=day.now,
        created_by=by,
        **texts,
        **dates,
    )
    session.add(row)
    session.flush()
    assert row.id is not None
    after = {
        "brand": brand,
        "model": model,
        "category": product.category,
        **texts,
        **dates,
        "proof": new.proof,
    }
    known = {name: value for name, value in after.items() if value}
    events.record(session, day.now, by, RecordKind.DEVICE, row.id, "added", after=known)
    devices.make_findable(session, row, day.settings.region)
    return row


def read_category(typed: str) -> str:
    """The key of a product category, from the key, a label or an alias; anything else is kept as typed.

    Raises ``Refused`` (``too_long``).
    """
    said = fields.text("category", typed)
    found = load_catalogue().match(said) if said else None
    return found.key if found else said


def check_dates(dates: Mapping[str, date | None], today: date) -> None:
    """Refuses a date after today; a unit cannot have been sold tomorrow."""
    for name, value in dates.items():
        if value is not None:
            check_past(value, today, name.removesuffix("_on"))


def show(shop: Shop, device_id: int) -> DeviceView:
    """One device with its verdict of today. Raises ``NotFound``."""
    with shop.reading() as (session, day):
        device = devices.view(session, device_id)
        running = devices.open_job(session, device_id)
        return replace(
            device,
            verdict=warranty.on_device(session, day, device),
            open_job_id=running.id if running else None,
        )


def by_serial(shop: Shop, serial: str) -> DeviceView:
    """The device with that serial, or with that tail of it.

    Raises ``NotFound`` (``serial_unknown``) or ``Refused`` (``serial_ambiguous``).
    """
    with shop.reading() as (session, day):
        found = devices.by_serial(session, serial) or devices.by_serial_tail(session, serial)
        if not found:
            raise NotFound(Problem("serial_unknown", "serial", {"serial": clean(serial)}))
        if len(found) > 1:
            known = ", ".join(device.serial for device in found)
            raise refuse("serial_ambiguous", "serial", serial=clean(serial), known=known)
        device = devices.view(session, found[0].id or 0)
        return replace(device, verdict=warranty.on_device(session, day, device))


def of_customer(shop: Shop, customer_id: int) -> tuple[DeviceView, ...]:
    """A customer's devices with their verdicts of today, the one seen last first."""
    with shop.reading() as (session, day):
        units = devices.of_customer(session, customer_id)
        jobs = devices.jobs_of_each(session, [unit.id for unit in units])
        return tuple(
            replace(unit, verdict=warranty.on_device(session, day, unit, jobs=jobs[unit.id]))
            for unit in units
        )


def history_of(shop: Shop, device_id: int) -> tuple[HistoryRow, ...]:
    """What happened to a unit, newest first (DEV-6)."""
    with shop.reading() as (session, _):
        return history.of_device(session, device_id)


def newest(shop: Shop, limit: int = 200) -> tuple[tuple[DeviceView, ...], int]:
    """The devices put on file last, and how many there are in all."""
    with shop.reading() as (session, _):
        found, total = devices.newest(session, limit)
        return tuple(found), total


def products_like(shop: Shop, typed: str, limit: int = 12) -> tuple[ProductView, ...]:
    """Products for the form's type-ahead."""
    with shop.reading() as (session, _):
        return tuple(devices.products_like(session, typed, limit))


def catalogue(shop: Shop) -> Catalogue:
    """The kinds of product the shop knows, for choices and type-ahead. Raises ``StoreFault``."""
    return load_catalogue()


def edit(
    shop: Shop, device_id: int, *, shown: Mapping[str, object], changes: Mapping[str, object], by: int
) -> DeviceView:
    """Save what a form changed of a service card.

    Raises ``Conflict`` (the same field changed meanwhile), ``Refused`` for a value that cannot be,
    ``NotFound``.
    """
    unknown = set(changes) - set(EDITABLE)
    if unknown:
        raise refuse("field_unknown", min(unknown), known=", ".join(EDITABLE))
    with shop.writing(by, Permission.KEEP_DEVICES) as (session, day):
        plain, product_changes = _checked(session, day, changes)
        if product_changes:
            current = devices.view(session, device_id)
            stored = {name: getattr(current, name) for name in PRODUCT}
            edits.refuse_clashes(
                session, RecordKind.DEVICE, device_id, shown=shown, stored=stored, changes=product_changes
            )
            kept = {name: value for name, value in product_changes.items() if value != shown.get(name)}
            wanted = stored | kept
            product = devices.product(session, wanted["brand"], wanted["model"], wanted["category"])
            plain["product_id"] = product.id
        row = edits.save(
            session, Device, device_id, shown=shown, changes=plain, kind=RecordKind.DEVICE, by=by, now=day.now
        )
        devices.make_findable(session, row, day.settings.region)
        device_changed(session, day, device_id)
        device = devices.view(session, device_id)
        return replace(device, verdict=warranty.on_device(session, day, device))


def _checked(
    session: Session, day: ShopDay, changes: Mapping[str, object]
) -> tuple[dict[str, object], dict[str, str]]:
    plain: dict[str, object] = {}
    product: dict[str, str] = {}
    for name, value in changes.items():
        if name in TEXTS:
            plain[name] = fields.text(name, str(value))
        elif name == "category":
            product[name] = read_category(str(value))
        elif name in PRODUCT:
            product[name] = fields.text(name, str(value))
        elif name == "proof":
            plain[name] = fields.word(name, Proof, value)
        elif name == "customer_id":
            plain[name] = customers.required(session, value).id if isinstance(value, int) else None
        else:
            day_or_none = value if isinstance(value, date) else None
            check_dates({name: day_or_none}, day.today)
            plain[name] = day_or_none
    if "serial" in plain:
        plain["serial_folded"] = squeeze(str(plain["serial"]))[:200]
    return plain, product
