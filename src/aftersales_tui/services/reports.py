"""The owner's month, counted by completion day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from statistics import median

from sqlmodel import Session, col

from aftersales_tui.domain.dates import Month, local_day
from aftersales_tui.domain.scoring import mean_score, satisfied_share
from aftersales_tui.domain.words import CallKind, Channel, Coverage, JobStatus, Outcome, Satisfaction
from aftersales_tui.domain.workflow import CLOSED
from aftersales_tui.domain.working_time import RestDays, working_days_between
from aftersales_tui.services.shop import Shop, ShopDay
from aftersales_tui.store import reports
from aftersales_tui.store.reports import ClosedJob, Span
from aftersales_tui.store.tables import Call
from aftersales_tui.views.reports import MonthSummary, TechnicianMonth

IN_WARRANTY = (Coverage.COVERED, Coverage.PARTLY_COVERED, Coverage.CONTRACT, Coverage.GOODWILL)
_SATISFIED = (Satisfaction.VERY_SATISFIED, Satisfaction.SATISFIED)


def month(shop: Shop, which: Month) -> MonthSummary:
    """The summary of one month: calls and answers by the day they were given, jobs by completion day."""
    with shop.reading() as (session, day):
        return _summary(session, day, which)


def month_with_previous(shop: Shop, which: Month) -> tuple[MonthSummary, MonthSummary]:
    """A month and the one before it."""
    with shop.reading() as (session, day):
        return _summary(session, day, which), _summary(session, day, which.previous())


def this_month(shop: Shop) -> Month:
    """The month the shop is in."""
    return Month.of(shop.today().today)


def _summary(session: Session, day: ShopDay, which: Month) -> MonthSummary:
    start, end = which.bounds(day.zone)
    span = Span(which.first, which.after, start, end)
    kinds = reports.calls_by(session, span, col(Call.kind))
    channels = reports.calls_by(session, span, col(Call.channel))
    opened = [local_day(at, day.zone) for at in reports.opened(session, span)]
    closed = list(reports.closed(session, span))
    answers = reports.answers(session, span)
    scores = [answer for answer, _ in answers]
    due, made = reports.follow_ups_due(session, span)
    turnarounds = _turnarounds(day, closed)
    covered = sum(job.coverage in IN_WARRANTY for job in closed)
    unjudged = sum(job.coverage is None for job in closed)
    return MonthSummary(
        month=str(which),
        to_date=which.first <= day.today < which.after,
        calls=sum(kinds.values()),
        calls_by_kind=_by_word(CallKind, kinds),
        calls_by_channel=_by_word(Channel, channels),
        jobs_opened=len(opened),
        jobs_closed=len(closed),
        jobs_open_at_end=reports.open_at(session, span),
        in_warranty=covered,
        out_of_warranty=len(closed) - covered - unjudged,
        not_judged=unjudged,
        outcomes=_by_word(Outcome, Counter(job.outcome for job in closed if job.outcome)),
        closed_as={status.value: sum(job.status is status for job in closed) for status in CLOSED},
        turnaround_median_days=_median(turnarounds.values()),
        turnaround_jobs=len(turnarounds),
        follow_ups_due=due,
        follow_ups_made=made,
        follow_up_rate=made / due if due else None,
        satisfied=sum(answer in _SATISFIED for answer in scores),
        scored=len(scores),
        satisfied_share=satisfied_share(scores),
        mean_score=mean_score(scores),
        technicians=_technicians(closed, turnarounds, answers),
        weeks=_weeks(opened, (job.completed_on for job in closed)),
    )


def _by_word(vocabulary: type[StrEnum], counted: Mapping[StrEnum, int]) -> dict[str, int]:
    """Every word of the vocabulary with its count, so that a script finds each key in every month."""
    return {member.value: counted.get(member, 0) for member in vocabulary}


def _turnarounds(day: ShopDay, closed: list[ClosedJob]) -> dict[int, int]:
    """Working days from take-in to the first ready, by the job's place in the list."""
    between = _counting(day.rest_days)
    found: dict[int, int] = {}
    for place, job in enumerate(closed):
        if (
            job.taken_in_at is not None
            and job.first_ready_at is not None
            and job.status is not JobStatus.CANCELLED
        ):
            taken, ready = (local_day(at, day.zone) for at in (job.taken_in_at, job.first_ready_at))
            found[place] = max(0, between(taken, ready))
    return found


def _counting(rest_days: RestDays) -> Callable[[date, date], int]:
    @cache
    def between(start: date, end: date) -> int:
        return working_days_between(start, end, rest_days)

    return between


def _median(values: Iterable[int]) -> float | None:
    known = list(values)
    return float(median(known)) if known else None


def _technicians(
    closed: list[ClosedJob], turnarounds: Mapping[int, int], answers: list[tuple[Satisfaction, str | None]]
) -> tuple[TechnicianMonth, ...]:
    names = Counter(job.technician for job in closed if job.technician)
    return tuple(
        TechnicianMonth(
            name=name,
            closed=count,
            turnaround_days=_median(
                days for place, days in turnarounds.items() if closed[place].technician == name
            ),
            mean_score=mean_score(answer for answer, of in answers if of == name),
        )
        for name, count in names.most_common()
    )


def _weeks(opened: Iterable[date], closed: Iterable[date]) -> tuple[tuple[str, int, int], ...]:
    in_weeks = Counter(_week(day) for day in opened), Counter(_week(day) for day in closed)
    weeks = sorted(set(in_weeks[0]) | set(in_weeks[1]))
    return tuple((f"W{week:02d}", in_weeks[0][year, week], in_weeks[1][year, week]) for year, week in weeks)


def _week(day: date) -> tuple[int, int]:
    year, week, _ = day.isocalendar()
    return year, week
