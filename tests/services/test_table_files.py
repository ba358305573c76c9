"""Somebody else's file as a table: encodings, delimiters, titles, dirt, workbooks and bombs."""

from __future__ import annotations

import csv
import io
import time
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from aftersales_tui.domain.errors import Refused, ShopError, StoreFault
from aftersales_tui.domain.import_columns import DEVICE_FIELDS, recognised
from aftersales_tui.domain.import_dates import EPOCH_1904
from aftersales_tui.i18n import messages
from aftersales_tui.reports.csv_files import safe_cell, unguarded, write_csv
from aftersales_tui.services import table_files, xlsx_reading
from aftersales_tui.services.table_files import How, Table, read_table

HEADER = ["Serial", "Brand", "Model", "Sold"]
ROW = ["A1", "海尔", "X1", "2025-03-09"]


def knows(cells: Sequence[str]) -> int:
    return recognised(cells, DEVICE_FIELDS)


def read(tmp_path: Path, content: str | bytes, **how: Any) -> Table:
    path = tmp_path / "list.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_table(path, knows, How(**how))


def lines(*rows: Sequence[str], delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def workbook(tmp_path: Path, *rows: Sequence[object], name: str = "list.xlsx") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    path = tmp_path / name
    book.save(path)
    return path


def why(path: Path, **how: Any) -> str:
    with pytest.raises(ShopError) as raised:
        read_table(path, knows, How(**how))
    assert messages.sentence(raised.value.problem)
    return raised.value.problem.code


def problems(table: Table) -> list[tuple[int, str]]:
    return [(row.number, row.problem.code) for row in table.rows if row.problem]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_usual_encodings_and_delimiters_are_read(tmp_path: Path, encoding: str, delimiter: str) -> None:
    table = read(tmp_path, lines(HEADER, ROW, delimiter=delimiter).encode(encoding))
    assert (table.header, table.rows[0].cells) == (tuple(HEADER), tuple(ROW))


def test_letters_of_europe_are_not_read_as_chinese_where_nobody_writes_it(tmp_path: Path) -> None:
    content = lines(HEADER, ["A1", "Müller & Söhne", "X1", ""]).encode("cp1252")
    table = read(tmp_path, content, chinese=False)
    assert (table.encoding, table.rows[0].cells[1]) == ("cp1252", "Müller & Söhne")
    chinese = read(tmp_path, lines(HEADER, ["A1", "海尔", "X1", ""]).encode("gb2312"), chinese=False)
    assert chinese.rows[0].cells[1] == "海尔"


def test_an_encoding_that_is_told_is_used_or_refused(tmp_path: Path) -> None:
    content = lines(HEADER, ["A1", "東芝", "X1", ""]).encode("big5")
    assert read(tmp_path, content, encoding="big5").rows[0].cells[1] == "東芝"
    for wrong in ("ascii", "martian", "zip", "\x00"):
        with pytest.raises(Refused) as raised:
            read(tmp_path, content, encoding=wrong)
        assert raised.value.problem.code == "import_encoding_wrong"


def test_a_line_in_other_letters_is_read_and_one_that_cannot_be_stays_outside(tmp_path: Path) -> None:
    rows = [f"A{n},海尔,X1,".encode() for n in range(30)]
    rows[3] = "A3,美的,X1,".encode("gb18030")
    rows[7] = b"A7,\xff\xff\xfe,X1,"
    table = read(tmp_path, b"\n".join([",".join(HEADER).encode(), *rows]))
    assert table.rows[3].cells[1] == "美的"
    assert [one.code for one in table.rows[3].remarks] == ["import_line_encoding"]
    assert problems(table) == [(9, "import_letters_unreadable")]


def test_titles_above_the_header_are_no_rows_and_lines_are_those_of_the_file(tmp_path: Path) -> None:
    table = read(tmp_path, "sep=,\nSales 2025,,,\n\n" + lines(HEADER, ["A1", "a\nb", "X", ""], ROW))
    assert table.header_line == 4
    assert [row.number for row in table.rows] == [5, 7]


def test_blank_lines_and_rows_of_empty_cells_are_nothing(tmp_path: Path) -> None:
    table = read(tmp_path, lines(HEADER, ["", " ", "", ""]) + "\n\n" + lines(ROW))
    assert [row.number for row in table.rows] == [5]


def test_a_short_row_is_filled_up_a_long_one_and_a_fragment_stay_outside(tmp_path: Path) -> None:
    table = read(tmp_path, lines(HEADER, ["A1", "Haier"], ["A2", "b", "c", "d", "e"], ["rest of an address"]))
    assert [one.code for one in table.rows[0].remarks] == ["import_row_short"]
    assert problems(table) == [(3, "import_row_ragged"), (4, "import_row_ragged")]


def test_a_stray_quotation_mark_costs_its_line_and_no_other(tmp_path: Path) -> None:
    rows = [lines([f"A{n}", "Haier", "X1", ""]) for n in range(200)]
    rows[5] = 'A5,"Haier,X1,\r\n'
    rows[100] = 'A100,Haier,"X1" wide,\r\n'
    table = read(tmp_path, lines(HEADER) + "".join(rows))
    assert problems(table) == [(7, "import_quote_misplaced"), (102, "import_quote_misplaced")]
    assert len(table.rows) == 200
    assert table.rows[-1].cells[0] == "A199"


def test_a_header_that_comes_again_is_no_row(tmp_path: Path) -> None:
    assert problems(read(tmp_path, lines(HEADER, ROW, HEADER))) == [(3, "import_header_again")]


def test_zero_bytes_and_headers_that_come_twice_do_no_harm(tmp_path: Path) -> None:
    table = read(tmp_path, lines(["Serial", "Serial", "Brand"], ["A\x001", "B1", "Haier"]))
    assert table.header == ("Serial", "Serial", "Brand")
    assert table.rows[0].cells[2] == "Haier"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+x",
        "-x",
        "@x",
        "＝1",
        "plain",
        "'quoted'",
        "-5",
        "+86 138",
        "'",
        "'=1+1",
        "''@x",
        "'-5",
        "+86-755-2518 3344",
    ],
)
def test_a_cell_our_own_exporter_guarded_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    assert unguarded(safe_cell(text)) == text
    table = read(tmp_path, write_csv(HEADER, [[text, "b", "c", "d"]]))
    assert table.rows[0].cells[0] == text


