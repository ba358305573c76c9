"""Keeping what depends on a customer or a device in step: the look-up and the open calls' completeness."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import Session, col

from aftersales_tui.domain.completeness import missing, status_for
from aftersales_tui.domain.words import CallStatus
from aftersales_tui.services.shop import ShopDay
from aftersales_tui.store import calls, customers, devices, jobs
from aftersales_tui.store.tables import Call, Device, Job


def find_again(session: Session, day: ShopDay, customer_id: int) -> None:
    """Renew what a customer's devices, calls and jobs are found by, and recheck the open calls."""
    region = day.settings.region
    who = customers.who_parts(session, customer_id, region)
    for device in session.execute(select(Device).where(col(Device.customer_id) == customer_id)).scalars():
        devices.make_findable(session, device, region, who)
    for call in session.execute(select(Call).where(col(Call.customer_id) == customer_id)).scalars():
        calls.make_findable(session, call, region, who)
    for job in session.execute(select(Job).where(col(Job.customer_id) == customer_id)).scalars():
        jobs.make_findable(session, job, region, who)
    _recheck(session, col(Call.customer_id) == customer_id)


def device_changed(session: Session, day: ShopDay, device_id: int) -> None:
    """Renew what a device's calls and jobs are found by, and recheck its open calls."""
    region = day.settings.region
    for call in session.execute(select(Call).where(col(Call.device_id) == device_id)).scalars():
        calls.make_findable(session, call, region)
    for job in devices.jobs_of(session, device_id):
        jobs.make_findable(session, job, region)
    _recheck(session, col(Call.device_id) == device_id)


def _recheck(session: Session, which: object) -> None:
    """An open call is complete as soon as nothing is missing any more (CALL-8)."""
    query = select(Call).where(which, calls.is_unclosed)  # type: ignore[arg-type]
    for call in session.execute(query).scalars():
        assert call.id is not None
        status = status_for(missing(calls.facts(calls.view(session, call.id))))
        if call.status is not CallStatus.CLOSED and call.status is not status:
            call.status = status
            call.version += 1
            session.add(call)
    session.flush()
