"""Killed at any moment a writer loses nothing that was acknowledged, and leaves nothing by halves."""

from __future__ import annotations

import time
from multiprocessing.context import ForkServerContext
from pathlib import Path
from random import Random

import pytest
from amounts import amount
from books import acknowledged, faults
from workers import Worker

KILLS = amount(1000, 40)


@pytest.mark.torture
def test_a_writer_killed_at_any_moment_loses_no_acknowledged_record(
    shop_file: Path, workshop: ForkServerContext, workers: list[Worker]
) -> None:
    chance, wrote, killed, at_work = Random(11), [], 0, 0
    while killed < KILLS:
        pair = [Worker(workshop, shop_file, killed + n, 600, f"w{n}") for n in range(2)]
        workers += pair
        _wait_until_at_work(pair)
        time.sleep(chance.random() * 0.4)
        for worker in pair:
            worker.kill()
            lines = worker.lines()
            assert not [line for line in lines if b"failed" in line]
            wrote += acknowledged(lines)
            at_work += len(lines) > 1
            worker.acks.unlink()
            killed += 1
        if killed % 20 == 0 or killed >= KILLS:
            assert faults(shop_file, wrote) == []
    assert faults(shop_file, wrote) == []
    assert at_work == killed
    assert len(wrote) > KILLS / 2
    print(f"{killed} kills, {len(wrote)} acknowledged writes, 0 lost")


def _wait_until_at_work(pair: list[Worker]) -> None:
    """Until both have done two deeds of their own: from there on any moment is as good."""
    until = time.monotonic() + 60
    while not all(len(worker.lines()) > 2 for worker in pair):
        assert time.monotonic() < until, "a writer never came to work"
        time.sleep(0.002)
