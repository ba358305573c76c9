"""Phones are masked for whoever need not see them: said once per session, done wherever one is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

_REGION = "phones masked in region"


def draw(session: Session, region: str | None) -> None:
    """From now on the session shows phones of ``region`` masked; ``None``: as they are."""
    if region is None:
        session.info.pop(_REGION, None)
    else:
        session.info[_REGION] = region


def is_drawn(session: Session) -> bool:
    """Whether the session shows phones masked."""
    return _REGION in session.info


def phone(session: Session, raw: str) -> str:
    """A phone as this session shows it."""
    if not raw or _REGION not in session.info:
        return raw
    from aftersales_tui.domain.contacts import veiled_phone  # the first lists of most people need none of it

    return veiled_phone(raw, session.info[_REGION])


def row(session: Session, columns: Mapping[Any, Any]) -> Mapping[str, Any]:
    """A row of a list with its column ``phone`` as this session shows it."""
    if _REGION not in session.info:
        return columns
    return {**columns, "phone": phone(session, columns["phone"])}


def data(session: Session, said: dict[str, Any]) -> dict[str, Any]:
    """What an event said, phones as this session shows them."""
    if _REGION not in session.info:
        return said
    return {name: _part(session, part) for name, part in said.items()}


def _part(session: Session, part: Any) -> Any:
    if not isinstance(part, dict):
        return part
    masked = dict(part)
    for name in ("phone", "caller_phone"):
        if isinstance(masked.get(name), str):
            masked[name] = phone(session, masked[name])
    if isinstance(several := masked.get("phones"), list):
        masked["phones"] = [phone(session, str(one)) for one in several]
    return masked
