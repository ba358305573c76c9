"""The office's home: the month beside the month before, in numbers that can be opened."""

from collections.abc import Awaitable, Sequence
from datetime import date, timedelta
from importlib import import_module
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import Resize
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import Worker

from aftersales_tui.domain.dates import Month
from aftersales_tui.domain.text import cell_width
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.i18n import C_, _, formats
from aftersales_tui.reports import month as paper
from aftersales_tui.tui.actions import OFFICE
from aftersales_tui.tui.ask import ask
from aftersales_tui.tui.glyphs import glyph
from aftersales_tui.tui.list_screen import ListScreen
from aftersales_tui.tui.office import loading
from aftersales_tui.tui.office.behind import BehindScreen
from aftersales_tui.tui.office.export import ExportDialog
from aftersales_tui.tui.office.loading import MonthPage
from aftersales_tui.tui.office.watch import watch_lines
from aftersales_tui.tui.safe_text import content
from aftersales_tui.tui.widgets.key_bar import Hint
from aftersales_tui.tui.widgets.panel import Column, Panel, PanelRow
from aftersales_tui.tui.wrapping import RunningText
from aftersales_tui.views.reports import TechnicianMonth

_MONTHS = ("app.earlier", "app.later")

_LABEL, _THIS, _BEFORE, _DIFFERENCE = 32, 14, 13, 18
"""3 + 32 + 14 + 13 + 18 = 80."""

EARLIEST = Month(1990, 1)
"""No shop looks back further."""


class WeeksPanel(Panel):
    """The jobs per week: a plot where there is room, else its numbers."""

    def __init__(self) -> None:
        columns = (
            Column(C_("col", "Week"), 10),
            Column(_right(C_("plot", "opened"), 9), 10),
            Column(_right(C_("plot", "closed"), 9), 10),
        )
        super().__init__(
            C_("panel", "Jobs per week"), columns, id="weeks", number=2, most=6,
            empty=("", _("No job was opened or closed.")),
        )  # fmt: skip
        self.plot: Any = None

    def compose(self) -> ComposeResult:
        yield from super().compose()
        with Vertical(id="drawn"):
            yield Static("", id="legend", markup=False)

    @property
    def focus_target(self) -> Widget:
        """The plot while it is shown, else the numbers."""
        if self.plot is not None and self.rows and self.query_one("#drawn").display:
            plot: Widget = self.plot
            return plot
        return super().focus_target

    async def draw(self, weeks: Sequence[tuple[str, int, int]]) -> None:
        """Draws the plot; the first time it is loaded off the UI thread."""
        module = await ask(import_module, "aftersales_tui.tui.office.plot")
        if not self.is_attached:
            return
        if self.plot is None:
            self.plot = module.WeeksPlot(id="plot")
            await self.query_one("#drawn").mount(self.plot, before="#legend")
        self.set_class(bool(weeks), "-drawn")
        self.plot.show(weeks)
        solid, dotted = glyph("█") * 2, glyph("░") * 2
        opened, closed = C_("plot", "opened"), C_("plot", "closed")
        legend = f"{solid} {opened}   {dotted} {closed}"
        self.query_one("#legend", Static).update(content("\n" + legend, lines=True))


_AT_ONCE = ("app.who", "app.menu", "office.care", "office.staff")
"""What can be done before the month is there."""


