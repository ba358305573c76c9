"""What the call form asks the services: off the UI thread, imported on first use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from aftersales_tui.domain.categories import Catalogue
from aftersales_tui.domain.deadlines import advice_call_back, promised_day
from aftersales_tui.domain.errors import Refused, ShopError
from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.text import squeeze
from aftersales_tui.domain.verdicts import Verdict
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.views.calls import CallLogged, NewCall, OpenJob
from aftersales_tui.views.customers import CustomerCard
from aftersales_tui.views.devices import DeviceView, ProductView

if TYPE_CHECKING:
    from aftersales_tui.services.shop import Shop
    from aftersales_tui.views.search import Hit

MOST_MATCHES = 8


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the shop proposes for a call that is being typed; the call-back is shop-local."""

    today: date
    opens: time
    job_number: str
    promised_for: date
    call_back: datetime
    catalogue: Catalogue


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody, or a device of somebody, that a scrap found; the first one brings its card along."""

    kind: RecordKind
    title: str
    phone: str
    region: str
    devices: int
    customer_id: int | None
    device_id: int | None
    card: CustomerCard | None = None
    device: DeviceView | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict beside the form, or why there is none."""

    verdict: Verdict | None
    error: ShopError | None = None


def proposal(shop: Shop) -> Proposal:
    """The next job number, the promised day, the time of the call-back, the kinds of product."""
    from aftersales_tui.services import calls, devices

    day = shop.today()
    after = timedelta(hours=day.settings.advice_hours)
    hour, _, minute = day.settings.opens.partition(":")
    return Proposal(
        today=day.today,
        opens=time(int(hour), int(minute or 0)),
        job_number=calls.next_job_number(shop),
        promised_for=promised_day(day.today, day.settings.turnaround_days, day.rest_days),
        call_back=advice_call_back(day.now, after).astimezone(day.zone),
        catalogue=devices.catalogue(shop),
    )


def callers(shop: Shop, typed: str) -> Sequence[Caller]:
    """Who a scrap may mean: the unit with that serial, the job with that number, then the callers."""
    from aftersales_tui.services import search

    people = search.find(shop, typed, (RecordKind.CUSTOMER,), MOST_MATCHES, count_all=False).items
    things = search.find(
        shop, typed, (RecordKind.DEVICE, RecordKind.JOB), 4 * MOST_MATCHES, count_all=False
    ).items
    whole = [hit for hit in things if _is_whole(hit, typed)]
    rest = [hit for hit in things if hit not in whole and not _by_its_owner(hit)]
    found = [_caller(shop, hit) for hit in (*whole, *people, *rest)[:MOST_MATCHES]]
    # of two with the same digits the one whose devices the shop knows is the likelier caller
    found.sort(key=lambda one: one.kind is RecordKind.CUSTOMER and not one.devices)
    return [_with_card(shop, one) if n == 0 else one for n, one in enumerate(found)]


def card(shop: Shop, customer_id: int) -> CustomerCard:
    """Everything known of a caller."""
    from aftersales_tui.services import customers

    return customers.card(shop, customer_id)


def unit(shop: Shop, device_id: int) -> DeviceView:
    """One device with its verdict of today."""
    from aftersales_tui.services import devices

    return devices.show(shop, device_id)


def unit_by_serial(shop: Shop, serial: str) -> DeviceView | None:
    """The one device with exactly that serial."""
    from aftersales_tui.services import devices

    try:
        found = devices.by_serial(shop, serial)
    except ShopError:
        return None
    return found if squeeze(found.serial) == squeeze(serial) else None


def catalogue(shop: Shop) -> Catalogue:
    """The kinds of product the shop knows."""
    from aftersales_tui.services import devices

    return devices.catalogue(shop)


def products(shop: Shop, typed: str) -> Sequence[ProductView]:
    """Products of the shop that contain what was typed."""
    from aftersales_tui.services import devices

    return devices.products_like(shop, typed, MOST_MATCHES)


def judge(shop: Shop, new: NewCall) -> Judged:
    """The verdict for what is typed so far, or which date cannot be."""
    from aftersales_tui.services import warranty

    try:
        return Judged(warranty.preview(shop, new))
    except Refused as error:
        return Judged(None, error)


def save(
    shop: Shop,
    how: str,
    new: NewCall,
    job: OpenJob,
    by: int,
    shown: dict[str, object],
    changes: dict[str, object],
) -> CallLogged:
    """Change what the caller corrected of their file, then log the call.

    ``how`` is ``job``, ``advise``, ``answer`` or ``keep``. Raises what ``customers.edit`` and
    ``calls.log`` raise; a refused change of the file logs no call.
    """
    from aftersales_tui.services import calls, customers

    if changes and new.customer_id is not None:
        customers.edit(shop, new.customer_id, shown=shown, changes=changes, by=by)
    if how == "job":
        return calls.log_and_open(shop, new, by, job)
    if how == "advise":
        return calls.log_and_advise(shop, new, by)
    if how == "answer":
        return calls.log_and_answer(shop, new, by)
    return calls.log(shop, new, by)


def _is_whole(hit: Hit, typed: str) -> bool:
    """The scrap is the whole number of a job or the whole serial of a unit, as a scanner sends it."""
    if hit.kind is RecordKind.JOB:
        said = squeeze(typed)
        shown = squeeze(show_number(NumberKind.JOB, hit.number or 0))
        return said == shown
    return hit.found_in == "serial" and squeeze(hit.fragment) == squeeze(typed)


def _by_its_owner(hit: Hit) -> bool:
    """Found only because it belongs to a caller, who is offered anyway; a job also by words of its fault."""
    if hit.kind is RecordKind.JOB:
        return hit.found_in != "number"
    return hit.found_in in ("phone", "name", "initials", "address", "text") and hit.customer_id is not None


def _caller(shop: Shop, hit: Hit) -> Caller:
    from aftersales_tui.services import customers

    if hit.kind is RecordKind.CUSTOMER:
        view = customers.show(shop, hit.id)
        phone = view.phones[0].shown if view.phones else ""
        return Caller(hit.kind, view.name, phone, view.region, view.devices, hit.id, None)
    title = hit.title
    if hit.kind is RecordKind.JOB and hit.number:
        title = f"{show_number(NumberKind.JOB, hit.number)} {title}"
    return Caller(hit.kind, title, "", "", 0, hit.customer_id, hit.device_id)


def _with_card(shop: Shop, caller: Caller) -> Caller:
    """The match that Enter takes brings what the form needs along, so that nobody waits for it."""
    if caller.customer_id is not None:
        return replace(caller, card=card(shop, caller.customer_id))
    if caller.device_id is not None:
        return replace(caller, device=unit(shop, caller.device_id))
    return caller
