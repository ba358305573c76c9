"""People of the shop."""

from dataclasses import dataclass

from aftersales_tui.domain.words import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffView:
    """One person who works here."""

    id: int
    version: int
    name: str
    role: Role
    active: bool
