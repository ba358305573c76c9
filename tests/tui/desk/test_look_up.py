"""The look-up: finds while typing, answers "is it ready?", opens what a scanner read."""

import pytest
from tests.tui.calm import Gate
from tests.tui.desk.desk_shop import DeskShop, drawn, quiet, until

from aftersales_tui.domain.words import CallKind, CallStatus, RecordKind, Resolution
from aftersales_tui.services import calls, customers, search
from aftersales_tui.tui.desk import loading
from aftersales_tui.tui.desk.customer import CustomerCard
from aftersales_tui.tui.desk.home import DeskHome
from aftersales_tui.views.customers import NewCustomer
from aftersales_tui.views.search import Found


def text(pilot) -> str:  # type: ignore[no-untyped-def]
    return "\n".join(drawn(pilot))


async def look(pilot, scrap: str) -> DeskHome:  # type: ignore[no-untyped-def]
    await pilot.press("slash")
    screen = pilot.app.screen
    assert isinstance(screen, DeskHome)
    screen.scrap.value = scrap
    await quiet(pilot)
    return screen


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_an_open_job_answers_is_it_ready_in_a_sentence(desk: DeskShop, size: tuple[int, int]) -> None:
    async with desk.running(size) as pilot:
        screen = await look(pilot, "8027")
        assert screen.results.select(f"job:{desk.ids['work']}")
        await pilot.pause()
        rows = drawn(pilot)
        assert rows[2].startswith("[found 8 · newest first]")
        assert rows[4].startswith("   customer ")
        assert rows[7].startswith(" ▸ job      J-0002   王芳 · 陈伟 is diagnosing it, promised")
        assert "J-0002 王芳, Galanz 格兰仕 P70F23: 陈伟 is diagnosing it, promised Tue 1 Dec." in rows[-3]
        assert any("phone …8027" in row for row in rows)


@pytest.mark.parametrize("marked", ["job:work", "device:oven"])
async def test_one_key_logs_that_the_caller_only_asked(desk: DeskShop, marked: str) -> None:
    kind, name = marked.split(":")
    async with desk.running() as pilot:
        screen = await look(pilot, "8027")
        assert screen.results.select(f"{kind}:{desk.ids[name]}")
        await pilot.press("ctrl+r")
        await quiet(pilot)
        shop = desk.open()
        newest = calls.listed(shop)[0][0]
        events = customers.log_of(shop, RecordKind.JOB, desk.ids["work"])
        shop.close()
        assert (newest.kind, newest.status, newest.resolution) == (
            CallKind.PROGRESS, CallStatus.CLOSED, Resolution.ANSWERED,
        )  # fmt: skip
        assert newest.customer_id == desk.ids["wang"]
        assert events[0].what == "asked"
        assert screen.results.current is not None
        assert screen.results.current.key == f"{kind}:{desk.ids[name]}", "the mark stays"


