"""PINs on the screen: asked at the start and at a change, and again after no key for a while."""

from __future__ import annotations

import pytest
from tests.shops import Desk, desk, furnished, shop_path
from tests.tui.bench.conftest import done, press, text
from tests.tui.test_sign_in import SIZES, Seat, seat
from textual.events import Paste
from textual.pilot import Pilot

from aftersales_tui import config, drafts, paths
from aftersales_tui.domain import pins as rules
from aftersales_tui.services import pins
from aftersales_tui.services.settings import change_setting
from aftersales_tui.tui.app import AftersalesApp

__all__ = ["desk", "furnished", "seat", "shop_path"]

PIN = "482719"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_LOG_N", 4)


@pytest.fixture
def guarded(desk: Desk) -> Desk:
    """The clerk works at this seat and has a PIN."""
    config.remember(staff="李娜 Li Na")
    pins.set_pin(desk.shop, desk.clerk, PIN, desk.clerk)
    return desk


async def locked(pilot: Pilot[int]) -> None:
    """Nobody has pressed a key for ten minutes."""
    app = pilot.app
    assert isinstance(app, AftersalesApp)
    app.at_seat._last_key -= 10 * 60
    app.at_seat.lock_when_idle()
    await done(pilot)


async def typed(pilot: Pilot[int], digits: str) -> None:
    await pilot.press(*digits, "enter")
    await pilot.pause()
    if pilot.app.signed_in:  # type: ignore[attr-defined]
        await done(pilot)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("language", "word", "wrong"), [("en", "PIN", "not the PIN"), ("zh_CN", "密码", "不是")]
)
async def test_who_is_remembered_and_has_a_pin_is_asked_for_it_at_the_start(
    seat: Seat, guarded: Desk, size: tuple[int, int], language: str, word: str, wrong: str
) -> None:
    async with seat(size, language) as pilot:
        screen = text(pilot)
        assert word in screen
        assert "李娜 Li Na" in screen
        assert "陈伟" not in screen
        assert "ctrl+q" in screen.splitlines()[-1]
        assert sum(line.strip(" │") == "" for line in screen.splitlines() if "│" in line) <= 4
        await pilot.press(*"000000")
        assert "000000" not in text(pilot)
        await typed(pilot, "")
        assert wrong in text(pilot)
        await typed(pilot, PIN)
        assert "李娜 Li Na" in text(pilot).splitlines()[0]
        assert PIN not in text(pilot)


async def test_five_wrong_pins_are_slowed_and_the_screen_says_for_how_long(seat: Seat, guarded: Desk) -> None:
    async with seat() as pilot:
        for _ in range(5):
            await typed(pilot, "000000")
        assert "30 s" in text(pilot)
        await typed(pilot, PIN)
        assert "30 s" in text(pilot)
        assert not pilot.app.signed_in  # type: ignore[attr-defined]


async def test_somebody_else_signs_in_instead(seat: Seat, guarded: Desk) -> None:
    async with seat() as pilot:
        await pilot.press("escape")
        await pilot.pause()
        assert "陈伟 Chen Wei" in text(pilot)
        await press(pilot, "2")
        assert "陈伟 Chen Wei, technician" in text(pilot)


async def test_changing_to_somebody_with_a_pin_asks_for_it(seat: Seat, guarded: Desk) -> None:
    config.remember(staff="陈伟 Chen Wei")
    async with seat() as pilot:
        await press(pilot, "f9", "2")
        assert "PIN" in text(pilot)
        await press(pilot, "escape", "escape")
        assert "陈伟 Chen Wei, technician" in text(pilot)
        await press(pilot, "f9", "2")
        await typed(pilot, PIN)
        assert "李娜 Li Na, clerk" in text(pilot)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("language", "said"), [("en", "Locked"), ("zh_CN", "锁定")])
