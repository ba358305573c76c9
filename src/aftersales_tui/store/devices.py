"""Queries on products and devices, and what they are found by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlmodel import Session, col

from aftersales_tui.domain.text import fold, squeeze
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.domain.workflow import OPEN
from aftersales_tui.store import customers, records, search
from aftersales_tui.store.search import Part
from aftersales_tui.store.tables import Customer, Device, Job, Product
from aftersales_tui.views.devices import DeviceView, ProductView

DATES = ("sold_on", "invoiced_on", "delivered_on", "installed_on", "accepted_on", "produced_on")


def required(session: Session, device_id: int) -> Device:
    """The device with that id. Raises ``NotFound``."""
    return records.required(session, Device, "device", device_id)


def product_key(brand: str, model: str) -> str:
    """By what a product is the same product: brand and model without case, width and separators."""
    return squeeze(f"{brand}{model}")


def product(session: Session, brand: str, model: str, category: str) -> Product:
    """The product of that brand and model; made when the shop has not met it yet."""
    key = product_key(brand, model)
    query = select(Product).where(col(Product.folded) == key)
    same: list[Product] = list(session.execute(query).scalars())
    for row in same:
        if row.category == category or not category:
            return row
    if same and key:
        # the first word about the category may have been a guess: "other" gives way to a real one
        for row in same:
            if row.category == "other":
                row.category = category
                row.version += 1
                session.add(row)
                session.flush()
                return row
    made = Product(brand=brand, model=model, category=category or "other", folded=key)
    session.add(made)
    session.flush()
    return made


def products_like(session: Session, text: str, limit: int) -> list[ProductView]:
    """Products whose brand and model hold the text, for the form's type-ahead; most repaired first."""
    words = [squeeze(part) for part in fold(text).split()]
    query = select(Product, func.count(col(Device.id)).label("units")).join(
        Device, col(Device.product_id) == col(Product.id), isouter=True
    )
    for word in words:
        query = query.where(col(Product.folded).contains(word, autoescape=True))
    rows = session.execute(
        query.group_by(col(Product.id)).order_by(func.count(col(Device.id)).desc()).limit(limit)
    )
    return [ProductView(id=p.id or 0, brand=p.brand, model=p.model, category=p.category) for p, _ in rows]


def by_serial(session: Session, serial: str) -> list[Device]:
    """Every device with that serial, newest first; an empty serial is nobody's."""
    folded = squeeze(serial)
    if not folded:
        return []
    query = select(Device).where(col(Device.serial_folded) == folded).order_by(col(Device.id).desc())
    return list(session.execute(query).scalars())


def by_serial_tail(session: Session, tail: str, limit: int = 20) -> list[Device]:
    """Devices whose serial ends in ``tail``, newest first."""
    folded = squeeze(tail)
    if not folded:
        return []
    query = select(Device).where(col(Device.serial_folded).endswith(folded, autoescape=True))
    return list(session.execute(query.order_by(col(Device.id).desc()).limit(limit)).scalars())


_WIDE: tuple[Any, ...] = (Device, Product, col(Customer.name).label("customer_name"))


def _wide() -> Select[Any]:
    return (
        select(*_WIDE)
        .select_from(Device)
        .join(Product, col(Device.product_id) == col(Product.id))
        .join(Customer, col(Device.customer_id) == col(Customer.id), isouter=True)
    )


def _view(device: Device, of: Product, customer_name: str | None) -> DeviceView:
    assert device.id is not None
    return DeviceView(
        id=device.id,
        version=device.version,
        customer_id=device.customer_id,
        customer_name=customer_name or "",
        product_id=device.product_id,
        brand=of.brand,
        model=of.model,
        category=of.category,
        serial=device.serial,
        sold_on=device.sold_on,
        invoiced_on=device.invoiced_on,
        delivered_on=device.delivered_on,
        installed_on=device.installed_on,
        accepted_on=device.accepted_on,
        produced_on=device.produced_on,
        invoice_no=device.invoice_no,
        proof=device.proof,
        seller=device.seller,
        place=device.place,
        notes=device.notes,
    )


def view(session: Session, device_id: int) -> DeviceView:
    """One device. Raises ``NotFound``."""
    required(session, device_id)
    return _view(*session.execute(_wide().where(col(Device.id) == device_id)).one())


def views(session: Session, ids: list[int]) -> dict[int, DeviceView]:
    """Several devices by id."""
    return {row[0].id: _view(*row) for row in session.execute(_wide().where(col(Device.id).in_(ids)))}


@dataclass(frozen=True, slots=True)
class Brief:
    """A device in one line of a list."""

    title: str
    serial: str
    customer_id: int | None
    customer_name: str
    created_at: datetime


