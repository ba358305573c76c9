"""One job: where it stands, what is known, what comes next."""

from collections.abc import Awaitable, Sequence
from dataclasses import replace
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from aftersales_tui.domain.dates import local_day
from aftersales_tui.domain.papers import Form, Subject
from aftersales_tui.domain.words import JobStatus, RecordKind
from aftersales_tui.domain.workflow import CLOSED
from aftersales_tui.i18n import C_, NC_, _, formats
from aftersales_tui.i18n.event_words import line, told
from aftersales_tui.i18n.override_words import override_line
from aftersales_tui.i18n.verdict_words import one_line
from aftersales_tui.tui.actions import BY_ID
from aftersales_tui.tui.bench import dialogs, loading
from aftersales_tui.tui.bench.job_words import (
    fault_rows,
    next_line,
    promise_line,
    rows_table,
    way_words,
    work_rows,
)
from aftersales_tui.tui.bench.next_words import number_of, step_words
from aftersales_tui.tui.bench.sides import history_number, result_word, warranty_lines, watch_lines
from aftersales_tui.tui.bench.work import BenchScreen, may_miss_visit
from aftersales_tui.tui.glyphs import glyph
from aftersales_tui.tui.printing import print_form
from aftersales_tui.tui.safe_text import safe_text
from aftersales_tui.tui.widgets.key_bar import Hint
from aftersales_tui.tui.widgets.panel import Column, Panel, PanelRow
from aftersales_tui.tui.widgets.side import heading
from aftersales_tui.tui.wrapping import RunningText
from aftersales_tui.views.history import HistoryRow
from aftersales_tui.views.jobs import JobView

_WIDE = 110
_TIMELINE = 4


def forms_of(job: JobView) -> tuple[Form, ...]:
    """The forms that can be printed of a job as it stands."""
    possible = {Form.CLAIM_CHECK: job.device_here, Form.COVERAGE_STATEMENT: job.verdict is not None}
    return tuple(form for form, can in possible.items() if can)


class NextStep(Static, can_focus=True):
    """The marked next step; it has the focus on arrival, so that Enter does it."""


