"""The follow-up sheet: one key for each answer, nobody reached, an unhappy customer, drafts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.tui.bench.conftest import done, press, text, toasts
from tests.tui.desk.desk_shop import HOSTILE, DeskShop

from aftersales_tui import drafts
from aftersales_tui.domain.dates import Month
from aftersales_tui.domain.words import FollowUpStatus, Reached, Satisfaction, Solved
from aftersales_tui.services import behind, followups, steps
from aftersales_tui.tui.desk.follow_up import FollowUpSheet
from aftersales_tui.tui.desk.home import DeskHome
from aftersales_tui.views.followups import FollowUpAnswer

SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def due(desk: DeskShop) -> DeskShop:
    """The laptop was handed over; three days later its follow-up is due."""
    shop = desk.open()
    steps.hand_over(shop, desk.ids["ready"], desk.ids["me"])
    found = followups.for_job(shop, desk.ids["ready"])
    assert found is not None
    desk.ids["due"] = found
    desk.now += timedelta(days=3)
    shop.close()
    return desk


def recorded(due: DeskShop) -> object:
    """The follow-up as it stands in the file."""
    shop = due.open()
    try:
        return followups.show(shop, due.ids["due"])
    finally:
        shop.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_eight_keys_record_a_call_with_three_scores(
    due: DeskShop, size: tuple[int, int], language: str
) -> None:
    keys = ("2", "enter", "1", "1", "5", "5", "5", "ctrl+s")
    assert len(keys) == 8
    async with due.running(size, language) as pilot:
        await press(pilot, *keys)
        assert isinstance(pilot.app.screen, DeskHome)
        assert "F-0001" in toasts(pilot)[-1]
    found = recorded(due)
    assert (found.status, found.reached, found.solved) == (FollowUpStatus.DONE, Reached.YES, Solved.YES)
    assert (found.quality, found.attitude, found.overall) == (Satisfaction.VERY_SATISFIED,) * 3
    assert found.recorded_by == "李娜 Li Na"


async def test_four_keys_when_nobody_answers(due: DeskShop) -> None:
    keys = ("2", "enter", "2", "ctrl+s")
    assert len(keys) == 4
    async with due.running() as pilot:
        await press(pilot, *keys)
        assert isinstance(pilot.app.screen, DeskHome)
        assert "call again" in toasts(pilot)[-1]
    found = recorded(due)
    assert (found.status, found.reached, found.attempts) == (FollowUpStatus.OPEN, Reached.NO_ANSWER, 1)
    assert f"{found.due_at:%H:%M}" == "03:45", "two opening hours later, 11:45 in the shop"


@pytest.mark.parametrize(
    ("digit", "shown"), [("2", "today 11:45"), ("3", "today 11:45"), ("4", "tomorrow 09:00")]
)
async def test_nobody_reached_jumps_to_the_end_with_a_time_proposed(
    due: DeskShop, digit: str, shown: str
) -> None:
    async with due.running() as pilot:
        await press(pilot, "2", "enter", digit)
        screen = text(pilot)
        assert "▸ Save, call again: " in screen
        assert shown in screen
        assert pilot.app.focused is pilot.app.screen.field("then")


async def test_another_time_may_be_typed(due: DeskShop) -> None:
    async with due.running() as pilot:
        await press(pilot, "2", "enter", "3", "shift+tab", "ctrl+u")
        await pilot.press(*"nonsense")
        await press(pilot, "ctrl+s")
        assert "! “nonsense” is not a date and time." in text(pilot)
        await press(pilot, "ctrl+u", *"9:00", "ctrl+s")
        assert isinstance(pilot.app.screen, DeskHome)
    assert f"{recorded(due).due_at:%d %H:%M}" == "27 01:00", "nine the next morning"


@pytest.mark.parametrize(
    "answers", [("1", "1", "5", "5", "-"), ("1", "1", "5", "5", "－"), ("1", "3", "5", "5", "3")]
)
async def test_somebody_unhappy_marks_the_supervisor_and_reaches_the_owner(
    due: DeskShop, answers: tuple[str, ...]
) -> None:
    async with due.running() as pilot:
        await press(pilot, "2", "enter", *answers)
        assert "▸ Save, tell the supervisor now" in text(pilot)
        await press(pilot, "ctrl+s")
        assert "赵敏 Zhao Min sees it on the month's page" in toasts(pilot)[-1]
    shop = due.open()
    unhappy = behind.of_measure(shop, Month(2026, 11), "unhappy")
    assert [row.number for row in unhappy.rows] == [1]
    shop.close()


async def test_a_line_marked_by_hand_stays_marked(due: DeskShop) -> None:
    async with due.running() as pilot:
        await press(pilot, "2", "enter", "1", "1", "5", "5", "5", "down", "down")
        assert "▸ Save, tell the supervisor now" in text(pilot)
        await press(pilot, "enter")
        assert "sees it on the month's page" in toasts(pilot)[-1]
    assert recorded(due).status is FollowUpStatus.DONE


async def test_what_is_missing_is_said_at_its_field(due: DeskShop) -> None:
    async with due.running() as pilot:
        await press(pilot, "2", "enter", "ctrl+s")
        assert "! Say whether somebody was reached." in text(pilot)
        await press(pilot, "1", "ctrl+s")
        assert "! The score is missing." in text(pilot)
        sheet = pilot.app.screen
        assert sheet.focused is sheet.field("overall")
        sheet.set_focus(sheet.field("promised_by"))
        await pilot.press(*"31/2")
        await press(pilot, "enter", "3", "ctrl+s")
        assert "There is no such day" in text(pilot)
    assert recorded(due).status is FollowUpStatus.OPEN


async def test_words_promise_and_lead_are_kept(due: DeskShop) -> None:
    async with due.running((120, 40)) as pilot:
        await press(pilot, "2", "enter", "1", "1", "3", "2", "1")
        sheet = pilot.app.screen
        for name, value in (("opinion", HOSTILE), ("promised", "price of a handle"), ("promised_by", "mon")):
            sheet.field(name).set_answer(value)
        sheet.set_focus(sheet.field("lead"))
        await press(pilot, "2", "ctrl+s")
    found = recorded(due)
    assert "[/foo]" in found.opinion
    assert (found.promised, found.lead, found.overall) == (
        "price of a handle",
        True,
        Satisfaction.NO_STATEMENT,
    )
    assert str(found.promised_by) == "2026-11-30"


@pytest.mark.parametrize("size", SIZES)
async def test_a_half_typed_sheet_waits_for_its_person(due: DeskShop, size: tuple[int, int]) -> None:
    async with due.running(size) as pilot:
        await press(pilot, "2", "enter", "1", "2", "5", "escape")
        assert isinstance(pilot.app.screen, DeskHome)
        assert recorded(due).status is FollowUpStatus.OPEN
        await press(pilot, "2", "enter")
        await done(pilot)
        sheet = pilot.app.screen
        assert isinstance(sheet, FollowUpSheet)
        answers = sheet.answers()
        assert (answers["reached"], answers["solved"], answers["quality"]) == (
            "yes",
            "partly",
            "very_satisfied",
        )
        assert sheet.focused is sheet.field("attitude")
        await press(pilot, "5", "5", "ctrl+s")
    assert recorded(due).solved is Solved.PARTLY
    assert drafts.list_drafts(due.path, due.ids["me"], "follow_up") == []


async def test_a_call_that_was_made_is_shown_and_cannot_be_made_again(due: DeskShop) -> None:
    shop = due.open()
    answer = FollowUpAnswer(reached=Reached.YES, overall=Satisfaction.SATISFIED, opinion="all is well")
    followups.record(shop, due.ids["due"], answer, due.ids["me"])
    shop.close()
    async with due.running((120, 40)) as pilot:
        await pilot.app.open_screen("follow_up", due.ids["due"])
        await done(pilot)
        screen = text(pilot)
        assert "Follow-up call F-0001, done" in screen
        assert "all is well" in screen
        assert "Recorded Thu 26 Nov 09:42" in " ".join(screen.split())
        await press(pilot, "ctrl+s")
        assert "Not now: this follow-up is no longer open" in toasts(pilot)


async def test_somebody_elses_record_comes_first(due: DeskShop) -> None:
    async with due.running() as pilot:
        await press(pilot, "2", "enter", "1", "1", "5", "5", "5")
        shop = due.open()
        followups.record(shop, due.ids["due"], FollowUpAnswer(reached=Reached.DECLINED), due.ids["me"])
        shop.close()
        await press(pilot, "ctrl+s")
        assert "is done already" in toasts(pilot)[-1]
        assert isinstance(pilot.app.screen, FollowUpSheet)
    assert recorded(due).reached is Reached.DECLINED


async def test_the_side_says_what_was_done_what_to_say_and_what_came_before(due: DeskShop) -> None:
    shop = due.open()
    followups.record(shop, due.ids["due"], FollowUpAnswer(reached=Reached.NO_ANSWER), due.ids["me"])
    shop.close()
    due.now += timedelta(days=1)
    async with due.running((120, 40)) as pilot:
        await press(pilot, "2", "enter")
        side = " ".join(" ".join(row.split("│")[-1] for row in text(pilot).splitlines()).split())
        assert "What was done replaced Test run passed." in side
        assert "Does the Lenovo E14 work as it should?" in side
        assert "called, no answer" in side
        assert "shows it to 赵敏 Zhao Min" in side


async def test_the_scores_take_a_second_row_where_one_is_too_short(due: DeskShop) -> None:
    async with due.running() as pilot:
        await press(pilot, "2", "enter", "1", "1")
        screen = text(pilot)
        assert "5 very satisfied   3 satisfied   2 neutral" in screen
        assert "1 no statement   - dissatisfied" in screen
        assert "5 3 2 1 - answer" in screen.splitlines()[-1]


async def test_the_phone_is_copied_without_leaving_the_sheet(due: DeskShop) -> None:
    async with due.running() as pilot:
        await press(pilot, "2", "enter", "ctrl+g", "y")
        await done(pilot)
        assert "138 0013 8027" in toasts(pilot)[-1]
        assert isinstance(pilot.app.screen, FollowUpSheet)
