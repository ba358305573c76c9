"""Checks of typed fields that every use case shares: harmless text within its limit."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from aftersales_tui.domain.errors import refuse
from aftersales_tui.domain.text import clean, excerpt

LIMITS = {
    "name": 500,
    "region": 500,
    "address": 2_000,
    "email": 500,
    "price_group": 100,
    "phone": 500,
    "brand": 200,
    "model": 200,
    "category": 60,
    "serial": 200,
    "invoice_no": 200,
    "seller": 500,
    "place": 2_000,
    "shelf": 100,
    "promised": 2_000,
}
LONGEST = 20_000
"""Characters a text of several lines may have."""
LINES = (
    "fault",
    "notes",
    "intake",
    "finding",
    "cause",
    "action",
    "parts_used",
    "checks",
    "advice",
    "opinion",
    "address",
)


Word = TypeVar("Word", bound=StrEnum)


def word(field: str, vocabulary: type[Word], typed: object) -> Word:
    """The word of a closed vocabulary. Raises ``Refused`` (``word_unknown``) for any other."""
    try:
        return vocabulary(str(typed))
    except ValueError:
        known = ", ".join(vocabulary)
        raise refuse("word_unknown", field, value=excerpt(str(typed)), known=known) from None


def text(field: str, typed: str) -> str:
    """The typed text made harmless. Raises ``Refused`` (``too_long``) past the field's limit."""
    cleaned = clean(typed, lines=field in LINES)
    limit = LIMITS.get(field, LONGEST)
    if len(cleaned) > limit:
        raise refuse("too_long", field, limit=limit)
    return cleaned
