"""The call form over a real shop file, key by key."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from tests.tui.conftest import settled
from tests.tui.desk.call_desk import Wang, at_the_desk, wang, wang_made
from tests.tui.fake_shop import HOSTILE

from aftersales_tui import drafts
from aftersales_tui.domain.text import cell_width
from aftersales_tui.domain.words import (
    CallKind,
    CallStatus,
    Cause,
    Coverage,
    FollowUpKind,
    RecordKind,
    Resolution,
)
from aftersales_tui.services import calls, customers, devices, followups, search
from aftersales_tui.services.seat import Seat
from aftersales_tui.tui.desk.call_form import CallForm
from aftersales_tui.tui.modals.conflict import ConflictDialog
from aftersales_tui.tui.printing import PrintDialog
from aftersales_tui.views.calls import CallView

__all__ = ["wang", "wang_made"]

BOTH = pytest.mark.parametrize("size", [(80, 24), (120, 40)])
FAULT = "Sparks inside, stops after two minutes"


def newest_call(seat: Seat) -> CallView:
    found, _total = calls.listed(seat, limit=1)
    return calls.show(seat, found[0].id)


# Keys


@BOTH
async def test_a_known_caller_and_device_to_an_open_job_takes_eight_keys(
    wang: Wang, size: tuple[int, int]
) -> None:
    async with at_the_desk(wang, size) as at:
        await at.press("n", "8", "0", "2", "7", "enter", "enter")
        assert at.here == "fault"
        await at.words(FAULT)
        await at.press("ctrl+s")
        await at.saved()
        assert at.count == 8
        call = newest_call(at.seat)
        assert (call.customer_id, call.device_id, call.fault) == (wang.customer, wang.microwave, FAULT)
        assert call.job_numbers == (2,)
        assert not isinstance(at.pilot.app.screen, CallForm)
        assert "Job J-0002 is open, promised for Wed 2 Dec." in at.toasts


async def test_the_question_whether_it_is_as_before_makes_it_ten_keys(wang: Wang) -> None:
    async with at_the_desk(wang) as at:
        await at.press("n", "8", "0", "2", "7", "enter", "enter")
        await at.words(FAULT)
        await at.press("enter")
        assert at.here == "as_before"
        assert "Ask: the same fault as in J-0001 of 9 Mar?" in at.seen()
        await at.press("1", "enter")
        await at.saved()
        assert at.count == 10
        call = newest_call(at.seat)
        assert (call.job_numbers, call.as_before_job_id) == ((2,), 1)


async def test_a_scanned_serial_takes_caller_and_device_at_once(wang: Wang) -> None:
    async with at_the_desk(wang) as at:
        await at.press("n")
        await at.words("/24G7F0058914")
        await at.pilot.press("enter")
        await at.judged()
        assert at.here == "fault"
        await at.words(FAULT)
        await at.press("ctrl+s")
        await at.saved()
        assert at.count == 2
        call = newest_call(at.seat)
        assert (call.customer_id, call.device_id, len(call.job_numbers)) == (wang.customer, wang.microwave, 1)


async def test_an_enter_before_the_look_up_answers_waits_for_it(wang: Wang) -> None:
    async with at_the_desk(wang) as at:
        await at.press("n")
        await at.pilot.press("8", "0", "2", "7", "enter", "enter")
        await at.judged()
        assert at.field("name") == "王芳 Wang Fang"
        assert at.here in ("device", "fault")


async def new_caller(at, *, product: str = "Midea MG80") -> None:  # type: ignore[no-untyped-def]
    await at.press("n")
    await at.words("139 1234 5678")
    await at.press("enter")
    await at.words("张伟 Zhang Wei")
    await at.press("enter")
    await at.words("Futian Rd 1")
    await at.press("enter")
    assert at.here == "product"
    await at.words(product)
    await at.press("enter")


@BOTH
async def test_a_new_caller_with_a_new_product_takes_eleven_keys(wang: Wang, size: tuple[int, int]) -> None:
    async with at_the_desk(wang, size) as at:
        await new_caller(at)
        assert at.here == "category"
        await at.words("washing")
        await at.press("enter")
        await at.words("WM-998877")
        await at.press("enter")
        await at.words("27.11.25")
        await at.press("enter", "2")
        assert at.here == "fault"
        await at.words(FAULT)
        await at.press("enter", "enter")
        await at.saved()
        assert at.count == 11
        call = newest_call(at.seat)
        assert (call.who, call.brand, call.model, call.category, call.serial) == (
            "张伟 Zhang Wei", "Midea", "MG80", "washing_machine", "WM-998877",
        )  # fmt: skip
        assert (call.missing, len(call.job_numbers)) == ((), 1)
        assert devices.show(at.seat, call.device_id or 0).sold_on == date(2025, 11, 27)


async def test_a_product_the_shop_knows_brings_its_category_and_saves_a_key(wang: Wang) -> None:
    async with at_the_desk(wang) as at:
        await new_caller(at, product="p70f")
        assert (at.field("product"), at.field("category")) == ("Galanz 格兰仕 P70F23", "microwave oven")
        assert at.here == "serial"
        await at.press("enter", "enter", "enter")
        await at.words(FAULT)
        await at.press("enter", "enter")
        await at.saved()
        assert at.count == 10
        assert (newest_call(at.seat).brand, newest_call(at.seat).model) == ("Galanz 格兰仕", "P70F23")


# The verdict follows


async def test_the_verdict_follows_what_is_typed(wang: Wang) -> None:
    async with at_the_desk(wang) as at:
        await new_caller(at)
        await at.words("microwave")
        await at.press("enter", "enter")
        await at.judged()
        assert "NOT PROVEN · no date is known yet" in at.seen()
        await at.words("1.11.2026")
        await at.judged()
        assert "COVERED · repair free until" in at.seen()
        at.form.field("cause").set_answer(Cause.LIQUID)
        await at.judged()
        assert at.form.verdict is not None
        assert at.form.verdict.coverage is Coverage.EXCLUDED
        assert "EXCLUDED · charged repair" in at.seen()


async def test_the_same_fault_again_warns_of_the_exchange(wang: Wang) -> None:
    async with at_the_desk(wang, (120, 40)) as at:
        await at.press("n", "8", "0", "2", "7", "enter", "enter")
        await at.words(FAULT)
        await at.press("enter", "1")
        await at.judged()
        seen = at.seen()
        assert "[yes: J-0001, 9 Mar]" in seen
        assert "Watch out" in seen
        assert "“The repair is free." in seen
        assert "Known about the caller" in seen
        assert "note: prefers WeChat after 18:00" in seen


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("3.1.2027", "! 3 Jan 2027 is after today. Kept as typed, not used to judge."),
        ("31.2.2026", "31.2.2026"),
        ("someday", "! “someday”"),
        (HOSTILE[:60], "! “"),
    ],
)
async def test_a_date_that_cannot_be_is_kept_and_not_used_to_judge(wang: Wang, typed: str, said: str) -> None:
    async with at_the_desk(wang) as at:
        await new_caller(at)
        await at.words("washing")
        await at.press("enter", "enter")
        await at.words(typed)
        before = at.field("date")
        await at.press("enter")
        await at.judged()
        assert said in at.seen()
        assert "NOT PROVEN" in at.seen()
        assert at.field("date") == before != ""
        await at.press("f7")
        await at.saved()
        assert at.here == "date"
        assert isinstance(at.pilot.app.screen, CallForm)
        assert newest_call(at.seat).number == 1


# The ways to end it


async def test_advised_by_phone_closes_the_call_and_makes_the_call_back(wang: Wang) -> None:
    async with at_the_desk(wang) as at:
        await at.press("n", "8", "0", "2", "7", "enter", "enter")
        await at.words("how to descale")
        await at.press("f6")
        await at.saved()
        call = newest_call(at.seat)
        assert (call.status, call.resolution) == (CallStatus.CLOSED, Resolution.ADVISED)
        due, _n, _late = followups.due(at.seat)
        assert FollowUpKind.AFTER_ADVICE in {row.kind for row in due}
        assert "closed as advised" in at.toasts


async def test_the_call_is_kept_open_with_its_promised_call_back(wang: Wang) -> None:
    async with at_the_desk(wang) as at:
        await at.press("n", "8", "0", "2", "7", "enter", "enter")
        await at.words(FAULT)
        at.form.field("now").set_answer("keep")
        at.form.show_promise_or_call_back()
        field = at.form.field("call_back")
        at.form.set_focus(field.focus_target)
        await at.words("15:30")
        assert "promised call-back 15:30" in at.seen()
        await at.press("f7")
        await at.saved()
        call = newest_call(at.seat)
        assert call.status is CallStatus.OPEN
        assert call.promised_call_back is not None
        assert call.promised_call_back.astimezone(at.seat.zone) == datetime(
            2026, 11, 23, 15, 30, tzinfo=at.seat.zone
        )


async def test_another_day_may_be_promised(wang: Wang) -> None:
    async with at_the_desk(wang) as at:
        await at.press("n", "8", "0", "2", "7", "enter", "enter")
        await at.words(FAULT)
        at.form.set_focus(at.form.field("promised_for").focus_target)
        await at.words("7/12")
        assert "by 7 Dec" in at.seen()
        await at.press("f5")
        await at.saved()
        number = newest_call(at.seat).job_numbers[-1]
        hit = search.find(at.seat, f"J-{number:04d}", (RecordKind.JOB,)).items[0]
        assert hit.job is not None
        assert hit.job.promised_for == date(2026, 12, 7)


async def test_without_phone_and_name_the_call_is_kept_open(wang: Wang) -> None:
    async with at_the_desk(wang) as at:
        await at.press("n")
        assert at.field("now") == "keep"
        at.form.set_focus(at.form.field("fault").focus_target)
        await at.words("something smokes")
        await at.press("ctrl+s")
        await at.saved()
        assert newest_call(at.seat).status is CallStatus.NEEDS_VERIFICATION


async def test_a_job_without_a_device_is_refused_at_the_product(wang: Wang) -> None:
    async with at_the_desk(wang) as at:
        await at.press("n")
        await at.words("139 1234 5678")
        await at.press("enter")
        await at.words("张伟")
        at.form.set_focus(at.form.field("fault").focus_target)
        await at.words("dead")
        await at.press("f5")
        await at.saved()
        assert at.here == "product"
        assert "! " in at.seen()
        assert newest_call(at.seat).number == 1
        assert at.field("fault") == "dead"


async def test_is_it_ready_comes_first_for_a_caller_with_an_open_job(wang: Wang) -> None:
    seat = wang.seat()
    calls.open_on_device(seat, wang.microwave, "no heat", wang.clerk)
    seat.close()
    async with at_the_desk(wang) as at:
        await at.press("n", "8", "0", "2", "7", "enter")
        assert "This device has an open job already: J-0002, received." in at.seen()
        at.form.set_focus(at.form.field("kind"))
        await at.press("1")
        assert at.field("kind") == CallKind.PROGRESS
        assert at.field("now") == "advise"
        assert "F6 Answered, close the call" in at.seen()
        assert "complete" in at.rows()[1]
        await at.press("ctrl+s")
        await at.saved()
        assert newest_call(at.seat).resolution is Resolution.ANSWERED


# Who and which


async def test_letters_that_match_nobody_go_to_the_name(wang: Wang) -> None:
    async with at_the_desk(wang) as at:
        await at.press("n")
        await at.words("Nobody Knownhere")
        await at.press("enter")
        assert (at.field("phone"), at.field("name"), at.here) == ("", "Nobody Knownhere", "phone")


async def test_another_product_typed_over_a_known_one_is_another_device(wang: Wang) -> None:
    async with at_the_desk(wang) as at:
        await at.press("n", "8", "0", "2", "7", "enter")
        at.form.set_focus(at.form.field("product").focus_target)
        at.form.field("product").focus_target.value = ""  # type: ignore[attr-defined]
        await at.words("Bosch WAN28")
        assert (at.field("device"), at.field("serial"), at.field("date")) == ("other", "", "")
        assert at.form.device is None


async def test_a_corrected_address_is_saved_with_the_call(wang: Wang) -> None:
    async with at_the_desk(wang) as at:
        await at.press("n", "8", "0", "2", "7", "enter", "enter")
        await at.words(FAULT)
        at.form.set_focus(at.form.field("address").focus_target)
        await at.words(", moved")
        await at.press("f7")
        await at.saved()
        assert customers.show(at.seat, wang.customer).address == "Dongmen Rd 88-1204, moved"


async def test_an_address_that_another_seat_changed_meanwhile_is_decided_first(wang: Wang) -> None:
    async with at_the_desk(wang) as at:
        await at.press("n", "8", "0", "2", "7", "enter", "enter")
        await at.words(FAULT)
        at.form.set_focus(at.form.field("address").focus_target)
        await at.words(", moved")
        view = customers.show(at.seat, wang.customer)
        shown = {"version": view.version, "address": view.address}
        customers.edit(at.seat, wang.customer, shown=shown, changes={"address": "Elsewhere 1"}, by=1)
        await at.pilot.press("f7")
        await at.pilot.pause(0.05)
        await settle_dialog(at)
        assert isinstance(at.pilot.app.screen, ConflictDialog)
        assert newest_call(at.seat).number == 1
        await at.pilot.press("escape")
        await at.pilot.pause()
        assert at.field("address") == "Dongmen Rd 88-1204, moved"


async def settle_dialog(at) -> None:  # type: ignore[no-untyped-def]
    for _n in range(100):
        if isinstance(at.pilot.app.screen, ConflictDialog):
            return
        await at.pilot.pause(0.01)


async def test_another_name_on_a_known_phone_is_another_customer(wang: Wang) -> None:
    async with at_the_desk(wang) as at:
        await at.press("n", "8", "0", "2", "7", "enter", "enter")
        await at.words(FAULT)
        at.form.set_focus(at.form.field("name").focus_target)
        at.form.field("name").focus_target.value = ""  # type: ignore[attr-defined]
        await at.words("Li Lei")
        await at.press("f7")
        await at.saved()
        call = newest_call(at.seat)
        assert call.customer_id != wang.customer
        assert customers.show(at.seat, wang.customer).name == "王芳 Wang Fang"
        assert "Somebody else is on file with this phone" in at.toasts


# Drafts


async def test_a_form_that_is_left_comes_back_exactly_as_it_was(wang: Wang) -> None:
    async with at_the_desk(wang) as at:
        await at.press("n", "8", "0", "2", "7", "enter", "enter")
        await at.words(FAULT)
        await at.press("enter", "1")
        at.form.field("urgency").set_answer("P1")
        at.form.set_focus(at.form.field("promised_for").focus_target)
        await at.words("7/12")
        typed = at.form.answers()
        await at.press("escape")
        await at.saved()
        (draft,) = drafts.list_drafts(wang.path, wang.clerk)
        assert draft.title.startswith("王芳 Wang Fang  Galanz 格兰仕 P70F23: Sparks inside")
        await at.pilot.app.open_screen("call_form", draft=draft.id)  # type: ignore[attr-defined]
        await at.judged()
        assert at.form.answers() == typed
        assert at.here == "promised_for"
        assert drafts.list_drafts(wang.path, wang.clerk) == []
        await at.press("ctrl+s")
        await at.saved()
        assert len(newest_call(at.seat).job_numbers) == 1
        assert drafts.list_drafts(wang.path, wang.clerk) == []


async def test_a_second_caller_may_come_before_the_first_is_done(wang: Wang) -> None:
    async with at_the_desk(wang) as at:
        await at.press("n", "8", "0", "2", "7", "enter", "enter")
        await at.words(FAULT)
        first = at.form
        await at.press("ctrl+n")
        assert at.form is not first
        assert at.form.answers()["fault"] == ""
        await at.words("139 9999 0000")
        await at.press("enter")
        await at.press("ctrl+q")
    found = drafts.list_drafts(wang.path, wang.clerk)
    assert sorted(draft.answers["phone"] for draft in found) == ["138 0013 8027", "139 9999 0000"]


async def test_p_prints_the_claim_check_of_the_device_that_was_just_taken_in(wang: Wang) -> None:
    async with at_the_desk(wang) as at:
        await at.press("n", "8", "0", "2", "7", "enter", "enter")
        await at.words(FAULT)
        at.form.field("channel").set_answer("walk_in")
        await at.press("ctrl+s")
        await at.saved()
        assert "its device is here. p prints the claim check." in at.seen()
        await at.pilot.press("p")
        for _n in range(200):
            if isinstance(at.pilot.app.screen, PrintDialog):
                break
            await at.pilot.pause(0.01)
        assert isinstance(at.pilot.app.screen, PrintDialog)
        await at.pilot.press("escape")
        await settled(at.pilot)
        assert "p prints the claim check." in at.seen()
        await at.press("down")
        assert "p prints the claim check." not in at.seen()
        await at.press("p")
        # said in the corner too, where a list that is read again does not take its place
        said = [note.message for note in at.pilot.app._notifications]
        assert "Not now: Enter opens the record, p prints there" in said
        assert not isinstance(at.pilot.app.screen, PrintDialog)


async def test_a_job_whose_device_is_still_to_come_has_no_claim_check(wang: Wang) -> None:
    async with at_the_desk(wang) as at:
        await at.press("n", "8", "0", "2", "7", "enter", "enter")
        await at.words(FAULT)
        await at.press("ctrl+s")
        await at.saved()
        assert "is open, promised for" in at.toasts
        assert "claim check" not in at.seen()


async def test_a_caller_who_was_taken_and_nothing_more_is_kept_in_the_draft(wang: Wang) -> None:
    async with at_the_desk(wang) as at:
        await at.press("n", "8", "0", "2", "7")
        await at.form.flush_draft()
        await at.press("enter", "escape")
        await at.saved()
    (draft,) = drafts.list_drafts(wang.path, wang.clerk)
    assert draft.answers["phone"] == "138 0013 8027"
    assert draft.context["customer_id"] == wang.customer


async def test_ctrl_q_leaves_at_once_and_keeps_what_was_just_typed(wang: Wang) -> None:
    async with at_the_desk(wang) as at:
        await at.press("n")
        at.form.set_focus(at.form.field("fault").focus_target)
        await at.words("half a sen")
        await at.press("ctrl+q")
    (draft,) = drafts.list_drafts(wang.path, wang.clerk)
    assert draft.answers["fault"] == "half a sen"


# How it looks


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@BOTH
async def test_the_whole_form_fits_without_scrolling(
    wang: Wang, size: tuple[int, int], language: str
) -> None:
    async with at_the_desk(wang, size, language) as at:
        await at.press("n", "8", "0", "2", "7", "enter", "enter")
        await at.words(FAULT)
        await at.judged()
        rows = at.rows()
        assert len(rows) == size[1]
        assert {cell_width(row) for row in rows} == {size[0]}
        seen = "\n".join(rows)
        for key in ("F5 ", "F6 ", "F7 ", "F8 "):
            assert key in seen
        assert "138 0013 8027" in seen
        core = at.form.query_one("#core")
        assert core.max_scroll_y == 0
        assert "…" not in rows[-2]


@BOTH
async def test_hostile_text_is_shown_as_text_everywhere(wang: Wang, size: tuple[int, int]) -> None:
    seat = wang.seat()
    shown = customers.show(seat, wang.customer)
    values = {"version": shown.version, "name": shown.name, "notes": shown.notes}
    name = "[/foo] \x1b]0;PWNED\x07 \u202eRTL 王芳"
    customers.edit(seat, wang.customer, shown=values, changes={"name": name, "notes": HOSTILE[:500]}, by=1)
    seat.close()
    async with at_the_desk(wang, size) as at:
        await at.press("n", "8", "0", "2", "7", "enter", "enter")
        await at.words(HOSTILE[:3000])
        await at.judged()
        seen = at.seen()
        assert "[/foo]" in seen
        assert "\x1b" not in seen
        assert "\u202e" not in seen
        assert {cell_width(row) for row in at.rows()} == {size[0]}
        await at.press("f7")
        await at.saved()
        assert "[@click=app.quit]" in newest_call(at.seat).fault
