"""Text that is pasted onto a list: there letters act, so it must not be taken for keys."""

from collections.abc import Sequence

from textual.events import Key
from textual.screen import Screen

from aftersales_tui.tui.focus import takes_letters
from aftersales_tui.tui.screens_base import FrameScreen

BURST = 0.012
"""Seconds between two letters of a terminal that cannot mark a paste; nobody types or repeats so fast."""
LEAST = 6
"""Letters of a burst that are no row of commands any more."""
DIFFERENT = 4
"""So many different ones are among them: a key that is held down over a slow line is one."""
_OPENS = frozenset("/、:：n")
"""What opens a line or a form that takes the rest: a scanner's label, or what was typed ahead."""


def letters_act(screen: Screen[object]) -> bool:
    """Whether a letter is a command here and now."""
    return isinstance(screen, FrameScreen) and screen.KIND == "list" and not takes_letters(screen.focused)


def is_letter(key: Key) -> bool:
    """Whether the key puts a character down where text is typed."""
    return key.is_printable and key.character is not None


def first_line(text: str) -> str:
    """The first line that says anything."""
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def pasted_text(keys: Sequence[Key]) -> str:
    """What a burst of keys says when it is a paste; empty when the keys are meant as keys."""
    text = "".join(key.character or "\n" if is_letter(key) else "\n" for key in keys)
    line = first_line(text)
    is_text = len(line) >= LEAST and len(set(line)) >= DIFFERENT and text[0] not in _OPENS
    return line if is_text else ""
