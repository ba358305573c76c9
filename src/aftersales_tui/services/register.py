"""What both a call and its job need of the register: judging the call, crossing it off."""

from __future__ import annotations

from aftersales_tui.domain.warranty import Facts, exclusions_of
from aftersales_tui.domain.words import AsBefore, CallStatus, Proof, RecordKind, Resolution
from aftersales_tui.services import devices as device_service
from aftersales_tui.services import fields, warranty
from aftersales_tui.services.shop import ShopDay
from aftersales_tui.store import devices, events
from aftersales_tui.store.engine import Session
from aftersales_tui.store.tables import Call, VerdictRow
from aftersales_tui.views.calls import NewCall


def judge_call(session: Session, day: ShopDay, call: Call, new: NewCall | None = None) -> VerdictRow:
    """Judge a call's device as of today and keep the verdict (CALL-7, WAR-12)."""
    failed = call.as_before_job_id if call.as_before is AsBefore.YES else None
    if call.device_id is not None:
        device = devices.view(session, call.device_id)
        verdict = warranty.on_device(session, day, device, call.cause, failed)
    else:
        proof = (new.proof if new else None) or Proof.TOLD
        category = device_service.read_category(new.category) if new else ""
        facts = Facts(category=category or "other", proof=proof, causes=exclusions_of(call.cause))
        verdict = warranty.judge_facts(session, day, facts, new.brand if new else "")
    return warranty.store(session, day, verdict, call_id=call.id, device_id=call.device_id)


def close_row(
    session: Session, day: ShopDay, call: Call, resolution: Resolution, by: int, note: str = ""
) -> None:
    """Cross a call off the register (CALL-6)."""
    assert call.id is not None
    before = {"status": call.status}
    call.status = CallStatus.CLOSED
    call.resolution = resolution
    call.closed_at = day.now
    call.closed_by = by
    call.version += 1
    session.add(call)
    session.flush()
    events.record(
        session, day.now, by, RecordKind.CALL, call.id, "closed",
        before=before, after={"resolution": resolution},
        note=fields.text("notes", note),
    )  # fmt: skip


def reopen_row(session: Session, day: ShopDay, call: Call, by: int, reason: str) -> None:
    """Put a call back into the register, open; ``reason`` stands in its log."""
    assert call.id is not None
    before = {"status": call.status, "resolution": call.resolution}
    call.status = CallStatus.OPEN
    call.resolution = call.closed_at = call.closed_by = None
    call.version += 1
    session.add(call)
    session.flush()
    events.record(
        session, day.now, by, RecordKind.CALL, call.id, "reopened",
        before=before, after={"status": call.status}, reason=reason,
    )  # fmt: skip
