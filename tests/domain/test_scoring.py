from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.domain.errors import Refused
from aftersales_tui.domain.scoring import from_points, mean_score, points, read_score, satisfied_share
from aftersales_tui.domain.words import Satisfaction

VERY, SATISFIED, NEUTRAL, NOTHING, DISSATISFIED = Satisfaction


def test_the_five_answers_have_the_points_of_the_rule() -> None:
    assert [points(answer) for answer in Satisfaction] == [5, 3, 2, 1, -5]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("5", VERY),
        (" 3 ", SATISFIED),
        ("２", NEUTRAL),
        ("1", NOTHING),
        ("-5", DISSATISFIED),
        ("−5", DISSATISFIED),
        ("-", DISSATISFIED),
        ("very_satisfied", VERY),
        ("Very Satisfied", VERY),
        ("no_statement", NOTHING),
        ("dissatisfied", DISSATISFIED),
    ],
)
def test_a_score_is_read_from_points_code_or_dash(typed: str, answer: Satisfaction) -> None:
    assert read_score(typed) is answer


@pytest.mark.parametrize("typed", ["", "4", "0", "-3", "good", "5.0", "55"])
def test_another_score_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        read_score(typed, "quality")
    assert refused.value.problem.code == "score_not_read"
    assert refused.value.problem.field == "quality"


@given(st.sampled_from(Satisfaction))
def test_points_and_codes_are_read_back(answer: Satisfaction) -> None:
    assert read_score(str(points(answer))) is answer
    assert read_score(answer.value) is answer
    assert from_points(points(answer)) is answer


def test_points_nobody_can_have_are_refused() -> None:
    with pytest.raises(Refused):
        from_points(4)


def test_the_mean_counts_every_answer() -> None:
    assert mean_score({VERY: 1, SATISFIED: 1, DISSATISFIED: 1}) == 1.0
    assert mean_score({NOTHING: 3, NEUTRAL: 1}) == 1.25
    assert mean_score({}) is None


def test_satisfied_are_the_answers_of_five_or_three_points() -> None:
    assert satisfied_share({VERY: 1, SATISFIED: 2, NEUTRAL: 3}) == 0.5
    assert satisfied_share({DISSATISFIED: 1}) == 0.0
    assert satisfied_share({}) is None


@given(st.lists(st.sampled_from(Satisfaction), min_size=1))
def test_the_mean_lies_between_the_worst_and_the_best(answers: list[Satisfaction]) -> None:
    mean = mean_score(Counter(answers))
    share = satisfied_share(Counter(answers))
    assert mean is not None
    assert share is not None
    assert -5 <= min(map(points, answers)) <= mean <= max(map(points, answers)) <= 5
    assert 0 <= share <= 1
