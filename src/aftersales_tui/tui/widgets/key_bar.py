"""The last row: key hints in order of use, whole ones only, F1 help always at the right end."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text
from textual.widget import Widget

from aftersales_tui.domain.text import cell_width, cut
from aftersales_tui.tui.actions import BY_ID
from aftersales_tui.tui.safe_text import plain, safe_text


@dataclass(frozen=True, slots=True)
class Hint:
    """A key with its word; ``dim`` when it cannot act now."""

    key: str
    word: str
    dim: bool = False

    @property
    def text(self) -> str:
        """``n new call``."""
        return f"{self.key} {plain(self.word)}"


def fitting(hints: Sequence[Hint], width: int) -> list[Hint]:
    """The hints that fit whole beside ``F1 help``, in order; the first that does not fit ends the row."""
    room = width - 1 - cell_width(help_hint().text) - 1 - 1
    kept: list[Hint] = []
    for hint in hints:
        need = cell_width(hint.text) + (2 if kept else 0)
        if need > room:
            break
        room -= need
        kept.append(hint)
    return kept


def help_hint() -> Hint:
    """``F1 help``."""
    return Hint("F1", BY_ID["app.help"].shown_hint)


class KeyBar(Widget):
    """The key row of a screen; hints that cannot act are dimmed."""

    DEFAULT_CSS = "KeyBar { height: 1; dock: bottom; background: $panel; }"

    def __init__(self) -> None:
        super().__init__()
        self.hints: tuple[Hint, ...] = ()

    def show(self, hints: Sequence[Hint]) -> None:
        """Shows these from now on, as many as fit."""
        if tuple(hints) != self.hints:
            self.hints = tuple(hints)
            self.refresh()

    def render(self) -> Text:
        width = self.size.width
        row = Text(" ", no_wrap=True, end="")
        for n, hint in enumerate(fitting(self.hints, width)):
            row.append_text(safe_text("  " if n else ""))
            key = safe_text(hint.key, "dim" if hint.dim else "bold")
            row.append_text(key).append_text(safe_text(" " + hint.word, "dim" if hint.dim else ""))
        pinned = help_hint()
        row.append(" " * max(1, width - row.cell_len - cell_width(pinned.text) - 1))
        row.append_text(safe_text(cut(pinned.key, width), "bold")).append_text(safe_text(" " + pinned.word))
        return row
