"""The people of the shop on the screen: roles, PINs, who left; the owner all of it, others their own PIN."""

from __future__ import annotations

import pytest
from tests.shops import Desk
from tests.tui.bench.conftest import press, text, toasts
from tests.tui.office.conftest import SIZES, Office

from aftersales_tui.domain.errors import NotAllowed
from aftersales_tui.domain.words import Role
from aftersales_tui.services import pins, staff
from aftersales_tui.tui.office.staff import StaffScreen
from aftersales_tui.tui.office.staff_dialogs import OneOf, PinDialog
from aftersales_tui.tui.widgets.panel import Panel


def of(months: Desk, staff_id: int) -> staff.StaffView:
    return next(one for one in staff.everybody(months.shop, active_only=False) if one.id == staff_id)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_the_people_stand_in_a_list_with_role_and_pin(
    office: Office, months: Desk, size: tuple[int, int], language: str
) -> None:
    pins.set_pin(months.shop, months.clerk, "4827", months.owner)
    async with office(size, language) as pilot:
        await press(pilot, "@")
        assert isinstance(pilot.app.screen, StaffScreen)
        screen = text(pilot)
        assert "李娜 Li Na" in screen
        assert ("has one" if language == "en" else "已设") in screen
        assert ("technician" if language == "en" else "技师") in screen
        assert "4827" not in screen


async def test_the_owner_sets_a_pin_typed_twice_and_takes_it_away(office: Office, months: Desk) -> None:
    async with office() as pilot:
        await press(pilot, "@", "enter", "2", *"4827", "enter", *"4827", "enter")
        assert toasts(pilot)[-1] == "李娜 Li Na has a PIN now."
        pins.prove(months.shop, months.clerk, "4827")
        await press(pilot, "enter", "3")
        assert toasts(pilot)[-1] == "李娜 Li Na has no PIN now."
        assert not of(months, months.clerk).has_pin


async def test_a_pin_that_is_too_short_or_not_the_same_twice_is_not_set(office: Office, months: Desk) -> None:
    async with office() as pilot:
        await press(pilot, "@", "enter", "2", *"12", "enter")
        assert "A PIN is 4 to 12 digits." in text(pilot)
        await press(pilot, *"34", "enter", *"1235", "enter")
        assert "The two PINs differ" in text(pilot)
        assert isinstance(pilot.app.screen, PinDialog)
        assert "1234" not in text(pilot)
        await press(pilot, "escape")
        assert not of(months, months.clerk).has_pin


async def test_another_role_holds_and_the_present_one_is_marked(office: Office, months: Desk) -> None:
    async with office() as pilot:
        await press(pilot, "@", "enter", "1", "enter")
        assert of(months, months.clerk).role is Role.CLERK
        await press(pilot, "enter", "1", "2")
        assert of(months, months.clerk).role is Role.TECHNICIAN
        assert toasts(pilot)[-1] == "李娜 Li Na has the role technician now."


async def test_whoever_left_stands_last_and_comes_back_in_the_old_role(office: Office, months: Desk) -> None:
    async with office() as pilot:
        await press(pilot, "@", "enter", "3")
        assert not of(months, months.clerk).active
        rows = [row.cells for row in pilot.app.screen.query_one("#people", Panel).rows]
        assert rows[-1][0] == "李娜 Li Na"
        assert rows[-1][3] == "no longer works here"
        await press(pilot, "end", "enter", "1")
        assert of(months, months.clerk).active


async def test_somebody_new_is_added_and_selected(office: Office, months: Desk) -> None:
    async with office() as pilot:
        await press(pilot, "@", "@", "2", *"Wu Jing", "enter")
        assert toasts(pilot)[-1] == "Wu Jing works here now, role technician."
        screen = pilot.app.screen
        assert isinstance(screen, StaffScreen)
        assert screen.chosen is not None
        assert screen.chosen.name == "Wu Jing"


async def test_the_only_owner_stays_and_the_screen_says_why(office: Office, months: Desk) -> None:
    async with office() as pilot:
        await press(pilot, "@", "end", "enter", "3")
        assert "is the only owner" in toasts(pilot)[-1]
        assert of(months, months.owner).active


async def test_a_clerk_sets_the_own_pin_and_nothing_else(office: Office, months: Desk) -> None:
    async with office(who="李娜 Li Na") as pilot:
        await press(pilot, "f4", "@", "@")
        assert "only for the role owner" in toasts(pilot)[-1]
        await press(pilot, "end", "enter")
        assert not isinstance(pilot.app.screen, OneOf)
        await press(pilot, "home", "enter")
        assert "works here no longer" not in text(pilot)
        await press(pilot, "1", *"4827", "enter", *"4827", "enter")
        with pytest.raises(NotAllowed):
            pins.prove(months.shop, months.clerk, "0000")
        pins.prove(months.shop, months.clerk, "4827")


async def test_the_log_of_a_person_opens_with_l(office: Office, months: Desk) -> None:
    async with office() as pilot:
        await press(pilot, "@", "l")
        assert "李娜 Li Na › Changes" in text(pilot)
