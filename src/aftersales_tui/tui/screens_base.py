"""What every screen is made of: the frame, the keys as actions, asking the shop, saying what is wrong."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from inspect import isawaitable, iscoroutinefunction
from typing import TYPE_CHECKING, Any, ClassVar, ParamSpec, TypeVar, cast

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import DescendantBlur, DescendantFocus, Resize, ScreenResume
from textual.screen import Screen
from textual.widget import Widget

from aftersales_tui.domain.errors import ShopError
from aftersales_tui.domain.permissions import Permission, may
from aftersales_tui.domain.words import Role
from aftersales_tui.i18n import _
from aftersales_tui.tui import ask as asking
from aftersales_tui.tui.actions import BY_ID, DESK
from aftersales_tui.tui.bindings import Kind
from aftersales_tui.tui.focus import takes_letters
from aftersales_tui.tui.messages import ShopChanged, ShopReady
from aftersales_tui.tui.widgets.key_bar import Hint, KeyBar
from aftersales_tui.tui.widgets.now_line import NowLine
from aftersales_tui.tui.widgets.side import Side
from aftersales_tui.tui.widgets.small import LEAST, TooSmall
from aftersales_tui.tui.widgets.title_line import TitleLine
from aftersales_tui.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from aftersales_tui.tui.app import AftersalesApp

R = TypeVar("R")
T = TypeVar("T")
W = TypeVar("W", bound=Widget)
P = ParamSpec("P")

OFFERED_ALWAYS = frozenset(
    {
        "app.help", "app.desk", "app.bench", "app.office", "app.who", "app.palette", "app.menu", "app.back",
        "app.up", "app.down", "app.first", "app.last", "form.next", "form.previous",
    }
)  # fmt: skip
"""Acts on every screen without being named in its ``ACTIONS``."""

_MOVES = {"form.next", "form.previous"}

NEEDS: Mapping[str, Permission] = {
    "bench.record": Permission.DO_WORK,
    "bench.test": Permission.DO_WORK,
    "desk.follow_up": Permission.FOLLOW_UP,
}
"""What an action needs on every screen; where it depends on the record, the screen says so in ``needs``."""


class FrameScreen(Screen[R]):
    """A screen in the frame. Subclass ``ListScreen`` or ``FormScreen`` rather than this.

    An action ``desk.new_call`` named in ``ACTIONS`` calls ``do_desk_new_call``. A plain ``def`` is done
    before the next key is looked at (what it returns is awaited); an ``async def`` runs as a worker, may
    await dialogs, ``ask`` and ``write``, and a ``ShopError`` it raises is shown to the user.
    """

    KIND: ClassVar[Kind] = "list"
    MODE: ClassVar[str] = "LIST"
    AREA: ClassVar[str] = DESK
    ACTIONS: ClassVar[tuple[str, ...]] = ()
    """Ids of the actions offered here, in order of use: that is the order of the key row."""
    HINTS: ClassVar[Mapping[str, tuple[str, str]]] = {}
    """Other words for the key row, by action id, each marked with ``NC_("key", …)``."""
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

    @property
    def waits_for_answer(self) -> bool:
        """Whether the last key goes on only when something was read; the next key waits for that."""
        return False

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

    def why_not(self, action_id: str) -> str:
        """Why an action cannot act now, as the end of "Not now: …"; empty when it can."""
        return ""

    def needs(self, action_id: str) -> Permission | None:
        """What somebody has to be allowed for an action here; nothing for what everybody may."""
        return NEEDS.get(action_id)

    def refusal(self, action_id: str) -> str:
        """Why an action cannot act for whoever works here: their role, else what ``why_not`` says."""
        person, needed = self.shop_app.person, self.needs(action_id)
        if needed is not None and person is not None and not may(Role(person.role), needed):
            from aftersales_tui.i18n.permission_words import only

            return only(needed)
        return self.why_not(action_id)

    def hints(self) -> Sequence[Hint]:
        """The key row: the screen's actions in order of use."""
        return [self.hint(action_id) for action_id in self.ACTIONS]

    def hint(self, action_id: str) -> Hint:
        """The hint of one action as it stands now."""
        action = BY_ID[action_id]
        key = self.shown_key(action_id)
        marked = self.HINTS.get(action_id, action.hint)
        word = action.shown_hint if marked == action.hint else self.shop_app.translated(marked)
        return Hint(key, word, dim=bool(self.refusal(action_id)))

    def shown_key(self, action_id: str) -> str:
        """The key to show for an action here and now."""
        return self.shop_app.key_map.first(BY_ID[action_id], typing=self.types)

    def copy_text(self) -> str:
        """What ``y`` copies: a phone or a number."""
        return ""

    # What it stands on

    @property
    def shop_app(self) -> "AftersalesApp":
        """The program."""
        return cast("AftersalesApp", self.app)

    @property
    def shop(self) -> Any:
        """The open shop; its methods may block and belong into ``ask``, ``read`` or ``write``."""
        return self.shop_app.shop

    @property
    def types(self) -> bool:
        """Whether letters type here and now."""
        return self.KIND == "form" or takes_letters(self.focused)

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

    def show_error(self, error: ShopError) -> None:
        """A refusal in words: at its field in a form, else as a toast; a fault of the file as a page."""
        self.shop_app.show_error(error)

    def not_now(self, reason: str) -> None:
        """Says why a dimmed key does nothing."""
        words = _("Not now: {reason}").format(reason=reason)
        self.say_now(words, self.query_one(NowLine).lines[1])
        self.shop_app.toast(words)

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

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action not in ("act", "letter"):
            return super().check_action(action, parameters)
        action_id = str(parameters[0])
        if action == "letter" and action_id not in _MOVES and takes_letters(self.focused):
            return False
        return self.offers(action_id)

    def offers(self, action_id: str) -> bool:
        """Whether the action exists on this screen, even if it cannot act now."""
        if action_id in ("app.desk", "app.bench", "app.office", "app.who", "app.palette"):
            return self.shop_app.signed_in
        return action_id in OFFERED_ALWAYS or action_id in self.ACTIONS

    async def action_letter(self, action_id: str, key: str) -> None:
        """A list key; a digit names a part."""
        await self.action_act(action_id, key)

    async def action_act(self, action_id: str, key: str = "") -> None:
        """Does an action, or says why not."""
        reason = self.refusal(action_id)
        if reason:
            self.not_now(reason)
            return
        if action_id == "app.part":
            if key.isdigit():
                self.go_to_part(int(key))
            return
        handler = getattr(self, "do_" + action_id.replace(".", "_"))
        if iscoroutinefunction(handler):
            self.app.run_worker(self._telling(handler), group="do")
            return
        result = handler()
        if isawaitable(result):
            await result

    def can(self, action_id: str) -> bool:
        """Whether the action is offered and can act now."""
        return self.offers(action_id) and not self.refusal(action_id)

    async def _telling(self, work: Callable[[], Awaitable[object]]) -> None:
        """Runs on the program, not on the screen: a save goes on when its screen is left meanwhile."""
        try:
            await work()
        except ShopError as error:
            if self.is_attached:
                self.show_error(error)
            else:
                self.shop_app.show_error(error)

    def go_to_part(self, number: int) -> None:
        """Goes to the part with that number."""

    def go_home(self) -> None:
        """First part, first row: the area's key was pressed once more."""

    def do_app_help(self) -> Awaitable[object]:
        return self.shop_app.show_help()

    def do_app_menu(self) -> Awaitable[object]:
        return self.shop_app.show_menu()

    def do_app_palette(self) -> None:
        self.shop_app.action_command_palette()

    def do_app_who(self) -> Awaitable[object]:
        return self.shop_app.ask_who()

    def do_app_desk(self) -> Awaitable[object]:
        return self.shop_app.go_area("desk")

    def do_app_bench(self) -> Awaitable[object]:
        return self.shop_app.go_area("bench")

    def do_app_office(self) -> Awaitable[object]:
        return self.shop_app.go_area("office")

    def do_app_look_up(self) -> Awaitable[object] | None:
        return self.look_up("")

    def do_desk_new_call(self) -> Awaitable[object]:
        return self.open_screen("call_form")

    def do_app_copy(self) -> None:
        text = self.copy_text()
        if text:
            self.app.copy_to_clipboard(text)
            self.shop_app.toast(_("Copied: {text}").format(text=text))

    def do_app_up(self) -> None:
        self._move("up", -1)

    def do_app_down(self) -> None:
        self._move("down", 1)

    def do_app_first(self) -> None:
        self._move("first", 0)

    def do_app_last(self) -> None:
        self._move("last", 0)

    def do_form_next(self) -> None:
        self.focus_next()

    def do_form_previous(self) -> None:
        self.focus_previous()

    def do_app_back(self) -> None:
        """One step back; a home stays."""
        if len(self.app.screen_stack) > 1:
            self.dismiss()

    def dismiss(self, result: R | None = None) -> AwaitComplete:
        """Leaves the screen; one that something lies over leaves as soon as it is seen again."""
        if self.is_current:
            return super().dismiss(result)
        self._leaving = (result,)
        return AwaitComplete()

    def look_up(self, initial: str) -> Awaitable[object] | None:
        """Goes to the look-up; the desk's home overrides this and puts the cursor into its line."""
        return self.shop_app.look_up(initial)

    def open_screen(self, name: str, /, *args: object, **kwargs: object) -> Awaitable[object]:
        """Opens a screen of ``areas.SCREENS`` over this one."""
        return self.shop_app.open_screen(name, *args, **kwargs)

    def _move(self, where: str, by: int) -> None:
        """Moves the cursor of what has the focus."""

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