class JobScreen(BenchScreen[None]):
    """The job with this id."""

    CSS_PATH = "job.tcss"
    ACTIONS = (
        "app.open", "bench.next", "bench.record", "bench.wait", "bench.test", "app.note", "bench.assign",
        "bench.hand_over", "app.why", "app.copy", "app.print", "bench.start", "bench.cancel", "app.device",
        "app.edit", "desk.informed", "app.log", "app.part", "app.look_up", "desk.new_call",
    )  # fmt: skip

    def __init__(self, job_id: int) -> None:
        super().__init__()
        self.job_id = job_id
        self.active_part = 2
        self._job: JobView | None = None
        self._newest = 0

    @property
    def job(self) -> JobView | None:
        """The job, once it was read."""
        return self._job

    def path(self) -> tuple[str, ...]:
        area = C_("area", "Bench")
        if self._job is None:
            return (area, C_("title", "Job"))
        name = _("Job {number}").format(number=number_of(self._job))
        who = f" {glyph('·')} ".join(part for part in (self._job.customer_name, self._job.product) if part)
        return (area, f"{name}   {who}")

    def help_title(self) -> str:
        return C_("title", "Job")

    def help_words(self) -> str:
        return _(
            "Enter on the first line does the next step. s starts, resumes, looks for the fault again, or "
            "takes a ready job back into repair. e changes promise, shelf, intake and urgency, and reopens "
            "a closed job."
        )

    HINTS = {"app.open": NC_("key", "next step")}

    def compose_above(self) -> ComposeResult:
        yield Static("", id="way", markup=False)
        with Horizontal(id="next-row"):
            yield NextStep("", id="next", markup=False)
            yield Static("", id="promise", markup=False)
        yield Static("", id="gap", markup=False)
        yield from super().compose_above()

    def compose_core(self) -> ComposeResult:
        yield Panel(C_("panel", "Fault"), (), id="fault", number=1)
        yield Panel(C_("panel", "Diagnosis and work"), (), id="work", number=2)
        yield Panel(
            C_("panel", "This unit before"),
            (
                Column(C_("col", "Date"), 12),
                Column(C_("col", "No."), 8, grows=True),
                Column(C_("col", "What happened"), 37),
                Column(C_("col", "Result"), 20),
            ),
            id="before",
            number=3,
            empty=(_("Nothing on file: it is here for the first time."),),
        )
        yield Panel(
            C_("panel", "Timeline"),
            (
                Column(C_("col", "When"), 12),
                Column(C_("col", "Who"), 12),
                Column(C_("col", "What happened"), 53),
            ),
            id="timeline",
            number=_TIMELINE,
        )
        yield Static("", id="watch", markup=False)

    # What it stands on

    @property
    def is_wide(self) -> bool:
        """Whether the timeline stands in the side."""
        return self.app.size.width >= _WIDE

    @property
    def panels(self) -> list[Panel]:
        return [p for p in super().panels if not (self.is_wide and p.number == _TIMELINE)]

    @property
    def on_next(self) -> bool:
        """Whether the next step has the focus."""
        return isinstance(self.focused, NextStep)

    def on_mount(self) -> None:
        for name in ("fault", "work"):
            panel = self.query_one(f"#{name}", Panel)
            panel.set_title(panel.part_title, counted=False)
        if self.shop is not None:
            self.read_again()

    def take_focus(self) -> None:
        if self.focused is None:
            self.set_focus(self.query_one(NextStep))

    def read_again(self) -> None:
        self.read("job", loading.job, self.shop, self.job_id, then=self._show)

    def _show(self, job: JobView) -> None:
        newest = job.events[0] if job.events else None
        others = newest is not None and self._newest and newest.id != self._newest
        note = _("fresh {time}").format(time=formats.clock(self.now))
        if others and newest is not None and self.shop_app.person and newest.who != self.shop_app.person.name:
            note = _("changed by {name} {time}").format(
                name=newest.who, time=formats.clock(newest.at.astimezone(self.zone))
            )
        self._newest = newest.id if newest is not None else 0
        self._job = job
        self._draw()
        self.set_title(note=note)
        self.show_selected()

    def _draw(self) -> None:
        job = self._job
        if job is None or not self.app.is_running:
            return
        now, zone = self.now, self.zone
        today = local_day(now, zone)
        self.query_one("#way", Static).update(safe_text(way_words(job, now, zone)))
        self._draw_next(job, now)
        for name, rows in (("fault", fault_rows(job)), ("work", work_rows(job))):
            panel = self.query_one(f"#{name}", Panel)
            panel.patch(())
            panel.empty.update(rows_table(rows))
        self.query_one("#before", Panel).patch([self._before(row) for row in job.history])
        self.query_one("#timeline", Panel).patch(
            [
                PanelRow(
                    str(event.id),
                    (formats.when(event.at.astimezone(zone), today), event.who, told(event, zone)),
                    event,
                )
                for event in job.events
            ]
        )
        self._draw_watch(job)

    def _draw_next(self, job: JobView, now: datetime) -> None:
        mark = glyph("▸") if self.on_next else " "
        self.query_one(NextStep).update(safe_text(f"{mark} {next_line(job)}"))
        self.query_one("#promise", Static).update(safe_text(promise_line(job, now, self.zone)))

    def _draw_watch(self, job: JobView) -> None:
        lines: list[str | Content] = []
        if not self.is_wide and job.verdict is not None:
            lines.append(
                override_line(job.override, job.verdict, self.zone)
                if job.override is not None
                else one_line(job.verdict, local_day(self.now, self.zone))
            )
        lines += [part for part in watch_lines(job)[2:] if part]
        text = "\n".join(part if isinstance(part, str) else part.plain for part in lines)
        watch = self.query_one("#watch", Static)
        watch.update(RunningText([text]))
        watch.display = bool(text)

    def _before(self, row: HistoryRow) -> PanelRow:
        day = formats.day_cell(local_day(row.at, self.zone))
        return PanelRow(f"{row.kind}-{row.id}", (day, history_number(row), row.text, result_word(row)), row)

    # What it says

    def now_lines(self, panel: Panel, row: PanelRow | None) -> tuple[str, str]:
        job = self._job
        if job is None:
            return ("", "")
        if self.on_next:
            if job.status in CLOSED:
                return (_("Selected: {number}, closed.").format(number=number_of(job)), next_line(job))
            return (
                _("Selected: the next step of {number}. x or Enter: {step}.").format(
                    number=number_of(job), step=step_words(job)
                ),
                self._other_words(job),
            )
        if panel.id == "before" and row is not None:
            number = history_number(row.record)
            return (
                _("Selected: {number}, {text}").format(number=number, text=row.record.text),
                _("Enter opens it."),
            )
        if panel.id == "timeline" and row is not None:
            return (
                line(row.record, self.zone, local_day(self.now, self.zone)),
                _("l shows what changed, field by field."),
            )
        return (self._other_words(job), _("Up goes back to the next step. e changes promise, shelf, intake."))

    def _other_words(self, job: JobView) -> str:
        """What else may be done with it now."""
        if job.status is JobStatus.READY:
            return _("i: the customer was told · s: not satisfied, back into repair · m notes")
        if may_miss_visit(job):
            return _("w: nobody at home · a gives it to someone else · m notes")
        return _("w waits for parts, approval, customer · m notes · a gives it to someone else")

    def show_selected(self) -> None:
        job = self._job
        if job is not None and self.app.is_running:
            self._draw_next(job, self.now)
        super().show_selected()

    def side_lines(self, panel: Panel, row: PanelRow | None) -> "Sequence[str | Content]":
        job = self._job
        if job is None:
            return ()
        today = local_day(self.now, self.zone)
        lines = [*warranty_lines(job, today, self.zone), *watch_lines(job)]
        lines += [
            "",
            heading(C_("side", "{part} {n}").format(part=C_("panel", "Timeline"), n=len(job.events))),
        ]
        lines += [line(event, self.zone, today) for event in job.events]
        return lines

    def on_resize(self, event: Resize) -> None:
        self.call_after_refresh(self._redraw)

    def _redraw(self) -> None:
        if self._job is not None:
            self._draw()
            self.show_selected()

    # Moving

    def focus_went(self) -> None:
        super().focus_went()
        if self.on_next:
            self.show_selected()

    def go_to_part(self, number: int) -> None:
        if self.is_wide and number == _TIMELINE:
            self.query_one("#side").scroll_home(animate=False)
            return
        super().go_to_part(number)

    def go_home(self) -> None:
        super().go_home()
        self.set_focus(self.query_one(NextStep))

    def _move(self, where: str, by: int) -> None:
        panel = self.panel
        if self.on_next:
            if by > 0 or where == "last":
                self.go_to_part(panel.number)
            return
        at_top = panel.table.cursor_row <= 0 if panel.rows else panel.scroll_offset.y == 0
        if where in ("up", "first") and at_top:
            self.set_focus(self.query_one(NextStep))
        elif panel.rows:
            super()._move(where, by)
        else:
            panel.scroll_relative(y=by or (-99 if where == "first" else 99), animate=False)

    # Keys

    def hints(self) -> Sequence[Hint]:
        """While the next step has the focus Enter does it, and x need not be named as well."""
        shown = [one for one in self.ACTIONS if self.shown_key(one)]
        return [self.hint(one) for one in shown if one != "bench.next" or not self.on_next]

    def hint(self, action_id: str) -> Hint:
        hint = super().hint(action_id)
        if action_id == "app.open" and not self.on_next:
            return replace(hint, word=BY_ID[action_id].shown_hint)
        return hint

    def why_not(self, action_id: str) -> str:
        job = self._job
        if job is not None:
            if action_id == "app.why" and job.verdict is None:
                return _("it was never judged")
            if action_id == "app.print" and not forms_of(job):
                return _("the device is not here and it was never judged")
            if action_id == "app.open":
                return self._why_not_open(job)
        return super().why_not(action_id)

    def _why_not_open(self, job: JobView) -> str:
        if self.on_next:
            return super().why_not("bench.next")
        if self.panel.id in ("fault", "work"):
            return _("choose the next step, or a row")
        return "" if self.current is not None else _("nothing is selected")

    def do_app_open(self) -> Awaitable[object] | None:
        if self.on_next:
            return self.do_bench_next()
        row = self.current
        if row is None:
            return None
        if self.panel.id == "timeline":
            return self.do_app_log()
        kind = "job" if row.record.kind is RecordKind.JOB else "call"
        return self.open_screen(kind, row.record.id)

    def do_app_why(self) -> Awaitable[object]:
        job = self._job
        assert job is not None
        return self.open_screen(
            "why", job.device_id, title=job.product, came_from=self.path(), stored=job.verdict,
            prints=Subject(RecordKind.JOB, job.id),
        )  # fmt: skip

    async def do_app_print(self) -> None:
        job = self._job
        if job is not None:
            await print_form(self, Subject(RecordKind.JOB, job.id), forms_of(job), number_of(job))

    async def do_app_edit(self) -> None:
        job = self._job
        if job is None:
            return
        if job.status in CLOSED:
            await self._reopen(job)
        else:
            await self.open_screen("job_edit", job)

    async def _reopen(self, job: JobView) -> None:
        dialog = dialogs.reason_dialog(
            _("Reopen {number}").format(number=number_of(job)),
            _("Only for a mistake: on the same day by who closed it, later by the owner."),
        )
        written = await self.ask_for(dialog)
        if written is not None:
            done = await self.write(loading.reopen, self.shop, job.id, written.text, self.me)
            self.say_done(done)
