"""The program on the screen: three areas, one person at a seat, one shop file."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, ScreenStackError
from textual.binding import Binding
from textual.events import Event, Key, Paste
from textual.screen import Screen
from textual.worker import Worker

from aftersales_tui.domain.errors import ShopError, StoreFault
from aftersales_tui.domain.words import Role
from aftersales_tui.i18n import C_, _, activate
from aftersales_tui.tui import areas, glyphs
from aftersales_tui.tui.actions import AREAS, BENCH, DESK, OFFICE, KeyMap, typing_id
from aftersales_tui.tui.ask import ask, refusal
from aftersales_tui.tui.at_the_seat import AtTheSeat
from aftersales_tui.tui.hang_up import leave_when_told
from aftersales_tui.tui.in_turn import InTurn
from aftersales_tui.tui.keeping import look_after
from aftersales_tui.tui.messages import ShopChanged, ShopReady
from aftersales_tui.tui.other_seats import OtherSeats
from aftersales_tui.tui.ports import Doors, Shop
from aftersales_tui.tui.safe_text import plain
from aftersales_tui.tui.screens_base import FrameScreen
from aftersales_tui.tui.theme import COUNTER
from aftersales_tui.tui.unforeseen import ToldFailure
from aftersales_tui.tui.widgets.top_bar import TopBar, TopState

if TYPE_CHECKING:
    from textual.command import Provider

    from aftersales_tui.views.seat import Person

LOOK_EVERY = 1.0
"""Seconds between two looks at whether another seat changed something."""
STARTED_AFTER = 3.0
"""Seconds after which the start is over and garbage is collected again."""

AREA_OF_ROLE: Mapping[str, str] = {Role.CLERK: DESK, Role.TECHNICIAN: BENCH, Role.OWNER: OFFICE}


@dataclass(frozen=True, slots=True)
class TuiOptions:
    """What the program starts with. ``open_shop`` runs in a worker after the first frame.

    ``set_up`` names the screen shown instead when there is no shop file yet, ``doors`` what it may do;
    ``sign_in_as`` skips the question who is working here; ``keys`` are the user's changes of the key map.
    """

    open_shop: Callable[[], Shop]
    language: str = "en"
    keys: Mapping[str, str] = field(default_factory=dict)
    ascii_glyphs: bool = False
    first_area: str = DESK
    set_up: str = ""
    doors: Doors | None = None
    sign_in_as: Callable[[Shop], Person | None] | None = None
    homes: Mapping[str, str | Callable[[], Screen[Any]]] = field(default_factory=dict)
    look_every: float = LOOK_EVERY


class AftersalesApp(ToldFailure):
    """The frame program; ``shop`` is there once ``on_shop_ready`` reaches the screens."""

    TITLE = "aftersales"
    CSS_PATH: ClassVar = ["frame.tcss", "desk/home.tcss"]
    """The desk's is the first screen's: read together they are worked out once."""
    COMMANDS = {lambda: _providers()[0], lambda: _providers()[1]}
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar = [Binding("ctrl+q", "quit", show=False, priority=True, id=typing_id("app.quit"))]

    def __init__(self, options: TuiOptions) -> None:
        if not options.set_up:
            # the first area is the first screen: an empty one before it would be laid out for nothing
            self.DEFAULT_MODE = options.first_area  # type: ignore[misc]
        super().__init__()
        self.register_theme(COUNTER)
        # set before anything is shown, so that no style is worked out twice
        self.set_reactive(App.theme, COUNTER.name)
        self.stylesheet.set_variables(self.get_css_variables())
        activate(options.language)
        glyphs.use_ascii(options.ascii_glyphs)
        self.options = options
        self.key_map = KeyMap(options.keys)
        self.shop: Shop | None = None
        self.person: Person | None = None
        self.top_state = TopState()
        self.unsaid: dict[tuple[str, ...], str] = {}
        """What was written in a box that was left with Esc, until the same box is opened again."""
        self.seats = OtherSeats(self)
        self.at_seat = AtTheSeat(self)
        self._clashes: set[str] = set()
        self._after_lists: list[Callable[[], object]] = []
        self._in_turn = InTurn(self, super().on_event, self._look_up_pasted)
        homes = {**areas.SCREENS_BY_AREA, **options.homes}
        self._homes = {area: _home(homes[area]) for area in AREAS}
        for area, home in self._homes.items():
            self.add_mode(area, home)

    # Starting

    _started = False
    _to_open: Callable[[], Shop] | None = None

    def on_mount(self) -> None:
        self._started = True
        leave_when_told(self)
        if not gc.isenabled():
            self.set_timer(STARTED_AFTER, _collect_again, name="collect")
        if self.options.keys:
            self.set_keymap(self.key_map.for_textual())
        if self.options.set_up:
            self.push_screen(areas.build(areas.SCREENS[self.options.set_up]))
            return
        self._to_open = self.options.open_shop

    def post_display_hook(self) -> None:
        """The shop file is opened as soon as the first frame stands: a refresh later is a frame later."""
        if (open_shop := self._to_open) is not None:
            self._to_open = None
            self.begin(open_shop)

    def refresh_css(self, animate: bool = True) -> None:
        """Not before the first screen stands: its styles were just read, with the same variables."""
        if self._started:
            super().refresh_css(animate)

    def begin(self, open_shop: Callable[[], Shop], first_area: str = "") -> None:
        """Opens the shop in a worker, asks who is working here and tells the screens.

        The role says which area comes first, unless the first run names one.
        """
        self.run_worker(self._begin(open_shop, first_area), name="begin")

    async def _begin(self, open_shop: Callable[[], Shop], first_area: str) -> None:
        try:
            self.shop = shop = await ask(open_shop)
            who = self.options.sign_in_as if not first_area else None
            person = await ask(who, shop) if who is not None else await ask(shop.remembered)
        except ShopError as error:
            await self._fault(error)
            self.exit(error.exit_code)
            return
        self.top_state = replace(self.top_state, shop=shop.name, now=shop.now())
        await self.seats.begin(shop)
        if person is None or person.has_pin:
            person = await self.at_seat.ask(full=True, first=person)
        if person is None:
            self.exit(0)
            return
        await self.sign_in(person, first_area)
        self.seats.watch(self.options.look_every)
        look_after(self)

    # Who

    @property
    def signed_in(self) -> bool:
        """Whether somebody works here and the shop is open."""
        return self.person is not None

    async def sign_in(self, person: Person, area: str = "") -> None:
        """From now on this person acts; the screen goes to the area of the role, or to the one named."""
        assert self.shop is not None
        self.shop.sign_in(person)
        self.person = person
        self.show_top(person=person.name, role=person.role, counts={})
        await self._switch(area or AREA_OF_ROLE.get(person.role, DESK))
        self.after_lists(partial(self._remember, person))
        self.after_lists(self.seats.count)
        self.after_lists(partial(self.at_seat.sat_down, person))
        self.seats.announce(ShopReady())

    def _remember(self, person: Person) -> None:
        _worker: Worker[None] = self.run_worker(self._remember_once(person), group="remember")

    async def _remember_once(self, person: Person) -> None:
        assert self.shop is not None
        try:
            await ask(self.shop.remember, person)
        except ShopError as error:
            # who works here is asked again the next time
            self.toast(refusal(error), wrong=True)

    def after_lists(self, then: Callable[[], object]) -> None:
        """Does something once the screen has read and painted what it shows: the rows do not wait for it."""
        self._after_lists.append(then)

    def lists_are_there(self) -> None:
        """A screen has read what it shows, or was told why it cannot be read."""
        waiting, self._after_lists = self._after_lists, []
        for then in waiting:
            self.call_after_refresh(then)

    async def ask_who(self) -> None:
        """Asks who is working here; Esc changes nothing."""
        self.at_seat.change()

    async def clear_seat(self) -> None:
        """Half-typed forms stay with the person who typed; nothing of them stays open for the next one."""
        for screen in self._every_screen():
            await screen.flush_draft()
        for area in AREAS:
            if area != self.current_mode and area in self._screen_stacks:
                await self.remove_mode(area)
                self.add_mode(area, self._homes[area])
        while len(self.screen_stack) > 1:
            await self.pop_screen()

    # Going about

    async def go_area(self, area: str) -> None:
        """Shows an area as it was left; the area that is shown already goes to its home, first row."""
        if self.current_mode != area:
            await self._switch(area)
            return
        while len(self.screen_stack) > 1 and isinstance(self.screen, FrameScreen):
            if self.screen.KIND == "form":
                await self.screen.flush_draft()
            await self.pop_screen()
        if isinstance(self.screen, FrameScreen):
            self.screen.go_home()

    async def _switch(self, area: str) -> None:
        fresh = self.current_mode != area
        await self.switch_mode(area)
        screen = self.screen
        if fresh and isinstance(screen, FrameScreen) and screen.focused is None:
            screen.go_home()

    async def look_up(self, initial: str) -> None:
        """Goes to the desk and puts the cursor into its look-up line."""
        if self.current_mode != DESK:
            await self._switch(DESK)
        while len(self.screen_stack) > 1:
            top = self.screen
            if isinstance(top, FrameScreen):
                await top.flush_draft()
            await self.pop_screen()
        home = self.screen
        if isinstance(home, FrameScreen) and type(home).look_up is not FrameScreen.look_up:
            result = home.look_up(initial)
            if result is not None:
                await result

    async def _look_up_pasted(self, text: str) -> None:
        """What is pasted where letters act is looked up, as a scanned label is."""
        if self.signed_in and not self.at_seat.locked:
            await self.look_up(plain(text))

    async def open_screen(self, name: str, /, *args: object, **kwargs: object) -> None:
        """Opens a screen of ``areas.SCREENS`` over the present one; done when it can take keys."""
        await self.go(areas.build(areas.SCREENS[name], *args, **kwargs))

    async def go(self, screen: Screen[Any], then: Callable[[Any], None] | None = None) -> None:
        """Opens a screen; ``then`` gets what it is dismissed with."""
        await self.push_screen(screen, then)
        if isinstance(screen, FrameScreen):
            screen.take_focus()

    async def show_help(self) -> None:
        """The help of the screen one is on."""
        from aftersales_tui.tui.modals.help import HelpScreen

        screen = self._frame()
        if screen is None or isinstance(self.screen, HelpScreen):
            return
        here = [
            (hint.key, hint.word, action_id, screen.refusal(action_id))
            for action_id in screen.ACTIONS
            for hint in (screen.hint(action_id),)
        ]
        await self.push_screen(HelpScreen(screen.help_title(), here, screen.help_words(), self.key_map))

    async def show_menu(self) -> None:
        """The commands as single keys; the one that is chosen is done on the screen below."""
        from aftersales_tui.tui.actions import ACTIONS
        from aftersales_tui.tui.modals.menu import MenuDialog

        screen = self._frame()
        if screen is None:
            return
        offered = [action.id for action in ACTIONS if screen.offers(action.id)]
        dimmed = [action_id for action_id in offered if screen.refusal(action_id)]

        async def chosen(action_id: str | None) -> None:
            if action_id == "app.quit":
                await self.action_quit()
            elif action_id:
                self.do(screen, action_id)

        await self.push_screen(MenuDialog(screen.help_title(), offered, dimmed), chosen)

    def do(self, screen: FrameScreen[Any], action_id: str) -> None:
        """Does an action of a screen from outside it, as menu and palette do."""
        self.run_worker(screen.action_act(action_id), group="do")

    def _frame(self) -> FrameScreen[Any] | None:
        found = [screen for screen in self.screen_stack if isinstance(screen, FrameScreen)]
        return found[-1] if found else None

    async def action_quit(self) -> None:
        """Leaves at once; half-typed forms stay as drafts."""
        await self.keep_drafts()
        self.exit(0)

    async def keep_drafts(self) -> None:
        """Keeps every form that is half typed."""
        for screen in self._every_screen():
            await screen.flush_draft()

    def _every_screen(self) -> list[FrameScreen[Any]]:
        stacks = [self._screen_stacks[mode] for mode in (*AREAS, "_default") if mode in self._screen_stacks]
        return [screen for stack in stacks for screen in stack if isinstance(screen, FrameScreen)]

    # Saying

    def toast(self, words: str, *, wrong: bool = False) -> None:
        """A sentence in the corner; user text in it is never markup."""
        self.notify(plain(words), severity="warning" if wrong else "information", markup=False)

    def copy_to_clipboard(self, text: str) -> None:
        """Without control characters: what is pasted into a shell must not run there."""
        super().copy_to_clipboard(plain(text, lines=True))

    def translated(self, marked: tuple[str, str]) -> str:
        """A word marked with ``NC_``."""
        return C_(*marked)

    def show_top(self, **changes: Any) -> None:
        """Changes what row 1 shows, on every screen."""
        self.top_state = replace(self.top_state, **changes)
        try:
            screens = self.screen_stack
        except ScreenStackError:
            return
        for screen in screens:
            for bar in screen.query(TopBar):
                bar.refresh()

    def show_error(self, error: ShopError) -> None:
        """A refusal as a toast, a fault of the shop file as a page that says what is safe."""
        if isinstance(error, StoreFault):
            self.run_worker(self._fault(error), group="fault", exclusive=True)
        else:
            self.toast(refusal(error), wrong=True)

    async def _fault(self, fault: ShopError) -> None:
        from aftersales_tui.tui.modals.fault import fault_page

        await self.push_screen_wait(fault_page(fault))

    def action_command_palette(self) -> None:
        """The palette: every command by name, every number, name and phone."""
        from textual.command import CommandPalette

        if self.signed_in and not self.at_seat.locked and not isinstance(self.screen, CommandPalette):
            words = C_("help", "type a command, a number or a name")
            self.push_screen(CommandPalette(placeholder=words, id="--command-palette"))

    # Other seats

    @property
    def version(self) -> int:
        """Counts what changed the shop file, whoever did; a screen that saw less reads again."""
        return self.seats.version

    def changed_by_us(self) -> None:
        """This seat saved something: the lists are read again at once."""
        self.seats.announce(ShopChanged(own=True))

    def saved_after_all(self) -> None:
        """A save ended after its screen was left."""
        self.toast(_("It was saved after all."))
        self.changed_by_us()

    # Keys

    async def on_event(self, event: Event) -> None:
        """Takes the keys of one burst in turn: Enter goes to another field before the next letter comes."""
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            self.at_seat.key_pressed()
            await self._in_turn.take(event)
        else:
            await super().on_event(event)

    def handle_bindings_clash(self, clashed_bindings: set[Binding], node: Any) -> None:
        """Says once which of the user's keys meet another action."""
        fresh = {binding.id or binding.key for binding in clashed_bindings} - self._clashes
        if fresh:
            self._clashes |= fresh
            self.toast(_("Two actions share a key: {actions}").format(actions=", ".join(sorted(fresh))))


def _collect_again() -> None:
    """What the start has made stays for good: it is not looked through again while somebody types."""
    gc.freeze()
    gc.enable()


def _providers() -> tuple[type[Provider], type[Provider]]:
    from aftersales_tui.tui.modals.palette import ActionProvider, DataProvider

    return ActionProvider, DataProvider


def _home(where: str | Callable[[], Screen[Any]]) -> Callable[[], Screen[Any]]:
    if callable(where):
        return where
    return lambda: areas.build(where)
