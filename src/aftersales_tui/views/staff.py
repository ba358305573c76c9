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
    has_pin: bool = False
    acts_without_pin: bool = False
    """Who the command line acts as: has a PIN, but needs none there."""
