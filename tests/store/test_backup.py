"""A copy is whole and verified, or there is none; the older ones always stay."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from aftersales_tui.domain.copies import Budget, CopyReason, SumState
from aftersales_tui.domain.errors import Busy, StoreFault
from aftersales_tui.store import backup
from aftersales_tui.store.checksums import compare, sum_file, sum_of
from aftersales_tui.store.engine import APPLICATION_ID, connected
from aftersales_tui.store.migrations import SCHEMA_VERSION
from shops import Desk

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def _take(path: Path, hours: float = 0) -> backup.CopyMade:
    return backup.take(path, CopyReason.ASKED, NOON + timedelta(hours=hours))


def test_a_copy_is_one_private_file_with_everything_and_its_checksum(desk: Desk) -> None:
    desk.opened()
    made = _take(desk.shop.path)
    assert made.file.name == "shop-0001-20261123T120000Z-asked.db"
    assert made.file.parent == desk.shop.path.parent / "backups"
    assert stat.S_IMODE(made.file.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(made.file.stat().st_mode) == 0o600
    assert made.sha256 == sha256(made.file.read_bytes()).hexdigest()
    assert sum_file(made.file).read_text() == f"{made.sha256}  {made.file.name}\n"
    assert (made.counts["job"], made.counts["call"], made.counts["staff"]) == (1, 1, 3)
    with closing(connected(made.file, mode="immutable")) as copy:
        assert copy.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert copy.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    names = {entry.name for entry in made.file.parent.iterdir()}
    assert names == {made.file.name, sum_file(made.file).name, ".shop.lock"}


def test_a_permissive_umask_opens_no_copy_to_others(shop_path: Path) -> None:
    before = os.umask(0)
    try:
        made = _take(shop_path)
    finally:
        os.umask(before)
    for file in (made.file, sum_file(made.file)):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_numbers_go_on_and_the_newest_is_the_last_made_whatever_the_clock_says(shop_path: Path) -> None:
    _take(shop_path, hours=700_000)
    _take(shop_path)
    found = backup.copies(shop_path)
    assert [copy.number for copy in found] == [2, 1]
    assert found[0].at == NOON


def test_copies_of_another_shop_file_in_the_folder_are_not_ours(shop_path: Path) -> None:
    made = _take(shop_path)
    other = shop_path.with_name("shop-2.db")
    other.write_bytes(shop_path.read_bytes())
    theirs = _take(other)
    assert [copy.file for copy in backup.copies(shop_path)] == [made.file]
    assert [copy.file for copy in backup.copies(other)] == [theirs.file]
    (made.file.parent / "shop-notes.db").touch()
    assert len(backup.copies(shop_path)) == 1


def test_writers_go_on_while_a_copy_is_made_and_it_holds_a_moment_of_theirs(desk: Desk) -> None:
    ended = threading.Event()

    def write() -> None:
        while not ended.is_set():
            desk.call()

    writer = threading.Thread(target=write)
    desk.call()
    writer.start()
    try:
        for n in range(5):
            made = _take(desk.shop.path, n)
            with closing(connected(made.file, mode="immutable")) as copy:
                calls, newest = copy.execute("SELECT count(*), max(number) FROM call").fetchone()
                counter = copy.execute("SELECT next_number FROM counter WHERE kind = 'call'").fetchone()[0]
                logged = copy.execute(
                    "SELECT count(*) FROM event WHERE record_kind = 'call' AND what = 'logged'"
                ).fetchone()[0]
            assert (calls, newest, logged) == (counter - 1, counter - 1, counter - 1)
    finally:
        ended.set()
        writer.join()


@pytest.mark.parametrize("stage", ["vacuum", "checksum", "sum file", "rename"])
def test_whatever_fails_the_older_copies_stay_and_nothing_half_made_is_left(
    shop_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    first = _take(shop_path)

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    if stage == "vacuum":
        monkeypatch.setattr(backup, "_make_private", fails)
    elif stage == "checksum":
        monkeypatch.setattr(backup, "sum_of", fails)
    elif stage == "sum file":
        monkeypatch.setattr(backup, "write_sum", fails)
    else:
        monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(StoreFault) as caught:
        _take(shop_path, 1)
    assert caught.value.problem.code == "copy_disk_full"
    monkeypatch.undo()
    assert [copy.file for copy in backup.copies(shop_path)] == [first.file]
    assert compare(first.file, sum_of(first.file)) is SumState.RIGHT
    assert _take(shop_path, 2).file.exists()
    assert not list(first.file.parent.glob("*.part*"))
    assert len(list(first.file.parent.glob("*.sha256"))) == 2


def test_a_copy_that_lacks_rows_is_thrown_away(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.call()
    real = backup.counts_of
    calls = iter([0, 0, -1])

    def one_less_in_the_copy(connection: sqlite3.Connection) -> dict[str, int]:
        found = real(connection)
        return {**found, "call": found["call"] + next(calls)}

    monkeypatch.setattr(backup, "counts_of", one_less_in_the_copy)
    with pytest.raises(StoreFault) as caught:
        _take(desk.shop.path)
    assert caught.value.problem.code == "copy_not_whole"
    assert backup.copies(desk.shop.path) == ()


def test_a_broken_shop_file_gives_no_copy(desk: Desk) -> None:
    for _ in range(40):
        desk.call()
    desk.shop.close()
    whole = bytearray(desk.shop.path.read_bytes())
    whole[len(whole) // 2 :] = b"\x00" * (len(whole) - len(whole) // 2)
    desk.shop.path.write_bytes(whole)
    with pytest.raises(StoreFault) as caught:
        _take(desk.shop.path)
    assert caught.value.problem.code in ("shop_file_damaged", "copy_not_whole")
    assert backup.copies(desk.shop.path) == ()


def test_what_a_dead_process_left_half_made_is_taken_away(shop_path: Path) -> None:
    folder = _take(shop_path).file.parent
    half = folder / "shop-0002-20261123T130000Z-closing.db.part"
    alone = folder / "shop-0003-20261123T130000Z-closing.db.sha256"
    for file in (half, alone):
        file.write_text("x")
    made = _take(shop_path)
    assert not half.exists()
    assert not alone.exists()
    assert made.file.name.startswith("shop-0002-")


def test_only_one_seat_copies_at_a_time(shop_path: Path) -> None:
    with backup.holding(shop_path), pytest.raises(Busy) as caught:
        backup.take(shop_path, CopyReason.CLOSING, NOON, wait=0)
    assert caught.value.problem.code == "busy_copying"
    assert backup.copies(shop_path) == ()


def test_a_copy_that_takes_too_long_is_given_up(shop_path: Path) -> None:
    with pytest.raises(StoreFault) as caught:
        backup.take(shop_path, CopyReason.CLOSING, NOON, stop=lambda: True)
    assert caught.value.problem.code == "copy_stopped"
    assert backup.copies(shop_path) == ()
    assert not list((shop_path.parent / "backups").glob("*.part*"))


def test_nothing_changed_until_somebody_writes(desk: Desk) -> None:
    made = _take(desk.shop.path)
    assert not backup.changed_since(desk.shop.path, made.file)
    desk.call()
    assert backup.changed_since(desk.shop.path, made.file)


def test_thinning_takes_the_checksum_along_and_never_the_newest(shop_path: Path) -> None:
    made = [_take(shop_path, n / 10) for n in range(4)]
    budget = Budget(hours=1, days=0, weeks=0, months=0, safety=0)
    assert backup.thin(shop_path, budget) == 3
    assert [copy.file for copy in backup.copies(shop_path)] == [made[-1].file]
    assert [file.name for file in made[0].file.parent.glob("*.sha256")] == [sum_file(made[-1].file).name]


def test_a_second_folder_gets_the_same_bytes(shop_path: Path, tmp_path: Path) -> None:
    made = _take(shop_path)
    stick = tmp_path / "stick"
    stick.mkdir()
    there = backup.mirror(made.file, stick)
    assert there.read_bytes() == made.file.read_bytes()
    assert compare(there, made.sha256) is SumState.RIGHT


@pytest.mark.parametrize("flip", [100, 5_000, -3])
def test_one_flipped_bit_is_found_by_the_checksum(shop_path: Path, flip: int) -> None:
    made = _take(shop_path)
    whole = bytearray(made.file.read_bytes())
    whole[flip] ^= 1
    made.file.write_bytes(whole)
    assert compare(made.file, sum_of(made.file)) is SumState.WRONG
