"""Giving out what is on file about a person, and forgetting a person, from the customer's card."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.shops import Desk
from tests.tui.bench.conftest import done, press, text, toasts
from tests.tui.office.conftest import SIZES, Office, desk, furnished, months, office, shop_path

from aftersales_tui.domain.words import CallKind, Channel, JobStatus, Resolution
from aftersales_tui.services import calls, customers
from aftersales_tui.tui.desk.customer import CustomerCard
from aftersales_tui.tui.desk.person import ForgetDialog

__all__ = ["desk", "furnished", "months", "office", "shop_path"]


@pytest.fixture
def gone(months: Desk) -> int:
    """A customer with nothing open."""
    job = months.job(JobStatus.HANDED_OVER, name="赵强", phone="139 0000 0001")
    logged = months.call(kind=CallKind.PROGRESS, channel=Channel.PHONE, name="赵强", phone="139 0000 0001")
    calls.close(months.shop, logged.call.id, Resolution.ANSWERED, months.clerk)
    return job.customer_id or 0


async def _card(pilot, customer: int, action: str) -> None:  # type: ignore[no-untyped-def]
    await pilot.app.open_screen("customer", customer)
    await done(pilot)
    await pilot.app.screen.action_act(action)
    await done(pilot)


async def _write(pilot, words: str) -> None:  # type: ignore[no-untyped-def]
    pilot.app.screen.focused.value = words
    await press(pilot, "enter")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("size", SIZES)
async def test_a_person_is_forgotten_after_the_number_was_typed(
    office: Office, months: Desk, gone: int, size: tuple[int, int], language: str
) -> None:
    async with office(size, language) as pilot:
        await _card(pilot, gone, "desk.forget")
        assert isinstance(pilot.app.screen, ForgetDialog)
        await _write(pilot, "asked on the phone")
        await _write(pilot, "yes")
        assert isinstance(pilot.app.screen, ForgetDialog)
        assert customers.show(months.shop, gone).erased_at is None
        await _write(pilot, str(gone))
        assert isinstance(pilot.app.screen, CustomerCard)
        assert customers.show(months.shop, gone).name == f"#{gone}"
        assert f"#{gone}" in text(pilot)
        assert "赵强" not in text(pilot)


async def test_escape_forgets_nobody(office: Office, months: Desk, gone: int) -> None:
    async with office((80, 24)) as pilot:
        await _card(pilot, gone, "desk.forget")
        await press(pilot, "escape")
        assert customers.show(months.shop, gone).erased_at is None


async def test_a_reason_is_asked_for(office: Office, months: Desk, gone: int) -> None:
    async with office((80, 24)) as pilot:
        await _card(pilot, gone, "desk.forget")
        await press(pilot, "enter")
        await _write(pilot, str(gone))
        assert "This has to be written." in text(pilot)


async def test_an_open_job_is_said_instead(office: Office, months: Desk) -> None:
    async with office((80, 24)) as pilot:
        await _card(pilot, 1, "desk.forget")
        assert isinstance(pilot.app.screen, CustomerCard)
        assert "J-0004" in toasts(pilot)[-1]


async def test_it_is_for_the_owner(office: Office, months: Desk, gone: int) -> None:
    async with office((80, 24), who="李娜 Li Na") as pilot:
        for action in ("desk.forget", "desk.on_file"):
            await _card(pilot, gone, action)
            assert isinstance(pilot.app.screen, CustomerCard)
            assert "only for the role owner" in toasts(pilot)[-1]


async def test_the_palette_offers_both_and_the_key_row_neither(
    office: Office, months: Desk, gone: int
) -> None:
    async with office((120, 40)) as pilot:
        await pilot.app.open_screen("customer", gone)  # type: ignore[attr-defined]
        await done(pilot)
        assert "forget…" not in text(pilot)
        await pilot.press("ctrl+p")
        await pilot.pause()
        for letter in "forget":
            await pilot.press(letter)
        for _ in range(20):
            await pilot.pause(0.05)
            if "Forget this person…" in text(pilot):
                break
        assert "Forget this person…" in text(pilot)
        await pilot.press("escape")


async def test_everything_on_file_goes_into_a_folder(
    office: Office, months: Desk, gone: int, tmp_path: Path
) -> None:
    async with office((80, 24)) as pilot:
        await _card(pilot, gone, "desk.on_file")
        await _write(pilot, str(tmp_path / "out"))
        assert (tmp_path / "out" / "README.txt").exists()
        assert str(tmp_path / "out") in toasts(pilot)[-1]
        await _card(pilot, gone, "desk.on_file")
        await _write(pilot, str(tmp_path / "out"))
        assert "holds an export already" in " ".join(text(pilot).split())
        await press(pilot, "escape")
