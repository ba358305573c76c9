"""Several seats, one file: nothing lost, nothing doubled, nobody waits for ever."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import Session, select

import aftersales_tui
from aftersales_tui.domain.errors import Busy, NotFound, StoreFault
from aftersales_tui.services import calls, customers
from aftersales_tui.store import engine, numbers, staff
from aftersales_tui.store.engine import Store, fault, wal_is_safe
from aftersales_tui.store.tables import Staff
from aftersales_tui.views.calls import NewCall
from aftersales_tui.views.customers import NewCustomer
from shops import Desk


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False), ((3, 44, 5), False), ((3, 44, 6), True), ((3, 44, 9), True), ((3, 45, 0), False),
        ((3, 50, 4), False), ((3, 50, 7), True), ((3, 51, 2), False), ((3, 51, 3), True), ((3, 52, 0), True),
        ((4, 0, 0), True),
    ],
)  # fmt: skip
def test_wal_is_used_only_where_its_race_is_fixed(version: tuple[int, ...], safe: bool) -> None:
    assert wal_is_safe(version) is safe


def _pragma(session: Session, name: str) -> object:
    return session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()


@pytest.mark.usefixtures("as_shipped")
def test_every_session_keeps_references_and_survives_a_power_cut(desk: Desk) -> None:
    for way in (desk.shop.store.reading, desk.shop.store.writing):
        with way() as session:
            assert _pragma(session, "foreign_keys") == 1
            assert _pragma(session, "synchronous") == 2
            assert _pragma(session, "trusted_schema") == 0
            assert _pragma(session, "journal_mode") == engine.JOURNAL_MODE.lower()


def test_eight_seats_take_numbers_without_gaps_or_twins(shop_path: Path) -> None:
    store = Store(shop_path)
    taken: list[int] = []

    def seat() -> None:
        for _ in range(25):
            with store.writing() as session:
                taken.append(numbers.take(session, "job"))

    seats = [threading.Thread(target=seat) for _ in range(8)]
    for one in seats:
        one.start()
    for one in seats:
        one.join()
    store.close()
    assert sorted(taken) == list(range(1, 201))


_SEAT = """
import sys
from pathlib import Path
from aftersales_tui import bootstrap
from aftersales_tui.services import calls, customers
from aftersales_tui.views.calls import NewCall
shop = bootstrap.open_shop(Path(sys.argv[1]))
for n in range(10):
    calls.log(shop, NewCall(name="王芳", phone="138 0013 8027", fault=f"fault {sys.argv[2]}-{n}"), 2)
    customers.note(shop, int(sys.argv[3]), f"note {sys.argv[2]}-{n}", 2)
