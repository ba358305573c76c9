"""What the frame asks of the shop; bootstrap hands in an object that does it over the services."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from aftersales_tui.domain.errors import Problem
    from aftersales_tui.views.history import EventView
    from aftersales_tui.views.seat import Found, Person
    from aftersales_tui.views.shop import NewShop, RegionSets


@dataclass(frozen=True, slots=True)
class Doors:
    """What the first run may do; every call may block and raises ``ShopError``."""

    file: Path
    """The shop file that would be made."""
    sets: Callable[[str], RegionSets]
    """What a region sets."""
    make: Callable[[Path, NewShop], None]
    """Makes a new shop file; its first person is the one this seat remembers."""
    open: Callable[[Path], Shop]
    """Opens a shop file that is there and remembers it for this seat."""
    sample: Callable[[], Shop]
    """Makes and opens the sample shop; nothing of it is remembered."""
    speak: Callable[[str], None]
    """Remembers the language of this seat."""


class Shop(Protocol):
    """An open shop file. Every method may block and is called in a worker thread, except
    ``now`` and ``sign_in``."""

    @property
    def name(self) -> str:
        """The name of the shop as it stands on the papers."""

    def now(self) -> datetime:
        """The moment it is, aware, in the shop's time zone; never blocks."""

    def data_version(self) -> int:
        """A number that differs after anybody, this process included, changed the shop file."""

    def people(self) -> Sequence[Person]:
        """Who may sign in, this seat's people first."""

    def remembered(self) -> Person | None:
        """Who worked at this seat last, ``None`` if nobody did."""

    def sign_in(self, person: Person) -> None:
        """From now on this person reads and acts; never blocks."""

    def remember(self, person: Person) -> None:
        """Remembers who works at this seat, for the next start."""

    def prove(self, person: Person, pin: str) -> None:
        """The person types their PIN; raises ``ShopError`` for a wrong one, and while nobody may try."""

    def news(self, person: Person) -> Sequence[EventView]:
        """What was done to PINs that the person has to hear of; told once."""

    def lock_after(self, person: Person) -> int:
        """Seconds without a key after which this person's screens lock; 0 for never."""

    def waiting(self, person: Person) -> Mapping[str, int]:
        """How much waits for the person in each area, by area name; areas left out show no number."""

    def find(self, text: str) -> Sequence[Found]:
        """What the command palette offers for a number, a name or a phone; at most twenty."""

    def look_after(self) -> Sequence[Problem]:
        """Makes the copy of the day if there is none; gives back what somebody has to see to."""

    def copy_on_leaving(self, longest: float) -> Sequence[Problem]:
        """Copies what changed since the last copy, within so many seconds; gives back what went wrong."""

    def close(self) -> None:
        """Lets go of the shop file."""
