"""Hostile text on every way in and out: kept harmless, read back whole, shown as text and nothing else."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from amounts import amount
from hostile import TEXTS, any_text, steering
from hostile_shop import FIELDS, furnish, read_back, tell
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from planted import plant
from ways_out import answered, cells, every_way_out, printed, ran, shape, showing, squashed, strings

from aftersales_tui.domain.text import clean, fold, words
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.reports.csv_files import unguarded, write_csv
from aftersales_tui.services import search
from shops import Desk, desk, furnished, opened, shop_path

__all__ = ["desk", "furnished", "shop_path"]

ALL = list(TEXTS.values())
PLAIN = dict.fromkeys(FIELDS, "plain")
MONTH = "2026-11"
SHOP = ("name", "address", "phone", "staff")


@pytest.fixture(autouse=True)
def monday(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands see the day the stories are told on."""
    monkeypatch.setenv("AFTERSALES_NOW", "2026-11-23T09:30")


def round_of(n: int) -> dict[str, str]:
    """Every field with a text of its own; over all rounds every field has every text."""
    return {name: ALL[(n + 7 * place) % len(ALL)] for place, name in enumerate(FIELDS)}


def rounds(whole: int, bounded: int) -> range:
    """So many of the rounds, spread evenly."""
    return range(0, len(ALL), max(1, len(ALL) // amount(whole, bounded)))


def kept_harmless(desk: Desk, texts: Mapping[str, str]) -> None:
    """What is stored steers nothing, is read back as it was stored, and is found by its own words."""
    told = tell(desk, texts)
    assert read_back(desk, told) == dict(told.kept)
    for name, text in told.kept.items():
        assert steering(text) == [], name
        wanted = [(RecordKind.CUSTOMER, told.customer)] if name in ("name", "address") else []
        wanted += [(RecordKind.DEVICE, told.device)] if name in ("brand", "model", "serial") else []
        wanted += [(RecordKind.JOB, told.job)] if name in ("fault", "cause", "action") else []
        for kind, record in wanted:
            found = search.find(desk.shop, text, [kind], limit=5_000)
            assert record in [hit.id for hit in found.items] or not words(text), (name, text)


@pytest.mark.parametrize("n", rounds(len(ALL), 6))
def test_every_text_is_kept_harmless_in_every_field(desk: Desk, n: int) -> None:
    kept_harmless(desk, round_of(n))


STORIES = st.fixed_dictionaries(dict.fromkeys(FIELDS, any_text))
ONE_SHOP = settings(deadline=None, suppress_health_check=list(HealthCheck))


@settings(ONE_SHOP, max_examples=5)
@given(texts=STORIES)
def test_any_text_is_kept_harmless(furnished: Path, texts: dict[str, str]) -> None:
    one_story(furnished, texts)


@pytest.mark.torture
@settings(ONE_SHOP, max_examples=amount(600, 150))
@given(texts=STORIES)
def test_many_texts_are_kept_harmless(furnished: Path, texts: dict[str, str]) -> None:
    one_story(furnished, texts)


def one_story(furnished: Path, texts: Mapping[str, str]) -> None:
    """A story in a shop of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(furnished, Path(folder) / "shop.db"))
        with opened(path) as desk:
            kept_harmless(desk, texts)


def test_every_text_leaves_as_text(desk: Desk, tmp_path: Path) -> None:
    db = desk.shop.path
    harmless = shape(printed(db, tell(desk, PLAIN), tmp_path))
    for n in rounds(len(ALL), 2):
        told = tell(desk, round_of(n))
        every_way_out(db, told)
        paper = printed(db, told, tmp_path)
        assert shape(paper) <= harmless
        for name in ("name", "brand", "serial"):
            assert squashed(told.kept[name]) in paper.text, name


def test_every_text_of_the_shop_itself_leaves_as_text(desk: Desk, tmp_path: Path) -> None:
    db = desk.shop.path
    told = tell(desk, PLAIN)
    harmless = shape(printed(db, told, tmp_path))
    for text in ALL[::4]:
        kept = furnish(desk, dict.fromkeys(SHOP, text))
        assert all(steering(value) == [] for value in kept.values())
        assert all(kept[key] == clean(text) for key in kept if key != "staff_id")
        paper = printed(db, told, tmp_path)
        assert shape(paper) <= harmless
        assert all(squashed(kept.get(key, "")) in paper.text for key in ("name", "address", "phone"))
    people = {person["name"] for person in answered(db, "staff", "list")["items"]}
    assert {fold(text) for text in ALL[::4] if 0 < len(clean(text)) <= 60} <= set(map(fold, people))
    ran(db, "staff", "list")
    ran(db, "config", "show")


def test_the_month_counts_people_of_any_name(desk: Desk, tmp_path: Path) -> None:
    db = desk.shop.path
    names = []
    for text in ALL[:: max(1, len(ALL) // amount(len(ALL), 20))]:
        kept = furnish(desk, dict.fromkeys(SHOP, text))
        if "staff" in kept:
            tell(replace(desk, technician=int(kept["staff_id"])), PLAIN)
            names.append(kept["staff"])
    month = json.loads(ran(db, "report", "month", MONTH, "--json"))
    assert sorted(person["name"] for person in month["technicians"]) == sorted(names)
    ran(db, "report", "month", MONTH)
    ran(db, "report", "month", MONTH, "--previous")
    file = tmp_path / "month.csv"
    for options in (("-o", str(file)), ("--previous", "-o", str(file), "--force")):
        ran(db, "report", "month", MONTH, *options)
        rows = cells(file.read_text(encoding="utf-8"))
        told = [unguarded(row[1]) for row in rows if row[0] == "technician.closed"]
        assert sorted(told) == sorted(names)


@settings(max_examples=100, deadline=None)
@given(table=st.lists(st.lists(any_text, min_size=3, max_size=3), max_size=5))
def test_any_table_is_read_back_from_csv_as_it_was(table: list[list[str]]) -> None:
    found = cells(write_csv(("a", "b", "c"), table))[1:]
    kept = [[clean(text, lines=True) for text in row] for row in table]
    assert [[unguarded(cell) for cell in row] for row in found] == kept


def test_a_look_up_takes_every_text_literally(desk: Desk) -> None:
    db = desk.shop.path
    told = tell(desk, {**PLAIN, "name": "O'Brien 100% C++ [x]"})
    for text in ALL:
        for hit in search.find(desk.shop, text).items:
            assert hit.number == told.job_number or hit.id in (told.customer, told.device, told.call)
    for text, hits in (
        ("DROP TABLE", 0),
        ('NEAR ( "', 0),
        ("%", 1),
        ("_", 0),
        ("text : x", 0),
        ("C++ 100%", 1),
    ):
        assert answered(db, "find", "--kind", "customer", "--", text)["total"] == hits, text
        ran(db, "find", "--", text)


def test_what_somebody_planted_in_the_file_leaves_as_text(desk: Desk, tmp_path: Path) -> None:
    db = desk.shop.path
    told = tell(desk, PLAIN)
    harmless = shape(printed(db, told, tmp_path))
    for n in rounds(len(ALL), 2):
        plant(desk, told, ALL[n:] + ALL[:n])
        exported = tmp_path / f"export-{n}"
        ran(db, "customer", "export", str(told.customer), str(exported))
        assert steering((exported / "README.txt").read_text("utf-8")) == []
        for text in strings(json.loads((exported / "everything.json").read_text("utf-8"))):
            assert steering(text) == []
        for table in exported.glob("*.csv"):
            cells(table.read_text("utf-8"))
        for line in (*showing(told), ("staff", "list"), ("config", "show"), ("report", "month", MONTH)):
            ran(db, *line)
            json.loads(ran(db, *line, "--json"))
        for group in ("customer", "device", "job", "call", "follow-up"):
            assert len(ran(db, group, "list").rstrip("\n").split("\n")) == 2
        cells(ran(db, "report", "month", MONTH, "--format", "csv"))
        assert shape(printed(db, told, tmp_path)) <= harmless
