"""Eight processes on one file: no error, nothing lost, no number twice."""

from __future__ import annotations

import json
import time
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest
from amounts import amount
from books import acknowledged, faults
from workers import Worker

SECONDS, PROCESSES = amount(60, 10), 8


@pytest.mark.torture
def test_eight_processes_at_mixed_work_lose_nothing_and_meet_no_error(
    shop_file: Path, workshop: ForkServerContext, workers: list[Worker]
) -> None:
    workers += [Worker(workshop, shop_file, 100 + n, SECONDS, f"p{n}") for n in range(PROCESSES)]
    until = time.monotonic() + SECONDS + 120
    for worker in workers:
        worker.process.join(max(0.1, until - time.monotonic()))
    assert [worker.process.exitcode for worker in workers] == [0] * PROCESSES
    lines = [line for worker in workers for line in worker.lines()]
    wrote = acknowledged(lines)
    assert faults(shop_file, wrote) == []
    waits = sorted(told["ms"] for line in lines if "ms" in (told := json.loads(line)) and told["wrote"])
    assert len(waits) > SECONDS
    p50, p99 = (waits[int(len(waits) * share)] for share in (0.5, 0.99))
    print(
        f"{PROCESSES} processes, {SECONDS} s: {len(waits)} writes, {len(wrote)} records, "
        f"p50 {p50:.0f} ms, p99 {p99:.0f} ms, longest {waits[-1]:.0f} ms"
    )
