"""The shop file is looked after while the screens are shown, and copied once more when they are left."""

from __future__ import annotations

import time

import pytest
from tests.tui.conftest import Running, settled
from tests.tui.fake_shop import FakeShop

from aftersales_tui.domain.errors import Problem, StoreFault
from aftersales_tui.tui import keeping
from aftersales_tui.tui.modals.fault import FaultScreen

MISSING = Problem("backup_folder_missing", "backup_folder", {"folder": "/media/[/stick]", "days": 4})
FULL = Problem("copy_disk_full", "db", {"folder": "/srv/backups"})


async def test_what_somebody_has_to_see_to_is_said_in_the_corner(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "FIRST_AFTER", 0.01)
    async with running(FakeShop(problems=[MISSING, FULL])) as pilot:
        notes = pilot.app._notifications
        while len(notes) < 2:
            await pilot.pause(0.01)
        said = [note.message for note in notes]
        assert "/media/[/stick], has had no copy for 4 days" in said[0]
        assert "The shop file and the older backups are whole." in said[1]
        assert {note.severity for note in notes} == {"warning"}


async def test_a_copy_that_fails_is_said_and_the_screens_go_on(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "FIRST_AFTER", 0.01)

    class Full(FakeShop):
        def look_after(self) -> list[Problem]:
            raise StoreFault(FULL)

    async with running(Full()) as pilot:
        while not pilot.app._notifications:
            await pilot.pause(0.01)
        assert not pilot.app.screen.is_modal


async def test_a_shop_file_that_is_gone_is_told_once(running: Running) -> None:
    class Gone(FakeShop):
        gone = False

        def data_version(self) -> int:
            if self.gone:
                raise StoreFault(Problem("shop_file_gone", "db", {"file": "/media/shop.db"}))
            return 1

    shop = Gone()
    async with running(shop) as pilot:
        shop.gone = True
        pilot.app.seats.look()
        while not isinstance(pilot.app.screen, FaultScreen):
            await pilot.pause(0.01)
        await pilot.press("escape")
        pilot.app.seats.look()
        await settled(pilot)
        assert not isinstance(pilot.app.screen, FaultScreen)


class _Slow(FakeShop):
    seconds = 0.0

    def copy_on_leaving(self, longest: float) -> list[Problem]:
        time.sleep(self.seconds)
        return self.problems


def test_leaving_says_nothing_when_the_copy_is_quick(capsys: pytest.CaptureFixture[str]) -> None:
    keeping.copy_on_leaving(_Slow())
    assert capsys.readouterr().err == ""


def test_leaving_says_that_it_copies_when_it_takes_a_while(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "SHOW_AFTER", 0.01)
    shop = _Slow()
    shop.seconds = 0.1
    keeping.copy_on_leaving(shop)
    assert capsys.readouterr().err == "Copying the shop file …\n"


def test_leaving_waits_no_longer_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "SHOW_AFTER", 0.01)
    shop = _Slow()
    shop.seconds = 5
    begun = time.monotonic()
    keeping.copy_on_leaving(shop, longest=0.05)
    assert time.monotonic() - begun < 2


def test_a_copy_that_failed_is_said_on_the_terminal_and_one_given_up_is_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    keeping.copy_on_leaving(FakeShop(problems=[FULL, Problem("copy_stopped", "db")]))
    said = capsys.readouterr().err
    assert "There is no room for a backup in /srv/backups." in said
    assert said.count("\n") == 1
