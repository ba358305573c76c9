"""The names of stored fields and their values in words, for whoever reads what changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from enum import StrEnum

from aftersales_tui.domain import words
from aftersales_tui.i18n import C_, NC_, formats
from aftersales_tui.i18n.labels import label

_FIELDS: Mapping[str, tuple[str, str]] = {
    "action": NC_("field", "Done"),
    "address": NC_("field", "Address"),
    "advice": NC_("field", "Advice"),
    "appointment_at": NC_("field", "Appointment"),
    "assigned_to": NC_("field", "Given to"),
    "at": NC_("field", "Appointment"),
    "attitude": NC_("field", "Attitude"),
    "brand": NC_("field", "Brand"),
    "call": NC_("field", "Call"),
    "caller_name": NC_("field", "Name"),
    "caller_phone": NC_("field", "Phone"),
    "category": NC_("field", "Category"),
    "cause": NC_("field", "Cause"),
    "caused_by": NC_("field", "Caused by"),
    "channel": NC_("field", "Channel"),
    "checks": NC_("field", "Checks"),
    "coverage": NC_("field", "Warranty"),
    "customer": NC_("field", "Customer"),
    "customer_id": NC_("field", "Customer"),
    "device_id": NC_("field", "Device"),
    "due_at": NC_("field", "Due"),
    "due_on": NC_("field", "Due"),
    "email": NC_("field", "E-mail"),
    "fault": NC_("field", "Fault"),
    "finding": NC_("field", "Found"),
    "intake": NC_("field", "Intake"),
    "invoice_no": NC_("field", "Invoice no."),
    "kind": NC_("field", "Kind"),
    "minutes": NC_("field", "Minutes"),
    "model": NC_("field", "Model"),
    "name": NC_("field", "Name"),
    "notes": NC_("field", "Notes"),
    "opinion": NC_("field", "Opinion"),
    "failures": NC_("field", "Wrong tries"),
    "os_user": NC_("field", "System user"),
    "outcome": NC_("field", "Outcome"),
    "overall": NC_("field", "Satisfaction"),
    "packs": NC_("field", "Warranty packs"),
    "parts_used": NC_("field", "Parts used"),
    "phone": NC_("field", "Phone"),
    "phones": NC_("field", "Phones"),
    "place": NC_("field", "Place"),
    "policy": NC_("field", "Pack"),
    "policy_version": NC_("field", "Version"),
    "price_group": NC_("field", "Price group"),
    "product": NC_("field", "Product"),
    "promised": NC_("field", "Promised"),
    "promised_call_back": NC_("field", "Promised call-back"),
    "promised_for": NC_("field", "Promised for"),
    "proof": NC_("field", "Proof"),
    "quality": NC_("field", "Quality"),
    "reached": NC_("field", "Reached"),
    "region": NC_("field", "Region"),
    "resolution": NC_("field", "Resolution"),
    "role": NC_("field", "Role"),
    "score": NC_("field", "Points"),
    "seller": NC_("field", "Seller"),
    "serial": NC_("field", "Serial"),
    "shelf": NC_("field", "Shelf"),
    "solved": NC_("field", "Solved"),
    "status": NC_("field", "Status"),
    "urgency": NC_("field", "Urgency"),
    "wait_note": NC_("field", "Wait note"),
    "wait_until": NC_("field", "Expected"),
    "whom": NC_("field", "Told to"),
    "wish": NC_("field", "Wish"),
    "active": NC_("field", "Works here"),
    "advice_hours": NC_("field", "Hours to the call-back after advice"),
    "as_before": NC_("field", "As before"),
    "backup_days": NC_("field", "Backups kept, days"),
    "backup_folder": NC_("field", "Second folder for backups"),
    "backup_folder_days": NC_("field", "Days the second folder may be missing"),
    "backup_hours": NC_("field", "Backups kept, hours"),
    "backup_megabytes": NC_("field", "Backups kept, megabytes"),
    "backup_months": NC_("field", "Backups kept, months"),
    "backup_weeks": NC_("field", "Backups kept, weeks"),
    "cli_identity": NC_("field", "Acts on the command line"),
    "closes": NC_("field", "Closes"),
    "currency": NC_("field", "Currency"),
    "device_here": NC_("field", "Device here"),
    "follow_up_days": NC_("field", "Days to the follow-up"),
    "informed_channel": NC_("field", "Told by"),
    "into": NC_("field", "Into customer"),
    "language": NC_("field", "Language"),
    "lock_minutes": NC_("field", "Minutes until the seat locks"),
    "opens": NC_("field", "Opens"),
    "outcome_before_closing": NC_("field", "Outcome before"),
    "owner": NC_("field", "Owner"),
    "promised_by": NC_("field", "Promised by"),
    "rest_days": NC_("field", "Rest days"),
    "retention_years": NC_("field", "Years until a customer is due to be forgotten"),
    "service_kind": NC_("field", "Kind of service"),
    "test_passed": NC_("field", "Test passed"),
    "timezone": NC_("field", "Time zone"),
    "turnaround_days": NC_("field", "Working days to the promised day"),
    "sold_on": NC_("field", "Sold"),
    "invoiced_on": NC_("field", "Invoiced"),
    "delivered_on": NC_("field", "Delivered"),
    "installed_on": NC_("field", "Installed"),
    "accepted_on": NC_("field", "Accepted"),
    "produced_on": NC_("field", "Produced"),
}

_WORDS: Mapping[str, tuple[type[StrEnum], ...]] = {
    "caused_by": (words.CausedBy,),
    "cause": (words.Cause,),
    "channel": (words.Channel, words.InformedBy),
    "coverage": (words.Coverage,),
    "kind": (words.CallKind, words.FollowUpKind),
    "outcome": (words.Outcome,),
    "overall": (words.Satisfaction,),
    "quality": (words.Satisfaction,),
    "attitude": (words.Satisfaction,),
    "place": (words.Place,),
    "proof": (words.Proof,),
    "reached": (words.Reached,),
    "resolution": (words.Resolution,),
    "role": (words.Role,),
    "solved": (words.Solved,),
    "status": (words.JobStatus, words.CallStatus, words.FollowUpStatus),
    "urgency": (words.Urgency,),
    "wish": (words.Wish,),
}

_MOMENTS = frozenset({"appointment_at", "at", "due_at", "promised_call_back"})


def field_word(name: str) -> str:
    """The name of a stored field; one without a word of its own is shown as the file names it."""
    marked = _FIELDS.get(name)
    return C_(*marked) if marked else name.replace("_", " ")


def value_words(name: str, value: object, zone: tzinfo) -> str:
    """A stored value in words: codes by their label, days and moments as the language writes them."""
    if value is None or value == "":
        return ""
    if isinstance(value, list | tuple):
        return C_("list", ", ").join(value_words(name, one, zone) for one in value)
    if isinstance(value, StrEnum):
        return label(value)
    if isinstance(value, datetime):
        return formats.day_clock(value.astimezone(zone))
    if isinstance(value, date):
        return formats.day(value)
    said = str(value)
    for kind in _WORDS.get(name, ()):
        if said in set(kind):
            return label(kind(said))
    return _date_words(name, said, zone)


def _date_words(name: str, said: str, zone: tzinfo) -> str:
    """ISO text of a field that holds a day or a moment as people write it; anything else as it stands."""
    try:
        if name in _MOMENTS:
            return formats.day_clock(datetime.fromisoformat(said).astimezone(zone))
        if name.endswith("_on") or name in ("promised_for", "wait_until"):
            return formats.day(date.fromisoformat(said))
    except ValueError:
        return said
    return said
