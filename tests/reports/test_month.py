"""The month's measures in words, and as files."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.domain.text import cell_width
from aftersales_tui.reports import month as paper
from aftersales_tui.views.reports import MonthSummary, TechnicianMonth

OCTOBER = MonthSummary(
    month="2026-10", to_date=False, calls=34,
    calls_by_kind={"repair": 25, "complaint": 3, "advice": 4, "other": 2},
    calls_by_channel={"phone": 21, "walk_in": 9, "email": 4},
    jobs_opened=27, jobs_closed=26, jobs_open_at_end=15, in_warranty=11, out_of_warranty=15, not_judged=0,
    goodwill=0,
    outcomes={"fixed": 21, "partly_fixed": 2, "no_fault_found": 1, "not_repairable": 1, "declined": 1},
    closed_as={}, turnaround_median_days=3.6, turnaround_jobs=20, follow_ups_due=26, follow_ups_made=25,
    follow_up_rate=25 / 26, satisfied=24, scored=25, satisfied_share=0.96, mean_score=4.1, technicians=(),
)  # fmt: skip
NOVEMBER = replace(
    OCTOBER, month="2026-11", to_date=True, calls=36,
    calls_by_kind={"repair": 26, "complaint": 2, "advice": 5, "return": 1, "other": 2},
    calls_by_channel={"phone": 22, "walk_in": 10, "web": 4}, jobs_opened=28, jobs_closed=25,
    turnaround_median_days=3.8, follow_ups_due=23, follow_ups_made=21, follow_up_rate=21 / 23,
    satisfied=19, scored=21, satisfied_share=19 / 21, mean_score=3.9,
    technicians=(TechnicianMonth(name="陈伟 Chen Wei", closed=11, turnaround_days=3.4, mean_score=4.2),),
    weeks=(("W45", 8, 6),),
)  # fmt: skip


def said(this: MonthSummary, before: MonthSummary) -> dict[str, tuple[str, str, str]]:
    return {line.id: (line.this, line.before, line.difference) for line in paper.lines(this, before)}


def test_the_difference_is_said_in_words() -> None:
    found = said(NOVEMBER, OCTOBER)
    assert found["calls"] == ("36", "34", "2 more")
    assert found["jobs.closed"] == ("25", "26", "1 fewer")
    assert found["jobs.in_warranty"] == ("11", "11", "same")
    assert found["turnaround"] == ("3.8", "3.6", "0.2 more")
    assert found["follow_ups.made"] == ("21 (91 %)", "25 (96 %)", "5 points lower")
    assert found["satisfied"] == ("19 (90 %)", "24 (96 %)", "6 points lower")
    assert found["score"] == ("3.9", "4.1", "0.2 lower")


def test_kinds_channels_and_outcomes_add_up() -> None:
    csv_rows = list(csv.reader(StringIO(paper.as_csv(NOVEMBER))))
    value = {row[0]: row[2] for row in csv_rows[1:]}
    kinds = ("repair", "progress", "complaint", "advice", "other")
    assert sum(int(value[f"calls.{kind}"]) for kind in kinds) == 36
    assert sum(int(value[f"calls.{way}"]) for way in ("phone", "walk_in", "other_channels")) == 36
    outcomes = ("fixed", "partly_fixed", "no_fault_found", "not_repairable", "declined", "other_outcomes")
    assert sum(int(value[f"jobs.{outcome}"]) for outcome in outcomes) == 25


def test_nothing_counted_is_a_dash_and_no_difference() -> None:
    silent = replace(
        OCTOBER, satisfied=0, scored=0, satisfied_share=None, mean_score=None, turnaround_median_days=None
    )
    found = said(NOVEMBER, silent)
    assert found["score"] == ("3.9", "–", "–")
    assert found["satisfied"] == ("19 (90 %)", "0", "–")
    assert found["turnaround"] == ("3.8", "–", "–")


def test_rare_measures_only_stand_where_there_are_any() -> None:
    assert "jobs.not_judged" not in said(NOVEMBER, OCTOBER)
    assert said(NOVEMBER, replace(OCTOBER, not_judged=3))["jobs.not_judged"] == ("0", "3", "3 fewer")


def test_json_holds_the_month_before() -> None:
    value = json.loads(paper.as_json(NOVEMBER, OCTOBER))
    assert value["month"] == "2026-11"
    assert value["previous"]["calls"] == 34
    assert "previous" not in json.loads(paper.as_json(NOVEMBER))


def test_a_name_that_looks_like_a_formula_is_harmless_in_a_spreadsheet() -> None:
    evil = replace(NOVEMBER.technicians[0], name='=HYPERLINK("x")')
    rows = list(csv.reader(StringIO(paper.as_csv(replace(NOVEMBER, technicians=(evil,)), OCTOBER))))
    assert ["technician.closed", '\'=HYPERLINK("x")', "11", ""] in rows


@given(name=st.text(max_size=40))
def test_the_table_stands_in_columns_whatever_people_are_called(name: str) -> None:
    who = replace(NOVEMBER.technicians[0], name=name)
    lines = paper.as_table(replace(NOVEMBER, technicians=(who,)), OCTOBER).splitlines()
    head = next(n for n, line in enumerate(lines) if line.startswith("Technician"))
    assert cell_width(lines[head]) == cell_width(lines[head + 1])


@pytest.mark.parametrize("form", paper.FORMATS)
def test_every_format_is_written_in_both_languages(form: str, chinese: None) -> None:
    assert "36" in paper.rendered(NOVEMBER, OCTOBER, form)


def test_an_empty_month_is_empty() -> None:
    assert not paper.is_empty(OCTOBER)
    nothing = replace(OCTOBER, calls=0, jobs_opened=0, jobs_closed=0, follow_ups_due=0, scored=0)
    assert paper.is_empty(nothing)
