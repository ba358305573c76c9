"""The same commands as single keys, for terminals that eat the function keys."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Key
from textual.widgets import Static

from aftersales_tui.domain.text import cell_width, cut
from aftersales_tui.i18n import C_, _
from aftersales_tui.tui.actions import ACTIONS, BY_ID
from aftersales_tui.tui.dialog import DialogScreen, gap, words
from aftersales_tui.tui.safe_text import content, plain
from aftersales_tui.tui.widgets.key_bar import Hint


class MenuDialog(DialogScreen[str]):
    """A digit is the F-key of that number, a letter what it is on lists; answers the action's id."""

    WIDTH = 70

    def __init__(self, title: str, offered: Sequence[str], dimmed: Sequence[str]) -> None:
        """``offered`` are the ids this screen knows, ``dimmed`` those of them that cannot act now."""
        super().__init__(_("Menu: {screen}").format(screen=title))
        self._dimmed = frozenset(dimmed)
        mine = set(offered) | {"app.quit"}
        self._digits = [a for a in ACTIONS if a.menu.isdigit()]
        self._digits.sort(key=lambda action: int(action.menu) or 10)
        self._letters = [a for a in ACTIONS if a.menu and not a.menu.isdigit() and a.id in mine]
        self._mine = mine
        self._by_key: dict[str, str] = {}
        for action in (*self._digits, *self._letters):
            if action.id in mine:
                self._by_key.setdefault(action.menu, action.id)
        for wide, plain_key in (("、", "/"), ("：", ":")):
            if plain_key in self._by_key:
                self._by_key[wide] = self._by_key[plain_key]

    def compose_box(self) -> ComposeResult:
        yield gap()
        with Horizontal(classes="columns"):
            yield Static(self._column(C_("help", "Everywhere"), numbered=True), markup=False)
            yield Static(self._column(C_("help", "Do here"), numbered=False), markup=False)
        yield gap()
        yield words(
            _("A digit is the F-key of that number, for terminals that eat them;")
            + "\n"
            + _("a letter means what it means on every list.")
            + "\n"
            + _("One key does it, Esc closes.")
        )

    def hints(self) -> Sequence[Hint]:
        return [Hint("Esc", BY_ID["app.back"].shown_hint), Hint("ctrl+q", BY_ID["app.quit"].shown_hint)]

    def on_key(self, event: Key) -> None:
        typed = event.character or event.key
        if typed in self._by_key:
            event.stop()
            self.dismiss(self._by_key[typed])
        elif event.key == "ctrl+g":
            self.dismiss(None)

    def _column(self, title: str, *, numbered: bool) -> Content:
        lines = [content(title, "bold")]
        for action in self._digits if numbered else self._letters:
            off = action.id not in self._mine or action.id in self._dimmed
            text = f"{action.menu}  {plain(action.shown_name)}"
            if numbered:
                number = int(action.menu) or 10
                shown = cut(text, 36)
                text = shown + " " * (38 - cell_width(shown)) + f"F{number}"
            lines.append(content(text, "dim" if off else ""))
        return Content("\n").join(lines)
