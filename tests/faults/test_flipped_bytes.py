"""Bits that rotted in a shop file: what of it is found, what stays unseen, and that none ends in a traceback.

What a flipped bit stood for is read from the file format (``pages``), not from what the program says of it.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from amounts import amount
from deeds import Hand, some_deed
from flips import HARMLESS, examined, flip_at, flips_in, say, unseen
from pages import INDEX, STRUCTURE, UNUSED, VALUE, Pages, content, records

from aftersales_tui import bootstrap
from aftersales_tui.domain.copies import SumState
from aftersales_tui.domain.dates import Month
from aftersales_tui.domain.errors import ShopError, StoreFault
from aftersales_tui.services import (
    backups,
    calls,
    customers,
    devices,
    followups,
    jobs,
    reports,
    search,
    staff,
)
from aftersales_tui.services.shop import Shop
from aftersales_tui.store import backup as store_backup
from aftersales_tui.store import checks
from aftersales_tui.store.checksums import sum_file
from aftersales_tui.store.comparing import altered_rows

COPIES = amount(500, 60)
IN_A_BACKUP = amount(500, 60)
IN_A_CHECKSUM = amount(500, 60)
IN_THE_EVENTS = amount(500, 60)
ANYWHERE = amount(500, 60)
IN_THE_STRUCTURE = amount(2000, 150)
IN_THE_INDEXES = amount(500, 60)
IN_THE_VALUES = amount(1000, 60)
REPAIRED_OF = 2
"""Of so many copies one is repaired too."""
DEEDS_AT_WORK = amount(1500, 300)


@pytest.fixture(scope="module")
def lived_in(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop file in which something has happened."""
    path = Path(shutil.copy(template, tmp_path_factory.mktemp("flips") / "shop.db"))
    shop = bootstrap.open_shop(path)
    hand = Hand(shop, Random(3), staff.cli_identity(shop).id, "f")
    done = 0
    while done < 150:
        try:
            some_deed(hand)
        except ShopError:
            continue
        done += 1
    shop.close()
    return path


def _read_everything(shop: Shop) -> None:
    """What the screens and the commands read, each by itself: one fault does not hide the next."""
    looks: list[Callable[[], object]] = [
        lambda: calls.listed(shop),
        lambda: calls.waiting(shop),
        lambda: followups.due(shop),
        lambda: customers.newest(shop),
        lambda: devices.newest(shop),
        lambda: reports.month(shop, Month.of(shop.today().today)),
        lambda: search.find(shop, "sparks"),
        lambda: search.find(shop, "打火"),
        lambda: jobs.board(shop, 1),
    ]
    for number in range(1, 25):
        looks += [
            lambda number=number: calls.show(shop, number),
            lambda number=number: jobs.show(shop, number),
            lambda number=number: customers.card(shop, number),
            lambda number=number: devices.history_of(shop, number),
        ]
    for look in looks:
        try:
            look()
        except ShopError:
            continue


@pytest.mark.torture
def test_a_copy_with_flipped_bytes_is_refused_or_used_but_never_ends_in_a_traceback(
    lived_in: Path, tmp_path: Path
) -> None:
    sound, chance, seen = lived_in.read_bytes(), Random(17), Counter[str]()
    for copy in range(COPIES):
        rotten = bytearray(sound)
        for _ in range(chance.choice((1, 1, 1, 4, 32))):
            rotten[chance.randrange(len(rotten))] ^= 1 << chance.randrange(8)
        path = tmp_path / f"{copy}.db"
        path.write_bytes(rotten)
        try:
            shop = bootstrap.open_shop(path)
        except StoreFault as fault:
            seen[fault.problem.code] += 1
            continue
        except ShopError as refused:
            seen[refused.problem.code] += 1
            continue
        try:
            _read_everything(shop)
            seen["opened"] += 1
        finally:
            shop.close()
        path.unlink()
    print(f"{COPIES} copies: {dict(seen)}")
    assert seen["opened"] > COPIES / 2


@pytest.fixture(scope="module")
def pages(lived_in: Path) -> Pages:
    """The sound file, and what each of its bytes is for."""
    return Pages(lived_in)


@pytest.fixture(scope="module")
def sound(lived_in: Path) -> dict[str, object]:
    """What the sound file says."""
    return content(lived_in)


@pytest.fixture
def copied(lived_in: Path, tmp_path: Path) -> Path:
    """A backup that the program made of the shop file in ``tmp_path``."""
    shop = bootstrap.open_shop(Path(shutil.copy(lived_in, tmp_path / "shop.db")))
    try:
        return backups.back_up(shop).file
    finally:
        shop.close()


