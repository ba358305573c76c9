"""The loaded sample shop: alive today, told once, moved by whole days."""

from __future__ import annotations

import csv
import re
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from aftersales_tui import bootstrap, paths
from aftersales_tui.domain.dates import Month
from aftersales_tui.domain.errors import StoreFault
from aftersales_tui.domain.words import CallStatus, JobStatus, RecordKind, Role
from aftersales_tui.services import calls, customers, followups, jobs, reports, sample, search, staff
from aftersales_tui.services.shop import Shop
from aftersales_tui.store import events
from shops import SetClock, raw

ANCHOR = datetime(2026, 11, 23, 1, 42, tzinfo=UTC)
"""09:42 on the shop's clock, the last minute of the data."""
LATER = ANCHOR + timedelta(days=137)
FOLDER = paths.sample_data()


@pytest.fixture(scope="module", autouse=True)
def standing() -> Iterator[None]:
    """Program and data stay as they are while these tests run, whoever writes to the folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sample, "_mark", lambda _folder: "standing")
        yield


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("templates")


@pytest.fixture(scope="module")
def loaded(templates: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "shop.db"
    sample.load_sample(path, FOLDER, ANCHOR, templates=templates)
    return path


@pytest.fixture(scope="module")
def later(loaded: Path, templates: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("later") / "shop.db"
    sample.load_sample(path, FOLDER, LATER, templates=templates)
    return path


@dataclass
class Again:
    """The sample told a second time, where a kept one had gone bad."""

    path: Path
    kept: Path
    told: list[tuple[int, int]]


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Again:
    folder = tmp_path_factory.mktemp("again")
    kept = folder / "templates" / "sample-standing.db"
    kept.parent.mkdir()
    kept.write_bytes(b"no shop file")
    found = Again(folder / "shop.db", kept, [])
    sample.load_sample(
        found.path, FOLDER, ANCHOR, templates=kept.parent, progress=lambda *done: found.told.append(done)
    )
    return found


@pytest.fixture
def shop(loaded: Path) -> Iterator[Shop]:
    opened = bootstrap.open_shop(loaded, SetClock(ANCHOR))
    yield opened
    opened.close()


@pytest.fixture
def later_shop(later: Path) -> Iterator[Shop]:
    opened = bootstrap.open_shop(later, SetClock(LATER))
    yield opened
    opened.close()


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_of_the_files_is_in_the_shop(shop: Shop) -> None:
    for table in ("staff", "device", "call", "job"):
        name = table if table == "staff" else f"{table}s"
        assert raw(shop, f"SELECT count(*) FROM {table}") == [(len(rows(name)),)], table
    new_callers = sum(not row["customer"] and bool(row["phone"]) for row in rows("calls"))
    assert raw(shop, "SELECT count(*) FROM customer") == [(len(rows("customers")) + new_callers,)]
    finished = [row for row in rows("follow_ups") if row["reached"] in ("yes", "declined")]
    assert raw(shop, "SELECT count(*) FROM follow_up WHERE status = 'done'") == [(len(finished),)]


def test_the_owner_of_the_sample_is_who_the_command_line_acts_as(shop: Shop) -> None:
    assert staff.cli_identity(shop).role is Role.OWNER
    assert {person.role for person in staff.everybody(shop)} == set(Role)


def test_every_status_occurs_and_some_work_is_late_unassigned_or_untold(shop: Shop) -> None:
    found, total = jobs.queue(shop)
    assert total == len(found)
    assert {job.status for job in found} == set(JobStatus)
    _, late = jobs.queue(shop, late=True)
    assert late >= 4
    technicians = [p for p in staff.everybody(shop) if p.role is Role.TECHNICIAN]
    board = jobs.board(shop, technicians[0].id)
    assert all(board.counts)
    ready, _ = jobs.ready_to_collect(shop)
    assert {job.informed_at is None for job in ready} == {True, False}


def test_some_follow_ups_are_due_some_late_and_some_calls_wait(shop: Shop) -> None:
    _, due, late = followups.due(shop)
    assert 0 < late < due
    assert followups.coming(shop) is not None
    waiting, total, _ = calls.waiting(shop)
    assert total >= 5
    assert CallStatus.NEEDS_VERIFICATION in {call.status for call in waiting}


def test_this_month_and_the_last_have_something_to_tell(shop: Shop) -> None:
    this, last = reports.month_with_previous(shop, Month(2026, 11))
    assert this.to_date
    for month in (this, last):
        assert month.jobs_closed >= 15
        assert month.calls >= 25
        assert month.in_warranty >= 3
        assert month.out_of_warranty >= 3
        assert sum(month.outcomes.values()) == month.jobs_closed - month.closed_as["cancelled"]
        assert month.scored >= 10
        assert len(month.technicians) >= 3


@pytest.mark.parametrize(
    ("typed", "name"), [("wf", "王芳 Wang Fang"), ("8027", "王芳 Wang Fang"), ("müller", "Müller, Jürgen")]
)
def test_people_are_found_by_initials_phone_and_name(shop: Shop, typed: str, name: str) -> None:
    found = search.find(shop, typed, [RecordKind.CUSTOMER])
    assert name in {customers.show(shop, hit.id).name for hit in found.items}


def test_nothing_has_happened_after_now(shop: Shop) -> None:
    assert raw(shop, "SELECT max(at) FROM event")[0][0] <= "2026-11-23 01:42:00.000000"
    assert shop.clock_is_behind() is None


def test_before_the_shop_opens_what_happened_today_happened_now(
    templates: Path, loaded: Path, tmp_path: Path
) -> None:
    early = datetime(2027, 1, 31, 22, 5, tzinfo=UTC)
    sample.load_sample(tmp_path / "shop.db", FOLDER, early, templates=templates)
    opened = bootstrap.open_shop(tmp_path / "shop.db", SetClock(early))
    assert opened.clock_is_behind() is None
    assert opened.today().today == date(2027, 2, 1)
    assert opened.today().now == early
    assert calls.listed(opened)[0][0].at == early
    opened.close()


def queue_of(shop: Shop, today: date) -> list[tuple[Any, ...]]:
    found, _ = jobs.queue(shop)
    return [
        (
            job.number,
            job.status,
            job.customer_name,
            job.assigned_name,
            job.coverage,
            job.promised_for and (job.promised_for - today).days,
            job.completed_on and (job.completed_on - today).days,
            job.is_late(today),
        )
        for job in found
    ]


def test_every_age_is_the_same_on_another_day(shop: Shop, later_shop: Shop) -> None:
    assert queue_of(shop, date(2026, 11, 23)) == queue_of(later_shop, date(2027, 4, 9))
    assert followups.due(shop)[1:] == followups.due(later_shop)[1:]
    before, after = calls.listed(shop)[0], calls.listed(later_shop)[0]
    assert [call.at + timedelta(days=137) for call in before] == [call.at for call in after]


def test_what_events_and_verdicts_say_moves_along(shop: Shop, later_shop: Shop) -> None:
    day = re.compile(r"\d{4}-\d\d-\d\d")
    for table, column in (("event", "data"), ("verdict", "judged")):
        query = f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL ORDER BY id"
        for (early,), (late,) in zip(raw(shop, query), raw(later_shop, query), strict=True):
            assert day.sub("", early) == day.sub("", late)
            moved = [(date.fromisoformat(d) + timedelta(days=137)).isoformat() for d in day.findall(early)]
            assert day.findall(late) == moved


def test_no_text_of_the_sample_holds_a_date_that_would_move_by_itself() -> None:
    texts = ("fault", "notes", "intake", "finding", "cause", "action", "note", "reason", "opinion",
             "promised", "serial", "invoice_no", "parts_used", "advice", "name", "address")  # fmt: skip
    for name in ("customers", "devices", "calls", "jobs", "steps", "follow_ups"):
        for row in rows(name):
            assert not re.search(r"\d{4}-\d\d-\d\d", " ".join(row.get(column, "") for column in texts)), row


def test_the_look_up_knows_the_moved_shop_in_the_same_order(shop: Shop, later_shop: Shop) -> None:
    for typed in ("王芳", "galanz", "screen", "电池"):
        early, late = search.find(shop, typed), search.find(later_shop, typed)
        assert early.total == late.total > 0
        assert [(hit.kind, hit.id) for hit in early.items] == [(hit.kind, hit.id) for hit in late.items]


def test_telling_it_again_gives_the_same_shop(shop: Shop, again: Again) -> None:
    opened = bootstrap.open_shop(again.path, SetClock(ANCHOR))
    for table in ("call", "job", "follow_up", "verdict", "search_doc", "counter", "setting"):
        assert raw(shop, f"SELECT * FROM {table}") == raw(opened, f"SELECT * FROM {table}"), table
    told = "SELECT id, at, staff_id, record_kind, record_id, what, status, data FROM event"
    assert raw(shop, told) == raw(opened, told)
    assert again.told[-1][0] == again.told[-1][1] > 1_000
    opened.close()


def test_the_account_of_the_sample_is_a_whole_chain(shop: Shop) -> None:
    with shop.reading() as (session, _):
        assert events.verify_chain(session) is None
        assert events.tail(session)[0] > 1_000


def test_the_copy_goes_on_with_the_next_numbers(later: Path, tmp_path: Path) -> None:
    opened = bootstrap.open_shop(later, SetClock(LATER))
    highest = raw(opened, "SELECT max(number) FROM job")[0][0]
    assert calls.next_job_number(opened) == f"J-{highest + 1:04d}"
    assert raw(opened, "PRAGMA foreign_key_check") == []
    assert raw(opened, "PRAGMA integrity_check") == [("ok",)]
    counts = Counter(raw(opened, "SELECT kind FROM search_doc"))
    assert counts[("job",)] == len(rows("jobs"))
    opened.close()


def test_the_file_is_only_the_users_and_no_file_is_ever_overwritten(loaded: Path, templates: Path) -> None:
    assert stat.S_IMODE(loaded.stat().st_mode) == 0o600
    with pytest.raises(StoreFault) as refused:
        sample.load_sample(loaded, FOLDER, ANCHOR, templates=templates)
    assert refused.value.problem.code == "shop_file_exists"
    assert loaded.stat().st_size > 100_000


def test_a_kept_shop_that_went_bad_is_told_anew(again: Again) -> None:
    opened = bootstrap.open_shop(again.path, SetClock(ANCHOR))
    assert jobs.queue(opened)[1] == len(rows("jobs"))
    opened.close()
    assert again.kept.stat().st_size > 100_000
