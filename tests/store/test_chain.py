"""The account of events is a chain: whatever is changed behind the program's back is found and named."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftersales_tui.domain.words import BreakKind, JobStatus, RecordKind
from aftersales_tui.store import chain, events, shop_file
from aftersales_tui.store.engine import Store
from aftersales_tui.views.audit import Break
from shops import OPENING

FORGED = {
    "id": (7, 4_000_000),
    "at": ("2026-11-23 01:30:00.000000", "2026-11-23 01:31:00.000000"),
    "staff_id": (None, 2, 3),
    "record_kind": ("job", "customer"),
    "record_id": (9, 10),
    "what": ("note", "ready"),
    "status": (None, "ready"),
    "data": ('{"note": "no"}', '{"note": "yes"}'),
    "salt": (bytes(16), b"s" * 16),
    "digest": (bytes(32), b"d" * 32),
    "chain": (bytes(32), b"c" * 32),
}
"""Two values that cannot both be what stands there."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "shop.db"
    shop_file.create(path)
    store = Store(path)
    try:
        with store.writing() as session:
            for n in range(1, 7):
                at = OPENING + timedelta(minutes=n)
                events.record(session, at, None, RecordKind.JOB, n, "note", note=f"line {n}")
    finally:
        store.close()
    return path


def _break(path: Path) -> Break | None:
    store = Store(path)
    try:
        with store.reading() as session:
            return events.verify_chain(session)
    finally:
        store.close()


