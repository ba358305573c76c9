"""Days of other programs: read by the whole column, never relative, nothing guessed in silence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.domain.import_dates import (
    EARLIEST,
    EPOCH_1900,
    EPOCH_1904,
    ColumnDates,
    Order,
    column_dates,
    read_date,
)

TODAY = date(2026, 11, 23)
NINTH = date(2025, 3, 9)


def read(value: str | date, how: ColumnDates | None = None) -> tuple[date | None, str]:
    day, problem = read_date(value, how or ColumnDates(TODAY), "Sold")
    return day, problem.code if problem else ""


def column(values: list[str | date], region: str = "CN", told: Order | None = None) -> ColumnDates:
    return column_dates("Sold", values, TODAY, region, told=told)


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-09", "2025/3/9", "2025.3.9", "20250309", "2025年3月9日", "09.03.2025", "9.3.2025",
        "2025-03-09 00:00:00", "2025/3/9 14:22", "2025-03-09T10:00:00Z", "2025-03-09 10:00:00.000+08:00",
        "20250309103000", "2025年03月09日 10时05分", "2025年3月9日 星期日", "Sunday, 9 March 2025",
        "9-Mar-25", "9 March 2025", "Mar 9, 2025", "March 9th, 2025", "45725",
        "45725.5", "２０２５-０３-０９",
        " '2025-03-09 ", "25年3月9日", "3/9/2025 2:05 PM",
    ],
)  # fmt: skip
def test_every_usual_way_to_write_a_day_is_read(text: str) -> None:
    assert read(text, column([text])) == (NINTH, "")


@pytest.mark.parametrize(
    "text", ["", " ", "0", "0000-00-00", "1900-01-00", "1900/1/0", "1899-12-30", "1970-01-01"]
)
def test_a_zero_of_another_program_is_no_day_and_no_fault(text: str) -> None:
    assert read(text) == (None, "")


@pytest.mark.parametrize(
    "text", ["today", "8m", "昨天", "3/27", "27/11", "soon", "2025-13-01", "2025-02-30", "1 2"]
)
def test_what_is_no_day_or_another_one_tomorrow_is_not_read(text: str) -> None:
    assert read(text) == (None, "import_date_not_read")


@pytest.mark.parametrize(
    "value", ["2026-11-24", "2568-03-09", "1949-12-31", "0025-03-09", date(2031, 1, 1), "99999"]
)
def test_a_day_that_cannot_be_is_left_out_and_said(value: str | date) -> None:
    assert read(value) == (None, "import_date_impossible")


def test_a_month_is_its_first_day_and_said() -> None:
    assert read("2025-03") == (date(2025, 3, 1), "import_date_month_only")
    assert read("2025年3月") == (date(2025, 3, 1), "import_date_month_only")


def test_days_counted_from_1904_are_read_by_the_workbook() -> None:
    text = str((NINTH - EPOCH_1904).days)
    assert read(text, ColumnDates(TODAY, epoch=EPOCH_1904)) == (NINTH, "")


@pytest.mark.parametrize(
    ("region", "day"), [("CN", date(2025, 3, 9)), ("UK", date(2025, 9, 3)), ("EU", date(2025, 9, 3)),
                        ("OTHER", date(2025, 3, 9))],
)  # fmt: skip
def test_where_nothing_says_the_order_the_region_decides_and_it_is_said(region: str, day: date) -> None:
    how = column(["3/9/2025", "4/5/2025"], region)
    assert how.warning is not None
    assert how.warning.code == "import_dates_ambiguous"
    assert read("3/9/2025", how) == (day, "")


@pytest.mark.parametrize(("other", "day"), [("13/9/2025", date(2025, 9, 3)), ("9/13/2025", date(2025, 3, 9))])
@pytest.mark.parametrize("region", ["CN", "UK"])
def test_one_unambiguous_day_decides_for_its_column(region: str, other: str, day: date) -> None:
    how = column(["3/9/2025", other, "no day"], region)
    assert how.warning is None
    assert read("3/9/2025", how) == (day, "")


def test_a_column_that_contradicts_itself_is_read_where_it_is_certain() -> None:
    how = column(["13/9/2025", "9/13/2025", "3/9/2025"])
    assert how.warning is not None
    assert how.warning.code == "import_dates_contradict"
    assert read("13/9/2025", how) == read("9/13/2025", how) == (date(2025, 9, 13), "")
    assert read("3/9/2025", how) == (None, "import_date_ambiguous")
    assert read("4/4/2025", how) == (date(2025, 4, 4), "")


def test_one_slip_among_a_hundred_days_leaves_the_column_its_order() -> None:
    how = column([f"{day}/9/2025" for day in range(1, 31)] * 4 + ["9/13/2025"], "UK")
    assert how.warning is None
    assert read("3/9/2025", how) == (date(2025, 9, 3), "")
    assert read("9/13/2025", how) == (date(2025, 9, 13), "import_date_other_order")


def test_what_is_told_counts_more_than_the_region() -> None:
    how = column(["3/9/2025"], "CN", told=Order.DMY)
    assert how.warning is None
    assert read("3/9/2025", how) == (date(2025, 9, 3), "")


def test_three_short_numbers_are_read_as_the_region_writes_them() -> None:
    assert read("25/3/9", column(["25/3/9"], "CN")) == (NINTH, "")
    assert read("25/3/9", column(["25/3/9"], "UK")) == (NINTH, "")
    assert read("25/3/09", column(["25/3/09"], "UK")) == (date(2009, 3, 25), "")
    assert read("25/3/09", column(["25/3/09"], "CN")) == (NINTH, "")
    assert read("9/3/25", column(["9/3/25", "31/3/25"], "UK")) == (NINTH, "")


def test_a_day_of_a_spreadsheet_needs_no_reading() -> None:
    assert read(NINTH) == (NINTH, "")


@given(
    st.dates(EARLIEST, TODAY),
    st.sampled_from(["{:%Y-%m-%d}", "{:%Y/%m/%d}", "{:%Y%m%d}", "{:%d.%m.%Y}", "n"]),
)
def test_what_is_written_is_read_again(day: date, form: str) -> None:
    text = str((day - EPOCH_1900).days) if form == "n" else form.format(day)
    assert read(text, column([text])) == (day, "")


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_has_its_reason(text: str) -> None:
    day, problem = read_date(text, column([text]), "Sold")
    assert day is None or EARLIEST <= day <= TODAY
    assert day is None or problem is None or "day" in problem.values
