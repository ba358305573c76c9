"""What can be done to a job from any screen of the bench: the steps, as actions with their reasons."""

from collections.abc import Awaitable, Mapping
from datetime import datetime
from typing import ClassVar, TypeVar
from zoneinfo import ZoneInfo

from aftersales_tui.domain.coming import read_coming_day, read_coming_moment
from aftersales_tui.domain.dates import local_day
from aftersales_tui.domain.permissions import OF_STEP, Permission, may
from aftersales_tui.domain.words import InformedBy, JobStatus, Place, Role, WaitFor
from aftersales_tui.domain.workflow import CLOSED, WAITING, Step, is_possible
from aftersales_tui.i18n import C_, _
from aftersales_tui.i18n.labels import label
from aftersales_tui.i18n.messages import sentence
from aftersales_tui.tui.ask import ask
from aftersales_tui.tui.bench import dialogs, loading
from aftersales_tui.tui.bench.next_words import done_words, number_of
from aftersales_tui.tui.dialog import DialogScreen
from aftersales_tui.tui.list_screen import ListScreen
from aftersales_tui.tui.modals.reason import ReasonDialog, note_dialog
from aftersales_tui.views.jobs import JobRow, JobView

R = TypeVar("R")
T = TypeVar("T")

_AT_ONCE = (Step.TAKE_IN, Step.START, Step.RESUME, Step.READY)
_STEP_OF: Mapping[str, Step] = {
    "bench.record": Step.RECORD,
    "bench.test": Step.TEST,
    "bench.hand_over": Step.HAND_OVER,
}


