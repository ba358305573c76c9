"""Queries on what an owner decided beside a verdict."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import Session, col

from aftersales_tui.domain.overrides import Override
from aftersales_tui.store.tables import Job, Staff, VerdictOverride


def row(session: Session, verdict_id: int) -> VerdictOverride | None:
    """The decision that stands beside a verdict, as it is stored."""
    query = select(VerdictOverride).where(
        col(VerdictOverride.verdict_id) == verdict_id, col(VerdictOverride.ended_at).is_(None)
    )
    return session.execute(query).scalar()


def standing(session: Session, verdict_id: int | None) -> Override | None:
    """The decision that stands beside a verdict, with who made it."""
    if verdict_id is None:
        return None
    query = (
        select(
            col(VerdictOverride.coverage),
            col(VerdictOverride.reason),
            col(VerdictOverride.made_at),
            col(Staff.name),
        )
        .join(Staff, col(VerdictOverride.made_by) == col(Staff.id))
        .where(col(VerdictOverride.verdict_id) == verdict_id, col(VerdictOverride.ended_at).is_(None))
    )
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    coverage, reason, at, by = found
    return Override(coverage=coverage, reason=reason, by=by, at=at)


def jobs_on(session: Session, verdict_id: int) -> list[Job]:
    """The jobs that rest on a verdict."""
    query = select(Job).where(col(Job.verdict_id) == verdict_id).order_by(col(Job.id))
    return list(session.execute(query).scalars())
