"""What the cards of the desk share: a head of fields, its parts, and the keys that act on a row."""

from collections.abc import Awaitable, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.events import Resize
from textual.widgets import Static

from aftersales_tui.domain.text import cell_width, cut
from aftersales_tui.drafts import Draft
from aftersales_tui.i18n import _
from aftersales_tui.tui.actions import DESK
from aftersales_tui.tui.desk import asking
from aftersales_tui.tui.desk.loading import HERE
from aftersales_tui.tui.list_screen import ListScreen
from aftersales_tui.tui.safe_text import content, plain
from aftersales_tui.tui.widgets.panel import Panel
from aftersales_tui.tui.widgets.parts import PartsLine
from aftersales_tui.views.history import HistoryRow

Pairs = Sequence[tuple[str, str]]

_LONGEST = 400


class RecordScreen(ListScreen[None]):
    """A record of the desk: its fields on top, lists below; subclass it."""

    AREA = DESK
    CSS_PATH = "record.tcss"
    SECOND: ClassVar[int] = 56
    """The cell where the second field of a row begins."""

    def compose_above(self) -> ComposeResult:
        yield from ()

    def compose_core(self) -> ComposeResult:
        yield Static("", id="head", markup=False)
        yield PartsLine()
        yield from self.compose_parts()

    def compose_parts(self) -> ComposeResult:
        """The lists."""
        yield from ()

    @property
    def record(self) -> Any:
        """What stands under the cursor."""
        row = self.current
        return row.record if row is not None else None

    @property
    def short(self) -> bool:
        """Whether the window is low."""
        return self.has_class("-short")

    def show_head(self, rows: Sequence[Pairs], *more: str) -> None:
        """The fields, two in a row, and lines below them."""
        lines = [field_row(row, self.SECOND) for row in rows]
        lines += [" " + cut(plain(line), 78) for line in more if line]
        if not self.short:
            lines.append("")
        self.query_one("#head", Static).update(content("\n".join(lines), lines=True))

    def on_resize(self, event: Resize) -> None:
        self.call_after_refresh(self.draw_head)

    def draw_head(self) -> None:
        """Draws the fields again, for another size or another row."""

    def part(self, name: str) -> Panel:
        """One of the lists."""
        return self.query_one(f"#{name}", Panel)

    def open_record(self, record: Any) -> Awaitable[object] | None:
        """Opens what a row stands for."""
        if isinstance(record, HistoryRow):
            return self.open_screen(record.kind.value, record.id)
        if isinstance(record, Draft):
            return self.open_screen(HERE[record.form], draft=record.id)
        return None

    async def log_progress(self, record: HistoryRow) -> None:
        """Somebody asked how this job stands, and was told."""
        await asking.answered(self, record.id, record.number or 0)

    def nothing(self) -> str:
        """Why nothing can be done with an empty list."""
        return _("nothing is selected")


def field_row(pairs: Pairs, second: int) -> str:
    """``Phones    138 0013 8027              Region   Luohu``: the second field stands at that cell.

    One that is too long for the rest of the row begins as far to the left as the first one lets it.
    """
    row = " "
    for n, (name, text) in enumerate(pairs):
        start, width = (1, 10) if not n else (second, max(9, cell_width(name) + 2))
        if n:
            needed = width + cell_width(plain(text[:_LONGEST]))
            start = max(min(second, 79 - needed), min(second, cell_width(row) + 2))
        row = cut(row, start - 1 if n else start)
        row += " " * (start - cell_width(row))
        row += name + " " * max(1, width - cell_width(name)) + plain(text[:_LONGEST] or "–")
    return cut(row, 79)
