"""``import customers`` and ``import devices`` in a shell: on stdout, on stderr, in JSON and in a report."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from prepared import ROOT, Shell

DIRTY = ROOT / "tests" / "data" / "sold_units_dirty.csv"


@pytest.fixture
def sold(tmp_path: Path) -> Path:
    return Path(shutil.copy(DIRTY, tmp_path / "sold.csv"))


def test_the_answer_adds_up_and_names_every_line(shell: Shell, sold: Path) -> None:
    done = shell.json("import devices sold.csv")
    assert done["imported"] + done["skipped"] + len(done["rejected"]) == done["rows"] == 27
    assert (done["imported"], done["updated"]) == (19, 0)
    assert {row["line"] for row in done["rejected"]} == {20, 21, 25, 26, 28, 30, 32}
    assert (18, "import_serial_damaged") in [(note["line"], note["code"]) for note in done["notes"]]
    assert {"column": "机身号", "field": "serial"} in done["columns"]
    again = shell.json("import devices sold.csv")
    assert (again["imported"], again["skipped"]) == (0, 20)
    verdict = shell.json("warranty check --serial 0000003 --on 2025-05-01")
    assert verdict["coverage"] == "covered"
    assert shell.json("find 24G7-0000003")["total"] == 1


def test_the_columns_are_told_on_stderr_and_the_rest_on_stdout(shell: Shell, sold: Path) -> None:
    result = shell.line("import devices sold.csv --dry-run")
    assert "Serial ← 机身号" in result.stderr
    assert "not brought in: 经销商电话" in result.stderr
    assert "27 rows: 19 would come in, 1 are on file already, 7 stay out." in result.stdout
    assert "The spreadsheet has spoilt the serial 3.56938E+14" in result.stdout
    assert "This is a line of totals." in result.stdout
    assert shell.json("device list")["total"] == 10


def test_a_column_may_be_told_or_left_out(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text("Barcode of box,Brand,Notes\nAZ-1,Haier,secret\n", encoding="utf-8")
    done = shell.json('import devices odd.csv --map "Barcode of box=serial" --map Notes=')
    assert done["columns"][0] == {"column": "Barcode of box", "field": "serial"}
    assert shell.json("device show AZ-1")["notes"] == ""


@pytest.mark.parametrize("wrong", ["Brand=hue", "Brand", "=serial"])
def test_a_map_that_is_none_is_a_wrong_use(shell: Shell, sold: Path, wrong: str) -> None:
    result = shell.run("import", "devices", "sold.csv", "--map", wrong)
    assert result.exit_code == 2
    assert wrong == "=serial" or "serial" in result.stderr or "COLUMN=FIELD" in result.stderr


@pytest.mark.parametrize(
    ("line", "code", "exit_code"),
    [
        ("import devices nowhere.csv", "import_file_missing", 4),
        ("import devices .", "import_file_unreadable", 4),
        ("import devices shop.db", "import_not_a_table", 1),
        ("import devices empty.csv", "import_empty", 1),
        ("import devices sold.csv --map Hue=model", "import_map_column_unknown", 1),
        ("import devices sold.csv --sheet 2024", "import_no_sheets", 1),
        ("import devices sold.csv --encoding martian", "import_encoding_wrong", 1),
        ("import customers words.csv", "import_column_missing", 1),
        ("import repairs nowhere.csv", "import_file_missing", 4),
    ],
)
def test_a_file_that_cannot_come_in_is_refused_with_its_code(
    shell: Shell, sold: Path, tmp_path: Path, line: str, code: str, exit_code: int
) -> None:
    (tmp_path / "empty.csv").touch()
    (tmp_path / "words.csv").write_text("Colour;Weight\nred;3\n")
    assert shell.error(line, exit_code)["code"] == code


def test_a_report_has_every_remark_in_the_order_of_the_file(shell: Shell, sold: Path, tmp_path: Path) -> None:
    assert shell.line("import devices sold.csv --report said.csv").exit_code == 0
    text = (tmp_path / "said.csv").read_text(encoding="utf-8-sig")
    head, *rows = csv.reader(text.splitlines())
    assert head == ["Line", "What", "Field", "Reason"]
    assert len(rows) == 7 + 14
    lines = [int(row[0]) for row in rows]
    assert lines == sorted(lines)
    assert ["20", "stays out", "Serial"] in [row[:3] for row in rows]


def test_a_report_that_cannot_be_written_stops_before_anything_comes_in(
    shell: Shell, sold: Path, tmp_path: Path
) -> None:
    (tmp_path / "said.csv").write_text("mine")
    assert shell.error("import devices sold.csv --report said.csv")["code"] == "file_exists"
    assert shell.error("import devices sold.csv --report sold.csv/x")["code"] == "file_not_written"
    assert shell.json("device list")["total"] == 10
    assert shell.line("import devices sold.csv --report said.csv --force").exit_code == 0


def test_more_rejected_rows_than_fit_say_where_the_rest_is(shell: Shell, tmp_path: Path) -> None:
    rows = "".join(f"{n},Haier,X,,y\n" for n in range(30))
    (tmp_path / "many.csv").write_text(f"Serial,Brand,Model\n{rows}")
    result = shell.line("import devices many.csv")
    assert result.stdout.count("The row has 5 cells") == 20
    assert "20 of 30 shown." in result.stderr
    assert "--report FILE" in result.stderr


def test_customers_come_in_and_are_found(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("姓名,电话,地址\n赵敏,13911112222,南京路 9 号\n", encoding="gb18030")
    result = shell.line("import customers people.csv")
    assert "The file was read as gb18030." in result.stderr
    assert "1 came in" in result.stdout
    assert json.loads(shell.run("find", "1111 2222", "--json").stdout)["total"] == 1
    assert shell.json("import customers people.csv")["skipped"] == 1


def test_everything_is_said_in_chinese(shell: Shell, sold: Path) -> None:
    result = shell.run("--lang", "zh_CN", "import", "devices", "sold.csv")
    assert result.exit_code == 0, result.output
    assert "序列号 ← 机身号" in result.stderr
    assert "表格软件破坏了序列号" in result.stdout
    assert "rows" not in result.output
