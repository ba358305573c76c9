"""When something becomes due: the trade's defaults as constants, the shop's own values as arguments."""

from datetime import date, datetime, timedelta

from aftersales_tui.domain.working_time import RestDays, add_working_days

FOLLOW_UP_DAYS = 3
"""Calendar days from hand-over to the follow-up call (CB-1)."""
ADVICE_CALL_BACK = timedelta(hours=2)
"""From guidance by phone to the call-back (PH-3)."""
TURNAROUND_DAYS = 7
"""Working days from opening a job to the promised day."""


def follow_up_due_day(handed_over_day: date, days: int = FOLLOW_UP_DAYS) -> date:
    """The last calendar day for the follow-up call after a hand-over (CB-1)."""
    return handed_over_day + timedelta(days=days)


def advice_call_back(at: datetime, after: timedelta = ADVICE_CALL_BACK) -> datetime:
    """The instant of the call-back after guidance by phone (PH-3)."""
    return at + after


def promised_day(opened_day: date, working_days: int, rest: RestDays) -> date:
    """The day a job is promised for: so many working days after the day it was opened."""
    return add_working_days(opened_day, working_days, rest)
