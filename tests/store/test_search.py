"""The look-up: every word is a substring, whichever index serves it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlmodel import Session

from aftersales_tui.domain.text import fold, search_text, words
from aftersales_tui.domain.words import JobStatus, RecordKind
from aftersales_tui.services import calls, jobs, search
from aftersales_tui.services.shop import Shop
from aftersales_tui.store import calls as call_rows
from aftersales_tui.store import followups
from aftersales_tui.store import jobs as job_rows
from aftersales_tui.store import search as index
from shops import OPENING, Desk

TEXTS = (
    "Sparks inside the microwave oven, then no heat 打火",
    "电池鼓包 battery swollen",
    "屏幕有竖线，换屏幕",
    "100% C++ course laptop, a_b \\ c",
    "iPhone 15-Pro won't charge",
    "Müller's CAFÉ machine leaks -- NEAR the (left) valve*",
    "ＡＢＣ１２３ full width 电 视",
    'he said "dead"; DROP TABLE job',
    "々〇ヽ ーカメラ ㄅㄆ ⺀ 한글",
    "don't [/foo] [@click=app.quit]",
)


@pytest.fixture
def filled(desk: Desk) -> Iterator[Session]:
    with desk.shop.store.writing() as session:
        for number, text in enumerate(TEXTS):
            at = OPENING + timedelta(seconds=number)
            index.put(session, RecordKind.JOB, number + 1, at, [(index.FAULT, text)])
        yield session


def _found(session: Session, typed: str) -> list[int]:
    """The texts found, as places in ``TEXTS``, newest first."""
    return [doc.record_id - 1 for doc in index.find(session, words(typed), limit=100)]


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("sparks", [0]), ("ark", [0]), ("oven microwave", [0]), ("sparks battery", []),
        ("电池", [1]), ("池", [1]), ("鼓包", [1]), ("屏幕", [2]), ("幕有", [2]), ("电", [6, 1]), ("视机", []),
        ("电 视", [6]), ("竖线 屏", [2]), ("打", [0]), ("ba", [1]), ("ba 电", [1]), ("电池 swollen", [1]),
        ("100%", [3]), ("%", [3]), ("0%", [3]), ("C++", [3]), ("c+", [3]), ("a_b", [3]), ("_", [3]),
        ("\\", [3]), ("iphone 15-pro", [4]), ("15-Pro", [4]), ("15pro", [4]), ("won't", [4]), ("n't", [9, 4]),
        ("-", [5, 4]), ("--", [5]), ("NEAR", [5]), ("near(", []), ("(left)", [5]), ("(", [5]),
        ("valve*", [5]),
        ("*", [5]), ("café", [5]), ("cafe", [5]), ("CAFÉ", [5]), ("muller", [5]), ("Müller", [5]),
        ("ｃａｆｅ", [5]), ("abc123", [6]), ("１２３", [6]), ("ｂｃ１", [6]),
        ('"dead"', [7]), ('"', [7]), (";", [7]),
        ("'; DROP", []), ("DROP", [7]), ("AND", []), ("OR", []), ("text:", []), ("^sparks", []),
        ("sparks*", []),
        ("[/foo]", [9]), ("々", [8]), ("〇", [8]), ("カ", [8]), ("カメ", [8]), ("ㄅㄆ", [8]), ("⺀", [8]),
        ("한", [8]), ("한글", [8]), ("ー", [8]),
    ],
)  # fmt: skip
def test_a_word_means_itself(filled: Session, typed: str, places: list[int]) -> None:
    assert _found(filled, typed) == places


def test_no_words_find_nothing(filled: Session) -> None:
    assert _found(filled, "  / ") == []
    assert index.count(filled, ()) == 0


def test_what_was_renewed_is_found_by_the_new_words_alone(filled: Session) -> None:
    index.put(filled, RecordKind.JOB, 2, OPENING, [(index.FAULT, "风扇 fan noisy"), (index.NAME, "Wang")])
    assert _found(filled, "battery") == _found(filled, "电池") == _found(filled, "鼓") == []
    assert _found(filled, "noisy") == _found(filled, "风扇") == _found(filled, "扇") == [1]
    _check_integrity(filled)


def test_what_is_found_by_the_same_words_in_other_fields_says_the_new_field(filled: Session) -> None:
    index.put(filled, RecordKind.JOB, 2, OPENING, [(index.NAME, TEXTS[1])])
    (doc,) = index.find(filled, ["swollen"])
    assert doc.where("swollen")[0] == index.NAME


def test_what_was_forgotten_is_found_no_more(filled: Session) -> None:
    index.forget(filled, RecordKind.JOB, 2)
    index.forget(filled, RecordKind.JOB, 2)
    assert _found(filled, "battery") == _found(filled, "电池") == []
    assert index.of_record(filled, RecordKind.JOB, 2) is None
    _check_integrity(filled)


def _check_integrity(session: Session) -> None:
    for table in ("search_trigram", "search_spaced"):
        session.connection().exec_driver_sql(
            f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)"
        )


def test_two_records_of_one_moment_are_both_found(filled: Session) -> None:
    for record in (1, 2, 3):
        index.put(filled, RecordKind.CALL, record, OPENING, [(index.FAULT, "same moment")])
    assert [doc.record_id for doc in index.find(filled, ["moment"])] == [3, 2, 1]


def test_kinds_and_limits_narrow_and_the_count_counts_all(filled: Session) -> None:
    for record in range(30):
        at = OPENING + timedelta(minutes=record)
        index.put(filled, RecordKind.CALL, record + 1, at, [(index.FAULT, f"battery 电池 no. {record}")])
    assert len(index.find(filled, ["battery"], limit=7)) == 7
    assert index.count(filled, ["battery"]) == index.count(filled, ["电池"]) == 31
    assert index.count(filled, ["ba"]) == 31
    assert index.count(filled, ["battery"], at_most=10) == 10
    assert index.count(filled, ["battery"], [RecordKind.CALL]) == 30
    assert [doc.kind for doc in index.find(filled, ["battery"], [RecordKind.JOB])] == [RecordKind.JOB]
    assert index.count(filled, ["battery"], [RecordKind.JOB, RecordKind.CALL]) == 31
    assert index.find(filled, ["battery"], [RecordKind.DEVICE]) == []


@pytest.mark.parametrize(
    ("word", "field"),
    [
        ("j-0007", "number"), ("8027", "phone"), ("13800138027", "phone"), ("王芳", "name"),
        ("wangfang", "name"),
        ("wf", "initials"), ("f0058914", "serial"), ("24g7f0058914", "serial"), ("galanz", "product"),
        ("sparks", "fault"), ("dongmen", "address"), ("mica", "text"),
    ],
)  # fmt: skip
def test_a_record_says_in_which_field_a_word_stands(filled: Session, word: str, field: str) -> None:
    parts = [
        (index.TEXT, "replaced the mica 王芳 8027"), (index.FAULT, "sparks"), (index.NUMBER, "J-0007"),
        (index.SERIAL, "24G7-F0058914"), (index.PRODUCT, "Galanz 格兰仕"), (index.ADDRESS, "Dongmen 88"),
        (index.NAME, "王芳"), (index.NAME, "wangfang"), (index.INITIALS, "wf"),
        (index.PHONE, "138 0013 8027"),
    ]  # fmt: skip
    index.put(filled, RecordKind.JOB, 77, OPENING, parts)
    doc = index.of_record(filled, RecordKind.JOB, 77)
    assert doc is not None
    assert len(doc.codes) == len(doc.text.split("\n"))
    found_in, fragment = doc.where(word)
    assert found_in == field
    assert word in fragment


def test_the_fragment_of_a_long_text_is_short_and_holds_the_word(filled: Session) -> None:
    long = "bla " * 2000 + "needle " + "bla " * 2000
    index.put(filled, RecordKind.JOB, 78, OPENING, [(index.FAULT, long)])
    (doc,) = index.find(filled, ["needle"])
    field, fragment = doc.where("needle")
    assert field == index.FAULT
    assert "needle" in fragment
    assert len(fragment) <= 60


SNIPPETS = st.text(
    st.one_of(
        st.sampled_from("abcAB12 %_\\\"'*-()+:^éÉüß电池屏幕芳〇々ーカハ한"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SNIPPETS, min_size=1, max_size=8), SNIPPETS, st.data())
def test_the_indexes_agree_with_a_plain_scan(
    desk: Desk, texts: list[str], other: str, data: st.DataObject
) -> None:
    source = fold(data.draw(st.sampled_from(texts)))
    start = data.draw(st.integers(0, max(0, len(source) - 1)))
    typed = data.draw(st.sampled_from((source[start : start + data.draw(st.integers(1, 5))], other)))
    wanted = words(typed)
    with desk.shop.store.writing() as session:
        for number, text in enumerate(texts):
            index.put(session, RecordKind.CALL, number, OPENING, [(index.FAULT, text)])
        folded = {number: search_text(text) for number, text in enumerate(texts)}
        scanned = {n for n, text in folded.items() if wanted and all(word in text for word in wanted)}
        found = {doc.record_id for doc in index.find(session, wanted, [RecordKind.CALL], limit=100)}
        assert found == scanned
        assert index.count(session, wanted, [RecordKind.CALL]) == len(scanned)
        for number in range(len(texts)):
            index.forget(session, RecordKind.CALL, number)
        _check_integrity(session)


@pytest.fixture
def spied(desk: Desk) -> Iterator[tuple[Shop, list[str]]]:
    """The shop, and the plans of what it reads."""
    plans: list[str] = []
    shop = desk.shop
    engine = shop.store._engine

    def look(connection, cursor, statement, parameters, context, executemany) -> None:  # type: ignore[no-untyped-def]
        if statement.startswith("SELECT") and "setting" not in statement:
            raw = connection.connection.cursor().execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plans.append("\n".join(str(row[3]) for row in raw))

    event.listen(engine, "before_cursor_execute", look)
    yield shop, plans
    event.remove(engine, "before_cursor_execute", look)


def test_the_lists_of_the_bench_walk_open_jobs_only(spied: tuple[Shop, list[str]], desk: Desk) -> None:
    shop, plans = spied
    desk.job(JobStatus.DIAGNOSING)
    plans.clear()
    jobs.board(shop, desk.technician)
    jobs.ready_to_collect(shop)
    jobs.queue(shop, open_only=True)
    jobs.queue(shop, mine=desk.technician)
    jobs.queue(shop, late=True)
    jobs.queue(shop, status=JobStatus.AWAITING_PARTS)
    of_jobs = [plan for plan in plans if "job" in plan]
    assert len(of_jobs) >= 15
    for plan in of_jobs:
        assert "USING INDEX job_open" in plan or "USING COVERING INDEX job_open" in plan, plan
        assert "SCAN job\n" not in f"{plan}\n", plan


def test_the_lists_of_the_desk_walk_open_entries_only(spied: tuple[Shop, list[str]], desk: Desk) -> None:
    shop, plans = spied
    desk.call()
    plans.clear()
    calls.waiting(shop)
    calls.listed(shop, open_only=True)
    assert plans
    for plan in plans:
        assert "INDEX call_unclosed" in plan, plan
    plans.clear()
    with shop.reading() as (session, _):
        followups.rows(session, followups.is_open, limit=10)
        followups.count(session, followups.is_open)
    for plan in plans:
        assert "INDEX follow_up_open" in plan, plan


def test_a_look_up_scans_no_table_of_records(spied: tuple[Shop, list[str]], desk: Desk) -> None:
    shop, plans = spied
    desk.job(JobStatus.HANDED_OVER)
    plans.clear()
    for typed in ("sparks", "打火", "8027", "J-0001", "打火 8027"):
        search.find(shop, typed)
    assert plans
    for plan in plans:
        for table in ("job", "call", "device", "customer", "product", "customer_phone", "search_doc", "d"):
            assert f"SCAN {table}\n" not in f"{plan}\n", plan


def test_only_a_short_word_of_letters_scans_the_texts(spied: tuple[Shop, list[str]], desk: Desk) -> None:
    shop, plans = spied
    desk.call()
    plans.clear()
    search.find(shop, "wf")
    assert any("SCAN d" in plan for plan in plans)


def test_the_words_of_the_partial_indexes_are_those_of_the_lists(desk: Desk) -> None:
    with desk.shop.reading() as (session, _):
        indexes = session.connection().exec_driver_sql("SELECT name, sql FROM sqlite_master")
        sql = {name: definition for name, definition in indexes if definition}
    for name, condition in (
        ("job_open", job_rows.is_open),
        ("call_unclosed", call_rows.is_unclosed),
        ("follow_up_open", followups.is_open),
    ):
        where = str(condition).split(".", 1)[1]
        assert sql[name].endswith(f"WHERE {where}"), name
