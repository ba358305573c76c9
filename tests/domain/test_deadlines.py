from datetime import UTC, date, datetime, timedelta

from aftersales_tui.domain.deadlines import TURNAROUND_DAYS, advice_call_back, follow_up_due_day, promised_day
from aftersales_tui.domain.working_time import RestDays


def test_the_follow_up_is_due_three_calendar_days_after_the_hand_over() -> None:
    assert follow_up_due_day(date(2026, 11, 25)) == date(2026, 11, 28)
    assert follow_up_due_day(date(2026, 12, 30)) == date(2027, 1, 2)
    assert follow_up_due_day(date(2026, 11, 25), days=1) == date(2026, 11, 26)


def test_the_call_back_after_advice_is_due_two_hours_later() -> None:
    at = datetime(2026, 11, 23, 23, 46, tzinfo=UTC)
    assert advice_call_back(at) == datetime(2026, 11, 24, 1, 46, tzinfo=UTC)
    assert advice_call_back(at, timedelta(hours=3)) == datetime(2026, 11, 24, 2, 46, tzinfo=UTC)


def test_a_job_is_promised_after_the_turnaround_in_working_days() -> None:
    assert promised_day(date(2026, 11, 23), TURNAROUND_DAYS, RestDays()) == date(2026, 12, 2)
    closed = RestDays(own_rest=frozenset({date(2026, 11, 24)}))
    assert promised_day(date(2026, 11, 23), 1, closed) == date(2026, 11, 25)
