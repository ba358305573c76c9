"""Every key is an action with an id: the one registry behind bindings, key row, help, palette and key map.

This module knows nothing of Textual, so that ``aftersales keys`` starts without it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aftersales_tui.i18n import C_, N_, NC_, _

DESK, BENCH, OFFICE = "desk", "bench", "office"
AREAS = (DESK, BENCH, OFFICE)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a key does, with the same meaning on every screen.

    ``keys`` act on lists, ``typing`` also while typing; ``menu`` is its letter or digit after ctrl+g.
    """

    id: str
    hint: tuple[str, str]
    """The short word of the key row, with its context."""
    name: tuple[str, str]
    """The name in menu and palette, with its context."""
    description: str
    keys: tuple[str, ...] = ()
    typing: tuple[str, ...] = ()
    menu: str = ""
    areas: tuple[str, ...] = AREAS

    @property
    def shown_hint(self) -> str:
        """The short word in the language in use."""
        return C_(*self.hint)

    @property
    def shown_name(self) -> str:
        """The name in the language in use."""
        return C_(*self.name)

    @property
    def shown_description(self) -> str:
        """The meaning in the language in use."""
        return _(self.description)


_DESK = (DESK,)
_BENCH = (BENCH,)
_OFFICE = (OFFICE,)

ACTIONS: tuple[Action, ...] = (
    Action("app.help", NC_("key", "help"), NC_("action", "Help"),
           N_("help for where you are"), ("?", "？"), ("f1",), "1"),
    Action("app.desk", NC_("area", "Desk"), NC_("action", "Desk"),
           N_("the desk area, as it was left"), (), ("f2",), "2"),
    Action("app.bench", NC_("area", "Bench"), NC_("action", "Bench"),
           N_("the bench area, as it was left"), (), ("f3",), "3"),
    Action("app.office", NC_("area", "Office"), NC_("action", "Office"),
           N_("the office area, as it was left"), (), ("f4",), "4"),
    Action("desk.open_job", NC_("key", "open job"), NC_("action", "Open job"),
           N_("open a job for the call or the device that is selected"), ("o",), ("f5",), "5", _DESK),
    Action("desk.advise", NC_("key", "advised"), NC_("action", "Advised by phone, close the call"),
           N_("close the call as advised by phone; the 2-hour call-back is made"), (), ("f6",), "6", _DESK),
    Action("desk.keep_open", NC_("key", "keep open"), NC_("action", "Keep the call open"),
           N_("save the call, open, with its promised call-back"), (), ("f7",), "7", _DESK),
    Action("app.why", NC_("key", "why"), NC_("action", "Why"),
           N_("the reasons of the warranty verdict of what is selected"), ("v",), ("f8",), "8"),
    Action("app.who", NC_("key", "who"), NC_("action", "Switch person"),
           N_("switch the person at this seat"), ("u",), ("f9",), "9"),
    Action("app.save", NC_("key", "save"), NC_("action", "Save"),
           N_("save; do the marked line of the last section"), (), ("ctrl+s", "f10"), "0"),
    Action("desk.new_call", NC_("key", "new call"), NC_("action", "New call"),
           N_("a new call, carrying the selected customer and device"), ("n",), ("ctrl+n",), "n"),
    Action("app.look_up", NC_("key", "look up"), NC_("action", "Look up"),
           N_("the look-up"), ("/", "、"), ("ctrl+l",), "/"),
    Action("app.palette", NC_("key", "palette"), NC_("action", "All commands"),
           N_("every command by name, and every number, name and phone"), (":", "："), ("ctrl+p",), ":"),
    Action("app.menu", NC_("key", "menu"), NC_("action", "Menu"),
           N_("the same commands as single keys (digit n = Fn)"), ("g",), ("ctrl+g",)),
    Action("app.back", NC_("key", "back"), NC_("action", "Back"),
           N_("one step back; typing is kept as a draft"), ("escape",), ("escape",)),
    Action("app.quit", NC_("key", "quit"), NC_("action", "Quit"),
           N_("leave; drafts stay"), (), ("ctrl+q",), "q"),
    Action("form.on", NC_("key", "on"), NC_("action", "On"),
           N_("to the next field that needs you; in the last section: do it"), (), ("enter",)),
    Action("form.next", NC_("key", "field"), NC_("action", "Next field"),
           N_("to the very next field; on lists to the next part"), ("tab",), ("tab",)),
    Action("form.previous", NC_("key", "field back"), NC_("action", "Previous field"),
           N_("the other way"), ("shift+tab",), ("shift+tab",)),
    Action("form.answer", NC_("key", "answer"), NC_("action", "Answer"),
           N_("in a choice: the key in front answers and goes on"), (),
           ("1", "2", "3", "4", "5", "6", "7", "8", "9", "left", "right")),
    Action("form.tick", NC_("key", "tick"), NC_("action", "Tick"),
           N_("in a checklist: tick or untick"), (), ("space",)),
    Action("form.new_line", NC_("key", "new line"), NC_("action", "New line"),
           N_("in a field of several lines"), (), ("ctrl+o",)),
    Action("app.open", NC_("key", "open"), NC_("action", "Open"),
           N_("open what is selected, or do the step that is marked"), ("enter",)),
    Action("app.part", NC_("key", "part"), NC_("action", "Part"),
           N_("jump to the part with that number"), ("1", "2", "3", "4", "5", "6", "7", "8", "9")),
    Action("app.up", NC_("key", "up"), NC_("action", "Up"), N_("move up"), ("up", "k"), ("up",)),
    Action("app.down", NC_("key", "down"), NC_("action", "Down"), N_("move down"), ("down", "j"), ("down",)),
    Action("app.first", NC_("key", "first"), NC_("action", "First"),
           N_("jump to the first (PgUp by pages)"), ("home",)),
    Action("app.last", NC_("key", "last"), NC_("action", "Last"),
           N_("jump to the last (PgDn by pages)"), ("end",)),
    Action("app.earlier", NC_("key", "earlier"), NC_("action", "Earlier"),
           N_("the month, day or record before"), ("left", "[", "【")),
    Action("app.later", NC_("key", "later"), NC_("action", "Later"),
           N_("the month, day or record after"), ("right", "]", "】")),
    Action("bench.next", NC_("key", "next step"), NC_("action", "Next step"),
           N_("do the obvious next step of the selected job"), ("x",), (), "x", _BENCH),
    Action("bench.assign", NC_("key", "assign"), NC_("action", "Assign"),
           N_("give it to somebody, with a time"), ("a",), (), "a", _BENCH),
    Action("bench.start", NC_("key", "start"), NC_("action", "Start"),
           N_("start or resume work in my name"), ("s",), (), "s", _BENCH),
    Action("bench.wait", NC_("key", "wait…"), NC_("action", "Wait"),
           N_("wait for parts, approval, customer, maker, with a note"), ("w",), (), "w", _BENCH),
    Action("bench.record", NC_("key", "record"), NC_("action", "Record"),
           N_("write the repair record"), ("r",), (), "r", _BENCH),
    Action("bench.test", NC_("key", "test"), NC_("action", "Test"),
           N_("write the test result"), ("t",), (), "t", _BENCH),
    Action("bench.hand_over", NC_("key", "hand over"), NC_("action", "Hand over"),
           N_("hand the device over (asks)"), ("h",), (), "h", (DESK, BENCH)),
    Action("desk.informed", NC_("key", "told"), NC_("action", "Customer told"),
           N_("note who told the customer, when and by which channel"), ("i",), (), "i", (DESK, BENCH)),
    Action("desk.answered", NC_("key", "answered"), NC_("action", "Asked how it stands, was told"),
           N_("log the call of somebody who only asked whether it is ready"),
           ("b",), ("ctrl+r",), "b", _DESK),
    Action("desk.close_call", NC_("key", "close…"), NC_("action", "Close"),
           N_("end it without a (further) repair: asks how and why"), ("c",), (), "c", _DESK),
    Action("bench.cancel", NC_("key", "close…"), NC_("action", "Close"),
           N_("end it without a (further) repair: asks how and why"), ("c",), (), "c", _BENCH),
    Action("desk.follow_up", NC_("key", "follow-up"), NC_("action", "Follow-up"),
           N_("the follow-up sheet of what is selected"), ("f",), (), "f", _DESK),
    Action("app.device", NC_("key", "device"), NC_("action", "Device"),
           N_("the device's service card and history"), ("d",), (), "d"),
    Action("app.edit", NC_("key", "edit"), NC_("action", "Edit"),
           N_("change the selected record; on a verdict: override (owner)"), ("e",), (), "e"),
    Action("app.note", NC_("key", "note"), NC_("action", "Note"), N_("write a note"), ("m",), (), "m"),
    Action("app.print", NC_("key", "print"), NC_("action", "Print or export"),
           N_("paper or file"), ("p",), (), "p"),
    Action("app.copy", NC_("key", "copy"), NC_("action", "Copy"),
           N_("copy phone or number to the clipboard"), ("y",), (), "y"),
    Action("desk.on_file", NC_("key", "give out…"), NC_("action", "Everything on file about this person…"),
           N_("write everything on file about this customer into a folder (owner)"), (), (), "", _DESK),
    Action("desk.forget", NC_("key", "forget…"), NC_("action", "Forget this person…"),
           N_("forget this customer and keep the books; asks for the reason and a typed word (owner)"),
           (), (), "", _DESK),
    Action("office.care", NC_("key", "backups"), NC_("action", "Check and backups"),
           N_("the backups of the shop file; there: examine the file"), ("!", "！"), (), "!", _OFFICE),
    Action("office.staff", NC_("key", "staff"), NC_("action", "Staff"),
           N_("the people of the shop, their roles and PINs; there: somebody new"), ("@", "＠"), (), "@",
           _OFFICE),
    Action("app.log", NC_("key", "log"), NC_("action", "Log"),
           N_("who changed what, when"), ("l",), (), "l"),
)  # fmt: skip

