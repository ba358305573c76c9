"""The owner's decision beside a verdict: made, replaced, withdrawn; the machine's verdict stays."""

from __future__ import annotations

from aftersales_tui.domain.errors import refuse
from aftersales_tui.domain.overrides import Override, read_override
from aftersales_tui.domain.papers import Subject
from aftersales_tui.domain.permissions import Permission
from aftersales_tui.domain.words import Coverage, RecordKind
from aftersales_tui.services import fields
from aftersales_tui.services.shop import Shop, ShopDay
from aftersales_tui.store import calls, events, jobs, overrides
from aftersales_tui.store.engine import Session
from aftersales_tui.store.tables import VerdictOverride, VerdictRow


def override(shop: Shop, about: Subject, coverage: str, reason: str, by: int) -> Override:
    """Decide beside the verdict of a job or a call; a decision that stands is replaced.

    The jobs that rest on the verdict are listed and counted by the decision. Raises ``NotAllowed``
    (``not_allowed``), ``NotFound``; ``Refused``: ``never_judged``, ``word_unknown``, ``override_same``,
    ``override_reason_missing``.
    """
    with shop.writing(by, Permission.OVERRIDE) as (session, day):
        verdict = _verdict(session, about)
        decided = read_override(coverage, verdict.coverage)
        said = _reason(reason)
        before = _end(session, day, verdict, said, by)
        assert verdict.id is not None
        made = VerdictOverride(
            verdict_id=verdict.id, coverage=decided, reason=said, made_at=day.now, made_by=by
        )
        session.add(made)
        _follow(session, day, verdict, before or verdict.coverage, decided, "overridden", said, by)
        found = overrides.standing(session, verdict.id)
        assert found is not None
        return found


def withdraw(shop: Shop, about: Subject, reason: str, by: int) -> None:
    """Take a decision back: the machine's verdict stands again, and both stay on record.

    Raises as ``override``, and ``Refused`` (``not_overridden``).
    """
    with shop.writing(by, Permission.OVERRIDE) as (session, day):
        verdict = _verdict(session, about)
        said = _reason(reason)
        before = _end(session, day, verdict, said, by)
        if before is None:
            raise refuse("not_overridden", about.kind.value)
        _follow(session, day, verdict, before, verdict.coverage, "override_withdrawn", said, by)


def standing(session: Session, about: Subject) -> Override | None:
    """The decision that stands beside the verdict of a job or a call, if there is one."""
    row = _verdict_row(session, about)
    return overrides.standing(session, row.id) if row is not None else None


def _verdict_row(session: Session, about: Subject) -> VerdictRow | None:
    if about.kind is RecordKind.JOB:
        return jobs.verdict_of(session, jobs.required(session, about.id).verdict_id)
    if about.kind is RecordKind.CALL:
        calls.required(session, about.id)
        return calls.verdict_row(session, about.id)
    return None


def _verdict(session: Session, about: Subject) -> VerdictRow:
    row = _verdict_row(session, about)
    if row is None:
        raise refuse("never_judged", about.kind.value)
    return row


def _reason(typed: str) -> str:
    said = fields.text("notes", typed)
    if not said:
        raise refuse("override_reason_missing", "reason")
    return said


def _end(session: Session, day: ShopDay, verdict: VerdictRow, reason: str, by: int) -> Coverage | None:
    """Ends the decision that stands; returns what it was."""
    assert verdict.id is not None
    stands = overrides.row(session, verdict.id)
    if stands is None:
        return None
    stands.ended_at, stands.ended_by, stands.ended_reason = day.now, by, reason
    session.add(stands)
    session.flush()
    return stands.coverage


def _follow(
    session: Session,
    day: ShopDay,
    verdict: VerdictRow,
    before: Coverage,
    after: Coverage,
    what: str,
    reason: str,
    by: int,
) -> None:
    """Brings the jobs that rest on the verdict along, and writes it into their account and the call's."""
    assert verdict.id is not None
    records: list[tuple[RecordKind, int | None]] = []
    if verdict.call_id is not None:
        records.append((RecordKind.CALL, verdict.call_id))
    for job in overrides.jobs_on(session, verdict.id):
        job.coverage = after
        job.version += 1
        session.add(job)
        records.append((RecordKind.JOB, job.id))
    session.flush()
    for kind, record_id in records:
        events.record(
            session, day.now, by, kind, record_id or 0, what,
            before={"coverage": before}, after={"coverage": after}, reason=reason,
        )  # fmt: skip
