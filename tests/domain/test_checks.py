"""The checks after a repair."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.domain.checks import GENERAL, OF_CATEGORY, checks_for, join_checks, split_checks
from aftersales_tui.i18n.check_words import _CHECKS, check_word, checks_words
from aftersales_tui.store.policies import load_catalogue

CODES = sorted({code for codes in (GENERAL, *OF_CATEGORY.values()) for code in codes})


def test_every_list_is_of_a_kind_of_product_that_is_known_and_short_enough_for_the_form() -> None:
    assert OF_CATEGORY.keys() <= load_catalogue().categories.keys()
    assert all(2 <= len(codes) <= 5 for codes in (GENERAL, *OF_CATEGORY.values()))


def test_every_check_has_its_words_and_every_word_its_check() -> None:
    assert set(CODES) == _CHECKS.keys()


def test_a_kind_without_a_list_of_its_own_has_the_general_one() -> None:
    assert checks_for("toy") == GENERAL
    assert checks_for("never heard of") == GENERAL


@given(st.lists(st.sampled_from(CODES), unique=True))
def test_what_is_stored_is_read_back(codes: list[str]) -> None:
    assert list(split_checks(join_checks(codes))) == codes


def test_what_somebody_wrote_by_hand_is_shown_as_it_stands() -> None:
    assert check_word("smoke test") == "smoke test"
    assert checks_words("door_switch, smoke test") == "door switch, smoke test"
