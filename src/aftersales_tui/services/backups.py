"""Copies of the shop file: on closing, daily, before anything that can go wrong, and when asked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from aftersales_tui import paths
from aftersales_tui.domain import permissions
from aftersales_tui.domain.copies import Budget, CopyReason, SumState
from aftersales_tui.domain.dates import local_day
from aftersales_tui.domain.errors import Busy, Problem, Refused, ShopError, StoreFault
from aftersales_tui.domain.permissions import Permission
from aftersales_tui.domain.text import clean
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.services import staff
from aftersales_tui.services.shop import Clock, Shop
from aftersales_tui.store import backup, events, places, restoring
from aftersales_tui.store import staff as store_staff
from aftersales_tui.store.checksums import Stop, compare, never, sum_of
from aftersales_tui.store.engine import BUSY_SECONDS, Store
from aftersales_tui.views.copies import CopyContent, CopyMade, CopyView, PutBack
from aftersales_tui.views.shop import ShopSettings


def folder_of(shop: Shop) -> Path:
    """The folder of the copies, beside the shop file."""
    return backup.folder_of(shop.path)


def until(seconds: float) -> Stop:
    """Says to stop a copy once so many seconds have gone by."""
    return backup.until(seconds)


def listed(shop: Shop) -> tuple[CopyView, ...]:
    """The copies beside the shop file, the newest first; their checksums are not looked at."""
    return backup.copies(shop.path)


def compared(copy: CopyView) -> CopyView:
    """The copy with what its checksum says; reads the whole file."""
    try:
        return replace(copy, checksum=compare(copy.file, sum_of(copy.file)))
    except OSError:
        return replace(copy, checksum=SumState.WRONG)


def back_up(
    shop: Shop,
    reason: CopyReason = CopyReason.ASKED,
    *,
    wait: float = BUSY_SECONDS,
    stop: Stop = never,
) -> CopyMade:
    """Make a verified copy, put it into the second folder too, and let go of what is kept no longer.

    Raises ``Busy`` and ``StoreFault`` as ``store.backup.take``; the older copies stay then. What went
    wrong with the second folder is in ``left_undone``; one that is not there is told by ``warnings``.
    """
    current, now = shop.settings(), shop.clock()
    made = backup.take(shop.path, reason, now, wait=wait, stop=stop)
    budget = budget_of(current)
    with suppress(OSError):
        backup.thin(shop.path, budget)
    try:
        _mirror(shop.path, current, now, reason, budget, stop)
    except StoreFault as undone:
        return replace(made, left_undone=undone.problems)
    return made


def back_up_to(shop: Shop, target: Path, *, overwrite: bool = False) -> CopyMade:
    """Make a verified copy at ``target``. Raises ``Refused`` (``file_exists``), else as ``back_up``."""
    target = _meant(str(target))
    with suppress(OSError):  # what no file can be called is told when it is written
        if target.is_dir():
            raise Refused(Problem("copy_is_folder", "file", {"file": str(target)}))
        if target.exists() and (not overwrite or target.samefile(shop.path)):
            raise Refused(Problem("file_exists", "file", {"file": str(target)}))
    return backup.write(shop.path, target)


def copy_of_the_day(shop: Shop) -> CopyMade | None:
    """The copy of the first opening of a shop-local day; None when there is one of today already."""
    day = shop.today()
    newest = next(iter(listed(shop)), None)
    if newest is not None and local_day(newest.at, day.zone) == day.today:
        return None
    return back_up(shop, CopyReason.DAILY)


def copy_on_closing(shop: Shop, *, stop: Stop = never) -> CopyMade | None:
    """The copy of the last change; None when there is one of it, or another seat makes it now."""
    newest = next(iter(listed(shop)), None)
    if newest is not None and not backup.changed_since(shop.path, newest.file):
        return None
    with suppress(Busy):
        return back_up(shop, CopyReason.CLOSING, wait=0, stop=stop)
    return None


def warnings(shop: Shop) -> tuple[Problem, ...]:
    """What somebody has to see to: a second folder that is missing for too long, a file others may read."""
    current, now, found = shop.settings(), shop.clock(), []
    second = second_folder(shop.path, current, now)
    if second is not None and not second.up_to_date:
        days = (now - second.reached_or_set).days
        if days >= current.backup_folder_days:
            values = {"folder": str(second.folder), "days": days}
            found.append(Problem("backup_folder_missing", "backup_folder", values))
    with suppress(OSError):
        if places.others_may_read(shop.path):
            found.append(Problem("shop_file_readable", "db", {"file": str(shop.path)}))
    return tuple(found)


def budget_of(current: ShopSettings) -> Budget:
    """How many copies the shop wants to keep."""
    return Budget(
        hours=current.backup_hours,
        days=current.backup_days,
        weeks=current.backup_weeks,
        months=current.backup_months,
        megabytes=current.backup_megabytes,
    )


@dataclass(frozen=True, slots=True)
class SecondFolder:
    """Where every copy goes a second time, and since when it did not."""

    folder: Path
    there: bool
    up_to_date: bool
    """Whether the newest copy is there too."""
    reached_or_set: datetime
    """When a copy last went there; before the first one, when it was first asked for."""


def second_folder(path: Path, current: ShopSettings, now: datetime) -> SecondFolder | None:
    """The second folder as it stands at ``now``; None when the shop has none.

    A folder that had copies once and has none now is a mount point without its drive: not there.
    """
    if not current.backup_folder:
        return None
    folder = Path(current.backup_folder)
    noted = _noted(path, folder, now)
    have = [copy.number for copy in backup.copies(path, folder)]
    newest = [copy.number for copy in backup.copies(path)[:1]]
    there = folder.is_dir() and (bool(have) or not noted.reached)
    there = there and folder.resolve() != backup.folder_of(path).resolve()
    return SecondFolder(folder, there, there and have[:1] == newest, noted.at)


def find_copy(path: Path, named: str) -> Path:
    """The copy somebody named: a file, or the number that the list shows."""
    file = _meant(named)
    with suppress(OSError):
        if file.exists():
            return file
    for copy in backup.copies(path):
        if named in (str(copy.number), f"{copy.number:04d}", copy.file.name):
            return copy.file
    return file


def _meant(named: str) -> Path:
    """The file somebody named; ``~`` is their home, and of somebody unknown a name like any other."""
    with suppress(RuntimeError):
        return Path(named).expanduser()
    return Path(named)


def look_into(copy: Path) -> CopyContent:
    """What is in a copy. Raises ``StoreFault`` as ``store.restoring.look_into``."""
    return restoring.look_into(copy)


def may_restore(shop: Shop, by: int) -> None:
    """Raises ``NotAllowed`` for somebody who may not put a backup back."""
    with shop.reading() as (session, _):
        actor = store_staff.required(session, by)
        permissions.check(actor.name, actor.role, Permission.RESTORE, active=actor.active)


def restore(path: Path, copy: Path, clock: Clock, acting: str = "") -> PutBack:
    """Put a copy back into the shop file, on record in the file itself.

    ``acting`` names who does it, whom ``may_restore`` let; somebody the copy does not know, or nobody, is
    the program. Whoever was forgotten since the copy was made is forgotten in it first. Raises
    ``StoreFault`` and ``Busy`` as ``store.restoring.put_back``.
    """
    now = clock()

    def on_record(staged: Path) -> None:
        store = Store(staged)
        try:
            shop = Shop(store, clock)
            by = None
            with suppress(ShopError):
                by = (staff.named(shop, acting) if acting else staff.cli_identity(shop)).id
            with store.writing() as session:
                said = {"copy": clean(copy.name)}
                events.record(session, now, by, RecordKind.SHOP, 0, "restored", after=said)
            # imported here: forgetting somebody makes copies
            from aftersales_tui.services.privacy import reapply_erasures

            reapply_erasures(shop, path)
        finally:
            store.close()

    return restoring.put_back(path, copy, now, on_record)


@dataclass(frozen=True, slots=True)
class _Noted:
    at: datetime
    reached: bool


def _mirror(
    path: Path, current: ShopSettings, now: datetime, reason: CopyReason, budget: Budget, stop: Stop
) -> None:
    """Bring the second folder up to the newest copy; notes when it was reached, or since when it is not."""
    if not current.backup_folder:
        return
    folder = Path(current.backup_folder)
    second = second_folder(path, current, now)
    asked = reason is CopyReason.ASKED and folder.is_dir()
    if second is None or not (second.there or asked):
        _note(path, folder, _noted(path, folder, now))
        return
    have = {copy.file.name for copy in backup.copies(path, folder)}
    newest = backup.copies(path)[0]
    if newest.file.name not in have:
        backup.mirror(newest.file, folder, stop=stop)
    with suppress(OSError):
        backup.thin(path, budget, folder)
    _note(path, folder, _Noted(now, reached=True))


def _note_file(path: Path) -> Path:
    return backup.folder_of(path) / f".{backup.prefix(path)}.second-folder.json"


def _noted(path: Path, folder: Path, now: datetime) -> _Noted:
    """What is known of the second folder; asked for since ``now`` when nothing is."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        said: Mapping[str, object] = json.loads(_note_file(path).read_text(encoding="utf-8"))
        if said["folder"] == str(folder):
            return _Noted(datetime.fromisoformat(str(said["at"])), bool(said["reached"]))
    return _Noted(now, reached=False)


def _note(path: Path, folder: Path, noted: _Noted) -> None:
    said = {"folder": str(folder), "at": noted.at.isoformat(), "reached": noted.reached}
    with suppress(OSError):
        paths.write_private(_note_file(path), json.dumps(said, ensure_ascii=False) + "\n")
