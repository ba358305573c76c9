"""A pulled plug loses nothing that was acknowledged and leaves no file that is damaged."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from random import Random

import pytest
from amounts import amount
from books import faults
from power import Happened, Machine, trace

CUTS = amount(600, 60)
DEEDS = amount(60, 25)


@pytest.fixture
def ram(tmp_path: Path) -> Path:
    """A folder that does not wear out a disk."""
    memory = Path("/dev/shm")
    if not memory.is_dir():
        return tmp_path
    folder = memory / f"aftersales-{os.getpid()}"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.mark.torture
def test_a_pulled_plug_loses_no_acknowledged_record_and_leaves_no_damage(shop_file: Path, ram: Path) -> None:
    machine, chance = Machine(shop_file), Random(5)
    account = trace(shop_file, DEEDS, seed=7)
    assert sum(happened.what == "sync" for happened in account) > DEEDS
    cuts = sorted(chance.choices(range(len(account)), k=CUTS))
    done = unsure = 0
    try:
        for place, happened in enumerate(account):
            machine.run(happened)
            while done < len(cuts) and cuts[done] == place:
                unsure += any(disk.since for disk in machine.files.values())
                found = machine.pull_the_plug(ram / "found", chance)
                assert faults(found, machine.acknowledged) == [], f"cut {done} after call {place}"
                done += 1
    finally:
        shutil.rmtree(ram, ignore_errors=True)
    assert len(machine.acknowledged) >= DEEDS / 2
    assert unsure > CUTS / 10, "hardly any cut fell on writes that were not synced"
    print(f"{done} cuts, {unsure} with writes not yet synced, {len(account)} calls, 0 lost, 0 damaged")


@pytest.mark.torture
def test_a_disk_that_skips_the_sync_is_found_out(shop_file: Path, ram: Path) -> None:
    """The simulator itself can fail: where nothing is ever synced, the same cuts damage or lose."""
    machine, chance = Machine(shop_file), Random(5)
    account = [happened for happened in trace(shop_file, 12, seed=7) if happened.what != "sync"]
    bad = 0
    try:
        for place, happened in enumerate(account):
            machine.run(happened)
            if place % 40 == 39 and machine.acknowledged:
                try:
                    bad += bool(faults(machine.pull_the_plug(ram / "found", chance), machine.acknowledged))
                except Exception as error:
                    bad += bool(error)
    finally:
        shutil.rmtree(ram, ignore_errors=True)
    assert bad > 3


def test_what_was_synced_is_sure_and_the_rest_may_be_torn() -> None:
    machine_file = Path(__file__)
    machine = Machine(machine_file)
    path = str(machine_file)
    machine.files[path].sure = b"\0" * 1024
    machine.run(Happened("write", path, b"a" * 512, 0))
    machine.run(Happened("sync", path))
    machine.run(Happened("write", path, b"b" * 1024, 0))
    seen = {machine.files[path].after_a_cut(Random(seed)) for seed in range(60)}
    assert b"a" * 512 + b"\0" * 512 in seen
    assert b"b" * 1024 in seen
    assert b"a" * 512 + b"b" * 512 in seen
    assert all(content is not None and content[:512] in (b"a" * 512, b"b" * 512) for content in seen)
