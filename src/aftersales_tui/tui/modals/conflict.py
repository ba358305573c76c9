"""Somebody else changed this: theirs and mine, field by field, and the harmless answer marked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from textual.app import ComposeResult
from textual.events import Key
from textual.widgets import Static

from aftersales_tui.domain.errors import Clash, Conflict
from aftersales_tui.domain.text import cell_width, cut
from aftersales_tui.i18n import C_, _, ngettext
from aftersales_tui.tui.dialog import DialogScreen, Offer, Offers, gap, words
from aftersales_tui.tui.glyphs import glyph
from aftersales_tui.tui.safe_text import content, plain
from aftersales_tui.tui.widgets.key_bar import Hint

How = Literal["mine", "theirs", "back"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do: save ``answers`` on top of theirs, take theirs, or go back to the form."""

    how: How
    answers: Mapping[str, object] = field(default_factory=dict)
    """For every clashing field what is to be stored, as chosen."""


class ConflictDialog(DialogScreen[Decision]):
    """Shows the clashes of a ``Conflict``; Enter on arrival and Esc both mean: back to my form."""

    WIDTH = 78

    def __init__(
        self,
        conflict: Conflict,
        labels: Mapping[str, str],
        *,
        shown: Callable[[str, object], str] | None = None,
    ) -> None:
        """``labels`` name the fields, ``shown`` gives the words of a value."""
        super().__init__(C_("title", "Somebody else changed this"))
        self._conflict = conflict
        self._labels = labels
        self._shown = shown or (lambda _name, value: "" if value is None else str(value))
        self._mine = {clash.field: True for clash in conflict.clashes}
        self._at = -1
        self._head = Static("", markup=False)
        self._table = Static("", markup=False)
        self._offers = Offers(
            [
                Offer("1", C_("conflict", "Save mine on top of theirs"), "mine"),
                Offer("2", C_("conflict", "Take theirs, keep mine as a draft"), "theirs"),
                Offer("3", C_("conflict", "Back to my form, decide later") + "  (Esc)", "back"),
            ],
            marked=2,
        )

    def compose_box(self) -> ComposeResult:
        yield self._head
        yield gap()
        yield self._table
        yield gap()
        yield self._offers
        yield gap()
        yield words(_("Up goes to the fields; there Left and Right choose theirs or mine."))

    def hints(self) -> Sequence[Hint]:
        arrows = f"{glyph('←')} {glyph('→')}"
        return [
            Hint(arrows, C_("key", "theirs/mine")),
            Hint("1-3", C_("key", "answer")),
            Hint("Enter", C_("key", "take")),
            Hint("Esc", C_("key", "back")),
        ]

    def escaped(self) -> Decision:
        return Decision("back")

    def on_mount(self) -> None:
        who, when = plain(self._conflict.who), plain(self._conflict.when)
        n = len(self._conflict.clashes)
        lines = (
            _("{who} saved this at {when}, after you opened it.").format(who=who, when=when),
            ngettext(
                "Your typing is safe. {n} field was changed by you both; you decide.",
                "Your typing is safe. {n} fields were changed by you both; you decide.",
                n,
            ).format(n=n),
        )
        self._head.update(content("\n".join(lines), lines=True))
        self.set_focus(self._offers)
        self._draw()

    def on_key(self, event: Key) -> None:
        if event.key in ("left", "right") and self._at >= 0:
            self._mine[self._conflict.clashes[self._at].field] = event.key == "right"
            self._draw()
            event.stop()

    def on_offers_taken(self, event: Offers.Taken) -> None:
        event.stop()
        if event.value == "mine":
            chosen = {c.field: c.mine if self._mine[c.field] else c.theirs for c in self._conflict.clashes}
            self.dismiss(Decision("mine", chosen))
        elif event.value == "theirs":
            self.dismiss(Decision("theirs", {c.field: c.theirs for c in self._conflict.clashes}))
        else:
            self.dismiss(Decision("back"))

    def on_offers_past_top(self, event: Offers.PastTop) -> None:
        """Up from the first answer goes into the fields, Down out of them again."""
        event.stop()
        last = len(self._conflict.clashes) - 1
        if event.by < 0:
            self._at = last if self._at < 0 else max(0, self._at - 1)
        else:
            self._at = -1 if self._at >= last else self._at + 1
        self._offers.held = self._at >= 0
        self._draw()

    def _draw(self) -> None:
        room = max(40, self.WIDTH - 8)
        widths = (12, *([(room - 12) // 3] * 3))
        head = [C_("dialog", "field"), C_("dialog", "before"), C_("dialog", "theirs"), C_("dialog", "mine")]
        rows = ["   " + _row(head, widths)]
        for n, clash in enumerate(self._conflict.clashes):
            rows.append((glyph("▸") if n == self._at else " ") + "  " + _row(self._cells(clash), widths))
        for clash in self._conflict.merged:
            rows.append("   " + _row(self._cells(clash, decided=True), widths))
        saved = [self._chosen(clash) for clash in self._conflict.clashes]
        rows += ["", "   " + _("will be saved: {values}").format(values=f" {glyph('·')} ".join(saved))]
        self._table.update(content("\n".join(cut(row, self.WIDTH - 4) for row in rows), lines=True))

    def _cells(self, clash: Clash, *, decided: bool = False) -> list[str]:
        theirs, mine = (self._shown(clash.field, value) for value in (clash.theirs, clash.mine))
        if decided:
            mine_wins = clash.theirs == clash.before
        else:
            mine_wins = self._mine[clash.field]
        mine, theirs = (f"[{mine}]", theirs) if mine_wins else (mine, f"[{theirs}]")
        name = self._labels.get(clash.field, clash.field)
        return [name, self._shown(clash.field, clash.before), theirs, mine]

    def _chosen(self, clash: Clash) -> str:
        mine = self._mine[clash.field]
        value = self._shown(clash.field, clash.mine if mine else clash.theirs)
        who = C_("dialog", "you") if mine else self._conflict.who
        return _("{value} ({who})").format(value=value, who=who)


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    shown = [cut(plain(cell), width - 1) for cell, width in zip(cells, widths, strict=True)]
    return "".join(text + " " * (width - cell_width(text)) for text, width in zip(shown, widths, strict=True))
