"""The register of what was sold: every row in, completed, skipped or rejected; nothing doubled or lost."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from aftersales_tui.domain.errors import Refused
from aftersales_tui.domain.words import Coverage, RecordKind
from aftersales_tui.i18n import messages
from aftersales_tui.services import customers, devices, policies, registry, search
from aftersales_tui.views.importing import HowToImport, ImportResult
from shops import Desk, raw

DIRTY = Path(__file__).parent.parent / "data" / "sold_units_dirty.csv"
UNIT = {
    "Serial": "24G7-0001", "Brand": "Galanz", "Model": "P70F23", "Category": "microwave",
    "Sold": "2025-03-09", "Name": "王芳", "Phone": "138 0013 8001", "Address": "Dongmen Road 1",
}  # fmt: skip
PERSON = {"Name": "王芳", "Phone": "138 0013 8001", "Address": "Dongmen Road 1", "Notes": ""}


def text_of(rows: list[dict[str, str]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _file(desk: Desk, rows: list[dict[str, str]]) -> Path:
    path = desk.shop.path.with_name("sold.csv")
    path.write_text(text_of(rows), encoding="utf-8")
    return path


def units(desk: Desk, *rows: Mapping[str, str], **how: Any) -> ImportResult:
    """The rows, each a good one with what it says differently, brought in."""
    path = _file(desk, [UNIT | row for row in rows])
    return checked(registry.import_devices(desk.shop, path, desk.owner, HowToImport(**how)))


def people(desk: Desk, *rows: Mapping[str, str], **how: Any) -> ImportResult:
    path = _file(desk, [PERSON | row for row in rows])
    return checked(registry.import_customers(desk.shop, path, desk.owner, HowToImport(**how)))


def checked(result: ImportResult) -> ImportResult:
    assert result.imported + result.skipped + len(result.rejected) == result.rows
    assert result.updated <= result.imported
    for problem in (*(row.reason for row in result.rejected), *(one.said for one in result.remarks)):
        assert messages.sentence(problem)
        assert "–" not in messages.sentence(problem)
    return result


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    """New, updated, skipped, rejected."""
    return result.imported - result.updated, result.updated, result.skipped, len(result.rejected)


def said(result: ImportResult) -> list[tuple[int, str]]:
    return [(one.line, one.said.code) for one in result.remarks]


def out(result: ImportResult) -> list[tuple[int, str]]:
    return [(one.line, one.reason.code) for one in result.rejected]


def number_of(desk: Desk, table: str) -> int:
    return int(raw(desk.shop, f"SELECT count(*) FROM {table}")[0][0])


def test_a_unit_comes_in_with_its_customer_and_is_judged_at_once(desk: Desk) -> None:
    assert counts(units(desk, {})) == (1, 0, 0, 0)
    unit = devices.by_serial(desk.shop, "0001")
    assert (unit.brand, unit.category, unit.sold_on) == ("Galanz", "microwave", date(2025, 3, 9))
    assert unit.customer_name == "王芳"
    verdict = policies.judge_on_file(desk.shop, "0001", on=date(2025, 4, 1))
    assert verdict.coverage is Coverage.COVERED
    for typed in ("24G7 0001", "galanz", "8001", "王芳", "wf", "microwave 微波炉", "dongmen"):
        kinds = {hit.kind for hit in search.find(desk.shop, typed).items}
        assert RecordKind.DEVICE in kinds, typed
    assert [hit.kind for hit in search.find(desk.shop, "138 0013", [RecordKind.CUSTOMER]).items]


def test_the_small_dirty_list_says_of_every_line_what_became_of_it(desk: Desk) -> None:
    result = checked(registry.import_devices(desk.shop, DIRTY, desk.owner))
    assert (result.rows, *counts(result)) == (27, 19, 0, 1, 7)
    assert out(result) == [
        (20, "import_serial_twice"), (21, "import_serial_twice_owner"), (25, "import_row_empty"),
        (26, "import_row_ragged"), (28, "import_quote_open"), (30, "import_header_again"),
        (32, "import_total_row"),
    ]  # fmt: skip
    assert [pair for pair in said(result) if pair[1] != "import_date_missing"] == [
        (16, "import_date_impossible"), (17, "import_date_not_read"), (18, "import_serial_damaged"),
        (19, "import_same_as_line"), (22, "import_category_unknown"), (23, "import_same_phone"),
        (24, "import_cell_error"), (24, "import_phone_damaged"), (27, "import_row_short"),
    ]  # fmt: skip
    assert [line for line, code in said(result) if code == "import_date_missing"] == [14, 15, 16, 17, 24]
    days = raw(desk.shop, "SELECT DISTINCT sold_on FROM device WHERE serial LIKE '24G7-000000%'")
    assert set(days) == {("2025-03-09",), (None,)}
    assert devices.by_serial(desk.shop, "0000123").serial == "0000123"


def test_the_same_list_as_a_workbook_means_the_same(desk: Desk, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    rows = [*csv.reader(DIRTY.read_text(encoding="utf-8").splitlines()[:3], delimiter=";")]
    rows += [["1", "24G7-0000001", "格兰仕", "P70F23", "微波炉", datetime(2025, 3, 9), "王芳", 13900138001]]  # noqa: DTZ001
    rows += [["2", 356938035643809, "小米", "M2012", "手机", 45725, "李强", 13900138002]]
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "sold.xlsx")
    assert counts(registry.import_devices(desk.shop, tmp_path / "sold.xlsx", desk.owner)) == (2, 0, 0, 0)
    assert devices.by_serial(desk.shop, "43809").sold_on == date(2025, 3, 9)
    assert counts(registry.import_devices(desk.shop, DIRTY, desk.owner))[:3] == (18, 1, 1)


def test_how_far_it_is_is_told_and_the_end_only_when_all_is_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "AT_A_TIME", 10)
    told: list[tuple[int, int]] = []
    registry.import_devices(desk.shop, DIRTY, desk.owner, progress=lambda *far: told.append(far))
    assert told == [(10, 22), (20, 22), (22, 22)]


def test_a_second_run_finds_everything_on_file_and_writes_no_event(desk: Desk) -> None:
    first = checked(registry.import_devices(desk.shop, DIRTY, desk.owner))
    before = [number_of(desk, table) for table in ("device", "customer", "event", "product", "search_doc")]
    again = checked(registry.import_devices(desk.shop, DIRTY, desk.owner))
    assert counts(again) == (0, 0, 20, 7)
    assert again.rejected == first.rejected
    after = [number_of(desk, table) for table in ("device", "customer", "event", "product", "search_doc")]
    assert after == before


def test_a_dry_run_says_what_would_happen_and_writes_nothing(desk: Desk) -> None:
    dry = checked(registry.import_devices(desk.shop, DIRTY, desk.owner, HowToImport(dry_run=True)))
    assert [number_of(desk, table) for table in ("device", "customer", "product", "search_doc")] == [0] * 4
    assert registry.import_devices(desk.shop, DIRTY, desk.owner) == dry


def test_an_interrupt_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "AT_A_TIME", 5)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        registry.import_devices(desk.shop, DIRTY, desk.owner, progress=stop)
    assert [number_of(desk, table) for table in ("device", "customer", "search_doc")] == [0, 0, 0]
    assert counts(registry.import_devices(desk.shop, DIRTY, desk.owner))[0] == 19


# what is on file


def test_a_second_list_fills_what_was_empty_and_says_before_and_after(desk: Desk) -> None:
    units(desk, {"Sold": "", "Phone": "", "Address": "", "Category": ""})
    result = units(desk, {"Invoice no": "F1", "Dealer": "Gome"})
    assert counts(result) == (0, 1, 0, 0)
    unit = devices.by_serial(desk.shop, "24G7-0001")
    assert (unit.sold_on, unit.invoice_no, unit.seller) == (date(2025, 3, 9), "F1", "Gome")
    assert unit.category == "microwave"
    (event, _) = customers.log_of(desk.shop, RecordKind.DEVICE, unit.id)
    assert event.what == "changed"
    assert event.data["before"]["sold_on"] is None
    assert event.data["after"]["sold_on"] == "2025-03-09"
    assert (event.data["file"], event.data["line"]) == ("sold.csv", 2)
    assert number_of(desk, "customer") == 1
    assert customers.show(desk.shop, unit.customer_id or 0).phones[0].raw == "138 0013 8001"
    assert [hit.kind for hit in search.find(desk.shop, "F1", [RecordKind.DEVICE]).items]
    assert [hit.kind for hit in search.find(desk.shop, "13800138001", [RecordKind.DEVICE]).items]


def test_a_filled_field_that_differs_is_kept_and_said(desk: Desk) -> None:
    units(desk, {})
    result = units(desk, {"Sold": "2025-04-01", "Address": "Elsewhere"})
    assert counts(result) == (0, 0, 1, 0)
    assert said(result) == [(2, "import_kept"), (2, "import_kept")]
    assert devices.by_serial(desk.shop, "0001").sold_on == date(2025, 3, 9)


def test_the_list_is_right_when_it_is_told_to_be(desk: Desk) -> None:
    units(desk, {})
    result = units(desk, {"Sold": "2025-04-01", "Address": "Elsewhere"}, overwrite=True)
    assert counts(result) == (0, 1, 0, 0)
    unit = devices.by_serial(desk.shop, "0001")
    assert unit.sold_on == date(2025, 4, 1)
    assert customers.show(desk.shop, unit.customer_id or 0).address == "Elsewhere"
    assert counts(units(desk, {"Sold": "2025-04-01", "Address": "Elsewhere"}, overwrite=True)) == (0, 0, 1, 0)


def test_an_empty_cell_takes_nothing_away(desk: Desk) -> None:
    units(desk, {})
    assert counts(units(desk, {"Sold": "", "Category": "", "Address": ""}, overwrite=True)) == (0, 0, 1, 0)
    assert devices.by_serial(desk.shop, "0001").sold_on == date(2025, 3, 9)


def test_a_unit_of_somebody_else_is_rejected_with_both_names(desk: Desk) -> None:
    units(desk, {})
    result = units(desk, {"Name": "李强", "Phone": "13800138009"}, overwrite=True)
    assert out(result) == [(2, "import_serial_of_other")]
    assert "王芳" in messages.sentence(result.rejected[0].reason)
    assert "李强" in messages.sentence(result.rejected[0].reason)
    assert number_of(desk, "customer") == 1


def test_another_brand_may_have_the_same_serial_another_model_may_not(desk: Desk) -> None:
    units(desk, {"Serial": "001"})
    result = units(
        desk, {"Serial": "001", "Brand": "Haier", "Model": "BCD"}, {"Serial": "001", "Model": "P90"}
    )
    assert said(result) == [(2, "import_serial_other_product")]
    assert out(result) == [(3, "import_serial_other_model")]
    assert counts(units(desk, {"Serial": "001", "Brand": "Haier", "Model": "BCD"})) == (0, 0, 1, 0)


def test_one_model_under_two_spellings_of_its_brand_is_one_unit(desk: Desk) -> None:
    units(desk, {"Brand": "海尔", "Model": "BCD-215"})
    assert counts(units(desk, {"Brand": "Haier", "Model": "bcd215"})) == (0, 0, 1, 0)
    assert number_of(desk, "device") == 1


def test_a_serial_of_two_units_on_file_goes_to_its_owner_or_nowhere(desk: Desk) -> None:
    call = desk.call(serial="77", brand="Galanz", model="P70F23", sold_on=None)
    desk.call(serial="77", brand="Haier", model="BCD", phone="13900139000", name="李强", sold_on=None)
    assert call.call.customer_id is not None
    mine = {"Serial": "77", "Brand": "", "Model": "", "Name": "李强", "Phone": "13900139000"}
    assert counts(units(desk, mine)) == (0, 1, 0, 0)
    assert out(units(desk, {**mine, "Name": "", "Phone": ""})) == [(2, "import_serial_several")]


def test_what_the_desk_put_on_file_is_completed_and_its_work_is_found_by_it(desk: Desk) -> None:
    job = desk.opened(serial="24G7-0001", name="王芳", phone="13800138001", sold_on=None, address="")
    result = units(desk, {"Brand": "Galanz 格兰仕", "Invoice no": "INV-778"})
    assert counts(result) == (0, 1, 0, 0)
    assert devices.show(desk.shop, job.device_id or 0).sold_on == date(2025, 3, 9)
    found = search.find(desk.shop, "INV-778")
    assert {hit.kind for hit in found.items} == {RecordKind.DEVICE, RecordKind.JOB, RecordKind.CALL}
    assert RecordKind.JOB in {hit.kind for hit in search.find(desk.shop, "dongmen").items}


# without a serial


def test_units_without_a_serial_are_told_apart_by_counting(desk: Desk) -> None:
    bare = {"Serial": "3.56E+14"}
    first = units(desk, bare, bare, bare)
    assert counts(first) == (3, 0, 0, 0)
    assert said(first) == [(line, "import_serial_damaged") for line in (2, 3, 4)]
    assert counts(units(desk, bare, bare, bare)) == (0, 0, 3, 0)
    assert counts(units(desk, bare, bare, bare, bare)) == (1, 0, 3, 0)


def test_a_serial_that_was_spoilt_comes_to_its_unit_when_the_list_is_mended(desk: Desk) -> None:
    units(desk, {"Serial": "3.56E+14"})
    assert counts(units(desk, {"Serial": "356938035643809"})) == (0, 1, 0, 0)
    assert devices.by_serial(desk.shop, "643809").sold_on == date(2025, 3, 9)
    assert number_of(desk, "device") == 1


def test_a_unit_of_nobody_is_found_again_too(desk: Desk) -> None:
    bare = {"Serial": "-", "Name": "", "Phone": ""}
    assert counts(units(desk, bare)) == (1, 0, 0, 0)
    assert counts(units(desk, bare)) == (0, 0, 1, 0)


# cells


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("00123", "00123"), ('="00123"', "00123"), ("S/N: AB-12", "AB-12"), ("'00123", "00123"),
     ("12345.0", "12345"), ("'=AB1", "=AB1"), ("12E5", "12E5"), ("３５６９", "３５６９")],
)  # fmt: skip
def test_a_serial_is_kept_as_it_is_printed(desk: Desk, typed: str, stored: str) -> None:
    units(desk, {"Serial": typed})
    assert raw(desk.shop, "SELECT serial FROM device") == [(stored,)]


@pytest.mark.parametrize("typed", ["3.56E+14", "3,56E+14", "1E+05", "8.69012e+18", "AB\ufffd1"])
def test_a_serial_that_a_spreadsheet_spoilt_is_said_and_not_stored(desk: Desk, typed: str) -> None:
    result = units(desk, {"Serial": typed})
    assert said(result) == [(2, "import_serial_damaged")]
    assert raw(desk.shop, "SELECT serial FROM device") == [("",)]


@pytest.mark.parametrize("typed", ["", "-", "无", "n/a", "0000", "#N/A", "未知"])
def test_a_unit_without_a_serial_comes_in_and_is_said(desk: Desk, typed: str) -> None:
    result = units(desk, {"Serial": typed})
    assert counts(result) == (1, 0, 0, 0)
    assert "import_serial_missing" in dict.fromkeys(code for _, code in said(result))


def test_a_row_without_serial_and_product_is_rejected(desk: Desk) -> None:
    nothing = {"Serial": "", "Brand": "", "Model": "", "Category": ""}
    assert out(units(desk, nothing)) == [(2, "import_no_unit")]


def test_several_phones_in_one_cell_are_several_phones(desk: Desk) -> None:
    people(desk, {"Phone": "13800138001 / 010-62345678;13900139000"})
    phones = customers.show(desk.shop, 1).phones
    assert [phone.raw for phone in phones] == ["13800138001", "010-62345678", "13900139000"]
    people(desk, {"Name": "李强", "Phone": "010-62345678-801"})
    assert [phone.raw for phone in customers.show(desk.shop, 2).phones] == ["010-62345678-801"]


@pytest.mark.parametrize("typed", ["1.38E+10", "see notes"])
def test_a_phone_that_is_none_is_said_and_the_rest_comes_in(desk: Desk, typed: str) -> None:
    result = people(desk, {"Phone": typed})
    assert counts(result) == (1, 0, 0, 0)
    assert len(said(result)) == 1


def test_a_kind_nobody_knows_is_other_and_its_words_are_kept_where_no_model_is(desk: Desk) -> None:
    result = units(desk, {"Category": "魔镜", "Model": ""})
    assert said(result) == [(2, "import_category_unknown")]
    unit = devices.by_serial(desk.shop, "0001")
    assert (unit.category, unit.model) == ("other", "魔镜")


def test_the_name_of_a_product_serves_as_model_and_says_the_kind(desk: Desk) -> None:
    path = _file(desk, [{"Serial": "1234", "Product name": "海尔冰箱 BCD-215"}])
    registry.import_devices(desk.shop, path, desk.owner)
    unit = devices.by_serial(desk.shop, "1234")
    assert (unit.model, unit.category) == ("海尔冰箱 BCD-215", "refrigerator")


def test_a_product_divided_otherwise_is_the_same_and_a_known_one_lends_its_kind(desk: Desk) -> None:
    units(desk, {"Brand": "", "Model": "Galanz P70F23"})
    assert counts(units(desk, {})) == (0, 0, 1, 0)
    units(desk, {"Serial": "2", "Category": "魔镜"})
    assert devices.by_serial(desk.shop, "2").category == "microwave"
    assert number_of(desk, "product") == 1


def test_a_text_past_its_limit_is_left_out_and_said_and_a_long_note_stays_whole(desk: Desk) -> None:
    result = units(desk, {"Model": "x" * 201, "Notes": "n" * 20_000}, {"Serial": "2", "Notes": "n" * 20_001})
    assert said(result) == [(2, "import_text_too_long"), (3, "import_text_too_long")]
    assert raw(desk.shop, "SELECT length(notes) FROM device ORDER BY id") == [(20_000,), (0,)]


def test_dirt_in_a_text_steers_nothing(desk: Desk) -> None:
    units(desk, {"Name": "[/b] \x1b]0;PWNED\x07王芳", "Notes": "a\x00b\u202e"})
    assert raw(desk.shop, "SELECT name FROM customer") == [("[/b] 王芳",)]


def test_days_that_can_be_read_two_ways_are_said_of_their_column(desk: Desk) -> None:
    result = units(desk, {"Sold": "3/9/2025"})
    assert [warning.code for warning in result.warnings] == ["import_dates_ambiguous"]
    assert devices.by_serial(desk.shop, "0001").sold_on == date(2025, 3, 9)
    units(desk, {"Serial": "2", "Sold": "3/9/2025"}, dates="dmy")
    assert devices.by_serial(desk.shop, "2").sold_on == date(2025, 9, 3)


def test_contradicting_rows_of_one_serial_leave_the_first_and_complementing_ones_join(desk: Desk) -> None:
    result = units(
        desk, {"Sold": ""}, {"Sold": "2025-03-09"}, {"Sold": "2025-03-10"}, {"Name": "", "Phone": ""}
    )
    assert counts(result) == (1, 1, 1, 1)
    assert out(result) == [(4, "import_serial_twice")]
    assert result.rejected[0].reason.values["line"] == 2
    assert devices.by_serial(desk.shop, "0001").sold_on == date(2025, 3, 9)


# customers


def test_customers_are_known_by_phone_and_name_as_at_the_desk(desk: Desk) -> None:
    people(desk, {})
    result = people(desk, {"Phone": "+86 138-0013-8001", "Name": "王芳 Wang Fang"}, {"Name": "李强"})
    assert counts(result) == (1, 0, 1, 0)
    assert said(result) == [(3, "import_same_phone")]
    assert number_of(desk, "customer") == 2


def test_a_second_list_of_customers_completes_and_doubles_nobody(desk: Desk) -> None:
    people(desk, {"Address": "", "Phone": ""}, {"Name": "李强", "Phone": "13800138002"})
    assert counts(people(desk, {"Address": "", "Phone": ""})) == (0, 0, 1, 0)
    result = people(desk, {"Name": "李强", "Phone": "13800138002", "Notes": "rings twice"})
    assert counts(result) == (0, 1, 0, 0)
    assert customers.show(desk.shop, 2).address == "Dongmen Road 1"
    assert [hit.id for hit in search.find(desk.shop, "rings").items] == [2]


def test_a_phone_of_several_people_without_a_name_is_nobodys(desk: Desk) -> None:
    people(desk, {}, {"Name": "李强"})
    assert out(people(desk, {"Name": ""})) == [(2, "import_person_ambiguous")]
    result = units(desk, {"Name": ""})
    assert said(result) == [(2, "import_phone_ambiguous")]
    assert devices.by_serial(desk.shop, "0001").customer_id is None


def test_a_row_without_name_and_phone_is_rejected(desk: Desk) -> None:
    assert out(people(desk, {"Name": "-", "Phone": ""})) == [(2, "import_nobody")]


def test_a_customer_merged_into_another_takes_nothing_more(desk: Desk) -> None:
    people(desk, {}, {"Name": "李强", "Phone": "13800138002"})
    customers.merge(desk.shop, 2, 1, desk.owner)
    assert counts(people(desk, {"Name": "王芳", "Phone": "13800138002"})) == (0, 0, 1, 0)


# the columns


def test_what_every_column_is_taken_for_is_told(desk: Desk) -> None:
    result = units(desk, {"Colour": "red", "Serial no": "x"})
    uses = {use.header: (use.field, use.why) for use in result.columns}
    assert uses["Serial"] == ("serial", "guessed")
    assert uses["Colour"] == ("", "unknown")
    assert uses["Sold"] == ("sold_on", "guessed")
    assert uses["Serial no"] == ("", "taken")
    mapped = units(desk, {"Serial": "9", "Colour": "AZ-1"}, maps=("Colour=serial",))
    assert {use.header: use.field for use in mapped.columns}["Colour"] == "serial"
    assert devices.by_serial(desk.shop, "AZ-1")


def test_a_list_without_any_needed_column_is_refused(desk: Desk) -> None:
    path = _file(desk, [{"Colour": "red", "Weight": "3"}])
    for bring_in in (registry.import_devices, registry.import_customers):
        with pytest.raises(Refused) as raised:
            bring_in(desk.shop, path, desk.owner)
        assert raised.value.problem.code == "import_column_missing"
        assert "--map" in messages.sentence(raised.value.problem)


def test_columns_of_the_other_list_stay_outside(desk: Desk) -> None:
    path = _file(desk, [UNIT])
    assert counts(registry.import_customers(desk.shop, path, desk.owner)) == (1, 0, 0, 0)
    assert number_of(desk, "device") == 0


def test_a_whole_town_comes_in_and_every_tail_finds_its_unit(desk: Desk) -> None:
    rows = [
        {
            "Serial": f"T{n:05d}",
            "Name": f"王{chr(0x4E00 + n)}",
            "Phone": f"139{n:08d}",
            "Sold": day.isoformat(),
        }
        for n in range(1_200)
        for day in (date(2024, 1, 1) + timedelta(days=n % 700),)
    ]
    assert counts(units(desk, *rows)) == (1_200, 0, 0, 0)
    assert counts(units(desk, *rows)) == (0, 0, 1_200, 0)
    assert counts(units(desk, *[{**row, "Dealer": "Gome"} for row in rows])) == (0, 1_200, 0, 0)
    for n in (0, 599, 1_199):
        assert devices.by_serial(desk.shop, f"{n:05d}").seller == "Gome"
        assert search.find(desk.shop, f"T{n:05d}").total == 1
    assert number_of(desk, "search_doc") == 2_400
    with desk.shop.store.reading() as session:
        session.connection().exec_driver_sql(
            "INSERT INTO search_trigram (search_trigram) VALUES ('integrity-check')"
        )


@pytest.mark.parametrize(
    "piece", [" ", "1 ", "1", "x1", "(", ",", "\x9d", "\x1b]", "1/", "t", "or ", "年", '"']
)
def test_a_cell_of_300_000_characters_costs_its_row_and_no_time(desk: Desk, piece: str) -> None:
    long = "1" + piece * (300_000 // len(piece)) + "2"
    begin = time.monotonic()
    units(desk, *({name: long} for name in UNIT), {"Serial": "24G7-0002"})
    assert time.monotonic() - begin < 10
    assert devices.by_serial(desk.shop, "24G7-0002").brand == "Galanz"


def test_units_of_one_of_several_are_known_again(desk: Desk) -> None:
    family = ({"Serial": "1", "Name": "王芳"}, {"Serial": "2", "Name": "李强"})
    bare = {"Serial": "", "Name": "", "Model": "X9"}
    rows = ({**bare, "Model": "X8"}, *family, bare, {**bare, "Sold": ""})
    first = units(desk, *rows)
    assert first.imported == 5
    again = units(desk, *rows)
    assert (again.imported, again.skipped, again.rejected) == (0, 5, ())
    assert raw(desk.shop, "SELECT count(*) FROM device") == [(5,)]


def test_a_name_that_several_have_means_the_same_one_when_a_list_comes_in_twice(desk: Desk) -> None:
    rows = [{"Serial": "", "Name": "王芳", "Phone": f"1380000000{n}", "Model": f"X{n}"} for n in (1, 2)]
    bare = {"Serial": "", "Name": "王芳", "Phone": "", "Model": "X9"}
    first = units(desk, *rows, bare)
    assert first.imported == 3
    again = units(desk, *rows, bare)
    assert (again.imported, again.skipped) == (0, 3)
