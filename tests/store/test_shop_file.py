"""Ours, foreign, broken, older and newer files: each is told apart, and none is harmed."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from aftersales_tui import bootstrap
from aftersales_tui.domain.errors import StoreFault
from aftersales_tui.store import engine, migrations, shop_file
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
    "a folder": ("shop_file_missing", lambda path: path.mkdir()),
    "empty": ("shop_file_not_ours", lambda path: path.touch()),
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
    (aside,) = shop_path.parent.glob("shop.db.before-*")
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600
    with closing(sqlite3.connect(aside)) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (a_later_schema - 1,)
        assert copy.execute("SELECT count(*) FROM staff").fetchone() == (3,)
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


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
