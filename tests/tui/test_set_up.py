"""The first run: from no shop file to the desk, with what can go wrong on the way."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.tui.bench.conftest import text
from textual.pilot import Pilot

from aftersales_tui import bootstrap, config, i18n
from aftersales_tui.cli.given import Given
from aftersales_tui.cli.screens import _doors
from aftersales_tui.services import staff
from aftersales_tui.tui.app import AftersalesApp, TuiOptions
from aftersales_tui.tui.set_up import SetUp

SIZES = [(80, 24), (120, 40)]
SetUpRun = Callable[..., AbstractAsyncContextManager[Pilot[int]]]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the shop file would be made."""
    return tmp_path / "data" / "shop.db"


@pytest.fixture
def first_run(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SetUpRun:
    """``async with first_run(size=…, language=…) as pilot``: the program without a shop file."""
    monkeypatch.setenv("AFTERSALES_DB", str(file))
    monkeypatch.setenv("AFTERSALES_NOW", "2026-11-23 09:02")

    @asynccontextmanager
    async def run(size: tuple[int, int] = (80, 24), language: str = "en") -> AsyncIterator[Pilot[int]]:
        doors = _doors(Given(), file, tmp_path)
        options = TuiOptions(
            open_shop=lambda: bootstrap.open_seat(file), language=language, set_up="set_up", doors=doors
        )
        app = AftersalesApp(options)
        async with app.run_test(size=size, notifications=True) as pilot:
            await done(pilot)
            yield pilot
            if app.shop is not None:
                app.shop.close()

    return run


async def done(pilot: Pilot[int]) -> None:
    """Waits until what a key began is over or asks something; nobody need be signed in yet."""
    calm = 0
    while calm < 2:
        await pilot.pause()
        groups = {worker.group for worker in pilot.app.workers if worker.is_running}
        reading = any(group.startswith("read:") for group in groups)
        drawn_again = isinstance(pilot.app.screen, SetUp) and not pilot.app.screen.query("#then")
        busy = (
            reading
            or drawn_again
            or "keys" in groups
            or (not pilot.app.screen.is_modal and groups & {"do", "draft"})
        )
        calm = 0 if busy else calm + 1


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Presses keys one by one, each waited for."""
    for key in keys:
        await pilot.press(key)
        await done(pilot)


async def type_in(pilot: Pilot[int], words: str) -> None:
    """Text as a terminal sends it, key by key."""
    await pilot.press(*("space" if letter == " " else letter for letter in words))
    await done(pilot)


async def until_begun(pilot: Pilot[int]) -> None:
    """Waits until the shop is open and somebody works here."""
    for _ in range(500):
        await pilot.pause(0.02)
        if pilot.app.signed_in:  # type: ignore[attr-defined]
            await done(pilot)
            return
    raise AssertionError(text(pilot))


def is_there(file: Path) -> bool:
    return file.exists()


def put(file: Path, words: str) -> None:
    file.parent.mkdir()
    file.write_text(words, encoding="utf-8")


def held(file: Path) -> bytes:
    return file.read_bytes()


def field(pilot: Pilot[int], name: str) -> Any:
    screen = pilot.app.screen
    assert isinstance(screen, SetUp)
    return screen.field(name)


@pytest.mark.parametrize("size", SIZES)
async def test_six_answers_make_a_shop_and_open_its_empty_desk(
    first_run: SetUpRun, file: Path, size: tuple[int, int]
) -> None:
    async with first_run(size) as pilot:
        assert "No shop file was found." in text(pilot)
        assert "F1" in text(pilot).splitlines()[-1]
        await press(pilot, "1")
        await type_in(pilot, "Minghui")
        await press(pilot, "enter", "1")
        await type_in(pilot, "Zhou Ming")
        await press(pilot, "enter")
        screen = text(pilot)
        assert "[CNY]" in screen
        assert "cn-general" in screen
        assert "09:00-18:00" in screen
        await press(pilot, "enter")
        await until_begun(pilot)
        screen = text(pilot)
        assert "[F2 Desk]" in screen
        assert "Nothing is open. Nobody is waiting for us." in screen
        assert "Zhou Ming, owner" in screen
    shop = bootstrap.open_shop(file)
    settings = shop.settings()
    assert (settings.name, settings.region, settings.currency) == ("Minghui", "CN", "CNY")
    assert [(person.name, person.role) for person in staff.everybody(shop)] == [("Zhou Ming", "owner")]
    shop.close()
    assert (config.read().staff, config.read().language) == ("Zhou Ming", "en")


@pytest.mark.parametrize("size", SIZES)
async def test_the_language_switches_every_label_at_once_and_is_remembered(
    first_run: SetUpRun, file: Path, size: tuple[int, int]
) -> None:
    async with first_run(size) as pilot:
        await press(pilot, "2")
        assert i18n.language() == "zh_CN"
        assert "[店主]" in text(pilot)
        assert pilot.app.focused is field(pilot, "name")
        await type_in(pilot, "明辉")
        await press(pilot, "shift+tab", "left")
        assert "[owner]" in text(pilot)
        assert field(pilot, "name").answer == "明辉"
        assert field(pilot, "db").answer == str(file)
        await press(pilot, "right", "enter", "2")
        await type_in(pilot, "周明")
        await press(pilot, "ctrl+s")
        await until_begun(pilot)
        assert "店主" in text(pilot)
    assert config.read().language == "zh_CN"
    shop = bootstrap.open_shop(file)
    assert (shop.settings().language, shop.settings().currency) == ("zh_CN", "EUR")
    shop.close()


async def test_what_is_missing_is_said_at_its_field_and_nothing_is_made(
    first_run: SetUpRun, file: Path
) -> None:
    async with first_run() as pilot:
        await press(pilot, "ctrl+s")
        screen = text(pilot)
        assert screen.count("! The name is missing.") == 2
        assert "! Choose the region" in screen
        assert pilot.app.focused is field(pilot, "name")
        assert not is_there(file)


async def test_a_currency_of_ones_own(first_run: SetUpRun, file: Path) -> None:
    async with first_run() as pilot:
        await press(pilot, "1")
        await type_in(pilot, "Shop")
        await press(pilot, "enter", "4", "shift+tab", "5")
        pilot.app.screen.set_focus(field(pilot, "code"))
        await type_in(pilot, "x1")
        field(pilot, "owner").value = "Ann"
        await press(pilot, "ctrl+s")
        assert "is not a currency" in text(pilot)
        pilot.app.screen.set_focus(field(pilot, "code"))
        await press(pilot, "ctrl+u")
        await type_in(pilot, "chf")
        await press(pilot, "ctrl+s")
        await until_begun(pilot)
    shop = bootstrap.open_shop(file)
    assert (shop.settings().currency, shop.settings().region) == ("CHF", "OTHER")
    shop.close()


async def test_a_folder_that_cannot_be_written_is_said_at_the_field(
    first_run: SetUpRun, tmp_path: Path
) -> None:
    (tmp_path / "data").write_text("a file, no folder", encoding="utf-8")
    async with first_run() as pilot:
        field(pilot, "name").value = "Shop"
        field(pilot, "owner").value = "Ann"
        field(pilot, "region").set_answer("UK")
        await press(pilot, "ctrl+s")
        assert "may not be written here" in text(pilot)
        assert pilot.app.focused is field(pilot, "db")
        field(pilot, "db").value = str(tmp_path / "other" / "shop.db")
        await press(pilot, "ctrl+s")
        await until_begun(pilot)
        assert "Ann, owner" in text(pilot)
    assert config.read().shop_file == str(tmp_path / "other" / "shop.db")


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (None, "There is no shop file"),
        (b"SQLite format 3\x00" + b"x" * 4096, "shop"),
        (b"text", "is not a shop file"),
    ],
)
async def test_an_existing_file_is_opened_or_said_to_be_none(
    first_run: SetUpRun, tmp_path: Path, made: bytes | None, said: str
) -> None:
    wrong = tmp_path / "wrong.db"
    if made is not None:
        wrong.write_bytes(made)
    async with first_run() as pilot:
        field(pilot, "db").value = str(wrong)
        field(pilot, "then").set_answer("open")
        await press(pilot, "ctrl+s")
        assert "! " in text(pilot)
        assert said in " ".join(text(pilot).split())
        assert isinstance(pilot.app.screen, SetUp)
        assert not made or wrong.read_bytes() == made


async def test_an_existing_shop_asks_who_is_working_here(
    first_run: SetUpRun, file: Path, tmp_path: Path
) -> None:
    from aftersales_tui.views.shop import NewShop

    theirs = tmp_path / "theirs.db"
    bootstrap.make_shop(theirs, NewShop(name="Theirs", owner="Ann")).close()
    async with first_run() as pilot:
        field(pilot, "db").value = str(theirs)
        field(pilot, "then").set_answer("open")
        await press(pilot, "ctrl+s")
        for _ in range(300):
            if "Who is working here?" in text(pilot):
                break
            await pilot.pause(0.02)
        await press(pilot, "1")
        await until_begun(pilot)
        assert "Ann, owner" in text(pilot)
    assert not is_there(file)
    assert config.read().shop_file == str(theirs)


async def test_a_file_that_is_there_is_never_overwritten(first_run: SetUpRun, file: Path) -> None:
    async with first_run() as pilot:
        field(pilot, "name").value = "Shop"
        field(pilot, "owner").value = "Ann"
        field(pilot, "region").set_answer("UK")
        put(file, "mine")
        await press(pilot, "ctrl+s")
        assert "There already is a file" in " ".join(text(pilot).split())
    assert held(file) == b"mine"


async def test_ctrl_q_leaves_and_nothing_was_made(first_run: SetUpRun, file: Path) -> None:
    async with first_run() as pilot:
        await press(pilot, "1")
        await type_in(pilot, "Shop")
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert pilot.app.return_value == 0
    assert not file.parent.exists()
    assert config.read() == config.Settings()


async def test_esc_goes_to_the_field_before_and_f1_helps(first_run: SetUpRun) -> None:
    async with first_run() as pilot:
        await press(pilot, "1", "escape")
        assert pilot.app.focused is field(pilot, "language")
        await press(pilot, "f1")
        assert "ctrl+q leaves" in " ".join(text(pilot).split())
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, SetUp)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_any_text_as_a_name_makes_a_shop(
    first_run: SetUpRun, file: Path, size: tuple[int, int], language: str
) -> None:
    hostile = "[/foo] [@click=app.quit]x[/] \x1b]0;PWNED\x07‮RTL‬"
    async with first_run(size, language) as pilot:
        field(pilot, "name").value = hostile
        field(pilot, "owner").value = hostile
        field(pilot, "region").set_answer("EU")
        await press(pilot, "ctrl+s")
        await until_begun(pilot)
        assert "PWNED" not in text(pilot)
        assert size[0] < 110 or "[/foo]" in text(pilot)
    assert is_there(file)


async def test_the_seat_finds_the_file_it_chose_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config.remember(shop_file=str(tmp_path / "chosen.db"))
    assert Given().shop_file == tmp_path / "chosen.db"
    assert Given(db=str(tmp_path / "named.db")).shop_file == tmp_path / "named.db"
    monkeypatch.setenv("AFTERSALES_DB", str(tmp_path / "env.db"))
    assert Given().shop_file == tmp_path / "env.db"
