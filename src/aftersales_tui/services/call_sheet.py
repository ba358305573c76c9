"""The sheet of one follow-up call: the work, what the customer said before, when to call again."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from aftersales_tui.domain.words import Reached, RecordKind
from aftersales_tui.domain.working_time import OpeningHours, add_working_days, add_working_time
from aftersales_tui.services import followups
from aftersales_tui.services.shop import Shop, ShopDay
from aftersales_tui.store import history, jobs, staff
from aftersales_tui.store.engine import Session
from aftersales_tui.views.followups import CallSheet, FollowUpView
from aftersales_tui.views.history import HistoryRow

TRY_AGAIN_AFTER = timedelta(hours=2)
"""Opening time until the next try when nobody answered or somebody had no time."""
_STEP = 5


def read(shop: Shop, follow_up_id: int) -> CallSheet:
    """Everything the sheet shows. Raises ``NotFound``."""
    found = followups.show(shop, follow_up_id)
    with shop.reading() as (session, day):
        job = jobs.rows_by_id(session, [found.job_id]).get(found.job_id) if found.job_id else None
        return CallSheet(
            follow_up=found,
            shop_name=day.settings.name,
            coverage=job.coverage if job else None,
            test_passed=job.test_passed if job else False,
            earlier=_earlier(session, found),
            again=_again(day),
            owners=tuple(owner.name for owner in staff.owners(session)),
        )


def _earlier(session: Session, found: FollowUpView) -> tuple[HistoryRow, ...]:
    if found.customer_id is None:
        return ()
    rows = history.of_customer(session, found.customer_id)
    return tuple(row for row in rows if row.kind is RecordKind.FOLLOW_UP and row.id != found.id)


def _again(day: ShopDay) -> dict[Reached, datetime]:
    """Two opening hours on; with a wrong number there is one to be found first: the next morning."""
    hours = OpeningHours(time.fromisoformat(day.settings.opens), time.fromisoformat(day.settings.closes))
    now = day.now.astimezone(day.zone)
    soon = _rounded_up(add_working_time(now, TRY_AGAIN_AFTER, hours, day.rest_days))
    morning = datetime.combine(add_working_days(day.today, 1, day.rest_days), hours.start, tzinfo=day.zone)
    return {Reached.NO_ANSWER: soon, Reached.CALL_LATER: soon, Reached.WRONG_NUMBER: morning}


def _rounded_up(moment: datetime) -> datetime:
    whole = moment.replace(second=0, microsecond=0)
    return whole + timedelta(minutes=-whole.minute % _STEP)
