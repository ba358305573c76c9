"""Lists spoilt in every way a file can be: brought in line by line or refused, in bounded time and memory."""

from __future__ import annotations

import io
import random
import re
import resource
import time
import zipfile
from pathlib import Path

import pytest
from amounts import amount
from hostile import TEXTS, steering

from aftersales_tui.domain.errors import ShopError
from aftersales_tui.i18n import messages
from aftersales_tui.services import importing, registry
from aftersales_tui.views.importing import ImportResult
from services.test_importing import GOOD, text_of
from services.test_registry_fuzz import as_csv, as_workbook, dirty_rows, mutated
from shops import Desk, desk, furnished, raw, shop_path

__all__ = ["desk", "furnished", "shop_path"]

pytestmark = pytest.mark.torture

FILES = amount(1_000, 120)
AT_A_TIME = 20
MOST_SECONDS = 20.0
MOST_MEGABYTES = 400
"""What the whole run may take more than it had; a single bomb that unpacks takes gigabytes."""
WRONG_ENCODINGS = ("utf-16-be", "utf-32", "big5", "cp1252", "latin-1", "shift_jis", "utf-7", "cp037")


def hostile_rows(rng: random.Random, count: int) -> list[list[str]]:
    """Dirty rows with a text that attacks in every third one."""
    rows = dirty_rows(rng, count)
    for row in rows[1:]:
        if row and rng.random() < 0.3:
            row[rng.randrange(len(row))] = rng.choice(list(TEXTS.values()))
    return rows


def re_encoded(rng: random.Random, content: bytes) -> bytes:
    """The text in an encoding nobody said, or in two of them."""
    text = content.decode("utf-8", "replace")
    half = len(text) // 2
    first, second = rng.choice(WRONG_ENCODINGS), rng.choice(("utf-8", *WRONG_ENCODINGS))
    return text[:half].encode(first, "replace") + text[half:].encode(second, "replace")


def zipped_wrong(rng: random.Random, content: bytes) -> bytes:
    """A workbook whose packing lies: sizes, methods, names, flags, a second copy, a missing end."""
    broken = bytearray(content)
    central = content.find(b"PK\x01\x02")
    match rng.randrange(6):
        case 0 if central > 0:  # a byte of the central directory: sizes, method, offsets, flags
            for _ in range(rng.randint(1, 4)):
                broken[central + rng.randrange(4, 46)] = rng.randrange(256)
        case 1:
            broken[rng.randrange(4, 30)] ^= 1 << rng.randrange(8)
        case 2:
            del broken[-rng.randint(1, 40) :]
        case 3:
            return content + rng.randbytes(rng.randint(1, 70_000))
        case 4:
            return rng.randbytes(rng.randint(1, 300)) + content
        case _:
            return _repacked(rng, content)
    return bytes(broken)


def _repacked(rng: random.Random, content: bytes) -> bytes:
    """Names that climb out, come twice or are no names; parts that are missing or swapped."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        names = before.namelist()
        swapped = rng.sample(names, 2)
        for name in names:
            if rng.random() < 0.1:
                continue
            part = before.read(swapped[1] if name == swapped[0] and rng.random() < 0.5 else name)
            after.writestr(rng.choice((name, name, name, name.upper(), f"../{name}", f"/{name}")), part)
        after.writestr(rng.choice(("../../x", "xl/worksheets/sheet9.xml", "con", "xl/vbaProject.bin")), b"x")
    return out.getvalue()


_XML = (
    (rb'r="A(\d)', b'r="A9999\\1'), (rb'r="B', b'r="ZZZZ'), (rb'r="(\d)', b'r="-\\1'), (rb' r="[^"]*"', b""),
    (rb't="\w+"', b't="s"'), (rb't="\w+"', b't="e"'), (rb't="\w+"', b't="d"'), (rb't="\w+"', b't="n"'),
    (rb't="\w+"', b't="b"'), (rb"<v>", b"<v>99999999999"), (rb"<v>[^<]*</v>", b"<v>nan</v>"),
    (rb"<v>[^<]*</v>", b"<v>1e999</v>"), (rb"<v>[^<]*</v>", b"<v/>"), (rb' s="\d+"', b' s="99999"'),
    (rb"<row", b"<row><row"), (rb"</row>", b""), (rb"<c ", b"<d "),
    (rb"<sheetData>", b"<sheetData/><sheetData>"),
    (rb"<\?xml[^>]*\?>", b'<?xml version="1.0" encoding="utf-16"?>'),
    (rb"<\?xml[^>]*\?>", b'<?xml version="1.0" encoding="cp037"?>'),
    (rb"<(worksheet|workbook|sst|styleSheet)", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><\\1'),
    (rb"<(worksheet|workbook|sst|styleSheet)", b'<!DOCTYPE x [<!ENTITY a "&b;&b;"><!ENTITY b "&a;">]><\\1'),
    (rb"<t[^>]*>", b"<t>&#0;&#x1b;&#xD800;"), (rb"<t[^>]*>", b"<t>&a;"), (rb"xmlns=", b"xmlns:q="),
    (rb'name="[^"]*"', b'name="[@click=app.quit]x&#x1b;[2J"'),
    (rb'Target="[^"]*"', b'Target="../../../etc/passwd"'),
    (rb'Target="[^"]*"', b'Target="http://127.0.0.1:9/x" TargetMode="External"'),
    (rb"<v>", b"<f>WEBSERVICE(&quot;http://127.0.0.1:9&quot;)</f><v>"), (rb"numFmtId=", b"numFmtId=9&#57;"),
)  # fmt: skip


def xml_wrong(rng: random.Random, content: bytes) -> bytes:
    """A workbook with places of its XML written otherwise."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        chosen = [rng.choice(_XML) for _ in range(rng.randint(1, 3))]
        for name in before.namelist():
            part = before.read(name)
            for pattern, instead in chosen:
                part = re.sub(pattern, instead, part, count=rng.choice((0, 1, 2)))
            after.writestr(name, part)
    return out.getvalue()


