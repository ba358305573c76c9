"""Who changed what, when."""

from __future__ import annotations

import pytest
from tests.shops import Desk
from tests.tui.bench.conftest import done, press, text
from tests.tui.office.conftest import SIZES, Office

from aftersales_tui.domain.words import RecordKind
from aftersales_tui.services import customers
from aftersales_tui.tui.office.log import LogScreen


def changed(desk: Desk) -> int:
    """A customer whose notes were changed by the technician."""
    card = customers.show(desk.shop, 1)
    customers.edit(
        desk.shop,
        card.id,
        shown={"version": card.version, "notes": card.notes},
        changes={"notes": "WeChat only"},
        by=desk.technician,
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
        assert "陈伟" in screen
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
