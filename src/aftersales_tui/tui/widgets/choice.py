"""A question with few answers in one row: the key in front answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text
from textual.binding import Binding
from textual.events import Key
from textual.widget import Widget

from aftersales_tui.domain.text import cell_width
from aftersales_tui.tui.glyphs import glyph
from aftersales_tui.tui.safe_text import plain, safe_text
from aftersales_tui.tui.widgets.field import Field


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: ``value`` is its code, ``key`` the key in front (its place in the row unless given)."""

    value: str
    label: str
    key: str = ""


class Choice(Field, Widget, can_focus=True):
    """All answers in one row, the chosen one in brackets; with focus each shows its key.

    The key answers and goes on; Left and Right change without going on. With too little room only
    the chosen answer is shown, or with focus as many around it as fit.
    """

    DEFAULT_CSS = """
    Choice { height: 1; width: 1fr; }
    """
    BINDINGS = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("enter", "done", show=False),
    ]

    def __init__(
        self, answers: Sequence[Answer], value: str = "", *, id: str, required: bool = False, width: int = 0
    ) -> None:
        """``value`` empty means not answered yet."""
        super().__init__(id=id)
        self.required = required
        self.answers = _with_keys(answers)
        self._value = value
        if width:
            self.styles.width = width

    @property
    def answer(self) -> str:
        """The code of the chosen answer, empty while there is none."""
        return self._value

    def set_answer(self, answer: str) -> None:
        """Chooses without going on; an unknown code leaves the question open."""
        self._given = answer if any(a.value == answer for a in self.answers) else ""
        self._choose(self._given)

    def _choose(self, value: str) -> None:
        if value != self._value:
            self._value = value
            self.refresh()
            self.say_changed()

    def set_answers(self, answers: Sequence[Answer]) -> None:
        """Other answers; the chosen one stays chosen if it is among them."""
        self.answers = _with_keys(answers)
        if not any(a.value == self._value for a in self.answers):
            self._value = ""
        self.refresh()

    def action_step(self, by: int) -> None:
        """The answer to the left or right, without going on."""
        values = [a.value for a in self.answers]
        if self._value not in values:
            self._choose(values[0 if by > 0 else -1])
            return
        self._choose(values[min(max(values.index(self._value) + by, 0), len(values) - 1)])

    def action_done(self) -> None:
        """On, with the answer that is chosen."""
        self.say_done()

    def on_key(self, event: Key) -> None:
        typed = event.character or event.key
        for answer in self.answers:
            if answer.key == typed:
                event.stop()
                event.prevent_default()
                self._choose(answer.value)
                self.say_done()
                return

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def render(self) -> Text:
        room = self.size.width
        shown = self._row(range(len(self.answers)))
        if cell_width(shown) <= room + 1:
            return self._styled(shown)
        shown = self._row(range(len(self.answers)), between="")
        if cell_width(shown) <= room + 1:
            return self._styled(shown)
        at = next((n for n, a in enumerate(self.answers) if a.value == self._value), -1)
        if not self.has_focus:
            return self._styled(self._row([at]) if at >= 0 else f" {glyph('–')} ")
        return self._styled(self._around(max(at, 0), room))

    def _around(self, at: int, room: int) -> str:
        low = high = at
        best = self._row([at])
        while True:
            grown = False
            for new_low, new_high in ((low, high + 1), (low - 1, high)):
                if new_low < 0 or new_high >= len(self.answers):
                    continue
                row = self._row(range(new_low, new_high + 1))
                row = (glyph("…") if new_low else "") + row.rstrip(" ")
                row += glyph("…") if new_high < len(self.answers) - 1 else ""
                if cell_width(row) <= room:
                    low, high, best, grown = new_low, new_high, row, True
                    break
            if not grown:
                return best

    def _row(self, places: "range | list[int]", between: str = " ") -> str:
        cells: list[str] = []
        for n in places:
            answer = self.answers[n]
            label = plain(answer.label)
            text = f"{answer.key} {label}" if self.has_focus else label
            cells.append(f"[{text}]" if answer.value == self._value else f" {text} ")
        return between.join(cells)

    def _styled(self, row: str) -> Text:
        text = safe_text(row, width=self.size.width)
        start, end = row.find("["), row.find("]")
        if self._value and 0 <= start < end:
            text.stylize("bold", start, end + 1)
        return text


def _with_keys(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    return tuple(
        answer if answer.key else Answer(answer.value, answer.label, str(n))
        for n, answer in enumerate(answers, start=1)
    )
