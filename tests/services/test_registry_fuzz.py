"""A hundred spoilt lists: each is brought in line by line or refused, and a second run adds nothing."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from aftersales_tui.domain.errors import ShopError
from aftersales_tui.i18n import messages
from aftersales_tui.services import registry
from aftersales_tui.views.importing import ImportResult
from shops import Desk, raw

HEADERS = (
    ("Serial", "序列号", "机身号", "S/N"), ("Brand", "品牌"), ("Model", "型号"), ("Category", "品类"),
    ("Sold", "购买日期", "Date"), ("Name", "姓名"), ("Phone", "手机号"), ("Address", "地址"),
    ("Colour", "颜色", ""),
)  # fmt: skip
DATES = ("2025-03-09", "2025/3/9", "20250309", "2025年3月9日", "45725", "9.3.2025", "3/9/2025", "13/9/2025",
         "9/13/25", "soon", "", "2031-01-01", "1899-12-30", "0", "99999", "2025-02-30")  # fmt: skip
DIRT = ("", " ", "#N/A", "=1+1", "'=1", '="007"', "3.56E+14", "a\nb", 'quo"te', "\x00", "\x1b[2J",
        "x" * 25_000, "[/b]", "\u202eabc", "👩‍🔧", "9" * 40, "-", "合计", ",", ";", "\t", "|")  # fmt: skip
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le")


def dirty_rows(rng: random.Random, count: int) -> list[list[str]]:
    """A header under a title or two, and rows that are right in most cells."""
    header = [rng.choice(names) for names in HEADERS]
    rows = [["Sales 2025", "", ""]] * rng.randint(0, 2) + [header]
    for n in range(count):
        row = [
            f"T{rng.randint(0, count):04d}", rng.choice(("海尔", "Galanz", "")), f"X{rng.randint(1, 5)}",
            rng.choice(("冰箱", "microwave", "魔镜", "")), rng.choice(DATES), f"王{chr(0x4E00 + n % 50)}",
            f"138{rng.randint(0, 60):08d}", "Dongmen Road", "red",
        ]  # fmt: skip
        if rng.random() < 0.3:
            row[rng.randrange(len(row))] = rng.choice(DIRT)
        if rng.random() < 0.1:
            row = row[: rng.randint(0, len(row))] + ["extra"] * rng.randint(0, 3)
        rows.append(row)
    return rows


def as_csv(rng: random.Random, rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=rng.choice(",;\t|"), lineterminator=rng.choice(("\n", "\r\n"))).writerows(rows)
    return out.getvalue().encode(rng.choice(ENCODINGS), "replace")


def as_workbook(rng: random.Random, rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        cells: list[object] = [
            "".join(char for char in cell if char >= " " or char == "\n")[:20_000] for cell in row
        ]
        if len(cells) > 4 and rng.random() < 0.5:
            cells[4] = rng.choice((datetime(2025, 3, 9), 45725, 45725.5, True, None))  # noqa: DTZ001
        if cells and rng.random() < 0.2:
            cells[0] = rng.choice((356938035643809, 3.5e20, 12.0, -1))
        book.active.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def mutated(rng: random.Random, content: bytes) -> bytes:
    """The file cut, with bytes changed, put in or taken out; a workbook also inside its packing."""
    if content.startswith(b"PK") and rng.random() < 0.6:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
            victim = rng.choice(before.namelist())
            for name in before.namelist():
                part = before.read(name)
                if name != victim or rng.random() < 0.9:
                    after.writestr(name, _spoilt(rng, part) if name == victim else part)
        return out.getvalue()
    return _spoilt(rng, content)


def _spoilt(rng: random.Random, content: bytes) -> bytes:
    spoilt = bytearray(content)
    for _ in range(rng.randint(0, 8)):
        at = rng.randrange(len(spoilt) + 1)
        match rng.randrange(4):
            case 0:
                spoilt[at:at] = rng.choice((b'"', b"\n", b"\x00", b"\xff", b",", b"'", rng.randbytes(3)))
            case 1:
                del spoilt[at : at + rng.randint(1, 20)]
            case 2:
                spoilt[at : at + 1] = rng.randbytes(1)
            case _:
                if rng.random() < 0.2:
                    del spoilt[at:]
    return bytes(spoilt)


def brought_in(desk: Desk, path: Path) -> ImportResult | None:
    """What came of it; None when the file was refused, in whole sentences."""
    try:
        return registry.import_devices(desk.shop, path, desk.owner)
    except ShopError as error:
        told = [messages.sentence(problem) for problem in error.problems]
        return None if all(told) else pytest.fail("nothing was said")


@pytest.mark.parametrize("seed", range(20))
def test_a_spoilt_list_is_brought_in_line_by_line_or_refused(desk: Desk, tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    path = tmp_path / "sold.csv"
    for turn in range(6):
        rows = dirty_rows(rng, rng.randint(0, 25))
        content = as_csv(rng, rows) if rng.random() < 0.6 else as_workbook(rng, rows)
        path.write_bytes(mutated(rng, content) if turn else content)
        before = raw(desk.shop, "SELECT count(*) FROM device")[0][0]
        result = brought_in(desk, path)
        after = raw(desk.shop, "SELECT count(*) FROM device")[0][0]
        if result is None:
            assert turn
            assert after == before
            continue
        assert result.imported + result.skipped + len(result.rejected) == result.rows
        assert after - before == result.imported - result.updated
        for line, problem in (
            *((row.line, row.reason) for row in result.rejected),
            *((one.line, one.said) for one in result.remarks),
        ):
            assert line >= 2
            assert not messages.sentence(problem).startswith("This is not possible")
        again = brought_in(desk, path)
        assert again is not None
        assert again.imported == 0
