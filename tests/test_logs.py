import logging
from pathlib import Path

import pytest

from aftersales_tui import logs

LOGGER = logging.getLogger("aftersales_tui.test")


def test_an_error_is_logged_without_the_words_that_may_quote_a_customer(tmp_path: Path) -> None:
    path = tmp_path / "state" / "aftersales.log"
    logs.start(path)
    try:
        try:
            raise ValueError("王芳 13800138027")
        except ValueError as error:
            raise RuntimeError("Wang Fang") from error
    except RuntimeError:
        LOGGER.exception("a save failed")
    written = path.read_text(encoding="utf-8")
    assert "a save failed" in written
    assert "RuntimeError" in written
    assert "ValueError" in written
    assert "test_logs.py:" in written
    assert "Wang" not in written
    assert "王芳" not in written


def test_the_log_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "aftersales.log"
    logs.start(path)
    LOGGER.warning("something")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_long_log_is_put_aside_at_the_start(tmp_path: Path) -> None:
    path = tmp_path / "aftersales.log"
    path.write_bytes(b"x" * (logs.KEPT_BYTES + 1))
    logs.start(path)
    LOGGER.warning("fresh")
    assert path.stat().st_size < 1000
    assert (tmp_path / "aftersales.old.log").stat().st_size == logs.KEPT_BYTES + 1


@pytest.mark.filterwarnings("error")
def test_without_a_place_for_it_the_program_runs_without_a_log(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    logs.start(tmp_path / "file" / "aftersales.log")
    LOGGER.warning("nobody hears this")
