"""What a row of the desk needs, in a few words."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.i18n.test_job_sentence import PLAIN, TODAY, ZONE, at

from aftersales_tui import i18n
from aftersales_tui.domain.words import (
    AsBefore,
    CallKind,
    CallStatus,
    Cause,
    Channel,
    FollowUpKind,
    FollowUpStatus,
    Place,
    Urgency,
    Wish,
)
from aftersales_tui.i18n.needs import call_need, call_need_sentence, follow_up_need, ready_need
from aftersales_tui.views.calls import CallView
from aftersales_tui.views.followups import FollowUpRow

NOW = datetime(2026, 11, 23, 1, 42, tzinfo=UTC)
CALL = CallView(
    id=1, version=1, number=409, at=at(20), taken_by="赵敏", kind=CallKind.REPAIR, channel=Channel.PHONE,
    customer_id=1, customer_name="王芳", caller_name="", phone="", region="", address="", device_id=1,
    brand="", model="", category="", serial="", date_known=True, fault="E18", as_before=AsBefore.NOT_ASKED,
    as_before_job_id=None, cause=Cause.NOT_KNOWN, wish=Wish.REPAIR, urgency=Urgency.P3,
    place=Place.WORKSHOP, status=CallStatus.OPEN, resolution=None, promised_call_back=None, closed_at=None,
    closed_by="",
)  # fmt: skip
DUE = FollowUpRow(
    id=1, version=1, number=207, kind=FollowUpKind.AFTER_HAND_OVER, status=FollowUpStatus.OPEN,
    due_on=TODAY, due_at=None, attempts=0, customer_id=1, customer_name="周文斌", phone="", job_id=1,
    job_number=318, call_id=None, call_number=None, product="Haier", outcome=None, fault="",
)  # fmt: skip


def test_a_promised_call_back_comes_before_everything_else() -> None:
    promised = replace(CALL, promised_call_back=NOW + timedelta(minutes=99), missing=("date",))
    assert call_need(promised, NOW, ZONE) == ("call back 11:21", False)


def test_a_call_back_past_its_moment_is_late_and_says_since_when() -> None:
    late = replace(CALL, promised_call_back=datetime(2026, 11, 20, 9, 20, tzinfo=UTC))
    assert call_need(late, NOW, ZONE) == ("LATE call back, Fri", True)
    assert call_need(replace(late, kind=CallKind.COMPLAINT), NOW, ZONE) == ("LATE answer, Fri 17:20", True)
    assert "nobody has called" in call_need_sentence(late, NOW, ZONE)


def test_what_is_missing_is_asked_for() -> None:
    lacking = replace(CALL, missing=("address", "date"))
    assert call_need(lacking, NOW, ZONE).words == "ask address, sale date"
    assert call_need_sentence(lacking, NOW, ZONE) == "Ask for: address, sale date."


def test_a_cell_names_two_of_many_missing_things_and_the_side_all() -> None:
    lacking = replace(CALL, missing=("name", "address", "product", "date"))
    assert call_need(lacking, NOW, ZONE).words == "ask name, address …"
    assert call_need_sentence(lacking, NOW, ZONE) == "Ask for: name, address, product, sale date."


@pytest.mark.parametrize("kind", CallKind)
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_kind_of_call_needs_something(kind: CallKind, language: str) -> None:
    i18n.activate(language)
    assert call_need(replace(CALL, kind=kind), NOW, ZONE).words


def test_a_follow_up_is_late_by_its_moment_or_its_day() -> None:
    assert follow_up_need(DUE, NOW, ZONE) == ("today", False)
    assert follow_up_need(replace(DUE, due_on=date(2026, 11, 20)), NOW, ZONE) == (
        "LATE since Fri 20 Nov",
        True,
    )
    at_ten = replace(DUE, due_at=datetime(2026, 11, 23, 2, 50, tzinfo=UTC))
    assert follow_up_need(at_ten, NOW, ZONE) == ("today 10:50", False)
    assert follow_up_need(at_ten, NOW + timedelta(hours=2), ZONE) == ("LATE since 10:50", True)


def test_a_ready_device_says_how_long_and_whether_the_customer_knows() -> None:
    ready = replace(PLAIN, ready_at=at(14))
    assert ready_need(ready, TODAY, ZONE).words == "9 days, not told yet"
    assert ready_need(replace(ready, informed_at=at(16)), TODAY, ZONE).words == "9 days, told 16 Nov"
    assert ready_need(replace(PLAIN, ready_at=at(23)), TODAY, ZoneInfo("UTC")).words == "today, not told yet"
