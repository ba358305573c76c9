"""A part of a list screen: a rule with its title, a table with fixed columns, words for the empty list."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.coordinate import Coordinate
from textual.message import Message
from textual.widget import Widget
from textual.widgets import DataTable, Static
from textual.widgets.data_table import ColumnKey, RowDoesNotExist

from aftersales_tui.domain.text import cell_width, cut
from aftersales_tui.i18n import _
from aftersales_tui.tui.glyphs import glyph
from aftersales_tui.tui.safe_text import content, plain, safe_text

LOADING_AFTER = 0.3
"""Seconds until a list that is still being read says so."""
MARKER_WIDTH = 3
MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Column:
    """A column of fixed ``width`` in cells, one of them kept free on the right.

    One that ``grows``, as of numbers, takes what its longest cell needs from the widest of the others.
    """

    label: str
    width: int
    grows: bool = False


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One record in a panel: ``key`` is unique in it, ``record`` is what the screen opens."""

    key: str
    cells: tuple[str, ...]
    record: Any = field(default=None, compare=False)


class PartTable(DataTable[Text]):
    """A table of a panel; remembers whether its cursor was ever moved by hand."""

    def __init__(self) -> None:
        super().__init__(cursor_type="row", cell_padding=0, show_row_labels=False, zebra_stripes=False)
        self.moved = False

    def watch_cursor_coordinate(self, old_coordinate: Coordinate, new_coordinate: Coordinate) -> None:
        super().watch_cursor_coordinate(old_coordinate, new_coordinate)
        panel = self.parent
        if isinstance(panel, Panel) and old_coordinate.row != new_coordinate.row:
            panel.cursor_went(old_coordinate.row, new_coordinate.row)


class Empty(Static, can_focus=True):
    """The words of an empty panel; it can be focused, so the part can be gone to."""


