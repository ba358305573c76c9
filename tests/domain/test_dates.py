from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.domain.dates import (
    Month,
    add_months,
    check_past,
    local_day,
    read_day,
    read_moment,
    read_month,
    show_moment,
    utc_json,
)
from aftersales_tui.domain.errors import Refused

TODAY = date(2026, 11, 23)
SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
any_text = st.text(st.characters(exclude_categories=()), max_size=40)
date_like = st.text(st.sampled_from("0123456789./- 年月日dwmy个novemberT:"), max_size=14)


def outcome_of(read: Callable[[], object]) -> object:
    """What was read, or the code of the refusal."""
    try:
        return read()
    except Refused as refused:
        return refused.problem.code


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2025-11-27", date(2025, 11, 27)),
        ("2025-1-7", date(2025, 1, 7)),
        ("2025/11/27", date(2025, 11, 27)),
        ("2025.11.27", date(2025, 11, 27)),
        ("20251127", date(2025, 11, 27)),
        ("２０２５－１１－２７", date(2025, 11, 27)),
        ("2025年11月27日", date(2025, 11, 27)),
        ("2025 年 11 月 27 号", date(2025, 11, 27)),
        ("2025年11月", date(2025, 11, 1)),
        ("2025-11", date(2025, 11, 1)),
        ("27.11.25", date(2025, 11, 27)),
        ("27.11.2025", date(2025, 11, 27)),
        ("27/11/2025", date(2025, 11, 27)),
        ("27-11-2025", date(2025, 11, 27)),
        ("3.1.27", date(2027, 1, 3)),
        ("1.1.98", date(1998, 1, 1)),
        ("27/11", date(2025, 11, 27)),
        ("23/11", date(2026, 11, 23)),
        ("24/11", date(2025, 11, 24)),
        ("27.11.", date(2025, 11, 27)),
        ("3/12", date(2025, 12, 3)),
        ("29/2", date(2024, 2, 29)),
        ("11月27日", date(2025, 11, 27)),
        ("3/27", date(2027, 3, 1)),
        ("3/25", date(2025, 3, 1)),
        ("03/2025", date(2025, 3, 1)),
        ("27 Nov 2025", date(2025, 11, 27)),
        ("27 november 2025", date(2025, 11, 27)),
        ("27. Nov. 2025", date(2025, 11, 27)),
        ("27 Nov", date(2025, 11, 27)),
        ("Nov 27, 2025", date(2025, 11, 27)),
        ("May 2025", date(2025, 5, 1)),
        ("8m", date(2026, 3, 23)),
        ("8 months ago", date(2026, 3, 23)),
        ("8个月", date(2026, 3, 23)),
        ("8个月前", date(2026, 3, 23)),
        ("2y", date(2024, 11, 23)),
        ("2年", date(2024, 11, 23)),
        ("3w", date(2026, 11, 2)),
        ("3周前", date(2026, 11, 2)),
        ("10d", date(2026, 11, 13)),
        ("10天前", date(2026, 11, 13)),
        ("0d", TODAY),
        ("today", TODAY),
        ("Yesterday", date(2026, 11, 22)),
        ("今天", TODAY),
        ("昨天", date(2026, 11, 22)),
        ("前天", date(2026, 11, 21)),
    ],
)
def test_a_day_is_read_as_people_type_it(typed: str, day: date) -> None:
    assert read_day(typed, TODAY) == day
    assert read_day(f"  {typed.upper()} ", TODAY) == day


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "date_not_read"),
        ("soon", "date_not_read"),
        ("27", "date_not_read"),
        ("2025", "date_not_read"),
        ("2025年", "date_not_read"),
        ("27 Foo 2025", "date_not_read"),
        ("27-11", "date_not_read"),
        ("27.11-2025", "date_not_read"),
        ("2025-11-27 09:30", "date_not_read"),
        ("-8m", "date_not_read"),
        ("٢٧/١١", "date_not_read"),
        ("1" * 10_000, "date_not_read"),
        ("2025-02-29", "date_not_existing"),
        ("31.11.25", "date_not_existing"),
        ("31/11", "date_not_existing"),
        ("30/2", "date_not_existing"),
        ("3.27", "date_not_existing"),
        ("27/13", "date_not_existing"),
        ("2025-13-01", "date_not_existing"),
        ("2025-11-00", "date_not_existing"),
        ("0000-01-01", "date_not_existing"),
        ("20251199", "date_not_existing"),
        ("32 Nov 2025", "date_not_existing"),
        ("9999w", "date_not_existing"),
    ],
)
def test_a_day_that_cannot_be_is_refused_at_its_field(typed: str, code: str) -> None:
    today = TODAY if typed != "9999w" else date(100, 1, 1)
    with pytest.raises(Refused) as refused:
        read_day(typed, today, "sold")
    assert refused.value.problem.code == code
    assert refused.value.problem.field == "sold"
    assert len(str(refused.value.problem.values["text"])) <= 40


