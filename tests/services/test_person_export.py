"""Everything on file about one person, readable without the program."""

from __future__ import annotations

import csv
import json
import stat
from pathlib import Path

import pytest

from aftersales_tui.domain.errors import NotAllowed, NotFound, Refused
from aftersales_tui.domain.words import JobStatus, RecordKind
from aftersales_tui.services import customers, person_export, privacy
from aftersales_tui.views.customers import NewCustomer
from shops import Desk, raw

TABLES = {"customer", "customer_phone", "device", "call", "verdict", "job", "follow_up", "event"}


@pytest.fixture
def wang(desk: Desk) -> int:
    job = desk.job(JobStatus.HANDED_OVER, fault="=cmd|calc, [/] \x1b[2J 打火")
    desk.job(JobStatus.RECEIVED, phone="139 0000 0001", name="赵强", address="North Gate 1")
    return job.customer_id or 0


def _json(folder: Path) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = json.loads(
        (folder / "everything.json").read_text(encoding="utf-8")
    )
    return found


def _csv(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_part_is_there_and_nothing_of_anybody_else(desk: Desk, wang: int, tmp_path: Path) -> None:
    done = person_export.export(desk.shop, wang, tmp_path / "out", desk.owner)
    everything = _json(tmp_path / "out")
    assert set(everything) == TABLES
    assert {name: len(rows) for name, rows in everything.items()} == dict(done.rows)
    assert len(everything["job"]) == len(_csv(tmp_path / "out", "job")) == 1
    assert "赵强" not in json.dumps(everything, ensure_ascii=False)
    assert "North Gate" not in (tmp_path / "out" / "everything.json").read_text(encoding="utf-8")
    assert everything["customer_phone"][0]["raw"] == "138 0013 8027"


def test_ids_are_told_by_name_and_moments_on_the_shops_clock(desk: Desk, wang: int, tmp_path: Path) -> None:
    person_export.export(desk.shop, wang, tmp_path / "out", desk.owner)
    (job,) = _csv(tmp_path / "out", "job")
    assert (job["number"], job["opened_at"], job["assigned_to_name"]) == (
        "J-0001", "2026-11-23 09:30", "陈伟 Chen Wei",
    )  # fmt: skip
    assert job["product_id_name"] == "Galanz 格兰仕 P70F23"
    assert _json(tmp_path / "out")["job"][0]["opened_at"] == "2026-11-23T01:30:00Z"
    told = _csv(tmp_path / "out", "event")
    assert [event["what"] for event in told][:2] == ["added", "added"]


def test_what_a_customer_typed_does_no_harm_in_a_spreadsheet_or_terminal(
    desk: Desk, wang: int, tmp_path: Path
) -> None:
    person_export.export(desk.shop, wang, tmp_path / "out", desk.owner)
    (job,) = _csv(tmp_path / "out", "job")
    assert job["fault"] == "'=cmd|calc, [/]  打火"
    assert all("\x1b" not in file.read_text(encoding="utf-8") for file in (tmp_path / "out").iterdir())


def test_the_read_me_says_what_every_file_is(desk: Desk, wang: int, tmp_path: Path) -> None:
    done = person_export.export(desk.shop, wang, tmp_path / "out", desk.owner)
    told = (tmp_path / "out" / "README.txt").read_text(encoding="utf-8")
    assert "王芳 Wang Fang" in told
    for file in done.files:
        assert file.name in told or file.name == "README.txt"


def test_only_its_owner_may_read_it(desk: Desk, wang: int, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir(mode=0o755)
    done = person_export.export(desk.shop, wang, tmp_path / "out", desk.owner)
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in done.files} == {0o600}


def test_an_export_is_only_overwritten_when_that_is_said(desk: Desk, wang: int, tmp_path: Path) -> None:
    person_export.export(desk.shop, wang, tmp_path / "out", desk.owner)
    with pytest.raises(Refused, match="export_there"):
        person_export.export(desk.shop, wang, tmp_path / "out", desk.owner)
    person_export.export(desk.shop, wang, tmp_path / "out", desk.owner, force=True)


@pytest.mark.parametrize("bad", ["a\0b", "file/below"])
def test_a_folder_that_cannot_be_is_refused_and_nothing_is_noted(
    desk: Desk, wang: int, tmp_path: Path, bad: str
) -> None:
    (tmp_path / "file").write_text("x")
    before = raw(desk.shop, "SELECT count(*) FROM event")
    with pytest.raises(Refused, match="file_not_written"):
        person_export.export(desk.shop, wang, tmp_path / bad, desk.owner)
    assert raw(desk.shop, "SELECT count(*) FROM event") == before


def test_giving_out_is_on_record_and_for_the_owner(desk: Desk, wang: int, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        person_export.export(desk.shop, wang, tmp_path / "out", desk.clerk)
    with pytest.raises(NotFound):
        person_export.export(desk.shop, 4_711, tmp_path / "out", desk.owner)
    assert not (tmp_path / "out").exists()
    person_export.export(desk.shop, wang, tmp_path / "out", desk.owner)
    assert customers.log_of(desk.shop, RecordKind.CUSTOMER, wang)[0].what == "exported"


def test_merged_files_come_along(desk: Desk, wang: int, tmp_path: Path) -> None:
    double = customers.add(desk.shop, NewCustomer(name="W. Fang", phones=("159 0000 0002",)), desk.clerk)
    customers.merge(desk.shop, double.id, wang, desk.clerk)
    done = person_export.export(desk.shop, double.id, tmp_path / "out", desk.owner)
    assert done.customer_id == wang
    assert {row["name"] for row in _json(tmp_path / "out")["customer"]} == {"王芳 Wang Fang", "W. Fang"}


def test_of_somebody_forgotten_the_books_come_out(desk: Desk, wang: int, tmp_path: Path) -> None:
    privacy.erase(desk.shop, wang, "asked for it", desk.owner)
    person_export.export(desk.shop, wang, tmp_path / "out", desk.owner)
    text = (tmp_path / "out" / "everything.json").read_text(encoding="utf-8")
    assert "王芳" not in text
    assert "J-0001" in text
