"""Follow-ups: the call to the customer after the work, and what they said (CB-1, CB-3, CB-7, CB-8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from aftersales_tui.domain.dates import local_day
from aftersales_tui.domain.errors import Problem, Refused, refuse
from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.permissions import Permission
from aftersales_tui.domain.scoring import points
from aftersales_tui.domain.words import (
    FollowUpKind,
    FollowUpStatus,
    Reached,
    RecordKind,
    Satisfaction,
    Solved,
)
from aftersales_tui.services import desk, fields
from aftersales_tui.services.shop import Shop, ShopDay
from aftersales_tui.store import events, followups, numbers
from aftersales_tui.store.engine import Session
from aftersales_tui.store.tables import FollowUp
from aftersales_tui.views.followups import FollowUpAnswer, FollowUpRow, FollowUpView

LIST_LIMIT = 200
NOT_REACHED = (Reached.NO_ANSWER, Reached.CALL_LATER, Reached.WRONG_NUMBER)
"""Answers after which the follow-up stays due."""
CALL_AGAIN_AFTER = timedelta(days=1)


def make(
    session: Session,
    day: ShopDay,
    kind: FollowUpKind,
    *,
    job_id: int | None = None,
    call_id: int | None = None,
    customer_id: int | None = None,
    due_on: date | None = None,
    due_at: datetime | None = None,
) -> FollowUp:
    """Make a follow-up due on a day or at a moment, inside a use case's transaction."""
    first = due_on or local_day(due_at or day.now, day.zone)
    row = FollowUp(
        number=numbers.take(session, "follow_up"),
        kind=kind,
        status=FollowUpStatus.OPEN,
        job_id=job_id,
        call_id=call_id,
        customer_id=customer_id,
        due_on=first,
        due_at=due_at,
        first_due_on=first,
    )
    session.add(row)
    session.flush()
    assert row.id is not None
    events.record(
        session, day.now, None, RecordKind.FOLLOW_UP, row.id, "due", after={"kind": kind, "due_on": first}
    )
    return row


def void_open(session: Session, day: ShopDay, job_id: int, by: int, kind: FollowUpKind | None = None) -> None:
    """Void the open follow-ups of a job, of one kind only when it is named; they never count as due."""
    rows = followups.open_of_job(session, job_id)
    _void(session, day, [row for row in rows if kind is None or row.kind is kind], by)


def void_of_call(session: Session, day: ShopDay, call_id: int, by: int) -> None:
    """Void the open call-backs that closing a call had made."""
    _void(session, day, followups.open_of_call(session, call_id), by)


def _void(session: Session, day: ShopDay, rows: Sequence[FollowUp], by: int) -> None:
    for row in rows:
        assert row.id is not None
        row.status = FollowUpStatus.VOID
        row.version += 1
        session.add(row)
        session.flush()
        events.record(session, day.now, by, RecordKind.FOLLOW_UP, row.id, "void")


def due(shop: Shop, limit: int = LIST_LIMIT) -> tuple[tuple[FollowUpRow, ...], int, int]:
    """Every open follow-up due today or earlier: rows, how many in all, how many are late."""
    with shop.reading() as (session, day):
        found = desk.due_rows(session, day, limit)
        total = followups.count(session, *followups.due_by(day.today))
        return found, total, desk.due_late(session, day)


def coming(shop: Shop) -> FollowUpRow | None:
    """The next follow-up that is not due yet."""
    with shop.reading() as (session, day):
        found = followups.rows(session, *followups.due_after(day.today), limit=1)
        return found[0] if found else None


def listed(
    shop: Shop, *, status: FollowUpStatus | None = None, limit: int = LIST_LIMIT
) -> tuple[tuple[FollowUpRow, ...], int]:
    """The follow-ups, newest first, and how many there are in all of that status."""
    conditions = [] if status is None else [followups.with_status(status)]
    with shop.reading() as (session, _):
        found = followups.rows(session, *conditions, limit=limit, order=followups.NEWEST)
        return tuple(found), followups.count(session, *conditions)


def show(shop: Shop, follow_up_id: int) -> FollowUpView:
    """One call sheet with its earlier calls. Raises ``NotFound``."""
    with shop.reading() as (session, _):
        return _view(session, follow_up_id)


def _view(session: Session, follow_up_id: int) -> FollowUpView:
    plain = followups.view(session, follow_up_id)
    earlier = events.of_record(session, RecordKind.FOLLOW_UP, follow_up_id)
    return replace(plain, earlier=tuple(event for event in earlier if event.what == "attempt"))


