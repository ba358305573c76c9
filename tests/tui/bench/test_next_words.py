"""What a list of the bench says of a job in one cell."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.domain.text import cell_width
from aftersales_tui.domain.words import JobStatus, Place, Urgency, Wish
from aftersales_tui.tui.bench import next_words
from aftersales_tui.views.jobs import JobRow

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 5, 30, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def job(**changes: object) -> JobRow:
    """A received job, promised for next Monday."""
    known: dict[str, object] = {
        "id": 1, "version": 1, "number": 336, "status": JobStatus.RECEIVED, "outcome": None,
        "coverage": None, "customer_id": 1, "customer_name": "Patel, Anika", "phone": "138", "device_id": 1,
        "brand": "Dell", "model": "XPS 13", "category": "laptop", "fault": "no picture",
        "urgency": Urgency.P3, "wish": Wish.REPAIR, "place": Place.WORKSHOP, "assigned_to": None,
        "assigned_name": "", "appointment_at": None, "promised_for": date(2026, 11, 30), "opened_at": NOW,
        "device_here": True, "resume_to": None, "waiting_since": None, "wait_note": "", "wait_until": None,
        "test_passed": False, "ready_at": None, "informed_at": None, "completed_on": None, "shelf": "",
    }  # fmt: skip
    return JobRow(**{**known, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "cell"),
    [
        ({"promised_for": date(2026, 11, 20)}, "LATE Fri · start diagnosing"),
        ({"promised_for": date(2026, 11, 10)}, "LATE 13 d · start diagnosing"),
        ({"promised_for": TODAY, "status": JobStatus.DIAGNOSING}, "today · record the repair"),
        ({"promised_for": date(2026, 11, 24), "status": JobStatus.TESTING}, "Tue · test it"),
        ({"status": JobStatus.TESTING, "test_passed": True, "urgency": Urgency.P2}, "P2 · mark ready"),
        ({}, "30 Nov · start diagnosing"),
        ({"status": JobStatus.EXPECTED}, "30 Nov · take it in"),
        ({"status": JobStatus.AT_MAKER, "promised_for": None}, "resume"),
        ({"status": JobStatus.READY, "promised_for": TODAY}, "today · hand it over"),
        (
            {
                "status": JobStatus.EXPECTED,
                "place": Place.ON_SITE,
                "appointment_at": NOW + timedelta(days=1),
            },
            "Tue 13:30 · begin the visit",
        ),
        ({"status": JobStatus.HANDED_OVER, "promised_for": None}, ""),
    ],
)
def test_the_last_cell_names_the_next_step_and_by_when(changes: dict[str, object], cell: str) -> None:
    assert next_words.next_cell(job(**changes), NOW, ZONE) == cell


@pytest.mark.parametrize(
    ("changes", "cell"),
    [
        ({"urgency": Urgency.P1, "promised_for": TODAY}, "P1, promised today"),
        ({"promised_for": None}, "P3, no promise"),
        ({"wish": Wish.EXCHANGE}, "P3, exchange, promised Mon 30 Nov"),
        ({"promised_for": date(2026, 11, 20)}, "LATE Fri, P3"),
        ({"place": Place.ON_SITE, "appointment_at": NOW + timedelta(days=1)}, "P3, visit Tue 13:30"),
    ],
)
def test_an_unassigned_job_says_what_is_wished_and_promised(changes: dict[str, object], cell: str) -> None:
    assert next_words.wish_cell(job(**changes), NOW, ZONE) == cell


def test_a_waiting_job_says_for_what_since_when_and_until_when() -> None:
    waiting = job(
        status=JobStatus.AWAITING_PARTS,
        waiting_since=NOW - timedelta(days=6),
        wait_until=date(2026, 11, 25),
    )
    assert next_words.waiting_cell(waiting, NOW, ZONE) == "parts, 6 days, by 25 Nov"


def test_a_late_job_says_by_how_much_and_where_it_stands() -> None:
    late = job(status=JobStatus.IN_REPAIR, promised_for=date(2026, 11, 21))
    assert next_words.late_cell(late, TODAY) == "2 days · in repair"


def test_a_long_product_leaves_room_for_the_fault() -> None:
    long = job(brand="Huawei 华为", model="MateBook 14 2020")
    assert next_words.short_thing(long) == "MateBook 14 2…: no picture"
    assert next_words.short_thing(job()) == "Dell XPS 13: no picture"
    assert next_words.thing(job(brand="", model="", fault="")) == ""


def test_the_now_line_says_who_which_device_and_that_it_is_late() -> None:
    late = job(promised_for=date(2026, 11, 20))
    assert next_words.selected_words(late, NOW, ZONE) == (
        "Selected: J-0336 Patel, Anika, Dell XPS 13: no picture. LATE since Fri 20 Nov."
    )
    assert next_words.does_words(late).startswith("x starts diagnosing J-0336 in your name")


def test_the_toast_says_the_state_since_when_and_by_whom() -> None:
    started = job(status=JobStatus.DIAGNOSING)
    said = next_words.done_words(started, NOW, ZONE, "陈伟 Chen Wei")
    assert said == "J-0336: diagnosing since 13:30, by 陈伟 Chen Wei."


@given(
    st.sampled_from(list(JobStatus)), st.sampled_from(list(Place)), st.booleans(),
    st.one_of(st.none(), st.dates(date(2025, 1, 1), date(2028, 1, 1))), st.text(max_size=40),
)  # fmt: skip
def test_every_job_has_its_words(
    status: JobStatus, place: Place, passed: bool, promised: date | None, fault: str
) -> None:
    one = job(status=status, place=place, test_passed=passed, promised_for=promised, fault=fault)
    for cell in (next_words.next_cell, next_words.wish_cell, next_words.waiting_cell):
        assert isinstance(cell(one, NOW, ZONE), str)
    assert next_words.late_cell(one, TODAY)
    assert "J-0336" in next_words.does_words(one)
    assert bool(next_words.step_words(one)) is (one.next_step is not None)


def test_the_now_line_keeps_the_lateness_however_long_the_name_and_the_fault_are() -> None:
    late = job(
        customer_name="Harbour View Hotel 海景酒店", promised_for=date(2026, 11, 20), fault="no picture " * 30
    )
    said = next_words.selected_words(late, NOW, ZONE)
    assert said.startswith("Selected: J-0336 海景酒店, Dell XPS 13: no picture")
    assert said.endswith("LATE since Fri 20 Nov.")
    assert cell_width(said) <= 86
