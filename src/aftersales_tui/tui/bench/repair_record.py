"""The repair record: what was found, what was done, what was checked, and what becomes of it, in one save."""

from collections.abc import Awaitable, Mapping, Sequence
from typing import Any

from textual.app import ComposeResult

from aftersales_tui.domain.checks import checks_for, join_checks, split_checks
from aftersales_tui.domain.errors import refuse
from aftersales_tui.domain.papers import Subject
from aftersales_tui.domain.words import CausedBy, JobStatus, Outcome, RecordKind
from aftersales_tui.domain.workflow import REPAIRED, UNREPAIRED, WAITING, Step, is_possible
from aftersales_tui.drafts import Draft
from aftersales_tui.i18n import C_, _
from aftersales_tui.i18n.check_words import check_word
from aftersales_tui.i18n.labels import label
from aftersales_tui.i18n.messages import sentence
from aftersales_tui.i18n.reason_words import watch_out_line
from aftersales_tui.tui.bench import loading
from aftersales_tui.tui.bench.next_words import done_words, number_of, thing
from aftersales_tui.tui.bench.sides import history_lines, similar_lines, warranty_lines, watch_lines
from aftersales_tui.tui.drafted import DraftedForm
from aftersales_tui.tui.modals.conflict import Decision
from aftersales_tui.tui.widgets.choice import Answer, Choice
from aftersales_tui.tui.widgets.field import Field
from aftersales_tui.tui.widgets.fields import LinesField, Pick, PickList, TextField
from aftersales_tui.tui.widgets.form import Pair, Row, Section
from aftersales_tui.tui.widgets.side import heading
from aftersales_tui.tui.widgets.ticks import Ticks
from aftersales_tui.views.jobs import JobView, RepairRecord

_TEXTS = ("finding", "cause", "action", "parts_used", "advice")
_OUTCOMES = (*REPAIRED, *UNREPAIRED)
_LABEL = 11


