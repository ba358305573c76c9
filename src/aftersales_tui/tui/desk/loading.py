"""What the desk asks of the services; each is called in a worker thread and imports them there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aftersales_tui.domain.categories import Catalogue
    from aftersales_tui.drafts import Draft
    from aftersales_tui.views.calls import CallView
    from aftersales_tui.views.customers import CustomerCard
    from aftersales_tui.views.desk import DeskBoard
    from aftersales_tui.views.devices import DeviceView
    from aftersales_tui.views.history import EventView, HistoryRow
    from aftersales_tui.views.jobs import JobView
    from aftersales_tui.views.search import Found


HERE = {
    "call": "call_form",
    "call_edit": "call_edit",
    "customer_edit": "customer_edit",
    "device_edit": "device_edit",
}
"""The forms whose drafts the desk offers, and the screen that goes on with each."""


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the desk's home shows."""

    drafts: tuple[Draft, ...]
    lists: DeskBoard


def board(shop: Any, staff_id: int) -> Board:
    """The lists of the desk, late first."""
    from aftersales_tui import drafts
    from aftersales_tui.services import desk

    kept = drafts.list_drafts(shop.path, staff_id)
    return Board(tuple(draft for draft in kept if draft.form in HERE), desk.board(shop))


def drop_draft(shop: Any, staff_id: int, draft_id: str) -> bool:
    """Throws a draft away; ``False`` when somebody types in it."""
    from aftersales_tui import drafts

    return drafts.drop(shop.path, staff_id, draft_id)


def find(shop: Any, text: str, limit: int) -> Found:
    """What a scrap finds, counting no further than the look-up shows."""
    from aftersales_tui.services import search

    return search.find(shop, text, limit=limit, count_all=False)


def call(shop: Any, call_id: int) -> CallView:
    """One call with its verdict and jobs."""
    from aftersales_tui.services import calls

    return calls.show(shop, call_id)


@dataclass(frozen=True, slots=True)
class WholeCall:
    """One call with what happened to it."""

    call: CallView
    events: tuple[EventView, ...]
    jobs: tuple[JobView, ...]
    next_job: str


def whole_call(shop: Any, call_id: int) -> WholeCall:
    """One call with its jobs and its timeline. Raises ``NotFound``."""
    from aftersales_tui.domain.words import RecordKind
    from aftersales_tui.services import calls, customers, jobs

    found = calls.show(shop, call_id)
    opened = tuple(jobs.show(shop, jobs.id_of(shop, number)) for number in found.job_numbers)
    events = customers.log_of(shop, RecordKind.CALL, call_id)
    return WholeCall(found, events, opened, calls.next_job_number(shop))


def job(shop: Any, job_id: int) -> JobView:
    """One job in full."""
    from aftersales_tui.services import jobs

    return jobs.show(shop, job_id)


def card(shop: Any, customer_id: int) -> CustomerCard:
    """Everything of one customer."""
    from aftersales_tui.services import customers

    return customers.card(shop, customer_id)


@dataclass(frozen=True, slots=True)
class WholeCustomer:
    """One customer with the forms about them that are half typed."""

    card: CustomerCard
    catalogue: Catalogue
    drafts: tuple[Draft, ...]


def customer(shop: Any, customer_id: int, staff_id: int) -> WholeCustomer:
    """Everything of one customer and this person's drafts about them. Raises ``NotFound``."""
    from aftersales_tui import drafts
    from aftersales_tui.services import devices

    kept = drafts.list_drafts(shop.path, staff_id)
    about = [d for d in kept if d.form in HERE and d.context.get("customer_id") == customer_id]
    return WholeCustomer(card(shop, customer_id), devices.catalogue(shop), tuple(about))


@dataclass(frozen=True, slots=True)
class WholeDevice:
    """One unit with what happened to it."""

    device: DeviceView
    category: str
    history: tuple[HistoryRow, ...]


def device(shop: Any, device_id: int) -> WholeDevice:
    """One service card. Raises ``NotFound``."""
    from aftersales_tui.services import devices

    found = devices.show(shop, device_id)
    return WholeDevice(found, category_label(shop, found.category), devices.history_of(shop, device_id))


def category_label(shop: Any, key: str) -> str:
    """The kind of product as people call it."""
    from aftersales_tui.i18n import language
    from aftersales_tui.services import devices

    return devices.catalogue(shop).label(key, language()) if key else ""


def follow_up_of_job(shop: Any, job_id: int) -> int | None:
    """The follow-up of a job, an open one first."""
    from aftersales_tui.services import followups

    return followups.for_job(shop, job_id)


def open_job(shop: Any, call_id: int, by: int) -> JobView | None:
    """Opens a job from a call on file."""
    from aftersales_tui.services import calls

    return calls.open_job(shop, call_id, by).job


def open_on_device(shop: Any, device_id: int, fault: str, by: int) -> JobView:
    """Opens a job on a device at the counter."""
    from aftersales_tui.services import calls

    return calls.open_on_device(shop, device_id, fault, by)


def close_call(shop: Any, call_id: int, resolution: str, note: str, by: int) -> None:
    """Closes a call with its resolution."""
    from aftersales_tui.domain.words import Resolution
    from aftersales_tui.services import calls

    calls.close(shop, call_id, Resolution(resolution), by, note)


def reopen_call(shop: Any, call_id: int, reason: str, by: int) -> None:
    """Puts a call that was closed by mistake back among the open ones."""
    from aftersales_tui.services import calls

    calls.reopen(shop, call_id, reason, by)


def informed(shop: Any, job_id: int, whom: str, channel: str, by: int) -> None:
    """Stamps who told the customer, when, by which channel."""
    from aftersales_tui.domain.words import InformedBy
    from aftersales_tui.services import jobs

    jobs.informed(shop, job_id, whom, InformedBy(channel), by)


def answered(shop: Any, job_id: int, by: int) -> CallView:
    """Logs that somebody phoned to ask how it stands, and was told."""
    from aftersales_tui.domain.words import Channel
    from aftersales_tui.services import calls

    return calls.log_answered(shop, job_id, Channel.PHONE, by)


def note(shop: Any, kind: str, record_id: int, text: str, by: int) -> None:
    """Writes a note to a call, a job or a customer."""
    from aftersales_tui.services import calls, customers, jobs

    {"call": calls.note, "job": jobs.note, "customer": customers.note}[kind](shop, record_id, text, by)


def edit_call(
    shop: Any, call_id: int, shown: Mapping[str, object], changes: Mapping[str, object], by: int
) -> None:
    """Saves what a form changed of a call's own words."""
    from aftersales_tui.services import calls

    calls.edit(shop, call_id, shown=shown, changes=changes, by=by)