def id_of(shop: Shop, number: int) -> int:
    """The id of the follow-up with that number. Raises ``NotFound``."""
    with shop.reading() as (session, _):
        return followups.by_number(session, number).id or 0


def for_job(shop: Shop, job_id: int) -> int | None:
    """The id of the newest follow-up of a job, an open one first."""
    with shop.reading() as (session, _):
        return followups.newest_of_job(session, job_id)


def record(
    shop: Shop,
    follow_up_id: int,
    answer: FollowUpAnswer,
    by: int,
    version: int | None = None,
    *,
    tell: bool = False,
) -> FollowUpView:
    """Write down a follow-up call. Not reached: it stays due, one day later unless said otherwise.

    With ``tell`` the owner finds it among what to watch, whatever was answered (CB-1).

    Raises ``Refused``: ``follow_up_is_done``, ``score_missing`` (reached and answered, but neither a
    score nor whether it is solved), ``again_before_now``; ``NotFound``.
    """
    _check(answer)
    with shop.writing(by, Permission.FOLLOW_UP) as (session, day):
        row = followups.required(session, follow_up_id)
        if row.status is not FollowUpStatus.OPEN or (version is not None and version != row.version):
            number = show_number(NumberKind.FOLLOW_UP, row.number)
            raise Refused(Problem("follow_up_is_done", "status", {"number": number}))
        if answer.again_at is not None and answer.again_at < day.now:
            raise refuse("again_before_now", "again_at", at=answer.again_at)
        if answer.again_at is not None or answer.reached in NOT_REACHED:
            _attempt(session, day, row, answer, by)
        else:
            _done(session, day, row, answer, by)
        if tell:
            events.record(session, day.now, by, RecordKind.FOLLOW_UP, follow_up_id, events.SUPERVISOR_TOLD)
        return _view(session, follow_up_id)


def _check(answer: FollowUpAnswer) -> None:
    for name in ("opinion", "promised"):
        fields.text(name, getattr(answer, name))
    answered = answer.overall is not None or answer.solved is not None
    if answer.reached is Reached.YES and answer.again_at is None and not answered:
        raise refuse("score_missing", "score")


def _attempt(session: Session, day: ShopDay, row: FollowUp, answer: FollowUpAnswer, by: int) -> None:
    again = answer.again_at or day.now + CALL_AGAIN_AFTER
    before = {"due_on": row.due_on}
    row.attempts += 1
    row.reached = answer.reached
    row.due_at = again if answer.again_at is not None or row.due_at is not None else None
    row.due_on = local_day(again, day.zone)
    row.version += 1
    session.add(row)
    session.flush()
    assert row.id is not None
    events.record(
        session, day.now, by, RecordKind.FOLLOW_UP, row.id, "attempt", before=before,
        after={"reached": answer.reached, "due_on": row.due_on}, note=fields.text("opinion", answer.opinion),
    )  # fmt: skip


def _done(session: Session, day: ShopDay, row: FollowUp, answer: FollowUpAnswer, by: int) -> None:
    row.status = FollowUpStatus.DONE
    row.attempts += 1
    row.reached = answer.reached
    row.solved = answer.solved
    row.quality = answer.quality
    row.attitude = answer.attitude
    row.overall = answer.overall
    row.score = points(answer.overall) if answer.overall else None
    row.opinion = fields.text("opinion", answer.opinion)
    row.promised = fields.text("promised", answer.promised)
    row.promised_by = answer.promised_by
    row.lead = answer.lead
    row.recorded_at = day.now
    row.recorded_by = by
    row.version += 1
    session.add(row)
    session.flush()
    assert row.id is not None
    after = {
        "reached": row.reached, "solved": row.solved, "overall": row.overall, "score": row.score,
        "opinion": row.opinion, "promised": row.promised,
    }  # fmt: skip
    events.record(
        session, day.now, by, RecordKind.FOLLOW_UP, row.id, "done",
        after={name: value for name, value in after.items() if value not in (None, "")},
    )  # fmt: skip


def is_unhappy(answer: FollowUpAnswer) -> bool:
    """Dissatisfied, or the fault is not gone: somebody has to be told at once (CB-1)."""
    return answer.overall is Satisfaction.DISSATISFIED or answer.solved is Solved.NO