def _flips_found_in_a_backup(rotting: Path, copy: Path, times: int, seed: int) -> None:
    """One bit at a time of a backup, or of the checksum beside it: each has to be found and refused."""
    shop_file, whole, chance = copy.parent.parent / "shop.db", rotting.read_bytes(), Random(seed)
    living, around = shop_file.read_bytes(), sorted(copy.parent.iterdir())
    (listed,) = (view for view in store_backup.copies(shop_file) if view.file == copy)
    missed, wrong = [], "copy_checksum_wrong"
    for _ in range(times):
        at, bit = chance.randrange(len(whole)), chance.randrange(8)
        rotten = bytearray(whole)
        rotten[at] ^= 1 << bit
        rotting.write_bytes(rotten)
        seen = [
            backups.compared(listed).checksum is SumState.WRONG,
            _refusal(lambda: backups.look_into(copy)) == wrong,
            _refusal(lambda: backups.restore(shop_file, copy, bootstrap.world_clock)) == wrong,
            examined(shop_file) == {"backup_wrong"},
            shop_file.read_bytes() == living,
            sorted(copy.parent.iterdir()) == around,
        ]
        if not all(seen):
            missed.append((at, bit, seen))
    print(f"{rotting.name}: {times} flips, {len(missed)} unseen")
    assert missed == []


def _refusal(deed: Callable[[], object]) -> str:
    """The code of what a deed was refused for."""
    try:
        deed()
    except StoreFault as refused:
        return refused.problem.code
    return ""


@pytest.mark.torture
def test_every_flipped_bit_in_a_backup_is_found_and_the_backup_refused(copied: Path) -> None:
    _flips_found_in_a_backup(copied, copied, IN_A_BACKUP, 1)


@pytest.mark.torture
def test_every_flipped_bit_in_the_checksum_of_a_backup_is_found_and_the_backup_refused(copied: Path) -> None:
    _flips_found_in_a_backup(sum_file(copied), copied, IN_A_CHECKSUM, 2)


@pytest.mark.torture
def test_every_flipped_bit_in_an_event_is_found(
    pages: Pages, sound: Mapping[str, object], tmp_path: Path
) -> None:
    values = pages.offsets(VALUE, "event") + pages.offsets(VALUE, "event_tail")
    assert {pages.use(offset).part for offset in values} >= EVENT_COLUMNS
    flips = flips_in(tmp_path / "shop.db", pages, sound, values, IN_THE_EVENTS, 3)
    say("in the events", flips)
    assert unseen(flips) == {}
    # the id stands in the row's place, and what stands for it among the values is idle
    assert not any(flip.told == HARMLESS for flip in flips if flip.use.part != "id")


EVENT_COLUMNS = {
    "id", "at", "staff_id", "record_kind", "record_id", "what", "status", "data", "salt", "digest", "chain",
}  # fmt: skip
"""The chain leaves none of them out."""


@pytest.mark.torture
def test_every_flipped_bit_in_the_head_of_the_file_is_found_or_changes_nothing(
    pages: Pages, sound: Mapping[str, object], tmp_path: Path
) -> None:
    every = [(offset, bit) for offset in range(100) for bit in range(8)]
    some = every if len(every) <= IN_THE_STRUCTURE else Random(4).sample(every, IN_THE_STRUCTURE)
    flips = [flip_at(tmp_path / "shop.db", pages, offset, bit, sound) for offset, bit in some]
    say("in the head of the file", flips)
    assert unseen(flips) == {}
    idle = {flip.use.part for flip in flips if flip.told == HARMLESS and flip.use.kind == STRUCTURE}
    assert idle <= IDLE_FIELDS


IDLE_FIELDS = {"schema format", "text encoding", "read version", "write version"}
"""Fields with bits that SQLite does not look at: only indexes that run downwards need to know the format, of
which there are none; of the encoding only the lowest bits count; a version of 0 is taken for 1."""