BY_ID: Mapping[str, Action] = {action.id: action for action in ACTIONS}

EVERYWHERE = (
    "app.help", "app.desk", "app.bench", "app.office", "desk.open_job", "desk.advise", "desk.keep_open",
    "app.why", "app.who", "app.save", "desk.new_call", "app.look_up", "app.palette", "app.menu", "app.quit",
    "app.back",
)  # fmt: skip
"""What the right column of the help lists, in that order."""

_SHOWN = {
    "escape": "Esc", "enter": "Enter", "tab": "Tab", "shift+tab": "shift+Tab", "space": "Space",
    "up": "Up", "down": "Down", "left": "Left", "right": "Right", "home": "Home", "end": "End",
}  # fmt: skip


def shown_key(key: str) -> str:
    """The key as people read it: ``Enter``, ``F5``, ``ctrl+s``, ``n``."""
    if key in _SHOWN:
        return _SHOWN[key]
    if key[:1] == "f" and key[1:].isdigit():
        return key.upper()
    return key


class KeyMap:
    """The keys in force: the registry's own, changed by what the user's configuration says.

    A changed key that is a single letter or sign acts on lists, every other one also while typing;
    several are separated by commas. An unknown action id is ignored.
    """

    def __init__(self, changes: Mapping[str, str] | None = None) -> None:
        self._keys: dict[str, tuple[str, ...]] = {}
        self._typing: dict[str, tuple[str, ...]] = {}
        for action_id, text in (changes or {}).items():
            if action_id not in BY_ID:
                continue
            wanted = tuple(key.strip() for key in text.split(",") if key.strip())
            letters = tuple(key for key in wanted if len(key) == 1)
            others = tuple(key for key in wanted if len(key) > 1)
            if letters:
                self._keys[action_id] = letters
            if others:
                self._typing[action_id] = others

    def keys(self, action: Action) -> tuple[str, ...]:
        """The keys that act on lists."""
        return self._keys.get(action.id, action.keys)

    def typing(self, action: Action) -> tuple[str, ...]:
        """The keys that act while typing too."""
        return self._typing.get(action.id, action.typing)

    def first(self, action: Action, *, typing: bool) -> str:
        """The key to show for the action where letters act or, with ``typing``, where they type."""
        own = () if typing else self.keys(action)
        both = (*own, *self.typing(action))
        return shown_key(both[0]) if both else ""

    def for_textual(self) -> dict[str, str]:
        """The changes as ``App.set_keymap`` takes them."""
        changed = {action_id: ",".join(keys) for action_id, keys in self._keys.items()}
        changed.update({typing_id(action_id): ",".join(keys) for action_id, keys in self._typing.items()})
        return changed


def typing_id(action_id: str) -> str:
    """The binding id of the keys that act while typing; the action id itself is that of its letters."""
    return action_id + ":typing"


def keys_table(key_map: KeyMap | None = None) -> list[tuple[str, str, str, str]]:
    """Every action as ``(id, keys while typing, keys on lists, description)`` in the registry's order."""
    now = key_map or KeyMap()
    return [(a.id, _joined(now.typing(a)), _joined(now.keys(a)), a.shown_description) for a in ACTIONS]


def _joined(keys: Iterable[str]) -> str:
    shown = [shown_key(key) for key in keys]
    if shown[:9] == [str(n) for n in range(1, 10)]:
        shown[:9] = ["1-9"]
    return " ".join(shown)
