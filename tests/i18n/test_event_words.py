"""Every event the services write has a sentence of its own in both languages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui import services
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.domain.workflow import Step
from aftersales_tui.i18n import event_words
from aftersales_tui.i18n.event_words import changes, line, told
from aftersales_tui.views.history import EventView

SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 11, 23, 6, 5, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def event(
    what: str, kind: RecordKind = RecordKind.JOB, who: str = "陈伟 Chen Wei", **data: object
) -> EventView:
    return EventView(id=1, at=AT, who=who, record_kind=kind, record_id=7, what=what, data=data)


def written() -> Iterator[tuple[RecordKind, str]]:
    """Kind and name of every event that a service records by name, read from the source."""
    for path in sorted(Path(services.__path__[0]).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or ast.unparse(node.func) != "events.record":
                continue
            kind, what = node.args[3], node.args[5]
            if isinstance(kind, ast.Attribute) and isinstance(what, ast.Constant):
                yield RecordKind[kind.attr], str(what.value)


def test_every_event_the_services_write_has_its_sentence() -> None:
    known = set(written()) | {(RecordKind.JOB, step.value) for step in Step}
    assert len(known) > 25
    assert known <= event_words._SENTENCES.keys()


@pytest.mark.parametrize(
    ("happened", "words"),
    [
        (event("start"), "diagnosing"),
        (event("start", taken_in=True), "brought in, diagnosing"),
        (event("diagnose", after={"status": "in_repair", "finding": "fuse blown"}), "in repair: fuse blown"),
        (event("note", note="plate burnt"), "note: plate burnt"),
        (event("assigned", after={"assigned_to": "Chen"}), "assigned to Chen"),
        (
            event("assigned", after={"assigned_to": "Chen", "at": "2026-11-24T02:00:00+00:00"}),
            "assigned to Chen, Tue 24 Nov 10:00",
        ),
        (
            event("wait", after={"status": "awaiting_parts", "wait_until": "2026-11-30"}, note="plate"),
            "waiting for parts: plate; expected Mon 30 Nov",
        ),
        (
            event("record", after={"status": "testing", "outcome": "fixed", "action": "plate replaced"}),
            "repair recorded, fixed: plate replaced",
        ),
        (event("test", result="failed", note="still sparks"), "test failed, back in repair: still sparks"),
        (
            event("test_put_off", after={"due_at": "2026-11-23T08:05:00+00:00"}),
            "test put off, we call at 16:05",
        ),
        (
            event("cancel", after={"status": "ready"}, reason="too dear"),
            "stopped, to be collected unrepaired: too dear",
        ),
        (event("cancel", after={"status": "cancelled"}, reason="double"), "cancelled: double"),
        (
            event("changed", before={"shelf": "A1", "promised_for": "2026-11-27"}, after={"shelf": "A2"}),
            "changed: Shelf A2, was A1; Promised for taken out, was 27 Nov 2026",
        ),
        (event("closed", RecordKind.CALL, after={"resolution": "advised"}), "call closed, advised by phone"),
        (
            event("attempt", RecordKind.FOLLOW_UP, after={"reached": "no_answer", "due_on": "2026-11-24"}),
            "called, no answer; again Tue 24 Nov",
        ),
    ],
)  # fmt: skip
def test_an_event_is_told_in_words(happened: EventView, words: str) -> None:
    assert told(happened, SHANGHAI) == words


def test_a_line_of_the_timeline_says_when_and_who_first() -> None:
    assert line(event("start"), SHANGHAI, TODAY) == "14:05 陈伟: diagnosing"
    assert line(event("start"), SHANGHAI, date(2026, 11, 25)) == "Mon 14:05 陈伟: diagnosing"
    assert line(event("ready", who=""), SHANGHAI, TODAY) == "14:05 ready"


def test_what_changed_is_told_field_by_field() -> None:
    (shelf, outcome) = changes(
        event("record", before={"shelf": "A1"}, after={"shelf": "A2", "outcome": "fixed"}), SHANGHAI
    )
    assert (shelf.label, shelf.before, shelf.after) == ("Shelf", "A1", "A2")
    assert (outcome.label, outcome.before, outcome.after) == ("Outcome", "", "fixed")


def test_what_stayed_as_it_was_is_no_change() -> None:
    passed = event("test", before={"status": "testing"}, after={"status": "testing", "shelf": "B2"})
    assert [change.name for change in changes(passed, SHANGHAI)] == ["shelf"]


def test_an_event_nobody_knows_is_shown_as_it_stands() -> None:
    assert told(event("teleported", note="to Mars"), SHANGHAI) == "teleported: to Mars"


CODES = st.one_of(st.none(), st.text(max_size=8), st.integers(), st.lists(st.text(max_size=3), max_size=2))
PARTS = st.dictionaries(
    st.sampled_from(["status", "outcome", "due_on", "due_at", "at", "wait_until", "phones", "into", "odd"]),
    CODES,
)


@given(
    st.sampled_from(sorted(event_words._SENTENCES, key=str)), PARTS, PARTS,
    st.dictionaries(st.sampled_from(["note", "reason", "result", "taken_in", "before"]), CODES),
)  # fmt: skip
def test_no_stored_event_breaks_its_words(
    which: tuple[RecordKind, str],
    before: dict[str, object],
    after: dict[str, object],
    more: dict[str, object],
) -> None:
    kind, what = which
    happened = event(what, kind, **{"before": before, "after": after, **more})
    assert line(happened, SHANGHAI, TODAY)
    changes(happened, SHANGHAI)
