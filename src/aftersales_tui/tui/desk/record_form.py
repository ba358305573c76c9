"""Changing a record on file: only what was touched is saved, against the version that was shown."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, ClassVar

from aftersales_tui.domain.dates import check_past, read_day
from aftersales_tui.domain.errors import Conflict, ShopError
from aftersales_tui.drafts import Draft
from aftersales_tui.i18n import C_, _, formats
from aftersales_tui.i18n.field_words import value_words
from aftersales_tui.tui.actions import DESK
from aftersales_tui.tui.desk import asking
from aftersales_tui.tui.drafted import DraftedForm
from aftersales_tui.tui.modals.conflict import ConflictDialog, Decision
from aftersales_tui.tui.widgets.fields import DateField

Values = dict[str, Any]


class RecordForm(DraftedForm[bool]):
    """A form over one record: subclass it, say how it is loaded, shown, read and saved.

    ``shown`` is what the file held when the form was opened; it stays with a draft, so that a draft
    taken up days later still knows what somebody else changed meanwhile.
    """

    AREA = DESK
    HAS_SIDE = False
    ACTIONS = ("form.on", "app.save", "app.menu", "app.back", "form.next")
    ID: ClassVar[str] = ""
    """The name of the record's id in the draft."""

    def __init__(self, record_id: int = 0, draft: str = "") -> None:
        super().__init__(draft)
        self.record_id = record_id
        self.record_name = ""
        self.shown: Values = {}
        self._conflict: Conflict | None = None

    # To be said by the form

    def load(self, shop: Any) -> tuple[str, Values]:
        """The record's name and what the file holds, with its version; called in a worker."""
        raise NotImplementedError

    def text_of(self, name: str, value: Any) -> str:
        """How a value stands in its field."""
        return formats.day_cell(value) if isinstance(value, date) else str(value or "")

    def value_of(self, name: str, text: str) -> Any:
        """What a field's text means; raises ``ShopError``."""
        return text

    def store(self, shop: Any, shown: Values, changes: Values, by: int) -> int:
        """Saves the changes and gives back the new version; called in a worker."""
        raise NotImplementedError

    # Reading

    def on_mount(self) -> None:
        if not self._draft_id:
            self.opens_with("record", self.load, self.shop, then=self._fill)

    def _fill(self, loaded: tuple[str, Values]) -> None:
        self.record_name, self.shown = loaded
        self.fill({name: self.text_of(name, value) for name, value in self.shown.items()})
        self.show_state()

    def past_day(self, field: str) -> Callable[[str], date]:
        """Reads a date that may not lie after today."""

        def read(text: str) -> date:
            today = self.shop.now().date()
            day = read_day(text, today, field)
            check_past(day, today, field)
            return day

        return read

    # What was touched

    def changes(self) -> Values:
        """The fields that say something else than the file did; raises ``ShopError`` for what cannot be."""
        changed: Values = {}
        for name, text in self.answers().items():
            if name not in self.shown or text == self.text_of(name, self.shown[name]):
                continue
            field = self.field(name)
            if isinstance(field, DateField):
                value: Any = field.read(text) if text else None
            else:
                value = self.value_of(name, text)
            if value != self.shown[name]:
                changed[name] = value
        return changed

    async def save(self) -> None:
        changes = self.changes()
        if changes:
            version = await self.write(self.store, self.shop, self.shown, changes, asking.person(self))
            others = version > int(self.shown["version"]) + 1
            said = (
                _("Saved. Somebody else changed other fields meanwhile; both are kept.")
                if others
                else _("Saved.")
            )
            self.shop_app.toast(said)
        else:
            self.shop_app.toast(_("Nothing was changed."))
        await self.drop_draft()
        self.dismiss(bool(changes))

    # Somebody else was faster

    async def _decide(self, conflict: Conflict) -> None:
        self._conflict = conflict
        conflict.when = self._clock(conflict.when)
        labels = {field.id or "": self.label_of(field) for field in self.fields}
        shown = self._words_of
        decision = await self.app.push_screen_wait(ConflictDialog(conflict, labels, shown=shown))
        if decision.how == "mine":
            self.merged(decision)
        elif decision.how == "theirs":
            await self._leave_as_draft()

    def merged(self, decision: Decision) -> None:
        """Theirs is what the file holds now; what was chosen is saved on top of it."""
        if self._conflict is not None:
            self.shown |= {clash.field: clash.theirs for clash in self._conflict.clashes}
        for name, value in decision.answers.items():
            self.fill({name: self.text_of(name, value)})
        self.app.run_worker(self._telling(self.save), group="do")

    async def _leave_as_draft(self) -> None:
        self._dirty = True
        await self.flush_draft()
        self.shop_app.toast(_("Theirs stands; what you typed is kept as a draft on the desk."))
        self.dismiss(False)

    def _words_of(self, name: str, value: object) -> str:
        if isinstance(value, list | tuple):
            return C_("list", ", ").join(str(one) for one in value)
        return value_words(name, value, self.shop.zone)

    def _clock(self, when: str) -> str:
        try:
            at = datetime.fromisoformat(when).astimezone(self.shop.zone)
        except ValueError:
            return when
        return formats.when(at, self.shop.now().date())

    # Drafts

    def draft_title(self) -> str:
        return self.record_name

    def draft_context(self) -> Mapping[str, Any]:
        return {
            self.ID: self.record_id,
            "name": self.record_name,
            "shown": {name: _plain(value) for name, value in self.shown.items()},
        }

    def restore(self, draft: Draft) -> None:
        try:
            self.record_id = int(draft.context[self.ID])
            self.record_name = str(draft.context["name"])
            self.shown = {name: _typed(name, value) for name, value in draft.context["shown"].items()}
        except (KeyError, TypeError, ValueError, AttributeError):
            self.shop_app.toast(_("This draft cannot be read."), wrong=True)
            self.dismiss(False)
            return
        self.fill(draft.answers)

    def show_error(self, error: ShopError) -> None:
        """Dates are refused by their short names; the fields carry the long ones."""
        names = {field.id for field in self.fields}
        if not isinstance(error, Conflict):
            error.problems = tuple(
                replace(problem, field=f"{problem.field}_on")
                if problem.field not in names and f"{problem.field}_on" in names
                else problem
                for problem in error.problems
            )
        super().show_error(error)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()  # a moment is a date too
    return list(value) if isinstance(value, tuple) else value


def _typed(name: str, value: Any) -> Any:
    if name.endswith("_on") and isinstance(value, str):
        return date.fromisoformat(value)
    if name == "promised_call_back" and isinstance(value, str):
        return datetime.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
