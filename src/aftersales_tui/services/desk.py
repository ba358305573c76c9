"""The desk's lists in one read: what the counter owes somebody now."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.services.shop import Shop, ShopDay
from aftersales_tui.store import calls, followups, jobs, numbers
from aftersales_tui.store.engine import Session
from aftersales_tui.views.calls import CallView
from aftersales_tui.views.desk import DeskBoard
from aftersales_tui.views.followups import FollowUpRow

LIST_LIMIT = 200


def board(shop: Shop, limit: int = LIST_LIMIT) -> DeskBoard:
    """Open calls, follow-ups due and devices ready to collect, late first, as they stand in one moment."""
    with shop.reading() as (session, day):
        waiting = calls.rows(session, calls.is_unclosed, order=calls.DUE_FIRST, limit=limit)
        due = due_rows(session, day, limit)
        coming = [] if due else followups.rows(session, *followups.due_after(day.today), limit=1)
        ready = jobs.rows(session, *jobs.ready(), order=jobs.LONGEST_READY, limit=limit)
        # what is not full is counted without asking again: a question costs more than the rows
        return DeskBoard(
            calls=tuple(waiting),
            calls_total=_total(waiting, limit, lambda: calls.count(session, calls.is_unclosed)),
            calls_late=_calls_late(session, waiting, limit, day),
            due=due,
            due_total=_total(due, limit, lambda: followups.count(session, *followups.due_by(day.today))),
            due_late=due_late(session, day),
            coming=coming[0] if coming else None,
            ready=tuple(ready),
            ready_total=_total(ready, limit, lambda: jobs.count(session, *jobs.ready())),
            next_job=show_number(NumberKind.JOB, numbers.next_number(session, "job")),
            in_work=jobs.count(session, jobs.is_open),
            late=jobs.count(session, *jobs.late(day.today)),
            today=day.today,
            opens=day.settings.opens,
            closes=day.settings.closes,
            unpublished=_unpublished(day),
        )


def _total(rows: Sequence[object], limit: int, count: Callable[[], int]) -> int:
    return count() if len(rows) >= limit else len(rows)


def _calls_late(session: Session, rows: Sequence[CallView], limit: int, day: ShopDay) -> int:
    if len(rows) >= limit:
        return calls.count(session, calls.is_unclosed, calls.call_back_before(day.now))
    return sum(call.promised_call_back is not None and call.promised_call_back < day.now for call in rows)


def due_rows(session: Session, day: ShopDay, limit: int) -> tuple[FollowUpRow, ...]:
    """Every open follow-up due today or earlier, late first."""
    found = followups.rows(session, *followups.due_by(day.today), limit=limit)
    return tuple(sorted(found, key=lambda row: not row.is_late(day.today, day.now)))


def due_late(session: Session, day: ShopDay) -> int:
    """How many open follow-ups are late, by their day or by their moment."""
    return followups.count(session, *followups.late_at(day.today, day.now))


def _unpublished(day: ShopDay) -> int:
    next_year = day.today.year + (day.today.month >= 11)
    known = not day.rest_days.official_years or day.rest_days.is_official(next_year)
    return 0 if known else next_year
