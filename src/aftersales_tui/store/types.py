"""What the tables are made of: their base, and states as text with a CHECK, read back as the word."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import Enum as SAEnum
from sqlmodel import Field, SQLModel


class Record(SQLModel):
    """The base of every table; its validator is only built if it is asked for, and a table never asks."""

    model_config = {"defer_build": True}


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
