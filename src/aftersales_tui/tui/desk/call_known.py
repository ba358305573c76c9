"""What is known of the caller while a call is typed, and what the form makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from aftersales_tui.domain.categories import Catalogue
from aftersales_tui.domain.completeness import CallFacts
from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.text import fold
from aftersales_tui.domain.words import (
    AsBefore,
    CallKind,
    Cause,
    Channel,
    JobStatus,
    Proof,
    RecordKind,
    StartBasis,
    Urgency,
    Wish,
)
from aftersales_tui.views.calls import NewCall
from aftersales_tui.views.customers import CustomerCard
from aftersales_tui.views.devices import DeviceView, ProductView

DATE_FIELDS = {
    StartBasis.SOLD: "sold_on",
    StartBasis.DELIVERED: "delivered_on",
    StartBasis.INSTALLED: "installed_on",
    StartBasis.PRODUCED: "produced_on",
    StartBasis.INVOICED: "invoiced_on",
    StartBasis.ACCEPTED: "accepted_on",
}


@dataclass(frozen=True, slots=True)
class Earlier:
    """The last repair of a unit inside its warranty: the fault may be the same again."""

    job_id: int
    number: str
    day: date


def earlier_repair(device: DeviceView, card: CustomerCard, zone: tzinfo) -> Earlier | None:
    """The job that the question "as before?" is about, if the unit was repaired in its period."""
    verdict = device.verdict
    if verdict is None or verdict.start is None or verdict.until is None:
        return None
    for row in card.history:
        if row.kind is not RecordKind.JOB or row.device_id != device.id or row.number is None:
            continue
        day = row.at.astimezone(zone).date()
        if row.status == JobStatus.HANDED_OVER and verdict.start.date <= day <= verdict.until:
            return Earlier(row.id, show_number(NumberKind.JOB, row.number), day)
    return None


def date_on_file(device: DeviceView, first: StartBasis) -> tuple[StartBasis, date | None]:
    """The date of a unit that the form shows: that of ``first`` if it is known, else any that is."""
    for basis in (first, *DATE_FIELDS):
        day: date | None = getattr(device, DATE_FIELDS[basis])
        if day is not None:
            return basis, day
    return first, None


def split_product(text: str, product: ProductView | None) -> tuple[str, str]:
    """Brand and model of what stands in one field: a known product's own, else the words up to the
    first one with a digit are the brand, or the first word when none has one."""
    if product is not None and fold(product.title) == fold(text):
        return product.brand, product.model
    words = text.split()
    at = next((n for n, word in enumerate(words) if any(char.isdigit() for char in word)), min(len(words), 1))
    return " ".join(words[:at]), " ".join(words[at:])


def is_same_person(answers: Mapping[str, str], card: CustomerCard) -> bool:
    """Whether the name in the form is still that of the caller on file."""
    return not card.customer.name or not answers["name"] or fold(answers["name"]) == fold(card.customer.name)


def new_call(
    answers: Mapping[str, str],
    *,
    card: CustomerCard | None,
    device: DeviceView | None,
    product: ProductView | None,
    earlier: Earlier | None,
    catalogue: Catalogue | None,
    day: date | None,
    call_back: datetime | None = None,
) -> NewCall:
    """The form as the services take it; ``day`` is the date that may be used to judge."""
    known = card is not None and is_same_person(answers, card)
    brand, model = ("", "") if device is not None else split_product(answers["product"], product)
    named = catalogue.match(answers["category"]) if catalogue else None
    category = "" if device is not None else named.key if named else answers["category"]
    dates: dict[str, date] = {}
    basis = DATE_FIELDS[StartBasis(answers["basis"] or StartBasis.SOLD)]
    if day is not None and (device is None or getattr(device, basis) != day):
        dates[basis] = day
    before = AsBefore(answers["as_before"] or AsBefore.NOT_ASKED) if earlier else AsBefore.NOT_ASKED
    return NewCall(
        kind=CallKind(answers["kind"] or CallKind.REPAIR),
        channel=Channel(answers["channel"] or Channel.PHONE),
        customer_id=card.customer.id if card is not None and known else None,
        phone=answers["phone"],
        name=answers["name"],
        region=answers["region"],
        address=answers["address"],
        device_id=device.id if device else None,
        brand=brand,
        model=model,
        category=category,
        serial=answers["serial"],
        proof=Proof(answers["proof"]) if answers["proof"] else None,
        fault=answers["fault"],
        as_before=before,
        as_before_job_id=earlier.job_id if earlier and before is AsBefore.YES else None,
        cause=Cause(answers["cause"] or Cause.NOT_KNOWN),
        wish=Wish(answers["wish"] or Wish.REPAIR),
        urgency=Urgency(answers["urgency"] or Urgency.P3),
        call_back_at=call_back,
        **dates,  # type: ignore[arg-type]
    )


def facts(answers: Mapping[str, str], *, date_known: bool) -> CallFacts:
    """What the form says so far, to know what is still missing (CALL-8)."""
    return CallFacts(
        kind=CallKind(answers["kind"] or CallKind.REPAIR),
        channel=Channel(answers["channel"] or Channel.PHONE),
        phone=answers["phone"],
        name=answers["name"],
        address=answers["address"],
        product=answers["product"],
        date_known=date_known,
        fault=answers["fault"],
        wish=Wish(answers["wish"] or Wish.REPAIR),
    )


def corrections(
    answers: Mapping[str, str], card: CustomerCard | None
) -> tuple[dict[str, object], dict[str, object]]:
    """What the clerk changed of the caller's file: the values as they were shown, and the new ones.

    An empty field is no correction, and what the file did not have is filled in with the call.
    """
    shown: dict[str, object] = {}
    changes: dict[str, object] = {}
    if card is None or not is_same_person(answers, card):
        return shown, changes
    for name in ("region", "address"):
        before = getattr(card.customer, name)
        if answers[name] and before and answers[name] != before:
            shown[name], changes[name] = before, answers[name]
    if changes:
        shown["version"] = card.customer.version
    return shown, changes
