"""One call in full: who, which device, the caller's words, its jobs, what happened to it."""

from collections.abc import Awaitable, Sequence

from textual.app import ComposeResult
from textual.content import Content

from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.papers import Form, Subject
from aftersales_tui.domain.words import CallStatus, JobStatus, RecordKind
from aftersales_tui.i18n import C_, NC_, _, formats
from aftersales_tui.i18n.event_words import told
from aftersales_tui.i18n.job_sentence import short_name, spoken
from aftersales_tui.i18n.labels import label
from aftersales_tui.i18n.needs import call_need, call_need_sentence
from aftersales_tui.i18n.override_words import override_line
from aftersales_tui.i18n.verdict_words import one_line
from aftersales_tui.tui.desk import asking, loading, sides
from aftersales_tui.tui.desk.loading import WholeCall
from aftersales_tui.tui.desk.record_screen import Pairs, RecordScreen
from aftersales_tui.tui.printing import print_form
from aftersales_tui.tui.widgets.panel import Column, Panel, PanelRow
from aftersales_tui.tui.widgets.side import heading
from aftersales_tui.views.calls import CallView
from aftersales_tui.views.jobs import JobView

_ON_OPEN_CALLS = ("desk.open_job", "desk.close_call", "app.edit")


class CallScreen(RecordScreen):
    """One entry of the call register."""

    ACTIONS = (
        "app.open",
        "desk.open_job",
        "desk.close_call",
        "app.edit",
        "desk.new_call",
        "app.why",
        "app.copy",
        "app.print",
        "app.note",
        "app.device",
        "app.log",
        "app.look_up",
        "app.part",
        "app.back",
        "app.menu",
    )
    HINTS = {"app.copy": NC_("key", "copy phone")}

    SECOND = 48

    def __init__(self, call_id: int) -> None:
        super().__init__()
        self.call_id = call_id
        self.whole: WholeCall | None = None

    @property
    def number(self) -> str:
        """The number as it is read out."""
        return show_number(NumberKind.CALL, self.whole.call.number) if self.whole else ""

    def path(self) -> tuple[str, ...]:
        here = (C_("area", "Desk"), C_("field", "Call"))
        return (*here, f"{self.number} {self.whole.call.who}".strip()) if self.whole else here

    def help_words(self) -> str:
        return _(
            "One call: o opens a job for it, c closes it with a resolution, e adds what is missing. "
            "On a call that was closed by mistake e opens it again."
        )

    def compose_parts(self) -> ComposeResult:
        jobs = (Column(C_("col", "No."), 9), Column(C_("col", "How it stands"), 68))
        happened = (
            Column(C_("col", "When"), 14),
            Column(C_("col", "Who"), 18),
            Column(C_("col", "What happened"), 45),
        )
        yield Panel(
            C_("panel", "Jobs"), jobs, id="jobs", number=1, most=6,
            empty=(_("No job was opened for it."),),
        )  # fmt: skip
        yield Panel(
            C_("panel", "Timeline"), happened, id="timeline", number=2, empty=(_("Nothing happened yet."),)
        )

    def on_mount(self) -> None:
        self.read_again()

    def read_again(self) -> None:
        if self.shop is not None:
            self.read("call", loading.whole_call, self.shop, self.call_id, then=self._show)

    def _show(self, whole: WholeCall) -> None:
        self.whole = whole
        now, zone = self.shop.now(), self.shop.zone
        self.part("jobs").patch(
            [
                PanelRow(
                    f"job:{job.id}",
                    (show_number(NumberKind.JOB, job.number), spoken(job, now.date(), zone)),
                    job,
                )
                for job in whole.jobs
            ]
        )
        self.part("timeline").patch(
            [
                PanelRow(
                    f"event:{event.id}",
                    (formats.when(event.at.astimezone(zone), now.date()), event.who, told(event, zone)),
                )
                for event in whole.events
            ]
        )
        call = whole.call
        state = (
            call_need(call, now, zone).words
            if call.resolution is None
            else C_("title", "closed: {how}").format(how=label(call.resolution))
        )
        self.set_title(state=state)
        self.draw_head()
        self.show_selected()

    def draw_head(self) -> None:
        if self.whole is None:
            return
        call = self.whole.call
        taken = _("{when}, taken by {name}").format(
            when=formats.top(call.at.astimezone(self.shop.zone)), name=short_name(call.taken_by)
        )
        kind = C_("side", "{kind}, {channel}").format(kind=label(call.kind), channel=label(call.channel))
        rows: list[Pairs] = [
            [(C_("field", "Call"), taken), (C_("field", "Kind"), kind)],
            [(C_("field", "Name"), call.who), (C_("field", "Phone"), call.phone)],
            [(C_("field", "Device"), call.product), (C_("field", "Serial"), call.serial)],
        ]
        fault = (C_("field", "Fault"), " ".join(call.fault.split()))
        if self.short:
            verdict = self._verdict_line(call)
            self.show_head([*rows, [fault]], verdict)
            return
        rows += [
            [(C_("field", "Address"), call.address), (C_("field", "Urgency"), label(call.urgency))],
            [(C_("field", "Cause"), label(call.cause)), (C_("field", "Wish"), label(call.wish))],
            [fault],
        ]
        self.show_head(rows)

    def _verdict_line(self, call: CallView) -> str:
        if call.verdict is None:
            return ""
        if call.override is not None:
            return override_line(call.override, call.verdict, self.shop.zone)
        return one_line(call.verdict, self.shop.now().date())

    # What is said

    def now_lines(self, panel: Panel, row: PanelRow | None) -> tuple[str, str]:
        if self.whole is None:
            return ("", "")
        call = self.whole.call
        if row is not None and isinstance(row.record, JobView):
            stands = row.cells[1].rstrip(".。")
            said = _("Selected: {no} {status}.").format(no=row.cells[0], status=stands)
            return said, _("Enter opens the job · n starts another call")
        if call.status is CallStatus.CLOSED:
            said = _("This call is closed.")
            if not self._why_not_reopen():
                said = _("This call is closed. e reopens it if that was a mistake.")
            return (said, _("n starts another call · m writes a note"))
        said = call_need_sentence(call, self.shop.now(), self.shop.zone)
        keys = _("o opens job {job} for it · c closes it · e adds what is missing")
        return said, keys.format(job=self.whole.next_job)

    def side_lines(self, panel: Panel, row: PanelRow | None) -> Sequence[str | Content]:
        if self.whole is None:
            return ()
        call = self.whole.call
        lines = sides.verdict_lines(call.verdict, call.serial, self.shop.now().date())
        if call.override is not None and call.verdict is not None:
            lines = sides.override_lines(call.override, call.verdict, self.shop.zone)
        lines += ["", heading(C_("side", "In the caller's words")), call.fault] if call.fault else []
        return lines

    # Doing

    def why_not(self, action_id: str) -> str:
        if self.whole is None:
            return "" if action_id in ("app.back", "app.look_up", "app.menu") else _("it is being read")
        call = self.whole.call
        if action_id == "app.open" and not isinstance(self.record, JobView):
            return _("select a job first")
        if action_id in _ON_OPEN_CALLS and call.status is CallStatus.CLOSED:
            if action_id == "desk.open_job" and self.whole.jobs:
                return ""
            if action_id == "app.edit":
                return self._why_not_reopen()
            return _("the call is closed")
        if action_id in ("app.why", "app.device") and call.device_id is None:
            return _("no device is known yet")
        if action_id == "app.print" and call.verdict is None:
            return _("it was never judged")
        return _("no phone is known") if action_id == "app.copy" and not call.phone else ""

    def _why_not_reopen(self) -> str:
        jobs = self.whole.jobs if self.whole else ()
        standing = [job for job in jobs if job.status is not JobStatus.CANCELLED]
        if not standing:
            return ""
        return _("{number} was opened for it").format(number=show_number(NumberKind.JOB, standing[-1].number))

    def do_app_open(self) -> Awaitable[object]:
        return self.open_screen("job", self.record.id)

    async def do_desk_open_job(self) -> None:
        await asking.open_job(self, self.call_id)

    async def do_desk_close_call(self) -> None:
        if self.whole is not None:
            await asking.close_call(self, self.call_id, self.whole.call.number)

    def do_desk_new_call(self) -> Awaitable[object]:
        call = self.whole.call if self.whole else None
        return self.open_screen(
            "call_form",
            customer_id=call.customer_id if call else None,
            device_id=call.device_id if call else None,
        )

    async def do_app_note(self) -> None:
        await asking.note(self, "call", self.call_id, self.number)

    async def do_app_edit(self) -> None:
        if self.whole is not None and self.whole.call.status is CallStatus.CLOSED:
            await asking.reopen_call(self, self.call_id, self.whole.call.number)
        else:
            await self.open_screen("call_edit", self.call_id)

    def do_app_why(self) -> Awaitable[object]:
        assert self.whole is not None
        return asking.why_of_call(self, self.whole.call)

    async def do_app_print(self) -> None:
        about = Subject(RecordKind.CALL, self.call_id)
        await print_form(self, about, (Form.COVERAGE_STATEMENT,), self.number)

    def do_app_device(self) -> Awaitable[object]:
        assert self.whole is not None
        return self.open_screen("device", self.whole.call.device_id)

    def do_app_log(self) -> Awaitable[object]:
        return self.open_screen("log", RecordKind.CALL, self.call_id)

    def copy_text(self) -> str:
        return self.whole.call.phone if self.whole else ""
