"""The rows of a form: number, label, field, and below it the message while something is wrong."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from aftersales_tui.domain.text import cell_width
from aftersales_tui.tui.glyphs import glyph
from aftersales_tui.tui.safe_text import content, plain
from aftersales_tui.tui.widgets.field import Field

LABEL_WIDTH = 11


class Section(Static):
    """The heading of a section; in a low window it goes and its number stands before the first label."""

    DEFAULT_CSS = "Section { height: 1; margin-top: 1; }"

    def __init__(self, number: int, title: str) -> None:
        super().__init__("", markup=False)
        self.number = number
        self.section_title = plain(title)

    def on_resize(self) -> None:
        head = f" {self.number} {self.section_title} "
        line = glyph("─") * max(0, self.size.width - cell_width(head) - 1)
        self.update(content(head + line))


class Pair(Horizontal):
    """A label and its field; the label is shown in reverse while the field has the focus."""

    DEFAULT_CSS = """
    Pair { height: auto; width: 1fr; }
    Pair.-airy { padding-right: 1; }
    Pair:focus-within { background: transparent; }
    Pair > .lab { width: auto; height: 1; }
    Pair:focus-within > .lab { text-style: reverse; }
    Pair > .gap { height: 1; }
    """

    def __init__(self, label: str, field: Field, *, label_width: int = LABEL_WIDTH, width: int = 0) -> None:
        """``width`` of label and field together in cells; 0 takes what is left of the row."""
        super().__init__()
        self.label = plain(label)
        self.field = field
        self._label_width = label_width
        if width:
            self.styles.width = width
        # the ground of a field that takes the rest of the row would touch what stands beside it
        self.set_class(field.has_ground and not width, "-airy")

    def compose(self) -> ComposeResult:
        gap = Static("", classes="gap", markup=False)
        gap.styles.width = max(1, self._label_width - cell_width(self.label))
        yield Static(content(self.label), classes="lab", markup=False)
        yield gap
        yield self.field


class Row(Vertical):
    """One row of a form with one or more pairs, and the message under it."""

    DEFAULT_CSS = """
    Row { height: auto; }
    Row > .line { height: auto; }
    Row > .line > .num { width: 3; height: 1; }
    Row > .err { display: none; height: auto; padding: 0 0 0 14; text-style: bold; }
    Row.-wrong > .err { display: block; }
    """

    def __init__(self, *pairs: Pair, id: str | None = None, indent: int = 3) -> None:
        super().__init__(id=id)
        self.pairs = pairs
        self._indent = indent
        self.number = 0
        self._problems: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        with Horizontal(classes="line"):
            number = Static("", classes="num", markup=False)
            number.styles.width = self._indent
            yield number
            yield from self.pairs
        yield Static("", classes="err", markup=False)

    def show_number(self, shown: bool) -> None:
        """The number of the section before the first label, in low windows."""
        text = f" {self.number}" if shown and self.number else ""
        self.query_one(".num", Static).update(content(text))

    def problem(self, field: str, sentence: str) -> None:
        """Says under the row what is wrong with a field of it; an empty sentence takes that back."""
        if sentence:
            self._problems[field] = sentence
        elif self._problems.pop(field, None) is None:
            return
        text = "\n".join(f"! {plain(line)}" for line in self._problems.values())
        self.query_one(".err", Static).update(content(text, lines=True))
        self.set_class(bool(text), "-wrong")


def number_rows(widgets: Iterable[object]) -> None:
    """Gives the first row after each section the section's number; the order is that of the screen."""
    number = 0
    for widget in widgets:
        if isinstance(widget, Section):
            number = widget.number
        elif isinstance(widget, Row):
            widget.number, number = number, 0
