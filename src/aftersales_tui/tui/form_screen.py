"""A form: one screen, fields in the order of the conversation, Enter goes where somebody is needed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.events import Key, Resize
from textual.timer import Timer
from textual.widgets import TextArea

from aftersales_tui.domain.errors import Conflict, ShopError
from aftersales_tui.i18n import NC_, _
from aftersales_tui.i18n.messages import sentence
from aftersales_tui.tui.action_screen import OFFERED_ALWAYS
from aftersales_tui.tui.bindings import bindings_for
from aftersales_tui.tui.focus import takes_letters
from aftersales_tui.tui.modals.conflict import ConflictDialog, Decision
from aftersales_tui.tui.screens_base import FrameScreen, clock_words
from aftersales_tui.tui.widgets.field import Field
from aftersales_tui.tui.widgets.fields import DateField
from aftersales_tui.tui.widgets.form import Pair, Row, number_rows
from aftersales_tui.tui.widgets.scrap import ScrapField
from aftersales_tui.tui.widgets.title_line import draft_kept, missing_words

R = TypeVar("R")

DRAFT_AFTER = 1.0
"""Seconds from the first key since the last draft until the next one is kept."""

_OF_FORMS = {"app.save", "form.on", "form.new_line"}


class FormScreen(FrameScreen[R]):
    """Subclass it, yield ``Section``s and ``Row``s from ``compose_form``, write ``save``.

    Enter goes to the next field for which ``needs_you`` says yes, at last to the field ``FINAL``, and in
    that does the marked line, which is ``save``. ctrl+s does it from anywhere.
    """

    KIND = "form"
    MODE = "FORM"
    BINDINGS = bindings_for("form")
    FINAL: ClassVar[str] = ""
    """The id of the field of the last section, a ``PickList`` as a rule; empty when there is none."""
    HINTS: ClassVar[Mapping[str, tuple[str, str]]] = {"app.back": NC_("key", "leave, draft kept")}

    def __init__(self) -> None:
        super().__init__()
        self._draft_timer: Timer | None = None
        self._dirty = False
        self._known_fields: list[Field] = []
        self._said_untaken = False
        self.typed = 0
        """Counts every change by hand, so that ``save`` can see whether typing went on meanwhile."""

    def compose_core(self) -> ComposeResult:
        yield from self.compose_form()

    def compose_form(self) -> ComposeResult:
        """The sections and rows, in the order of the conversation."""
        yield from ()

    # What a form says

    def needs_you(self, field: Field) -> bool:
        """Whether Enter stops at the field: by default when it is required and empty."""
        return field.required and field.is_empty

    def now_words(self, field: Field) -> tuple[str, str]:
        """The Now line while the field has the focus."""
        if field.id == self.FINAL:
            return (_("What now: Enter does the marked line. ctrl+s does it from anywhere."), "")
        return (_("Enter goes to the next field that needs you, Tab to the very next one."), "")

    def missing(self) -> Sequence[str]:
        """The labels of what is still missing, in order; by default of the fields that need somebody."""
        return [self.label_of(field) for field in self.fields if self.needs_you(field)]

    def changed(self, field: Field) -> None:
        """A field holds something else; a form that fills others by itself does it here."""

    def entered(self, field: Field) -> bool:
        """Enter in a field, before going on; ``False`` keeps the focus where it is."""
        return True

    async def save(self) -> None:
        """Does the marked line of the last section; a ``ShopError`` is shown at its field."""

    async def keep_draft(self, answers: Mapping[str, str]) -> datetime | None:
        """Keeps what is typed; gives back when it was kept, ``None`` if this form keeps no drafts."""
        return None

    def closing(self) -> None:
        """The form is about to be left with Esc, its draft kept."""

    def merged(self, decision: Decision) -> None:
        """Somebody decided a conflict: ``decision.answers`` is to be saved on top of theirs."""

    # What it has

    @property
    def fields(self) -> list[Field]:
        """Every field that is shown, in order."""
        return [field for field in self._every_field() if _shown(field)]

    def _every_field(self) -> list[Field]:
        # a form asks for its fields at every key, and they stay the same once it is mounted
        if not self._known_fields or not self.is_mounted:
            found = self.query("#core *").results(Field)
            self._known_fields = [field for field in found if not isinstance(field.parent, Field)]
        return self._known_fields

    @property
    def waits_for_answer(self) -> bool:
        field = self.current_field
        return isinstance(field, ScrapField) and field.waits

    def on_scrap_field_answered(self, event: ScrapField.Answered) -> None:
        event.stop()
        self.answer_came()

    def stop_waiting_for_answer(self) -> None:
        for field in self.fields:
            if isinstance(field, ScrapField):
                field.close()

    def field(self, name: str) -> Field:
        """The field with that id."""
        return next(field for field in self._every_field() if field.id == name)

    @property
    def current_field(self) -> Field | None:
        """The field that has the focus."""
        focused = self.focused
        return next(
            (f for f in self.fields if focused is not None and f in focused.ancestors_with_self), None
        )

    def label_of(self, field: Field) -> str:
        """The label in front of a field."""
        parent = field.parent
        return parent.label if isinstance(parent, Pair) else ""

    def answers(self) -> dict[str, str]:
        """What is in the fields, by id."""
        return {field.id or "": field.answer for field in self._every_field()}

    def fill(self, answers: Mapping[str, str]) -> None:
        """Puts answers into fields without counting as typing; unknown names are left out."""
        for field in self._every_field():
            if field.id and field.id in answers:
                field.set_answer(answers[field.id])

    # Going on

    def go_on(self, field: Field | None) -> None:
        """To the next field that needs somebody, else to the last section."""
        fields = self.fields
        after = fields[fields.index(field) + 1 :] if field in fields else fields
        goal = next((f for f in after if f.id != self.FINAL and self.needs_you(f)), None)
        if goal is None and self.FINAL:
            goal = next((f for f in fields if f.id == self.FINAL), None)
        if goal is not None:
            self.set_focus(goal.focus_target)

    async def on_field_done(self, event: Field.Done) -> None:
        event.stop()
        if event.field in self.fields:
            await self._done(event.field)

    async def _done(self, field: Field) -> None:
        if not self.entered(field):
            return
        self._judge(field)
        self.app.run_worker(self.flush_draft(), group="draft")
        last = not self.FINAL and all(not self.needs_you(f) for f in self.fields)
        if field.id == self.FINAL or (last and field is self.fields[-1]):
            await self.action_act("app.save")
        else:
            self.go_on(field)

    async def do_form_on(self) -> None:
        field = self.current_field
        if field is not None:
            await self._done(field)

    def do_form_new_line(self) -> None:
        if isinstance(self.focused, TextArea):
            self.focused.insert("\n")

    async def do_app_save(self) -> None:
        if self.saving:
            self.shop_app.toast(_("It is being saved already."))
            return
        for row in self.query(Row):
            for pair in row.pairs:
                if not isinstance(pair.field, DateField):
                    row.problem(pair.field.id or "", "")
        await self.save()

    def do_app_back(self) -> None:
        self.app.run_worker(self._leave(), group="draft")

    async def _leave(self) -> None:
        await self.flush_draft()
        self.closing()
        if len(self.app.screen_stack) > 1 and self.is_current:
            self.dismiss()

    def offers(self, action_id: str) -> bool:
        if action_id in _OF_FORMS:
            return True
        if action_id in OFFERED_ALWAYS or action_id in self.ACTIONS:
            return super().offers(action_id)
        return False

    # Problems

    def show_error(self, error: ShopError) -> None:
        if isinstance(error, Conflict):
            self.app.run_worker(self._decide(error), group="do")
            return
        first: Field | None = None
        at_fields = {f.id: f for f in self.fields}
        others = []
        for problem in error.problems:
            field = at_fields.get(problem.field)
            if field is None:
                others.append(sentence(problem))
                continue
            self.say_problem(field, sentence(problem))
            first = first or field
        if first is not None:
            self.set_focus(first.focus_target)
        if others or not error.problems:
            super().show_error(error) if first is None else self.shop_app.toast(" ".join(others), wrong=True)

    def say_problem(self, field: Field, words: str) -> None:
        """Shows or, with empty words, takes back the message under a field."""
        for row in field.ancestors:
            if isinstance(row, Row):
                row.problem(field.id or "", words)

    def _judge(self, field: Field) -> None:
        if isinstance(field, DateField):
            wrong = field.problem
            self.say_problem(field, sentence(wrong.problem) if wrong else "")

    async def _decide(self, conflict: Conflict) -> None:
        labels = {f.id or "": self.label_of(f) for f in self.fields}
        decision = await self.app.push_screen_wait(ConflictDialog(conflict, labels))
        if decision.how != "back":
            self.merged(decision)

    # Drafts

    async def flush_draft(self) -> None:
        """Keeps the draft now, if anything was typed since the last time."""
        if self._draft_timer is not None:
            self._draft_timer.stop()
            self._draft_timer = None
        if not self._dirty:
            return
        self._dirty = False
        kept = await self.keep_draft(self.answers())
        if kept is not None and self.is_attached:
            self.set_title(note=draft_kept(clock_words(kept)))

    def on_field_edited(self, event: Field.Edited) -> None:
        event.stop()
        if isinstance(event.field.parent, Field):
            return
        if event.typed:
            self.typed += 1
            self._dirty = True
            if self._draft_timer is None:
                self._draft_timer = self.set_timer(DRAFT_AFTER, self._draft_due)
        if not isinstance(event.field, DateField) or not event.field.answer:
            self.say_problem(event.field, "")
        self._take_back_untaken()
        self.changed(event.field)
        self.show_state()

    def on_key(self, event: Key) -> None:
        """A letter that no field takes is said at once, so that no word is typed into the air."""
        field = self.current_field
        if field is None or not event.is_printable or event.key == "space" or takes_letters(self.focused):
            return
        self._said_untaken = True
        if field.id == self.FINAL:
            self.say_now(_("Letters type nothing here: Enter does the marked line, shift+Tab goes back."), "")
        else:
            self.say_now(_("Letters type nothing here: Enter goes on to where words are written."), "")

    def _take_back_untaken(self) -> None:
        field = self.current_field
        if self._said_untaken and field is not None:
            self._said_untaken = False
            self.say_now(*self.now_words(field))

    def _draft_due(self) -> None:
        self._draft_timer = None
        self.app.run_worker(self.flush_draft(), group="draft")

    # Drawing

    def show_state(self) -> None:
        """``still missing 2: date, fault`` in row 2."""
        self.set_title(state=missing_words(self.missing()))

    def on_mount(self) -> None:
        number_rows(self.query("#core Section, #core Row").results())
        self._number()
        self.take_focus()
        self.show_state()

    def take_focus(self) -> None:
        if self.focused is None and self.fields:
            self.set_focus(self.fields[0].focus_target)

    def on_resize(self, event: Resize) -> None:
        self.call_after_refresh(self._number)

    def focus_went(self) -> None:
        self._said_untaken = False
        field = self.current_field
        if field is not None:
            self.say_now(*self.now_words(field))
        super().focus_went()

    def _move(self, where: str, by: int) -> None:
        """Up and Down leave a one-line field, as Tab does; lists and several lines keep them."""
        if by > 0:
            self.focus_next()
        elif by < 0:
            self.focus_previous()

    def _number(self) -> None:
        short = self.app.size.height < 32
        for row in self.query(Row):
            row.show_number(short)


def _shown(field: Field) -> bool:
    return all(node.display for node in field.ancestors_with_self)
