"""A yes-or-no question: y does it, everything else is no."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.events import Key

from aftersales_tui.i18n import C_
from aftersales_tui.tui.dialog import DialogScreen, Offer, Offers, gap, words
from aftersales_tui.tui.widgets.key_bar import Hint


class ConfirmDialog(DialogScreen[bool]):
    """``True`` after ``y``; Enter and Esc are *No*, no other key answers."""

    WIDTH = 64

    def __init__(self, title: str, question: str, yes: str, no: str = "") -> None:
        """``question`` may have several lines; ``yes`` says what y does."""
        super().__init__(title)
        self._question = question
        self._yes = yes
        self._no = no or C_("key", "no")

    def compose_box(self) -> ComposeResult:
        yield gap()
        yield words(self._question)
        yield gap()
        yield Offers([Offer("y", self._yes, "yes"), Offer("", self._no + "  (Esc)", "no")], marked=1)

    def hints(self) -> Sequence[Hint]:
        return [Hint("y", self._yes), Hint("Enter", self._no), Hint("Esc", self._no)]

    def escaped(self) -> bool:
        return False

    def on_offers_taken(self, event: Offers.Taken) -> None:
        event.stop()
        self.dismiss(event.value == "yes")

    def on_key(self, event: Key) -> None:
        if event.character == "y":
            self.dismiss(True)
