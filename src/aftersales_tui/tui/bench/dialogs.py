"""The questions of the bench: to whom, why it waits, how the test went, how it ends, who was told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from textual.app import ComposeResult

from aftersales_tui.domain.coming import read_coming_day, read_coming_moment
from aftersales_tui.domain.errors import ShopError
from aftersales_tui.domain.words import InformedBy, Outcome, Role, WaitFor
from aftersales_tui.domain.workflow import SETTLED_AS, WAIT_STATUS, Step, is_possible
from aftersales_tui.i18n import C_, _
from aftersales_tui.i18n.labels import label
from aftersales_tui.i18n.messages import sentence
from aftersales_tui.tui.actions import BY_ID
from aftersales_tui.tui.bench.next_words import number_of
from aftersales_tui.tui.dialog import DialogScreen, Offer, Offers, gap
from aftersales_tui.tui.modals.reason import ReasonDialog
from aftersales_tui.tui.widgets.choice import Answer, Choice
from aftersales_tui.tui.widgets.field import Field
from aftersales_tui.tui.widgets.fields import DateField, TextField
from aftersales_tui.tui.widgets.form import Pair, Row
from aftersales_tui.tui.widgets.key_bar import Hint
from aftersales_tui.views.jobs import JobRow
from aftersales_tui.views.seat import Person

_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Given:
    """To whom a job goes, and for when."""

    to: int
    at: datetime | None = None


class AssignDialog(DialogScreen[Given]):
    """To whom: a digit answers at once; Tab reaches the time first, if one is agreed."""

    WIDTH = 64

    def __init__(self, job: JobRow, people: Sequence[Person], me: int, now: datetime) -> None:
        """``me`` is named first where nobody has the job; ``now`` is shop-local."""
        super().__init__(_("Who does {number}?").format(number=number_of(job)))
        order = sorted(people, key=lambda one: (one.id != me or job.assigned_to is not None,))
        self._people = order
        self._now = now
        held = [n for n, one in enumerate(order) if one.id == job.assigned_to]
        self._marked = held[0] if held else 0
        self._me = me

    def compose_box(self) -> ComposeResult:
        offers = [
            Offer(str(n) if n <= _DIGITS else "", self._words(one), str(one.id))
            for n, one in enumerate(self._people, start=1)
        ]
        yield Offers(offers, marked=self._marked, id="people")
        yield gap()
        field = DateField(lambda text: read_coming_moment(text, self._now), id="at", width=24)
        yield Row(Pair(C_("field", "When"), field), indent=0, id="at-row")

    def _words(self, person: Person) -> str:
        words = C_("person", "{name}, {role}").format(name=person.name, role=label(Role(person.role)))
        if person.id == self._me:
            return C_("person", "{person} (you)").format(person=words)
        return words

    def hints(self) -> Sequence[Hint]:
        last = min(len(self._people), _DIGITS)
        return [
            Hint(f"1-{last}" if last > 1 else "1", C_("key", "give it to")),
            Hint("Tab", C_("key", "when")),
            Hint("Esc", BY_ID["app.back"].shown_hint),
        ]

    def on_mount(self) -> None:
        self.set_focus(self.query_one("#people"))

    def on_field_done(self, event: Field.Done) -> None:
        event.stop()
        if self._moment_stands():
            self.set_focus(self.query_one("#people"))

    def on_offers_taken(self, event: Offers.Taken) -> None:
        event.stop()
        if self._moment_stands():
            at = self.query_one("#at", DateField).day
            self.dismiss(Given(int(event.value), at if isinstance(at, datetime) else None))

    def _moment_stands(self) -> bool:
        field = self.query_one("#at", DateField)
        wrong: ShopError | None = field.problem
        self.query_one("#at-row", Row).problem("at", sentence(wrong.problem) if wrong else "")
        if wrong is not None:
            self.set_focus(field)
        return wrong is None


def wait_dialog(job: JobRow, today: date) -> ReasonDialog:
    """For what the job waits, with a note and the day it is expected."""
    chosen = next((reason for reason, status in WAIT_STATUS.items() if status is job.status), WaitFor.PARTS)
    return ReasonDialog(
        _("What does {number} wait for?").format(number=number_of(job)),
        C_("field", "Note"),
        choice_label=C_("field", "Waits for"),
        answers=[Answer(reason.value, label(reason)) for reason in WaitFor],
        chosen=chosen.value,
        more=(C_("field", "Expected"), DateField(lambda text: read_coming_day(text, today), id="until")),
        value=job.wait_note,
    )


def not_home_dialog(job: JobRow, now: datetime) -> ReasonDialog:
    """A visit that met nobody: why, and when again; ``now`` is shop-local."""
    reasons = (
        C_("visit", "nobody at home"),
        C_("visit", "customer asked for another day"),
        C_("visit", "we were late"),
        C_("visit", "no power or access"),
    )
    return ReasonDialog(
        _("{number}: the visit did not happen").format(number=number_of(job)),
        C_("field", "Note"),
        choice_label=C_("field", "Why"),
        answers=[Answer(reason, reason) for reason in reasons],
        chosen=reasons[0],
        more=(
            C_("field", "Again on"),
            DateField(lambda text: read_coming_moment(text, now), id="again", width=24),
        ),
        intro=_("The customer is told by a note at the door; a new time may be agreed at once."),
    )


def test_dialog(job: JobRow) -> ReasonDialog:
    """How the test run went, with a note."""
    answers = [
        Answer("ready", C_("tested", "passed: ready")),
        Answer("passed", C_("test", "passed")),
        Answer("failed", C_("test", "failed")),
        Answer("later", C_("test", "later, call in 2 h")),
    ]
    return ReasonDialog(
        _("How did the test of {number} go?").format(number=number_of(job)),
        C_("field", "Note"),
        choice_label=C_("field", "Test run"),
        answers=answers,
        chosen="ready",
    )


def informed_dialog(job: JobRow) -> ReasonDialog:
    """Who was told, and how."""
    return ReasonDialog(
        _("{number}: the customer was told").format(number=number_of(job)),
        C_("field", "Told to"),
        choice_label=C_("field", "How"),
        answers=[Answer(channel.value, label(channel)) for channel in InformedBy],
        chosen=InformedBy.PHONE.value,
        value=job.customer_name,
    )


def reason_dialog(title: str, intro: str = "") -> ReasonDialog:
    """A reason that has to be written."""
    return ReasonDialog(title, C_("field", "Reason"), required=True, intro=intro)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a job ends or goes back: ``cancel``, ``settle`` with its outcome, or ``rework``."""

    how: str
    reason: str
    outcome: str = ""


