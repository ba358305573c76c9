"""Keeping what depends on a customer or a device in step: the look-up and the open calls' completeness."""

from __future__ import annotations

from aftersales_tui.domain.completeness import missing, status_for
from aftersales_tui.domain.words import CallStatus
from aftersales_tui.services.shop import ShopDay
from aftersales_tui.store import calls, customers, devices, jobs
from aftersales_tui.store.engine import Session
from aftersales_tui.store.tables import Call


def find_again(session: Session, day: ShopDay, customer_id: int) -> None:
    """Renew what a customer's devices, calls and jobs are found by, and recheck the open calls."""
    region = day.settings.region
    who = customers.who_parts(session, customer_id, region)
    for device in devices.owned_by(session, customer_id):
        devices.make_findable(session, device, region, who)
    for call in calls.of_customer(session, customer_id):
        calls.make_findable(session, call, region, who)
    for job in jobs.of_customer(session, customer_id):
        jobs.make_findable(session, job, region, who)
    _recheck(session, calls.of_customer(session, customer_id, unclosed_only=True))


def device_changed(session: Session, day: ShopDay, device_id: int) -> None:
    """Renew what a device's calls and jobs are found by, and recheck its open calls."""
    region = day.settings.region
    for call in calls.of_device(session, device_id):
        calls.make_findable(session, call, region)
    for job in devices.jobs_of(session, device_id):
        jobs.make_findable(session, job, region)
    _recheck(session, calls.of_device(session, device_id, unclosed_only=True))


def _recheck(session: Session, unclosed: list[Call]) -> None:
    """An open call is complete as soon as nothing is missing any more (CALL-8)."""
    for call in unclosed:
        assert call.id is not None
        status = status_for(missing(calls.facts(calls.view(session, call.id))))
        if call.status is not CallStatus.CLOSED and call.status is not status:
            call.status = status
            call.version += 1
            session.add(call)
    session.flush()
