"""The desk's home on a real shop file."""

from datetime import timedelta

import pytest
from tests.tui.desk.desk_shop import HOSTILE, NOON, DeskShop, drawn, quiet, until

from aftersales_tui import drafts
from aftersales_tui.domain.words import CallKind, JobStatus, Resolution
from aftersales_tui.services import calls, customers, jobs
from aftersales_tui.tui.bench.hand_over import HandOver
from aftersales_tui.tui.desk.call import CallScreen
from aftersales_tui.tui.desk.call_edit import CallEdit
from aftersales_tui.tui.desk.home import DeskHome
from aftersales_tui.tui.office.log import LogScreen
from aftersales_tui.tui.widgets.panel import Panel
from aftersales_tui.views.calls import NewCall
from aftersales_tui.views.customers import NewCustomer

SIZES = [(80, 24), (120, 40)]


def home(pilot) -> DeskHome:  # type: ignore[no-untyped-def]
    assert isinstance(pilot.app.screen, DeskHome)
    return pilot.app.screen


def text(pilot) -> str:  # type: ignore[no-untyped-def]
    return "\n".join(drawn(pilot))


@pytest.mark.parametrize("size", SIZES)
async def test_the_home_shows_what_waits_with_the_late_call_first(
    desk: DeskShop, size: tuple[int, int]
) -> None:
    async with desk.running(size) as pilot:
        rows = drawn(pilot)
        assert rows[1].startswith(" / Look up phone digits")
        assert rows[2].startswith("[1 Open calls 2, 1 late]")
        assert rows[4].startswith(" ▸ C-0002 王芳 Wang Fang")
        assert "LATE call back, 08:42" in rows[4]
        assert "ask phone, address" in rows[5]
        assert "Needs: LATE call back" in rows[-3] or size == (80, 24)
        assert ("sparks inside" in "\n".join(rows[6:20])) == (size == (120, 40))
        assert ("J-0001" in text(pilot)) == (size == (120, 40))
        await pilot.press("3")
        await quiet(pilot)
        assert "5 days, not told yet" in text(pilot)
        assert "Ready since Wed 18 Nov" in drawn(pilot)[-3]


async def test_a_long_list_is_whole_once_it_is_painted(desk: DeskShop) -> None:
    shop = desk.open()
    for n in range(30):
        calls.log(shop, NewCall(kind=CallKind.OTHER, name=f"Ng {n}", fault="asks"), desk.ids["me"])
    shop.close()
    async with desk.running() as pilot:
        assert len(home(pilot).query_one("#calls", Panel).rows) == 32
        assert drawn(pilot)[2].startswith("[1 Open calls 32, 1 late]")
        await pilot.press("end")
        assert any("Ng 29" in row for row in drawn(pilot))


async def test_the_side_says_when_a_verdict_was_judged_and_that_nobody_called_back(desk: DeskShop) -> None:
    async with desk.running((120, 40)) as pilot:
        seen = text(pilot)
        assert "COVERED" in seen
        assert "judged Fri 20 Nov" in seen
        assert "nobody has called yet" in seen


