"""A checklist in two columns; a tick is a sign, not a colour."""

from collections.abc import Sequence

from rich.text import Text
from textual.binding import Binding
from textual.events import Resize
from textual.widget import Widget

from aftersales_tui.domain.text import cell_width, cut
from aftersales_tui.tui.safe_text import plain, safe_text
from aftersales_tui.tui.widgets.field import Field


class Ticks(Field, Widget, can_focus=True):
    """Space ticks, the arrows move, Enter goes on; the answer is the codes of what is ticked."""

    DEFAULT_CSS = "Ticks { height: auto; width: 1fr; }"
    BINDINGS = [
        Binding("space", "tick", show=False),
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("up", "row(-1)", show=False),
        Binding("down", "row(1)", show=False),
        Binding("enter", "done", show=False),
    ]

    def __init__(self, items: Sequence[tuple[str, str]] = (), *, id: str, required: bool = False) -> None:
        """``items`` are codes with their labels."""
        super().__init__(id=id)
        self.required = required
        self.items: tuple[tuple[str, str], ...] = tuple(items)
        self._ticked: set[str] = set()
        self._at = 0

    def set_items(self, items: Sequence[tuple[str, str]]) -> None:
        """Other checks; ticks of codes that stay are kept."""
        self.items = tuple(items)
        self._ticked &= {code for code, _label in items}
        self._at = 0
        self.refresh(layout=True)

    @property
    def answer(self) -> str:
        """The codes of the ticked checks in their order, separated by commas."""
        return ",".join(code for code, _label in self.items if code in self._ticked)

    def set_answer(self, answer: str) -> None:
        """Ticks exactly these codes."""
        wanted = set(answer.split(","))
        self._ticked = {code for code, _label in self.items if code in wanted}
        self._given = self.answer
        self.refresh()

    def action_tick(self) -> None:
        """Ticks or unticks the marked check."""
        if self.items:
            self._ticked ^= {self.items[self._at][0]}
            self.refresh()
            self.say_changed()

    def action_step(self, by: int) -> None:
        """The check before or after."""
        self._at = min(max(self._at + by, 0), max(0, len(self.items) - 1))
        self.refresh()

    def action_row(self, by: int) -> None:
        """A row up or down; past the first or last row the field is left."""
        at = self._at + by * self._columns
        if 0 <= at < len(self.items):
            self._at = at
            self.refresh()
        elif by > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def action_done(self) -> None:
        """On, with what is ticked."""
        self.say_done()

    @property
    def _columns(self) -> int:
        longest = max((cell_width(plain(label)) for _code, label in self.items), default=0)
        return 2 if self.size.width >= 2 * (longest + 6) else 1

    def on_resize(self, event: Resize) -> None:
        self.refresh(layout=True)

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """A row for two checks where both fit beside each other."""
        longest = max((cell_width(plain(label)) for _code, label in self.items), default=0)
        columns = 2 if width >= 2 * (longest + 6) else 1
        return max(1, -(-len(self.items) // columns))

    def render(self) -> Text:
        columns = self._columns
        room = max(1, self.size.width // columns)
        rows = []
        for start in range(0, len(self.items), columns):
            row = Text("", no_wrap=True, end="")
            for n in range(start, min(start + columns, len(self.items))):
                code, label = self.items[n]
                sign = "[x]" if code in self._ticked else "[ ]"
                words = cut(f"{sign} {plain(label)}", room - 1)
                marked = self.has_focus and n == self._at
                row.append_text(safe_text(words, "reverse" if marked else ""))
                row.append(" " * (room - cell_width(words)))
            rows.append(row)
        return Text("\n", end="", no_wrap=True).join(rows)
