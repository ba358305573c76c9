"""Why a repair took as long as it did."""

from datetime import UTC, datetime, timedelta

import pytest

from aftersales_tui.domain.delays import StatusChange, delay_cause, waits_for_parts
from aftersales_tui.domain.policy import DelayCause
from aftersales_tui.domain.words import JobStatus

BEGIN = datetime(2026, 3, 1, 2, tzinfo=UTC)


def told(*days: tuple[int, JobStatus]) -> list[StatusChange]:
    """The statuses of a job from the day after its take-in on."""
    return [StatusChange(BEGIN + timedelta(days=day), status) for day, status in days]


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        (told((0, JobStatus.RECEIVED)), DelayCause.REPAIRER),
        (told((0, JobStatus.RECEIVED), (5, JobStatus.AWAITING_PARTS)), DelayCause.NO_PARTS),
        (told((0, JobStatus.RECEIVED), (5, JobStatus.AT_MAKER)), DelayCause.MAKER),
        (told((0, JobStatus.RECEIVED), (5, JobStatus.AWAITING_APPROVAL)), None),
        (told((0, JobStatus.RECEIVED), (5, JobStatus.AWAITING_CUSTOMER)), None),
        (told((0, JobStatus.RECEIVED), (25, JobStatus.AWAITING_PARTS)), DelayCause.REPAIRER),
        ([], DelayCause.REPAIRER),
    ],
)
def test_the_delay_is_whoever_took_most_of_the_time(
    changes: list[StatusChange], cause: DelayCause | None
) -> None:
    assert delay_cause(changes, BEGIN, BEGIN + timedelta(days=40)) is cause


def test_what_lies_before_the_take_in_does_not_count() -> None:
    changes = told((-60, JobStatus.EXPECTED), (-50, JobStatus.AWAITING_PARTS), (0, JobStatus.IN_REPAIR))
    assert delay_cause(changes, BEGIN, BEGIN + timedelta(days=31)) is DelayCause.REPAIRER


def test_a_clock_that_was_set_back_lasts_nothing() -> None:
    changes = told((10, JobStatus.AWAITING_PARTS), (2, JobStatus.IN_REPAIR))
    assert waits_for_parts(changes, BEGIN) == ((changes[0].at, changes[0].at),)


def test_a_running_wait_for_a_part_is_open() -> None:
    changes = told((0, JobStatus.AWAITING_PARTS), (4, JobStatus.IN_REPAIR), (6, JobStatus.AWAITING_PARTS))
    assert waits_for_parts(changes, BEGIN + timedelta(days=9)) == (
        (changes[0].at, changes[1].at),
        (changes[2].at, None),
    )
