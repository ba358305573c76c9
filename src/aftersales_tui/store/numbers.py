"""Document numbers: gap-free per register, taken inside the transaction that uses them (CALL-4)."""

from __future__ import annotations

from sqlalchemy import update
from sqlmodel import Session, col

from aftersales_tui.store.tables import Counter


def take(session: Session, kind: str) -> int:
    """The next number of ``kind`` (``call``, ``job``, ``follow_up``)."""
    return take_many(session, kind, 1)


def take_many(session: Session, kind: str, count: int) -> int:
    """The first of the next ``count`` numbers of ``kind``; all of them are taken."""
    taken = session.execute(
        update(Counter)
        .where(col(Counter.kind) == kind)
        .values(next_number=col(Counter.next_number) + count)
        .returning(col(Counter.next_number))
    ).scalar_one()
    return int(taken) - count


def next_number(session: Session, kind: str) -> int:
    """The number the next record would get, for a form that proposes it."""
    counter = session.get(Counter, kind)
    assert counter is not None
    return counter.next_number
