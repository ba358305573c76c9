"""The two rows above the keys: what is selected and what Enter will do."""

from rich.text import Text
from textual.widget import Widget

from aftersales_tui.tui.safe_text import safe_text


class NowLine(Widget):
    """Two rows, in forms in a low window one; cut at the end, never wrapped."""

    DEFAULT_CSS = """
    NowLine { height: 2; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.lines = ("", "")

    def show(self, first: str, second: str = "") -> None:
        """Says this from now on."""
        if (first, second) != self.lines:
            self.lines = (first, second)
            self.refresh()

    def render(self) -> Text:
        width = max(1, self.size.width)
        rows = [safe_text(ended(line), width=width) for line in self.lines]
        return Text("\n", end="", no_wrap=True).join(rows[: max(1, self.size.height)])


def ended(line: str) -> str:
    """A text that was cut needs no full stop after its dots."""
    return line.replace("….", "…").replace("…。", "…")
