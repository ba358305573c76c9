"""A copy that is put back is the whole shop file from then on, or nothing changed."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aftersales_tui.domain.copies import CopyReason, SumState
from aftersales_tui.domain.errors import StoreFault
from aftersales_tui.services import calls
from aftersales_tui.store import backup, restoring
from aftersales_tui.store.checksums import sum_file
from aftersales_tui.store.engine import connected
from aftersales_tui.store.migrations import SCHEMA_VERSION
from shops import Desk

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def _nothing(_staged: Path) -> None:
    """Writes nothing more into what is put back."""


def _take(path: Path) -> Path:
    return backup.take(path, CopyReason.ASKED, NOON).file


def _calls(path: Path) -> int:
    with closing(connected(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return int(connection.execute("SELECT count(*) FROM call").fetchone()[0])


@pytest.fixture
def copy(desk: Desk) -> Path:
    """A copy with one call; the shop file has two."""
    desk.call()
    made = _take(desk.shop.path)
    desk.call()
    return made


def test_looking_into_a_copy_tells_what_is_in_it_and_writes_nothing(desk: Desk, copy: Path) -> None:
    before = copy.read_bytes()
    found = restoring.look_into(copy)
    assert (found.shop, found.schema, found.checksum) == ("Minghui 明辉", SCHEMA_VERSION, SumState.RIGHT)
    assert found.counts["call"] == 1
    assert found.newest_event == desk.clock.now
    assert copy.read_bytes() == before
    assert sorted(p.name for p in copy.parent.iterdir()) == [".shop.lock", copy.name, copy.name + ".sha256"]


def test_the_shop_file_holds_the_copy_and_the_copy_made_before_holds_the_rest(desk: Desk, copy: Path) -> None:
    done = restoring.put_back(desk.shop.path, copy, NOON, _nothing)
    assert _calls(desk.shop.path) == 1
    assert done.put_aside is not None
    assert done.put_aside.name.endswith("-before-restore.db")
    assert _calls(done.put_aside) == 2
    assert done.moved_aside is None
    assert not list(copy.parent.glob("*.part*"))


def test_a_seat_that_is_open_goes_on_with_what_was_put_back(desk: Desk, copy: Path) -> None:
    version = desk.shop.data_version()
    restoring.put_back(desk.shop.path, copy, NOON, _nothing)
    assert desk.shop.data_version() != version
    assert calls.listed(desk.shop)[1] == 1
    assert desk.call().call.number == 2


def test_other_seats_write_all_the_time_and_see_the_old_file_or_the_new(desk: Desk, copy: Path) -> None:
    ended, wrong = threading.Event(), []

    def write() -> None:
        try:
            while not ended.wait(0.01):
                desk.call()
        except Exception as error:
            wrong.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    for _ in range(5):
        restoring.put_back(desk.shop.path, copy, NOON, _nothing)
    ended.set()
    writer.join()
    assert wrong == []
    assert _calls(desk.shop.path) >= 1


def _flipped(copy: Path) -> None:
    whole = bytearray(copy.read_bytes())
    whole[-7] ^= 1
    copy.write_bytes(whole)


def _newer(copy: Path) -> None:
    sum_file(copy).unlink()
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA user_version=999")


def _foreign(copy: Path) -> None:
    sum_file(copy).unlink()
    copy.unlink()
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("CREATE TABLE theirs (a)")
        connection.commit()


def _text(copy: Path) -> None:
    sum_file(copy).unlink()
    copy.write_text("date,name\n" * 500)


def _half(copy: Path) -> None:
    sum_file(copy).unlink()
    whole = copy.read_bytes()
    copy.write_bytes(whole[: len(whole) // 2])


def _empty(copy: Path) -> None:
    sum_file(copy).unlink()
    copy.write_bytes(b"")


def _with_log(copy: Path) -> None:
    copy.with_name(copy.name + "-wal").write_bytes(b"frames")


SPOILT = {
    "copy_checksum_wrong": _flipped,
    "copy_newer": _newer,
    "copy_not_ours": _foreign,
    "copy_damaged": _half,
    "copy_missing": Path.unlink,
    "copy_unfinished": _with_log,
}


@pytest.mark.parametrize("code", SPOILT)
def test_a_copy_that_is_not_whole_and_ours_is_refused_and_nothing_changes(
    desk: Desk, copy: Path, code: str
) -> None:
    SPOILT[code](copy)
    before = desk.shop.path.read_bytes()
    with pytest.raises(StoreFault) as caught:
        restoring.put_back(desk.shop.path, copy, NOON, _nothing)
    assert caught.value.problem.code == code
    assert desk.shop.path.read_bytes() == before


@pytest.mark.parametrize("spoil", [_text, _empty])
def test_a_file_that_is_no_copy_at_all_is_refused(desk: Desk, copy: Path, spoil: object) -> None:
    spoil(copy)  # type: ignore[operator]
    with pytest.raises(StoreFault) as caught:
        restoring.put_back(desk.shop.path, copy, NOON, _nothing)
    assert caught.value.problem.code == "copy_not_ours"
    assert _calls(desk.shop.path) == 2


def test_a_copy_without_a_checksum_is_taken_when_its_pages_are_whole(desk: Desk, copy: Path) -> None:
    sum_file(copy).unlink()
    assert restoring.look_into(copy).checksum is SumState.MISSING
    restoring.put_back(desk.shop.path, copy, NOON, _nothing)
    assert _calls(desk.shop.path) == 1


BROKEN = {
    "half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "random bytes": lambda path: path.write_bytes(bytes(range(1, 255)) * 40),
    "empty": lambda path: path.write_bytes(b""),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_shop_file_is_moved_aside_with_its_journals(desk: Desk, copy: Path, how: str) -> None:
    desk.shop.close()
    path = desk.shop.path
    BROKEN[how](path)
    broken = path.read_bytes()
    stale = path.with_name("shop.db-wal")
    stale.write_bytes(b"left by somebody")
    done = restoring.put_back(path, copy, NOON, _nothing)
    assert done.put_aside is None
    assert done.moved_aside == path.with_name("shop.db.broken-20261123T120000Z")
    assert done.moved_aside.read_bytes() == broken
    assert not stale.exists()
    beside = path.with_name("shop.db.broken-20261123T120000Z-wal")
    assert beside.read_bytes() == b"left by somebody"
    assert _calls(path) == 1
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_shop_file_that_is_gone_comes_back(desk: Desk, copy: Path) -> None:
    desk.shop.close()
    desk.shop.path.unlink()
    done = restoring.put_back(desk.shop.path, copy, NOON, _nothing)
    assert (done.put_aside, done.moved_aside) == (None, None)
    assert _calls(desk.shop.path) == 1


def test_another_programs_file_in_its_place_is_left_alone(desk: Desk, copy: Path) -> None:
    desk.shop.close()
    desk.shop.path.unlink()
    with closing(sqlite3.connect(desk.shop.path)) as connection:
        connection.execute("CREATE TABLE theirs (a)")
        connection.commit()
    before = desk.shop.path.read_bytes()
    with pytest.raises(StoreFault) as caught:
        restoring.put_back(desk.shop.path, copy, NOON, _nothing)
    assert caught.value.problem.code == "shop_file_not_ours"
    assert desk.shop.path.read_bytes() == before


def test_a_newer_shop_file_is_not_overwritten_by_an_older_program(desk: Desk, copy: Path) -> None:
    desk.shop.close()
    with closing(sqlite3.connect(desk.shop.path)) as connection:
        connection.execute("PRAGMA user_version=999")
    before = desk.shop.path.read_bytes()
    with pytest.raises(StoreFault) as caught:
        restoring.put_back(desk.shop.path, copy, NOON, _nothing)
    assert caught.value.problem.code == "shop_file_newer"
    assert desk.shop.path.read_bytes() == before


def test_without_room_for_the_copy_of_before_nothing_is_put_back(
    desk: Desk, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "_make_private", full)
    with pytest.raises(StoreFault) as caught:
        restoring.put_back(desk.shop.path, copy, NOON, _nothing)
    assert caught.value.problem.code == "copy_disk_full"
    assert _calls(desk.shop.path) == 2


_STEPS = {"open", "os.rename", "os.remove", "os.link", "sqlite3.connect"}
"""Calls of the system that a restore makes; each is a place to die at."""


def _dies_at(point: int, path: Path, copy: Path) -> bool:
    """Puts a copy back in a process of its own that is killed at one step; whether it came that far."""
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    seen = 0

    def step(name: str, _arguments: object) -> None:
        nonlocal seen
        if name in _STEPS:
            seen += 1
            if seen == point:
                os.kill(os.getpid(), signal.SIGKILL)

    try:
        sys.addaudithook(step)
        restoring.put_back(path, copy, NOON, _nothing)
    finally:
        os._exit(0)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("present", ["whole", "broken"])
def test_whenever_the_process_is_killed_the_file_is_the_old_one_or_the_new(
    desk: Desk, copy: Path, present: str
) -> None:
    desk.shop.close()
    path = desk.shop.path
    whole = path.read_bytes()
    if present == "broken":
        whole = whole[: len(whole) // 2]
    found, came_so_far = [], True
    while came_so_far:
        path.write_bytes(whole)
        came_so_far = _dies_at(len(found) + 1, path, copy)
        found.append("old" if path.read_bytes() == whole else _calls(path))
    assert len(found) > 15
    assert set(found) == {"old", 1}
    assert found == sorted(found, key=lambda one: one == 1)
    if present == "broken":
        assert list(path.parent.glob("shop.db.broken-*"))