def spoilt(rng: random.Random) -> bytes:
    """One file, right or wrong in one way or another."""
    rows = hostile_rows(rng, rng.randint(0, 25))
    if rng.random() < 0.45:
        content = as_csv(rng, rows)
        return rng.choice((mutated, re_encoded, lambda _rng, same: same))(rng, content)
    content = as_workbook(rng, rows)
    return rng.choice((mutated, zipped_wrong, xml_wrong, xml_wrong, lambda _rng, same: same))(rng, content)


def spoilt_repairs(rng: random.Random) -> bytes:
    """A file of the repair standard with texts that attack."""
    hostile = list(TEXTS.values())
    rows = [
        GOOD | {"id": f"r{rng.randint(0, 30)}", rng.choice(list(GOOD)): rng.choice(hostile)}
        for _ in range(rng.randint(0, 20))
    ]
    content = text_of(rows).encode("utf-8", "replace")
    return rng.choice((mutated, re_encoded, lambda _rng, same: same))(rng, content)


def bring_in(desk: Desk, kind: str, path: Path) -> ImportResult | None:
    """What came of it; None when the file was refused, which has to be said in a harmless sentence."""
    act = {
        "customers": registry.import_customers, "devices": registry.import_devices,
        "repairs": importing.import_repairs,
    }[kind]  # fmt: skip
    problems = None
    try:
        return act(desk.shop, path, desk.owner)
    except ShopError as error:
        problems = error.problems
    for problem in problems:
        said = messages.sentence(problem)
        assert said
        assert steering(said) == []
    return None


def counted(desk: Desk) -> list[int]:
    tables = ("customer", "device", "job", "product", "customer_phone")
    return [raw(desk.shop, f"SELECT count(*) FROM {table}")[0][0] for table in tables]


def peak() -> float:
    """Megabytes this process had at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@pytest.mark.parametrize("seed", range(FILES // AT_A_TIME))
def test_a_spoilt_file_comes_in_line_by_line_or_is_refused(desk: Desk, tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    path = tmp_path / "list.csv"
    had = peak()
    for _ in range(AT_A_TIME):
        kind = rng.choice(("devices", "devices", "customers", "repairs"))
        path.write_bytes(spoilt_repairs(rng) if kind == "repairs" else spoilt(rng))
        before, begin = counted(desk), time.monotonic()
        result = bring_in(desk, kind, path)
        assert time.monotonic() - begin < MOST_SECONDS
        if result is None:
            assert counted(desk) == before
            continue
        assert result.imported + result.skipped + len(result.rejected) == result.rows
        told = [(row.line, row.reason) for row in result.rejected]
        for line, problem in (*told, *((one.line, one.said) for one in result.remarks)):
            assert line >= 2
            assert steering(messages.sentence(problem)) == []
        once = counted(desk)
        again = bring_in(desk, kind, path)
        assert again is not None
        assert (again.imported, counted(desk)) == (0, once)
    assert peak() - had < MOST_MEGABYTES
    for table in ("customer", "device", "product", "job", "customer_phone", "search_doc", "event"):
        for row in raw(desk.shop, f"SELECT * FROM {table}"):
            assert [found for text in row if isinstance(text, str) for found in steering(text)] == []
