"""Who changed what, when."""

from __future__ import annotations

import pytest
from tests.shops import Desk
from tests.tui.bench.conftest import done, press, text, toasts
from tests.tui.office.conftest import SIZES, Office

from aftersales_tui.domain.words import RecordKind
from aftersales_tui.services import account, customers, jobs
from aftersales_tui.services.settings import change_setting
from aftersales_tui.tui.office.log import LogScreen


def changed(desk: Desk) -> int:
    """A customer whose notes were changed by the owner."""
    card = customers.show(desk.shop, 1)
    customers.edit(
        desk.shop,
        card.id,
        shown={"version": card.version, "notes": card.notes},
        changes={"notes": "WeChat only"},
        by=desk.owner,
    )
    return card.id


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_the_account_says_who_what_and_from_what_to_what(
    office: Office, months: Desk, size: tuple[int, int], language: str
) -> None:
    customer = changed(months)
    async with office(size, language) as pilot:
        await pilot.app.open_screen("log", "customer", customer)  # type: ignore[attr-defined]
        await done(pilot)
        assert isinstance(pilot.app.screen, LogScreen)
        screen = text(pilot)
        assert "WeChat only" in screen
        assert "周明" in screen
        assert "李娜" in screen
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, LogScreen)


async def test_a_job_tells_its_whole_life_newest_first(office: Office, months: Desk) -> None:
    async with office((120, 40)) as pilot:
        await pilot.app.open_screen("log", RecordKind.JOB, 1)  # type: ignore[attr-defined]
        await done(pilot)
        screen = text(pilot)
        assert "J-0001" in screen
        at = [screen.index(word) for word in ("handed over", "diagnosing", "job opened")]
        assert at == sorted(at)


async def test_a_long_account_is_turned_like_a_book(office: Office, months: Desk) -> None:
    for n in range(430):
        jobs.note(months.shop, 1, f"line {n}", months.technician)
    async with office((120, 40)) as pilot:
        await pilot.app.open_screen("log", RecordKind.JOB, 1)  # type: ignore[attr-defined]
        await done(pilot)
        total = account.of_record(months.shop, RecordKind.JOB, 1).total
        assert f"1 to 200 of {total}" in text(pilot)
        assert "line 429" in text(pilot)
        await press(pilot, "left")
        assert f"201 to 400 of {total}" in text(pilot)
        await press(pilot, "left")
        assert f"401 to {total} of {total}" in text(pilot)
        await press(pilot, "left")
        assert "there is nothing older" in toasts(pilot)[-1]
        await press(pilot, "right", "right")
        assert f"1 to 200 of {total}" in text(pilot)


async def test_the_office_opens_the_account_of_the_shop(office: Office, months: Desk) -> None:
    change_setting(months.shop, "turnaround_days", "5", months.owner)
    async with office((120, 40)) as pilot:
        await press(pilot, "f4", "l")
        assert isinstance(pilot.app.screen, LogScreen)
        screen = text(pilot)
        assert "Minghui" in screen
        assert "Working days to the promised day" in " ".join(screen.split())