class OfficeHome(ListScreen[None]):
    """Measures, jobs per week, technicians, and what to watch."""

    AREA = OFFICE
    MODE = "READ"
    HAS_SIDE = False
    CSS_PATH = "home.tcss"
    ACTIONS = (
        "app.open",
        "app.earlier",
        "app.later",
        "app.print",
        "app.part",
        "app.look_up",
        "app.who",
        "app.menu",
        "office.care",
        "office.staff",
        "app.log",
    )

    def __init__(self) -> None:
        super().__init__()
        self.which: Month | None = None
        self.page: MonthPage | None = None

    # What is on it

    def path(self) -> tuple[str, ...]:
        here = (C_("area", "Office"),)
        if self.page is None:
            return here
        words = formats.month(self.page.which.year, self.page.which.month)
        if self.page.this.to_date:
            return (*here, _("Month {month}, to date").format(month=words))
        return (*here, _("Month {month}").format(month=words))

    def help_words(self) -> str:
        return _(
            "The month beside the month before, jobs counted by completion day. Enter lists the calls, jobs "
            "or follow-ups behind a number, Left and Right change the month, p writes the numbers to a file."
        )

    def compose_core(self) -> ComposeResult:
        columns = (
            Column(C_("col", "Measure"), _LABEL),
            Column("", _THIS),
            Column("", _BEFORE),
            Column(_right(C_("col", "Difference"), _DIFFERENCE - 1), _DIFFERENCE),
        )
        people = (
            Column(C_("col", "Technician"), 16),
            Column(_right(C_("col", "Closed"), 6), 7),
            Column(_right(C_("col", "Days"), 5), 6),
            Column(_right(C_("col", "Score"), 5), 6),
        )
        with Horizontal(id="month"):
            with Vertical(id="measured"):
                yield Panel(C_("panel", "Measures"), columns, id="measures", number=1)
                yield Static("", id="weekline", classes="-nothing", markup=False)
            with Vertical(id="beside"):
                yield WeeksPanel()
                yield Panel(
                    C_("panel", "Technicians"), people, id="people", number=3, most=8,
                    empty=("", _("Nobody closed a job.")),
                )  # fmt: skip
                yield Static("", id="watch", markup=False)

    def on_mount(self) -> None:
        self.query_one("#core").add_class("-alone")
        for panel in self.panels:
            panel.set_title(panel.part_title, counted=False)

    def hints(self) -> Sequence[Hint]:
        """One hint for both ways through the months."""
        arrows = f"{glyph('←')} {glyph('→')}"
        months = Hint(arrows, C_("key", "month"))
        others = [self.hint(action_id) for action_id in self.ACTIONS if action_id not in _MONTHS]
        return [others[0], months, *others[1:]]

    # Reading

    def read_again(self) -> None:
        if self.shop is not None and self.shop_app.signed_in:
            self.read("month", loading.page, self.shop, self.which, then=self._show)

    async def _show(self, page: MonthPage) -> None:
        self.page = page
        self.which = page.which if self.which is not None else None
        self._fill()
        weeks = _weeks(page)
        self._weeks.patch(
            [PanelRow(f"week:{week}", _week_cells(week, o, c), (week, o, c)) for week, o, c in weeks]
        )
        self._people.patch(
            [PanelRow(f"technician:{who.name}", _cells(who), who) for who in page.this.technicians]
        )
        self.query_one("#watch", Static).update(RunningText(watch_lines(page)))
        line = self.query_one("#weekline", Static)
        line.update(content(_week_line(weeks)))
        line.set_class(not weeks, "-nothing")
        self.set_title(note=_("fresh {time}").format(time=formats.clock(page.read_at)))
        if self.is_roomy:
            await self._draw()
        self.show_selected()

    def _fill(self) -> None:
        """The measures; in a low window the main ones only."""
        page = self.page
        if page is None:
            return
        low = self.app.size.height < 32
        panel = self.query_one("#measures", Panel)
        heads = (page.this, _THIS), (page.before, _BEFORE)
        for n, (summary, width) in enumerate(heads, start=1):
            panel.relabel(n, _right(paper.month_words(summary), width - 1))
        empty = paper.is_empty(page.this)
        rows = [] if empty else [
            PanelRow(
                line.id,
                (
                    ("  " if line.part else "") + line.label,
                    _right(line.this, _THIS - 1),
                    _right(line.before, _BEFORE - 1),
                    _right(line.difference, _DIFFERENCE - 1),
                ),
                line,
            )
            for line in paper.lines(page.this, page.before)
            if line.main or not low
        ]  # fmt: skip
        words = formats.month(page.which.year, page.which.month)
        panel.set_empty(
            "",
            _("Nothing happened in {month}: no call, no job, no follow-up.").format(month=words),
            "",
            _("Left and Right go to other months."),
        )
        panel.patch(rows)

    @property
    def is_roomy(self) -> bool:
        """Whether the plot has room."""
        width, height = self.app.size
        return width >= 110 and height >= 32

    @property
    def panels(self) -> list[Panel]:
        return list(self.query("#month Panel").results(Panel))

    @property
    def _weeks(self) -> WeeksPanel:
        return self.query_one("#weeks", WeeksPanel)

    @property
    def _people(self) -> Panel:
        return self.query_one("#people", Panel)

    def on_resize(self, event: Resize) -> None:
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        self._fill()
        if self.page is not None and self.is_roomy:
            _worker: Worker[None] = self.run_worker(self._draw, group="read:plot", exclusive=True)
        self._keep_focus_seen()

    async def _draw(self) -> None:
        if self.page is not None:
            await self._weeks.draw(_weeks(self.page))
            self._keep_focus_seen()

    def _keep_focus_seen(self) -> None:
        """The focus goes along when a part shows its plot instead of its numbers, or the other way."""
        if self.active_part == self._weeks.number:
            self.set_focus(self._weeks.focus_target)

    # What is said

    def now_lines(self, panel: Panel, row: PanelRow | None) -> tuple[str, str]:
        if self.page is None:
            return ("", "")
        second = _("Left and Right change the month · p writes it as table, json or csv")
        if row is None:
            return (_("Selected: nothing, the list is empty."), second)
        record = row.record
        if isinstance(record, paper.MonthLine):
            said = _("Selected: {what}, {this} in {month}, {before} in {previous}. Enter lists them.")
            return (
                said.format(
                    what=record.label, this=record.this, before=record.before,
                    month=paper.month_words(self.page.this), previous=paper.month_words(self.page.before),
                ),
                second,
            )  # fmt: skip
        if isinstance(record, TechnicianMonth):
            said = _(
                "Selected: {name}: {closed} closed, {days} working days, score {score}. Enter lists the jobs."
            )
            return (
                said.format(
                    name=record.name, closed=record.closed, days=paper.decimal(record.turnaround_days),
                    score=paper.decimal(record.mean_score),
                ),
                second,
            )  # fmt: skip
        week, opened, closed = record
        said = _("Selected: week {week}, {opened} jobs opened, {closed} closed. Enter lists them.")
        return said.format(week=week, opened=opened, closed=closed), second

    def show_selected(self) -> None:
        self.set_class(self.active_part > 1, "-beside")
        super().show_selected()

    def why_not(self, action_id: str) -> str:
        if self.page is None:
            waits = action_id in self.ACTIONS and action_id not in _AT_ONCE
            return _("it is loading") if waits else ""
        if action_id == "app.open" and self.current is None:
            return _("nothing is selected")
        if action_id == "app.later" and not self.page.begun:
            return _("the next month has not begun")
        if action_id == "app.earlier" and self.page.which <= EARLIEST:
            return _("there is nothing before")
        return ""

    # Doing

    def do_app_open(self) -> Awaitable[object]:
        assert self.page is not None
        row = self.current
        assert row is not None
        return self.shop_app.go(BehindScreen(self.page.which, row.key, _title(row)))

    def do_office_care(self) -> Awaitable[object]:
        return self.open_screen("care")

    def do_office_staff(self) -> Awaitable[object]:
        return self.open_screen("staff")

    def do_app_earlier(self) -> None:
        self._go_to(-1)

    def do_app_later(self) -> None:
        self._go_to(1)

    def _go_to(self, by: int) -> None:
        assert self.page is not None
        at = self.which or self.page.which
        goal = at.previous() if by < 0 else at.next()
        today = Month.of(self.page.today)
        if EARLIEST <= goal <= today:
            self.which = None if goal == today else goal
            self.read_again()

    def do_app_log(self) -> Awaitable[object]:
        return self.open_screen("log", RecordKind.SHOP, 0)

    async def do_app_print(self) -> None:
        assert self.page is not None
        file = await self.app.push_screen_wait(ExportDialog(self.shop, self.page.which))
        if file is not None:
            self.shop_app.toast(_("Written to {file}.").format(file=file))

    def go_home(self) -> None:
        """The present month, first row."""
        if self.which is not None:
            self.which = None
            self.read_again()
        super().go_home()


