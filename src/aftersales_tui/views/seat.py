"""What a seat at the screen is told: who may work there, and what the palette found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may work at this seat. ``role`` is a ``Role`` code, ``note`` says where they are now."""

    id: int
    name: str
    role: str
    note: str = ""
    has_pin: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One record that the command palette found. ``kind`` is a ``RecordKind`` code."""

    kind: str
    id: int
    number: str
    title: str
