"""Queries on the people of the shop."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import Session, col

from aftersales_tui.domain.errors import NotFound, Problem
from aftersales_tui.domain.words import Role
from aftersales_tui.store import records
from aftersales_tui.store.tables import Staff


def everybody(session: Session, *, active_only: bool = False) -> list[Staff]:
    """The people as they were added."""
    people = session.execute(select(Staff).order_by(col(Staff.id))).scalars()
    return [person for person in people if person.active or not active_only]


def owners(session: Session) -> list[Staff]:
    """The active owners, as they were added."""
    return [person for person in everybody(session, active_only=True) if person.role is Role.OWNER]


def role_of(session: Session, staff_id: int) -> Role | None:
    """The role of a person; ``None`` when there is nobody of that id."""
    return session.execute(select(col(Staff.role)).where(col(Staff.id) == staff_id)).scalar()


def required(session: Session, staff_id: int) -> Staff:
    """The person with that id. Raises ``NotFound`` (``staff_unknown``)."""
    row = session.get(Staff, staff_id) if 0 < staff_id <= records.LARGEST else None
    if row is None:
        raise NotFound(Problem("staff_unknown", "as", {"name": str(staff_id), "known": ""}))
    return row
