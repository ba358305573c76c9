"""Facts of a warranty as people type them: repairs, prices, times, the words of older packs."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from decimal import Decimal, InvalidOperation

from aftersales_tui.domain.dates import read_day
from aftersales_tui.domain.errors import refuse
from aftersales_tui.domain.policy import WHOLE, DelayCause
from aftersales_tui.domain.text import clean, excerpt, fold
from aftersales_tui.domain.warranty_facts import Repair

_CAUSES = {
    **{cause.value: cause for cause in DelayCause},
    "no_parts_from_maker": DelayCause.NO_PARTS,
}
_KEYS = re.compile(r":(?=(?:cause|fault|part)=|safety(?::|$))")
_MOMENT = re.compile(r"(.*?)(?:[ T](\d{1,2}:\d{2}))?")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_PRICE = re.compile(r"\d{1,12}(?:\.\d{1,2})?")


def named_scope(typed: str) -> str:
    """The part asked about; ``handset`` is the whole unit."""
    scope = clean(typed)
    return WHOLE if scope in ("", "handset") else scope


def read_price(text: str | None) -> Decimal | None:
    """A price such as ``3000`` or ``2,999.90``; raises ``Refused`` with ``price_not_read``."""
    if text is None:
        return None
    told = fold(text).replace(",", "")
    try:
        if _PRICE.fullmatch(told):
            return Decimal(told)
    except InvalidOperation:
        pass
    raise refuse("price_not_read", "price", text=excerpt(text))


def read_time(text: str, field: str) -> time:
    """A time of day such as ``18:05``; raises ``Refused`` with ``moment_not_read``."""
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise refuse("moment_not_read", field, text=excerpt(text))
    return time(int(found[1]), int(found[2]))


def read_repairs(typed: Sequence[str], as_of: date) -> tuple[Repair, ...]:
    """The repairs stated, each ``IN..OUT[:cause=…][:fault=…][:part=…][:safety]``, earliest first.

    One failed when a later one has the same fault. Raises ``Refused``: ``repair_not_read``, and what a
    date that cannot be read raises.
    """
    read = sorted((_repair(text, as_of) for text in typed), key=lambda one: one.handed_in)
    faults = [fold(one.fault) for one in read]
    return tuple(
        replace(one, failed=bool(fault) and fault in faults[place + 1 :])
        for place, (one, fault) in enumerate(zip(read, faults, strict=True))
    )


def _repair(text: str, as_of: date) -> Repair:
    span, *more = _KEYS.split(text)
    first, dots, last = span.partition("..")
    named = dict(part.partition("=")[::2] for part in more)
    cause = named.pop("cause", None)
    fault, part = named.pop("fault", ""), named.pop("part", "")
    safety = named.pop("safety", None) is not None
    if not dots or named or (cause is not None and cause not in _CAUSES):
        raise refuse("repair_not_read", "repair", text=excerpt(text))
    handed_in, in_at = _moment(first, as_of)
    handed_back, out_at = _moment(last, as_of) if last else (None, time())
    return Repair(
        handed_in=handed_in,
        handed_back=handed_back,
        in_at=in_at,
        out_at=out_at,
        cause=_CAUSES[cause] if cause else None,
        fault=clean(fault),
        part=clean(part),
        safety=safety,
    )


def _moment(text: str, as_of: date) -> tuple[date, time]:
    found = _MOMENT.fullmatch(text.strip())
    day, clock = (found[1], found[2]) if found else (text, None)
    return read_day(day, as_of, "repair"), read_time(clock, "repair") if clock else time()
