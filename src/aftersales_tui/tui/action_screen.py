"""Keys as actions: what a screen offers, how it is done, or why it cannot be done now."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from inspect import isawaitable, iscoroutinefunction
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.screen import Screen

from aftersales_tui.domain.errors import ShopError
from aftersales_tui.domain.permissions import Permission, may
from aftersales_tui.domain.text import VEIL
from aftersales_tui.domain.words import Role
from aftersales_tui.i18n import _
from aftersales_tui.tui.actions import BY_ID
from aftersales_tui.tui.bindings import Kind
from aftersales_tui.tui.focus import takes_letters
from aftersales_tui.tui.widgets.key_bar import Hint

if TYPE_CHECKING:
    from aftersales_tui.tui.app import AftersalesApp

R = TypeVar("R")

OFFERED_ALWAYS = frozenset(
    {
        "app.help", "app.desk", "app.bench", "app.office", "app.who", "app.palette", "app.menu", "app.back",
        "desk.new_call",
        "app.up", "app.down", "app.first", "app.last", "form.next", "form.previous",
    }
)  # fmt: skip
"""Acts on every screen without being named in its ``ACTIONS``."""

_MOVES = {"form.next", "form.previous"}

NEEDS: Mapping[str, Permission] = {
    "bench.record": Permission.DO_WORK,
    "bench.test": Permission.DO_WORK,
    "desk.follow_up": Permission.FOLLOW_UP,
    "desk.forget": Permission.PRIVACY,
    "desk.on_file": Permission.PRIVACY,
}
"""What an action needs on every screen; where it depends on the record, the screen says so in ``needs``."""


class ActionScreen(Screen[R]):
    """A screen whose keys are actions of the registry.

    An action ``desk.new_call`` named in ``ACTIONS`` calls ``do_desk_new_call``. A plain ``def`` is done
    before the next key is looked at (what it returns is awaited); an ``async def`` runs as a worker, may
    await dialogs, ``ask`` and ``write``, and a ``ShopError`` it raises is shown to the user.
    """

    KIND: ClassVar[Kind] = "list"
    ACTIONS: ClassVar[tuple[str, ...]] = ()
    """Ids of the actions offered here, in order of use: that is the order of the key row."""
    HINTS: ClassVar[Mapping[str, tuple[str, str]]] = {}
    """Other words for the key row, by action id, each marked with ``NC_("key", …)``."""

    # What it says of its keys

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
        reason = self.why_not(action_id)
        if not reason and action_id == "app.copy" and VEIL in self.copy_text():
            return _("the number is masked for this role")
        return reason

    def hints(self) -> Sequence[Hint]:
        """The key row: the screen's actions in order of use; one without a key stands in the palette."""
        return [self.hint(action_id) for action_id in self.ACTIONS if self.shown_key(action_id)]

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

    def not_now(self, reason: str) -> None:
        """Says why a dimmed key does nothing."""
        self.shop_app.toast(_("Not now: {reason}").format(reason=reason))

    def show_error(self, error: ShopError) -> None:
        """A refusal in words: at its field in a form, else as a toast; a fault of the file as a page."""
        self.shop_app.show_error(error)

    # What it stands on

    @property
    def shop_app(self) -> "AftersalesApp":
        """The program."""
        return cast("AftersalesApp", self.app)

    @property
    def types(self) -> bool:
        """Whether letters type here and now."""
        return self.KIND == "form" or takes_letters(self.focused)

    # Doing

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

    def look_up(self, initial: str) -> Awaitable[object] | None:
        """Goes to the look-up; the desk's home overrides this and puts the cursor into its line."""
        return self.shop_app.look_up(initial)

    def open_screen(self, name: str, /, *args: object, **kwargs: object) -> Awaitable[object]:
        """Opens a screen of ``areas.SCREENS`` over this one."""
        return self.shop_app.open_screen(name, *args, **kwargs)

    def _move(self, where: str, by: int) -> None:
        """Moves the cursor of what has the focus."""
