"""Row 3 of a list in a low window: its parts by number, the shown one in brackets."""

from collections.abc import Sequence

from rich.text import Text
from textual.widget import Widget

from aftersales_tui.domain.text import cell_width, cut
from aftersales_tui.tui.safe_text import plain, safe_text
from aftersales_tui.tui.widgets.title_line import mode_word


def parts_line(parts: Sequence[tuple[int, str]], active: int, mode: str, width: int) -> str:
    """``[1 Open calls 7, 2 late]  2 Follow-ups due 6``; with ``mode`` its word stands at the right end."""
    shown = [f"[{n} {plain(title)}]" if n == active else f" {n} {plain(title)} " for n, title in parts]
    left = " ".join(shown)
    right = mode_word(mode) + " " if mode else ""
    left = cut(left, max(0, width - cell_width(right) - 1))
    return left + " " * max(0, width - cell_width(left) - cell_width(right)) + right


class PartsLine(Widget):
    """The parts of a list screen; only shown in low windows."""

    DEFAULT_CSS = "PartsLine { height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self.parts: tuple[tuple[int, str], ...] = ()
        self.active = 1
        self.mode = ""

    def show(self, parts: Sequence[tuple[int, str]], active: int, mode: str = "") -> None:
        """Shows these parts, the active one in brackets."""
        self.parts, self.active, self.mode = tuple(parts), active, mode
        self.refresh()

    def render(self) -> Text:
        return safe_text(parts_line(self.parts, self.active, self.mode, self.size.width))