@given(any_text | date_like, st.dates())
def test_any_text_is_a_day_or_refused(text: str, today: date) -> None:
    outcome = outcome_of(lambda: read_day(text, today))
    assert isinstance(outcome, date) or outcome in ("date_not_read", "date_not_existing")


SHOWN: list[Callable[[date], str]] = [
    date.isoformat,
    lambda day: f"{day.day}.{day.month}.{day.year:04d}",
    lambda day: f"{day.day}/{day.month}/{day.year:04d}",
    lambda day: f"{day.year:04d}年{day.month}月{day.day}日",
    lambda day: f"{day.year:04d}{day.month:02d}{day.day:02d}",
    lambda day: f"{day:%d %b} {day.year:04d}",
]


@given(st.dates(), st.dates(), st.sampled_from(SHOWN))
def test_a_shown_day_is_read_back(day: date, today: date, shown: Callable[[date], str]) -> None:
    assert read_day(shown(day), today) == day


@given(st.dates(date(1990, 1, 1), date(2080, 1, 1)), st.integers(0, 364))
def test_a_day_without_its_year_is_the_latest_one_up_to_today(today: date, ago: int) -> None:
    day = today - timedelta(days=ago)
    read = read_day(f"{day.day}/{day.month}", today)
    assert day <= read <= today
    assert (read.day, read.month) == (day.day, day.month)


def test_a_day_after_today_is_refused_and_today_is_not() -> None:
    check_past(TODAY, TODAY)
    with pytest.raises(Refused) as refused:
        check_past(date(2027, 1, 3), TODAY, "sold")
    assert refused.value.problem.code == "date_after_today"
    assert refused.value.problem.field == "sold"
    assert refused.value.problem.values == {"day": date(2027, 1, 3)}


@pytest.mark.parametrize(
    ("day", "n", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 31), 3, date(2026, 4, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
    ],
)
def test_months_are_added_and_end_with_the_shorter_month(day: date, n: int, later: date) -> None:
    assert add_months(day, n) == later


@pytest.mark.parametrize(("day", "n"), [(date(9999, 12, 1), 1), (date(1, 1, 1), -1)])
def test_months_outside_the_calendar_are_an_error(day: date, n: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        add_months(day, n)


@pytest.mark.parametrize(
    "typed", ["2026-11-23 09:42", "2026-11-23T09:42", " 2026-11-23t9:42 ", "2026-11-23 09:42:00"]
)
def test_a_moment_is_shop_local_and_becomes_utc(typed: str) -> None:
    moment = read_moment(typed, SHANGHAI)
    assert moment == datetime(2026, 11, 23, 1, 42, tzinfo=UTC)
    assert moment.tzinfo is UTC
    assert show_moment(moment, SHANGHAI) == "2026-11-23 09:42"
    assert utc_json(moment) == "2026-11-23T01:42:00Z"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "2026-11-23",
        "09:42",
        "2026-11-31 09:42",
        "2026-11-23 24:00",
        "2026-11-23 09:60",
        "2026-11-23 09:42Z",
        "0001-01-01 00:00",
        "0000-01-01 00:00",
        "27.11.2026 09:42",
        "now",
    ],
)
def test_another_moment_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        read_moment(typed, SHANGHAI)
    assert refused.value.problem.code == "moment_not_read"


