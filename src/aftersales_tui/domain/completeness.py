"""Whether a call says all that the work needs (CALL-8)."""

from collections.abc import Sequence
from dataclasses import dataclass

from aftersales_tui.domain.text import clean
from aftersales_tui.domain.words import CallKind, CallStatus, Channel, Place, Wish

FIELDS = ("phone", "name", "address", "product", "date", "fault", "wish")
"""The data of CALL-8 in the order of the conversation."""

_NEEDED = {
    CallKind.REPAIR: FIELDS,
    CallKind.RETURN: FIELDS,
    CallKind.APPOINTMENT: ("phone", "name", "address", "product", "fault"),
    CallKind.COMPLAINT: ("phone", "name", "fault"),
    CallKind.ADVICE: ("fault",),
    CallKind.PROGRESS: (),
    CallKind.OTHER: ("fault",),
}


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What a call says so far; blank text counts as not said."""

    kind: CallKind
    channel: Channel = Channel.PHONE
    place: Place = Place.WORKSHOP
    phone: str | None = None
    name: str | None = None
    address: str | None = None
    product: str | None = None
    date_known: bool = False
    fault: str | None = None
    wish: Wish | None = None


def missing(facts: CallFacts) -> tuple[str, ...]:
    """The names of ``FIELDS`` that still have to be asked, in the order of the conversation (CALL-8).

    Repairs and returns need all of them, an appointment neither date nor wish, a complaint
    somebody to answer and the words of the complaint. Advice and other calls need only those
    words, so advice without a name or a phone is complete; asking for progress needs nothing.
    Whoever stands at the counter with work for the workshop need not say where they live.
    """
    at_the_counter = facts.channel is Channel.WALK_IN and facts.place is Place.WORKSHOP
    known = {
        "phone": _said(facts.phone),
        "name": _said(facts.name),
        "address": _said(facts.address) or at_the_counter,
        "product": _said(facts.product),
        "date": facts.date_known,
        "fault": _said(facts.fault),
        "wish": facts.wish is not None,
    }
    return tuple(field for field in _NEEDED[facts.kind] if not known[field])


def status_for(missing_fields: Sequence[str]) -> CallStatus:
    """An incomplete call needs verification, first by the dispatcher, then with the customer (CALL-8)."""
    return CallStatus.NEEDS_VERIFICATION if missing_fields else CallStatus.OPEN


def _said(text: str | None) -> bool:
    return text is not None and clean(text) != ""
