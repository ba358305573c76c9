"""The migrations make what the tables say, as a whole or not at all."""

from __future__ import annotations

import re
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aftersales_tui.domain.words import RecordKind
from aftersales_tui.store import events as account
from aftersales_tui.store import migrations, search, shop_file
from aftersales_tui.store.engine import Store
from aftersales_tui.store.tables import Job, every_table

INDEXES_OF_THE_LOOK_UP = ("search_trigram", "search_spaced", "sqlite_")


def _schema(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    path = tmp_path / "fresh.db"
    shop_file.create(path)
    return path


def test_a_fresh_file_has_the_tables_of_the_metadata(fresh: Path) -> None:
    with closing(sqlite3.connect(fresh)) as connection:
        found = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {name for name in found if not name.startswith(INDEXES_OF_THE_LOOK_UP)} == set(every_table())


@pytest.mark.parametrize("name", sorted(every_table()))
def test_a_fresh_table_has_the_columns_of_its_class(fresh: Path, name: str) -> None:
    table = every_table()[name]
    with closing(sqlite3.connect(fresh)) as connection:
        found = {
            row[1]: (bool(row[3]) or bool(row[5]), bool(row[5]))
            for row in connection.execute(f"PRAGMA table_info({name})")
        }
        keys = {(row[3], row[2], row[4]) for row in connection.execute(f"PRAGMA foreign_key_list({name})")}
    expected = {
        column.name: (not column.nullable or column.primary_key, column.primary_key)
        for column in table.columns
    }
    assert found == expected
    wanted = {
        (column.name, key.column.table.name, key.column.name)
        for column in table.columns
        for key in column.foreign_keys
    }
    assert keys == wanted


@pytest.mark.parametrize("name", sorted(every_table()))
def test_every_word_of_a_vocabulary_is_accepted_and_no_other(fresh: Path, name: str) -> None:
    table = every_table()[name]
    vocabularies = {c.name: list(c.type.enums) for c in table.columns if hasattr(c.type, "enums")}
    with closing(sqlite3.connect(fresh)) as connection:
        sql = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]
    for column, words in vocabularies.items():
        check = sql.split(f"\n  {column} TEXT", 1)[1].split("CHECK", 1)[1].split(")", 1)[0]
        if column == "status_before_closing":
            words = [word for word in words if word not in ("handed_over", "settled", "cancelled")]
        if column == "resume_to":
            words = ["received", "diagnosing", "in_repair", "testing"]
        if name == "search_doc":
            continue
        assert [part.strip(" '\n(") for part in check.split(" IN ", 1)[1].split(",")] == words, column


def test_a_word_of_no_vocabulary_is_refused_by_the_file_itself(fresh: Path) -> None:
    with closing(sqlite3.connect(fresh)) as connection, pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        connection.execute(
            "INSERT INTO staff (name, role, active, created_at, version) VALUES ('x', 'king', 1, 't', 1)"
        )


def test_a_statement_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = migrations.scripts()[0][1].read_text(encoding="utf-8")
    whole = list(migrations.statements(script))
    assert len(whole) > 30
    path = tmp_path / "shop.db"
    for place in range(len(whole)):
        broken = [*whole[:place], "SELECT no_such_function()", *whole[place:]]
        monkeypatch.setattr(migrations, "statements", lambda _, broken=broken: iter(broken))
        with closing(sqlite3.connect(path)) as connection:
            with pytest.raises(sqlite3.OperationalError, match="no_such_function"):
                migrations.migrate(connection)
            assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
            assert connection.execute("PRAGMA user_version").fetchone() == (0,)
    monkeypatch.undo()
    with closing(sqlite3.connect(path)) as connection:
        assert migrations.migrate(connection) == len(migrations.scripts())


