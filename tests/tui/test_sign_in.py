"""Who is working here: asked once, remembered per seat, changed in two keys, named in every event."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from tests.shops import Desk, desk, furnished, shop_path
from tests.tui.bench.conftest import done, press, text
from textual.pilot import Pilot

from aftersales_tui import bootstrap, config, drafts
from aftersales_tui.domain.words import RecordKind, Role
from aftersales_tui.services import customers, staff
from aftersales_tui.tui.app import AftersalesApp, TuiOptions

__all__ = ["desk", "furnished", "shop_path"]

SIZES = [(80, 24), (120, 40)]
Seat = Callable[..., AbstractAsyncContextManager[Pilot[int]]]


@pytest.fixture
def seat(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Seat:
    """``async with seat(size=…, language=…) as pilot``: the program as a real start opens it."""
    monkeypatch.setenv("AFTERSALES_NOW", "2026-11-23 09:42")

    @asynccontextmanager
    async def run(size: tuple[int, int] = (80, 24), language: str = "en") -> AsyncIterator[Pilot[int]]:
        options = TuiOptions(open_shop=lambda: bootstrap.open_seat(desk.shop.path), language=language)
        app = AftersalesApp(options)
        async with app.run_test(size=size, notifications=True) as pilot:
            for _ in range(300):
                if app.signed_in or app.screen.is_modal:
                    break
                await pilot.pause(0.02)
            if app.signed_in:
                await done(pilot)
            yield pilot
            if app.shop is not None:
                app.shop.close()

    return run


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("language", "asked", "role"), [("en", "Who is working here?", "clerk"), ("zh_CN", "谁在使用", "前台")]
)
async def test_a_seat_that_knows_nobody_asks_at_the_start(
    seat: Seat, size: tuple[int, int], language: str, asked: str, role: str
) -> None:
    async with seat(size, language) as pilot:
        screen = text(pilot)
        assert asked in screen
        assert "▸ 1 李娜 Li Na" in screen
        assert "3 周明 Zhou Ming" in screen
        assert role in screen
        assert "F1" in screen.splitlines()[-1]
        await pilot.press("1")
        await done(pilot)
        assert "李娜 Li Na" in text(pilot).splitlines()[0]
    assert config.read().staff == "李娜 Li Na"


async def test_esc_at_the_start_leaves(seat: Seat) -> None:
    async with seat() as pilot:
        await pilot.press("escape")
        for _ in range(100):
            if pilot.app.return_value is not None:
                break
            await pilot.pause(0.02)
        assert pilot.app.return_value == 0
    assert config.read().staff == ""


@pytest.mark.parametrize(
    ("name", "area"),
    [("李娜 Li Na", "[F2 Desk"), ("陈伟 Chen Wei", "[F3 Bench"), ("周明 Zhou Ming", "[F4 Office")],
)
async def test_the_seat_remembers_and_the_role_says_the_first_screen(
    seat: Seat, name: str, area: str
) -> None:
    config.remember(staff=name)
    async with seat() as pilot:
        first = text(pilot).splitlines()[0]
        assert area in first
        assert name in first


async def test_somebody_who_left_is_asked_for_again(seat: Seat, desk: Desk) -> None:
    config.remember(staff="陈伟 Chen Wei")
    staff.deactivate(desk.shop, desk.technician, desk.owner)
    async with seat() as pilot:
        assert "Who is working here?" in text(pilot)
        assert "陈伟" not in text(pilot)


@pytest.mark.parametrize("key", ["u", "f9"])
async def test_the_person_is_changed_in_two_keys(seat: Seat, key: str) -> None:
    config.remember(staff="李娜 Li Na")
    async with seat() as pilot:
        await pilot.press(key)
        await pilot.pause()
        for _ in range(100):
            if "now here" in text(pilot):
                break
            await pilot.pause(0.02)
        row = next(line for line in text(pilot).splitlines() if "now here" in line)
        assert "李娜 Li Na" in row
        await pilot.press("2")
        await done(pilot)
        assert "陈伟 Chen Wei, technician" in text(pilot)
        assert "[F3 Bench" in text(pilot)
    assert config.read().staff == "陈伟 Chen Wei"


async def test_every_event_names_who_did_it(seat: Seat, desk: Desk) -> None:
    config.remember(staff="李娜 Li Na")
    call = desk.call().call
    async with seat() as pilot:
        await pilot.press("f9")
        await pilot.pause()
        await pilot.press("3")
        await done(pilot)
        await press(pilot, "f2", "m")
        await pilot.press(*"seen")
        await press(pilot, "enter")
    log = customers.log_of(desk.shop, RecordKind.CALL, call.id)
    assert (log[0].what, log[0].who) == ("note", "周明 Zhou Ming")


async def test_half_typed_forms_stay_with_the_person_who_typed(seat: Seat, desk: Desk) -> None:
    config.remember(staff="李娜 Li Na")
    async with seat() as pilot:
        await press(pilot, "n", "1", "3", "8")
        await press(pilot, "f9")
        await pilot.pause()
        await pilot.press("3")
        await done(pilot)
        await press(pilot, "f2")
        assert "138" not in text(pilot)
    assert [draft.form for draft in drafts.list_drafts(desk.shop.path, desk.clerk)] == ["call"]
    assert drafts.list_drafts(desk.shop.path, desk.owner) == []


async def test_more_than_nine_people_are_reached_by_moving(seat: Seat, desk: Desk) -> None:
    for n in range(9):
        staff.add(desk.shop, f"Helper {n}", Role.CLERK, desk.owner)
    async with seat() as pilot:
        await pilot.press(*["down"] * 11, "enter")
        await done(pilot)
        assert "周明 Zhou Ming, owner" in text(pilot)


async def test_a_seat_that_cannot_remember_says_so_and_goes_on(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with seat() as pilot:
        from aftersales_tui import paths

        def broken(path: object, text: str) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(paths, "write_private", broken)
        await pilot.press("1")
        await done(pilot)
        assert "李娜 Li Na" in text(pilot).splitlines()[0]
        assert len(pilot.app._notifications) == 1