def test_a_workbook_is_read_with_its_days_numbers_and_lines(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        ["Sales 2025"],
        HEADER,
        [356938035643809, "Haier", 12.5, datetime(2025, 3, 9, 14, 0)],  # noqa: DTZ001 - a workbook knows no zones
        [],
        [123.0, True, None, date(2025, 3, 9)],
        ["A3", "b", "c", "d", "beside"],
        [35693803564380900000, "b", "c", 45725],
    )
    table = read_table(path, knows)
    assert (table.header, table.sheet, table.header_line) == (tuple(HEADER), "Sheet", 2)
    assert [row.number for row in table.rows] == [3, 5, 6, 7]
    assert table.rows[0].cells == ("356938035643809", "Haier", "12.5", NINTH := date(2025, 3, 9))
    assert table.rows[1].cells == ("123", "TRUE", "", NINTH)
    assert [one.code for one in table.rows[2].remarks] == ["import_cell_beyond"]
    assert table.rows[3].cells == ("3.56938035643809E+19", "b", "c", "45725")


def test_a_workbook_is_known_by_what_is_in_it_not_by_its_name(tmp_path: Path) -> None:
    assert read_table(workbook(tmp_path, HEADER, ROW, name="list.csv"), knows).rows[0].cells == tuple(ROW)


def test_zeros_that_a_format_puts_before_a_number_are_kept(tmp_path: Path) -> None:
    path = workbook(tmp_path, HEADER, [123, "b", "c", "d"])
    book = openpyxl.load_workbook(path)
    book.active["A2"].number_format = "0000000"
    book.save(path)
    assert read_table(path, knows).rows[0].cells[0] == "0000123"


