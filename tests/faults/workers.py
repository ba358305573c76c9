"""A process at work on a shop file, and what it acknowledged."""

from __future__ import annotations

import os
import sys
from multiprocessing.context import ForkServerContext
from pathlib import Path


class Worker:
    """A process at work on the file; what it acknowledged can be read after it was stopped."""

    def __init__(self, context: ForkServerContext, path: Path, seed: int, seconds: float, who: str) -> None:
        self.acks = path.with_name(f"{who}-{seed}.acks")
        self.process = context.Process(target=_work, args=(path, seed, seconds, who, self.acks))
        self.process.start()

    def lines(self) -> list[bytes]:
        """Every line it has written so far."""
        return self.acks.read_bytes().splitlines(keepends=True) if self.acks.exists() else []

    def kill(self) -> None:
        """Stops it as ``kill -9`` does."""
        self.process.kill()
        self.process.join()


def _work(path: Path, seed: int, seconds: float, who: str, acks: Path) -> None:
    from writer import work

    to = os.open(acks, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    sys.exit(work(path, seed, seconds, who, to))
