"""A field for whatever scrap the caller gives: matches lie below it while it is typed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from aftersales_tui.tui.glyphs import glyph
from aftersales_tui.tui.safe_text import plain, safe_text
from aftersales_tui.tui.widgets.field import Field
from aftersales_tui.tui.widgets.fields import MOST_CELLS, TextField


@dataclass(frozen=True, slots=True)
class Match:
    """One line below a scrap field; ``record`` is what taking it gives."""

    label: str
    record: Any = None


class _ScrapInput(TextField):
    """The line of a scrap field: Up, Down, Enter and Esc go to its matches while they are open."""

    BINDINGS = [
        Binding("up", "scrap_step(-1)", show=False),
        Binding("down", "scrap_step(1)", show=False),
        Binding("escape", "scrap_close", show=False),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        scrap = self.parent
        if action in ("scrap_step", "scrap_close") and isinstance(scrap, ScrapField):
            return scrap.is_open
        return True

    def action_scrap_step(self, by: int) -> None:
        """The next match."""
        if isinstance(self.parent, ScrapField):
            self.parent.step(by)

    def action_scrap_close(self) -> None:
        """Closes the matches; the text stays."""
        if isinstance(self.parent, ScrapField):
            self.parent.close()


class ScrapField(Field, Widget):
    """An input whose matches are offered from two characters on; the last line is always "new …".

    On ``Typed`` the screen looks the text up and calls ``offer``; ``Taken`` says what was chosen.
    Enter before the matches are there waits for them, so a scanner may be faster than the look-up.
    """

    has_ground = True

    DEFAULT_CSS = """
    ScrapField { height: 1; width: 1fr; }
    ScrapField > OptionList {
        display: none; overlay: screen; constrain: none inside; width: 66; height: auto; max-height: 12;
        border: solid $primary; padding: 0; background: $surface; scrollbar-size-vertical: 1;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    ScrapField.-open > OptionList { display: block; }
    """

    class Typed(Message):
        """At least two characters stand in the field and nothing was taken yet."""

        def __init__(self, field: "ScrapField", text: str) -> None:
            super().__init__()
            self.field = field
            self.text = text

        @property
        def control(self) -> "ScrapField":
            """The field typed in."""
            return self.field

    class Taken(Message):
        """A match was taken; ``match`` is ``None`` for the last line, "new …"."""

        def __init__(self, field: "ScrapField", match: Match | None, text: str) -> None:
            super().__init__()
            self.field = field
            self.match = match
            self.text = text

        @property
        def control(self) -> "ScrapField":
            """The field it was taken in."""
            return self.field

    class Answered(Message):
        """Enter had waited for the matches; it does not wait any more."""

    def __init__(
        self,
        value: str = "",
        *,
        id: str,
        width: int = 0,
        placeholder: str = "",
        required: bool = False,
        least: int = 2,
    ) -> None:
        super().__init__(id=id)
        self.required = required
        self.least = least
        self.input = _ScrapInput(value, id=f"{id}-scrap", placeholder=placeholder)
        self.matches = OptionList(id=f"{id}-matches", compact=False, markup=False)
        self.matches.can_focus = False
        self._offers: tuple[Match, ...] = ()
        self._asked = ""
        self._waits = False
        self._quiet = plain(value)
        if width:
            self.styles.width = width

    def compose(self) -> ComposeResult:
        yield self.input
        yield self.matches

    @property
    def answer(self) -> str:
        """The text."""
        return self.input.answer

    def set_answer(self, answer: str) -> None:
        """Puts text into the field without looking it up."""
        self._quiet = plain(answer)
        self.close()
        self.input.set_answer(answer)
        self._given = self.answer

    @property
    def focus_target(self) -> Widget:
        """The line one types in."""
        return self.input

    @property
    def is_open(self) -> bool:
        """Whether the matches are shown."""
        return self.has_class("-open")

    @property
    def waits(self) -> bool:
        """Whether Enter came before the matches and takes the first one as soon as they are there."""
        return self._waits

    def offer(self, text: str, matches: Sequence[Match], new: str) -> None:
        """Shows the matches of ``text`` and the line ``new``; an answer to an older text is dropped."""
        if text != self.answer or not self.input.has_focus:
            return
        self._asked = ""
        self._offers = tuple(matches)
        labels = [match.label for match in matches] + [new]
        self.matches.clear_options()
        self.matches.add_options([Option(self._prompt(label, n == 0)) for n, label in enumerate(labels)])
        self._labels = labels
        self.matches.highlighted = 0
        self.add_class("-open")
        if self._waits:
            self.take()

    def step(self, by: int) -> None:
        """Marks the next or the last match."""
        before = self.matches.highlighted or 0
        after = min(max(before + by, 0), self.matches.option_count - 1)
        for n in (before, after):
            self.matches.replace_option_prompt_at_index(n, self._prompt(self._labels[n], n == after))
        self.matches.highlighted = after

    def close(self) -> None:
        """Puts the matches away; the text stays."""
        self.remove_class("-open")
        if self._waits:
            self._waits = False
            self.post_message(self.Answered())
        self._asked = ""

    def take(self) -> None:
        """Takes the marked match."""
        at = self.matches.highlighted or 0
        match = self._offers[at] if at < len(self._offers) else None
        text = self.answer
        self.close()
        self._quiet = self.input.value
        self.post_message(self.Taken(self, match, text))

    def on_field_edited(self, event: Field.Edited) -> None:
        if event.field is not self.input:
            return
        event.stop()
        self.say_changed()
        if self.input.value == self._quiet:
            return
        self._quiet = ""
        text = self.answer
        if len(text) >= self.least:
            self._asked = text
            self.post_message(self.Typed(self, text))
        else:
            self.close()

    def on_field_done(self, event: Field.Done) -> None:
        if event.field is not self.input:
            return
        event.stop()
        if self._asked:
            self._waits = True
        elif self.is_open:
            self.take()
        else:
            self.say_done()

    def on_descendant_blur(self) -> None:
        self.close()

    def _prompt(self, label: str, marked: bool) -> Text:
        return safe_text((glyph("▸") if marked else " ") + " " + plain(label), width=MOST_CELLS)