async def test_the_form_stays_behind_the_lock(
    seat: Seat, guarded: Desk, size: tuple[int, int], language: str, said: str
) -> None:
    async with seat(size, language) as pilot:
        await typed(pilot, PIN)
        await press(pilot, "n", *"1380013")
        await locked(pilot)
        assert said in text(pilot)
        assert "1380013" not in text(pilot)
        kept = [path.read_text("utf-8") for path in paths.drafts_dir().rglob("*") if path.is_file()]
        assert any("1380013" in draft for draft in kept)
        await typed(pilot, "000000")
        assert said in text(pilot)
        await typed(pilot, PIN)
        assert "1380013" in text(pilot)
        await press(pilot, "8")
        assert "13800138" in text(pilot)


async def test_nothing_gets_past_the_lock_but_the_pin_and_leaving(seat: Seat, guarded: Desk) -> None:
    guarded.call()
    async with seat() as pilot:
        await typed(pilot, PIN)
        await locked(pilot)
        for key in (
            "ctrl+p",
            "f1",
            "f2",
            "f3",
            "f4",
            "ctrl+l",
            "ctrl+g",
            "ctrl+n",
            "escape",
            "escape",
            "question_mark",
        ):
            await pilot.press(key)
            await pilot.pause()
            assert "Locked" in text(pilot), key
        pilot.app.post_message(Paste("Wang"))
        await pilot.pause()
        assert "Locked" in text(pilot)
        assert "王芳" not in text(pilot)
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert pilot.app.return_value == 0


@pytest.mark.parametrize("key", ["u", "f9"])
async def test_another_person_takes_the_seat_over(seat: Seat, guarded: Desk, key: str) -> None:
    async with seat() as pilot:
        await typed(pilot, PIN)
        await press(pilot, "n", *"138")
        await locked(pilot)
        await press(pilot, key, "2")
        assert "陈伟 Chen Wei, technician" in text(pilot)
        await press(pilot, "f2")
        assert "138" not in text(pilot)
    assert [draft.form for draft in drafts.list_drafts(guarded.shop.path, guarded.clerk)] == ["call"]


async def test_a_key_keeps_it_open(seat: Seat, guarded: Desk) -> None:
    async with seat() as pilot:
        await typed(pilot, PIN)
        app = pilot.app
        assert isinstance(app, AftersalesApp)
        app.at_seat._last_key -= 10 * 60
        await press(pilot, "down")
        app.at_seat.lock_when_idle()
        await done(pilot)
        assert not app.at_seat.locked


async def test_nobody_without_a_pin_is_locked_out_until_one_is_set(seat: Seat, desk: Desk) -> None:
    config.remember(staff="李娜 Li Na")
    async with seat() as pilot:
        await locked(pilot)
        assert "Locked" not in text(pilot)
        pins.set_pin(desk.shop, desk.clerk, PIN, desk.owner)
        pilot.app.seats.look()  # type: ignore[attr-defined]
        await done(pilot)
        await locked(pilot)
        assert "Locked" in text(pilot)


async def test_a_shop_may_do_without_the_lock(seat: Seat, guarded: Desk) -> None:
    change_setting(guarded.shop, "lock_minutes", "0", guarded.owner)
    async with seat() as pilot:
        await typed(pilot, PIN)
        await locked(pilot)
        assert "Locked" not in text(pilot)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("language", "said"), [("en", "was taken away"), ("zh_CN", "清除了")])
async def test_the_owner_reads_of_a_reset_at_the_next_sign_in(
    seat: Seat, guarded: Desk, size: tuple[int, int], language: str, said: str
) -> None:
    config.remember(staff="周明 Zhou Ming")
    pins.reset_pin(guarded.shop, guarded.clerk, "root")
    async with seat(size, language) as pilot:
        await done(pilot)
        assert said in text(pilot)
        assert "root" in text(pilot)
        await press(pilot, "enter")
        assert said not in text(pilot)
    async with seat(size, language) as pilot:
        await done(pilot)
        assert said not in text(pilot)
