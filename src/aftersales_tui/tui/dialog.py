"""Boxes over a screen: one question, its answers with their keys, the safe one marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key, Resize
from textual.message import Message
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from aftersales_tui.domain.text import cell_width, cut
from aftersales_tui.i18n import _
from aftersales_tui.tui.actions import BY_ID
from aftersales_tui.tui.bindings import bindings_for
from aftersales_tui.tui.focus import takes_letters
from aftersales_tui.tui.glyphs import glyph, is_ascii
from aftersales_tui.tui.safe_text import content, plain
from aftersales_tui.tui.screens_base import FrameScreen
from aftersales_tui.tui.widgets.key_bar import Hint, KeyBar
from aftersales_tui.tui.widgets.small import LEAST, TooSmall
from aftersales_tui.tui.widgets.title_line import mode_word
from aftersales_tui.tui.wrapping import RunningText

if TYPE_CHECKING:
    from aftersales_tui.tui.app import AftersalesApp
    from aftersales_tui.tui.widgets.field import Field

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Offer:
    """One answer of a dialog: its key and its words."""

    key: str
    words: str
    value: str


class Offers(Widget, can_focus=True):
    """The answers of a dialog, one a row: the key answers at once, Up and Down mark, Enter takes."""

    DEFAULT_CSS = "Offers { height: auto; }"

    class Taken(Message):
        """An answer was given."""

        def __init__(self, value: str) -> None:
            super().__init__()
            self.value = value

    class PastTop(Message):
        """Up was pressed on the first answer, or, while ``held``, Up or Down anywhere."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    def __init__(self, offers: Sequence[Offer], marked: int = 0, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.offers = tuple(offers)
        self.marked = marked
        self.held = False
        """Whether Up and Down belong to what stands above the answers."""

    def render(self) -> Content:
        mark = glyph("▸")
        rows = [
            content(f"{mark if n == self.marked else ' '} {offer.key} {plain(offer.words)}".rstrip())
            for n, offer in enumerate(self.offers)
        ]
        return Content("\n").join(rows)

    def on_key(self, event: Key) -> None:
        key = event.key
        typed = event.character or key
        for offer in self.offers:
            if offer.key and typed == offer.key:
                self._take(event, offer)
                return
        if key in ("up", "down", "k", "j"):
            by = -1 if key in ("up", "k") else 1
            event.stop()
            if self.held or (by < 0 and self.marked == 0):
                self.post_message(self.PastTop(by))
                return
            self.marked = min(max(self.marked + by, 0), len(self.offers) - 1)
            self.refresh()
        elif key == "enter" and self.offers:
            self._take(event, self.offers[self.marked])

    def _take(self, event: Key, offer: Offer) -> None:
        event.stop()
        event.prevent_default()
        self.post_message(self.Taken(offer.value))


class Box(Vertical):
    """A frame with its title on the left and the mode word on the right of the upper line."""

    DEFAULT_CSS = """
    Box { border: solid $primary; width: 76; height: auto; max-height: 100%; padding: 0 1;
          background: $surface; }
    Box.-ascii { border: ascii $primary; }
    """

    def __init__(self, title: str, mode: str) -> None:
        super().__init__(classes="-ascii" if is_ascii() else "")
        self.box_title = title
        self.mode = mode

    def on_resize(self, event: Resize) -> None:
        word = mode_word(self.mode)
        room = self.outer_size.width - 6
        title = cut(plain(self.box_title), max(1, room - cell_width(word) - 4))
        line = glyph("─") * max(1, room - cell_width(title) - cell_width(word) - 2)
        self.border_title = content(f"{title} {line} {word}")


class DialogScreen(ModalScreen[T]):
    """A typed box: ``compose_box`` yields what is in it; Esc answers ``ESC`` (nothing), the harmless way out.

    Show it with ``answer = await self.app.push_screen_wait(dialog)`` from an ``async def do_…``.
    """

    MODE: ClassVar[str] = "DIALOG"
    WIDTH: ClassVar[int] = 76
    BINDINGS = bindings_for("dialog")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]

    def __init__(self, title: str, *, full: bool = False) -> None:
        super().__init__(classes="-full" if full else "")
        self.box_title = title
        self.full = full

    def compose(self) -> ComposeResult:
        with Box(self.box_title, self.MODE) as box:
            box.styles.width = self.WIDTH
            yield from self.compose_box()
        yield KeyBar()
        yield TooSmall()

    def compose_box(self) -> ComposeResult:
        """What is in the box."""
        yield from ()

    def hints(self) -> Sequence[Hint]:
        """The key row under the box."""
        return [Hint("Enter", BY_ID["app.open"].shown_hint), Hint("Esc", BY_ID["app.back"].shown_hint)]

    def escaped(self) -> T | None:
        """What Esc answers."""
        return None

    def bring_back(self, field: "Field") -> None:
        """Puts back what was written in this box when it was left with Esc."""
        if words := self.shop_app.unsaid.pop(self._place, ""):
            field.set_answer(words)

    def keep_unsaid(self, words: str) -> None:
        """Esc loses no words: they stand there again when the same box is opened."""
        if words:
            self.shop_app.unsaid[self._place] = words
            self.shop_app.toast(_("What you wrote is kept until you open this again."))

    @property
    def _place(self) -> tuple[str, ...]:
        """Whose box it is, over which screen, about what."""
        person = self.shop_app.person
        below = [screen.path() for screen in self.app.screen_stack if isinstance(screen, FrameScreen)]
        return (str(person.id if person else 0), *(below[-1] if below else ()), self.box_title)

    @property
    def shop_app(self) -> "AftersalesApp":
        """The program."""
        return cast("AftersalesApp", self.app)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return True

    async def action_act(self, action_id: str) -> None:
        """Help and back; a dialog has no other actions."""
        if action_id == "app.help":
            await self.shop_app.show_help()
        elif action_id == "app.back":
            self.dismiss(self.escaped())

    def on_mount(self) -> None:
        self.query_one(KeyBar).show(self.hints())
        self._check_size()

    def on_resize(self) -> None:
        self._check_size()

    @property
    def types(self) -> bool:
        """Whether letters type here and now."""
        return takes_letters(self.focused)

    def _check_size(self) -> None:
        width, height = self.app.size
        for overlay in self.query(TooSmall):
            overlay.display = width < LEAST[0] or height < LEAST[1]
            overlay.refresh()


def words(text: str, *, classes: str = "") -> Static:
    """A paragraph of a dialog."""
    return Static(RunningText([text]), markup=False, classes=classes)


def gap() -> Static:
    """An empty row of a dialog."""
    return Static(" ", markup=False)
