"""A clause in full, in both languages, with its source and how far it was checked."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from aftersales_tui.domain.policy import Clause
from aftersales_tui.domain.verdicts import RemedyRow
from aftersales_tui.i18n import C_, _
from aftersales_tui.i18n.why_words import disclaimer, mark_word
from aftersales_tui.tui.dialog import DialogScreen, Offer, Offers, gap, words


class ClauseDialog(DialogScreen[None]):
    """What the pack says, word by word; Enter and Esc close it."""

    MODE = "READ"

    def __init__(self, row: RemedyRow, clause: Clause | None) -> None:
        super().__init__(f"{row.policy} {row.policy_version} {row.clause}")
        self.row = row
        self.clause = clause

    def compose_box(self) -> ComposeResult:
        with VerticalScroll(id="clause", can_focus=False):
            if self.clause is None:
                yield words(_("This version of the pack is not on file any more."))
            else:
                yield words(f"{self.clause.cite.en}: {self.clause.text.en}")
                yield gap()
                yield words(f"{self.clause.cite.zh}：{self.clause.text.zh}")
                yield gap()
                yield words(
                    _("Source: {source} ({mark})").format(
                        source=self.clause.source, mark=mark_word(self.clause.verified)
                    )
                )
            yield words(disclaimer())
        yield gap()
        yield Offers([Offer("", C_("key", "back"), "back")])

    def on_offers_taken(self, event: Offers.Taken) -> None:
        event.stop()
        self.dismiss()
