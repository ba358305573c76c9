"""Column helpers: states as text with a CHECK, read back as the word they are."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import Enum as SAEnum
from sqlmodel import Field


def word(kind: type[StrEnum], **options: Any) -> Any:
    """A column holding one word of a closed vocabulary, stored as its fixed code."""
    stored = SAEnum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
        name=kind.__name__.lower(),
    )
    return Field(sa_type=stored, **options)