@pytest.mark.torture
def test_every_flipped_bit_in_the_structure_is_found_or_changes_nothing(
    pages: Pages, sound: Mapping[str, object], tmp_path: Path
) -> None:
    # as many of each part: there are far more bytes of definitions than of pointers
    parts: dict[str, list[int]] = {}
    for offset in pages.offsets(STRUCTURE):
        use = pages.use(offset)
        part = "definitions" if use.owner == "sqlite_schema" else use.part
        if use.owner != "header":
            parts.setdefault(part, []).append(offset)
    path, flips = tmp_path / "shop.db", []
    for seed, (part, offsets) in enumerate(sorted(parts.items())):
        of_part = flips_in(path, pages, sound, offsets, IN_THE_STRUCTURE // len(parts), seed)
        say(f"in the structure, {part}", of_part)
        flips += of_part
    say("in the structure", flips)
    assert unseen(flips) == {}


@pytest.mark.torture
def test_every_flipped_bit_in_an_index_is_found_or_changes_nothing(
    pages: Pages, sound: Mapping[str, object], tmp_path: Path
) -> None:
    flips = flips_in(tmp_path / "shop.db", pages, sound, pages.offsets(INDEX), IN_THE_INDEXES, 6)
    say("in the indexes", flips)
    assert unseen(flips) == {}


@pytest.mark.torture
def test_flipped_bits_in_the_values_of_the_live_file_are_counted(
    pages: Pages, sound: Mapping[str, object], tmp_path: Path
) -> None:
    values = [offset for offset in pages.offsets(VALUE) if pages.use(offset).owner not in _IN_THE_CHAIN]
    flips = flips_in(tmp_path / "shop.db", pages, sound, values, IN_THE_VALUES, 7)
    say("in the values of other tables than the events", flips)
    assert unseen(flips).total() < IN_THE_VALUES / 2


_IN_THE_CHAIN = ("event", "event_tail")


@pytest.mark.torture
def test_every_flipped_bit_in_a_record_that_a_backup_has_is_found(
    pages: Pages, sound: Mapping[str, object], copied: Path
) -> None:
    values = [
        offset
        for offset in pages.offsets(VALUE)
        if (use := pages.use(offset)).owner in _COMPARED and use.part not in _NOT_COMPARED
    ]
    flips = flips_in(copied.parent.parent / "shop.db", pages, sound, values, IN_THE_VALUES, 9)
    say("in the records that a backup has", flips)
    assert unseen(flips) == {}


_COMPARED = (
    "customer", "customer_phone", "product", "device", "call", "verdict", "job", "follow_up", "staff",
)  # fmt: skip
_NOT_COMPARED = ("version", "pin_failures", "pin_wait_until", "told_event")
"""A version that went up is what a change looks like; a PIN's wrong tries change without one."""


@pytest.mark.torture
def test_a_shop_at_work_never_differs_from_its_backups_unaccountably(shop_file: Path) -> None:
    shop = bootstrap.open_shop(shop_file)
    hand, copies = Hand(shop, Random(10), staff.cli_identity(shop).id, "w"), []
    for deed in range(DEEDS_AT_WORK):
        if deed % 25 == 0:
            copies.append(backups.back_up(shop).file)
        with suppress(ShopError):
            some_deed(hand)
    shop.close()
    with checks.looking(shop_file) as connection:
        assert [found for copy in copies if copy.exists() for found in altered_rows(connection, copy)] == []


@pytest.mark.torture
def test_of_flips_anywhere_only_those_in_a_value_stay_unseen_and_a_repair_loses_nothing(
    pages: Pages, sound: Mapping[str, object], tmp_path: Path
) -> None:
    path, chance = tmp_path / "shop.db", Random(8)
    flips, repaired = [], Counter[str]()
    for copy in range(ANYWHERE):
        offset, bit = chance.randrange(len(pages.bytes)), chance.randrange(8)
        flips.append(flip_at(path, pages, offset, bit, sound))
        if flips[-1].told != HARMLESS and copy % REPAIRED_OF == 0:
            before = _kept_by_repairs(path)
            repaired.update(examined(path, repair=True))
            assert _kept_by_repairs(path) == before or not before
            # the next flip is not held against the copy of this one
            shutil.rmtree(store_backup.folder_of(path), ignore_errors=True)
    say("anywhere", flips)
    print(f"  repairs of {dict(repaired)}")
    assert {kind for kind, _, _ in unseen(flips)} <= {VALUE}
    assert not any(flip.use.owner in _IN_THE_CHAIN for flip in flips if not flip.told)
    assert all(flip.told == HARMLESS for flip in flips if flip.use.kind == UNUSED)


def _kept_by_repairs(path: Path) -> dict[str, object]:
    """What no repair may change: all but the look-up and the counters; nothing where it cannot be read."""
    try:
        found = records(path)
    except sqlite3.DatabaseError:
        return {}
    return {name: rows for name, rows in found.items() if name not in ("search_doc", "counter")}
