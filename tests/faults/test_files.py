"""Every fault of a file ends in plain sentences and exit code 4, never in a file that is worse than before.

Each sentence says what happened, what is safe and what to do. A fault that cannot be provoked here fails its
test: nothing is skipped.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from ordinary import PACKAGE, Ran, run, writing_at_most

from aftersales_tui import bootstrap
from aftersales_tui.domain.errors import StoreFault
from aftersales_tui.i18n.messages import FAULTS, fault
from aftersales_tui.services import backups, calls, staff
from aftersales_tui.services.settings import change_setting
from aftersales_tui.store import places
from aftersales_tui.views.calls import NewCall

LOG = ("call", "log", "--name", "Wang", "--phone", "138 0013 8027", "--fault", "sparks " * 300)


@pytest.fixture
def shop(shop_file: Path) -> Path:
    """A shop file with twenty calls on it."""
    opened = bootstrap.open_shop(shop_file)
    owner = staff.cli_identity(opened).id
    for n in range(20):
        calls.log(
            opened, NewCall(name=f"Wang {n}", phone=f"138 0013 80{n:02d}", fault="sparks " * 100), owner
        )
    opened.close()
    return shop_file


def told(ran: Ran, code: str) -> None:
    """The command left with 4 and the three sentences of the fault."""
    assert ran.code == 4, (ran.out, ran.err)
    assert "Traceback" not in ran.err
    three = FAULTS[code]
    lines = [line for line in ran.err.splitlines() if line.strip()]
    assert len(lines) >= 3, ran.err
    assert lines[-2] == three.safe
    for template, line in ((three.happened, lines[-3]), (three.to_do, lines[-1])):
        assert template.split("{")[0] in line, ran.err


def refused(shop: Path, code: str, *arguments: str) -> None:
    """The command says the fault, in words and in JSON, and leaves every byte as it was."""
    before = shop.read_bytes() if shop.is_file() else None
    told(run(shop, *(arguments or LOG)), code)
    assert run(shop, *(arguments or LOG), "--json").error["code"] == code
    assert (shop.read_bytes() if shop.is_file() else None) == before


def whole(shop: Path, counted: int) -> None:
    """The file is whole and has so many calls."""
    with closing(sqlite3.connect(shop)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM call").fetchone() == (counted,)


# The disk


def test_a_disk_that_takes_no_more_loses_nothing(shop: Path) -> None:
    size = shop.stat().st_size
    ran = run(shop, *LOG, before=writing_at_most(size // 4096 * 4096 - 8192))
    told(ran, "disk_not_written")
    whole(shop, 20)
    assert run(shop, *LOG).code == 0
    whole(shop, 21)


def test_a_disk_that_takes_no_more_gives_no_copy_and_keeps_the_older_ones(shop: Path) -> None:
    assert run(shop, "backup").code == 0
    (older,) = (shop.parent / "backups").glob("*.db")
    before = older.read_bytes()
    told(run(shop, "backup", before=writing_at_most(100_000)), "copy_not_written")
    assert [file.name for file in (shop.parent / "backups").glob("*.db*")] in (
        [older.name, older.name + ".sha256"],
        [older.name + ".sha256", older.name],
    )
    assert older.read_bytes() == before
    whole(shop, 20)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], check=True)
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def _fill(file: Path) -> None:
    """Writes until the disk takes not one byte more."""
    filling = os.open(file, os.O_CREAT | os.O_WRONLY)
    try:
        while os.write(filling, b"x" * 512):
            pass
    except OSError as full:
        if full.errno != errno.ENOSPC:
            raise
    finally:
        os.close(filling)


if os.geteuid() == 0:

    def test_a_full_disk_is_named_and_what_was_saved_is_whole(shop: Path, small_disk: Path) -> None:
        here = Path(shutil.copy(shop, small_disk / "shop.db"))
        _fill(small_disk / "photos")
        told(run(here, *LOG), "disk_full")
        told(run(here, "backup"), "copy_disk_full")
        (small_disk / "photos").unlink()
        whole(here, 20)
        assert run(here, *LOG).code == 0
        whole(here, 21)

    def test_a_full_second_disk_is_told_and_the_copy_beside_the_file_is_made(
        shop: Path, small_disk: Path
    ) -> None:
        assert run(shop, "config", "set", "backup_folder", str(small_disk)).code == 0
        (small_disk / "photos").write_bytes(b"x" * 950_000)
        ran = run(shop, "backup", "--json")
        assert ran.code == 0
        assert "There is no room for a backup" in ran.err
        assert len(list((shop.parent / "backups").glob("*.db"))) == 1
        assert not list(small_disk.glob("*.part"))


# Rights


def test_a_file_that_may_only_be_read_is_read_and_not_written(shop: Path) -> None:
    shop.chmod(0o400)
    refused(shop, "read_only")
    assert run(shop, "call", "list").code == 0
    shop.chmod(0o600)
    assert run(shop, *LOG).code == 0


def test_a_folder_that_may_not_be_written_is_named(shop: Path) -> None:
    shop.with_name("shop.db-journal").unlink(missing_ok=True)
    shop.parent.chmod(0o500)
    try:
        refused(shop, "read_only")
        told(run(shop, "backup"), "copy_not_written")
    finally:
        shop.parent.chmod(0o700)
    whole(shop, 20)


def test_a_file_that_may_not_be_read_is_named(shop: Path) -> None:
    shop.chmod(0o000)
    told(run(shop, "call", "list"), "read_only")
    shop.chmod(0o600)
    whole(shop, 20)


def test_a_file_that_everybody_may_read_is_warned_of_and_used(shop: Path) -> None:
    shop.chmod(0o644)
    ran = run(shop, "call", "list")
    assert ran.code == 0
    assert "Other people on this computer may read the shop file" in ran.err
    assert "check --repair" in ran.err
    assert run(shop, "check", "--repair").code == 0
    assert shop.stat().st_mode & 0o777 == 0o600


# What stands under its name


def test_a_file_that_is_not_there_is_not_made(shop: Path) -> None:
    refused(shop.with_name("none.db"), "shop_file_missing")
    assert not shop.with_name("none.db").exists()


def test_a_folder_in_its_place_is_named(shop: Path) -> None:
    folder = shop.with_name("folder.db")
    folder.mkdir()
    refused(folder, "shop_file_is_folder")


def test_an_empty_file_is_no_shop_file_and_stays_empty(shop: Path) -> None:
    shop.write_bytes(b"")
    refused(shop, "shop_file_empty")


@pytest.mark.parametrize(
    "content", [b"date,name\n" * 400, bytes(range(1, 255)) * 40, b"\x89PNG\r\n\x1a\n" + b"\x00" * 9000]
)
def test_a_file_of_another_kind_is_named_and_not_touched(shop: Path, content: bytes) -> None:
    shop.write_bytes(content)
    refused(shop, "shop_file_not_ours")


def test_the_file_of_another_program_is_named_and_not_touched(shop: Path) -> None:
    shop.unlink()
    with closing(sqlite3.connect(shop)) as connection:
        connection.execute("CREATE TABLE theirs (a)")
        connection.commit()
    refused(shop, "shop_file_not_ours")


def test_a_newer_file_is_named_with_its_version_and_not_touched(shop: Path) -> None:
    with closing(sqlite3.connect(shop)) as connection:
        connection.execute("PRAGMA user_version=999")
    refused(shop, "shop_file_newer")


# What stands in it


@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_a_file_that_lost_its_end_is_damaged_and_a_copy_puts_it_right(shop: Path, share: float) -> None:
    assert run(shop, "backup").code == 0
    content = shop.read_bytes()
    shop.write_bytes(content[: int(len(content) * share)])
    refused(shop, "shop_file_damaged")
    assert run(shop, "check").code == 4
    assert run(shop, "restore", "1", "--yes").code == 0
    whole(shop, 20)
    (aside,) = (file for file in shop.parent.glob("shop.db.broken-*") if not file.name.endswith("-journal"))
    assert aside.stat().st_size == int(len(content) * share)


def _table_page(shop: Path, table: str) -> int:
    with closing(sqlite3.connect(shop)) as connection:
        return int(
            connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
        )


def test_a_page_that_rotted_is_damage_and_a_copy_puts_it_right(shop: Path) -> None:
    assert run(shop, "backup").code == 0
    page = _table_page(shop, "call")
    content = bytearray(shop.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = os.urandom(4096)
    shop.write_bytes(content)
    refused(shop, "shop_file_damaged", "call", "list")
    ran = run(shop, "check")
    assert ran.code == 4
    assert "aftersales restore" in ran.out
    assert run(shop, "restore", "1", "--yes").code == 0
    whole(shop, 20)


def test_a_journal_left_by_a_process_that_died_is_played_back(shop: Path) -> None:
    died = (
        "import os, sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA journal_mode=TRUNCATE'); c.execute('PRAGMA cache_size=5')\n"
        "c.execute('BEGIN IMMEDIATE')\n"
        "c.execute(\"UPDATE call SET fault = fault || 'half written'\")\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", died, str(shop)], check=False)
    assert shop.with_name("shop.db-journal").stat().st_size > 0
    ran = run(shop, "call", "list", "--json")
    assert ran.code == 0
    assert "half written" not in ran.out
    whole(shop, 20)


def test_a_journal_that_is_none_does_no_harm(shop: Path) -> None:
    shop.with_name("shop.db-journal").write_bytes(b"no journal of SQLite at all" * 100)
    assert run(shop, *LOG).code == 0
    whole(shop, 21)


def test_a_log_of_another_file_is_named_and_neither_is_touched(shop: Path) -> None:
    other = shop.with_name("other.db")
    log = shop.with_name("shop.db-wal")
    with closing(sqlite3.connect(other, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE theirs (a)")
        log.write_bytes(other.with_name("other.db-wal").read_bytes())
    before = log.read_bytes()
    refused(shop, "side_file_foreign")
    assert log.read_bytes() == before
    log.unlink()
    whole(shop, 20)


def test_a_file_copied_without_its_log_opens_as_it_stood_before(shop: Path) -> None:
    with closing(sqlite3.connect(shop, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("UPDATE setting SET value = 'In the log' WHERE key = 'name'")
        alone = Path(shutil.copy(shop, shop.with_name("alone.db")))
    ran = run(alone, "config", "show")
    assert ran.code == 0
    assert "In the log" not in ran.out
    whole(alone, 20)


# While it is open


def test_a_drive_that_goes_away_while_the_file_is_open_is_told_and_nothing_is_lost(shop: Path) -> None:
    opened = bootstrap.open_shop(shop)
    owner = staff.cli_identity(opened).id
    drive = shop.parent.rename(shop.parent.with_name("pulled out"))
    with pytest.raises(StoreFault) as caught:
        calls.log(opened, NewCall(name="Wang", fault="sparks"), owner)
    assert (caught.value.problem.code, caught.value.exit_code) == ("shop_file_gone", 4)
    assert fault(caught.value.problem) is not None
    assert not shop.exists()
    drive.rename(shop.parent)
    assert calls.log(opened, NewCall(name="Wang", fault="sparks"), owner).call.number == 21
    opened.close()
    whole(shop, 21)


def test_a_file_exchanged_while_it_is_open_is_told_and_not_written(shop: Path) -> None:
    opened = bootstrap.open_shop(shop)
    owner = staff.cli_identity(opened).id
    other = Path(shutil.copy(shop, shop.with_name("other.db")))
    other.replace(shop)
    before = shop.read_bytes()
    with pytest.raises(StoreFault) as caught:
        calls.log(opened, NewCall(name="Wang", fault="sparks"), owner)
    assert caught.value.problem.code == "shop_file_replaced"
    opened.close()
    assert shop.read_bytes() == before


def test_a_stick_that_is_pulled_out_stops_no_backup_beside_the_file(shop: Path, tmp_path: Path) -> None:
    opened = bootstrap.open_shop(shop)
    owner = staff.cli_identity(opened).id
    change_setting(opened, "backup_folder", str(tmp_path / "stick"), owner)
    made = backups.back_up(opened)
    opened.close()
    assert made.file.exists()
    later = {"AFTERSALES_NOW": "2099-01-01T09:00"}
    ran = run(shop, "call", "list", **later)
    assert "has had no copy for" in ran.err


# Where it lies


def test_a_network_share_is_refused_before_anything_is_opened(
    shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "mounts"
    monkeypatch.setattr(places, "MOUNTS", table)
    before = shop.read_bytes()
    for kind in ("nfs4", "cifs", "smb3", "fuse.sshfs"):
        table.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/x {shop.parent} {kind} rw 0 0\n")
        with pytest.raises(StoreFault) as caught:
            bootstrap.open_shop(shop)
        assert (caught.value.problem.code, caught.value.exit_code) == ("shop_file_on_network", 4)
        said = fault(caught.value.problem)
        assert said is not None
        assert kind in said.happened
        assert "ssh" in said.to_do
    assert shop.read_bytes() == before


# What is not the shop file


def test_settings_that_cannot_be_understood_are_named_with_their_line(shop: Path, tmp_path: Path) -> None:
    folder = tmp_path / "config" / "aftersales"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text('language = "en"\nglyphs = \n')
    before = shop.read_bytes()
    ran = run(shop, "call", "list", XDG_CONFIG_HOME=str(tmp_path / "config"))
    told(ran, "config_unreadable")
    assert "line 2" in ran.err
    assert shop.read_bytes() == before


def test_settings_that_may_not_be_read_are_named(shop: Path, tmp_path: Path) -> None:
    folder = tmp_path / "config" / "aftersales"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text('language = "en"\n')
    (folder / "config.toml").chmod(0o000)
    told(run(shop, "call", "list", XDG_CONFIG_HOME=str(tmp_path / "config")), "config_no_access")


@pytest.fixture
def installation(tmp_path: Path) -> Path:
    """The program installed once more, to be broken."""
    ignored = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(PACKAGE, tmp_path / "site" / PACKAGE.name, ignore=ignored))


def test_a_policy_pack_that_cannot_be_read_is_named_and_calls_are_kept(
    shop: Path, installation: Path
) -> None:
    (installation / "policies" / "cn-general.toml").write_text("id = [broken")
    before = shop.read_bytes()
    ran = run(shop, "policy", "list", package=installation)
    told(ran, "policy_unreadable")
    assert "cn-general.toml" in ran.err
    assert shop.read_bytes() == before
    assert run(shop, "check", package=installation).code == 1


def test_a_printed_form_that_is_broken_is_named_and_nothing_is_printed(
    shop: Path, installation: Path, tmp_path: Path
) -> None:
    form = installation / "documents" / "templates" / "coverage_statement.html.j2"
    form.write_text("{% if never closed")
    assert run(shop, *LOG, "--brand", "Bosch", "--category", "microwave", "--sold", "2026-03-02").code == 0
    before = shop.read_bytes()
    paper = tmp_path / "paper.html"
    ran = run(shop, "print", "coverage-statement", "C-0021", "-o", str(paper), package=installation)
    told(ran, "template_broken")
    assert "coverage_statement.html.j2" in ran.err
    assert not paper.exists()
    assert shop.read_bytes() == before


def test_every_fault_says_what_happened_what_is_safe_and_what_to_do() -> None:
    for code, three in FAULTS.items():
        for part in (three.happened, three.safe, three.to_do):
            assert part.endswith("."), code
            assert len(part.split()) >= 2, code
