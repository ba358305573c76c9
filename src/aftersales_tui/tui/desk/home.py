"""The desk's home: what the counter owes somebody now, and one key to anything a caller may ask."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.content import Content
from textual.events import ScreenResume

from aftersales_tui.domain.words import RecordKind
from aftersales_tui.i18n import C_, NC_, _, formats
from aftersales_tui.tui.actions import DESK
from aftersales_tui.tui.desk import asking, desk_rows, found_rows, loading, sides
from aftersales_tui.tui.desk.just_opened import PrintsClaimCheck
from aftersales_tui.tui.desk.loading import HERE
from aftersales_tui.tui.desk.records import is_call, is_draft, is_follow_up, is_hit, is_job
from aftersales_tui.tui.messages import RecordSaved
from aftersales_tui.tui.widgets.key_bar import Hint
from aftersales_tui.tui.widgets.panel import MOST_ROWS, Panel, PanelRow

if TYPE_CHECKING:
    from aftersales_tui.drafts import Draft
    from aftersales_tui.tui.desk.loading import Board
    from aftersales_tui.views.calls import CallView
    from aftersales_tui.views.desk import DeskBoard
    from aftersales_tui.views.jobs import JobRow
    from aftersales_tui.views.search import Hit

_ON_JOBS = ("bench.hand_over", "desk.informed", "desk.answered")


class DeskHome(PrintsClaimCheck):
    """Open calls, follow-ups due, devices ready to collect, under the look-up line."""

    AREA = DESK
    CSS_PATH = "home.tcss"
    ACTIONS = (
        "app.open",
        "desk.new_call",
        "app.look_up",
        "desk.open_job",
        "desk.close_call",
        "desk.follow_up",
        "app.why",
        "app.copy",
        "app.note",
        "app.who",
        "bench.hand_over",
        "desk.informed",
        "desk.answered",
        "app.edit",
        "app.device",
        "app.print",
        "app.log",
        "app.part",
        "app.menu",
    )
    HINTS = {"app.copy": NC_("key", "copy phone")}

    def __init__(self) -> None:
        super().__init__()
        self._board: DeskBoard | None = None
        self._full: dict[tuple[int, int], CallView] = {}
        self._saved = ""

    def path(self) -> tuple[str, ...]:
        return (C_("area", "Desk"),)

    def help_words(self) -> str:
        return _(
            "What the counter owes somebody now, late first. / finds anybody and anything by any scrap; "
            "an open job answers “is it ready?” with a sentence, and one key logs that it was asked."
        )

    def compose_lists(self) -> ComposeResult:
        device_and_fault, job_and_outcome = C_("col", "Device and fault"), C_("col", "Job and outcome")
        yield Panel(
            C_("panel", "Open calls"),
            desk_rows.columns(device_and_fault, C_("col", "Needs")),
            id="calls",
            number=1,
            empty=(
                "",
                C_("state", "Nothing is open. Nobody is waiting for us."),
                "",
                _("n  starts a call when the phone rings"),
                _("/  looks somebody up"),
                _("g  shows everything else, F1 explains this screen"),
            ),
        )
        yield Panel(
            C_("panel", "Follow-ups due"),
            desk_rows.columns(job_and_outcome, C_("col", "Due")),
            id="follow",
            number=2,
            empty=(C_("state", "Nothing is due."),),
            most=9,
        )
        yield Panel(
            C_("panel", "Ready to collect"),
            desk_rows.columns(C_("col", "Device"), C_("col", "Since")),
            id="ready",
            number=3,
            empty=(C_("state", "Nothing is ready."),),
            most=8,
        )

    # Reading

    def read_again(self) -> None:
        if self.shop is None or self.shop_app.person is None:
            return
        self._full.clear()
        self.read("board", loading.board, self.shop, asking.person(self), then=self._show)
        self.look_again()

    def on_screen_resume(self, event: ScreenResume) -> None:
        """A form that was left may have left a draft, which no change of the shop file tells."""
        self.read_again()

    def _show(self, board: Board) -> None:
        """The first time the rows that can be seen are painted before those one has to scroll to."""
        first = self._board is None and not self._saved
        self._board = board.lists
        self._show_lists(board, seen_only=first)
        if first:
            self.call_after_refresh(self._show_whole, board)

    def _show_whole(self, board: Board) -> None:
        if self._board is board.lists:
            self._show_lists(board)

    def _show_lists(self, board: Board, *, seen_only: bool = False) -> None:
        lists = board.lists

        def most(part: str) -> int:
            return (self._part(part).most or self.size.height) if seen_only else MOST_ROWS

        now, zone = self.shop.now(), self.shop.zone
        drafts = [desk_rows.draft_row(draft, zone) for draft in board.drafts]
        calls = [desk_rows.call_row(call, now, zone) for call in lists.calls[: most("calls")]]
        self._part("calls").patch([*drafts, *calls], total=lists.calls_total, late=lists.calls_late)
        due = self._part("follow")
        due.patch(
            [desk_rows.follow_up_row(row, now, zone) for row in lists.due[: most("follow")]],
            total=lists.due_total,
            late=lists.due_late,
        )
        if (coming := lists.coming) is not None:
            due.set_empty(
                _("Nothing is due. Next: {day}, {name}.").format(
                    day=formats.day_weekday_short(coming.due_on), name=coming.customer_name or coming.phone
                )
            )
        else:
            due.set_empty(C_("state", "Nothing is due."))
        ready = [desk_rows.ready_row(job, now, zone) for job in lists.ready[: most("ready")]]
        self._part("ready").patch(ready, total=lists.ready_total)
        if self._saved and not self.finding:
            any(self.select(name, self._saved) for name in ("calls", "follow", "ready"))
            self._saved = ""

    def on_record_saved(self, event: RecordSaved) -> None:
        """A form over this screen saved a record: the cursor goes to it."""
        self._saved = f"{event.kind}:{event.id}"
        self.note_opened(event)
        self.read_again()

    def _part(self, name: str) -> Panel:
        return self.query_one(f"#{name}", Panel)

    # What is said

    def now_lines(self, panel: Panel, row: PanelRow | None) -> tuple[str, str]:
        if opened := self.opened_words():
            return (opened, _("n new call · / look up"))
        if self.finding:
            return self.found_now(row)
        if row is None or self._board is None:
            now = self.shop.now() if self.shop is not None else None
            if now is None:
                return ("", "")
            said = _("The list is empty. Checked {time}; other seats show by themselves.")
            return said.format(time=formats.clock(now)), _("n new call · / look up")
        return desk_rows.now_words(row, self._board.next_job, self.shop.now(), self.shop.zone)

    def side_lines(self, panel: Panel, row: PanelRow | None) -> Sequence[str | Content]:
        if self.finding:
            return self.found_side(row.record if row else None)
        if row is None:
            return sides.day_lines(self._board) if self._board else ()
        now, zone = self.shop.now(), self.shop.zone
        record = row.record
        if is_draft(record):
            return sides.draft_lines(record, zone)
        if is_call(record):
            return self._call_side(record)
        if is_follow_up(record):
            return sides.follow_up_lines(record, now, zone)
        return sides.job_lines(record, now, zone)

    def _call_side(self, call: CallView) -> Sequence[str | Content]:
        """The call as the list knows it; its verdict is read only where there is room to show it."""
        key = (call.id, call.version)
        now, zone = self.shop.now(), self.shop.zone
        if key not in self._full and self.has_class("-wide"):

            def show(full: CallView) -> None:
                self._full[full.id, full.version] = full
                if self.record is call:
                    self.show_side(sides.call_lines(full, now, zone))

            self.read("side", loading.call, self.shop, call.id, then=show)
        return sides.call_lines(self._full.get(key, call), now, zone)

    # What is selected

    def hints(self) -> Sequence[Hint]:
        """On a job its own keys come first."""
        if self.finding or self.job is None:
            return super().hints()
        first = ("app.open", *_ON_JOBS, "desk.new_call", "app.look_up")
        return [self.hint(one) for one in (*first, *(one for one in self.ACTIONS if one not in first))]

    @property
    def record(self) -> Any:
        """The selected draft, call, follow-up, job, or what the look-up found."""
        row = self.current
        return row.record if row is not None else None

    @property
    def job(self) -> JobRow | None:
        """The selected job, on its list or found."""
        record = self.record
        if is_hit(record):
            return record.job
        return record if is_job(record) else None

    @property
    def _asked_about(self) -> JobRow | None:
        return self.asked_job if self.finding else self.job

    def why_not(self, action_id: str) -> str:
        record, job = self.record, self.job
        if action_id == "app.print":
            return self.why_not_print()
        if action_id in ("app.look_up", "app.part", "app.who", "app.menu", "desk.new_call"):
            return ""
        if record is None:
            return _("nothing is selected") if action_id in self.ACTIONS else ""
        if is_draft(record):
            if action_id in ("app.open", "desk.close_call"):
                return ""
            return _("it is half typed; Enter goes on with it") if action_id in self.ACTIONS else ""
        if action_id in _ON_JOBS:
            return self._why_not_job(action_id, self._asked_about if action_id == "desk.answered" else job)
        if is_hit(record):
            return self._why_not_found(action_id, record)
        call = is_call(record)
        if action_id in ("desk.open_job", "desk.close_call") and not call:
            return _("it is no open call")
        if action_id == "desk.follow_up" and call:
            return _("it is a call, not a job")
        if action_id in ("app.why", "app.device") and getattr(record, "device_id", None) is None:
            return _("no device is known yet")
        if action_id == "app.note" and is_follow_up(record):
            return _("a follow-up keeps its notes on its sheet")
        if action_id == "app.edit" and not call:
            return _("it is changed on its own screen")
        return _("no phone is known") if action_id == "app.copy" and not self.copy_text() else ""

    def _why_not_job(self, action_id: str, job: JobRow | None) -> str:
        if job is None:
            return _("mark an open job first") if action_id == "desk.answered" else _("it is no job")
        if action_id == "bench.hand_over":
            return "" if job.ready_at is not None and job.completed_on is None else _("it is not ready")
        return "" if found_rows.is_open(job) else _("the job is closed")

    def _why_not_found(self, action_id: str, hit: Hit) -> str:
        if action_id == "desk.close_call":
            return (
                ""
                if hit.kind is RecordKind.CALL and hit.status in ("open", "needs_verification")
                else _("it is no open call")
            )
        if action_id == "desk.open_job":
            if hit.kind is RecordKind.JOB:
                return _("it is a job already")
            return "" if hit.kind is RecordKind.CALL or hit.device_id else _("mark a device first")
        if action_id in ("app.why", "app.device"):
            return "" if hit.device_id else _("mark a device first")
        if action_id == "desk.follow_up":
            return "" if hit.kind is RecordKind.JOB else _("it is no job")
        if action_id == "app.note" and hit.kind is RecordKind.DEVICE:
            return _("open the device and change its notes there")
        if action_id == "app.edit" and hit.kind is RecordKind.JOB:
            return _("it is changed on its own screen")
        return ""

    # Doing

    def do_app_open(self) -> Awaitable[object]:
        record = self.record
        if is_hit(record):
            return self.open_hit(record)
        if is_draft(record):
            return self.open_screen(HERE[record.form], draft=record.id)
        if is_follow_up(record):
            return self.open_screen("follow_up", record.id)
        return self.open_screen("call" if is_call(record) else "job", record.id)

    def do_desk_new_call(self) -> Awaitable[object]:
        record = self.record
        if is_hit(record):
            return self.open_screen("call_form", customer_id=record.customer_id, device_id=record.device_id)
        if self.finding and record is None:
            return self.open_screen("call_form", name=self._wanted)
        return self.open_screen("call_form")

    async def do_desk_open_job(self) -> None:
        record = self.record
        if is_hit(record) and record.kind is not RecordKind.CALL:
            assert record.device_id is not None
            await asking.open_on_device(self, record.device_id, record.title)
        elif record is not None:
            await asking.open_job(self, record.id)

    async def do_desk_close_call(self) -> None:
        record = self.record
        if is_draft(record):
            await self._drop(record)
        elif record is not None:
            await asking.close_call(self, record.id, record.number or 0)

    async def _drop(self, draft: Draft) -> None:
        from aftersales_tui.tui.modals.confirm import ConfirmDialog

        question = _("Drop this draft? y drops it, Esc keeps it.")
        yes = await self.app.push_screen_wait(
            ConfirmDialog(C_("cell", "draft"), f"{draft.title}\n\n{question}", C_("key", "drop it"))
        )
        if yes:
            gone = await self.write(loading.drop_draft, self.shop, asking.person(self), draft.id)
            if not gone:
                self.shop_app.toast(_("Somebody is typing in it just now."), wrong=True)

    async def do_desk_follow_up(self) -> None:
        record, job = self.record, self.job
        if is_follow_up(record):
            await self.open_screen("follow_up", record.id)
        elif job is not None:
            await asking.follow_up_of(self, job.id)

    def do_bench_hand_over(self) -> Awaitable[object]:
        assert self.job is not None
        return self.open_screen("hand_over", self.job.id)

    async def do_desk_informed(self) -> None:
        if self.job is not None:
            await asking.told(self, self.job)

    async def do_desk_answered(self) -> None:
        job = self._asked_about
        if job is not None:
            await asking.answered(self, job.id, job.number)

    async def do_app_note(self) -> None:
        record, row = self.record, self.current
        if record is None or row is None:
            return
        if is_hit(record):
            kind = record.kind.value
        else:
            kind = "call" if is_call(record) else "job"
        name = row.cells[1] if is_hit(record) else row.cells[0]
        await asking.note(self, kind, record.id, name or getattr(record, "title", ""))

    def do_app_why(self) -> Awaitable[object]:
        record = self.record
        if is_call(record):
            return asking.why_of_call(self, record)
        return self.open_screen("why", record.device_id, title=getattr(record, "product", ""))

    def do_app_device(self) -> Awaitable[object]:
        return self.open_screen("device", self.record.device_id)

    def do_app_edit(self) -> Awaitable[object]:
        record = self.record
        kind = record.kind.value if is_hit(record) else "call"
        return self.open_screen(f"{kind}_edit", record.id)

    def do_app_log(self) -> Awaitable[object]:
        record = self.record
        if is_hit(record):
            kind = record.kind
        elif is_follow_up(record):
            kind = RecordKind.FOLLOW_UP
        else:
            kind = RecordKind.JOB if is_job(record) else RecordKind.CALL
        return self.open_screen("log", kind, record.id)

    def copy_text(self) -> str:
        record = self.record
        if is_hit(record):
            return record.phone or (self.current.cells[1] if self.current else "")
        return str(getattr(record, "phone", ""))