def _right(text: str, width: int) -> str:
    return " " * max(0, width - cell_width(text)) + text


def _cells(who: TechnicianMonth) -> tuple[str, ...]:
    return (
        who.name,
        _right(formats.number(who.closed), 6),
        _right(paper.decimal(who.turnaround_days), 5),
        _right(paper.decimal(who.mean_score), 5),
    )


def _week_cells(week: str, opened: int, closed: int) -> tuple[str, ...]:
    return (week, _right(formats.number(opened), 9), _right(formats.number(closed), 9))


def _weeks(page: MonthPage) -> list[tuple[str, int, int]]:
    """Every week of the month up to today, those in which nothing happened too; none if none has jobs."""
    known = {week: (opened, closed) for week, opened, closed in page.this.weeks}
    if not known:
        return []
    day: date = page.which.first
    names: list[str] = []
    while day < page.which.after and (day <= page.today or not page.this.to_date):
        name = f"W{day.isocalendar().week:02d}"
        if name not in names:
            names.append(name)
        day += timedelta(days=1)
    names += [name for name in known if name not in names]
    return [(name, *known.get(name, (0, 0))) for name in names]


def _week_line(weeks: Sequence[tuple[str, int, int]]) -> str:
    dot = f" {glyph('·')} "
    numbers = dot.join(f"{week} {opened}/{closed}" for week, opened, closed in weeks)
    return _("Jobs per week: {numbers}").format(numbers=numbers)


def _title(row: PanelRow) -> str:
    """What the list behind a row is called."""
    record = row.record
    if isinstance(record, paper.MonthLine):
        return record.label
    return record.name if isinstance(record, TechnicianMonth) else str(record[0])
