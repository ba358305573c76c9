"""One line to write, and if wanted one question before it: a note, a reason, why a job waits."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult

from aftersales_tui.i18n import C_, _
from aftersales_tui.tui.actions import BY_ID
from aftersales_tui.tui.dialog import DialogScreen, gap, words
from aftersales_tui.tui.widgets.choice import Answer, Choice
from aftersales_tui.tui.widgets.field import Field
from aftersales_tui.tui.widgets.fields import DateField, TextField
from aftersales_tui.tui.widgets.form import Pair, Row
from aftersales_tui.tui.widgets.key_bar import Hint


@dataclass(frozen=True, slots=True)
class Written:
    """What was written; ``choice`` is the code of the answer, ``more`` the text of the further field."""

    text: str
    choice: str = ""
    more: str = ""


class ReasonDialog(DialogScreen[Written]):
    """Asks for a line of text, with an optional choice before it and an optional field after it.

    ``None`` after Esc. With ``required`` an empty line gives a message instead of an answer.
    """

    MODE = "FORM"

    def __init__(
        self,
        title: str,
        label: str,
        *,
        choice_label: str = "",
        answers: Sequence[Answer] = (),
        chosen: str = "",
        more: tuple[str, Field] | None = None,
        required: bool = False,
        intro: str = "",
        value: str = "",
    ) -> None:
        super().__init__(title)
        self._label = label
        self._choice_label = choice_label
        self._choice = Choice(answers, chosen, id="choice") if answers else None
        self._more = more
        self._required = required
        self._intro = intro
        self._text = TextField(value, id="text")
        self._proposed = self._text.answer

    def compose_box(self) -> ComposeResult:
        if self._intro:
            yield words(self._intro)
            yield gap()
        if self._choice is not None:
            yield Row(Pair(self._choice_label, self._choice), indent=0)
        yield Row(Pair(self._label, self._text), indent=0, id="text-row")
        if self._more is not None:
            yield Row(Pair(*self._more), indent=0, id="more-row")

    def hints(self) -> Sequence[Hint]:
        hints = [
            Hint("Enter", BY_ID["form.on"].shown_hint),
            Hint("Esc", BY_ID["app.back"].shown_hint),
            Hint("Tab", BY_ID["form.next"].shown_hint),
        ]
        many = len(self._choice.answers) if self._choice is not None else 0
        return [Hint(f"1-{many}", BY_ID["form.answer"].shown_hint), *hints] if many > 1 else hints

    def escaped(self) -> None:
        self.keep_unsaid(self._text.answer if self._text.answer != self._proposed else "")

    def on_mount(self) -> None:
        self.bring_back(self._text)
        self.set_focus(self._choice if self._choice is not None else self._text)

    def on_field_done(self, event: Field.Done) -> None:
        event.stop()
        order: list[Field] = [f for f in (self._choice, self._text, self._more and self._more[1]) if f]
        at = order.index(event.field)
        if at < len(order) - 1:
            self.set_focus(order[at + 1].focus_target)
            return
        self._finish()

    def _finish(self) -> None:
        if self._required and not self._text.answer:
            self.query_one("#text-row", Row).problem("text", _("This has to be written."))
            self.set_focus(self._text)
            return
        more = self._more[1] if self._more is not None else None
        if isinstance(more, DateField) and more.problem is not None:
            from aftersales_tui.i18n.messages import sentence

            self.query_one("#more-row", Row).problem("more", sentence(more.problem.problem))
            return
        chosen = self._choice.answer if self._choice is not None else ""
        self.dismiss(Written(self._text.answer, chosen, more.answer if more is not None else ""))


def note_dialog(title: str) -> ReasonDialog:
    """A note of one line."""
    return ReasonDialog(title, C_("field", "Note"), required=True)
