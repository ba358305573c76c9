"""A record with the version it has in a backup says what it says there, or it has rotted."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from aftersales_tui.domain.errors import StoreFault
from aftersales_tui.domain.words import JobStatus
from aftersales_tui.services import backups, customers, jobs, privacy
from aftersales_tui.store import checks
from aftersales_tui.store.comparing import altered_rows
from aftersales_tui.views.customers import NewCustomer
from shops import Desk

ROTTEN = {
    "customer": "UPDATE customer SET name = 'x' WHERE id = 1",
    "customer_phone": "UPDATE customer_phone SET raw = '1' WHERE id = 1",
    "device": "UPDATE device SET serial = 'x' WHERE id = 1",
    "product": "UPDATE product SET model = 'x' WHERE id = 1",
    "call": "UPDATE call SET fault = 'x' WHERE id = 1",
    "job": "UPDATE job SET minutes = 7 WHERE id = 1",
    "follow_up": "UPDATE follow_up SET opinion = 'x' WHERE id = 1",
    "verdict": "UPDATE verdict SET judged = replace(judged, '1', '3') WHERE id = 1",
    "staff": "UPDATE staff SET name = 'x' WHERE id = 1",
}


@pytest.fixture
def copy(desk: Desk) -> Path:
    """A backup of a shop with a call and a job that was handed over."""
    desk.call(phone="139 0000 0001", name="陈建国", serial="X-1")
    desk.job(JobStatus.HANDED_OVER)
    return backups.back_up(desk.shop).file


def _altered(desk: Desk, copy: Path) -> list[tuple[str, int]]:
    with checks.looking(desk.shop.path) as connection:
        return altered_rows(connection, copy)


def _sql(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


@pytest.mark.parametrize("table", ROTTEN)
def test_a_value_that_changed_behind_the_program_s_back_is_found(desk: Desk, copy: Path, table: str) -> None:
    _sql(desk.shop.path, ROTTEN[table])
    assert _altered(desk, copy) == [(table, 1)]


def test_a_version_that_went_back_is_found(desk: Desk, copy: Path) -> None:
    _sql(copy, "UPDATE job SET version = version + 1 WHERE id = 1")
    assert _altered(desk, copy) == [("job", 1)]


def test_what_people_changed_is_none_of_it(desk: Desk, copy: Path) -> None:
    shown = customers.show(desk.shop, 1)
    customers.edit(
        desk.shop, 1, shown={"version": shown.version, "name": shown.name}, changes={"name": "陈建"},
        by=desk.clerk,
    )  # fmt: skip
    double = customers.add(desk.shop, NewCustomer(name="Chen", phones=("13900000009",)), desk.clerk)
    later = backups.back_up(desk.shop).file
    customers.merge(desk.shop, double.id, 1, desk.owner)
    jobs.note(desk.shop, 1, "a note", desk.clerk)
    assert _altered(desk, copy) == _altered(desk, later) == []


def test_whoever_was_forgotten_is_none_of_it(desk: Desk, copy: Path) -> None:
    with closing(sqlite3.connect(desk.shop.path)) as connection:
        ((person,),) = connection.execute("SELECT customer_id FROM job").fetchall()
    privacy.erase(desk.shop, person, "asked for it", desk.owner)
    assert customers.show(desk.shop, person).name == f"#{person}"
    assert _altered(desk, copy) == []


def test_a_backup_that_the_file_does_not_go_on_from_says_nothing(desk: Desk, copy: Path) -> None:
    jobs.note(desk.shop, 1, "a note", desk.clerk)
    other = backups.back_up(desk.shop).file
    backups.restore(desk.shop.path, copy, desk.shop.clock)
    _sql(desk.shop.path, ROTTEN["job"])
    assert _altered(desk, other) == []
    assert _altered(desk, copy) == [("job", 1)]


def test_a_backup_that_cannot_be_read_is_a_fault(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "no.db").write_text("not a backup " * 100)
    with pytest.raises(StoreFault) as caught:
        _altered(desk, tmp_path / "no.db")
    assert caught.value.problem.values["file"] == str(tmp_path / "no.db")