class Panel(Vertical):
    """A numbered part of a list screen; ``patch`` gives it rows and keeps the cursor on its record."""

    DEFAULT_CSS = """
    Panel { height: 1fr; }
    Panel > .rule { height: 1; }
    Panel > PartTable {
        height: 1fr; background: transparent; scrollbar-size-vertical: 1; overflow-x: hidden;
    }
    Panel.-fits { height: auto; }
    Panel.-fits > PartTable { height: auto; }
    Panel > Empty { padding: 0 0 0 3; height: auto; }
    Panel > .-gone { display: none; }
    Panel > PartTable > .datatable--header { background: transparent; color: $text-muted; text-style: none; }
    Panel > PartTable > .datatable--cursor { background: transparent; color: $text; text-style: none; }
    Panel > PartTable:focus > .datatable--cursor { background: $primary 40%; text-style: bold; }
    Panel > PartTable > .datatable--fixed-cursor { background: transparent; }
    Panel > PartTable > .datatable--hover { background: transparent; }
    """

    class Moved(Message):
        """The cursor stands on another record, or the panel got other rows."""

        def __init__(self, panel: "Panel") -> None:
            super().__init__()
            self.panel = panel

    class Opened(Message):
        """A row was clicked, which opens it as Enter does."""

        def __init__(self, panel: "Panel") -> None:
            super().__init__()
            self.panel = panel

    def __init__(
        self,
        title: str,
        columns: Sequence[Column],
        *,
        id: str,
        number: int = 1,
        empty: Sequence[str] = (),
        most: int = 0,
    ) -> None:
        """``most`` rows make the panel as high as its rows and no higher; 0 lets it fill the room."""
        super().__init__(id=id, classes="-fits" if most else "")
        self.part_title = title
        self.columns = tuple(columns)
        self.number = number
        self.empty_lines = tuple(empty)
        self.most = most
        self.total = 0
        self.late = 0
        self.active = False
        self.note = ""
        self.marked_without_focus = False
        """Whether the row under the cursor is marked while the keys go elsewhere, as in the look-up."""
        self._widths = [column.width for column in self.columns]
        self._rows: list[PanelRow] = []
        self._marked = -1
        self._patching = False
        self._known = False
        """Whether the rows have been read: before that an empty list says nothing of the shop."""
        self.table = PartTable()
        self.empty = Empty("", markup=False)
        self.rule = Static("", classes="rule", markup=False)
        self._show_table_or_words()

    def compose(self) -> ComposeResult:
        if self.most:
            self.table.styles.max_height = self.most + 1
        self.table.add_column(Text(""), width=MARKER_WIDTH, key="marker")
        for n, column in enumerate(self.columns):
            self.table.add_column(
                safe_text(column.label, width=max(1, column.width - 1)), width=column.width, key=str(n)
            )
        yield self.rule
        yield self.table
        yield self.empty

    def on_mount(self) -> None:
        self.show_title()
        self.set_timer(LOADING_AFTER, self._say_loading)

    def _say_loading(self) -> None:
        if not self._known:
            self.empty.update(content(_("loading")))

    @property
    def rows(self) -> Sequence[PanelRow]:
        """The rows as they are shown."""
        return self._rows

    @property
    def current(self) -> PanelRow | None:
        """The row under the cursor."""
        at = self.table.cursor_row
        return self._rows[at] if 0 <= at < len(self._rows) else None

    @property
    def focus_target(self) -> Widget:
        """What takes the focus when one goes to this part."""
        return self.table if self._rows else self.empty

    @property
    def title_text(self) -> str:
        """Title and counts, as the rule and the parts line show them."""
        places = {"part": self.part_title, "n": self.total, "late": self.late}
        if self.note or not self._known:
            return self.part_title
        if self.late:
            return _("{part} {n}, {late} late").format(**places)
        return _("{part} {n}").format(**places)

    def patch(self, rows: Sequence[PanelRow], *, total: int | None = None, late: int = 0) -> None:
        """Shows these rows (at most 200), ``total`` of them in all.

        A cursor that was never moved stays on the first row; a moved one follows its record, and if
        that is gone takes the row that moved up. Rows that did not change are not drawn again.
        """
        new = list(rows[:MOST_ROWS])
        before = self.current
        at = self.table.cursor_row
        was_focused = self.table.has_focus or self.empty.has_focus
        self.total = len(rows) if total is None else total
        self.late = late
        if not self._known:
            self._known = True
            self.set_empty(*self.empty_lines)
        self._patching = True
        stood, keys = [row.key for row in self._rows], [row.key for row in new]
        if keys == stood:
            self._change_cells(new)
        elif stood and keys[: len(stood)] == stood and self._widths_for(new) == self._widths:
            self._change_cells(new[: len(stood)])
            self._add(new[len(stood) :])
        else:
            self._fill(new, before, at)
        self._patching = False
        self._show_table_or_words()
        if was_focused and self.is_mounted:
            self.screen.set_focus(self.focus_target)
        self._mark()
        self.show_title()
        self.post_message(self.Moved(self))

    def _show_table_or_words(self) -> None:
        """By their own classes: one of the part would work out the styles of everything in it again."""
        self.table.set_class(not self._rows, "-gone")
        self.empty.set_class(bool(self._rows), "-gone")

    def select(self, key: str) -> bool:
        """Puts the cursor on that record, as if moved by hand; ``False`` if it is not in the list."""
        try:
            at = self.table.get_row_index(key)
        except RowDoesNotExist:
            return False
        self.table.moved = True
        self.table.move_cursor(row=at, animate=False)
        return True

    def home(self) -> None:
        """Back to the first row, as if the cursor had never been moved."""
        self.table.move_cursor(row=0, animate=False)
        self.table.moved = False

    def step(self, by: int) -> None:
        """Moves the cursor by so many rows."""
        if self._rows:
            at = min(max(self.table.cursor_row + by, 0), len(self._rows) - 1)
            self.table.move_cursor(row=at, animate=False)

    def set_empty(self, *lines: str) -> None:
        """Other words for the empty list."""
        self.empty_lines = lines
        if self._known:
            self.empty.update(content("\n".join(lines), lines=True))

    def set_title(self, title: str, *, counted: bool = True) -> None:
        """Another title; without ``counted`` it stands alone, with no number after it."""
        self.part_title = title
        self.note = "" if counted else title
        self.show_title()

    def relabel(self, n: int, label: str) -> None:
        """Another heading for the ``n``-th column."""
        self.columns = tuple(
            replace(column, label=label) if at == n else column for at, column in enumerate(self.columns)
        )
        heading = self.table.columns[ColumnKey(str(n))]
        shown = safe_text(label, width=max(1, self.columns[n].width - 1))
        if heading.label != shown:
            heading.label = shown
            self.table.refresh_column(n + 1)

    def show_title(self) -> None:
        """Draws the rule again, in brackets when this part is the active one."""
        wide = self.size.width or 80
        numbered = f"{self.number} {plain(self.title_text)}" if self.number else plain(self.title_text)
        shown = cut(f"[{numbered}] " if self.active else f" {numbered}  ", wide)
        line = glyph("─") * max(0, wide - cell_width(shown))
        self.rule.update(content(shown + line, "bold" if self.active else ""))

    def cursor_went(self, old: int, new: int) -> None:
        """The table's cursor moved; the marker follows it."""
        if self._patching:
            return
        self.table.moved = True
        self._mark()
        self.post_message(self.Moved(self))

    def on_resize(self) -> None:
        self.show_title()

    def on_descendant_focus(self) -> None:
        self._mark()

    def on_descendant_blur(self) -> None:
        self._mark()

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        event.stop()
        self.post_message(self.Opened(self))

    def _change_cells(self, new: list[PanelRow]) -> None:
        for at, (old, row) in enumerate(zip(self._rows, new, strict=True)):
            if old.cells == row.cells:
                continue
            for n, (was, text) in enumerate(zip(old.cells, row.cells, strict=True)):
                if was != text:
                    cell = safe_text(text, width=self._widths[n] - 1)
                    self.table.update_cell_at(Coordinate(at, n + 1), cell)
        self._rows = new

    def _fill(self, new: list[PanelRow], before: PanelRow | None, at: int) -> None:
        scroll = self.table.scroll_offset.y
        self.table.clear()
        self._marked = -1
        self._rows = []
        self._widths = self._widths_for(new)
        for n, width in enumerate(self._widths):
            self.table.columns[ColumnKey(str(n))].width = width
        self._add(new)
        goal = 0
        if self.table.moved and before is not None and new:
            keys = [row.key for row in new]
            goal = keys.index(before.key) if before.key in keys else min(at, len(new) - 1)
        if goal:
            self.table.move_cursor(row=goal, animate=False, scroll=False)
            self.table.scroll_to(y=scroll, animate=False)

    def _add(self, more: list[PanelRow]) -> None:
        """More rows below those that stand there."""
        self._rows = [*self._rows, *more]
        for row in more:
            cells = [
                safe_text(text, width=width - 1) for text, width in zip(row.cells, self._widths, strict=True)
            ]
            self.table.add_row(Text("   "), *cells, key=row.key)

    def _widths_for(self, rows: list[PanelRow]) -> list[int]:
        """Gives the growing columns their room: a number is never cut."""
        widths = [column.width for column in self.columns]
        fixed = [n for n, column in enumerate(self.columns) if not column.grows]
        for n, column in enumerate(self.columns):
            if column.grows and fixed:
                needed = max((cell_width(plain(row.cells[n])) + 1 for row in rows), default=0)
                widest = max(fixed, key=lambda at: widths[at])
                more = min(max(0, needed - column.width), widths[widest] - 2)
                widths[n] += more
                widths[widest] -= more
        return widths

    def _mark(self) -> None:
        chosen = self.table.has_focus or self.marked_without_focus
        at = self.table.cursor_row if chosen and self._rows else -1
        if at == self._marked:
            return
        if 0 <= self._marked < len(self._rows):
            self.table.update_cell_at(Coordinate(self._marked, 0), Text("   "))
        if 0 <= at < len(self._rows):
            self.table.update_cell_at(Coordinate(at, 0), Text(f" {glyph('▸')} "))
        self._marked = at
