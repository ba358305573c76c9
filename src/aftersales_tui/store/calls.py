"""Queries on the call register, and what a call is found by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, bindparam, func, select, text
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from aftersales_tui.domain.completeness import CallFacts, missing
from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.store import records, veil
from aftersales_tui.store.jobs import first_phone, for_call
from aftersales_tui.store.stored import read_verdict
from aftersales_tui.store.tables import Call, Customer, Device, Product, Staff, VerdictRow
from aftersales_tui.views.calls import CallView

if TYPE_CHECKING:
    from aftersales_tui.store.search import Part

_closer = aliased(Staff)

_date_known = (
    func.coalesce(
        Device.sold_on,
        Device.invoiced_on,
        Device.delivered_on,
        Device.installed_on,
        Device.accepted_on,
        Device.produced_on,
    )
    .is_not(None)
    .label("date_known")
)

COLUMNS: tuple[Any, ...] = (
    col(Call.id).label("id"),
    col(Call.version).label("version"),
    col(Call.number).label("number"),
    col(Call.at).label("at"),
    col(Staff.name).label("taken_by"),
    col(Call.kind).label("kind"),
    col(Call.channel).label("channel"),
    col(Call.customer_id).label("customer_id"),
    func.coalesce(Customer.name, "").label("customer_name"),
    col(Call.caller_name).label("caller_name"),
    func.coalesce(func.nullif(Call.caller_phone, ""), first_phone, "").label("phone"),
    func.coalesce(Customer.region, "").label("region"),
    func.coalesce(Customer.address, "").label("address"),
    col(Call.device_id).label("device_id"),
    func.coalesce(Product.brand, "").label("brand"),
    func.coalesce(Product.model, "").label("model"),
    func.coalesce(Product.category, "").label("category"),
    func.coalesce(Device.serial, "").label("serial"),
    _date_known,
    col(Call.fault).label("fault"),
    col(Call.as_before).label("as_before"),
    col(Call.as_before_job_id).label("as_before_job_id"),
    col(Call.cause).label("cause"),
    col(Call.wish).label("wish"),
    col(Call.urgency).label("urgency"),
    col(Call.place).label("place"),
    col(Call.status).label("status"),
    col(Call.resolution).label("resolution"),
    col(Call.promised_call_back).label("promised_call_back"),
    col(Call.closed_at).label("closed_at"),
    func.coalesce(_closer.name, "").label("closed_by"),
)


def _from() -> Select[Any]:
    return (
        select(*COLUMNS)
        .select_from(Call)
        .join(Staff, col(Call.taken_by) == col(Staff.id))
        .join(Customer, col(Call.customer_id) == col(Customer.id), isouter=True)
        .join(Device, col(Call.device_id) == col(Device.id), isouter=True)
        .join(Product, col(Device.product_id) == col(Product.id), isouter=True)
        .join(_closer, col(Call.closed_by) == _closer.id, isouter=True)
    )


def facts(view: CallView) -> CallFacts:
    """What the completeness of a call is judged by (CALL-8)."""
    return CallFacts(
        kind=view.kind,
        channel=view.channel,
        place=view.place,
        phone=view.phone,
        name=view.customer_name or view.caller_name,
        address=view.address,
        product=view.product or (view.category if view.device_id else ""),
        date_known=view.date_known,
        fault=view.fault,
        wish=view.wish,
    )


def _view(session: Session, row: Any) -> CallView:
    plain = CallView(**veil.row(session, row._mapping))
    return replace(plain, missing=missing(facts(plain)))


def required(session: Session, call_id: int) -> Call:
    """The call with that id. Raises ``NotFound``."""
    return records.required(session, Call, "call", call_id)


def id_of(session: Session, number: int) -> int | None:
    """The id of the call of that number, if there is one."""
    return session.execute(select(col(Call.id)).where(col(Call.number) == number)).scalar()


def by_number(session: Session, number: int) -> Call:
    """The call of that number. Raises ``NotFound``."""
    shown = show_number(NumberKind.CALL, number)
    return records.numbered(session, Call, "call", col(Call.number), number, shown)


def view(session: Session, call_id: int) -> CallView:
    """One call with its newest verdict and its jobs. Raises ``NotFound``."""
    required(session, call_id)
    row = session.execute(_from().where(col(Call.id) == call_id)).one()
    plain = _view(session, row)
    stored = verdict_row(session, call_id)
    from aftersales_tui.store import overrides

    return replace(
        plain,
        verdict=read_verdict(stored),
        override=overrides.standing(session, stored.id) if stored else None,
        job_numbers=tuple(for_call(session, call_id)),
    )


def verdict_row(session: Session, call_id: int) -> VerdictRow | None:
    """The newest verdict judged for a call."""
    query = (
        select(VerdictRow)
        .where(col(VerdictRow.call_id) == call_id)
        .order_by(col(VerdictRow.id).desc())
        .limit(1)
    )
    return session.execute(query).scalar()


# the words of the partial index itself, not a bound value: only so does SQLite use it
is_unclosed = text("call.status <> 'closed'")


def since(moment: datetime) -> Any:
    """Calls from a moment on."""
    return col(Call.at) >= moment


def call_back_before(moment: datetime) -> Any:
    """Calls whose promised call-back is past at a moment."""
    return col(Call.promised_call_back) < moment


def of_customer(session: Session, customer_id: int, *, unclosed_only: bool = False) -> list[Call]:
    """Every call of a customer, or those not closed yet."""
    return _rows_where(session, col(Call.customer_id) == customer_id, unclosed_only)


def of_device(session: Session, device_id: int, *, unclosed_only: bool = False) -> list[Call]:
    """Every call about a unit, or those not closed yet."""
    return _rows_where(session, col(Call.device_id) == device_id, unclosed_only)


def _rows_where(session: Session, which: Any, unclosed_only: bool) -> list[Call]:
    query = select(Call).where(which, *([is_unclosed] if unclosed_only else []))
    return list(session.execute(query).scalars())


def rows(session: Session, *conditions: Any, order: tuple[Any, ...], limit: int) -> list[CallView]:
    """Calls of a list."""
    found = session.execute(_from().where(*conditions).order_by(*order).limit(limit))
    return [_view(session, row) for row in found]


def count(session: Session, *conditions: Any) -> int:
    """How many calls a list has in all."""
    return int(session.execute(select(func.count()).select_from(Call).where(*conditions)).scalar_one())


DUE_FIRST = (col(Call.promised_call_back).is_(None), col(Call.promised_call_back), col(Call.id))
NEWEST = (col(Call.id).desc(),)
# an expression, so that the few open calls are sorted rather than all calls walked from the newest
NEWEST_OPEN = ((col(Call.id) + 0).desc(),)


@dataclass(frozen=True, slots=True)
class Brief:
    """A call in one line of a list."""

    number: int
    at: datetime
    who: str
    phone: str
    product: str
    fault: str
    status: str
    customer_id: int | None
    device_id: int | None


def brief(session: Session, ids: Sequence[int]) -> dict[int, Brief]:
    """Several calls in one line each, by id; the status is the resolution once there is one."""
    return {
        row[0]: Brief(
            row[1], row[2], row[3] or veil.phone(session, row[4]), veil.phone(session, row[4]),
            f"{row[5]} {row[6]}".strip(), row[7],
            (row[9] or row[8]).value, row[10], row[11],
        )
        for row in session.execute(_brief(), {"ids": ids})
    }  # fmt: skip


@cache
def _brief() -> Any:
    return (
        select(
            col(Call.id), col(Call.number), col(Call.at),
            func.coalesce(func.nullif(Customer.name, ""), func.nullif(Call.caller_name, ""), ""),
            func.coalesce(func.nullif(Call.caller_phone, ""), first_phone, ""),
            func.coalesce(Product.brand, ""), func.coalesce(Product.model, ""),
            col(Call.fault), col(Call.status), col(Call.resolution),
            col(Call.customer_id), col(Call.device_id),
        )
        .join(Customer, col(Call.customer_id) == col(Customer.id), isouter=True)
        .join(Device, col(Call.device_id) == col(Device.id), isouter=True)
        .join(Product, col(Device.product_id) == col(Product.id), isouter=True)
        .where(col(Call.id).in_(bindparam("ids", expanding=True)))
    )  # fmt: skip


def make_findable(session: Session, call: Call, region: str, who: Sequence[Part] | None = None) -> None:
    """Renew what a call is found by; ``who`` are the customer's ``who_parts`` if at hand."""
    from aftersales_tui.store import customers, devices, search  # no list needs them

    assert call.id is not None
    parts: list[Part] = [
        (search.NUMBER, show_number(NumberKind.CALL, call.number)),
        *customers.name_parts(call.caller_name),
        *customers.phone_parts(call.caller_phone, region),
        *(who if who is not None else customers.who_parts(session, call.customer_id, region)),
        *devices.thing_parts(session, call.device_id),
        (search.FAULT, call.fault),
    ]
    search.put(session, RecordKind.CALL, call.id, call.at, parts)
