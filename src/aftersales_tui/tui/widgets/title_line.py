"""Row 2: the path, completeness, draft time, and the word that says whether letters act or type."""

from collections.abc import Sequence

from rich.text import Text
from textual.widget import Widget

from aftersales_tui.domain.text import cell_width, cut
from aftersales_tui.i18n import C_, _, ngettext
from aftersales_tui.tui.glyphs import glyph
from aftersales_tui.tui.safe_text import plain, safe_text

MODE_WORDS = ("LIST", "FORM", "READ", "DIALOG")


def mode_word(mode: str) -> str:
    """``LIST``, ``FORM``, ``READ`` or ``DIALOG`` in the language in use."""
    words = {
        "LIST": C_("mode", "LIST"),
        "FORM": C_("mode", "FORM"),
        "READ": C_("mode", "READ"),
        "DIALOG": C_("mode", "DIALOG"),
    }
    return words[mode]


def missing_words(labels: Sequence[str]) -> str:
    """``still missing 5: name, address, product …``, or ``complete``; at most three are named."""
    if not labels:
        return C_("title", "complete")
    shown = C_("list", ", ").join(plain(label).lower() for label in labels[:3])
    if len(labels) > 3:
        shown += f" {glyph('…')}"
    return ngettext("still missing {n}: {fields}", "still missing {n}: {fields}", len(labels)).format(
        n=len(labels), fields=shown
    )


def title_line(path: Sequence[str], state: str, mode: str, note: str, width: int) -> str:
    """Path and state on the left, cut with two cells of air before the mode word on the right."""
    step = f" {glyph('›')} "
    left = " " + step.join(plain(part) for part in path)
    if state:
        left += "   " + plain(state)
    right = mode_word(mode)
    if note:
        right += f" {glyph('·')} {plain(note)}"
    right += "  " if not note else " "
    room = width - cell_width(right) - 2
    left = cut(left, max(0, room))
    return left + " " * max(0, width - cell_width(left) - cell_width(right)) + right


class TitleLine(Widget):
    """Row 2 of a screen without a look-up line."""

    DEFAULT_CSS = "TitleLine { height: 1; }"

    def __init__(self, mode: str) -> None:
        super().__init__()
        self.mode = mode
        self.path: tuple[str, ...] = ()
        self.state = ""
        self.note = ""

    def show(
        self,
        *,
        path: Sequence[str] | None = None,
        state: str | None = None,
        note: str | None = None,
        mode: str | None = None,
    ) -> None:
        """Changes what is given and leaves the rest."""
        self.path = self.path if path is None else tuple(path)
        self.state = self.state if state is None else state
        self.note = self.note if note is None else note
        self.mode = mode or self.mode
        self.refresh()

    def render(self) -> Text:
        return safe_text(title_line(self.path, self.state, self.mode, self.note, self.size.width))


def draft_kept(at: str) -> str:
    """``draft kept 09:42:11``."""
    return _("draft kept {time}").format(time=at)