def test_an_older_look_up_finds_the_same_with_customers_on_top(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    first, second = migrations.scripts()[:2]
    with closing(sqlite3.connect(path)) as connection:
        for statement in migrations.statements(first[1].read_text(encoding="utf-8")):
            connection.execute(statement)
        for n, kind in enumerate(("customer", "device", "call", "job")):
            connection.execute(
                "INSERT INTO search_doc (id, kind, record_id, text, spaced, codes)"
                " VALUES (?, ?, 1, '8027 电池', 'x 电 池', '#')",
                (1_700_000_000_000_000 + n, kind),
            )
        for name in ("search_trigram", "search_spaced"):
            connection.execute(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")
        for statement in migrations.statements(second[1].read_text(encoding="utf-8")):
            connection.execute(statement)
        for name, words in (("search_trigram", "8027"), ("search_spaced", '"电 池"')):
            kinds = connection.execute(
                f"SELECT d.kind FROM {name} t CROSS JOIN search_doc d ON d.id = t.rowid"
                f" WHERE t.{name} MATCH ? ORDER BY t.rowid DESC",
                (words,),
            ).fetchall()
            assert [kind for (kind,) in kinds] == ["customer", "device", "job", "call"]
        ids = dict(connection.execute("SELECT kind, id FROM search_doc").fetchall())
    moment = datetime.fromtimestamp(1_700_000_000, UTC)
    assert ids["customer"] == search.moment_id(RecordKind.CUSTOMER, moment)
    assert ids["call"] == search.moment_id(RecordKind.CALL, moment) + 2


def _before_the_chain(path: Path, events: int) -> None:
    """A file of the version before the chain, with events of every kind of data."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        for number, script in migrations.scripts():
            if script.stem.endswith("audit_chain"):
                break
            for statement in migrations.statements(script.read_text(encoding="utf-8")):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version={number}")
        said = [None, '{"after": {"status": "ready", "shelf": "A3"}}', '{"note": "打火"}']
        kinds = ["job", "job", "call"]
        connection.executemany(
            "INSERT INTO event (at, record_kind, record_id, what, data)"
            " VALUES ('2026-11-23 01:30:00.000000', ?, 7, 'ready', ?)",
            [(kinds[n % 3], said[n % 3]) for n in range(events)],
        )


def test_events_of_an_older_file_are_linked_and_keep_all_they_say(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    _before_the_chain(path, 7)
    columns = "id, at, staff_id, record_kind, record_id, what, data"
    with closing(sqlite3.connect(path)) as connection:
        before = connection.execute(f"SELECT {columns} FROM event").fetchall()
        assert migrations.migrate(connection) > 0
        assert connection.execute(f"SELECT {columns} FROM event").fetchall() == before
        statuses = [row[0] for row in connection.execute("SELECT status FROM event ORDER BY id")]
        assert statuses == [None, "ready", None, None, "ready", None, None]
        assert _schema(path) == _schema_of_a_new_file(tmp_path)
    store = Store(path)
    with store.writing() as session:
        assert account.verify_chain(session) is None
        account.record(session, datetime(2026, 11, 23, tzinfo=UTC), None, RecordKind.JOB, 7, "note")
        assert account.verify_chain(session) is None
        assert account.tail(session)[0] == 8
    store.close()


def _schema_of_a_new_file(folder: Path) -> list[tuple[str, str]]:
    shop_file.create(folder / "new.db")
    return _schema(folder / "new.db")


def test_a_step_beyond_sql_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.db"
    _before_the_chain(path, 3)
    before = _schema(path)

    def fails(connection: sqlite3.Connection) -> None:
        whole(connection)
        raise KeyError("in the middle")

    whole = migrations.BEYOND_SQL["audit_chain"]
    monkeypatch.setattr(migrations, "BEYOND_SQL", {"audit_chain": fails})
    with closing(sqlite3.connect(path)) as connection:
        with pytest.raises(KeyError, match="in the middle"):
            migrations.migrate(connection)
        assert _schema(path) == before
        assert connection.execute("SELECT count(*) FROM event").fetchone() == (3,)
    monkeypatch.undo()
    with closing(sqlite3.connect(path)) as connection:
        migrations.migrate(connection)
        assert connection.execute("PRAGMA user_version").fetchone() == (migrations.SCHEMA_VERSION,)


def test_every_step_beyond_sql_belongs_to_a_script() -> None:
    assert set(migrations.BEYOND_SQL) <= {path.stem[5:] for _, path in migrations.scripts()}


def test_a_file_that_is_up_to_date_is_not_migrated(fresh: Path) -> None:
    before = fresh.read_bytes()
    with closing(sqlite3.connect(fresh)) as connection:
        assert migrations.migrate(connection) == 0
    assert fresh.read_bytes() == before


def test_of_several_programs_each_step_is_taken_by_exactly_one(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    path.touch()
    taken: list[int] = []
    gate = threading.Barrier(4)

    def run() -> None:
        with closing(sqlite3.connect(path, timeout=10)) as connection:
            gate.wait()
            taken.append(migrations.migrate(connection))

    racers = [threading.Thread(target=run) for _ in range(4)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert sum(taken) == len(migrations.scripts())


def test_triggers_keep_their_inner_semicolons() -> None:
    script = "CREATE TABLE a (b); CREATE TRIGGER c BEFORE UPDATE ON a\nBEGIN\n  SELECT 1;\nEND;\n-- the end\n"
    one, two = migrations.statements(script.replace("; CREATE", ";\nCREATE"))
    assert one.strip() == "CREATE TABLE a (b);"
    assert two.strip().endswith("SELECT 1;\nEND;")


def test_a_script_that_ends_in_the_middle_is_refused() -> None:
    with pytest.raises(ValueError, match="middle"):
        list(migrations.statements("CREATE TABLE a (b"))


def test_a_migration_that_breaks_a_reference_is_undone(
    fresh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = tmp_path / "9999_breaks.sql"
    later.write_text(
        "INSERT INTO customer_phone (customer_id, position, raw, e164, digits, extension, label)\n"
        "VALUES (77, 0, '1', '', '1', '', '');\n"
    )
    monkeypatch.setattr(migrations, "scripts", lambda: [(9999, later)])
    before = _schema(fresh)
    with closing(sqlite3.connect(fresh)) as connection:
        with pytest.raises(sqlite3.IntegrityError, match="reference"):
            migrations.migrate(connection)
        assert connection.execute("SELECT count(*) FROM customer_phone").fetchone() == (0,)
    assert _schema(fresh) == before


def test_the_job_table_is_the_one_of_the_class(fresh: Path) -> None:
    assert Job.__tablename__ in dict(_schema(fresh))


def test_only_the_tables_themselves_know_which_of_them_were_made_so_far() -> None:
    source = Path(migrations.__file__).parents[2]
    among_those_made = re.compile(r"metadata\.tables(?!\[)")
    asking = [path.name for path in source.rglob("*.py") if among_those_made.search(path.read_text("utf-8"))]
    assert asking == ["__init__.py"]
