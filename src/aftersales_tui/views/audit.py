"""What an examination of the account of events finds."""

from dataclasses import dataclass

from aftersales_tui.domain.words import BreakKind


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where the account is not what this program wrote."""

    event_id: int
    kind: BreakKind


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountState:
    """The account of events as it was found."""

    events: int
    """How many there are."""
    seal: str
    """The chain value of the last one in hexadecimal: whoever keeps it can prove what stood before."""
    broken: Break | None
