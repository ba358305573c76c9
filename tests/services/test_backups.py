"""When copies are made, where they go a second time, and what is said when they do not."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from aftersales_tui.domain.copies import CopyReason, SumState
from aftersales_tui.domain.errors import Problem, Refused, StoreFault
from aftersales_tui.services import backups, importing
from aftersales_tui.services.settings import change_setting
from aftersales_tui.store import backup
from shops import Desk, raw


def _names(desk: Desk) -> list[str]:
    return [copy.reason.value for copy in backups.listed(desk.shop)]


@pytest.fixture
def stick(desk: Desk, tmp_path: Path) -> Path:
    """A second folder, as the shop set it."""
    folder = tmp_path / "media" / "stick"
    folder.mkdir(parents=True)
    change_setting(desk.shop, "backup_folder", str(folder), desk.owner)
    return folder


def test_closing_copies_what_changed_and_only_that(desk: Desk) -> None:
    assert backups.copy_on_closing(desk.shop) is not None
    assert backups.copy_on_closing(desk.shop) is None
    desk.clock.ahead(minutes=20)
    desk.call()
    made = backups.copy_on_closing(desk.shop)
    assert made is not None
    assert made.counts["call"] == 1
    assert _names(desk) == ["closing"]


def test_the_first_opening_of_a_day_makes_a_copy_by_the_shops_clock(desk: Desk) -> None:
    assert backups.copy_of_the_day(desk.shop) is not None
    assert backups.copy_of_the_day(desk.shop) is None
    desk.clock.local("2026-11-23 23:59")
    assert backups.copy_of_the_day(desk.shop) is None
    desk.clock.local("2026-11-24 00:01")
    assert backups.copy_of_the_day(desk.shop) is not None


def test_a_clock_that_was_wrong_does_not_stop_the_daily_copy(desk: Desk) -> None:
    desk.clock.local("2099-01-01 09:00")
    backups.copy_of_the_day(desk.shop)
    desk.clock.local("2026-11-24 09:00")
    assert backups.copy_of_the_day(desk.shop) is not None
    assert _names(desk) == ["daily", "daily"]


def test_closing_while_another_seat_copies_waits_for_nobody(desk: Desk) -> None:
    with backup.holding(desk.shop.path):
        assert backups.copy_on_closing(desk.shop) is None


def test_the_budget_of_the_shop_decides_what_stays(desk: Desk) -> None:
    for key in ("backup_hours", "backup_days", "backup_weeks", "backup_months"):
        change_setting(desk.shop, key, "1", desk.owner)
    for _ in range(4):
        desk.clock.ahead(days=40)
        backups.back_up(desk.shop, CopyReason.DAILY)
    assert [copy.number for copy in backups.listed(desk.shop)] == [4]


def test_a_copy_somebody_asked_for_is_there_after_closing(desk: Desk) -> None:
    asked = backups.back_up(desk.shop)
    desk.call()
    backups.copy_on_closing(desk.shop)
    assert [copy.file for copy in backups.listed(desk.shop)][1:] == [asked.file]


@pytest.mark.parametrize(
    ("key", "value"),
    [("backup_days", "0"), ("backup_days", "x"), ("backup_megabytes", "2000000"), ("backup_folder", "stick")],
)
def test_a_budget_or_folder_that_cannot_be_is_refused(desk: Desk, key: str, value: str) -> None:
    with pytest.raises(Refused) as caught:
        change_setting(desk.shop, key, value, desk.owner)
    assert caught.value.problem.code == "setting_not_read"


def test_every_copy_goes_to_the_second_folder_too(desk: Desk, stick: Path) -> None:
    made = backups.back_up(desk.shop)
    assert made.left_undone == ()
    assert (stick / made.file.name).read_bytes() == made.file.read_bytes()
    assert backups.warnings(desk.shop) == ()


def test_a_second_folder_that_is_missing_for_days_is_told_and_for_hours_not(desk: Desk, stick: Path) -> None:
    backups.back_up(desk.shop)
    shutil.rmtree(stick)
    desk.clock.ahead(days=2)
    backups.back_up(desk.shop)
    assert backups.warnings(desk.shop) == ()
    desk.clock.ahead(days=1)
    (told,) = backups.warnings(desk.shop)
    assert told == Problem("backup_folder_missing", "backup_folder", {"folder": str(stick), "days": 3})
    change_setting(desk.shop, "backup_folder_days", "10", desk.owner)
    assert backups.warnings(desk.shop) == ()


def test_a_mount_point_without_its_drive_is_not_filled(desk: Desk, stick: Path) -> None:
    backups.back_up(desk.shop)
    for file in stick.iterdir():
        file.unlink()
    backups.back_up(desk.shop, CopyReason.DAILY)
    assert list(stick.iterdir()) == []
    backups.back_up(desk.shop)
    assert len(list(stick.glob("*.db"))) == 1


def test_a_second_folder_that_was_never_there_is_counted_from_when_it_was_wanted(
    desk: Desk, tmp_path: Path
) -> None:
    change_setting(desk.shop, "backup_folder", str(tmp_path / "none"), desk.owner)
    backups.back_up(desk.shop)
    assert backups.warnings(desk.shop) == ()
    desk.clock.ahead(days=4)
    (told,) = backups.warnings(desk.shop)
    assert told.values["days"] == 4


def test_a_full_second_folder_is_told_and_the_copy_beside_the_file_stays(
    desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(copy: Path, folder: Path, **_: object) -> None:
        raise StoreFault(Problem("copy_disk_full", "db", {"folder": str(folder)}))

    monkeypatch.setattr(backup, "mirror", full)
    made = backups.back_up(desk.shop)
    assert [problem.code for problem in made.left_undone] == ["copy_disk_full"]
    assert backups.compared(backups.listed(desk.shop)[0]).checksum is SumState.RIGHT


def test_the_folder_of_the_copies_itself_is_no_second_one(desk: Desk) -> None:
    backups.back_up(desk.shop)
    change_setting(desk.shop, "backup_folder", str(backup.folder_of(desk.shop.path)), desk.owner)
    backups.back_up(desk.shop)
    desk.clock.ahead(days=5)
    assert [told.code for told in backups.warnings(desk.shop)] == ["backup_folder_missing"]


def test_a_file_that_others_may_read_is_told(desk: Desk) -> None:
    desk.shop.path.chmod(0o644)
    assert [told.code for told in backups.warnings(desk.shop)] == ["shop_file_readable"]


def test_a_copy_is_found_by_its_number_or_its_name(desk: Desk) -> None:
    made = backups.back_up(desk.shop)
    for named in ("1", "0001", made.file.name, str(made.file)):
        assert backups.find_copy(desk.shop.path, named) == made.file


def test_a_copy_to_a_file_that_is_there_is_refused(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    backups.back_up_to(desk.shop, target)
    for where in (target, desk.shop.path, tmp_path):
        with pytest.raises(Refused):
            backups.back_up_to(desk.shop, where)
    with pytest.raises(Refused):
        backups.back_up_to(desk.shop, desk.shop.path, overwrite=True)
    desk.call()
    assert backups.back_up_to(desk.shop, target, overwrite=True).counts["call"] == 1


def test_putting_back_is_on_record_with_who_did_it(desk: Desk) -> None:
    made = backups.back_up(desk.shop)
    desk.call()
    backups.restore(desk.shop.path, made.file, desk.clock, "李娜")
    assert raw(desk.shop, "SELECT count(*) FROM call") == [(0,)]
    ((staff_id, data),) = raw(desk.shop, "SELECT staff_id, data FROM event WHERE what = 'restored'")
    assert staff_id == desk.clerk
    assert made.file.name in data


def test_an_older_copy_is_brought_up_to_date_before_it_is_put_back(desk: Desk, tmp_path: Path) -> None:
    sample = Path(__file__).parent.parent / "data" / "schema" / "0001.db.gz"
    older = tmp_path / "older.db"
    older.write_bytes(gzip.decompress(sample.read_bytes()))
    backups.restore(desk.shop.path, older, desk.clock)
    assert desk.shop.settings().name
    with closing(sqlite3.connect(older)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)


def test_an_import_leaves_a_copy_of_before(desk: Desk) -> None:
    sheet = Path(__file__).parent.parent / "data" / "repairs_ords.csv"
    importing.import_repairs(desk.shop, sheet, desk.owner, dry_run=True)
    assert _names(desk) == []
    importing.import_repairs(desk.shop, sheet, desk.owner)
    assert _names(desk) == ["before-import"]
    content = backups.look_into(backups.listed(desk.shop)[0].file)
    assert content.counts["job"] == 0
