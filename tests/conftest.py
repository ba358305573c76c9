"""What every test starts from: an empty home, no settings of the developer, English, no log."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from aftersales_tui import i18n, logs
from aftersales_tui.store import engine

HOMES = ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
SPOKEN = ("LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES")
ROOT = Path(__file__).parent.parent


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues that are older than their words, once, so that pytest alone is enough."""
    if hasattr(config, "workerinput"):
        return
    catalogues = list(i18n.LOCALES.glob("*/LC_MESSAGES/*.po"))
    compiled = [po.with_suffix(".mo") for po in catalogues]
    if not all(
        mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime
        for po, mo in zip(catalogues, compiled, strict=True)
    ):
        subprocess.run([sys.executable, ROOT / "tools" / "catalogues.py", "compile"], check=True)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking through it for garbage is a fifth of a screen test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def no_power_cut() -> Iterator[tuple[str, ...]]:
    """No test pulls the plug, so none waits for the disk at every commit; gives what is shipped instead."""
    shipped = engine.PRAGMAS
    with pytest.MonkeyPatch.context() as patch:
        quick = (pragma.replace("synchronous=FULL", "synchronous=OFF") for pragma in shipped)
        patch.setattr(engine, "PRAGMAS", tuple(quick))
        yield shipped


@pytest.fixture
def as_shipped(no_power_cut: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """The shop file is opened as the program opens it."""
    monkeypatch.setattr(engine, "PRAGMAS", no_power_cut)


@pytest.fixture(autouse=True)
def empty_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for each test, and nothing in the environment that changes the program."""
    home = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith("AFTERSALES_")]:
        monkeypatch.delenv(name)
    for name in (*SPOKEN, "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name in HOMES:
        monkeypatch.setenv(name, str(home / name.removeprefix("XDG_").lower()))
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("LC_CTYPE", "C.UTF-8")
    return home


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Every test begins in English and leaves English behind."""
    i18n.activate("en")
    yield
    i18n.activate("en")
    logs.stop()


@pytest.fixture
def chinese(english: None) -> None:
    """The program speaks Chinese."""
    i18n.activate("zh_CN")
