"""A shop file of the test's own, and processes that work on it."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sys
from collections.abc import Iterator
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from aftersales_tui import bootstrap
from aftersales_tui.views.shop import NewShop


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new shop file, made once."""
    path = tmp_path_factory.mktemp("torture") / "shop.db"
    bootstrap.make_shop(path, NewShop(name="Minghui", owner="Zhou Ming")).close()
    return path


@pytest.fixture
def shop_file(template: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copy(template, tmp_path / "shop.db"))


@pytest.fixture(scope="session")
def workshop() -> ForkServerContext:
    """Makes processes that have the program imported already, so that a round takes no second."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["deeds", "writer"])
    return context


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


@pytest.fixture
def workers(workshop: ForkServerContext) -> Iterator[list[Worker]]:
    """The workers of a test; none outlives it."""
    hired: list[Worker] = []
    yield hired
    for worker in hired:
        worker.kill()
