"""What was done to PINs while somebody was away; told once, at the sign-in."""

from collections.abc import Sequence
from datetime import UTC, tzinfo

from textual.app import ComposeResult

from aftersales_tui.i18n import C_, _
from aftersales_tui.i18n.pin_words import news_line
from aftersales_tui.tui.actions import BY_ID
from aftersales_tui.tui.dialog import DialogScreen, Offer, Offers, gap, words
from aftersales_tui.tui.safe_text import plain
from aftersales_tui.tui.widgets.key_bar import Hint
from aftersales_tui.views.history import EventView

_MOST = 8


class NewsDialog(DialogScreen[None]):
    """The events as sentences, the newest last; Enter or Esc goes on."""

    def __init__(self, news: Sequence[EventView], zone: tzinfo | None) -> None:
        super().__init__(C_("title", "Since you were here"))
        self._news = tuple(news)[-_MOST:]
        self._zone = zone or UTC

    def compose_box(self) -> ComposeResult:
        yield gap()
        for event in self._news:
            yield words(plain(news_line(event, self._zone)))
        yield gap()
        yield words(_("If that was none of you, look at who can use this computer."))
        yield gap()
        yield Offers([Offer("1", _("Go on"), "on")])

    def hints(self) -> Sequence[Hint]:
        return [Hint("Enter", C_("key", "go on")), Hint("Esc", BY_ID["app.back"].shown_hint)]

    def on_offers_taken(self, event: Offers.Taken) -> None:
        event.stop()
        self.dismiss(None)