shop.close()
"""


def test_four_processes_lose_no_update_and_no_number(desk: Desk) -> None:
    wang = customers.add(desk.shop, NewCustomer(name="王芳", phones=("138 0013 8027",)), desk.clerk)
    installed = {**os.environ, "PYTHONPATH": str(Path(aftersales_tui.__file__).parent.parent)}
    seats = [
        subprocess.Popen([sys.executable, "-c", _SEAT, desk.shop.path, str(n), str(wang.id)], env=installed)
        for n in range(4)
    ]
    assert [seat.wait(timeout=60) for seat in seats] == [0, 0, 0, 0]
    listed, total = calls.listed(desk.shop)
    assert total == 40
    assert sorted(call.number for call in listed) == list(range(1, 41))
    assert {call.customer_id for call in listed} == {wang.id}
    notes = customers.show(desk.shop, wang.id).notes.splitlines()
    assert sorted(notes) == sorted(f"note {seat}-{n}" for seat in range(4) for n in range(10))


def test_a_file_held_by_another_seat_is_busy_and_nothing_is_written(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.shop.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy) as caught:
            calls.log(desk.shop, NewCall(fault="sparks", name="x"), desk.clerk)
        assert caught.value.problem.code == "busy"
        assert caught.value.exit_code == 3
        other.execute("ROLLBACK")
    assert calls.listed(desk.shop) == ((), 0)
    assert calls.log(desk.shop, NewCall(fault="sparks", name="x"), desk.clerk).call.number == 1


def test_reading_never_keeps_a_writer_waiting_afterwards(desk: Desk) -> None:
    with desk.shop.reading():
        pass
    with closing(sqlite3.connect(desk.shop.path, timeout=0, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        other.execute("ROLLBACK")


def _take_a_number_and_fail(desk: Desk) -> None:
    with desk.shop.store.writing() as session:
        assert numbers.take(session, "call") == 1
        staff.required(session, 99)


def test_an_error_inside_a_use_case_undoes_all_of_it(desk: Desk) -> None:
    with pytest.raises(NotFound):
        _take_a_number_and_fail(desk)
    with desk.shop.store.writing() as session:
        assert numbers.take(session, "call") == 1


def test_the_version_of_the_data_moves_with_a_commit_and_with_nothing_else(desk: Desk) -> None:
    store = desk.shop.store
    before = store.data_version()
    with desk.shop.reading():
        pass
    with pytest.raises(NotFound):
        _take_a_number_and_fail(desk)
    assert store.data_version() == before
    with closing(sqlite3.connect(desk.shop.path)) as other:
        other.execute("UPDATE setting SET value = 'Other' WHERE key = 'name'")
        assert store.data_version() == before
        other.commit()
    after = store.data_version()
    assert after != before
    assert store.data_version() == after


def _look(store: Store, seen: set[int]) -> None:
    seen.update(store.data_version() for _ in range(200))


def test_a_shop_that_is_closed_while_somebody_looks_answers_what_it_last_said(shop_path: Path) -> None:
    for _ in range(20):
        store = Store(shop_path)
        last = store.data_version()
        seen: set[int] = set()
        looking = threading.Thread(target=_look, args=(store, seen))
        looking.start()
        store.close()
        looking.join()
        assert seen == {last}
        assert store.data_version() == last


class _Sqlite(sqlite3.OperationalError):
    def __init__(self, name: str, text: str = "") -> None:
        super().__init__(text or name)
        self.sqlite_errorname = name


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (_Sqlite("SQLITE_BUSY"), "busy"), (_Sqlite("SQLITE_LOCKED_SHAREDCACHE"), "busy"),
        (_Sqlite("SQLITE_FULL"), "disk_full"), (_Sqlite("SQLITE_READONLY_DIRECTORY"), "read_only"),
        (_Sqlite("SQLITE_CANTOPEN"), "read_only"), (_Sqlite("SQLITE_NOTADB"), "shop_file_not_ours"),
        (_Sqlite("SQLITE_CORRUPT_INDEX"), "shop_file_damaged"),
        (_Sqlite("SQLITE_IOERR_READ"), "shop_file_damaged"),
        (_Sqlite("", "Could not decode to UTF-8 column 'name'"), "shop_file_damaged"),
        (_Sqlite("SQLITE_ERROR", "unsupported file format"), "shop_file_damaged"),
        (_Sqlite("SQLITE_CONSTRAINT_CHECK"), "store_failed"),
    ],
)  # fmt: skip
def test_an_error_of_the_database_says_what_is_at_fault(error: sqlite3.Error, code: str) -> None:
    assert fault(error, Path("shop.db")).problem.code == code


def test_text_that_is_no_text_any_more_is_damage(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.shop.path)) as other:
        other.execute("UPDATE setting SET value = CAST(X'ff80' AS TEXT) WHERE key = 'name'")
        other.commit()
    with pytest.raises(StoreFault) as caught:
        desk.shop.settings()
    assert caught.value.problem.code == "shop_file_damaged"


def test_a_moment_that_is_no_text_any_more_is_damage(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.shop.path)) as other:
        other.execute("PRAGMA writable_schema=ON")
        other.execute("UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '') WHERE name = 'staff'")
        other.commit()
    with closing(sqlite3.connect(desk.shop.path)) as other:
        other.execute("UPDATE staff SET created_at = CAST(created_at AS BLOB)")
        other.commit()
    with pytest.raises(StoreFault) as caught, desk.shop.store.reading() as session:
        session.execute(select(Staff.created_at)).all()
    assert caught.value.problem.code == "shop_file_damaged"


def test_a_record_whose_other_half_is_gone_is_damage(desk: Desk) -> None:
    call = desk.call(phone="139 0000 0001")
    with closing(sqlite3.connect(desk.shop.path)) as other:
        other.execute("UPDATE call SET taken_by = 99")
        other.commit()
    with pytest.raises(StoreFault) as caught:
        calls.show(desk.shop, call.call.id)
    assert caught.value.problem.code == "shop_file_damaged"


def test_a_mistake_of_the_program_is_not_taken_for_damage(desk: Desk) -> None:
    with pytest.raises(TypeError), desk.shop.store.reading() as session:
        session.execute(select(Staff.id), execution_options=3)  # type: ignore[call-overload]


def test_a_value_that_the_file_refuses_is_no_crash(desk: Desk) -> None:
    with pytest.raises(StoreFault) as caught, desk.shop.store.writing() as session:
        session.connection().exec_driver_sql("UPDATE staff SET role = 'king'")
    assert caught.value.problem.code == "store_failed"
