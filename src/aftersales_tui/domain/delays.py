"""Why a repair took as long as it did, read from the account of its job."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from aftersales_tui.domain.policy import DelayCause
from aftersales_tui.domain.words import JobStatus
from aftersales_tui.domain.workflow import WAITING

_ANSWERS_FOR: dict[JobStatus, DelayCause | None] = {
    JobStatus.AWAITING_PARTS: DelayCause.NO_PARTS,
    JobStatus.AT_MAKER: DelayCause.MAKER,
    JobStatus.AWAITING_APPROVAL: None,
    JobStatus.AWAITING_CUSTOMER: None,
}
"""Whose delay a waiting is; the customer's own is nobody's."""


@dataclass(frozen=True, slots=True)
class StatusChange:
    """The status a job had from a moment on."""

    at: datetime
    status: JobStatus


def stretches(
    changes: Sequence[StatusChange], until: datetime
) -> Iterable[tuple[JobStatus, datetime, datetime]]:
    """Each status with beginning and end, the last one up to ``until``; a clock set back lasts nothing."""
    for place, change in enumerate(changes, 1):
        end = changes[place].at if place < len(changes) else until
        yield change.status, change.at, max(change.at, end)


def delay_cause(changes: Sequence[StatusChange], since: datetime, until: datetime) -> DelayCause | None:
    """The reason of most of the time from ``since`` to ``until``.

    Waiting for parts is the maker's missing part, waiting at the maker the maker's; waiting for the
    customer or his consent is nobody's delay (``None``); the rest is the repairer's own.
    """
    spent: dict[DelayCause | None, timedelta] = {}
    for status, begins, ends in stretches(changes, until):
        cause = _ANSWERS_FOR[status] if status in WAITING else DelayCause.REPAIRER
        lasted = min(ends, until) - max(begins, since)
        if lasted > timedelta(0):
            spent[cause] = spent.get(cause, timedelta(0)) + lasted
    if not spent:
        return DelayCause.REPAIRER
    return max(spent, key=lambda cause: spent[cause])


def waits_for_parts(
    changes: Sequence[StatusChange], until: datetime
) -> tuple[tuple[datetime, datetime | None], ...]:
    """When the job waited for parts; the last wait is open while it lasts."""
    found: list[tuple[datetime, datetime | None]] = []
    for place, (status, begins, ends) in enumerate(stretches(changes, until), 1):
        if status is JobStatus.AWAITING_PARTS:
            found.append((begins, None if place == len(changes) else ends))
    return tuple(found)
