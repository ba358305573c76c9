"""The points of the satisfaction question (CB-7) and what a month makes of them."""

from collections.abc import Mapping

from aftersales_tui.domain.errors import refuse
from aftersales_tui.domain.text import excerpt, fold
from aftersales_tui.domain.words import Satisfaction

POINTS = {
    Satisfaction.VERY_SATISFIED: 5,
    Satisfaction.SATISFIED: 3,
    Satisfaction.NEUTRAL: 2,
    Satisfaction.NO_STATEMENT: 1,
    Satisfaction.DISSATISFIED: -5,
}
_BY_POINTS = {points: answer for answer, points in POINTS.items()}
_SATISFIED = (Satisfaction.VERY_SATISFIED, Satisfaction.SATISFIED)


def points(answer: Satisfaction) -> int:
    """The points of an answer: 5, 3, 2, 1 or -5."""
    return POINTS[answer]


def from_points(value: int) -> Satisfaction:
    """The answer that has these points; raises ``Refused`` (``score_not_read``) for other numbers."""
    if value not in _BY_POINTS:
        raise refuse("score_not_read", "score", text=str(value))
    return _BY_POINTS[value]


def read_score(text: str, field: str = "score") -> Satisfaction:
    """The answer from its points (``5`` … ``-5``), its code, or ``-`` for dissatisfied.

    Raises ``Refused`` with ``score_not_read``.
    """
    typed = fold(text).replace("−", "-")
    for answer, value in POINTS.items():
        if typed in (str(value), answer.value, answer.value.replace("_", " ")):
            return answer
    if typed == "-":
        return Satisfaction.DISSATISFIED
    raise refuse("score_not_read", field, text=excerpt(text))


def mean_score(answers: Mapping[Satisfaction, int]) -> float | None:
    """The mean of the points, each answer as often as it was given; None when nobody answered."""
    times = sum(answers.values())
    return sum(points(answer) * n for answer, n in answers.items()) / times if times else None


def satisfied_share(answers: Mapping[Satisfaction, int]) -> float | None:
    """The share, 0 to 1, of the answers with 5 or 3 points; None when nobody answered."""
    times = sum(answers.values())
    return sum(n for answer, n in answers.items() if answer in _SATISFIED) / times if times else None