def test_a_time_the_clocks_skip_moves_on_by_the_hour_they_skip() -> None:
    moment = read_moment("2026-03-29 02:30", BERLIN)
    assert utc_json(moment) == "2026-03-29T01:30:00Z"
    assert show_moment(moment, BERLIN) == "2026-03-29 03:30"


def test_of_a_time_that_comes_twice_the_first_counts() -> None:
    assert utc_json(read_moment("2026-10-25 02:30", BERLIN)) == "2026-10-25T00:30:00Z"


@given(any_text | date_like)
def test_any_text_is_a_moment_or_refused(text: str) -> None:
    outcome = outcome_of(lambda: read_moment(text, SHANGHAI))
    assert outcome == "moment_not_read" or (isinstance(outcome, datetime) and outcome.tzinfo is UTC)


@given(st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)), st.sampled_from([SHANGHAI, BERLIN, UTC]))  # noqa: DTZ001
def test_a_shown_moment_shows_the_same_when_read_back(naive: datetime, zone: timezone | ZoneInfo) -> None:
    shown = show_moment(naive.replace(tzinfo=UTC), zone)
    assert show_moment(read_moment(shown, zone), zone) == shown


def test_the_local_day_is_the_shops_day() -> None:
    late = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
    assert local_day(late, SHANGHAI) == date(2026, 11, 24)
    assert local_day(late, BERLIN) == date(2026, 11, 23)


def test_fractions_of_a_second_are_not_shown_in_json() -> None:
    assert utc_json(datetime(2026, 11, 23, 9, 42, 5, 999_999, tzinfo=SHANGHAI)) == "2026-11-23T01:42:05Z"


@pytest.mark.parametrize("typed", ["2026-10", "2026/10", "2026.10", "2026年10月", " ２０２６－１０ "])
def test_a_month_is_read(typed: str) -> None:
    month = read_month(typed)
    assert month == Month(2026, 10)
    assert (month.first, month.after) == (date(2026, 10, 1), date(2026, 11, 1))
    assert str(month) == "2026-10"


@pytest.mark.parametrize(
    "typed", ["", "2026", "2026-13", "2026-00", "10/2026", "2026-10-01", "0001-01", "9999-12"]
)
def test_another_month_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        read_month(typed)
    assert refused.value.problem.code == "month_not_read"


def test_months_follow_each_other_over_the_year() -> None:
    assert Month(2026, 1).previous() == Month(2025, 12)
    assert Month(2026, 12).next() == Month(2027, 1)
    assert Month(2025, 12) < Month(2026, 1)
    assert Month.of(TODAY) == Month(2026, 11)


def test_the_bounds_of_a_month_are_midnights_on_the_shops_clock() -> None:
    assert [utc_json(at) for at in Month(2026, 10).bounds(SHANGHAI)] == [
        "2026-09-30T16:00:00Z",
        "2026-10-31T16:00:00Z",
    ]
    assert [utc_json(at) for at in Month(2026, 10).bounds(BERLIN)] == [
        "2026-09-30T22:00:00Z",
        "2026-10-31T23:00:00Z",
    ]


@given(st.integers(1900, 2999), st.integers(1, 12), st.sampled_from([SHANGHAI, BERLIN, UTC]))
def test_months_touch_without_gap_or_overlap(year: int, number: int, zone: timezone | ZoneInfo) -> None:
    month = Month(year, number)
    assert read_month(str(month)) == month
    assert month.next().previous() == month
    assert month.bounds(zone)[1] == month.next().bounds(zone)[0]
    assert Month.of(local_day(month.bounds(zone)[0], zone)) == month
