"""The satisfaction question: the keys are the scores themselves."""

from rich.text import Text
from textual.events import Key

from aftersales_tui.domain.text import cell_width
from aftersales_tui.domain.words import Satisfaction
from aftersales_tui.i18n.labels import label
from aftersales_tui.tui.widgets.choice import Answer, Choice

KEYS = {
    Satisfaction.VERY_SATISFIED: "5",
    Satisfaction.SATISFIED: "3",
    Satisfaction.NEUTRAL: "2",
    Satisfaction.NO_STATEMENT: "1",
    Satisfaction.DISSATISFIED: "-",
}
_MINUS = ("fullwidth_hyphen_minus", "em_dash", "en_dash", "minus_sign")
"""The keys that a Chinese input method makes of ``-``."""
_FIRST_ROW = 3


class ScoreChoice(Choice):
    """5, 3, 2, 1 or - answers and goes on; with focus it takes a second row when one is too short."""

    DEFAULT_CSS = "ScoreChoice.-two { height: 2; }"

    def __init__(self, *, id: str) -> None:
        super().__init__([Answer(word.value, label(word), key) for word, key in KEYS.items()], id=id)

    def on_focus(self) -> None:
        self.call_after_refresh(self._fit)

    def on_blur(self) -> None:
        self.set_class(False, "-two")

    def on_resize(self) -> None:
        self._fit()

    def on_key(self, event: Key) -> None:
        if event.key in _MINUS:
            event.stop()
            event.prevent_default()
            self._choose(Satisfaction.DISSATISFIED.value)
            self.say_done()

    def render(self) -> Text:
        if not self.has_class("-two"):
            return super().render()
        rows = (range(_FIRST_ROW), range(_FIRST_ROW, len(self.answers)))
        return Text("\n", end="").join([self._styled(self._row(row)) for row in rows])

    def _fit(self) -> None:
        whole = cell_width(self._row(range(len(self.answers)), between=""))
        self.set_class(self.has_focus and whole > self.size.width + 1, "-two")
