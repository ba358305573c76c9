"""The questions of the screen of people: what about somebody, which role, which PIN, who is new."""

from collections.abc import Sequence

from textual.app import ComposeResult

from aftersales_tui.domain.errors import Problem, Refused
from aftersales_tui.domain.pins import read_pin
from aftersales_tui.domain.words import Role
from aftersales_tui.i18n import C_, _
from aftersales_tui.i18n.labels import label
from aftersales_tui.i18n.messages import sentence
from aftersales_tui.tui.actions import BY_ID
from aftersales_tui.tui.dialog import DialogScreen, Offer, Offers, gap, words
from aftersales_tui.tui.modals.reason import ReasonDialog
from aftersales_tui.tui.widgets.choice import Answer
from aftersales_tui.tui.widgets.field import Field
from aftersales_tui.tui.widgets.fields import TextField
from aftersales_tui.tui.widgets.form import Pair, Row
from aftersales_tui.tui.widgets.key_bar import Hint
from aftersales_tui.views.staff import StaffView

ROLE, PIN, NO_PIN, LEAVES, RETURNS = "role", "pin", "no_pin", "leaves", "returns"
"""What may be done about a person."""
_PIN_CELLS = 14


class OneOf(DialogScreen[str]):
    """Some answers with their digits; gives back the code of the one taken, ``None`` after Esc."""

    WIDTH = 64

    def __init__(self, title: str, answers: Sequence[tuple[str, str]], *, marked: int = 0) -> None:
        """``answers`` are codes with their words."""
        super().__init__(title)
        self._answers = answers
        self._marked = marked

    def compose_box(self) -> ComposeResult:
        yield gap()
        yield Offers(
            [Offer(str(n), said, code) for n, (code, said) in enumerate(self._answers, start=1)], self._marked
        )

    def hints(self) -> Sequence[Hint]:
        last = len(self._answers)
        take = Hint(f"1-{last}" if last > 1 else "1", C_("key", "take"))
        return [take, Hint("Esc", BY_ID["app.back"].shown_hint)]

    def on_mount(self) -> None:
        self.set_focus(self.query_one(Offers))

    def on_offers_taken(self, event: Offers.Taken) -> None:
        event.stop()
        self.dismiss(event.value)


def about(person: StaffView, *, by_owner: bool) -> OneOf:
    """What may be done about somebody: by the owner everything, by themselves the PIN."""
    answers: list[tuple[str, str]] = []
    if by_owner and person.active:
        answers.append((ROLE, C_("staff", "another role than {role}").format(role=label(person.role))))
    if person.active:
        answers.append((PIN, C_("staff", "another PIN") if person.has_pin else C_("staff", "set a PIN")))
    if person.has_pin:
        answers.append((NO_PIN, C_("staff", "take the PIN away")))
    if by_owner:
        leaves = (LEAVES, C_("staff", "works here no longer; what they did stays"))
        answers.append(leaves if person.active else (RETURNS, C_("staff", "works here again")))
    return OneOf(_("What about {name}?").format(name=person.name), answers)


def role_of(person: StaffView) -> OneOf:
    """Which role somebody has; the present one is marked."""
    roles = list(Role)
    title = _("Which role has {name}?").format(name=person.name)
    return OneOf(title, [(role.value, label(role)) for role in roles], marked=roles.index(person.role))


def new_person() -> ReasonDialog:
    """Role and name of somebody new."""
    return ReasonDialog(
        _("Somebody new"),
        C_("field", "Name"),
        choice_label=C_("field", "Role"),
        answers=[Answer(role.value, label(role)) for role in Role],
        chosen=Role.CLERK.value,
        required=True,
    )


class PinDialog(DialogScreen[str]):
    """A new PIN, typed twice and never shown; ``None`` after Esc."""

    MODE = "FORM"
    WIDTH = 64

    def __init__(self, person: StaffView) -> None:
        super().__init__(_("New PIN of {name}").format(name=person.name))

    def compose_box(self) -> ComposeResult:
        for name, said in (("pin", C_("field", "PIN")), ("again", C_("field", "Once more"))):
            field = TextField(id=name, width=_PIN_CELLS)
            field.password = True
            yield Row(Pair(said, field), indent=0, id=f"{name}-row")
        yield gap()
        yield words(
            _("4 to 12 digits, asked for at every sign-in. Whoever forgot it asks the owner for another.")
        )

    def hints(self) -> Sequence[Hint]:
        return [
            Hint("Enter", BY_ID["form.on"].shown_hint),
            Hint("Esc", BY_ID["app.back"].shown_hint),
        ]

    def on_mount(self) -> None:
        self.set_focus(self.query_one("#pin"))

    def on_field_edited(self, event: Field.Edited) -> None:
        event.stop()
        if event.typed:
            self._say(event.field.id or "", "")

    def on_field_done(self, event: Field.Done) -> None:
        event.stop()
        first, again = self.query_one("#pin", TextField), self.query_one("#again", TextField)
        try:
            pin = read_pin(first.answer)
        except Refused as refused:
            self._say("pin", sentence(refused.problem))
            self.set_focus(first)
            return
        if event.field is first:
            self.set_focus(again)
        elif again.answer != first.answer:
            again.set_answer("")
            self._say("again", sentence(Problem("pins_differ", "again", {})))
        else:
            self.dismiss(pin)

    def _say(self, name: str, said: str) -> None:
        self.query_one(f"#{name}-row", Row).problem(name, said)
