"""What leaves the shop: command lines in process, printed pages, tables; and what none of it may hold."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hostile import steering
from hostile_shop import Told
from typer.testing import CliRunner

from aftersales_tui.cli.main import app
from documents.pages import Page

_HARMLESS_NUMBER = re.compile(r"[+\-]?[0-9]+(?:[.,][0-9]+)*%?|\+[0-9 ]+")


def ran(db: Path, *words: str) -> str:
    """What a command writes to stdout; it succeeds, and nothing it says steers a terminal."""
    result = CliRunner().invoke(app, ["--db", str(db), *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), (words, result.exception)
    assert result.exit_code == 0, (words, result.output)
    assert steering(result.stdout) == [], words
    assert steering(result.stderr) == [], words
    return result.stdout


def answered(db: Path, *words: str) -> Any:
    """What a command answers in JSON; no value in it steers a terminal."""
    end = words.index("--") if "--" in words else len(words)
    found = json.loads(ran(db, *words[:end], "--json", *words[end:]))
    for text in strings(found):
        assert steering(text) == [], words
    return found


def strings(value: Any) -> Iterator[str]:
    """Every text in a JSON value, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def squashed(text: str) -> str:
    """The text with every run of white space as one blank."""
    return " ".join(text.split())


def page(html: str) -> Page:
    """A printed form as a browser reads it; nothing in it steers, and no comment hides anything."""
    assert steering(html) == []
    assert "<!--" not in html
    return Page(html)


def shape(found: Page) -> set[tuple[str, str]]:
    """The tags of a page with the names of their attributes."""
    return {(tag, name) for tag, attributes in found.tags for name in (*attributes, "")}


def cells(text: str) -> list[list[str]]:
    """A CSV file as a spreadsheet reads it; no cell of it is a formula."""
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    assert len({len(row) for row in rows if row}) >= 1
    for cell in (cell for row in rows for cell in row):
        runs = cell.lstrip()[:1] in tuple("=+-@＝＋－＠") and cell != ""
        assert not runs or _HARMLESS_NUMBER.fullmatch(cell), cell
    return rows


def printed(db: Path, told: Told, folder: Path, form: str = "coverage-statement") -> Page:
    """A printed form about a story's job."""
    file = folder / f"{form}.html"
    ran(db, "print", form, str(told.job_number), "-o", str(file), "--force")
    return page(file.read_text(encoding="utf-8"))


def showing(told: Told, call: str = "C-0001", sheet: str = "F-0001") -> Iterator[tuple[str, ...]]:
    """The commands that show a story."""
    yield from (("customer", "show", str(told.customer)), ("device", "show", str(told.device)))
    yield from (("job", "show", str(told.job_number)), ("call", "show", call), ("follow-up", "show", sheet))
    yield from (("today",), ("find", "j-"), ("log", str(told.job_number)), ("log", "shop"))


def every_way_out(db: Path, told: Told) -> None:
    """A story through every command that shows it; what JSON answers is what is on file."""
    customer = answered(db, "customer", "show", str(told.customer))
    device = answered(db, "device", "show", str(told.device))
    job = answered(db, "job", "show", str(told.job_number))
    for name in ("name", "region", "address", "email", "price_group", "notes"):
        assert customer[name] == told.kept[name]
    for name in ("brand", "model", "serial", "invoice_no", "seller", "place"):
        assert device[name] == told.kept[name]
    for name in ("fault", "intake", "shelf", "finding", "cause", "action", "parts_used", "checks", "advice"):
        assert job[name] == told.kept[name]
    call = f"C-{answered(db, 'call', 'show', job['call_number'])['number'][2:]}"
    sheet = answered(db, "follow-up", "list")["items"][0]["number"]
    assert answered(db, "follow-up", "show", sheet)["opinion"] == told.kept["opinion"]
    for words in showing(told, call, sheet):
        ran(db, *words)
    for group in ("customer", "device", "job", "call", "follow-up"):
        listed = answered(db, group, "list", "--limit", "3")["items"]
        table = ran(db, group, "list", "--limit", "3").rstrip("\n").split("\n")
        assert len(table) == len(listed) + 1, table
