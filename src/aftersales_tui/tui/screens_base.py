"""What every screen is made of: the frame, the keys as actions, asking the shop, saying what is wrong."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, ParamSpec, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import DescendantBlur, DescendantFocus, Resize, ScreenResume
from textual.widget import Widget

from aftersales_tui.i18n import _
from aftersales_tui.tui import ask as asking
from aftersales_tui.tui.action_screen import ActionScreen
from aftersales_tui.tui.actions import BY_ID, DESK
from aftersales_tui.tui.messages import ShopChanged, ShopReady
from aftersales_tui.tui.widgets.key_bar import KeyBar
from aftersales_tui.tui.widgets.now_line import NowLine
from aftersales_tui.tui.widgets.side import Side
from aftersales_tui.tui.widgets.small import LEAST, TooSmall
from aftersales_tui.tui.widgets.title_line import TitleLine
from aftersales_tui.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    pass

R = TypeVar("R")
T = TypeVar("T")
W = TypeVar("W", bound=Widget)
P = ParamSpec("P")


class FrameScreen(ActionScreen[R]):
    """A screen in the frame. Subclass ``ListScreen`` or ``FormScreen`` rather than this."""

    MODE: ClassVar[str] = "LIST"
    AREA: ClassVar[str] = DESK
    HAS_SIDE: ClassVar[bool] = True
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]

    def __init__(self) -> None:
        super().__init__()
        self._saving = False
        self._note_before: str | None = None
        self._leaving: tuple[R | None] | None = None
        self.seen_version = 0
        self._reading_over = asyncio.Event()
        self._opens_with = ""

    @property
    def waits_for_answer(self) -> bool:
        """Whether the last key goes on only when something was read; the next key waits for that."""
        return False

    @property
    def is_opening(self) -> bool:
        """Whether what the screen begins with is still being read; keys wait for it."""
        return bool(self._opens_with)

    def stop_waiting_for_answer(self) -> None:
        """It took too long; the next key is taken as it comes."""

    def answer_came(self) -> None:
        """What the last key waited for is there, or given up: the next key may come."""
        self._reading_over.set()

    async def next_answer(self, seconds: float) -> bool:
        """Waits for ``answer_came``; ``False`` when it did not come in time."""
        self._reading_over.clear()
        try:
            await asyncio.wait_for(self._reading_over.wait(), seconds)
        except TimeoutError:
            return False
        return True

    def compose(self) -> ComposeResult:
        self._take_size()
        yield TopBar(self.AREA)
        yield from self.compose_title()
        yield from self.compose_above()
        with Horizontal(id="body"):
            with Vertical(id="core"):
                yield from self.compose_core()
            if self.HAS_SIDE:
                yield Side(id="side")
        yield NowLine()
        yield KeyBar()
        yield TooSmall()

    def _take_size(self) -> None:
        """The classes of the window's size, before anything below is styled: else all is styled twice."""
        width, height = self.app.size
        for at, steps in ((width, self.HORIZONTAL_BREAKPOINTS), (height, self.VERTICAL_BREAKPOINTS)):
            self.add_class(next(name for least, name in reversed(steps) if at >= least))

    def _compositor_refresh(self) -> None:
        """What is rendered within a batch is thrown away, and would have to be rendered again after it."""
        if not self.app._batch_count:
            super()._compositor_refresh()

    def compose_title(self) -> ComposeResult:
        """Row 2; a home puts its look-up line here."""
        yield TitleLine(self.MODE)

    def compose_above(self) -> ComposeResult:
        """Rows between row 2 and the core."""
        yield from ()

    def compose_core(self) -> ComposeResult:
        """The 80 cells of the core."""
        yield from ()

    # What a screen says about itself

    def path(self) -> tuple[str, ...]:
        """Where one is, for row 2: ``("Desk", "New call")``."""
        return ()

    def help_title(self) -> str:
        """The screen's name in the title of help and menu."""
        here = self.path()
        return here[-1] if here else BY_ID["app." + self.AREA].shown_name

    def help_words(self) -> str:
        """The screen's own paragraph in the help."""
        return ""

    # What it stands on

    @property
    def shop(self) -> Any:
        """The open shop; its methods may block and belong into ``ask``, ``read`` or ``write``."""
        return self.shop_app.shop

    @property
    def saving(self) -> bool:
        """Whether a save of this screen is under way."""
        return self._saving

    @saving.setter
    def saving(self, on: bool) -> None:
        self._saving = on
        self.set_title(note=_("saving") if on else "")

    def set_title(self, *, state: str | None = None, note: str | None = None) -> None:
        """Changes row 2, where there is one."""
        for line in self._top(TitleLine):
            line.show(path=self.path(), state=state, note=note, mode=self.mode())

    def mode(self) -> str:
        """``LIST`` or ``FORM``, as the focus stands."""
        return "FORM" if self.types else self.MODE

    def say_now(self, first: str, second: str = "") -> None:
        """The Now line."""
        for line in self._top(NowLine):
            line.show(first, second)

    def show_side(self, lines: "Sequence[str | Content]") -> None:
        """The side; user text goes in as plain strings."""
        for side in self._sides():
            side.show(lines)

    def _top(self, kind: type[W]) -> list[W]:
        """The rows of the frame of one kind. They are asked for at every key, and stand at the very top."""
        return [child for child in self.children if isinstance(child, kind)]

    def _sides(self) -> list[Side]:
        return [side for body in self._top(Horizontal) for side in body.children if isinstance(side, Side)]

    def refresh_frame(self) -> None:
        """Draws row 2 and the key row again, after anything that changes what can be done."""
        self.set_title()
        for bar in self._top(KeyBar):
            bar.show(self.hints())

    # Asking the shop

    def read(self, pane: str, fn: Callable[..., T], *args: object, then: Callable[[T], object]) -> None:
        """Asks off the UI thread and hands the answer to ``then``; only the last one of a pane counts."""
        asking.read(self, pane, fn, *args, then=then)

    def opens_with(self, pane: str, fn: Callable[..., T], *args: object, then: Callable[[T], object]) -> None:
        """``read`` for what a form is filled with: what is typed meanwhile waits, else it was overwritten."""
        self._opens_with = pane
        self.read(pane, fn, *args, then=then)

    def read_through(self, pane: str) -> None:
        """A pane has its answer, or was told why there is none."""
        if self._opens_with == pane:
            self._opens_with = ""
            self.answer_came()

    async def write(self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Saves off the UI thread, from an ``async def do_…``; says so when it takes long."""
        return await asking.write(self, fn, *args, **kwargs)

    def show_loading(self, pane: str) -> None:
        """A question takes longer than 0.3 s; the old rows stay."""
        if self._note_before is None:
            self._note_before = next((line.note for line in self._top(TitleLine)), "")
        self.set_title(note=_("loading"))

    def show_loaded(self) -> None:
        """The answer is there: row 2 says again what it said before."""
        if self._note_before is not None:
            self.set_title(note=self._note_before)
            self._note_before = None

    def not_now(self, reason: str) -> None:
        """Says why a dimmed key does nothing."""
        words = _("Not now: {reason}").format(reason=reason)
        self.say_now(words, self.query_one(NowLine).lines[1])
        super().not_now(reason)

    # When the shop opens or changes

    def on_shop_ready(self, event: ShopReady) -> None:
        """The shop is open."""
        self.seen_version = self.shop_app.version
        self.read_again()

    def on_shop_changed(self, event: ShopChanged) -> None:
        """Another seat, or this one, changed something."""
        self.seen_version = self.shop_app.version
        self.read_again()

    def read_again(self) -> None:
        """Reads whatever the screen shows; a form leaves what is typed alone."""

    def dismiss(self, result: R | None = None) -> AwaitComplete:
        """Leaves the screen; one that something lies over leaves as soon as it is seen again."""
        if self.is_current:
            return super().dismiss(result)
        self._leaving = (result,)
        return AwaitComplete()

    def take_focus(self) -> None:
        """Puts the focus where the first key belongs, as soon as the screen is mounted."""

    async def flush_draft(self) -> None:
        """Keeps what is half typed; only forms have anything to keep."""

    # Textual's events

    def on_mount(self) -> None:
        self.refresh_frame()
        self._check_size()

    def on_resize(self, event: Resize) -> None:
        self._check_size()

    def on_screen_resume(self, event: ScreenResume) -> None:
        if self._leaving is not None:
            self.dismiss(*self._leaving)
            return
        for bar in self._top(TopBar):
            bar.refresh()
        if self.shop_app.version != self.seen_version and self.shop_app.signed_in:
            self.post_message(ShopChanged())
        self.refresh_frame()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        self.focus_went()

    def on_descendant_blur(self, event: DescendantBlur) -> None:
        self.refresh_frame()

    def focus_went(self) -> None:
        """The focus stands somewhere else."""
        self.refresh_frame()

    def _check_size(self) -> None:
        width, height = self.app.size
        small = width < LEAST[0] or height < LEAST[1]
        self.set_class(small, "-small")
        for overlay in self._top(TooSmall):
            overlay.display = small
            overlay.refresh()


def clock_words(moment: datetime) -> str:
    """``09:42:11``, as row 2 says when a draft was kept."""
    return moment.strftime("%H:%M:%S")
