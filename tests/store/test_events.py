"""The account of what happened is only ever added to."""

from __future__ import annotations

from datetime import date

import pytest

from aftersales_tui.domain.errors import StoreFault
from aftersales_tui.domain.words import Coverage, RecordKind
from aftersales_tui.store import events
from shops import OPENING, Desk, raw


def _record(desk: Desk, what: str, **data: object) -> None:
    with desk.shop.store.writing() as session:
        events.record(session, desk.clock(), desk.clerk, RecordKind.JOB, 7, what, **data)


_FORGED = (
    "(id, at, record_kind, record_id, what, digest, chain)"
    " VALUES (1, 't', 'job', 7, 'forged', zeroblob(32), zeroblob(32))"
)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE event SET what = 'forged'",
        "UPDATE OR IGNORE event SET staff_id = NULL WHERE id = 1",
        "DELETE FROM event",
        "DELETE FROM event WHERE id = 1",
        f"REPLACE INTO event {_FORGED}",
        f"INSERT INTO event {_FORGED} ON CONFLICT (id) DO UPDATE SET what = 'forged'",
    ],
)
def test_an_event_is_never_changed_removed_or_replaced(desk: Desk, sql: str) -> None:
    before = raw(desk.shop, "SELECT * FROM event")
    with pytest.raises(StoreFault), desk.shop.store.writing() as session:
        session.connection().exec_driver_sql(sql)
    assert raw(desk.shop, "SELECT * FROM event") == before


def test_events_stand_newest_first_by_id_whatever_the_clock_says(desk: Desk) -> None:
    _record(desk, "first")
    desk.clock.ahead(days=-300)
    _record(desk, "second")
    with desk.shop.reading() as (session, _):
        found = events.of_record(session, RecordKind.JOB, 7)
        assert [event.what for event in found] == ["second", "first"]
        assert found[0].at < found[1].at == OPENING
        assert events.newest_at(session) == found[0].at
    assert desk.shop.clock_is_behind() is None


def test_a_clock_before_the_newest_event_is_told(desk: Desk) -> None:
    _record(desk, "first")
    desk.clock.ahead(minutes=-1)
    assert desk.shop.clock_is_behind() == OPENING


def test_an_event_keeps_days_and_words_readable_and_leaves_out_what_is_empty(desk: Desk) -> None:
    _record(
        desk, "changed", before={"on": date(2026, 3, 2)}, after={"is": Coverage.COVERED, "n": [1, None]},
        note="", reason=None,
    )  # fmt: skip
    with desk.shop.reading() as (session, _):
        newest = events.newest(session, RecordKind.JOB, 7)
    assert newest is not None
    assert newest.data == {"before": {"on": "2026-03-02"}, "after": {"is": "covered", "n": [1, None]}}
    assert newest.who == "李娜 Li Na"


def test_a_record_without_events_has_no_newest(desk: Desk) -> None:
    with desk.shop.reading() as (session, _):
        assert events.newest(session, RecordKind.JOB, 8) is None
