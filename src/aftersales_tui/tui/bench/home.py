"""The bench's home: mine, unassigned, waiting, late."""

from collections.abc import Awaitable, Callable, Sequence

from textual.app import ComposeResult
from textual.content import Content

from aftersales_tui.domain.dates import local_day
from aftersales_tui.i18n import C_, _
from aftersales_tui.tui.bench import loading
from aftersales_tui.tui.bench.next_words import (
    does_words,
    late_cell,
    next_cell,
    number_of,
    selected_words,
    short_thing,
    waiting_cell,
    wish_cell,
)
from aftersales_tui.tui.bench.sides import selected_lines
from aftersales_tui.tui.bench.work import BenchScreen
from aftersales_tui.tui.messages import ShopChanged
from aftersales_tui.tui.widgets.panel import Column, Panel, PanelRow
from aftersales_tui.views.jobs import BenchBoard, JobRow, JobView

_FEW = 6
"""Rows of the lower lists before they scroll."""


class BenchHome(BenchScreen[None]):
    """Four lists of jobs; x does the next step of the selected one."""

    CSS_PATH = "home.tcss"
    PARTS_IN_TITLE = True
    ACTIONS = (
        "app.open", "bench.next", "bench.assign", "bench.wait", "bench.record", "bench.test",
        "bench.hand_over", "app.note", "app.look_up", "app.part", "app.who", "bench.start", "bench.cancel",
        "app.device", "app.copy", "app.log", "desk.informed", "desk.new_call",
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._full: JobView | None = None
        self._asked = 0
        self._own = False
        """Whether this seat changed something since the lists were read."""
        self._stepped = ""
        """The key of the job that this seat started or took a step with last."""

    def path(self) -> tuple[str, ...]:
        person = self.shop_app.person
        return (C_("area", "Bench"), person.name) if person else (C_("area", "Bench"),)

    def help_title(self) -> str:
        return C_("area", "Bench")

    def help_words(self) -> str:
        return _(
            "The first row of “Mine” is what comes next. x does its next step, s starts it in your name."
        )

    def compose_core(self) -> ComposeResult:
        def columns(last: str) -> list[Column]:
            return [
                Column(C_("col", "No."), 7, grows=True),
                Column(C_("col", "Customer"), 16),
                Column(C_("col", "Device and fault"), 25),
                Column(last, 29),
            ]

        yield Panel(
            C_("panel", "Mine"), columns(C_("col", "Next step")), id="mine", number=1,
            empty=(
                _("Nothing is yours. Nobody waits for you."),
                "",
                _("2  shows what nobody has taken yet; a there gives it to you"),
                _("/  looks a job up"),
            ),
        )  # fmt: skip
        yield Panel(
            C_("panel", "Unassigned"), columns(C_("col", "Wish and promise")), id="unassigned", number=2,
            empty=(_("Everything has somebody who does it."),), most=_FEW,
        )  # fmt: skip
        yield Panel(
            C_("panel", "Waiting"), columns(C_("col", "Waiting for")), id="waiting", number=3,
            empty=(_("Nothing waits for parts, an answer or the maker."),), most=_FEW,
        )  # fmt: skip
        yield Panel(
            C_("panel", "Late"), columns(C_("col", "Late by")), id="late", number=4,
            empty=(_("Nothing is late."),), most=_FEW,
        )  # fmt: skip

    # The lists

    def read_again(self) -> None:
        self._asked = 0
        self.read("board", loading.board, self.shop, self.me, then=self._show)

    def on_shop_changed(self, event: ShopChanged) -> None:
        self._own = self._own or event.own

    def _show(self, board: BenchBoard) -> None:
        now, zone = self.now, self.zone
        before, own, self._own = self.current, self._own, False
        today = local_day(now, zone)
        mine, unassigned, waiting, late = board.counts
        self._patch("mine", board.mine, lambda job: next_cell(job, now, zone), mine, board.mine_late)
        self._patch("unassigned", board.unassigned, lambda job: wish_cell(job, now, zone), unassigned)
        self._patch("waiting", board.waiting, lambda job: waiting_cell(job, now, zone), waiting)
        self._patch("late", board.late, lambda job: late_cell(job, today), late)
        self.set_title(note="")
        after = self.current
        if not own or before is None or (after is not None and after.key == before.key):
            return
        if after is None or before.key == self._stepped:
            self._follow(before.key)
        self._stepped = ""

    def _follow(self, key: str) -> None:
        """This seat's step took the job out of the part: the next key is meant for it, where it went."""
        any(panel.id is not None and self.select(panel.id, key) for panel in self.panels)

    def _patch(
        self, name: str, jobs: Sequence[JobRow], last: Callable[[JobRow], str], total: int, late: int = 0
    ) -> None:
        rows = [
            PanelRow(str(job.id), (number_of(job), job.customer_name, short_thing(job), last(job)), job)
            for job in jobs
        ]
        self.query_one(f"#{name}", Panel).patch(rows, total=total, late=late)

    @property
    def job(self) -> JobRow | None:
        row = self.current
        return row.record if row is not None else None

    # What it says

    def now_lines(self, panel: Panel, row: PanelRow | None) -> tuple[str, str]:
        if row is None:
            return (
                _("Selected: nothing, the list is empty. Other seats' changes show by themselves."),
                _("1-4 part · / looks up"),
            )
        return (selected_words(row.record, self.now, self.zone), does_words(row.record))

    def side_lines(self, panel: Panel, row: PanelRow | None) -> "Sequence[str | Content]":
        if row is None:
            return ()
        job: JobRow = row.record
        full = self._full
        if self._asked != job.id and self.app.size.width >= 110:
            self._asked = job.id
            self.read("side", loading.job, self.shop, job.id, then=self._show_full)
        same = full is not None and full.id == job.id and full.version == job.version
        return selected_lines(full if same and full is not None else job, self.now, self.zone)

    def _show_full(self, job: JobView) -> None:
        self._full = job
        if self.job is not None and self.job.id == job.id:
            self.show_side(self.side_lines(self.panel, self.current))

    # Keys

    def do_bench_next(self) -> Awaitable[object] | None:
        self._note_step()
        return super().do_bench_next()

    async def do_bench_start(self) -> None:
        self._note_step()
        await super().do_bench_start()

    def _note_step(self) -> None:
        self._stepped = str(self.job.id) if self.job is not None else ""

    def do_app_open(self) -> Awaitable[object]:
        return self.open_screen("job", self.job.id if self.job else 0)
