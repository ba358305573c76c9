"""PINs: what may be one, that the kept text says how it was made, and how the waits grow."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aftersales_tui.domain import pins
from aftersales_tui.domain.errors import Refused

SALT = b"0123456789abcdef"


def test_a_kept_pin_names_its_parameters_and_not_its_digits() -> None:
    kept = pins.hashed("482719", SALT)
    assert kept.startswith("scrypt$ln=15,r=8,p=1$")
    assert "482719" not in kept
    assert len(kept) <= 300
    assert pins.matches("482719", kept)
    assert not pins.matches("482718", kept)


def test_a_pin_kept_with_other_parameters_is_still_read() -> None:
    kept = pins.hashed("4827", SALT).replace("ln=15", "ln=14")
    assert not pins.matches("4827", kept)
    older = "scrypt$ln=10,r=8,p=1$MDEyMzQ1Njc4OWFiY2RlZg==$" + _key("4827", 10)
    assert pins.matches("4827", older)


def _key(pin: str, log_n: int) -> str:
    import base64
    import hashlib

    key = hashlib.scrypt(pin.encode(), salt=SALT, n=1 << log_n, r=8, p=1, dklen=32)
    return base64.b64encode(key).decode()


@pytest.mark.parametrize(
    "kept",
    ["", "x", "scrypt$ln=15,r=8,p=1$!$!", "scrypt$ln=99,r=99,p=9$MDEy$MDEy", "scrypt$ln=30,r=8,p=1$MDEy$MDEy",
     "scrypt$ln=0,r=0,p=0$MDEy$MDEy", "scrypt$ln=15,r=8,p=1$MDE$MDE"],
)  # fmt: skip
def test_a_damaged_text_lets_nobody_in_and_costs_nothing(kept: str) -> None:
    assert not pins.matches("4827", kept)


@pytest.mark.parametrize(
    ("typed", "read"), [("4827", "4827"), (" ４８２７ ", "4827"), ("000000000000", "0" * 12)]
)
def test_digits_are_a_pin_full_width_ones_too(typed: str, read: str) -> None:
    assert pins.read_pin(typed) == read


@pytest.mark.parametrize("typed", ["", "482", "1" * 13, "48 27", "abcd", "४८२७", "48\x0027", "\ud800" * 4])
def test_anything_else_is_none(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        pins.read_pin(typed)
    assert refused.value.problem.code == "pin_not_read"
    assert typed not in str(refused.value.problem.values) or not typed


def test_what_is_typed_as_a_pin_may_be_anything() -> None:
    assert not pins.matches("\ud800[/]" * 1000, pins.hashed("4827", SALT))


def test_the_fifth_wrong_try_waits_thirty_seconds_and_each_further_one_doubles_it() -> None:
    waits = [pins.wait_after(n).total_seconds() for n in range(9)]
    assert waits == [0, 0, 0, 0, 0, 30, 60, 120, 240]
    assert pins.wait_after(10**9) == timedelta(hours=1)
