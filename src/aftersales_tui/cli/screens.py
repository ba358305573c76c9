"""Opens the screens: on the shop file, or on a copy of the sample shop."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aftersales_tui.cli.given import Given
from aftersales_tui.domain.errors import ShopError

if TYPE_CHECKING:
    from aftersales_tui.views.shop import NewShop


def show_shop(given: Given) -> int:
    """The screens on the shop file; without one they begin with the set-up. Gives back the exit code."""
    try:
        path = given.shop_file
    except ShopError as error:
        from aftersales_tui.cli import output

        output.refused(error, as_json=False)
        return error.exit_code
    # whatever else looks for the shop file during this run has to find the same one
    os.environ["AFTERSALES_DB"] = str(path)

    def open_shop() -> Any:
        from aftersales_tui import bootstrap

        return bootstrap.open_seat(path)

    if path.exists():
        return _run(given, open_shop)
    with tempfile.TemporaryDirectory(prefix="aftersales-demo-") as folder:
        return _run(given, open_shop, _doors(given, path, Path(folder)))


def _doors(given: Given, path: Path, folder: Path) -> Any:
    """What the first run may do, each importing the store only when it is done."""
    from aftersales_tui.tui.run import Doors

    def sets(region: str) -> Any:
        from aftersales_tui.services import first_run

        return first_run.region_sets(region)

    def make(file: Path, new: NewShop) -> None:
        from aftersales_tui import bootstrap, config

        bootstrap.make_shop(file, new).close()
        with suppress(ShopError):
            config.remember(language=new.language, staff=new.owner)

    def open_file(file: Path) -> Any:
        from aftersales_tui import bootstrap, config

        seat = bootstrap.open_seat(file)
        os.environ["AFTERSALES_DB"] = str(file)
        if file != path:
            with suppress(ShopError):  # a seat that cannot remember asks again the next time
                config.remember(shop_file=str(file.absolute()))
        return seat

    def sample() -> Any:
        from aftersales_tui import bootstrap

        shop = folder / "shop.db"
        if not shop.exists():
            bootstrap.make_sample_shop(shop)
        return bootstrap.open_seat(shop, remembers=False)

    def speak(language: str) -> None:
        from aftersales_tui import config

        with suppress(ShopError):
            config.remember(language=language)

    return Doors(file=path, sets=sets, make=make, open=open_file, sample=sample, speak=speak)


def show_sample(given: Given, keep: Path | None) -> int:
    """The screens on a fresh sample shop, in ``keep`` or in a folder that goes away afterwards.

    The shop is made before the first frame, so that telling it the first time can be interrupted.
    Raises ``StoreFault`` when it cannot be made.
    """
    from aftersales_tui import bootstrap
    from aftersales_tui.cli import output
    from aftersales_tui.i18n import _

    with tempfile.TemporaryDirectory(prefix="aftersales-demo-") as folder:
        path = keep or Path(folder) / "shop.db"
        output.warn(_("Preparing the sample shop; the first time this takes some seconds."))
        bootstrap.make_sample_shop(path)
        return _run(given, lambda: bootstrap.open_seat(path, remembers=False))


def _run(given: Given, open_shop: Callable[[], Any], doors: Any = None) -> int:
    from aftersales_tui import config

    try:
        seat = config.read()
    except ShopError as error:
        from aftersales_tui.cli import output

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
            set_up="set_up" if doors is not None else "",
            doors=doors,
            sign_in_as=_as(given.acting) if given.acting else None,
        )
    )


def _as(name: str) -> Callable[[Any], Any]:
    def person(shop: Any) -> Any:
        from aftersales_tui.services import staff
        from aftersales_tui.views.seat import Person

        found = staff.named(shop, name)
        return Person(found.id, found.name, found.role.value, has_pin=found.has_pin)

    return person


def has_terminal() -> bool:
    """Whether there is somebody to show the screens to."""
    return sys.stdin.isatty() and sys.stdout.isatty()