class BenchScreen(ListScreen[R]):
    """A list of the bench with a selected job; subclasses say which one with ``job``."""

    AREA = "bench"
    NEEDS_JOB: ClassVar[frozenset[str]] = frozenset(
        {
            "app.open", "app.note", "app.device", "app.copy", "app.log", "bench.next", "bench.assign",
            "bench.start", "bench.wait", "bench.record", "bench.test", "bench.hand_over", "bench.cancel",
            "desk.informed",
        }
    )  # fmt: skip

    @property
    def job(self) -> JobRow | None:
        """The job the keys act on."""
        return None

    @property
    def zone(self) -> ZoneInfo:
        """The shop's time zone."""
        zone: ZoneInfo = self.shop.zone
        return zone

    @property
    def now(self) -> datetime:
        """The moment it is, shop-local."""
        now: datetime = self.shop.now()
        return now

    @property
    def me(self) -> int:
        """Who acts."""
        return self.shop_app.person.id if self.shop_app.person else 0

    # Why a key cannot act

    def needs(self, action_id: str) -> Permission | None:
        job = self.job
        step: Step | None = None
        if job is not None and action_id == "bench.next":
            step = job.next_step
        elif job is not None and action_id == "bench.start":
            step = start_step(job)
        elif job is not None and action_id == "bench.cancel" and _refusal(job, Step.CANCEL):
            step = Step.SETTLE
        return OF_STEP[step] if step is not None else super().needs(action_id)

    def why_not(self, action_id: str) -> str:
        if action_id not in self.NEEDS_JOB:
            return ""
        job = self.job
        if job is None:
            return _("nothing is selected")
        if action_id in _STEP_OF:
            return _refusal(job, _STEP_OF[action_id])
        closed = job.status in CLOSED
        match action_id:
            case "bench.next" | "bench.assign" | "desk.informed" if closed:
                return _("{number} is closed").format(number=number_of(job))
            case "bench.start":
                return "" if not closed and start_step(job) else _refusal(job, Step.START)
            case "bench.wait":
                return "" if may_miss_visit(job) else _refusal(job, Step.WAIT)
            case "bench.cancel":
                return _refusal(job, Step.CANCEL) and _refusal(job, Step.SETTLE)
            case "app.device" if job.device_id is None:
                return _("no device is on file for it")
            case "app.copy" if not job.phone:
                return _("no phone is on file")
        return ""

    def copy_text(self) -> str:
        return self.job.phone if self.job else ""

    # Steps

    def do_bench_next(self) -> Awaitable[object] | None:
        """The obvious next step: at once where nothing has to be asked."""
        job = self.job
        step = job.next_step if job else None
        if job is None or step is None:
            return None
        if step is Step.RECORD:
            return self.do_bench_record()
        if step is Step.HAND_OVER:
            return self.do_bench_hand_over()
        work = self.do_bench_test if step is Step.TEST else self._step_at_once
        self.app.run_worker(self._telling(work), group="do")
        return None

    async def _step_at_once(self) -> None:
        job = self.job
        step = job.next_step if job else None
        if job is None or step not in _AT_ONCE or self.saving:
            return
        self.say_done(await self.write(loading.do_step, self.shop, step, job.id, self.me))

    async def do_bench_start(self) -> None:
        job = self.job
        step = start_step(job) if job else None
        if job is None or step is None:
            return
        if step is Step.REWORK:
            await self._rework(job)
        elif step is Step.DIAGNOSE_AGAIN:
            await self._diagnose_again(job)
        else:
            self.say_done(await self.write(loading.do_step, self.shop, step, job.id, self.me))

    async def _rework(self, job: JobRow) -> None:
        dialog = dialogs.reason_dialog(
            _("{number} back into repair").format(number=number_of(job)),
            _("The customer is not satisfied, or the fault came back at the counter."),
        )
        written = await self.ask_for(dialog)
        if written is not None:
            done = await self.write(loading.close, self.shop, job.id, "rework", "", written.text, self.me)
            self.say_done(done)

    async def _diagnose_again(self, job: JobRow) -> None:
        dialog = dialogs.reason_dialog(
            _("Look for the fault of {number} again").format(number=number_of(job)),
            _("The finding so far is kept in the timeline."),
        )
        written = await self.ask_for(dialog)
        if written is None:
            return
        full = await ask(loading.job, self.shop, job.id)
        finding = full.finding or written.text
        done = await self.write(loading.diagnose_again, self.shop, job.id, finding, written.text, self.me)
        self.say_done(done)

    async def do_bench_assign(self) -> None:
        job = self.job
        if job is None:
            return
        people = await ask(self.shop.people)
        dialog = dialogs.AssignDialog(job, people, self.me, self.now)
        given = await self.ask_for(dialog)
        if given is None:
            return
        done = await self.write(loading.assign, self.shop, job.id, given.to, self.me, given.at)
        words = _("{number} is now with {name}.").format(number=number_of(done), name=done.assigned_name)
        self.shop_app.toast(words)

    async def do_bench_wait(self) -> None:
        job = self.job
        if job is None:
            return
        if may_miss_visit(job):
            await self._not_home(job)
            return
        today = local_day(self.now, self.zone)
        written = await self.ask_for(dialogs.wait_dialog(job, today))
        if written is None:
            return
        until = read_coming_day(written.more, today) if written.more else None
        reason = WaitFor(written.choice)
        self.say_done(await self.write(loading.wait, self.shop, job.id, reason, self.me, written.text, until))

    async def _not_home(self, job: JobRow) -> None:
        now = self.now
        written = await self.ask_for(dialogs.not_home_dialog(job, now))
        if written is None:
            return
        again = read_coming_moment(written.more, now) if written.more else None
        reason = written.choice
        if written.text:
            reason = C_("event", "{what}: {details}").format(what=written.choice, details=written.text)
        await self.write(loading.not_home, self.shop, job.id, reason, self.me, again)
        self.shop_app.toast(_("{number}: noted that nobody was met.").format(number=number_of(job)))

    def do_bench_record(self) -> Awaitable[object]:
        return self.open_screen("repair_record", self.job.id if self.job else 0)

    async def do_bench_test(self) -> None:
        job = self.job
        if job is None:
            return
        written = await self.ask_for(dialogs.test_dialog(job))
        if written is None:
            return
        done = await self.write(loading.tested, self.shop, job.id, written.choice, self.me, written.text)
        if written.choice == "later":
            words = _("{number}: the test was put off, we call in 2 hours.")
            self.shop_app.toast(words.format(number=number_of(job)))
        else:
            self.say_done(done)

    def do_bench_hand_over(self) -> Awaitable[object]:
        return self.open_screen("hand_over", self.job.id if self.job else 0)

    async def do_bench_cancel(self) -> None:
        job = self.job
        if job is None:
            return
        ending = await self.ask_for(dialogs.CloseDialog(job, allowed=self._allowed))
        if ending is None:
            return
        done = await self.write(
            loading.close, self.shop, job.id, ending.how, ending.outcome, ending.reason, self.me
        )
        self.say_done(done)

    def _allowed(self, step: Step) -> bool:
        person = self.shop_app.person
        return person is None or may(Role(person.role), OF_STEP[step])

    async def do_desk_informed(self) -> None:
        job = self.job
        if job is None:
            return
        written = await self.ask_for(dialogs.informed_dialog(job))
        if written is None:
            return
        channel = InformedBy(written.choice)
        await self.write(loading.informed, self.shop, job.id, written.text, channel, self.me)
        self.shop_app.toast(_("{number}: the customer knows.").format(number=number_of(job)))

    async def do_app_note(self) -> None:
        job = self.job
        if job is None:
            return
        dialog: ReasonDialog = note_dialog(_("Note on {number}").format(number=number_of(job)))
        written = await self.ask_for(dialog)
        if written is not None:
            await self.write(loading.note, self.shop, job.id, written.text, self.me)
            self.shop_app.toast(_("Noted on {number}.").format(number=number_of(job)))

    def do_app_device(self) -> Awaitable[object]:
        return self.open_screen("device", self.job.device_id if self.job else 0)

    def do_app_log(self) -> Awaitable[object]:
        return self.open_screen("log", "job", self.job.id if self.job else 0)

    async def ask_for(self, dialog: DialogScreen[T]) -> T | None:
        """The answer of a dialog; None after Esc."""
        return await self.app.push_screen_wait(dialog)

    def say_done(self, job: JobView) -> None:
        """``J-0336: diagnosing since 13:31, by 陈伟 Chen Wei.``"""
        who = self.shop_app.person.name if self.shop_app.person else ""
        self.shop_app.toast(done_words(job, self.now, self.zone, who))


def start_step(job: JobRow) -> Step | None:
    """What ``start or resume`` means for a job: start, resume, look again, rework; None when nothing."""
    if job.status in WAITING:
        return Step.RESUME
    steps = (Step.START, Step.DIAGNOSE_AGAIN, Step.REWORK)
    return next((step for step in steps if is_possible(job.state, step) is None), None)


def may_miss_visit(job: JobRow) -> bool:
    """Whether it is a visit that still has to happen: it may meet nobody."""
    return job.status is JobStatus.EXPECTED and job.place is Place.ON_SITE


def _refusal(job: JobRow, step: Step) -> str:
    problem = is_possible(job.state, step)
    if problem is None:
        return ""
    if problem.code == "step_not_now":  # the key has named the step already
        return _("{number} is “{status}”").format(number=number_of(job), status=label(job.status))
    return sentence(problem)
