"""The packs of a shop as lists show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aftersales_tui.domain.errors import Problem
    from aftersales_tui.domain.policy import Policy


class PackSource(StrEnum):
    """Where a pack comes from."""

    PACKAGED = "packaged"
    OWN = "own"


class PackState(StrEnum):
    """What a pack does in a shop."""

    REGION = "region"
    """It rules because of the shop's region."""
    IN_USE = "in_use"
    """It rules because the shop chose it, or added it."""
    NOT_USED = "not_used"
    RETIRED = "retired"
    UNREADABLE = "unreadable"
    """An own pack that would rule, but can no longer be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackView:
    """One version of a pack with what it does in the shop; ``pack`` is ``None`` when it cannot be read."""

    id: str
    version: str
    source: PackSource
    state: PackState | None
    """``None`` without a shop file."""
    pack: Policy | None
    problems: tuple[Problem, ...] = ()
    added_at: datetime | None = None
    added_by: str = ""
    retired_at: datetime | None = None
    retired_by: str = ""
