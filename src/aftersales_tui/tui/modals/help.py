"""The keys of this screen and of every screen, made from the registry."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from aftersales_tui.domain.text import cell_width, cut
from aftersales_tui.i18n import C_, _
from aftersales_tui.tui.actions import BY_ID, EVERYWHERE, KeyMap
from aftersales_tui.tui.dialog import DialogScreen, gap, words
from aftersales_tui.tui.safe_text import content, plain
from aftersales_tui.tui.widgets.key_bar import Hint
from aftersales_tui.tui.wrapping import wrapped

_KEY, _AIR = 7, 2
_LEFT, _RIGHT = 39, 46
"""Cells of the left column at least: key, word, the longest action id and air; of the right one at most."""


class HelpScreen(DialogScreen[None]):
    """Two columns, scrolled with PgUp and PgDn; F1, ? and Esc close it."""

    MODE = "READ"
    WIDTH = 104
    BINDINGS = [
        Binding("question_mark", "act('app.back')", show=False),
        Binding("fullwidth_question_mark", "act('app.back')", show=False),
        Binding("enter", "act('app.back')", show=False),
    ]

    def __init__(self, title: str, here: Sequence[tuple[str, str, str, str]], own: str, keys: KeyMap) -> None:
        """``here`` are the screen's keys as ``(key, word, action id, reason why not)``."""
        super().__init__(_("Help: {screen}").format(screen=title))
        self._here = tuple(here)
        self._own = own
        self._keys = keys

    def compose_box(self) -> ComposeResult:
        with VerticalScroll():
            if self._own:
                yield words(self._own)
                yield gap()
            with Horizontal(classes="columns"):
                yield Static("", id="here", markup=False)
                yield Static("", id="everywhere", markup=False)
            yield gap()
            yield words("\n".join(_rules()))

    def hints(self) -> Sequence[Hint]:
        return [Hint("PgUp PgDn", _("scroll")), Hint("Esc", BY_ID["app.back"].shown_hint)]

    async def action_act(self, action_id: str) -> None:
        self.dismiss(None)

    def on_mount(self) -> None:
        self.set_focus(self.query_one(VerticalScroll))

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        """Both columns for the width there is: nothing touches, the reasons go on below their key."""
        room = self.query_one(VerticalScroll).scrollable_content_region.width
        left = max(_LEFT, room - _RIGHT)
        here, everywhere = self.query_one("#here", Static), self.query_one("#everywhere", Static)
        here.styles.width = left
        here.update(content("\n".join(self._left(left - _AIR)), lines=True))
        everywhere.update(content("\n".join(self._right(room - left)), lines=True))

    def _left(self, width: int) -> list[str]:
        lines = [C_("help", "On this screen")]
        for key, word, action_id, reason in self._here:
            lines.append(cut(_pad(key, _KEY) + _pad(word, 15) + action_id, width))
            if reason:
                said = _("not now: {reason}").format(reason=plain(reason))
                lines += [_pad("", _KEY) + line for line in wrapped(said, width - _KEY)]
        return lines

    def _right(self, width: int) -> list[str]:
        lines = [C_("help", "Everywhere")]
        for action_id in EVERYWHERE:
            action = BY_ID[action_id]
            typing = self._keys.first(action, typing=True)
            letter = self._keys.first(action, typing=False) if self._keys.keys(action) else ""
            letter = "" if letter == typing else letter
            lines.append(cut(_pad(typing, 8) + _pad(letter, 3) + action.shown_name, width))
        return lines


def _rules() -> list[str]:
    return [
        C_("help", "In a form"),
        _("Letters type. Enter goes to the next field that needs you, Tab to the very next."),
        _("In a choice the digit in front answers and goes on."),
        _("Leaving with Esc keeps what was typed as a draft."),
        "",
        C_("help", "In a list"),
        _("Letters act. Up Down or k j move, digits go to a part, Home End jump."),
        _("A key that cannot act now is dimmed and says why."),
        "",
        _("Laptop without F-keys: ctrl+g shows the same commands as letters."),
        _("Chinese input method on: F-keys, ctrl keys, digits and Enter pass; / ? : work as 、？："),
        _("Keys can be changed: aftersales keys"),
    ]


def _pad(text: str, width: int) -> str:
    shown = cut(plain(text), width - 1)
    return shown + " " * (width - cell_width(shown))
