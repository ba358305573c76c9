"""What a row of the desk and of the look-up says, and what its Now line must not lose."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from aftersales_tui.domain.text import cell_width
from aftersales_tui.domain.words import FollowUpKind, FollowUpStatus, Outcome, RecordKind
from aftersales_tui.i18n import thing_words
from aftersales_tui.tui.desk import desk_rows, found_rows, history_rows
from aftersales_tui.views.followups import FollowUpRow
from aftersales_tui.views.history import HistoryRow
from aftersales_tui.views.search import Hit

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 1, 42, tzinfo=UTC)
HIT = Hit(
    kind=RecordKind.CALL, id=1, number=100, title="王芳 · Galanz P70F23 · sparks", status="open", at=NOW,
    found_in="fault", fragment="sparks",
)  # fmt: skip


def follow_up(**changes: object) -> FollowUpRow:
    """One after the hand-over of J-0318, due last Friday."""
    row = FollowUpRow(
        id=1, version=1, number=207, kind=FollowUpKind.AFTER_HAND_OVER, status=FollowUpStatus.OPEN,
        due_on=date(2026, 11, 20), due_at=None, attempts=0, customer_id=1,
        customer_name="翠竹物业管理处 Cuizhu Property Office", phone="138", job_id=1, job_number=318,
        call_id=None, call_number=None, product="Haier 海尔 KFR-35GW/01KJF81U1", outcome=Outcome.FIXED,
        fault="noise",
    )  # fmt: skip
    return replace(row, **changes)  # type: ignore[arg-type]


def test_the_now_line_of_a_follow_up_keeps_when_it_is_due_at_80_cells() -> None:
    row = desk_rows.follow_up_row(follow_up(), NOW, ZONE)
    said, _keys = desk_rows.now_words(row, "", NOW, ZONE)
    assert said == "Selected: F-0207 翠竹物业管理处, J-0318: fixed. Due: LATE since Fri 20 Nov."
    assert cell_width(said) <= 78


@pytest.mark.parametrize(
    "name", ["王芳 Wang Fang", "Müller, Jürgen", "Harbour View Hotel 海景酒店", "x" * 90]
)
def test_a_name_in_the_now_line_leaves_room_for_what_is_needed(name: str) -> None:
    assert cell_width(thing_words.short_who(name)) <= 14
    assert thing_words.short_who("Müller, Jürgen") == "Müller, Jürgen"


@pytest.mark.parametrize(
    ("field", "words"),
    [("fault", "fault"), ("product", "product"), ("address", "address"), ("text", "notes"), ("name", "name")],
)
def test_every_row_of_the_look_up_says_why_it_is_there(field: str, words: str) -> None:
    assert found_rows.found_in(replace(HIT, found_in=field), "sparks") == words


@pytest.mark.parametrize("typed", ["C-100", "c-0100", "100"])
def test_a_record_found_by_its_number_says_so(typed: str) -> None:
    assert found_rows.found_in(replace(HIT, found_in="text", fragment=""), typed) == "number"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (RecordKind.CALL, "Enter opens the call"),
        (RecordKind.CUSTOMER, "Enter opens the card"),
        (RecordKind.DEVICE, "F5 job for device"),
    ],
)
def test_the_now_line_of_a_result_promises_only_what_its_keys_do(kind: RecordKind, words: str) -> None:
    said, keys = found_rows.now_words(
        replace(HIT, kind=kind, title="Harbour View Hotel · " + "x" * 200),
        None,
        True,
        date(2026, 11, 23),
        ZONE,
        "x",
    )
    assert words in keys
    assert ("F5" in keys) == (kind is RecordKind.DEVICE)
    assert said.endswith("found by fault.")
    assert cell_width(said) <= 78


def test_the_history_of_a_unit_does_not_name_the_unit_in_every_row() -> None:
    item = HistoryRow(
        kind=RecordKind.CALL, id=1, number=125, at=NOW, product="Bosch WAN28", text="roars", status="closed",
        result="answered",
    )  # fmt: skip
    assert history_rows.history_row(item, ZONE).cells[2] == "Bosch WAN28: roars"
    assert history_rows.history_row(item, ZONE, of_unit=True).cells[2] == "roars"
    assert history_rows.history_row(replace(item, text=""), ZONE, of_unit=True).cells[2] == "Bosch WAN28"