def brief(session: Session, ids: Sequence[int]) -> dict[int, Brief]:
    """Several devices in one line each, by id."""
    return {
        row[0]: Brief(f"{row[1]} {row[2]}".strip(), row[3], row[4], row[5] or "", row[6])
        for row in session.execute(_BRIEF, {"ids": ids})
    }


_BRIEF = (
    select(
        col(Device.id), col(Product.brand), col(Product.model), col(Device.serial),
        col(Device.customer_id), col(Customer.name), col(Device.created_at),
    )
    .join(Product, col(Device.product_id) == col(Product.id))
    .join(Customer, col(Device.customer_id) == col(Customer.id), isouter=True)
    .where(col(Device.id).in_(bindparam("ids", expanding=True)))
)  # fmt: skip


def of_customer(session: Session, customer_id: int, limit: int = 200) -> list[DeviceView]:
    """A customer's devices, the one repaired or bought last first."""
    last = (
        select(func.max(col(Job.opened_at)))
        .where(col(Job.device_id) == col(Device.id))
        .correlate(Device)
        .scalar_subquery()
    )
    query = _wide().where(col(Device.customer_id) == customer_id)
    rows = session.execute(query.order_by(last.is_(None), last.desc(), col(Device.id).desc()).limit(limit))
    return [_view(*row) for row in rows]


def owned_by(session: Session, customer_id: int) -> list[Device]:
    """Every device of a customer."""
    return list(session.execute(select(Device).where(col(Device.customer_id) == customer_id)).scalars())


def newest(session: Session, limit: int) -> tuple[list[DeviceView], int]:
    """The devices put on file last and how many there are in all."""
    rows = session.execute(_wide().order_by(col(Device.id).desc()).limit(limit))
    total = session.execute(select(func.count()).select_from(Device)).scalar_one()
    return [_view(*row) for row in rows], int(total)


def jobs_of(session: Session, device_id: int) -> list[Job]:
    """Every job on a device, oldest first: its history for the warranty."""
    query = select(Job).where(col(Job.device_id) == device_id).order_by(col(Job.opened_at), col(Job.id))
    return list(session.execute(query).scalars())


def jobs_of_each(session: Session, device_ids: Sequence[int]) -> dict[int, list[Job]]:
    """Every job of several devices, oldest first."""
    query = select(Job).where(col(Job.device_id).in_(device_ids)).order_by(col(Job.opened_at), col(Job.id))
    found: dict[int, list[Job]] = {device_id: [] for device_id in device_ids}
    for job in session.execute(query).scalars():
        if job.device_id is not None:
            found[job.device_id].append(job)
    return found


def open_job(session: Session, device_id: int) -> Job | None:
    """The newest open job on a device."""
    query = select(Job).where(col(Job.device_id) == device_id, col(Job.status).in_(OPEN))
    return session.execute(query.order_by(col(Job.id).desc()).limit(1)).scalar()


def date_known(device: Device | DeviceView) -> date | None:
    """The first known date a warranty may start from, in the order a person thinks of them."""
    for name in ("sold_on", "invoiced_on", "delivered_on", "installed_on", "accepted_on", "produced_on"):
        value: date | None = getattr(device, name)
        if value is not None:
            return value
    return None


def category_names(category: str) -> tuple[str, ...]:
    """What a category is called in both languages."""
    from aftersales_tui.store.policies import load_catalogue  # no list needs the policy pack

    label = load_catalogue().get(category).label
    if category not in load_catalogue().categories:
        return (category,)
    return tuple(dict.fromkeys((label.en, label.zh)))


def thing_parts(session: Session, device_id: int | None, product_id: int | None = None) -> list[Part]:
    """What a device is found by: brand, model, category, serial, invoice."""
    device = session.get(Device, device_id) if device_id else None
    of = session.get(Product, device.product_id if device else product_id) if (device or product_id) else None
    parts: list[Part] = []
    if of:
        names = (f"{of.brand} {of.model}", *category_names(of.category))
        parts += [(search.PRODUCT, name) for name in names]
    if device:
        parts += [(search.SERIAL, device.serial), (search.TEXT, device.invoice_no)]
    return parts


def make_findable(session: Session, device: Device, region: str, who: Sequence[Part] | None = None) -> None:
    """Renew what a device is found by; ``who`` are its owner's ``who_parts`` if at hand."""
    assert device.id is not None
    owner = who if who is not None else customers.who_parts(session, device.customer_id, region)
    own: list[Part] = [(search.TEXT, device.notes), (search.ADDRESS, device.place)]
    parts = [*thing_parts(session, device.id), *own, *owner]
    search.put(session, RecordKind.DEVICE, device.id, device.created_at, parts)
