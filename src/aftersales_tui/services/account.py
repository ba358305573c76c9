"""The account of who changed what, when, from what to what."""

from __future__ import annotations

from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.services.shop import Shop
from aftersales_tui.store import calls, customers, devices, events, followups, jobs, staff
from aftersales_tui.store.engine import Session
from aftersales_tui.views.audit import AccountState
from aftersales_tui.views.history import EventPage

PAGE = 200


def of_record(
    shop: Shop, kind: RecordKind, record_id: int, *, limit: int = PAGE, before: int | None = None
) -> EventPage:
    """The events of a record, newest first; ``before`` is the ``older`` of the page before."""
    with shop.reading() as (session, _):
        return events.page(session, kind, record_id, limit, before)


def name_of(shop: Shop, kind: RecordKind, record_id: int) -> str:
    """What a record is called; the shop by its name. Raises ``NotFound``."""
    with shop.reading() as (session, day):
        if kind is RecordKind.SHOP:
            return day.settings.name
        return _name(session, kind, record_id)


def state(shop: Shop) -> AccountState:
    """The account examined from its first event to its last."""
    with shop.reading() as (session, _):
        last, seal = events.tail(session)
        return AccountState(events=last, seal=seal.hex(), broken=events.verify_chain(session))


def _name(session: Session, kind: RecordKind, record_id: int) -> str:
    match kind:
        case RecordKind.JOB:
            return show_number(NumberKind.JOB, jobs.required(session, record_id).number)
        case RecordKind.CALL:
            return show_number(NumberKind.CALL, calls.required(session, record_id).number)
        case RecordKind.FOLLOW_UP:
            return show_number(NumberKind.FOLLOW_UP, followups.required(session, record_id).number)
        case RecordKind.CUSTOMER:
            return customers.required(session, record_id).name
        case RecordKind.DEVICE:
            device = devices.view(session, record_id)
            return device.title or device.serial
        case _:
            return staff.required(session, record_id).name
