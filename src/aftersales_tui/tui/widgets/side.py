"""The 40 cells beside the core of a wide window: what one would otherwise have to open."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from aftersales_tui.tui.safe_text import content
from aftersales_tui.tui.wrapping import RunningText


class Side(VerticalScroll, can_focus=False):
    """Text beside the core; ``show`` takes lines, a heading is ``heading(text)``."""

    DEFAULT_CSS = """
    Side { width: 1fr; border-left: solid $foreground 30%; padding: 0 1; scrollbar-size-vertical: 1; }
    Side > Static { height: auto; }
    """

    def compose(self) -> ComposeResult:
        yield Static("", markup=False)

    def show(self, lines: Sequence["str | Content"]) -> None:
        """Shows these lines; strings are user text and wrapped, never markup."""
        self.query_one(Static).update(RunningText(lines))


def heading(text: str) -> Content:
    """A line of the side in bold."""
    return content(text, "bold")
