"""Days and moments that lie ahead."""

import contextlib
import time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.domain.coming import read_coming_day, read_coming_moment
from aftersales_tui.domain.errors import Refused

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 46, 11, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", TODAY), ("tomorrow", date(2026, 11, 24)), ("后天", date(2026, 11, 25)),
        ("3d", date(2026, 11, 26)), ("2w", date(2026, 12, 7)), ("周五", date(2026, 11, 27)),
        ("2/12", date(2026, 12, 2)), ("2.1.", date(2027, 1, 2)), ("23/11", TODAY),
        ("22/11", date(2027, 11, 22)), ("12月2日", date(2026, 12, 2)), ("mon", date(2026, 11, 30)),
    ],
)  # fmt: skip
def test_a_promised_day_lies_ahead(typed: str, day: date) -> None:
    assert read_coming_day(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "code"),
    [("2025-01-01", "date_before_today"), ("soon", "date_not_read"), ("31.2.2027", "date_not_existing")],
)
def test_a_day_that_cannot_be_promised_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_coming_day(typed, TODAY, "promised_for")
    assert (refusal.value.problem.code, refusal.value.problem.field) == (code, "promised_for")


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("15:30", (11, 23, 15, 30)), ("08:00", (11, 24, 8, 0)),
        ("fri 9:05", (11, 27, 9, 5)), ("tomorrow 9h", (11, 24, 9, 0)),
        ("25/11 14:00", (11, 25, 14, 0)), ("16点", (11, 23, 16, 0)),
    ],
)  # fmt: skip
def test_a_promised_moment_is_read_as_it_is_said(typed: str, moment: tuple[int, int, int, int]) -> None:
    assert read_coming_moment(typed, NOW) == datetime(2026, *moment, tzinfo=NOW.tzinfo)


@pytest.mark.parametrize("typed", ["later", "25:00", "1 2 3", "", "99999999"])
def test_a_moment_nobody_can_read_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        read_coming_moment(typed, NOW)


@pytest.mark.parametrize("piece", ["t", ",", "1", "1:", " t"])
def test_a_long_text_is_no_moment_and_takes_none(piece: str) -> None:
    begin = time.perf_counter()
    with pytest.raises(Refused):
        read_coming_moment(piece * 50_000, NOW)
    assert time.perf_counter() - begin < 1


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(typed: str) -> None:
    for read in (lambda: read_coming_day(typed, TODAY), lambda: read_coming_moment(typed, NOW).date()):
        with contextlib.suppress(Refused):
            assert read() >= TODAY


@given(st.integers(0, 363))
def test_a_day_without_its_year_is_the_next_such_day(ahead: int) -> None:
    day = TODAY + timedelta(days=ahead)
    assert read_coming_day(f"{day.day}.{day.month}.", TODAY) == day
