"""Records as JSON: snake_case keys, ISO days, instants in UTC; ``id number version status`` on top."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from aftersales_tui.domain.dates import utc_json
from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.overrides import Override
from aftersales_tui.domain.verdicts import Verdict
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.views.calls import CallView
from aftersales_tui.views.customers import CustomerCard, CustomerView
from aftersales_tui.views.devices import DeviceView
from aftersales_tui.views.followups import FollowUpRow
from aftersales_tui.views.history import HistoryRow
from aftersales_tui.views.jobs import JobRow, SimilarRepair
from aftersales_tui.views.search import Hit
from aftersales_tui.views.staff import StaffView

Record = dict[str, Any]

_KINDS: Mapping[str, NumberKind] = {
    "call_number": NumberKind.CALL,
    "job_number": NumberKind.JOB,
    "job_numbers": NumberKind.JOB,
    "last_job_number": NumberKind.JOB,
    "rework_of_number": NumberKind.JOB,
    "follow_up_number": NumberKind.FOLLOW_UP,
}
_OF_RECORD: Mapping[RecordKind, NumberKind] = {
    RecordKind.CALL: NumberKind.CALL,
    RecordKind.JOB: NumberKind.JOB,
    RecordKind.FOLLOW_UP: NumberKind.FOLLOW_UP,
}
_STORED_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00")


def plain(value: Any, name: str = "") -> Any:
    """A value of a view as JSON holds it."""
    if isinstance(value, Verdict):
        return value.to_json()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime):
        return utc_json(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and _STORED_INSTANT.fullmatch(value):
        return utc_json(datetime.fromisoformat(value))
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner, name) for inner in value]
    if isinstance(value, int) and not isinstance(value, bool) and name in _KINDS:
        return show_number(_KINDS[name], value)
    if is_dataclass(value) and not isinstance(value, type):
        return record(value)
    return value


def record(view: Any) -> Record:
    """A view as a JSON object; records of the shop have ``id number version status`` on top."""
    made = {field.name: plain(getattr(view, field.name), field.name) for field in fields(view)}
    if isinstance(view, Override):
        return {"coverage": view.coverage.value, "billing": view.billing.value, **made}
    if isinstance(made.get("verdict"), dict) and made.get("override") is not None:
        # whoever reads the verdict alone must see that it was decided otherwise
        made["verdict"] = {**made["verdict"], "override": made["override"]}
    top = _top(view)
    return {**top, **{name: value for name, value in made.items() if name not in top}}


def _top(view: Any) -> Record:
    if isinstance(view, JobRow):
        top = _numbered(view, NumberKind.JOB)
        return {**top, "product": view.product}
    if isinstance(view, CallView):
        return {**_numbered(view, NumberKind.CALL), "product": view.product}
    if isinstance(view, FollowUpRow):
        return _numbered(view, NumberKind.FOLLOW_UP)
    if isinstance(view, CustomerView):
        gone = "merged" if view.merged_into is not None else "forgotten" if view.erased_at else "active"
        return _unnumbered(view, gone)
    if isinstance(view, DeviceView):
        return {**_unnumbered(view, "active"), "product": view.title}
    if isinstance(view, StaffView):
        return _unnumbered(view, "active" if view.active else "inactive")
    if isinstance(view, SimilarRepair):
        return {"id": view.id, "number": show_number(NumberKind.JOB, view.number)}
    if isinstance(view, HistoryRow | Hit):
        return {"kind": view.kind.value, "id": view.id, "number": number_of(view), "status": view.status}
    return {}


def _numbered(view: Any, kind: NumberKind) -> Record:
    return {
        "id": view.id,
        "number": show_number(kind, view.number),
        "version": view.version,
        "status": view.status.value,
    }


def _unnumbered(view: Any, status: str) -> Record:
    return {"id": view.id, "number": None, "version": view.version, "status": status}


def number_of(view: HistoryRow | Hit) -> str | None:
    """The number of a record in a mixed list; customers and devices have none."""
    kind = _OF_RECORD.get(view.kind)
    return show_number(kind, view.number) if kind is not None and view.number is not None else None


def card(found: CustomerCard) -> Record:
    """A customer with everything around it, the customer's own keys on top."""
    return {
        **record(found.customer),
        "device_list": [record(device) for device in found.devices],
        "open_items": plain(found.open_items),
        "history": plain(found.history),
    }
