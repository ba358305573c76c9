"""The calls, jobs or follow-ups behind a number of the month."""

from collections.abc import Awaitable

from textual.app import ComposeResult

from aftersales_tui.domain.dates import Month
from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.i18n import C_, _, formats
from aftersales_tui.i18n.labels import label
from aftersales_tui.tui.actions import OFFICE
from aftersales_tui.tui.list_screen import ListScreen
from aftersales_tui.tui.office import loading
from aftersales_tui.tui.widgets.panel import Column, Panel, PanelRow
from aftersales_tui.views.reports import Behind, BehindRow

_NUMBERED = {
    RecordKind.CALL: NumberKind.CALL,
    RecordKind.JOB: NumberKind.JOB,
    RecordKind.FOLLOW_UP: NumberKind.FOLLOW_UP,
}


class BehindScreen(ListScreen[None]):
    """Enter opens a row, Esc goes back to the number."""

    AREA = OFFICE
    MODE = "LIST"
    HAS_SIDE = True
    ACTIONS = ("app.open", "app.copy", "app.look_up", "app.back", "app.menu")

    def __init__(self, which: Month, measure: str, title: str) -> None:
        super().__init__()
        self.which = which
        self.measure = measure
        self.title_words = title

    def path(self) -> tuple[str, ...]:
        month = formats.month(self.which.year, self.which.month)
        return (C_("area", "Office"), month, self.title_words.strip())

    def help_words(self) -> str:
        return _(
            "What a number of the month counts, newest first. Enter opens it, Esc goes back to the number."
        )

    def compose_core(self) -> ComposeResult:
        columns = (
            Column(C_("col", "No."), 7, grows=True),
            Column(C_("col", "Day"), 12),
            Column(C_("col", "Customer"), 16),
            Column(C_("col", "Device and fault"), 26),
            Column(C_("col", "Result"), 16),
        )
        yield Panel(
            self.title_words.strip(), columns, id="rows",
            empty=("", _("Nothing stands behind this number."), "", _("Esc goes back to the month.")),
        )  # fmt: skip

    def read_again(self) -> None:
        if self.shop is not None:
            self.read("rows", loading.rows_behind, self.shop, self.which, self.measure, then=self._show)

    def _show(self, found: Behind) -> None:
        rows = [PanelRow(f"{row.kind.value}:{row.id}", _cells(row), row) for row in found.rows]
        self.query_one("#rows", Panel).patch(rows, total=found.total)

    def now_lines(self, panel: Panel, row: PanelRow | None) -> tuple[str, str]:
        if row is None:
            return (_("Selected: nothing, the list is empty."), _("Esc goes back to the month."))
        number, _day, who, about, result = row.cells
        said = _("Selected: {no} {name}, {what}. {result}.").format(
            no=number, name=who, what=about, result=result
        )
        return said, _("Enter opens it · Esc goes back to the number")

    def side_lines(self, panel: Panel, row: PanelRow | None) -> list[str]:
        if row is None:
            return []
        record: BehindRow = row.record
        lines = [
            row.cells[0],
            formats.day_weekday(record.day),
            "",
            record.who,
            record.product,
            "",
            record.text,
        ]
        return [line for n, line in enumerate(lines) if line or (n and lines[n - 1])]

    def why_not(self, action_id: str) -> str:
        if self.current is None and action_id in ("app.open", "app.copy"):
            return _("nothing is selected")
        return ""

    def do_app_open(self) -> Awaitable[object]:
        assert self.current is not None
        row: BehindRow = self.current.record
        return self.open_screen(row.kind.value, row.id)

    def copy_text(self) -> str:
        return self.current.cells[0] if self.current is not None else ""


def _cells(row: BehindRow) -> tuple[str, ...]:
    fault = " ".join(row.text[:200].split())
    about = (
        C_("cell", "{product}: {fault}").format(product=row.product, fault=fault)
        if row.product and fault
        else (row.product or fault)
    )
    return (
        show_number(_NUMBERED[row.kind], row.number),
        formats.day_cell(row.day),
        row.who,
        about,
        label(row.result) if row.result is not None else "",
    )