class CloseDialog(DialogScreen[Ending]):
    """How and why a job ends without a further repair; asks only what is possible now and ``allowed``."""

    MODE = "FORM"

    def __init__(self, job: JobRow, allowed: Callable[[Step], bool]) -> None:
        super().__init__(_("How does {number} end?").format(number=number_of(job)))
        ways = [("cancel", Step.CANCEL, _cancel_words(job))]
        ways.append(("settle", Step.SETTLE, C_("ending", "closed without return")))
        ways.append(("rework", Step.REWORK, C_("ending", "not satisfied: back in repair")))
        self._ways = [
            Answer(how, words)
            for how, step, words in ways
            if allowed(step) and is_possible(job.state, step) is None
        ]

    def compose_box(self) -> ComposeResult:
        first = self._ways[0].value if self._ways else ""
        yield Row(Pair(C_("field", "How"), Choice(self._ways, first, id="how")), indent=0)
        outcomes = [Answer(outcome.value, label(outcome)) for outcome in SETTLED_AS]
        chosen = Outcome.REFUNDED.value
        yield Row(
            Pair(C_("field", "Outcome"), Choice(outcomes, chosen, id="outcome")), indent=0, id="outcome-row"
        )
        yield Row(Pair(C_("field", "Reason"), TextField(id="reason")), indent=0, id="reason-row")

    def hints(self) -> Sequence[Hint]:
        return [
            Hint("Enter", BY_ID["form.on"].shown_hint),
            Hint("Esc", BY_ID["app.back"].shown_hint),
            Hint("Tab", BY_ID["form.next"].shown_hint),
        ]

    def escaped(self) -> None:
        self.keep_unsaid(self.query_one("#reason", TextField).answer)

    def on_mount(self) -> None:
        self.bring_back(self.query_one("#reason", TextField))
        self._show_outcome()
        self.set_focus(self.query_one("#how"))

    @property
    def _how(self) -> str:
        return self.query_one("#how", Choice).answer

    def _show_outcome(self) -> None:
        self.query_one("#outcome-row").display = self._how == "settle"

    def on_field_edited(self, event: Field.Edited) -> None:
        event.stop()
        self._show_outcome()

    def on_field_done(self, event: Field.Done) -> None:
        event.stop()
        self._show_outcome()
        if event.field.id == "how":
            self.set_focus(self.query_one("#outcome" if self._how == "settle" else "#reason"))
        elif event.field.id == "outcome":
            self.set_focus(self.query_one("#reason"))
        else:
            self._finish()

    def _finish(self) -> None:
        reason = self.query_one("#reason", TextField).answer
        if not reason:
            self.query_one("#reason-row", Row).problem("reason", _("This has to be written."))
            return
        outcome = self.query_one("#outcome", Choice).answer if self._how == "settle" else ""
        self.dismiss(Ending(self._how, reason, outcome))


def _cancel_words(job: JobRow) -> str:
    if job.device_here:
        return C_("ending", "stop, back unrepaired")
    return C_("ending", "cancel")
