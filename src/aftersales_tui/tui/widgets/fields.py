"""Fields one types in or picks from: one line, several lines, date, list of few, checks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.binding import Binding
from textual.document._document import EditResult
from textual.document._edit import Edit
from textual.events import Key
from textual.strip import Strip
from textual.widgets import Input, OptionList, SelectionList, TextArea
from textual.widgets.option_list import Option
from textual.widgets.selection_list import Selection

from aftersales_tui.domain.errors import ShopError
from aftersales_tui.tui.glyphs import glyph
from aftersales_tui.tui.safe_text import plain, safe_text
from aftersales_tui.tui.widgets.field import Field

_GROUND = Style(dim=True)

MOST_CELLS = 200
"""A line that can be picked is never longer than this."""


def grounded(strip: Strip, width: int, keep: int) -> Strip:
    """The strip with the blanks after its text, and after ``keep`` cells, as ``_``."""
    used = max(cell_len(strip.text.rstrip(" ")), keep)
    if used >= width:
        return strip
    return Strip.join([strip.crop(0, used), Strip([Segment("_" * (width - used), _GROUND)])])


class TextField(Field, Input):
    """One line of text. Control characters never get in; a leading ``/`` of a scanned label is dropped."""

    has_ground = True

    def __init__(
        self, value: str = "", *, id: str, width: int = 0, placeholder: str = "", required: bool = False
    ) -> None:
        """``width`` in cells; 0 takes the rest of the row."""
        super().__init__(
            plain(value), id=id, compact=True, placeholder=plain(placeholder), select_on_focus=False
        )
        self.required = required
        if width:
            self.styles.width = width

    def validate_value(self, value: str) -> str:
        """Whatever is typed or pasted, without control characters."""
        return plain(value)

    @property
    def answer(self) -> str:
        """The text without blanks at its ends and without a scanner's leading ``/``."""
        return self.value.strip().removeprefix("/").removeprefix("、")

    def set_answer(self, answer: str) -> None:
        """Puts text into the field; the cursor goes to its end."""
        self.value = plain(answer)
        self.cursor_position = len(self.value)
        self._given = self.answer

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        if y:
            return strip
        keep = 0
        if self.has_focus:
            keep = cell_len(self.value[: self.cursor_position]) + 1 - self.scroll_offset.x
        return grounded(strip.crop(0, self.size.width), self.size.width, keep)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.say_changed()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.say_done()


class DateField(TextField):
    """A date as people say it; ``read`` makes it a date and raises ``ShopError`` for one that cannot be."""

    def __init__(
        self,
        read: Callable[[str], date | None],
        value: str = "",
        *,
        id: str,
        width: int = 12,
        required: bool = False,
    ) -> None:
        super().__init__(value, id=id, width=width, required=required)
        self.read = read

    @property
    def day(self) -> date | None:
        """The date, ``None`` while the field is empty or holds something that is not one."""
        try:
            return self.read(self.answer) if self.answer else None
        except ShopError:
            return None

    @property
    def problem(self) -> ShopError | None:
        """Why what was typed is not a date."""
        try:
            if self.answer:
                self.read(self.answer)
        except ShopError as error:
            return error
        return None


