"""Ours, foreign, broken, older and newer files: each is told apart, and none is harmed."""

from __future__ import annotations

import sqlite3
import stat
import threading
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from aftersales_tui import bootstrap
from aftersales_tui.domain.errors import StoreFault
from aftersales_tui.store import backup, engine, migrations, shop_file
from aftersales_tui.views.shop import NewShop


def _foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (a)")
        connection.execute("PRAGMA user_version=1")
        connection.commit()


def _newer(path: Path) -> None:
    shop_file.create(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version=999")


CASES: dict[str, tuple[str, Callable[[Path], object]]] = {
    "missing": ("shop_file_missing", lambda path: None),
    "a folder": ("shop_file_is_folder", lambda path: path.mkdir()),
    "empty": ("shop_file_empty", lambda path: path.touch()),
    "text": ("shop_file_not_ours", lambda path: path.write_text("date,name\n" * 400)),
    "random bytes": ("shop_file_not_ours", lambda path: path.write_bytes(bytes(range(1, 255)) * 40)),
    "another program's": ("shop_file_not_ours", _foreign),
    "newer": ("shop_file_newer", _newer),
}


@pytest.mark.parametrize("case", CASES)
def test_a_file_that_cannot_be_opened_is_named_and_not_touched(tmp_path: Path, case: str) -> None:
    code, make = CASES[case]
    path = tmp_path / "shop.db"
    make(path)
    before = sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    with pytest.raises(StoreFault) as caught:
        bootstrap.open_shop(path)
    assert caught.value.problem.code == code
    assert caught.value.problem.values["file"] == str(path)
    assert (sha256(path.read_bytes()).hexdigest() if path.is_file() else "") == before
    assert not [other for other in tmp_path.iterdir() if other != path]


def test_a_log_of_another_file_beside_ours_is_not_played_into_it(shop_path: Path) -> None:
    foreign = shop_path.parent / "other.db"
    with closing(sqlite3.connect(foreign, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("CREATE TABLE theirs (a)")
        log = shop_path.with_name("shop.db-wal")
        log.write_bytes(foreign.with_name("other.db-wal").read_bytes())
    before = shop_path.read_bytes()
    with pytest.raises(StoreFault) as caught:
        bootstrap.open_shop(shop_path)
    assert caught.value.problem.code == "side_file_foreign"
    assert caught.value.problem.values["side"] == str(log)
    assert shop_path.read_bytes() == before


@pytest.mark.parametrize("cut", [1, 100, 4096])
def test_a_file_that_lost_its_end_is_damaged(shop_path: Path, cut: int) -> None:
    whole = shop_path.read_bytes()
    shop_path.write_bytes(whole[:-cut])
    with pytest.raises(StoreFault) as caught:
        bootstrap.open_shop(shop_path)
    assert caught.value.problem.code == "shop_file_damaged"
    assert shop_path.read_bytes() == whole[:-cut]


def test_half_a_file_is_damaged(shop_path: Path) -> None:
    whole = shop_path.read_bytes()
    shop_path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StoreFault) as caught:
        bootstrap.open_shop(shop_path)
    assert caught.value.problem.code == "shop_file_damaged"


def test_a_setting_that_is_missing_is_damage_and_no_crash(shop_path: Path) -> None:
    with closing(sqlite3.connect(shop_path)) as connection:
        connection.execute("DELETE FROM setting WHERE key = 'turnaround_days'")
        connection.commit()
    with pytest.raises(StoreFault) as caught:
        bootstrap.open_shop(shop_path)
    assert caught.value.problem.code == "shop_file_damaged"
    assert caught.value.problem.values["file"] == str(shop_path)


@pytest.mark.parametrize(
    ("key", "value"),
    [("timezone", "Mars/Olympus"), ("follow_up_days", "soon"), ("rest_days", "[1]"), ("rest_days", "{")],
)
def test_a_setting_that_makes_no_sense_is_damage(shop_path: Path, key: str, value: str) -> None:
    with closing(sqlite3.connect(shop_path)) as connection:
        connection.execute("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", (key, value))
        connection.commit()
    with pytest.raises(StoreFault) as caught:
        bootstrap.open_shop(shop_path)
    assert caught.value.problem.code == "shop_file_damaged"


def test_a_shop_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "shop.db"
    shop_file.create(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_an_existing_file_is_never_made_again(shop_path: Path) -> None:
    before = shop_path.read_bytes()
    with pytest.raises(StoreFault) as caught:
        bootstrap.make_shop(shop_path, NewShop(owner="Eve"))
    assert caught.value.problem.code == "shop_file_exists"
    assert shop_path.read_bytes() == before


def test_a_file_that_could_not_be_finished_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(connection: sqlite3.Connection) -> int:
        connection.execute("BEGIN")
        connection.execute("CREATE TABLE a (b)")
        raise sqlite3.OperationalError("disk gone")

    monkeypatch.setattr(shop_file, "migrate", fails)
    with pytest.raises(StoreFault):
        shop_file.create(tmp_path / "shop.db")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_a_fault_of_the_place(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreFault) as caught:
        shop_file.create(tmp_path / "file" / "shop.db")
    assert caught.value.problem.code == "read_only"


@pytest.fixture
def a_later_schema(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> int:
    number = migrations.SCHEMA_VERSION + 1
    later = tmp_path / f"{number:04d}_later.sql"
    later.write_text("ALTER TABLE customer ADD COLUMN shoe_size INTEGER;\n")
    steps = [*migrations.scripts(), (number, later)]
    monkeypatch.setattr(migrations, "scripts", lambda: steps)
    for module in (migrations, shop_file, engine):
        monkeypatch.setattr(module, "SCHEMA_VERSION", number)
    return number


def test_an_older_file_is_brought_up_to_date_after_a_copy(shop_path: Path, a_later_schema: int) -> None:
    shop = bootstrap.open_shop(shop_path)
    with shop.store.reading() as session:
        assert session.connection().exec_driver_sql("SELECT shoe_size FROM customer").all() == []
    shop.close()
    assert shop.brought_up_to_date is not None
    aside = shop.brought_up_to_date.copy
    assert [copy.file for copy in backup.copies(shop_path)] == [aside]
    assert aside.name.endswith("-before-migration.db")
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600
    with closing(sqlite3.connect(aside)) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (a_later_schema - 1,)
        assert copy.execute("SELECT count(*) FROM staff").fetchone() == (3,)
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_of_several_programs_that_open_an_older_file_exactly_one_copies_and_migrates(
    shop_path: Path, a_later_schema: int
) -> None:
    upgraded: list[bool] = []
    gate = threading.Barrier(4)

    def run() -> None:
        gate.wait()
        shop = bootstrap.open_shop(shop_path)
        upgraded.append(shop.brought_up_to_date is not None)
        shop.close()

    seats = [threading.Thread(target=run) for _ in range(4)]
    for seat in seats:
        seat.start()
    for seat in seats:
        seat.join()
    assert sorted(upgraded) == [False, False, False, True]
    assert len(backup.copies(shop_path)) == 1


def test_without_a_verified_copy_nothing_is_migrated(
    shop_path: Path, a_later_schema: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "faults_of", lambda _connection: ["page 3 is missing"])
    before = shop_path.read_bytes()
    with pytest.raises(StoreFault) as caught:
        bootstrap.open_shop(shop_path)
    assert caught.value.problem.code == "copy_not_whole"
    assert shop_path.read_bytes() == before


def test_a_migration_that_fails_leaves_the_file_as_it_was_and_the_copy_beside_it(
    shop_path: Path, a_later_schema: int
) -> None:
    with closing(sqlite3.connect(shop_path)) as connection:
        connection.execute("ALTER TABLE customer ADD COLUMN shoe_size INTEGER")
        tables = connection.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
    with pytest.raises(StoreFault) as caught:
        bootstrap.open_shop(shop_path)
    assert caught.value.problem.code == "store_failed"
    with closing(sqlite3.connect(shop_path)) as connection:
        assert connection.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall() == tables
        assert connection.execute("PRAGMA user_version").fetchone() == (a_later_schema - 1,)
    assert len(backup.copies(shop_path)) == 1


def test_a_program_that_is_open_notices_that_the_file_moved_on(shop_path: Path) -> None:
    shop = bootstrap.open_shop(shop_path)
    with closing(sqlite3.connect(shop_path)) as connection:
        connection.execute("PRAGMA user_version=999")
    with pytest.raises(StoreFault) as caught:
        shop.today()
    assert caught.value.problem.code == "shop_file_newer"
    with closing(sqlite3.connect(shop_path, timeout=0)) as connection:
        connection.execute(f"PRAGMA user_version={migrations.SCHEMA_VERSION}")
    assert shop.today().settings.name == "Minghui 明辉"
    shop.close()