def test_a_workbook_that_counts_from_1904_says_so(tmp_path: Path) -> None:
    path = workbook(tmp_path, HEADER, ROW)
    book = openpyxl.load_workbook(path)
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.save(path)
    assert read_table(path, knows).epoch == EPOCH_1904


def test_another_sheet_is_read_when_it_is_named(tmp_path: Path) -> None:
    path = workbook(tmp_path, HEADER, ROW)
    book = openpyxl.load_workbook(path)
    book.create_sheet("2024").append(HEADER)
    book["2024"].append(["B1", "b", "c", "d"])
    book.save(path)
    assert read_table(path, knows).other_sheets == ("2024",)
    assert read_table(path, knows, How(sheet="2024")).rows[0].cells[0] == "B1"
    assert why(path, sheet="2023") == "import_sheet_unknown"


def test_a_csv_file_has_no_sheets(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(lines(HEADER, ROW))
    assert why(path, sheet="2024") == "import_no_sheets"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "import_empty"), (b"\n \n,,\n", "import_empty"), (b"%PDF-1.7 x", "import_not_a_table"),
        (b"<html><table>", "import_not_a_table"), (b"PK\x03\x04rest", "import_workbook_broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "import_old_excel"),
        (bytes(range(128, 256)) * 40, "import_encoding_unknown"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)
    assert why(path) == code


def test_another_kind_of_packed_file_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "list.ods"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("content.xml", "<x/>")
    assert why(path) == "import_not_a_table"


def test_a_file_that_cannot_be_read_is_the_fault_of_its_disk(tmp_path: Path) -> None:
    assert why(tmp_path / "none.csv") == "import_file_missing"
    assert why(tmp_path) == "import_file_unreadable"
    with pytest.raises(StoreFault):
        read_table(tmp_path / "none.csv", knows)


def _swollen(path: Path, name: str, text: bytes) -> Path:
    """The workbook with one part replaced, or put in."""
    bomb = path.with_name("bomb.xlsx")
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as after:
        for info in before.infolist():
            if info.filename != name:
                after.writestr(info.filename, before.read(info))
        after.writestr(name, text)
    return bomb


def test_bombs_are_refused_at_once(tmp_path: Path) -> None:
    path = workbook(tmp_path, HEADER, ROW)
    sheet = "xl/worksheets/sheet1.xml"
    begin = time.monotonic()
    assert why(_swollen(path, sheet, b" " * 110_000_000)) == "import_workbook_too_large"
    assert why(_swollen(path, sheet, b" " * 5_000_000)) == "import_workbook_too_large"
    entities = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
    assert why(_swollen(path, sheet, entities)) == "import_workbook_broken"
    assert time.monotonic() - begin < 5


_SHEET = "xl/worksheets/sheet1.xml"
_BEGIN = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (_SHEET, _BEGIN + "<row>" + "<c/>" * 2_000),
        (_SHEET, _BEGIN + "<row/>" * 2_000),
        (_SHEET, _BEGIN + "<a>" * 2_000),
        (_SHEET, _BEGIN + "<row><c><v>" + "x" * 5_000),
        ("xl/sharedStrings.xml", "<sst><si>" + "<t/>" * 2_000),
        ("xl/sharedStrings.xml", "<sst>" + "<si/>" * 2_000),
        ("xl/styles.xml", "<styleSheet><cellXfs>" + "<xf/>" * 2_000),
        ("xl/workbook.xml", "<workbook><sheets>" + "<sheet/>" * 2_000),
        ("[Content_Types].xml", "<Types>" + "<Override/>" * 2_000),
    ],
    ids=["a row of cells", "blank rows", "nesting", "a cell", "a text", "texts", "styles", "sheets", "types"],
)
def test_a_workbook_that_unpacks_to_little_but_is_held_as_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str, text: str
) -> None:
    path = workbook(tmp_path, HEADER, ROW)
    small = {"MAX_TAGS": {"sheet": 9_000, "texts": 9_000, "other": 1_500}, "MAX_TAGS_AT_ONCE": 1_000,
             "MAX_BEGUN": 1_500, "_BLOCK": 1_000}  # fmt: skip
    for name, limit in small.items():
        monkeypatch.setattr(xlsx_reading, name, limit)
    assert len(read_table(path, knows).rows) == 1
    assert why(_swollen(path, part, text.encode())) == "import_workbook_too_large"


