"""What is still said of an event after its before and after was forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from aftersales_tui.domain.words import JobStatus
from aftersales_tui.i18n import C_, NC_, _, formats
from aftersales_tui.i18n.job_sentence import short_name
from aftersales_tui.i18n.labels import label

if TYPE_CHECKING:
    from aftersales_tui.views.history import EventView

_BARE: Mapping[str, tuple[str, str]] = {
    "added": NC_("event", "put on file"),
    "changed": NC_("event", "changed"),
    "note": NC_("event", "note written"),
    "logged": NC_("event", "call taken"),
    "closed": NC_("event", "call closed"),
    "opened": NC_("event", "job opened"),
    "assigned": NC_("event", "assigned"),
    "informed": NC_("event", "customer told"),
    "merged": NC_("event", "merged into another file"),
    "took_over": NC_("event", "took over another file"),
    "due": NC_("event", "follow-up due"),
    "attempt": NC_("event", "called, not reached"),
    "done": NC_("event", "customer called"),
    "exported": NC_("event", "everything about the person given out"),
}
"""What is said of an event whose data was forgotten."""


def forgotten(event: EventView, day: date) -> str:
    """What is still known: that it happened, the status it led to, and who forgot the rest, when."""
    marked = _BARE.get(event.what)
    what = C_(*marked) if marked else event.what.replace("_", " ")
    if event.status and not marked:
        what = label(JobStatus(event.status))
    places = {"what": what, "day": formats.day(day), "who": short_name(event.erased_by)}
    if not event.erased_by:
        return _("{what}; erased on {day}").format(**places)
    return _("{what}; erased on {day} by {who}").format(**places)