async def test_another_process_shows_within_moments_and_the_cursor_keeps_its_record(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        await pilot.press("j")
        assert home(pilot).current.record.id == desk.ids["nobody"]  # type: ignore[union-attr]
        other = desk.open()
        new = NewCall(kind=CallKind.OTHER, name="Ng", fault="asks", call_back_at=NOON - timedelta(days=1))
        logged = calls.log(other, new, desk.ids["me"]).call
        other.close()
        await until(pilot, lambda: "LATE call back, Sun" in text(pilot))
        assert home(pilot).current.record.id == desk.ids["nobody"]  # type: ignore[union-attr]
        assert f"C-{logged.number:04d}" in text(pilot)


async def test_enter_opens_the_call_and_escape_comes_back(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        await pilot.press("enter")
        await quiet(pilot)
        assert isinstance(pilot.app.screen, CallScreen)
        assert "sparks inside" in text(pilot)
        await pilot.press("escape")
        await quiet(pilot)
        assert home(pilot).current is not None


async def test_o_opens_the_job_of_a_whole_call(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        await pilot.press("o")
        await quiet(pilot)
        shop = desk.open()
        call = calls.show(shop, desk.ids["call"])
        shop.close()
        assert call.job_numbers == (3,)
        assert call.resolution is Resolution.JOB_OPENED
        assert "[1 Open calls 1]" in text(pilot)


async def test_o_on_a_call_that_lacks_something_asks_for_it_and_then_opens_the_job(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        await pilot.press("j", "o")
        await quiet(pilot)
        form = pilot.app.screen
        assert isinstance(form, CallEdit)
        typed = {"phone": "139 1234 5678", "product": "Dyson V8", "sold_on": "8m", "fault": HOSTILE}
        form.fill(typed)
        await pilot.press("ctrl+s")
        await quiet(pilot)
        shop = desk.open()
        call = calls.show(shop, desk.ids["nobody"])
        shop.close()
        assert call.job_numbers == (3,)
        assert (call.brand, call.model, call.phone) == ("Dyson", "V8", "139 1234 5678")
        assert "\x1b" not in call.fault


async def test_c_closes_the_call_with_the_answer_of_a_digit(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        await pilot.press("c")
        await quiet(pilot)
        assert "1 advised by phone" in text(pilot)
        await pilot.press("1", "enter")
        await quiet(pilot)
        shop = desk.open()
        assert calls.show(shop, desk.ids["call"]).resolution is Resolution.ADVISED
        shop.close()


async def test_telling_the_customer_is_stamped_and_handing_over_asks_first(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        await pilot.press("3")
        await quiet(pilot)
        assert drawn(pilot)[-1].startswith(" Enter open  h hand over  i told  b answered  n new call")
        await pilot.press("i")
        await quiet(pilot)
        await pilot.press("2", "enter")
        await quiet(pilot)
        shop = desk.open()
        told = jobs.show(shop, desk.ids["ready"])
        assert (told.informed_by, str(told.informed_channel)) == ("李娜 Li Na", "message")
        await pilot.press("h")
        await quiet(pilot)
        assert isinstance(pilot.app.screen, HandOver)
        await pilot.press("enter")
        await quiet(pilot)
        assert jobs.show(shop, desk.ids["ready"]).status is JobStatus.READY
        await pilot.press("h")
        await quiet(pilot)
        await pilot.press("y")
        await quiet(pilot)
        assert jobs.show(shop, desk.ids["ready"]).status is JobStatus.HANDED_OVER
        shop.close()
        assert "Nothing is ready." in text(pilot)


async def test_a_key_that_cannot_act_says_why(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        await pilot.press("h")
        await quiet(pilot)
        assert "Not now: it is no job" in drawn(pilot)[-3]
        await pilot.press("j", "v")
        await quiet(pilot)
        assert "Not now: no device is known yet" in drawn(pilot)[-3]


async def test_a_call_closed_by_mistake_is_opened_again_with_e(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        await pilot.press("c", "enter", "enter")
        await quiet(pilot)
        assert "[1 Open calls 1" in text(pilot)
        await pilot.app.open_screen("call", desk.ids["call"])  # type: ignore[attr-defined]
        await quiet(pilot)
        assert "This call is closed. e reopens it if that was a mistake." in text(pilot)
        await pilot.press("e")
        await quiet(pilot)
        await pilot.press(*"wrong row", "enter")
        await quiet(pilot)
        assert "C-0002 is open again." in text(pilot)
        await pilot.press("2")
        assert "call reopened: wrong row" in text(pilot)
        await pilot.press("escape")
        await quiet(pilot)
        assert "[1 Open calls 2" in text(pilot)


async def test_a_key_of_other_screens_is_not_swallowed_without_a_word(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        await pilot.press("x")
        await quiet(pilot)
        assert "Not now: “Next step” is not done on this screen" in text(pilot)
        await pilot.press("f6")
        await quiet(pilot)
        assert "“Advised by phone, close the call” is not done" in text(pilot)
        await pilot.press("slash", "x")
        await quiet(pilot)
        assert pilot.app.screen.scrap.value == "x"


async def test_a_key_that_acts_here_says_nothing_of_other_screens(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        await pilot.press("down", "up", "j", "k", "end", "home", "tab", "shift+tab", "pagedown", "left", "2")
        await pilot.press("escape", "f2", "enter", "escape")
        await quiet(pilot)
        assert not list(pilot.app._notifications)


async def test_l_opens_the_log_of_the_selected_call(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        await pilot.press("l")
        await quiet(pilot)
        assert isinstance(pilot.app.screen, LogScreen)
        assert "C-0002 › Changes" in text(pilot)


async def test_the_now_line_of_a_job_of_a_call_ends_with_one_full_stop(desk: DeskShop) -> None:
    shop = desk.open()
    calls.open_job(shop, desk.ids["call"], desk.ids["me"])
    shop.close()
    async with desk.running() as pilot:
        await pilot.app.open_screen("call", desk.ids["call"])  # type: ignore[attr-defined]
        await quiet(pilot)
        said = drawn(pilot)[-3].rstrip()
        assert said.startswith(" Selected: J-")
        assert said.endswith(".")
        assert not said.endswith("..")


async def test_a_draft_stands_on_top_enter_goes_on_with_it_and_c_drops_it(desk: DeskShop) -> None:
    kept = drafts.begin(desk.path, desk.ids["me"], "call")
    kept.save(HOSTILE, {"name": "陈建国", "fault": "no picture"}, NOON)
    kept.release()
    async with desk.running() as pilot:
        rows = drawn(pilot)
        assert rows[4].startswith(" ▸ draft  陈建国")
        assert "half typed 09:42" in rows[4]
        assert "[1 Open calls 2, 1 late]" in rows[2]
        await pilot.press("enter")
        await quiet(pilot)
        assert pilot.app.screen.field("fault").answer == "no picture"
        await pilot.press("escape")
        await quiet(pilot)
        await pilot.press("home", "c")
        await quiet(pilot)
        await pilot.press("y")
        await quiet(pilot)
        assert drafts.list_drafts(desk.path, desk.ids["me"]) == []
        assert "half typed" not in text(pilot)


async def test_beside_a_draft_stands_what_was_written_and_no_code_of_an_answer(desk: DeskShop) -> None:
    kept = drafts.begin(desk.path, desk.ids["me"], "call")
    said = {"phone": "13712345678", "name": "陈小明", "date": "8m", "fault": "no picture"}
    codes = {"channel": "walk_in", "basis": "delivered", "as_before": "not_asked", "device": "other"}
    kept.save("陈小明  no picture", said | codes, NOON)
    kept.release()
    async with desk.running((120, 40)) as pilot:
        beside = "\n".join(row.rpartition("│")[2] for row in drawn(pilot) if "│" in row)
        assert "Phone: 13712345678" in beside
        assert "Date: 8m" in beside
        assert "In the caller's words" in beside
        assert "no picture" in beside
        assert not any(code in beside for code in codes.values())


async def test_empty_lists_say_what_that_means_and_which_key_helps(desk: DeskShop) -> None:
    shop = desk.open()
    for name in ("call", "nobody"):
        calls.close(shop, desk.ids[name], Resolution.ANSWERED, desk.ids["me"])
    shop.close()
    async with desk.running((120, 40)) as pilot:
        seen = text(pilot)
        assert "Nothing is open. Nobody is waiting for us." in seen
        assert "n  starts a call when the phone rings" in seen
        assert "open 09:00 to 18:00" in seen
        assert drawn(pilot)[-1].startswith(" n new call  / look up")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_hostile_names_and_endless_notes_break_nothing(
    desk: DeskShop, size: tuple[int, int], language: str
) -> None:
    shop = desk.open()
    me = desk.ids["me"]
    owner = customers.add(
        shop, NewCustomer(name=HOSTILE, phones=(HOSTILE,), region=HOSTILE, notes="长" * 10_000), me
    )
    call = NewCall(
        customer_id=owner.id, brand=HOSTILE, model="[b]M", serial="[/]",
        fault=HOSTILE + "长" * 10_000, call_back_at=NOON - timedelta(days=30),
    )  # fmt: skip
    calls.log(shop, call, me)
    shop.close()
    async with desk.running(size, language) as pilot:
        seen = text(pilot)
        assert "[/foo]" in seen
        assert "\x1b" not in seen
        assert "\u202e" not in seen
        for keys in (("enter",), ("d",), ("escape",), ("e",), ("escape",), ("escape",)):
            await pilot.press(*keys)
            await quiet(pilot)
            assert all("\x1b" not in row for row in drawn(pilot))
        pilot.app.screen.look_up("[/foo]")  # type: ignore[attr-defined]
        await quiet(pilot)
        await pilot.press("end", "enter")
        await quiet(pilot)
        assert "[/foo]" in text(pilot)


async def test_the_panels_keep_their_own_cursor(desk: DeskShop) -> None:
    async with desk.running((120, 40)) as pilot:
        await pilot.press("j", "3", "1")
        await quiet(pilot)
        assert home(pilot).query_one("#calls", Panel).current.record.id == desk.ids["nobody"]  # type: ignore[union-attr]
        assert len([row for row in drawn(pilot) if row.startswith(" ▸")]) == 1


async def test_a_call_that_was_just_logged_has_the_cursor(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        await pilot.press("n")
        await quiet(pilot)
        form = pilot.app.screen
        form.fill({"name": "Ng, Wei-Ling", "fault": "no picture"})  # type: ignore[attr-defined]
        await pilot.press("f7")
        await quiet(pilot)
        assert home(pilot).current.record.fault == "no picture"  # type: ignore[union-attr]


@pytest.mark.parametrize("size", SIZES)
async def test_every_key_row_ends_with_help_and_no_now_line_is_cut_in_the_middle_of_the_keys(
    desk: DeskShop, size: tuple[int, int]
) -> None:
    async with desk.running(size) as pilot:
        for key in ("1", "3", "slash"):
            await pilot.press(key)
            await quiet(pilot)
            rows = drawn(pilot)
            assert rows[-1].rstrip().endswith("F1 help")
            assert "…" not in rows[-2]