class RepairForm(DraftedForm[bool]):
    """The record of one job; from a diagnosed job: what was done, Enter, 2, ctrl+s."""

    AREA = "bench"
    DRAFT = loading.RECORD_DRAFT
    FINAL = "then"
    ACTIONS = (
        "form.answer",
        "form.on",
        "app.save",
        "form.tick",
        "app.why",
        "app.menu",
        "app.back",
        "form.next",
    )

    def __init__(self, job_id: int, *, draft: str = "") -> None:
        super().__init__(draft)
        self.job_id = job_id
        self._job: JobView | None = None
        self._shown: dict[str, object] = {}
        self._own_checks: tuple[str, ...] = ()
        """What somebody wrote as checks by hand; kept beside the ticks."""

    def path(self) -> tuple[str, ...]:
        title = C_("title", "Record the repair")
        if self._job is None:
            return (C_("area", "Bench"), title)
        return (C_("area", "Bench"), number_of(self._job), title)

    def help_words(self) -> str:
        return _(
            "Enter after “Done” goes to the test run; Tab reaches parts and minutes. The digit answers and "
            "goes on. Ready needs a passed test, unless the device goes back unrepaired."
        )

    def compose_form(self) -> ComposeResult:
        parties = [Answer(one.value, label(one)) for one in CausedBy]
        outcomes = [Answer(one.value, label(one, short=True)) for one in _OUTCOMES]
        yield Section(1, C_("section", "What was found"))
        yield Row(Pair(C_("field", "Found"), LinesField(id="finding"), label_width=_LABEL))
        yield Row(Pair(C_("field", "Cause"), LinesField(id="cause", required=True), label_width=_LABEL))
        yield Row(
            Pair(
                C_("field", "Caused by"),
                Choice(parties, CausedBy.NOT_KNOWN.value, id="caused_by"),
                label_width=_LABEL,
            )
        )
        yield Section(2, C_("section", "What was done"))
        yield Row(Pair(C_("field", "Done"), LinesField(id="action", required=True), label_width=_LABEL))
        yield Row(
            Pair(C_("field", "Parts used"), TextField(id="parts_used"), label_width=_LABEL),
            Pair(C_("field", "Minutes"), TextField(id="minutes", width=8), label_width=9, width=19),
        )
        yield Section(3, C_("section", "Checked"))
        yield Row(Pair(C_("field", "Checks"), Ticks(id="checks"), label_width=_LABEL))
        yield Row(Pair(C_("field", "Test run"), Choice(_tests(), "not_yet", id="test"), label_width=_LABEL))
        yield Row(
            Pair(
                C_("field", "Outcome"),
                Choice(outcomes, Outcome.FIXED.value, id="outcome"),
                label_width=_LABEL,
            )
        )
        yield Section(4, C_("section", "Hand back"))
        yield Row(Pair(C_("field", "Advice"), TextField(id="advice"), label_width=_LABEL))
        yield Row(Pair(C_("field", "Then"), PickList(id="then"), label_width=_LABEL))

    # Opening

    def take_focus(self) -> None:
        """The first empty field gets the focus once the job was read."""

    def on_mount(self) -> None:
        self.opens_with("job", self._load, then=self._open)

    def _load(self) -> tuple[JobView, Draft | None]:
        person = self.shop_app.person
        job = loading.job(self.shop, self.job_id)
        left = None
        if not self._draft_id and person is not None:
            left = loading.draft_of(self.shop, person.id, self.job_id)
        return job, left

    async def _open(self, found: tuple[JobView, Draft | None]) -> None:
        job, left = found
        problem = is_possible(job.state, Step.RECORD)
        if problem is not None:
            self.shop_app.toast(_("Not now: {reason}").format(reason=sentence(problem)))
            self.dismiss(False)
            return
        self._take(job)
        self._show_checks(job)
        self.fill(
            {
                "finding": job.finding,
                "cause": job.cause,
                "action": job.action,
                "parts_used": job.parts_used,
                "minutes": str(job.minutes) if job.minutes is not None else "",
                "advice": job.advice,
                "caused_by": job.caused_by.value,
                "outcome": (Outcome.RETURNED_UNREPAIRED if job.status in WAITING else Outcome.FIXED).value,
            }
        )
        self._show_then()
        if left is not None:
            self._draft_id = left.id
            await self.take_draft()
        self.show_side(self._side(job))
        self._go_to_first()

    def restore(self, draft: Draft) -> None:
        super().restore(draft)
        self._show_then()
        self.fill({"then": draft.answers.get("then", "")})

    def _take(self, job: JobView) -> None:
        """What the form shows, so that a change from elsewhere is noticed when it is saved."""
        self._job = job
        names = (*_TEXTS, "caused_by", "minutes", "checks")
        self._shown = {"version": job.version, **{name: getattr(job, name) for name in names}}

    def _show_checks(self, job: JobView) -> None:
        stored = split_checks(job.checks)
        codes = checks_for(job.category)
        self._own_checks = tuple(part for part in stored if part not in codes)
        field = self.field("checks")
        assert isinstance(field, Ticks)
        field.set_items([(code, check_word(code)) for code in codes])
        field.set_answer(",".join(stored))

    def _go_to_first(self) -> None:
        """To the first field that is empty and asked for, else to the test run."""
        first = next((field for field in self.fields if self.needs_you(field)), None)
        self.set_focus((first or self.field("test")).focus_target)
        self.show_state()

    # What is asked for

    def _answer(self, name: str) -> str:
        return self.field(name).answer

    @property
    def _outcome(self) -> Outcome:
        return Outcome(self._answer("outcome"))

    @property
    def _is_repaired(self) -> bool:
        return self._outcome in REPAIRED

    def needs_you(self, field: Field) -> bool:
        if field.id == "test":
            return self._is_repaired and field.answer == "not_yet"
        if field.id in ("cause", "action"):
            return field.is_empty and self._outcome in (Outcome.FIXED, Outcome.PARTLY_FIXED)
        return False

    def missing(self) -> Sequence[str]:
        return [self.label_of(field) for field in self.fields if self.needs_you(field) and field.id != "test"]

    def changed(self, field: Field) -> None:
        if field.id in ("test", "outcome"):
            self._show_then()
        if field is self.current_field:
            self.say_now(*self.now_words(field))

    def _show_then(self) -> None:
        """The last section: what ctrl+s does, the likely line marked, the impossible one with its reason."""
        test, then = self._answer("test"), self.field("then")
        assert isinstance(then, PickList)
        repair = Pick("repair", C_("then", "Stay in repair"))
        if self._job is not None and self._job.status in WAITING:
            repair = Pick("repair", C_("then", "Keep waiting, keep what is written"))
        if not self._is_repaired:
            picks = [Pick("ready", C_("then", "Ready: tell the customer")), repair]
            marked = "ready"
        elif test == "failed":
            picks = [Pick("repair", C_("then", "Back in repair: the test failed"))]
            marked = "repair"
        elif test == "passed":
            picks = [
                Pick("ready", C_("then", "Ready: tell the customer")),
                Pick("testing", C_("then", "Stay in testing")),
                repair,
            ]
            marked = "ready"
        else:
            not_ready = C_("then", "Ready: not now, the test has to be passed first")
            picks = [Pick("", not_ready), Pick("testing", C_("then", "Stay in testing")), repair]
            marked = "testing"
        then.show(picks)
        then.set_answer(marked)

    # What it says

    def now_words(self, field: Field) -> tuple[str, str]:
        second = self._will_write()
        if field.id == "outcome" and self._job is not None and self._job.verdict is not None:
            warned = watch_out_line(self._job.verdict)
            if warned:
                return (warned, second)
        if field.id == "test":
            return (
                _("Test run: the digit answers and goes on. Passed lets the job become ready."),
                second,
            )
        if field.id == "checks":
            return (_("Space ticks a check, Enter goes on."), second)
        if field.id == "outcome":
            return (_("Outcome: 1 to 3 were tested, 4 to 6 go back as they are."), second)
        return (super().now_words(field)[0], second)

    def _will_write(self) -> str:
        """What ctrl+s will write, in a sentence."""
        outcome = label(self._outcome)
        then, test = self._answer("then"), self._answer("test")
        if then == "repair" and test != "failed":
            return _("ctrl+s keeps what is written; nothing is decided yet.")
        if not self._is_repaired:
            return _("ctrl+s writes: repair recorded, ready. Outcome: {outcome}.").format(outcome=outcome)
        if test == "failed":
            return _("ctrl+s writes two events: repair recorded, test failed. It stays in repair.")
        if then == "ready":
            return _(
                "ctrl+s writes three events: repair recorded, test passed, ready. Outcome: {outcome}."
            ).format(outcome=outcome)
        if test == "later":
            return _("ctrl+s writes: repair recorded, test put off; we call the customer in 2 hours.")
        if test == "passed":
            return _("ctrl+s writes two events: repair recorded, test passed. Outcome: {outcome}.").format(
                outcome=outcome
            )
        return _("ctrl+s writes: repair recorded. It is tested next. Outcome: {outcome}.").format(
            outcome=outcome
        )

    def _side(self, job: JobView) -> "list[Any]":
        return [
            heading(C_("panel", "This unit before")),
            *history_lines(job.history),
            *watch_lines(job),
            *similar_lines(job.similar),
            "",
            *warranty_lines(job, self.shop.now().date(), self.shop.zone),
        ]

    def draft_title(self) -> str:
        if self._job is None:
            return ""
        return _("Repair record {number}, {thing}").format(
            number=number_of(self._job), thing=thing(self._job)
        )

    def draft_context(self) -> Mapping[str, Any]:
        return {"job_id": self.job_id}

    # Keys

    def why_not(self, action_id: str) -> str:
        if action_id == "app.why" and (self._job is None or self._job.device_id is None):
            return _("it was never judged")
        if action_id == "form.tick" and not isinstance(self.current_field, Ticks):
            return _("it is for the checks")
        if action_id == "form.answer" and not isinstance(self.current_field, Choice):
            return _("it is for the questions with answers in a row")
        return ""

    def shown_key(self, action_id: str) -> str:
        field = self.current_field
        if action_id == "form.answer" and isinstance(field, Choice):
            return f"1-{len(field.answers)}"
        return "1-4" if action_id == "form.answer" else super().shown_key(action_id)

    def do_app_why(self) -> Awaitable[object]:
        job = self._job
        assert job is not None
        return self.open_screen(
            "why", job.device_id, title=job.product, came_from=self.path(), stored=job.verdict,
            prints=Subject(RecordKind.JOB, job.id),
        )  # fmt: skip

    # Saving

    async def save(self) -> None:
        await self._save(self._record())

    def _record(self) -> RepairRecord:
        """What is in the fields. Raises ``Refused`` (``minutes_not_read``)."""
        answers = self.answers()
        minutes = answers["minutes"]
        if minutes and not (minutes.isascii() and minutes.isdigit() and len(minutes) <= 6):
            raise refuse("minutes_not_read", "minutes", value=minutes)
        ticked = [code for code in answers["checks"].split(",") if code]
        return RepairRecord(
            outcome=self._outcome,
            caused_by=CausedBy(answers["caused_by"]),
            minutes=int(minutes) if minutes else None,
            checks=join_checks([*ticked, *self._own_checks]),
            **{name: answers[name] for name in _TEXTS},
        )

    async def _save(self, record: RepairRecord) -> None:
        person = self.shop_app.person
        then, test = self._answer("then"), self._answer("test")
        if person is None or self._job is None:
            return
        if not then:
            raise refuse("test_first", "test")
        what = loading.Recorded(record, then, test if self._is_repaired else "not_yet", self._shown)
        typed = self.typed
        job = await self.write(loading.save_record, self.shop, self.job_id, what, person.id)
        self.shop_app.toast(self._saved_words(job, person.name))
        if typed != self.typed:
            self._take(job)
            return
        await self.drop_draft()
        self.dismiss(True)

    def _saved_words(self, job: JobView, who: str) -> str:
        if job.status is JobStatus.READY:
            words = _("{number} is ready. The customer is to be told.")
            return words.format(number=number_of(job))
        return done_words(job, self.shop.now(), self.shop.zone, who)

    def merged(self, decision: Decision) -> None:
        """Theirs becomes what was shown; what was chosen goes into the form and, with mine, is saved."""
        self.app.run_worker(self._telling(lambda: self._settle(decision)), group="do")

    async def _settle(self, decision: Decision) -> None:
        self._take(await self.write(loading.job, self.shop, self.job_id))
        texts = {name: _text(value) for name, value in decision.answers.items() if name != "checks"}
        self.fill(texts)
        if decision.how == "mine":
            await self._save(self._record())


def _tests() -> list[Answer]:
    return [
        Answer("not_yet", C_("test", "not yet")),
        Answer("passed", C_("test", "passed")),
        Answer("failed", C_("test", "failed")),
        Answer("later", C_("test", "later, call in 2 h")),
    ]


def _text(value: object) -> str:
    return str(value if value is not None else "")
