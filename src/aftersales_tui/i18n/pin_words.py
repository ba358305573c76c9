"""What somebody is told at a sign-in: what was done to a PIN since they were here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from typing import TYPE_CHECKING

from aftersales_tui.i18n import N_, _, formats

if TYPE_CHECKING:
    from aftersales_tui.views.history import EventView

_NEWS: Mapping[str, str] = {
    "pin_replaced": N_("{when}: {who} gave {name} another PIN (system user {os_user})."),
    "pin_cleared": N_("{when}: {who} took the PIN of {name} away (system user {os_user})."),
    "pin_reset": N_("{when}: the PIN of {name} was taken away at the shop file (system user {os_user})."),
}


def news_line(event: EventView, zone: tzinfo) -> str:
    """One event about a PIN as a sentence that stands alone."""
    after = event.data.get("after")
    said: Mapping[str, object] = after if isinstance(after, Mapping) else {}
    return _(_NEWS[event.what]).format(
        when=formats.top(event.at.astimezone(zone)),
        who=event.who or "–",
        name=said.get("name", ""),
        os_user=said.get("os_user", "") or "–",
    )
