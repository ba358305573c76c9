"""How a job stands, in one sentence to read out."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from aftersales_tui import i18n
from aftersales_tui.domain.words import JobStatus, Outcome, Place, Urgency, Wish
from aftersales_tui.i18n.job_sentence import near_day, short_name, spoken
from aftersales_tui.views.jobs import JobRow

ZONE = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 23)
PLAIN = JobRow(
    id=1, version=1, number=343, status=JobStatus.IN_REPAIR, outcome=None, coverage=None, customer_id=1,
    customer_name="王芳 Wang Fang", phone="", device_id=1, brand="Galanz", model="P70F23", category="",
    fault="sparks", urgency=Urgency.P3, wish=Wish.REPAIR, place=Place.WORKSHOP, assigned_to=2,
    assigned_name="陈伟 Chen Wei", appointment_at=None, promised_for=date(2026, 11, 30),
    opened_at=datetime(2026, 11, 20, 2, tzinfo=UTC), device_here=True, resume_to=None, waiting_since=None,
    wait_note="", wait_until=None, test_passed=False, ready_at=None, informed_at=None, completed_on=None,
    shelf="",
)  # fmt: skip


def at(day: int, hour: int = 4) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def said(status: JobStatus, **facts: object) -> str:
    return spoken(replace(PLAIN, status=status, **facts), TODAY, ZONE)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("status", "facts", "sentence"),
    [
        ("expected", {}, "The device was not brought in yet; promised Mon 30 Nov."),
        ("expected", {"promised_for": None}, "The device was not brought in yet."),
        (
            "expected",
            {"place": Place.ON_SITE, "appointment_at": at(24, 1)},
            "We come on Tue 24 Nov at 09:00.",
        ),
        ("expected", {"place": Place.ON_SITE}, "We come to the customer; the time is not agreed yet."),
        ("received", {}, "Here since Fri 20 Nov, not begun yet, promised Mon 30 Nov."),
        ("received", {"opened_at": at(23), "promised_for": None}, "Here since today, not begun yet."),
        ("diagnosing", {}, "陈伟 is diagnosing it, promised Mon 30 Nov."),
        ("in_repair", {}, "In repair with 陈伟, promised Mon 30 Nov."),
        ("in_repair", {"assigned_name": "", "promised_for": None}, "In repair."),
        ("testing", {}, "Repaired, 陈伟 is testing it, promised Mon 30 Nov."),
        (
            "awaiting_parts",
            {"waiting_since": at(17), "wait_until": date(2026, 11, 25)},
            "Waiting for parts for 6 days, expected Wed 25 Nov.",
        ),
        ("awaiting_parts", {"waiting_since": at(23)}, "Waiting for parts since today, no day is known yet."),
        (
            "awaiting_approval",
            {"waiting_since": at(22)},
            "Waiting for 1 day for the customer to say yes; ask now.",
        ),
        ("awaiting_customer", {"waiting_since": at(21)}, "Waiting for 2 days for the customer."),
        ("at_maker", {"waiting_since": at(13)}, "At the maker for 10 days, no day is known yet."),
        ("ready", {"ready_at": at(20), "shelf": "A2"}, "Ready since Fri 20 Nov, on shelf A2, not told yet."),
        ("ready", {"ready_at": at(22), "informed_at": at(23)}, "Ready since yesterday, told today."),
        (
            "ready",
            {"ready_at": at(23), "outcome": Outcome.NOT_REPAIRABLE},
            "To be collected since today, not repairable, not told yet.",
        ),
        (
            "handed_over",
            {"completed_on": date(2026, 3, 9), "outcome": Outcome.FIXED},
            "Handed over Mon 9 Mar, fixed.",
        ),
        (
            "settled",
            {"completed_on": TODAY, "outcome": Outcome.REFUNDED},
            "Closed today without return, refunded.",
        ),
        ("cancelled", {"completed_on": date(2025, 1, 2)}, "Cancelled 2 Jan 2025."),
    ],
)
def test_each_status_has_its_sentence(status: str, facts: dict[str, object], sentence: str) -> None:
    assert said(JobStatus(status), **facts) == sentence


def test_a_late_job_says_sorry_and_what_still_holds_it_up() -> None:
    late = date(2026, 11, 20)
    assert said(JobStatus.IN_REPAIR, promised_for=late) == (
        "Late: promised Fri 20 Nov, still in repair; say sorry and promise a new day."
    )
    assert said(
        JobStatus.AWAITING_PARTS, promised_for=late, wait_until=date(2026, 11, 25), waiting_since=at(17)
    ) == (
        "Late: promised Fri 20 Nov, still waiting for parts, expected Wed 25 Nov; "
        "say sorry and promise a new day."
    )


def test_a_device_that_was_never_brought_in_is_not_our_lateness() -> None:
    assert said(JobStatus.EXPECTED, promised_for=date(2026, 11, 20)) == (
        "Promised Fri 20 Nov, but the device was not brought in yet."
    )


def test_a_ready_job_is_not_late_however_long_ago_it_was_promised() -> None:
    assert said(JobStatus.READY, promised_for=date(2026, 11, 2), ready_at=at(22)).startswith("Ready since")


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("status", JobStatus)
def test_no_sentence_has_an_open_place_in_any_language(language: str, late: bool, status: JobStatus) -> None:
    i18n.activate(language)
    for facts in (
        {},
        {"promised_for": None, "assigned_name": "", "outcome": Outcome.DECLINED},
        {"ready_at": at(20), "informed_at": at(21), "shelf": "A2", "outcome": Outcome.FIXED},
        {"waiting_since": at(10), "wait_until": date(2026, 12, 1), "completed_on": TODAY},
    ):
        sentence = said(status, **({"promised_for": date(2026, 11, 1)} if late else {}) | facts)
        assert sentence
        assert "{" not in sentence
        assert sentence[-1] in ".。"


def test_the_chinese_sentence_is_chinese(chinese: None) -> None:
    sentence = said(JobStatus.IN_REPAIR)
    assert "陈伟" in sentence
    assert "repair" not in sentence
    assert "promised" not in sentence


@pytest.mark.parametrize(
    ("name", "short"),
    [("王芳 Wang Fang", "王芳"), ("Müller, Jürgen", "Müller"), ("O'Brien", "O'Brien"), ("", ""), (",", ",")],
)
def test_a_name_is_said_shortly(name: str, short: str) -> None:
    assert short_name(name) == short


def test_near_days_are_words() -> None:
    assert [near_day(date(2026, 11, day), TODAY) for day in (22, 23, 24, 27)] == [
        "yesterday",
        "today",
        "tomorrow",
        "Fri 27 Nov",
    ]