class LinesField(Field, TextArea):
    """Several lines; Enter goes on, ctrl+o makes a new line."""

    has_ground = True

    def __init__(self, value: str = "", *, id: str, placeholder: str = "", required: bool = False) -> None:
        super().__init__(
            plain(value, lines=True), id=id, compact=True, soft_wrap=True, show_line_numbers=False,
            tab_behavior="focus", placeholder=plain(placeholder), highlight_cursor_line=False,
        )  # fmt: skip
        self.required = required

    @property
    def answer(self) -> str:
        """The text without blanks at its ends."""
        return self.text.strip()

    def set_answer(self, answer: str) -> None:
        """Puts text into the field."""
        self.load_text(plain(answer, lines=True))
        self._given = self.answer

    def edit(self, edit: Edit) -> EditResult:
        return super().edit(replace_text(edit))

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        keep = 0
        cursor = self.cursor_screen_offset - self.content_region.offset
        if self.has_focus and cursor.y == y:
            keep = cursor.x + 1
        return grounded(strip, self.size.width, keep)

    async def _on_key(self, event: Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.say_done()
            return
        await super()._on_key(event)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.say_changed()


def replace_text(edit: Edit) -> Edit:
    """The same edit with harmless text."""
    harmless = plain(edit.text, lines=True) if edit.text.strip() else edit.text
    return edit if harmless == edit.text else replace(edit, text=harmless)


@dataclass(frozen=True, slots=True)
class Pick:
    """One line of a ``PickList``: ``key`` is its answer, ``record`` what stands behind it."""

    key: str
    label: str
    record: Any = None


class PickList(Field, OptionList):
    """One of few records, one line each; the marked one is the answer."""

    DEFAULT_CSS = """
    PickList {
        height: auto; width: 1fr; background: transparent; scrollbar-size-vertical: 1;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    PickList > .option-list--option-highlighted { background: transparent; color: $text; text-style: none; }
    PickList:focus > .option-list--option-highlighted { background: $primary 40%; color: $text; }
    """
    BINDINGS = [Binding("enter", "done", show=False)]

    def __init__(
        self, picks: Sequence[Pick] = (), *, id: str, required: bool = False, marked: int = 0
    ) -> None:
        super().__init__(id=id, compact=True, markup=False)
        self.required = required
        self._picks: tuple[Pick, ...] = ()
        self._drawn = -1
        self.show(picks, marked)

    def show(self, picks: Sequence[Pick], marked: int = 0) -> None:
        """Other lines; the mark stays on its record if that is still there, else goes to ``marked``."""
        before = self.answer
        self._drawn = -1
        self._picks = ()
        self.clear_options()
        self._picks = tuple(picks)
        keys = [pick.key for pick in picks]
        at = keys.index(before) if before in keys else marked
        self.add_options([Option(self._prompt(n, n == at)) for n in range(len(picks))])
        self._drawn = at
        self.highlighted = at if picks else None
        self._given = self.answer

    @property
    def picked(self) -> Pick | None:
        """The marked line."""
        at = self.highlighted
        return self._picks[at] if at is not None and at < len(self._picks) else None

    @property
    def answer(self) -> str:
        """The key of the marked line."""
        return self.picked.key if self.picked else ""

    def set_answer(self, answer: str) -> None:
        """Marks the line with that key."""
        for n, pick in enumerate(self._picks):
            if pick.key == answer:
                self._given = answer
                self.highlighted = n

    def action_done(self) -> None:
        """On, with the marked line."""
        self.say_done()

    def watch_highlighted(self, highlighted: int | None) -> None:
        super().watch_highlighted(highlighted)
        if highlighted is None or highlighted == self._drawn:
            return
        for n in (self._drawn, highlighted):
            if 0 <= n < self.option_count:
                self.replace_option_prompt_at_index(n, self._prompt(n, n == highlighted))
        self._drawn = highlighted
        self.say_changed()

    def _prompt(self, n: int, marked: bool) -> Text:
        return safe_text(
            (glyph("▸") if marked else " ") + " " + plain(self._picks[n].label), width=MOST_CELLS
        )


class Checks(Field, SelectionList[str]):
    """A checklist; Space ticks, Enter goes on."""

    DEFAULT_CSS = """
    Checks {
        height: auto; width: 1fr; background: transparent; text-wrap: nowrap; text-overflow: ellipsis;
    }
    """
    BINDINGS = [Binding("enter", "done", show=False)]

    def __init__(self, items: Sequence[tuple[str, str]], *, id: str, required: bool = False) -> None:
        """``items`` are codes with their labels."""
        super().__init__(
            *(Selection(safe_text(label, width=MOST_CELLS), code, False) for code, label in items),
            id=id,
            compact=True,
        )
        self.required = required

    @property
    def answer(self) -> str:
        """The codes of the ticked lines, separated by commas."""
        return ",".join(self.selected)

    def set_answer(self, answer: str) -> None:
        """Ticks exactly these codes."""
        self.deselect_all()
        wanted = answer.split(",")
        for n in range(self.option_count):
            option = self.get_option_at_index(n)
            if option.value in wanted:
                self.select(option)
        self._given = self.answer

    def action_done(self) -> None:
        """On, with what is ticked."""
        self.say_done()

    def on_selection_list_selected_changed(self, event: SelectionList.SelectedChanged[str]) -> None:
        event.stop()
        self.say_changed()
