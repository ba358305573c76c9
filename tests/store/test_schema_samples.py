"""A kept file of every version before this one opens, and every row of it is still there."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from aftersales_tui import bootstrap
from aftersales_tui.domain.errors import StoreFault
from aftersales_tui.services import jobs, search
from aftersales_tui.store import backup, migrations, shop_file

SAMPLES = Path(__file__).parent.parent / "data" / "schema"
VERSIONS = [number for number, _ in migrations.scripts()][:-1]
MADE_ANEW = {"search_doc", "sqlite_sequence"}
"""Tables that a migration writes anew; the look-up is asked instead."""


def unpack(version: int, path: Path) -> Path:
    """The kept file of a version, at ``path``."""
    path.write_bytes(gzip.decompress((SAMPLES / f"{version:04d}.db.gz").read_bytes()))
    path.chmod(0o600)
    return path


def _columns(connection: sqlite3.Connection) -> dict[str, list[str]]:
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_%'"
    ).fetchall()
    return {
        table: [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        for (table,) in tables
        if table not in MADE_ANEW
    }


def _sums(path: Path, columns: dict[str, list[str]]) -> dict[str, str]:
    """What stands in the columns, table by table."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: sha256(
                repr(
                    connection.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY 1, 2").fetchall()
                ).encode()
            ).hexdigest()
            for table, names in columns.items()
        }


def _schema(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    return connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


@pytest.mark.parametrize("version", VERSIONS)
def test_a_file_of_each_version_before_this_one_is_kept(version: int) -> None:
    assert (SAMPLES / f"{version:04d}.db.gz").exists(), "run: python tools/schema_samples.py"


@pytest.mark.parametrize("version", VERSIONS)
def test_a_file_of_an_older_version_opens_with_every_row(version: int, tmp_path: Path) -> None:
    path = unpack(version, tmp_path / "shop.db")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (version,)
        columns = _columns(connection)
    assert len(columns) > 10
    before = _sums(path, columns)
    shop = bootstrap.open_shop(path)
    try:
        assert _sums(path, columns) == before
        assert shop.brought_up_to_date is not None
        assert (shop.brought_up_to_date.found, shop.brought_up_to_date.now) == (
            version,
            migrations.SCHEMA_VERSION,
        )
        assert _sums(shop.brought_up_to_date.copy, columns) == before
        assert search.find(shop, "8022").items[0].title.startswith("王芳")
        assert jobs.show(shop, jobs.id_of(shop, 3)).status == "handed_over"
    finally:
        shop.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("version", VERSIONS)
def test_an_older_file_becomes_the_same_as_a_fresh_one(version: int, tmp_path: Path) -> None:
    path = unpack(version, tmp_path / "shop.db")
    bootstrap.open_shop(path).close()
    fresh = tmp_path / "fresh.db"
    shop_file.create(fresh)
    with closing(sqlite3.connect(path)) as older, closing(sqlite3.connect(fresh)) as new:
        assert _schema(older) == _schema(new)


@pytest.mark.parametrize("version", VERSIONS)
def test_wherever_a_migration_fails_the_older_file_is_as_it_was(
    version: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = unpack(version, tmp_path / "shop.db")
    number, script = next(step for step in migrations.scripts() if step[0] > version)
    monkeypatch.setattr(migrations, "scripts", lambda: [(number, script)])
    whole = list(migrations.statements(script.read_text(encoding="utf-8")))
    with closing(sqlite3.connect(path)) as connection:
        columns = _columns(connection)
        before = (_sums(path, columns), _schema(connection))
        for place in range(len(whole) + 1):
            broken = [*whole[:place], "SELECT no_such_function()", *whole[place:]]
            monkeypatch.setattr(migrations, "statements", lambda _, broken=broken: iter(broken))
            with pytest.raises(sqlite3.OperationalError, match="no_such_function"):
                migrations.migrate(connection)
            assert connection.execute("PRAGMA user_version").fetchone() == (version,)
        assert (_sums(path, columns), _schema(connection)) == before


def test_an_older_program_never_writes_into_a_newer_file(tmp_path: Path) -> None:
    path = unpack(1, tmp_path / "shop.db")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version=999")
    before = sha256(path.read_bytes()).hexdigest()
    for use in (lambda: bootstrap.open_shop(path), lambda: shop_file.version_of(path)):
        with pytest.raises(StoreFault) as caught:
            use()
        assert caught.value.problem.code == "shop_file_newer"
        assert caught.value.problem.values["found"] == 999
    assert sha256(path.read_bytes()).hexdigest() == before
    assert backup.copies(path) == ()
