"""What screens tell each other."""

from dataclasses import dataclass

from textual.message import Message


@dataclass
class ShopReady(Message):
    """The shop file is open and somebody has signed in; lists may be read."""


@dataclass
class ShopChanged(Message):
    """Something in the shop file changed; ``own`` when this seat did it."""

    own: bool = False


@dataclass
class RecordSaved(Message):
    """This seat saved a record; its list puts the cursor on it. ``kind`` is a ``RecordKind`` code."""

    kind: str
    id: int
    number: str = ""
    device_here: bool = False
    """A job whose device was taken in with it: its claim check is wanted next."""
