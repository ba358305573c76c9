"""p prints: which form, into which file, remembered at the seat, and why not."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import pytest
from tests.shops import Desk, desk, furnished, shop_path
from tests.tui.bench.conftest import Bench, bench, press, text, toasts

from aftersales_tui import config
from aftersales_tui.domain.words import CallKind, JobStatus
from aftersales_tui.tui.printing import PrintDialog
from aftersales_tui.views.calls import NewCall

__all__ = ["bench", "desk", "furnished", "shop_path"]


@pytest.fixture
def papers(empty_home: Path) -> Path:
    """Where the pages go by themselves."""
    return empty_home / "Documents" / "aftersales"


def printed(papers: Path) -> list[str]:
    """The names of the pages there are."""
    return [page.name for page in papers.glob("*")]


def in_the_way(papers: Path) -> None:
    """A file stands where the folder belongs."""
    papers.parent.mkdir(parents=True)
    papers.write_text("mine")


async def opened(pilot: object, *screen: object) -> None:
    await pilot.app.open_screen(*screen)  # type: ignore[attr-defined]
    await press(pilot, "f12")  # type: ignore[arg-type]


async def test_two_digits_print_the_claim_check_and_say_where_it_went(
    desk: Desk, bench: Bench, papers: Path
) -> None:
    job = desk.job(JobStatus.RECEIVED)
    async with bench() as pilot:
        await opened(pilot, "job", job.id)
        await press(pilot, "p")
        assert "[1 Claim check]  2 Coverage statement" in text(pilot)
        await press(pilot, "1", "1")
        file = papers / "claim-check-J-0001.html"
        assert "J-0001" in file.read_text(encoding="utf-8")
        assert toasts(pilot)[-1] == f"Claim check of J-0001 is in {file}."


async def test_the_paper_and_where_it_goes_are_remembered_at_the_seat(
    desk: Desk, bench: Bench, papers: Path
) -> None:
    job = desk.job(JobStatus.RECEIVED)
    async with bench() as pilot:
        await opened(pilot, "job", job.id)
        await press(pilot, "p", "2", "tab", "2", "2", "1")
        page = (papers / "coverage-statement-J-0001-80mm.html").read_text(encoding="utf-8")
        assert '<html lang="zh-CN"' in page
        assert config.read().paper == "80mm"
        await press(pilot, "p", "enter", "enter")
        assert '<html lang="en"' in (papers / "claim-check-J-0001-80mm.html").read_text(encoding="utf-8")


async def test_escape_prints_nothing(desk: Desk, bench: Bench, papers: Path) -> None:
    job = desk.job(JobStatus.RECEIVED)
    async with bench() as pilot:
        await opened(pilot, "job", job.id)
        await press(pilot, "p", "escape")
        assert printed(papers) == []
        assert toasts(pilot) == []


async def test_a_device_that_is_not_here_has_no_claim_check(desk: Desk, bench: Bench, papers: Path) -> None:
    job = desk.job(JobStatus.EXPECTED)
    async with bench() as pilot:
        await opened(pilot, "job", job.id)
        await press(pilot, "p")
        assert "Coverage statement: J-0001" in text(pilot)
        assert "Claim check" not in text(pilot)
        await press(pilot, "1")
        assert (papers / "coverage-statement-J-0001.html").exists()


async def test_a_call_prints_its_statement_and_one_never_judged_says_so(
    desk: Desk, bench: Bench, papers: Path
) -> None:
    call = desk.call().call
    bare = desk.call(kind=CallKind.ADVICE, serial="", brand="", model="", category="", sold_on=None).call
    async with bench() as pilot:
        await opened(pilot, "call", call.id)
        await press(pilot, "p", "1")
        assert (papers / "coverage-statement-C-0001.html").exists()
        await press(pilot, "escape")
        await opened(pilot, "call", bare.id)
        await press(pilot, "p")
        assert not isinstance(pilot.app.screen, PrintDialog)
        assert "it was never judged" in text(pilot)


async def test_the_card_of_a_unit_and_its_reasons_print_what_is_judged_today(
    desk: Desk, bench: Bench, papers: Path
) -> None:
    device = desk.call().call.device_id
    async with bench((120, 40)) as pilot:
        await opened(pilot, "device", device)
        await press(pilot, "p", "1")
        file = papers / f"coverage-statement-device-{device}.html"
        assert file.exists()
        file.unlink()
        await press(pilot, "v", "p")
        assert "as judged today; a what-if never is" in text(pilot)
        await press(pilot, "1")
        assert file.exists()


async def test_the_reasons_of_a_job_print_the_verdict_kept_with_it(
    desk: Desk, bench: Bench, papers: Path
) -> None:
    job = desk.job(JobStatus.RECEIVED)
    async with bench((120, 40)) as pilot:
        await opened(pilot, "job", job.id)
        await press(pilot, "v", "p", "1")
        page = (papers / "coverage-statement-J-0001.html").read_text(encoding="utf-8")
        assert "kept as it was judged" in page


async def test_of_a_call_that_is_still_typed_nothing_can_be_printed(
    desk: Desk, bench: Bench, papers: Path
) -> None:
    async with bench((120, 40)) as pilot:
        await pilot.app.open_screen("why", new_call=NewCall(category="tv"))  # type: ignore[attr-defined]
        await press(pilot, "f12", "p")
        assert not isinstance(pilot.app.screen, PrintDialog)
        assert "nothing of this is on file yet; save the call first" in text(pilot)


async def test_without_a_browser_the_page_is_kept_and_said(
    desk: Desk, bench: Bench, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> object:
        raise webbrowser.Error("none")

    monkeypatch.setattr(webbrowser, "get", none)
    job = desk.job(JobStatus.RECEIVED)
    async with bench() as pilot:
        await opened(pilot, "job", job.id)
        await press(pilot, "p", "1", "2")
        file = papers / "claim-check-J-0001.html"
        assert toasts(pilot)[-1] == f"No browser could be opened here. Claim check of J-0001 is in {file}."
        assert config.read().paper_to == "browser"


async def test_a_page_that_cannot_be_written_is_said_in_the_box(
    desk: Desk, bench: Bench, papers: Path
) -> None:
    in_the_way(papers)
    job = desk.job(JobStatus.RECEIVED)
    async with bench() as pilot:
        await opened(pilot, "job", job.id)
        await press(pilot, "p", "1", "1")
        assert isinstance(pilot.app.screen, PrintDialog)
        assert "could not be written" in " ".join(text(pilot).split())


async def test_the_box_fits_in_chinese(desk: Desk, bench: Bench) -> None:
    job = desk.job(JobStatus.RECEIVED)
    async with bench(language="zh_CN") as pilot:
        await opened(pilot, "job", job.id)
        await press(pilot, "p")
        for said in ("打印 J-0001", "[1 取机凭证]  2 保修情况说明", "[存为文件]  用浏览器打开", "[A4 纸]"):
            assert said in text(pilot)
