"""Packs a shop added itself, and what its owner decided beside a verdict."""

from datetime import datetime

from sqlmodel import Field

from aftersales_tui.domain.words import Coverage
from aftersales_tui.store.types import Record, word


class OwnPack(Record, table=True):
    """One version of a pack, its TOML exactly as it was added."""

    __tablename__ = "own_pack"

    id: int | None = Field(default=None, primary_key=True)
    policy: str
    version: str
    file: str
    text: str
    added_at: datetime
    added_by: int = Field(foreign_key="staff.id")
    retired_at: datetime | None = None
    retired_by: int | None = Field(default=None, foreign_key="staff.id")


class VerdictOverride(Record, table=True):
    """What the owner decided beside the machine's verdict; ``ended_at`` is there once it no longer stands."""

    __tablename__ = "verdict_override"

    id: int | None = Field(default=None, primary_key=True)
    verdict_id: int = Field(foreign_key="verdict.id")
    coverage: Coverage = word(Coverage)
    reason: str
    made_at: datetime
    made_by: int = Field(foreign_key="staff.id")
    ended_at: datetime | None = None
    ended_by: int | None = Field(default=None, foreign_key="staff.id")
    ended_reason: str = ""
