"""A furnished shop file for processes of their own, and no process left behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from e2e.terminal import Terminal
from shops import desk, furnished, shop_path

__all__ = ["desk", "furnished", "shop_path"]


@pytest.fixture(autouse=True)
def every_seat_is_left() -> Iterator[None]:
    """A test that fails leaves no process behind."""
    yield
    for seat in list(Terminal.open_seats):
        seat.close()
