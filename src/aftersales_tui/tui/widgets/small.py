"""What a window below 80x24 shows instead of the screen, which stays as it is behind it."""

from textual.content import Content
from textual.widget import Widget

from aftersales_tui.i18n import _
from aftersales_tui.tui.safe_text import content

LEAST = (80, 24)


class TooSmall(Widget):
    """One sentence that asks for a larger window; the typing behind it is kept."""

    DEFAULT_CSS = """
    TooSmall {
        layer: over; display: none; width: 100%; height: 100%; dock: top; background: $background;
        content-align: left middle; padding: 0 0 0 3;
    }
    """

    def render(self) -> Content:
        lines = (
            _("This window is too small: {width}x{height}.").format(
                width=self.app.size.width, height=self.app.size.height
            ),
            _("80x24 is needed. Make it larger, or the letters smaller."),
            "",
            _("Your typing is kept. ctrl+q quits."),
        )
        return content("\n".join(lines), lines=True)
