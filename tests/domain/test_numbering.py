import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.domain.numbering import NumberKind, read_number, show_number


@pytest.mark.parametrize(
    ("kind", "n", "shown"),
    [
        (NumberKind.JOB, 343, "J-0343"),
        (NumberKind.CALL, 1, "C-0001"),
        (NumberKind.FOLLOW_UP, 123456, "F-123456"),
    ],
)
def test_a_number_is_a_letter_and_at_least_four_digits(kind: NumberKind, n: int, shown: str) -> None:
    assert show_number(kind, n) == shown


@pytest.mark.parametrize(
    ("typed", "kind", "n"),
    [
        ("J-0343", NumberKind.JOB, 343),
        ("j343", NumberKind.JOB, 343),
        ("/J-0343", NumberKind.JOB, 343),
        ("  c 409 ", NumberKind.CALL, 409),
        ("F–0221", NumberKind.FOLLOW_UP, 221),
        ("0343", None, 343),
        ("343", None, 343),
        ("/343", None, 343),
        ("Ｊ－０３４３", NumberKind.JOB, 343),
        ("999999999", None, 999999999),
    ],
)
def test_a_number_is_read_with_or_without_its_letter(typed: str, kind: NumberKind | None, n: int) -> None:
    assert read_number(typed) == (kind, n)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "J",
        "J-",
        "0",
        "J-0000",
        "X-0343",
        "wang",
        "1234567890",
        "13800138027",
        "J-03a",
        "-5",
        "3.4",
        "٣٤٣",
        "J--1",
    ],
)
def test_anything_else_is_no_number(typed: str) -> None:
    assert read_number(typed) is None


@given(st.sampled_from(NumberKind), st.integers(1, 999_999_999))
def test_a_shown_number_is_read_back(kind: NumberKind, n: int) -> None:
    assert read_number(show_number(kind, n)) == (kind, n)
    assert read_number(str(n)) == (None, n)


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_is_a_number_or_not(text: str) -> None:
    found = read_number(text)
    assert found is None or 0 < found[1] < 1_000_000_000
