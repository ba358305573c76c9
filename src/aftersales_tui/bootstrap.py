"""The composition root: the one clock, the shop file, and the shop made of both."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from aftersales_tui import config, paths
from aftersales_tui.domain.dates import read_moment
from aftersales_tui.domain.errors import Problem, StoreFault
from aftersales_tui.services.seat import Seat
from aftersales_tui.services.shop import Clock, Shop
from aftersales_tui.store import settings, shop_file
from aftersales_tui.views.shop import NewShop

if TYPE_CHECKING:
    from aftersales_tui.views.checking import Report, Stage


def read_clock(zone: ZoneInfo, environment: Mapping[str, str] = os.environ) -> Clock:
    """The system's clock, or the one ``AFTERSALES_NOW`` pins in shop-local time.

    Raises ``Refused`` (``moment_not_read``) when the variable cannot be read.
    """
    pinned = environment.get("AFTERSALES_NOW", "").strip()
    if not pinned:
        return lambda: datetime.now(UTC)
    moment = read_moment(pinned, zone)
    return lambda: moment


def world_clock() -> datetime:
    """The moment while the shop's time zone is not known yet."""
    return read_clock(ZoneInfo("UTC"))()


def open_shop(path: Path, clock: Clock | None = None) -> Shop:
    """Open the shop file at ``path``; raises ``StoreFault`` with what is wrong with it."""
    store = shop_file.open_store(path, clock or world_clock)
    if clock is None:
        with store.reading() as session:
            zone = ZoneInfo(settings.read(session).timezone)
        clock = read_clock(zone)
    return Shop(store, clock)


def check_shop(path: Path, *, repair: bool, tell: Callable[[Stage], None] | None = None) -> Report:
    """Examine the shop file at ``path``, also one that does not open because it is damaged.

    ``tell`` hears of each stage as it begins. Raises ``StoreFault`` for any other fault, ``Busy``.
    """
    from aftersales_tui.services import checking

    try:
        shop = open_shop(path)
        try:
            return checking.examine(shop, repair=repair, tell=tell)
        finally:
            shop.close()
    except StoreFault as fault:
        return checking.report_of_unreadable(path, fault)


def make_shop(path: Path, new: NewShop, clock: Clock | None = None) -> Shop:
    """Make a new shop file with the region's settings and its first person, and open it.

    Raises ``Refused`` for an answer that cannot be, ``StoreFault`` when the file cannot be made.
    """
    from aftersales_tui.services.settings import furnish, zone_of

    clock = clock or read_clock(zone_of(new))
    shop_file.create(path)
    store = shop_file.open_store(path, clock)
    try:
        furnish(store, clock, new)
    except BaseException:
        store.close()
        shop_file.remove(path)
        raise
    return Shop(store, clock)


def make_sample_shop(path: Path) -> None:
    """Make a shop file with the sample shop, its dates moved to now.

    Raises ``StoreFault``: ``sample_missing`` when the installation lacks it, else as ``make_shop``.
    """
    import tomllib

    from aftersales_tui.services import sample

    try:
        folder = paths.sample_data()
    except FileNotFoundError as error:
        raise StoreFault(Problem("sample_missing", "", {"file": str(error.args[0])})) from error
    about = tomllib.loads((folder / "shop.toml").read_text(encoding="utf-8"))
    now = read_clock(ZoneInfo(about["timezone"]))()
    sample.load_sample(path, folder, now, templates=paths.state_dir() / "sample")


def open_seat(path: Path, *, remembers: bool = True) -> Seat:
    """Open the shop file for a seat at the screen.

    It remembers who worked here last and keeps copies of the file, unless it is a sample to look at.
    """
    shop = open_shop(path)
    return Seat(
        shop.store,
        shop.clock,
        remembered=(lambda: config.read().staff) if remembers else (lambda: ""),
        remember=(lambda name: config.remember(staff=name)) if remembers else (lambda name: None),
        keeps_copies=remembers,
    )