def _forge(path: Path, *statements: str, values: tuple[object, ...] = ()) -> None:
    """As somebody who owns the file: without triggers, checks and references."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement, values if "?" in statement else ())


def test_an_account_that_only_this_program_wrote_is_whole(path: Path) -> None:
    assert _break(path) is None


def test_an_empty_account_is_whole(tmp_path: Path) -> None:
    shop_file.create(tmp_path / "empty.db")
    assert _break(tmp_path / "empty.db") is None


@pytest.mark.parametrize("event_id", [1, 4, 6])
@pytest.mark.parametrize("column", FORGED)
def test_every_column_of_an_event_is_sealed(path: Path, column: str, event_id: int) -> None:
    with closing(sqlite3.connect(path)) as connection:
        before = connection.execute(f"SELECT {column} FROM event WHERE id = ?", (event_id,)).fetchone()[0]
    forged = next(value for value in FORGED[column] if value != before and value != event_id)
    _forge(path, f"UPDATE event SET {column} = ? WHERE id = {event_id}", values=(forged,))
    found = _break(path)
    assert found is not None
    assert found.event_id == event_id
    if column in ("data", "salt", "digest"):
        assert found.kind is BreakKind.DATA
    elif column == "id":
        assert found.kind is (BreakKind.REMOVED)
    else:
        assert found.kind is BreakKind.CHANGED


def test_data_that_was_emptied_without_its_salt_is_found(path: Path) -> None:
    _forge(path, "UPDATE event SET data = NULL WHERE id = 3")
    assert _break(path) == Break(3, BreakKind.DATA)


@pytest.mark.parametrize("event_id", [1, 3])
def test_a_removed_event_is_missed(path: Path, event_id: int) -> None:
    _forge(path, f"DELETE FROM event WHERE id = {event_id}")
    assert _break(path) == Break(event_id, BreakKind.REMOVED)


@pytest.mark.parametrize("kept", [0, 3, 5])
def test_events_cut_off_the_end_are_missed(path: Path, kept: int) -> None:
    _forge(path, f"DELETE FROM event WHERE id > {kept}")
    assert _break(path) == Break(kept + 1, BreakKind.CUT_OFF)


def test_an_event_put_in_between_is_named(path: Path) -> None:
    _forge(
        path,
        "UPDATE event SET id = id + 1000 WHERE id > 3",
        "UPDATE event SET id = id - 998 WHERE id > 1000",
        "INSERT INTO event SELECT 4, at, staff_id, record_kind, record_id, what, status, data, salt, digest,"
        " chain FROM event WHERE id = 3",
    )
    found = _break(path)
    assert found is not None
    assert found.event_id == 4


def test_an_event_put_behind_the_last_is_named(path: Path) -> None:
    _forge(
        path,
        "INSERT INTO event SELECT 7, at, staff_id, record_kind, record_id, what, status, data, salt, digest,"
        " chain FROM event WHERE id = 6",
    )
    assert _break(path) == Break(7, BreakKind.INSERTED)


def test_an_event_linked_on_without_the_program_is_named(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        row = list(connection.execute("SELECT * FROM event WHERE id = 6").fetchone())
    row[0] = 7
    sealed = (7, row[1], row[2], row[3], row[4], row[5], row[6], row[9])
    row[10] = chain.link(row[10], *sealed)
    _forge(path, "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values=tuple(row))
    assert _break(path) == Break(7, BreakKind.INSERTED)


def test_a_tail_that_is_gone_is_found(path: Path) -> None:
    _forge(path, "DELETE FROM event_tail")
    found = _break(path)
    assert found is not None
    assert found.kind is BreakKind.INSERTED


def _forget(path: Path, *ids: int, on_file: bool) -> None:
    store = Store(path)
    try:
        with store.writing() as session:
            for event_id in ids:
                events.forget_data(session, [event_id])
                if on_file:
                    events.record(session, OPENING, None, RecordKind.JOB, event_id, events.ERASED)
    finally:
        store.close()


def test_forgetting_keeps_the_chain_whole(path: Path) -> None:
    _forget(path, 1, 4, 6, on_file=True)
    with closing(sqlite3.connect(path)) as connection:
        gone = connection.execute("SELECT id FROM event WHERE data IS NULL AND id < 7").fetchall()
    assert [event_id for (event_id,) in gone] == [1, 4, 6]
    assert _break(path) is None


def test_data_that_nobody_forgot_on_file_is_missed(path: Path) -> None:
    _forget(path, 2, on_file=False)
    assert _break(path) == Break(2, BreakKind.FORGOTTEN)


@pytest.mark.parametrize("column", [c for c in FORGED if c not in ("data", "salt")])
def test_with_the_triggers_in_place_forgetting_changes_nothing_else(path: Path, column: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        before = connection.execute(f"SELECT {column} FROM event WHERE id = 4").fetchone()[0]
        value = next(one for one in FORGED[column] if one != before)
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(
                f"UPDATE event SET data = NULL, salt = NULL, {column} = ? WHERE id = 4", (value,)
            )


@pytest.mark.parametrize(
    "change", ["data = NULL", "salt = NULL", "data = 'x', salt = NULL", "data = NULL, salt = x'00'"]
)
def test_with_the_triggers_in_place_data_goes_only_together_with_its_salt(path: Path, change: str) -> None:
    with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(f"UPDATE event SET {change} WHERE id = 4")


def test_what_was_forgotten_never_comes_back(path: Path) -> None:
    _forget(path, 4, on_file=True)
    with (
        closing(sqlite3.connect(path)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        connection.execute("UPDATE event SET data = '{}', salt = zeroblob(16) WHERE id = 4")


_ENTRIES = st.lists(
    st.builds(
        events.Entry,
        at=st.datetimes().map(lambda at: at.replace(tzinfo=OPENING.tzinfo)),
        staff_id=st.none(),
        record_kind=st.sampled_from(RecordKind),
        record_id=st.integers(0, 2**62),
        what=st.sampled_from(["note", "changed", "完成", "a\nb"]),
        data=st.none() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
        status=st.none() | st.sampled_from(JobStatus),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(entries=_ENTRIES, forgotten=st.sets(st.integers(1, 12)), data=st.data())
def test_any_account_is_whole_until_one_column_of_it_is_another(
    tmp_path_factory: pytest.TempPathFactory,
    entries: list[events.Entry],
    forgotten: set[int],
    data: st.DataObject,
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.db"
    path.unlink(missing_ok=True)
    shop_file.create(path)
    store = Store(path)
    try:
        with store.writing() as session:
            cut = data.draw(st.integers(0, len(entries)))
            events.append(session, entries[:cut])
            events.append(session, entries[cut:])
            assert events.verify_chain(session) is None
            gone = [(n, one) for n, one in enumerate(entries, 1) if n in forgotten and one.data is not None]
            events.forget_data(session, [n for n, _ in gone])
            for _, one in gone:
                events.record(session, OPENING, None, one.record_kind, one.record_id, events.ERASED)
            assert events.verify_chain(session) is None
    finally:
        store.close()
    if entries:
        at = data.draw(st.integers(1, len(entries)))
        _forge(path, f"UPDATE event SET record_id = record_id + 1 WHERE id = {at}")
        assert _break(path) == Break(at, BreakKind.CHANGED)