def test_a_workbook_of_very_many_parts_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path, HEADER, ROW)
    monkeypatch.setattr(xlsx_reading, "MAX_PARTS", 5)
    assert why(path) == "import_workbook_too_large"


def test_entities_are_refused_wherever_they_are_declared(tmp_path: Path) -> None:
    path = workbook(tmp_path, HEADER, ROW)
    late = '<?xml version="1.0"?>' + " " * 5_000 + '<!DOCTYPE x [<!ENTITY a "a">]><worksheet/>'
    assert why(_swollen(path, _SHEET, late.encode())) == "import_workbook_broken"


def test_a_workbook_that_takes_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_reading, "MAX_SECONDS", -1)
    assert why(workbook(tmp_path, HEADER, ROW)) == "import_workbook_too_large"


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        (b"," * 49_000_000, "import_not_a_table"),
        (b"\n" * 49_000_000, "import_too_many_rows"),
        (b'"\r' * 24_000_000, "import_too_many_rows"),
        (b"\xff\n" * 24_000_000, "import_too_many_rows"),
        ("长".encode() * 16_000_000, "import_not_a_table"),
    ],
    ids=["cells", "lines", "quotes", "wrong letters", "one text"],
)
def test_a_csv_file_of_millions_of_lines_or_cells_is_refused_at_once(
    tmp_path: Path, rest: bytes, code: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"Serial,Brand,Model,Sold\n" + rest)
    begin = time.monotonic()
    assert why(path) == code
    assert time.monotonic() - begin < 5


def test_a_row_of_very_many_cells_costs_itself_only(tmp_path: Path) -> None:
    table = read(tmp_path, lines(HEADER, ["x"] * 900_000, ROW))
    assert problems(table) == [(2, "import_row_ragged")]
    assert table.rows[1].cells[0] == "A1"


@pytest.mark.parametrize(
    ("cell", "code"), [("XFD1", "import_too_many_columns"), ("A1048576", "import_too_many_rows"),
                       ("XFD1048576", "import_too_many_columns")],
)  # fmt: skip
def test_a_far_cell_is_refused_at_once(tmp_path: Path, cell: str, code: str) -> None:
    path = workbook(tmp_path, HEADER, ROW)
    book = openpyxl.load_workbook(path)
    book.active[cell] = "far"
    book.save(path)
    begin = time.monotonic()
    assert why(path) == code
    assert time.monotonic() - begin < 5


def test_a_wrong_dimension_of_a_sheet_hides_no_row(tmp_path: Path) -> None:
    path = workbook(tmp_path, HEADER, ROW, ROW)
    with zipfile.ZipFile(path) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml")
    lying = _swollen(path, "xl/worksheets/sheet1.xml", sheet.replace(b'ref="A1:D3"', b'ref="A1"'))
    assert len(read_table(lying, knows).rows) == 2


def test_limits_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    csv_file, book = tmp_path / "list.csv", workbook(tmp_path, HEADER, *[ROW] * 5)
    csv_file.write_text(lines(HEADER, *[ROW] * 5))
    monkeypatch.setattr(table_files, "MAX_ROWS", 4)
    assert why(csv_file) == why(book) == "import_too_many_rows"
    monkeypatch.setattr(table_files, "MAX_COLUMNS", 3)
    assert why(csv_file) == why(book) == "import_too_many_columns"
    monkeypatch.setattr(table_files, "MAX_BYTES", 10)
    assert why(csv_file) == "import_file_too_large"
    assert xlsx_reading.MAX_UNPACKED == 100_000_000
    assert csv.field_size_limit() == 131_072
