"""What happened, what is safe, what to do: a page for faults of the shop file."""

from collections.abc import Sequence

from textual.app import ComposeResult

from aftersales_tui.domain.errors import ShopError
from aftersales_tui.i18n import C_, _
from aftersales_tui.tui.actions import BY_ID
from aftersales_tui.tui.ask import refusal
from aftersales_tui.tui.dialog import DialogScreen, Offer, Offers, gap, words
from aftersales_tui.tui.widgets.key_bar import Hint


class FaultScreen(DialogScreen[str]):
    """Three paragraphs and the answers to them; the harmless one is marked and is also Esc."""

    def __init__(
        self,
        title: str,
        *,
        happened: str,
        safe: str,
        to_do: str,
        offers: Sequence[Offer] = (),
        marked: int = -1,
        command_line: str = "",
    ) -> None:
        """Without ``offers`` there is one answer, to stop. The answer is the value of the offer taken."""
        super().__init__(title, full=True)
        self._paragraphs = (
            (_("What happened"), happened),
            (_("What is safe"), safe),
            (_("What to do"), to_do),
        )
        self._offers = tuple(offers) or (Offer("1", _("Stop here, change nothing (Esc)"), "stop"),)
        self._marked = marked if marked >= 0 else len(self._offers) - 1
        self._command_line = command_line

    def compose_box(self) -> ComposeResult:
        yield gap()
        for head, text in self._paragraphs:
            if text:
                yield words(head, classes="head")
                yield words(text)
                yield gap()
        yield Offers(self._offers, self._marked)
        if self._command_line:
            yield gap()
            yield words(_("On the command line: {commands}").format(commands=self._command_line))

    def hints(self) -> Sequence[Hint]:
        return [
            Hint(f"1-{len(self._offers)}" if len(self._offers) > 1 else "1", BY_ID["form.answer"].shown_hint),
            Hint("Enter", C_("key", "take")),
            Hint("Esc", BY_ID["app.back"].shown_hint),
            Hint("ctrl+q", BY_ID["app.quit"].shown_hint),
        ]

    def escaped(self) -> str:
        return self._offers[self._marked].value

    def on_offers_taken(self, event: Offers.Taken) -> None:
        event.stop()
        self.dismiss(event.value)


def fault_page(fault: ShopError) -> FaultScreen:
    """The page of a fault of the shop file, as far as it is known."""
    from aftersales_tui.i18n.messages import fault as fault_words

    told = fault_words(fault.problem)
    damaged = fault.problem.code == "shop_file_damaged"
    return FaultScreen(
        C_("state", "The shop file is damaged") if damaged else _("The shop file cannot be used"),
        happened=told.happened if told else refusal(fault),
        safe=told.safe
        if told
        else _("Nothing was changed. What was saved before is as it was; half-typed forms are kept."),
        to_do=told.to_do if told else _("Stop here and start again."),
        command_line="aftersales check, aftersales restore" if damaged else "",
    )
