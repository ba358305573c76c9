"""Fetching one record by its id or number; what cannot be an id is simply not on file."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import select
from sqlmodel import Session, SQLModel

from aftersales_tui.domain.errors import NotFound, Problem

Row = TypeVar("Row", bound=SQLModel)

LARGEST = 2**63 - 1
"""The largest integer a column holds."""


def required(session: Session, table: type[Row], record: str, record_id: int) -> Row:
    """The row with that id; ``record`` names its kind. Raises ``NotFound``."""
    row = session.get(table, record_id) if 0 < record_id <= LARGEST else None
    if row is None:
        raise missing(record, record_id)
    return row


def numbered(session: Session, table: type[Row], record: str, column: Any, number: int, shown: str) -> Row:
    """The row whose ``column`` is that number; ``shown`` is how it is read out. Raises ``NotFound``."""
    row: Row | None = None
    if 0 < number <= LARGEST:
        row = session.execute(select(table).where(column == number)).scalar()
    if row is None:
        raise missing(record, shown)
    return row


def missing(record: str, number: object) -> NotFound:
    """The error that says that a record is not on file."""
    return NotFound(Problem("not_found", record, {"number": number}))
