"""Who is working here? The digit signs in."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.events import Key

from aftersales_tui.domain.text import cell_width, cut
from aftersales_tui.i18n import C_, _
from aftersales_tui.tui.actions import BY_ID
from aftersales_tui.tui.dialog import DialogScreen, Offer, Offers, gap, words
from aftersales_tui.tui.safe_text import plain
from aftersales_tui.tui.widgets.key_bar import Hint
from aftersales_tui.tui.widgets.top_bar import role_label
from aftersales_tui.views.seat import Person

_NAME, _ROLE, _NOTE = 26, 13, 20


class WhoDialog(DialogScreen[Person]):
    """The people of the shop; the first nine have a digit, the others are marked with Up and Down.

    Esc gives back ``None``: whoever was here stays; at the start of the program that leaves it.
    """

    WIDTH = 72

    def __init__(self, people: Sequence[Person], here: Person | None, *, full: bool = False) -> None:
        super().__init__(C_("title", "Who is working here?"), full=full)
        self._people = tuple(people)
        self._here = here

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
        yield Offers(offers, marked)
        yield gap()
        yield words(
            _("The digit signs in at once. Every event names you.")
            + "\n"
            + _("Half-typed forms stay with the person who typed.")
        )

    def hints(self) -> Sequence[Hint]:
        last = min(9, len(self._people))
        out = BY_ID["app.quit"] if self.full else BY_ID["app.back"]
        return [
            Hint(f"1-{last}" if last > 1 else "1", C_("key", "take")),
            Hint("Esc", out.shown_hint),
            Hint("ctrl+q", BY_ID["app.quit"].shown_hint),
        ]

    def on_offers_taken(self, event: Offers.Taken) -> None:
        event.stop()
        self.dismiss(self._people[int(event.value)])

    def on_key(self, event: Key) -> None:
        if event.key in ("f9", "u") and not self.full:
            self.dismiss(None)


def _cell(text: str, width: int) -> str:
    shown = cut(plain(text), width - 1)
    return shown + " " * (width - cell_width(shown))
