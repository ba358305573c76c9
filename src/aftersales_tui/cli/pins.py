"""PINs on the command line: from the environment, from the terminal without echo, never from an argument."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from aftersales_tui.domain.errors import NotAllowed, Problem, refuse
from aftersales_tui.i18n import _

if TYPE_CHECKING:
    from aftersales_tui.services.shop import Shop
    from aftersales_tui.views.staff import StaffView

VARIABLE = "AFTERSALES_PIN"
LONGEST_LINE = 200


def prove(shop: Shop, person: StaffView) -> None:
    """Somebody named with ``--as`` proves who they are. Raises ``NotAllowed``: ``pin_required`` …"""
    from aftersales_tui.cli import output
    from aftersales_tui.i18n.pin_words import news_line
    from aftersales_tui.services import pins

    typed = _given()
    if not typed and _terminal():
        typed = _asked(_("PIN of {name}:").format(name=person.name))
    if not typed:
        raise NotAllowed(Problem("pin_required", "pin", {"name": person.name}))
    pins.prove(shop, person.id, typed)
    zone = shop.today().zone
    for event in pins.news(shop, person.id):
        output.warn(news_line(event, zone))


def new_pin(name: str, *, stdin: bool) -> str:
    """The PIN somebody shall have. Raises ``Refused``: ``pin_missing``, ``pins_differ``."""
    if stdin:
        return sys.stdin.readline(LONGEST_LINE).strip()
    if typed := _given():
        return typed
    if not _terminal():
        raise refuse("pin_missing", "pin")
    typed = _asked(_("New PIN of {name}:").format(name=name))
    if typed != _asked(_("Once more:")):
        raise refuse("pins_differ", "pin")
    return typed


def os_user() -> str:
    """Who runs the program, as the system knows them."""
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):
        import getpass

        return getpass.getuser()


def _given() -> str:
    # taken out: no program that is started from here needs it, and it proves one thing only
    return os.environ.pop(VARIABLE, "")


def _terminal() -> bool:
    return sys.stdin.isatty()


def _asked(words: str) -> str:
    import getpass

    from aftersales_tui.domain.text import clean

    return getpass.getpass(clean(words) + " ")
