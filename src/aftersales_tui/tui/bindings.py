"""The registry of actions as Textual bindings."""

from typing import Literal

from textual.binding import Binding, BindingType

from aftersales_tui.tui.actions import ACTIONS, typing_id

Kind = Literal["list", "form", "dialog"]

_LEFT_TO_FIELDS = {"form.answer", "form.tick"}
_DIALOG = {"app.help", "app.back"}


def bindings_for(kind: Kind) -> list[BindingType]:
    """The bindings of a screen of that kind; letters act on lists, on forms only function and ctrl keys.

    List keys have priority so that a scanner's burst is taken key by key, in order; a screen's
    ``check_action`` lets them through to a field that is being typed in.
    """
    made: list[BindingType] = []
    for action in ACTIONS:
        if action.id == "app.quit" or (kind == "dialog" and action.id not in _DIALOG):
            continue
        typing = () if kind == "list" and action.id.startswith("form.") else action.typing
        if kind != "list" and action.id in _LEFT_TO_FIELDS:
            typing = ()
        name = action.id
        for key in typing:
            made.append(
                Binding(key, f"act('{name}')", action.id, show=False, priority=_takes_first(key),
                        id=typing_id(name))
            )  # fmt: skip
        if kind != "list":
            continue
        for key in action.keys:
            if key in typing:
                continue
            argument = f"letter('{name}', '{key}')"
            made.append(Binding(key, argument, action.id, show=False, priority=True, id=name))
    return made


def _takes_first(key: str) -> bool:
    """Function and ctrl keys act from inside a text field too; Enter, Tab and Esc leave it the first say."""
    return key.startswith(("ctrl+", "f")) and len(key) > 1
