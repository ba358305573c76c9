"""Repairs of the Open Repair Data Standard: every row in, or listed with its line and reason."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftersales_tui.domain.dates import Month
from aftersales_tui.domain.errors import Refused, ShopError, StoreFault
from aftersales_tui.domain.words import Coverage, JobStatus, Outcome, RecordKind
from aftersales_tui.i18n import messages
from aftersales_tui.services import followups, importing, jobs, reports, search, table_files
from aftersales_tui.services.shop import Shop
from aftersales_tui.store.engine import Store
from aftersales_tui.views.importing import ImportResult
from aftersales_tui.views.jobs import JobView
from shops import Desk, raw

OURS = Path(__file__).parent.parent / "data" / "repairs_ords.csv"
HEADER = [
    "id", "data_provider", "country", "partner_product_category", "product_category", "product_category_id",
    "brand", "year_of_manufacture", "product_age", "repair_status", "repair_barrier_if_end_of_life",
    "group_identifier", "event_date", "problem",
]  # fmt: skip
OLD_HEADER = [column for column in HEADER if column not in ("product_category_id", "product_age")]
GOOD = dict(
    zip(
        HEADER,
        ("r1", "Us", "USA", "Blender", "Food processor", "37", "Krups", "2009", "11", "Fixed", "", "Clinic",
         "2020-03-05", "does not turn"),
        strict=True,
    )
)  # fmt: skip


def text_of(rows: Iterable[dict[str, str]], header: list[str] = HEADER) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, header, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def bring_in(desk: Desk, tmp_path: Path, content: str | bytes) -> ImportResult:
    path = tmp_path / "repairs.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return importing.import_repairs(desk.shop, path, desk.owner)


def one(desk: Desk, tmp_path: Path, **changes: str) -> JobView:
    """The job that a good row with these cells becomes."""
    result = bring_in(desk, tmp_path, text_of([GOOD | changes]))
    assert (result.rows, result.imported, result.rejected) == (1, 1, ())
    found, _ = jobs.queue(desk.shop, limit=1)
    return jobs.show(desk.shop, found[0].id)


def why(desk: Desk, tmp_path: Path, **changes: str) -> str:
    """The reason for which a row with these cells stays outside."""
    result = bring_in(desk, tmp_path, text_of([GOOD | changes]))
    assert (result.rows, result.imported, len(result.rejected)) == (1, 0, 1)
    assert result.rejected[0].line == 2
    assert raw(desk.shop, "SELECT count(*) FROM job") == [(0,)]
    return result.rejected[0].reason.code


def adds_up(result: ImportResult) -> bool:
    return result.imported + result.skipped + len(result.rejected) == result.rows


def test_every_row_of_the_small_file_is_in_or_listed(desk: Desk) -> None:
    result = importing.import_repairs(desk.shop, OURS, desk.owner)
    assert (result.rows, result.imported, result.skipped) == (30, 27, 0)
    assert [(row.line, row.reason.code) for row in result.rejected] == [
        (20, "import_day_not_read"),
        (23, "import_id_twice"),
        (30, "import_day_missing"),
    ]
    assert raw(desk.shop, "SELECT count(*) FROM job") == [(27,)]


def test_a_second_run_adds_nothing(desk: Desk) -> None:
    first = importing.import_repairs(desk.shop, OURS, desk.owner)
    events = raw(desk.shop, "SELECT count(*) FROM event")
    again = importing.import_repairs(desk.shop, OURS, desk.owner)
    assert (again.rows, again.imported, again.skipped) == (30, 0, 27)
    assert again.rejected == first.rejected
    assert raw(desk.shop, "SELECT count(*) FROM event") == events


def test_a_dry_run_counts_and_writes_nothing(desk: Desk) -> None:
    result = importing.import_repairs(desk.shop, OURS, desk.owner, dry_run=True)
    assert (result.imported, len(result.rejected)) == (27, 3)
    assert raw(desk.shop, "SELECT count(*) FROM job") == [(0,)]
    assert raw(desk.shop, "SELECT next_number FROM counter WHERE kind = 'job'") == [(1,)]


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("Fixed", Outcome.FIXED),
        ("Repairable", Outcome.RETURNED_UNREPAIRED),
        ("End of life", Outcome.NOT_REPAIRABLE),
        ("unknown ", Outcome.UNKNOWN),
    ],
)
def test_a_status_becomes_the_outcome_of_a_job_handed_over(
    desk: Desk, tmp_path: Path, status: str, outcome: Outcome
) -> None:
    job = one(desk, tmp_path, repair_status=status)
    assert (job.status, job.outcome) == (JobStatus.HANDED_OVER, outcome)


def test_a_job_of_the_past_has_its_day_and_nobody(desk: Desk, tmp_path: Path) -> None:
    job = one(desk, tmp_path)
    assert job.completed_on == date(2020, 3, 5)
    assert job.opened_at == job.closed_at == datetime(2020, 3, 5, 1, 0, tzinfo=UTC)
    assert (job.customer_id, job.device_id, job.call_id, job.coverage, job.verdict) == (None,) * 5
    assert (job.promised_for, job.assigned_to, job.taken_in_at) == (None,) * 3
    assert (job.brand, job.model, job.category) == ("Krups", "", "kitchen_appliance")
    assert job.fault == "does not turn"
    assert (job.imported_from, job.imported_ref) == ("ords", "r1")
    assert job.intake.split("\n") == [
        "Called in the file: Food processor / Blender.",
        "Made in 2009.",
        "Age in years: 11.",
        "Repaired at: Clinic (USA).",
    ]
    (event,) = job.events
    assert (event.what, event.who) == ("imported", "周明 Zhou Ming")
    assert event.data["ref"] == "r1"


def test_the_barrier_is_kept(desk: Desk, tmp_path: Path) -> None:
    job = one(
        desk, tmp_path, repair_status="End of life", repair_barrier_if_end_of_life="Spare parts not available"
    )
    assert job.cause == "Spare parts not available"


def test_the_older_standard_without_two_columns_comes_in(desk: Desk, tmp_path: Path) -> None:
    result = bring_in(desk, tmp_path, text_of([GOOD], OLD_HEADER))
    assert result.imported == 1


def test_dirt_in_a_text_is_decoded_or_kept_and_never_steers_anything(desk: Desk, tmp_path: Path) -> None:
    problem = "=SUM(1) [/b] [@click=app.quit]x[/] won&#39;t &lt;b&gt; &amp;amp; \x1b]0;PWNED\x07tail\x00"
    job = one(desk, tmp_path, problem=problem, brand="Henry &amp; Co", id="=1+1")
    assert job.fault == "=SUM(1) [/b] [@click=app.quit]x[/] won't <b> &amp; tail"
    assert job.brand == "Henry & Co"
    assert job.imported_ref == "=1+1"


def test_a_long_text_comes_in_whole_and_one_past_the_limit_is_listed(desk: Desk, tmp_path: Path) -> None:
    assert len(one(desk, tmp_path, problem="x" * 20_000).fault) == 20_000
    result = bring_in(desk, tmp_path, text_of([GOOD | {"id": "r2", "problem": "x" * 300_000}]))
    assert result.rejected[0].reason.code == "import_cell_too_long"
    assert result.rejected[0].reason.values == {"column": "problem", "limit": 20_000}


@pytest.mark.parametrize("year", ["9999", "0", "-3", "2021", "circa 1980", "19"])
def test_an_impossible_year_is_left_out_and_the_repair_comes_in(
    desk: Desk, tmp_path: Path, year: str
) -> None:
    assert "Made in" not in one(desk, tmp_path, year_of_manufacture=year).intake


@pytest.mark.parametrize("age", ["-3", "1000", "old", ""])
def test_an_impossible_age_is_left_out(desk: Desk, tmp_path: Path, age: str) -> None:
    assert "Age" not in one(desk, tmp_path, product_age=age).intake


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("id", " ", "import_id_missing"),
        ("id", "x" * 201, "import_cell_too_long"),
        ("brand", "x" * 201, "import_cell_too_long"),
        ("repair_status", "Mended", "import_status_unknown"),
        ("repair_status", "", "import_status_unknown"),
        ("event_date", "", "import_day_missing"),
        ("event_date", "2023-02-30", "import_day_not_read"),
        ("event_date", "last May", "import_day_not_read"),
        ("event_date", "0001-01-01", "import_day_impossible"),
        ("event_date", "2026-11-24", "import_day_impossible"),
        ("event_date", "9999-12-31", "import_day_impossible"),
    ],
)
def test_a_row_that_cannot_be_history_says_why(
    desk: Desk, tmp_path: Path, column: str, cell: str, code: str
) -> None:
    assert why(desk, tmp_path, **{column: cell}) == code


def test_a_long_kind_of_product_is_cut_where_it_is_shown_and_kept_in_the_record(
    desk: Desk, tmp_path: Path
) -> None:
    kind = "Zither-like contraption " * 6
    job = one(desk, tmp_path, product_category=kind, partner_product_category="")
    assert job.category == kind[:60].strip()
    assert kind.strip() in job.intake


def test_of_an_id_that_comes_twice_the_first_row_counts(desk: Desk, tmp_path: Path) -> None:
    result = bring_in(desk, tmp_path, text_of([GOOD, GOOD | {"problem": "another"}]))
    (rejected,) = result.rejected
    assert (rejected.line, rejected.reason.values) == (3, {"id": "r1", "line": 2})
    assert jobs.queue(desk.shop)[0][0].fault == "does not turn"


def test_a_row_with_cells_missing_or_too_many_is_listed_with_its_line(desk: Desk, tmp_path: Path) -> None:
    good = text_of([GOOD])
    result = bring_in(desk, tmp_path, good + "r2,short\n\n" + ",".join(["r3", *["x"] * 20]) + "\n")
    assert [(row.line, row.reason.code) for row in result.rejected] == [
        (3, "import_row_ragged"),
        (5, "import_row_ragged"),
    ]
    assert (result.rows, result.imported) == (3, 1)


def test_empty_cells_at_the_end_of_a_row_do_no_harm(desk: Desk, tmp_path: Path) -> None:
    header, row = text_of([GOOD]).split("\r\n")[:2]
    assert bring_in(desk, tmp_path, f"{header}\n{row},,,\n").imported == 1


def test_a_line_number_is_the_one_an_editor_shows(desk: Desk, tmp_path: Path) -> None:
    many = GOOD | {"id": "r0", "problem": "first\nsecond\nthird"}
    result = bring_in(desk, tmp_path, text_of([many, GOOD | {"event_date": "?"}]))
    assert [row.line for row in result.rejected] == [5]
    assert jobs.queue(desk.shop)[0][0].fault == "first\nsecond\nthird"


def test_a_misplaced_quotation_mark_costs_its_row_only(desk: Desk, tmp_path: Path) -> None:
    header, row = text_of([GOOD]).split("\r\n")[:2]
    broken = row.replace("r1", "r0").replace("does not turn", '"he "said" it"')
    result = bring_in(desk, tmp_path, f"{header}\n{broken}\n{row}\n")
    assert [(r.line, r.reason.code) for r in result.rejected] == [(2, "import_quote_misplaced")]
    assert result.imported == 1


def test_a_quotation_mark_that_never_closes_costs_its_line_only(desk: Desk, tmp_path: Path) -> None:
    header, row = text_of([GOOD]).split("\r\n")[:2]
    broken = row.replace("does not turn", '"does not')
    result = bring_in(desk, tmp_path, f"{header}\n{row}\n{broken}\n{row}\n")
    assert [(r.line, r.reason.code) for r in result.rejected] == [
        (3, "import_quote_open"), (4, "import_id_twice")
    ]  # fmt: skip
    assert adds_up(result)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_usual_encodings_are_read(desk: Desk, tmp_path: Path, encoding: str) -> None:
    content = text_of([GOOD | {"problem": "电饭煲煮饭夹生，磁钢限温器失灵"}]).encode(encoding)
    result = bring_in(desk, tmp_path, content)
    assert result.encoding == encoding.removesuffix("-sig")
    assert jobs.queue(desk.shop)[0][0].fault == "电饭煲煮饭夹生，磁钢限温器失灵"


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters_are_read(desk: Desk, tmp_path: Path, delimiter: str) -> None:
    lines = (delimiter.join(GOOD), delimiter.join(GOOD.values()))
    assert bring_in(desk, tmp_path, "\n".join(lines)).imported == 1


def refused(desk: Desk, path: Path, data_format: str = "auto") -> tuple[str, str]:
    with pytest.raises(ShopError) as raised:
        importing.import_repairs(desk.shop, path, desk.owner, data_format=data_format)
    assert raw(desk.shop, "SELECT count(*) FROM job") == [(0,)]
    return raised.value.problem.code, messages.sentence(raised.value.problem)


def test_another_header_is_refused_and_says_what_is_missing(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("id,name,Brand ,event_date\n1,2,3,4\n")
    code, sentence = refused(desk, path)
    assert code == "import_header_unknown"
    assert "product_category, repair_status, problem" in sentence


def test_a_file_that_is_no_table_is_refused(desk: Desk, tmp_path: Path) -> None:
    empty, binary = tmp_path / "empty.csv", tmp_path / "binary.csv"
    empty.write_bytes(b"\n\n")
    binary.write_bytes(b"\x89PNG\r\n\x1a\n\xff\xff\x00\x80")
    assert refused(desk, empty)[0] == "import_empty"
    assert refused(desk, binary)[0] == "import_not_a_table"
    assert refused(desk, tmp_path / "nowhere.csv")[0] == "import_file_missing"
    assert refused(desk, tmp_path)[0] == "import_file_unreadable"
    assert refused(desk, OURS, data_format="xml")[0] == "import_format_unknown"


def test_a_file_that_is_not_there_is_the_fault_of_a_disk(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(StoreFault):
        importing.import_repairs(desk.shop, tmp_path / "nowhere.csv", desk.owner)


def test_limits_are_kept(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.csv"
    path.write_text(text_of([GOOD | {"id": f"r{n}"} for n in range(5)]))
    monkeypatch.setattr(table_files, "MAX_ROWS", 4)
    assert refused(desk, path)[0] == "import_too_many_rows"
    monkeypatch.setattr(table_files, "MAX_COLUMNS", 10)
    assert refused(desk, path)[0] == "import_too_many_columns"
    monkeypatch.setattr(table_files, "MAX_BYTES", 100)
    assert refused(desk, path)[0] == "import_file_too_large"
    assert csv.field_size_limit() == 131_072


def test_history_makes_no_follow_up_no_lateness_and_no_reminder(desk: Desk) -> None:
    importing.import_repairs(desk.shop, OURS, desk.owner)
    assert followups.due(desk.shop) == ((), 0, 0)
    assert followups.coming(desk.shop) is None
    assert jobs.queue(desk.shop, late=True) == ((), 0)
    assert jobs.board(desk.shop, desk.technician).counts == (0, 0, 0, 0)
    assert jobs.ready_to_collect(desk.shop) == ((), 0)


def test_every_month_of_the_file_adds_up(desk: Desk) -> None:
    importing.import_repairs(desk.shop, OURS, desk.owner)
    days = raw(desk.shop, "SELECT completed_on FROM job")
    in_month = Counter(day[:7] for (day,) in days)
    assert len(in_month) >= 6
    for text, count in in_month.items():
        summary = reports.month(desk.shop, Month(int(text[:4]), int(text[5:])))
        assert summary.jobs_closed == summary.jobs_opened == summary.not_judged == count
        assert sum(summary.outcomes.values()) == count
        assert summary.jobs_open_at_end == 0
        assert summary.turnaround_jobs == summary.follow_ups_due == 0


@pytest.mark.parametrize(
    ("typed", "ref"),
    [
        ("hair paste acer", "sample_0011"),
        ("sample_0024", "sample_0024"),
        ("磁钢", "sample_0024"),
        ("henry spring", "sample_0004"),
        ("1974 singer", "sample_0006"),
        ("Buurthuis 9999", ""),
        ("information", "sample_0009"),
    ],
)
def test_the_look_up_finds_them(desk: Desk, typed: str, ref: str) -> None:
    importing.import_repairs(desk.shop, OURS, desk.owner)
    found = search.find(desk.shop, typed, [RecordKind.JOB])
    assert [jobs.show(desk.shop, hit.id).imported_ref for hit in found.items] == ([ref] if ref else [])


def test_numbers_go_on_and_follow_the_days(desk: Desk) -> None:
    before = desk.opened()
    importing.import_repairs(desk.shop, OURS, desk.owner)
    rows = raw(desk.shop, "SELECT number, completed_on FROM job WHERE imported_ref IS NOT NULL ORDER BY id")
    assert [number for number, _ in rows] == list(range(before.number + 1, before.number + 28))
    assert [day for _, day in rows] == sorted(day for _, day in rows)
    assert desk.opened().number == before.number + 28
    assert jobs.show(desk.shop, before.id).coverage in set(Coverage)


def test_a_failure_in_the_middle_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(done: int, total: int) -> None:
        if done >= 10:
            raise KeyboardInterrupt

    monkeypatch.setattr(importing, "AT_A_TIME", 5)
    with pytest.raises(KeyboardInterrupt):
        importing.import_repairs(desk.shop, OURS, desk.owner, progress=stop)
    assert raw(desk.shop, "SELECT count(*) FROM job") == [(0,)]
    assert raw(desk.shop, "SELECT count(*) FROM search_doc") == [(0,)]
    assert importing.import_repairs(desk.shop, OURS, desk.owner).imported == 27


def test_many_on_one_day_are_all_found(desk: Desk, tmp_path: Path) -> None:
    rows = [GOOD | {"id": f"r{n}", "problem": f"crowded {n}"} for n in range(300)]
    bring_in(desk, tmp_path, text_of(rows[:150]))
    bring_in(desk, tmp_path, text_of(rows))
    assert search.find(desk.shop, "crowded").total == 300


CELLS = st.text(max_size=30) | st.sampled_from(
    ["Fixed", "End of life", "2021-05-06", "2021-13-45", "=cmd|' /C calc'!A0", "[/b]", "&#0;", "&#xD800;",
     '"', "\x00", "\r", "\x1b[2J", "x" * 25_000, "&lt;" * 50, "\u202e", "9" * 40]
)  # fmt: skip
ROWS = st.lists(
    st.fixed_dictionaries({}, optional=dict.fromkeys(HEADER, CELLS)).map(lambda c: GOOD | c),
    max_size=5,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, cut=st.integers(0, 400), put_in=st.binary(max_size=4), mangled=st.booleans())
def test_any_mangled_file_is_listed_row_by_row_or_refused(
    furnished: Path, rows: list[dict[str, str]], cut: int, put_in: bytes, mangled: bool
) -> None:
    content = text_of(rows).encode("utf-8", "surrogatepass")
    if mangled:
        content = content[:cut] + put_in + content[cut + len(put_in) :]
    with tempfile.TemporaryDirectory() as folder:
        shop = Shop(
            Store(Path(shutil.copy(furnished, Path(folder) / "shop.db"))),
            lambda: datetime(2026, 11, 23, 1, 30, tzinfo=UTC),
        )
        path = Path(folder) / "repairs.csv"
        path.write_bytes(content)
        refusal = None
        try:
            result = importing.import_repairs(shop, path, 1)
        except Refused as error:
            refusal = messages.sentence(error.problem)
        if refusal is None:
            assert adds_up(result)
            assert raw(shop, "SELECT count(*) FROM job") == [(result.imported,)]
            assert all(row.line >= 2 and messages.sentence(row.reason) for row in result.rejected)
            again = importing.import_repairs(shop, path, 1)
            assert (again.imported, again.skipped) == (0, result.imported)
        else:
            assert refusal
        shop.close()
