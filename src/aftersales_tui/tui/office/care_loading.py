"""What the screen of backups asks of the services; each is called in a worker thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

from aftersales_tui.views.checking import Report
from aftersales_tui.views.copies import CopyContent, CopyMade, CopyView, PutBack


@dataclass(frozen=True, slots=True)
class Kept:
    """The copies there are, and where else they go."""

    copies: Sequence[CopyView]
    folder: Path
    second: Path | None
    second_there: bool
    now: datetime
    zone: tzinfo


def kept(shop: Any) -> Kept:
    """The copies by their names; their checksums are compared by ``compared``."""
    from aftersales_tui.services import backups

    day = shop.today()
    second = backups.second_folder(shop.path, day.settings, day.now)
    return Kept(
        copies=backups.listed(shop),
        folder=backups.folder_of(shop),
        second=second.folder if second else None,
        second_there=second.there if second else False,
        now=day.now,
        zone=day.zone,
    )


def compared(copies: Sequence[CopyView]) -> list[CopyView]:
    """The copies with what their checksums say; reads every one of them."""
    from aftersales_tui.services import backups

    return [backups.compared(copy) for copy in copies]


def back_up(shop: Any) -> CopyMade:
    """A copy now. Raises ``StoreFault``, ``Busy``."""
    from aftersales_tui.services import backups

    return backups.back_up(shop)


def examine(shop: Any, repair: bool) -> Report:
    """The shop file examined. Raises ``StoreFault``, ``Busy``."""
    from aftersales_tui.services import checking

    return checking.examine(shop, repair=repair)


def look_into(copy: Path) -> CopyContent:
    """What is in a copy. Raises ``StoreFault``."""
    from aftersales_tui.services import backups

    return backups.look_into(copy)


def restore(shop: Any, copy: Path, person_id: int, person: str) -> PutBack:
    """A copy into the shop file. Raises ``NotAllowed``, ``StoreFault``, ``Busy``."""
    from aftersales_tui.services import backups

    backups.may_restore(shop, person_id)
    done = backups.restore(shop.path, copy, shop.clock, person)
    shop.renew()
    return done
