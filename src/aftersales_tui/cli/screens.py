"""Opens the screens: on the shop file, or on a copy of the sample shop."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aftersales_tui.cli.given import Given


def show_shop(given: Given) -> int:
    """The screens on the shop file; without one they begin with the set-up. Gives back the exit code."""
    path = given.shop_file
    # whatever else looks for the shop file during this run has to find the same one
    os.environ["AFTERSALES_DB"] = str(path)

    def open_shop() -> Any:
        from aftersales_tui import bootstrap

        return bootstrap.open_seat(path)

    return _run(given, open_shop, set_up="" if path.exists() else "set_up")


def show_sample(given: Given, keep: Path | None) -> int:
    """The screens on a fresh sample shop, in ``keep`` or in a folder that goes away afterwards."""
    with tempfile.TemporaryDirectory(prefix="aftersales-demo-") as folder:
        path = keep or Path(folder) / "shop.db"

        def open_shop() -> Any:
            from aftersales_tui import bootstrap

            bootstrap.make_sample_shop(path)
            return bootstrap.open_seat(path, remembers=False)

        return _run(given, open_shop)


def _run(given: Given, open_shop: Callable[[], Any], set_up: str = "") -> int:
    from aftersales_tui import config
    from aftersales_tui.cli import output
    from aftersales_tui.domain.errors import ShopError

    try:
        seat = config.read()
    except ShopError as error:
        output.refused(error, as_json=False)
        return error.exit_code
    language = given.language or config.language_wanted(seat)

    from aftersales_tui.tui.run import TuiOptions, run_tui

    return run_tui(
        TuiOptions(
            open_shop=open_shop,
            language=language,
            keys=seat.keys,
            ascii_glyphs=seat.glyphs == "ascii",
            set_up=set_up,
            sign_in_as=_as(given.acting) if given.acting else None,
        )
    )


def _as(name: str) -> Callable[[Any], Any]:
    def person(shop: Any) -> Any:
        from aftersales_tui.services import staff

        wanted = staff.named(shop, name).id
        return next(one for one in shop.people() if one.id == wanted)

    return person


def has_terminal() -> bool:
    """Whether there is somebody to show the screens to."""
    return sys.stdin.isatty() and sys.stdout.isatty()
