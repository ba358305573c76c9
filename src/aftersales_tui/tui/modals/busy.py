"""Another seat is writing: how long it takes, and the way back to the form."""

from time import monotonic

from textual.app import ComposeResult
from textual.widgets import Static

from aftersales_tui.i18n import C_, _
from aftersales_tui.tui.dialog import DialogScreen, Offer, Offers, gap
from aftersales_tui.tui.safe_text import content

AT_MOST = 10
"""Seconds after which the store gives up."""


class BusyDialog(DialogScreen[None]):
    """Counts the seconds a save has to wait; closing it stops the waiting, not the save."""

    WIDTH = 60

    def __init__(self) -> None:
        super().__init__(C_("state", "Waiting for the other seat"))
        self._since = monotonic()
        self._line = Static("", markup=False)

    def compose_box(self) -> ComposeResult:
        yield gap()
        yield self._line
        yield gap()
        yield Offers([Offer("", _("Stop waiting (Esc)"), "stop")])

    def on_mount(self) -> None:
        self.set_interval(1.0, self._count)
        self._count()

    def on_offers_taken(self, event: Offers.Taken) -> None:
        event.stop()
        self.dismiss(None)

    def stop_waiting(self) -> None:
        """The save is done; the box goes, whatever lies over it."""
        if self.is_current:
            self.dismiss(None)
        else:
            self.call_later(self.remove_from_stack)

    def remove_from_stack(self) -> None:
        """Goes as soon as it is on top again."""
        if self.is_current:
            self.dismiss(None)
        else:
            self.set_timer(0.1, self.remove_from_stack)

    def _count(self) -> None:
        seconds = int(monotonic() - self._since)
        lines = (
            _("Another seat is writing. {n} s so far, {most} s at most.").format(n=seconds, most=AT_MOST),
            _("Nothing is lost: what you typed is kept."),
        )
        self._line.update(content("\n".join(lines), lines=True))
