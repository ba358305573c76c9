"""Who is working here? The digit signs in; a PIN is asked for in the same box."""

from collections.abc import Awaitable, Callable, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key
from textual.message import Message
from textual.widgets import Static

from aftersales_tui.domain.errors import ShopError
from aftersales_tui.domain.text import cell_width, cut
from aftersales_tui.i18n import C_, _
from aftersales_tui.tui.actions import BY_ID
from aftersales_tui.tui.dialog import DialogScreen, Offer, Offers, gap, words
from aftersales_tui.tui.safe_text import content, plain
from aftersales_tui.tui.widgets.field import Field
from aftersales_tui.tui.widgets.fields import TextField
from aftersales_tui.tui.widgets.form import Pair, Row
from aftersales_tui.tui.widgets.key_bar import Hint, KeyBar
from aftersales_tui.tui.widgets.top_bar import role_label
from aftersales_tui.views.seat import Person

_NAME, _ROLE, _NOTE = 26, 13, 20
_PIN_CELLS = 14

Prove = Callable[[Person, str], Awaitable[None]]
"""Asks the shop whether the PIN is the person's; raises ``ShopError`` when it is not."""


class PinField(TextField):
    """A PIN, each digit shown as a dot; ``u`` asks for the list of people instead."""

    class Others(Message):
        """Somebody else wants to work here."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, width=_PIN_CELLS)
        self.password = True

    def on_key(self, event: Key) -> None:
        if event.key in ("u", "f9"):
            event.stop()
            event.prevent_default()
            self.post_message(self.Others())


class WhoDialog(DialogScreen[Person]):
    """The people of the shop; the first nine have a digit, the others are marked with Up and Down.

    Somebody with a PIN is asked for it in the same box. Esc goes from there back to the list; from the list
    it gives back ``None``: whoever was here stays; at the start of the program that leaves it. ``locked``
    covers a seat whose person went away: there Esc leads no further than the list.
    """

    WIDTH = 72

    def __init__(
        self,
        people: Sequence[Person],
        here: Person | None,
        prove: Prove,
        *,
        full: bool = False,
        first: Person | None = None,
        locked: bool = False,
    ) -> None:
        """``first`` is asked for the PIN at once."""
        super().__init__(C_("title", "Who is working here?"), full=full)
        self._people = tuple(people)
        self._here = here
        self._prove = prove
        self._asked = next((person for person in people if first and person.id == first.id), None)
        self._locked = locked
        self._proving = False

    def compose_box(self) -> ComposeResult:
        offers = []
        marked = 0
        for n, person in enumerate(self._people, start=1):
            now_here = self._here is not None and person.id == self._here.id
            if now_here:
                marked = n - 1
            note = _("now here") if now_here else person.note
            row = _cell(person.name, _NAME) + _cell(role_label(person.role), _ROLE) + cut(plain(note), _NOTE)
            offers.append(Offer(str(n) if n <= 9 else " ", row, str(n - 1)))
        yield gap()
        with Vertical(id="people"):
            yield Offers(offers, marked)
        with Vertical(id="pin-box"):
            yield Static("", id="whose", markup=False)
            yield Row(Pair(C_("field", "PIN"), PinField(id="pin")), indent=0, id="pin-row")
        yield gap()
        if self._locked:
            yield words(
                _("Locked, because nobody pressed a key for a while.")
                + "\n"
                + _("Half-typed forms are kept behind this.")
            )
        else:
            yield words(
                _("The digit signs in at once. Every event names you.")
                + "\n"
                + _("Half-typed forms stay with the person who typed."),
                classes="of-people",
            )
            yield words(
                _("Forgotten? The owner sets another one in the office, under Staff."), classes="of-pin"
            )

    def hints(self) -> Sequence[Hint]:
        leave = Hint("ctrl+q", BY_ID["app.quit"].shown_hint)
        if self._asked is not None:
            return [
                Hint("Enter", C_("key", "sign in")),
                Hint("Esc u F9", C_("key", "somebody else")),
                leave,
            ]
        last = min(9, len(self._people))
        take = Hint(f"1-{last}" if last > 1 else "1", C_("key", "take"))
        if self._locked:
            return [take, leave]
        out = BY_ID["app.quit"] if self.full else BY_ID["app.back"]
        return [take, Hint("Esc", out.shown_hint), leave]

    def on_mount(self) -> None:
        if self._asked is not None and not self._asked.has_pin:
            self._asked = None
        self._show()

    def _show(self) -> None:
        """The list of people, or the PIN of one of them."""
        asked = self._asked
        self.query_one("#people").display = asked is None
        self.query_one("#pin-box").display = asked is not None
        for name, shown in (("of-people", asked is None), ("of-pin", asked is not None)):
            self.query(f".{name}").set(display=shown)
        self.query_one("#pin-row", Row).problem("pin", "")
        self.query_one(PinField).set_answer("")
        if asked is not None:
            who = _("{person}, {role}").format(person=plain(asked.name), role=role_label(asked.role))
            self.query_one("#whose", Static).update(content(who))
        self.query_one(KeyBar).show(self.hints())
        self.set_focus(self.query_one(Offers) if asked is None else self.query_one(PinField))

    async def action_act(self, action_id: str) -> None:
        if action_id == "app.help":
            if not self._locked:
                await super().action_act(action_id)
        elif action_id == "app.back" and self._asked is not None:
            self._others()
        elif not (action_id == "app.back" and self._locked):
            await super().action_act(action_id)

    def _others(self) -> None:
        if not self._proving:
            self._asked = None
            self._show()

    def on_pin_field_others(self, event: PinField.Others) -> None:
        event.stop()
        self._others()

    def on_offers_taken(self, event: Offers.Taken) -> None:
        event.stop()
        person = self._people[int(event.value)]
        if not person.has_pin:
            self.dismiss(person)
        else:
            self._asked = person
            self._show()

    def on_field_edited(self, event: Field.Edited) -> None:
        event.stop()
        if event.typed:
            self.query_one("#pin-row", Row).problem("pin", "")

    async def on_field_done(self, event: Field.Done) -> None:
        event.stop()
        typed = self.query_one(PinField).answer
        if typed and self._asked is not None and not self._proving:
            self._proving = True
            self.run_worker(self._try(self._asked, typed), group="prove")

    async def _try(self, person: Person, typed: str) -> None:
        from aftersales_tui.i18n.messages import sentence

        try:
            await self._prove(person, typed)
        except ShopError as error:
            field = self.query_one(PinField)
            field.set_answer("")
            self.query_one("#pin-row", Row).problem("pin", sentence(error.problem))
            self.set_focus(field)
        else:
            self.dismiss(person)
        finally:
            self._proving = False

    def on_key(self, event: Key) -> None:
        if event.key in ("f9", "u") and not self.full and self._asked is None:
            self.dismiss(None)


def _cell(text: str, width: int) -> str:
    shown = cut(plain(text), width - 1)
    return shown + " " * (width - cell_width(shown))
