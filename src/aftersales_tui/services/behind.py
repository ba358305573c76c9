"""What stands behind a number of the month: the calls, jobs or follow-ups that it counts."""

from __future__ import annotations

from datetime import timedelta

from aftersales_tui.domain.dates import Month, local_day
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.services.shop import Shop, ShopDay
from aftersales_tui.store import behind, calls, followups, jobs
from aftersales_tui.store.engine import Session
from aftersales_tui.store.reports import Span
from aftersales_tui.views.reports import Behind, BehindRow

LIST_LIMIT = 200


def of_measure(shop: Shop, which: Month, measure: str, limit: int = LIST_LIMIT) -> Behind:
    """The newest rows behind a measure, and how many there are. KeyError for an unknown measure.

    Besides the measures of the report: ``unhappy``, the dissatisfied and those whose fault is not gone.
    """
    with shop.reading() as (session, day):
        span = _span(which, day)
        if (counted := behind.calls(measure, span)) is not None:
            return _calls(session, day, counted, limit)
        if (counted := behind.jobs(measure, span)) is not None:
            return _jobs(session, day, counted, limit)
        if (counted := behind.follow_ups(measure, span)) is not None:
            return _follow_ups(session, day, counted, limit)
        raise KeyError(measure)


def of_technician(shop: Shop, which: Month, name: str, limit: int = LIST_LIMIT) -> Behind:
    """The jobs of one technician that were completed in the month."""
    with shop.reading() as (session, day):
        return _jobs(session, day, behind.of_technician(name, _span(which, day)), limit)


def of_week(shop: Shop, which: Month, week: str, limit: int = LIST_LIMIT) -> Behind:
    """The jobs opened or completed in the month's days of a week ``W45``; none for another week."""
    with shop.reading() as (session, day):
        days = [which.first + timedelta(days=n) for n in range((which.after - which.first).days)]
        own = [one for one in days if f"W{one.isocalendar().week:02d}" == week]
        if not own:
            return Behind(rows=(), total=0)
        return _jobs(session, day, behind.of_week(own[0], own[-1] + timedelta(days=1), day.zone), limit)


def _span(which: Month, day: ShopDay) -> Span:
    return Span(which.first, which.after, *which.bounds(day.zone))


def _calls(session: Session, day: ShopDay, counted: behind.Conditions, limit: int) -> Behind:
    rows = tuple(
        BehindRow(
            kind=RecordKind.CALL,
            id=call.id,
            number=call.number,
            day=local_day(call.at, day.zone),
            who=call.who,
            product=call.product,
            text=call.fault,
            result=call.resolution or call.status,
        )
        for call in calls.rows(session, *counted, order=calls.NEWEST, limit=limit)
    )
    return Behind(rows=rows, total=calls.count(session, *counted))


def _jobs(session: Session, day: ShopDay, counted: behind.Conditions, limit: int) -> Behind:
    rows = tuple(
        BehindRow(
            kind=RecordKind.JOB,
            id=job.id,
            number=job.number,
            day=job.completed_on or local_day(job.opened_at, day.zone),
            who=job.customer_name or job.phone,
            product=job.product,
            text=job.fault,
            result=job.outcome if job.completed_on is not None and job.outcome else job.status,
        )
        for job in jobs.rows(session, *counted, order=jobs.NEWEST, limit=limit)
    )
    return Behind(rows=rows, total=jobs.count(session, *counted))


def _follow_ups(session: Session, day: ShopDay, counted: behind.Conditions, limit: int) -> Behind:
    found = followups.rows(session, *counted, limit=limit, order=followups.NEWEST)
    said = behind.said(session, [row.id for row in found])
    rows = tuple(
        BehindRow(
            kind=RecordKind.FOLLOW_UP,
            id=row.id,
            number=row.number,
            day=row.due_on,
            who=row.customer_name or row.phone,
            product=row.product,
            text=said[row.id][2] or row.fault,
            result=said[row.id][0] or row.status,
        )
        for row in found
    )
    return Behind(rows=rows, total=followups.count(session, *counted))