async def test_a_customer_with_two_open_jobs_is_not_asked_about_without_saying_which(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        screen = await look(pilot, "8027")
        assert screen.hit is not None
        assert screen.hit.kind is RecordKind.CUSTOMER
        await pilot.press("ctrl+r")
        await quiet(pilot)
        assert any("Not now: mark an open job first" in note.message for note in pilot.app._notifications)


async def test_a_closed_record_cannot_be_asked_about(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        screen = await look(pilot, "8027")
        screen.results.select(f"call:{desk.ids['call']}")
        await pilot.press("ctrl+r")
        await quiet(pilot)
        assert any("Not now: mark an open job first" in note.message for note in pilot.app._notifications)


async def test_up_and_down_mark_while_the_cursor_stays_in_the_line(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        screen = await look(pilot, "8027")
        await pilot.press(*["down"] * 6)
        assert screen.focused is screen.scrap
        assert screen.hit is not None
        assert (screen.hit.kind, screen.hit.id) == (RecordKind.CALL, desk.ids["call"])
        await pilot.press("enter")
        await quiet(pilot)
        assert "C-0002" in drawn(pilot)[1]
        await pilot.press("escape")
        await quiet(pilot)
        assert screen.scrap.value == "8027"


async def test_tab_goes_into_the_results_and_escape_back_step_by_step(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        await pilot.press("3")
        screen = await look(pilot, "wf")
        await pilot.press("tab")
        assert screen.focused is not screen.scrap
        assert "LIST" in drawn(pilot)[1]
        await pilot.press("escape")
        assert screen.focused is screen.scrap
        await pilot.press("escape")
        await quiet(pilot)
        assert not screen.finding
        assert screen.active_part == 3
        assert screen.scrap.value == ""


async def test_a_scanned_label_opens_its_job_from_any_list(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        await pilot.press("enter")
        await quiet(pilot)
        await pilot.press(*"/J-0001", "enter")
        await quiet(pilot)
        assert "J-0001" in drawn(pilot)[1] + drawn(pilot)[2]
        assert not isinstance(pilot.app.screen, DeskHome)


async def test_a_label_scanned_behind_other_words_still_opens_its_job(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        screen = await look(pilot, "wang")
        await pilot.press(*"/J-0002", "enter")
        await quiet(pilot)
        assert pilot.app.screen is not screen
        assert "J-0002" in text(pilot)


async def test_enter_before_the_answer_opens_what_was_typed_and_nothing_else(
    desk: DeskShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate()
    asked: list[str] = []
    real = loading.find

    def slow(shop: object, typed: str, limit: int) -> Found:
        asked.append(typed)
        gate.wait(5)
        return real(shop, typed, limit)

    monkeypatch.setattr(loading, "find", slow)
    async with desk.running() as pilot:
        await pilot.press("slash", *"J-000")
        await pilot.press("1", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, DeskHome)
        gate.set()
        await quiet(pilot)
        await until(pilot, lambda: not isinstance(pilot.app.screen, DeskHome))
        assert "J-0001" in text(pilot)
        assert len(asked) <= 3, "what was typed meanwhile is one question, not six"


async def test_a_change_elsewhere_keeps_the_mark_on_its_record(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        screen = await look(pilot, "8027")
        await pilot.press("down")
        marked = screen.results.current.key  # type: ignore[union-attr]
        shop = desk.open()
        calls.log_answered(shop, desk.ids["work"], calls.Channel.PHONE, desk.ids["me"])
        shop.close()
        await until(pilot, lambda: "found 9" in text(pilot))
        assert screen.results.current.key == marked  # type: ignore[union-attr]
        assert screen.focused is screen.scrap


async def test_nothing_found_judges_every_word_and_a_call_is_one_key_away(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        await look(pilot, "wang fagn")
        seen = text(pilot)
        assert "Nothing found for “wang fagn”." in seen
        assert "“wang” alone finds" in seen
        assert "“fagn” finds nothing." in seen
        await pilot.press("ctrl+n")
        await quiet(pilot)
        assert pilot.app.screen.field("phone").answer + pilot.app.screen.field("name").answer == "wang fagn"


async def test_a_call_is_started_for_the_marked_customer_and_device(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        await look(pilot, "P70F23")
        screen = pilot.app.screen
        assert isinstance(screen, DeskHome)
        await pilot.press("end")
        await pilot.press("ctrl+n")
        await quiet(pilot)
        assert pilot.app.screen.field("name").answer == "王芳 Wang Fang"


async def test_many_matches_are_shown_fifty_then_more_in_the_results(desk: DeskShop) -> None:
    shop = desk.open()
    with shop.store.in_one_go():
        for n in range(70):
            customers.add(shop, NewCustomer(name=f"Zebra {n}"), desk.ids["me"])
    assert search.find(shop, "zebra").total == 70
    shop.close()
    async with desk.running() as pilot:
        screen = await look(pilot, "zebra")
        assert "first 50 of 70 – type more" in text(pilot)
        await pilot.press("tab")
        await quiet(pilot)
        assert len(screen.results.rows) == 70


async def test_enter_on_a_customer_opens_the_card(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        screen = await look(pilot, "8027")
        screen.results.select(f"customer:{desk.ids['wang']}")
        await pilot.press("enter")
        await quiet(pilot)
        assert isinstance(pilot.app.screen, CustomerCard)
