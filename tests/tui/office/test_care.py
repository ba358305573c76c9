"""Check and backups on the screen: copies, what was found, and putting one back."""

from __future__ import annotations

import pytest
from tests.shops import Desk
from tests.tui.bench.conftest import done, press, text, toasts
from tests.tui.office.conftest import SIZES, Office

from aftersales_tui.services import backups, calls
from aftersales_tui.tui.modals.confirm import ConfirmDialog
from aftersales_tui.tui.office.care import CareScreen


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_the_copies_stand_in_a_list_with_what_their_checksums_say(
    office: Office, months: Desk, size: tuple[int, int], language: str
) -> None:
    backups.back_up(months.shop)
    async with office(size, language) as pilot:
        await press(pilot, "!")
        screen = text(pilot)
        assert "0001" in screen
        assert ("verified" if language == "en" else "已验证") in screen


async def test_without_a_copy_the_screen_says_what_makes_one(office: Office) -> None:
    async with office() as pilot:
        await press(pilot, "!")
        assert "There is no backup yet." in text(pilot)
        await press(pilot, "f10")
        assert "shop-0001" in toasts(pilot)[-1]
        assert "when asked" in text(pilot)


async def test_a_copy_that_changed_since_is_named_in_the_title(office: Office, months: Desk) -> None:
    made = backups.back_up(months.shop)
    *sound, last = made.file.read_bytes()
    made.file.write_bytes(bytes([*sound, last ^ 1]))
    async with office() as pilot:
        await press(pilot, "!")
        screen = text(pilot)
        assert "WRONG" in screen
        assert "1 backup is not what it was." in screen
        await press(pilot, "enter")
        assert "its checksum differs" in text(pilot)


async def test_the_check_lists_what_it_found_and_enter_puts_right_what_can_be(
    office: Office, months: Desk
) -> None:
    months.shop.path.chmod(0o644)
    async with office((120, 40)) as pilot:
        await press(pilot, "!", "!")
        assert "Other people on this computer" in text(pilot)
        await press(pilot, "enter")
        assert "Put right." in text(pilot)
        assert "All is well." in text(pilot)
        await press(pilot, "enter")
        assert "nothing that a program can put right" in toasts(pilot)[-1]
    assert months.shop.path.stat().st_mode & 0o777 == 0o600


async def test_a_copy_is_put_back_after_yes_and_the_sign_in_is_asked_again(
    office: Office, months: Desk
) -> None:
    backups.back_up(months.shop)
    months.call(phone="139 9999 0000", name="Too Late")
    before = calls.listed(months.shop)[1]
    async with office() as pilot:
        await press(pilot, "!", "enter")
        assert isinstance(pilot.app.screen, ConfirmDialog)
        assert "Minghui 明辉, last entry" in text(pilot)
        await press(pilot, "enter")
        assert calls.listed(months.shop)[1] == before
        await press(pilot, "enter", "y")
        assert "Who is working here?" in text(pilot)
        await press(pilot, "1")
        await done(pilot)
        assert not isinstance(pilot.app.screen, CareScreen)
    assert calls.listed(months.shop)[1] == before - 1
    assert backups.listed(months.shop)[0].reason == "before-restore"


async def test_a_clerk_sees_what_is_in_a_copy_and_puts_none_back(office: Office, months: Desk) -> None:
    backups.back_up(months.shop)
    async with office(who="李娜 Li Na") as pilot:
        await press(pilot, "f4", "!", "enter")
        assert not isinstance(pilot.app.screen, ConfirmDialog)
        assert any("last entry" in said for said in toasts(pilot))
        assert "only for the role owner" in toasts(pilot)[-1]
