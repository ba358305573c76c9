"""An error that nobody foresaw: three lines for people, its place for the log, no customer in either."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from rich.text import Text
from tests.tui.conftest import options
from tests.tui.fake_shop import FakeShop
from textual.worker import WorkerFailed

from aftersales_tui import paths
from aftersales_tui.tui.app import AftersalesApp


def told(monkeypatch: pytest.MonkeyPatch, *errors: Exception) -> Sequence[str]:
    """What is left on the terminal after these errors."""
    app = AftersalesApp(options(FakeShop()))
    said: list[Text] = []
    monkeypatch.setattr(app, "panic", said.append)
    for error in errors:
        app._exception = app._exception or error
        app._fatal_error()
        app._exit_renderables = list(said)  # type: ignore[assignment]
    return [line for text in said for line in text.plain.splitlines()]


def test_it_is_said_in_three_lines_and_its_place_stands_in_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        raise ValueError("王芳 13800138027")
    except ValueError as error:
        lines = told(monkeypatch, WorkerFailed(error))
    assert len(lines) == 3
    assert lines[0] == "The program stopped because of an error of its own (ValueError)."
    assert str(paths.log_file()) in lines[2]
    log = paths.log_file().read_text(encoding="utf-8")
    assert "test_unforeseen.py" in log
    assert not any("王芳" in text or "138" in text for text in (*lines, log))


def test_what_follows_from_the_first_error_is_not_said(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = told(monkeypatch, KeyError("a"), TypeError("b"))
    assert len(lines) == 3
    assert "KeyError" in lines[0]
