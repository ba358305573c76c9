"""A job's own fields: what is promised, where it lies, what came with it, how urgent it is."""

from collections.abc import Mapping
from datetime import date

from textual.app import ComposeResult

from aftersales_tui.domain.coming import read_coming_day
from aftersales_tui.domain.errors import ShopError
from aftersales_tui.domain.words import Urgency
from aftersales_tui.i18n import C_, _, formats
from aftersales_tui.i18n.labels import label
from aftersales_tui.tui.bench import loading
from aftersales_tui.tui.bench.next_words import number_of
from aftersales_tui.tui.form_screen import FormScreen
from aftersales_tui.tui.modals.conflict import Decision
from aftersales_tui.tui.widgets.choice import Answer, Choice
from aftersales_tui.tui.widgets.field import Field
from aftersales_tui.tui.widgets.fields import DateField, LinesField, Pick, PickList, TextField
from aftersales_tui.tui.widgets.form import Pair, Row, Section
from aftersales_tui.views.jobs import JobView

_FIELDS = ("promised_for", "urgency", "shelf", "intake", "fault")


class JobEdit(FormScreen[bool]):
    """Changes what was told of a job; only what is touched is saved."""

    AREA = "bench"
    ACTIONS = ("form.on", "app.save", "form.next", "app.menu", "app.back")
    FINAL = "now"
    HAS_SIDE = False

    def __init__(self, job: JobView) -> None:
        super().__init__()
        self._job = job
        self._shown: dict[str, object] = {
            "version": job.version, **{name: getattr(job, name) for name in _FIELDS}
        }  # fmt: skip

    def path(self) -> tuple[str, ...]:
        return (C_("area", "Bench"), number_of(self._job), C_("title", "Edit"))

    def compose_form(self) -> ComposeResult:
        job = self._job
        promised = job.promised_for.isoformat() if job.promised_for else ""
        urgencies = [Answer(word.value, label(word)) for word in Urgency]
        yield Section(1, C_("section", "Promise"))
        yield Row(
            Pair(
                C_("field", "Promised"),
                DateField(self._read_day, promised, id="promised_for", width=14),
                width=30,
            ),
            Pair(C_("field", "Shelf"), TextField(job.shelf, id="shelf"), label_width=7),
        )
        yield Row(Pair(C_("field", "Urgency"), Choice(urgencies, job.urgency.value, id="urgency")))
        yield Section(2, C_("section", "Device"))
        yield Row(Pair(C_("field", "Intake"), LinesField(job.intake, id="intake")))
        yield Row(Pair(C_("field", "Fault"), LinesField(job.fault, id="fault")))
        yield Section(3, C_("section", "What now"))
        yield Row(Pair(C_("field", "Now"), PickList([Pick("save", C_("now", "Save"))], id="now")))

    def _read_day(self, text: str) -> date | None:
        """The day; one that is on file may have passed already."""
        before = self._job.promised_for
        if before is not None and text.strip() == before.isoformat():
            return before
        return read_coming_day(text, self.shop.now().date(), "promised_for")

    def now_words(self, field: Field) -> tuple[str, str]:
        if isinstance(field, DateField) and field.day is not None:
            words = _("Promised for {day}. Enter goes on, ctrl+s saves.")
            return (words.format(day=formats.day_weekday(field.day)), "")
        if field.id == self.FINAL:
            return super().now_words(field)
        return (_("Tab goes to the next field, ctrl+s saves what was changed."), "")

    def changed(self, field: Field) -> None:
        if field is self.current_field:
            self.say_now(*self.now_words(field))

    def needs_you(self, field: Field) -> bool:
        return False

    def _changes(self) -> dict[str, object]:
        """What was touched, in the values of the file."""
        answers = self.answers()
        field = self.field("promised_for")
        assert isinstance(field, DateField)
        typed: dict[str, object] = {name: answers[name] for name in ("shelf", "intake", "fault")}
        typed["urgency"] = Urgency(answers["urgency"])
        typed["promised_for"] = field.read(field.answer) if field.answer else None
        return {name: value for name, value in typed.items() if value != self._shown[name]}

    async def save(self) -> None:
        try:
            changes = self._changes()
        except ShopError as error:
            self.show_error(error)
            return
        await self._write(changes)

    async def _write(self, changes: Mapping[str, object]) -> None:
        by = self.shop_app.person.id if self.shop_app.person else 0
        if changes:
            job = await self.write(loading.edit, self.shop, self._job.id, self._shown, changes, by)
            self.shop_app.toast(_("{number} was changed.").format(number=number_of(job)))
        self.dismiss(True)

    def merged(self, decision: Decision) -> None:
        """Theirs becomes what was shown; mine is saved on top of it, or waits in the form."""
        self.app.run_worker(self._telling(lambda: self._settle(decision)), group="do")

    async def _settle(self, decision: Decision) -> None:
        mine = self._changes()
        full = await self.write(loading.job, self.shop, self._job.id)
        self._job = full
        self._shown = {"version": full.version, **{name: getattr(full, name) for name in _FIELDS}}
        if decision.how == "mine":
            await self._write({**mine, **decision.answers})
            return
        texts = {name: _text(value) for name, value in decision.answers.items()}
        self.fill(texts)


def _text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(value if value is not None else "")
