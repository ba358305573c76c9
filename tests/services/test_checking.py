"""The examination finds what is wrong with a shop file, says how much it matters, and repairs what it can."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from aftersales_tui import bootstrap
from aftersales_tui.domain.words import JobStatus
from aftersales_tui.services import backups, checking, search
from aftersales_tui.services.settings import change_setting
from aftersales_tui.store import places
from aftersales_tui.views.checking import Finding, Report, Severity, Stage
from shops import Desk

FINE = {"calendar_not_published", "backup_none", "backup_second_none", "file_system_unknown"}


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A shop with a call, an open and a closed job."""
    desk.call(phone="139 0000 0001", name="陈建国", serial="X-1")
    desk.job(JobStatus.DIAGNOSING)
    desk.job(JobStatus.HANDED_OVER)
    return desk


def _sql(desk: Desk, *statements: str) -> None:
    """What somebody does to the file behind the program's back."""
    with closing(sqlite3.connect(desk.shop.path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def _found(report: Report) -> dict[str, Finding]:
    return {finding.code: finding for finding in report.findings if finding.code not in FINE}


def test_a_shop_file_in_order_has_notes_at_most(busy: Desk) -> None:
    report = checking.examine(busy.shop)
    assert _found(report) == {}
    assert report.worst is None
    assert report.counts["job"] == 2
    assert {finding.severity for finding in report.findings} <= {Severity.NOTE}


def test_what_it_is_at_is_told_stage_by_stage(busy: Desk) -> None:
    told: list[Stage] = []
    checking.examine(busy.shop, tell=told.append)
    assert told == list(Stage)


SPOILT: dict[str, tuple[Severity, bool, tuple[str, ...]]] = {
    "search_incomplete": (Severity.WARNING, True, ("DELETE FROM search_doc WHERE kind = 'job'",)),
    "search_in_vain": (
        Severity.WARNING, True,
        ("INSERT INTO search_doc (id, kind, record_id, text, spaced, codes)"
         " VALUES (9, 'job', 77, 'x', '', '#')",
         "INSERT INTO search_trigram (rowid, text) VALUES (9, 'x')"),
    ),
    "search_index_stale": (
        Severity.WARNING, True, ("UPDATE search_doc SET text = 'nothing of it' WHERE kind = 'job'",),
    ),
    "counter_behind": (
        Severity.DAMAGE, True, ("UPDATE counter SET next_number = 1 WHERE kind = 'job'",),
    ),
    "numbers_missing": (
        Severity.WARNING, False,
        ("UPDATE job SET number = 9 WHERE number = 2",
         "UPDATE counter SET next_number = 10 WHERE kind = 'job'"),
    ),
    "job_without_beginning": (
        Severity.WARNING, False,
        ("DROP TRIGGER event_never_goes", "DELETE FROM event WHERE record_kind = 'job' AND what = 'opened'"),
    ),
    "job_dates_impossible": (
        Severity.WARNING, False, ("UPDATE job SET closed_at = NULL WHERE status = 'handed_over'",),
    ),
    "data_unreadable": (Severity.DAMAGE, False, ("UPDATE verdict SET judged = '{' WHERE id = 1",)),
    "verdict_unreadable": (Severity.WARNING, False, ("UPDATE verdict SET judged = '{}' WHERE id = 1",)),
    "schema_altered": (Severity.WARNING, False, ("DROP TRIGGER event_is_never_replaced",)),
    "account_changed": (
        Severity.WARNING, False,
        ("DROP TRIGGER event_never_changes", "UPDATE event SET what = 'nothing' WHERE id = 3"),
    ),
    "pages_damaged": (
        Severity.DAMAGE, False,
        ("UPDATE job SET status = 'lost' WHERE number = 1",),
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", SPOILT)
def test_what_is_wrong_is_found_and_put_right_where_a_program_can(busy: Desk, code: str) -> None:
    severity, repairable, statements = SPOILT[code]
    _sql(busy, *statements)
    found = _found(checking.examine(busy.shop))
    assert (found[code].severity, found[code].repaired) == (severity, False)
    mended = _found(checking.examine(busy.shop, repair=True))
    assert mended[code].repaired is repairable
    left = checking.examine(busy.shop)
    assert (code in _found(left)) is not repairable
    if repairable:
        assert left.worst is None
        assert [copy.reason.value for copy in backups.listed(busy.shop)] == ["before-repair"]


def test_a_mended_look_up_finds_the_records_again(busy: Desk) -> None:
    _sql(busy, *SPOILT["search_incomplete"][2], *SPOILT["search_index_stale"][2])
    checking.examine(busy.shop, repair=True)
    assert [hit.number for hit in search.find(busy.shop, "J-0001").items] == [1]


def test_a_reference_to_nothing_is_damage(busy: Desk) -> None:
    _sql(busy, "UPDATE job SET customer_id = 77 WHERE number = 1")
    assert _found(checking.examine(busy.shop))["pages_damaged"].severity is Severity.DAMAGE


def test_an_index_that_lies_is_made_anew(busy: Desk) -> None:
    right, wrong = "status, promised_for", "promised_for, id"
    for found, put, then in ((right, wrong, "REINDEX job_open"), (wrong, right, "SELECT 1")):
        with closing(sqlite3.connect(busy.shop.path)) as connection, connection:
            connection.execute("PRAGMA writable_schema=ON")
            change = "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = 'job_open'"
            connection.execute(change, (found, put))
        with closing(sqlite3.connect(busy.shop.path)) as connection, connection:
            connection.execute(then)
    found = _found(checking.examine(busy.shop))
    assert found["indexes_damaged"].severity is Severity.DAMAGE
    assert _found(checking.examine(busy.shop, repair=True))["indexes_damaged"].repaired
    assert _found(checking.examine(busy.shop)) == {}


def test_a_record_that_differs_from_a_backup_although_nobody_changed_it_is_told(busy: Desk) -> None:
    oldest = backups.back_up(busy.shop).file
    _sql(busy, "UPDATE job SET fault = 'x' WHERE number = 1")
    assert _found(checking.examine(busy.shop))["rows_altered"].values == {
        "n": 1, "table": "job", "id": 1, "file": oldest.name,
    }  # fmt: skip
    # a backup from then on has it too; the oldest still tells
    backups.back_up(busy.shop)
    assert _found(checking.examine(busy.shop))["rows_altered"].values["file"] == oldest.name
    # of one that rotted itself nothing is believed
    oldest.write_bytes(oldest.read_bytes() + b"x")
    assert _found(checking.examine(busy.shop)).keys() == {"backup_wrong"}


def test_a_value_that_cannot_be_read_does_not_hide_what_else_there_is_to_tell(busy: Desk) -> None:
    _sql(busy, "DROP TRIGGER event_never_changes", "UPDATE event SET at = 'then'")
    found = _found(checking.examine(busy.shop))
    assert {"account_changed", "data_unreadable", "pages_damaged", "schema_altered"} <= found.keys()
    assert found["data_unreadable"].values["table"] == "event"


def test_a_column_that_lost_its_name_is_damage_and_not_a_mistake_of_the_program(busy: Desk) -> None:
    _sql(busy, "ALTER TABLE setting RENAME COLUMN value TO valve")
    found = _found(bootstrap.check_shop(busy.shop.path, repair=False))
    assert found["schema_altered"].values["name"] == "setting"
    assert found["pages_damaged"].severity is Severity.DAMAGE


def test_without_repair_nothing_is_written(busy: Desk) -> None:
    for code in ("search_incomplete", "counter_behind"):
        _sql(busy, *SPOILT[code][2])
    busy.shop.path.chmod(0o644)
    before = busy.shop.path.read_bytes()
    checking.examine(busy.shop)
    assert busy.shop.path.read_bytes() == before
    assert busy.shop.path.stat().st_mode & 0o777 == 0o644


def test_a_file_that_others_may_read_is_made_private(busy: Desk) -> None:
    busy.shop.path.chmod(0o644)
    assert _found(checking.examine(busy.shop))["shop_file_readable"].severity is Severity.WARNING
    assert _found(checking.examine(busy.shop, repair=True))["shop_file_readable"].repaired
    assert busy.shop.path.stat().st_mode & 0o777 == 0o600


def _half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _zeroed(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[3 * 4096 : 30 * 4096] = bytes(27 * 4096)
    path.write_bytes(whole)


@pytest.mark.parametrize("spoil", [_half, _zeroed])
def test_a_file_that_does_not_open_is_reported_with_its_copies(
    busy: Desk, spoil: Callable[[Path], None]
) -> None:
    made = backups.back_up(busy.shop)
    busy.shop.close()
    spoil(busy.shop.path)
    before = busy.shop.path.read_bytes()
    report = bootstrap.check_shop(busy.shop.path, repair=True)
    assert report.worst is Severity.DAMAGE
    assert report.copies == 1
    assert not any(finding.code == "backup_wrong" for finding in report.findings)
    assert busy.shop.path.read_bytes() == before
    assert made.file.exists()


def test_a_copy_that_changed_since_it_was_made_is_named(busy: Desk) -> None:
    made = backups.back_up(busy.shop)
    made.file.write_bytes(made.file.read_bytes()[:-1] + b"x")
    assert _found(checking.examine(busy.shop))["backup_wrong"].values == {"file": made.file.name}


def test_an_old_copy_matters_only_when_something_changed_since(busy: Desk) -> None:
    backups.back_up(busy.shop)
    busy.clock.ahead(days=4)
    assert _found(checking.examine(busy.shop)) == {}
    busy.call()
    assert _found(checking.examine(busy.shop))["backup_old"].values == {"days": 4}


def test_a_second_folder_on_the_same_disk_is_a_note_and_a_missing_one_a_warning(
    busy: Desk, tmp_path: Path
) -> None:
    change_setting(busy.shop, "backup_folder", str(tmp_path), busy.owner)
    backups.back_up(busy.shop)
    assert _found(checking.examine(busy.shop))["backup_same_disk"].severity is Severity.NOTE
    change_setting(busy.shop, "backup_folder", str(tmp_path / "none"), busy.owner)
    backups.back_up(busy.shop)
    busy.clock.ahead(days=5)
    assert _found(checking.examine(busy.shop))["backup_folder_missing"].severity is Severity.WARNING


def test_a_clock_behind_the_last_entry_is_told(busy: Desk) -> None:
    busy.clock.ahead(days=-2)
    assert _found(checking.examine(busy.shop))["clock_behind"].values == {"last": "2026-11-23 09:30"}


def test_a_year_without_published_rest_days_matters_once_it_has_begun(busy: Desk) -> None:
    found = checking.examine(busy.shop).findings
    (told,) = [finding for finding in found if finding.code == "calendar_not_published"]
    assert (told.severity, told.values) == (Severity.NOTE, {"year": 2027})
    busy.clock.local("2027-01-02 10:00")
    found = checking.examine(busy.shop).findings
    severities = [finding.severity for finding in found if finding.code == "calendar_not_published"]
    assert severities == [Severity.WARNING, Severity.NOTE]


def test_a_share_under_an_open_file_is_told(
    busy: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "mounts"
    table.write_text(f"server:/x {busy.shop.path.parent} cifs rw 0 0\n")
    monkeypatch.setattr(places, "MOUNTS", table)
    assert _found(checking.examine(busy.shop))["file_on_network"].values == {"kind": "cifs"}
