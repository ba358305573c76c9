"""A shop file of the test's own, and processes that work on it."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sys
from collections.abc import Iterator
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest
from workers import Worker

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
    with pytest.MonkeyPatch.context() as patch:
        # the server finds what it imports beforehand by its environment alone
        patch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
        forkserver.ensure_running()
    return context


@pytest.fixture
def workers(workshop: ForkServerContext) -> Iterator[list[Worker]]:
    """The workers of a test; none outlives it."""
    hired: list[Worker] = []
    yield hired
    for worker in hired:
        worker.kill()
