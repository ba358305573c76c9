"""Looking after the shop file while the screens are shown, and copying it once more when they are left."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

from textual.worker import Worker

from aftersales_tui.domain.errors import Problem, ShopError, StoreFault
from aftersales_tui.i18n import _
from aftersales_tui.tui.ask import SHOW_AFTER, ask
from aftersales_tui.tui.safe_text import plain

if TYPE_CHECKING:
    from aftersales_tui.tui.app import AftersalesApp
    from aftersales_tui.tui.ports import Shop

FIRST_AFTER = 4.0
"""Seconds after the sign-in: the first lists come first."""
AGAIN_AFTER = 3600.0
"""Seconds: a seat that is never left has its copy of the day as well."""
LONGEST = 3.0
"""Seconds that leaving the program may take; a copy that needs longer is made the next time."""


def look_after(app: AftersalesApp) -> None:
    """From now on the copy of the day is made, and what somebody has to see to is said in the corner."""
    app.set_timer(FIRST_AFTER, lambda: _look(app), name="look after")
    app.set_interval(AGAIN_AFTER, lambda: _look(app), name="look after again")


def _look(app: AftersalesApp) -> None:
    _worker: Worker[None] = app.run_worker(_look_once(app), group="look after", exclusive=True)


async def _look_once(app: AftersalesApp) -> None:
    if app.shop is None:
        return
    try:
        problems = await ask(app.shop.look_after)
    except ShopError as error:
        problems = error.problems
    for problem in problems:
        app.toast(words_of(problem), wrong=True)


def words_of(problem: Problem) -> str:
    """A problem in one paragraph."""
    from aftersales_tui.i18n.messages import sentence

    return sentence(problem).replace("\n", " ")


def copy_on_leaving(shop: Shop, *, longest: float = LONGEST) -> None:
    """The copy of the last changes, once the terminal is given back; says so only when it takes a while."""
    told: list[Problem] = []

    def copy() -> None:
        try:
            told.extend(shop.copy_on_leaving(longest))
        except ShopError as error:
            told.extend(error.problems if isinstance(error, StoreFault) else ())

    copying = threading.Thread(target=copy, name="copy", daemon=True)
    copying.start()
    try:
        copying.join(SHOW_AFTER)
        if copying.is_alive():
            _say(_("Copying the shop file …"))
            copying.join(longest)
    except KeyboardInterrupt:
        return
    for problem in told:
        if problem.code != "copy_stopped":
            _say(words_of(problem))


def _say(text: str) -> None:
    sys.stderr.write(plain(text) + "\n")
    sys.stderr.flush()
