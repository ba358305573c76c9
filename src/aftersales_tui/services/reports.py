"""The owner's month, counted by completion day."""

from __future__ import annotations

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import accumulate
from statistics import median

from aftersales_tui.domain.dates import Month
from aftersales_tui.domain.scoring import mean_score, satisfied_share
from aftersales_tui.domain.words import CallKind, Channel, Coverage, Outcome, Satisfaction
from aftersales_tui.domain.workflow import CLOSED
from aftersales_tui.services.shop import Shop, ShopDay
from aftersales_tui.store import reports
from aftersales_tui.store.engine import Session
from aftersales_tui.store.reports import ClosedJobs, Span
from aftersales_tui.views.reports import MonthSummary, TechnicianMonth

IN_WARRANTY = (Coverage.COVERED, Coverage.PARTLY_COVERED, Coverage.CONTRACT)
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
    calls = reports.calls(session, span)
    mondays = _mondays(which)
    opened = reports.opened(session, span, [_midnight(monday, day) for monday in mondays])
    closed = reports.closed(session, span)
    closed_by_day = reports.closed_by_day(session, span)
    turnarounds = _turnarounds(day, reports.stays(session, span))
    answers = reports.answers(session, span)
    scores: Counter[Satisfaction] = Counter()
    for answer, _, n in answers:
        scores[answer] += n
    due, made = reports.follow_ups_due(session, span)
    closed_in_all = sum(jobs.count for jobs in closed)
    covered = sum(jobs.count for jobs in closed if jobs.coverage in IN_WARRANTY)
    goodwill = sum(jobs.count for jobs in closed if jobs.coverage is Coverage.GOODWILL)
    unjudged = sum(jobs.count for jobs in closed if jobs.coverage is None)
    all_turnarounds = [days for _, days in turnarounds]
    return MonthSummary(
        month=str(which),
        to_date=which.first <= day.today < which.after,
        calls=sum(n for _, _, n in calls),
        calls_by_kind=_by_word(CallKind, ((kind, n) for kind, _, n in calls)),
        calls_by_channel=_by_word(Channel, ((channel, n) for _, channel, n in calls)),
        jobs_opened=sum(opened.values()),
        jobs_closed=closed_in_all,
        jobs_open_at_end=reports.open_at(session, span),
        in_warranty=covered,
        out_of_warranty=closed_in_all - covered - goodwill - unjudged,
        goodwill=goodwill,
        not_judged=unjudged,
        outcomes=_by_word(Outcome, ((jobs.outcome, jobs.count) for jobs in closed)),
        closed_as={
            status.value: sum(jobs.count for jobs in closed if jobs.status is status) for status in CLOSED
        },
        turnaround_median_days=_median(all_turnarounds),
        turnaround_jobs=len(all_turnarounds),
        follow_ups_due=due,
        follow_ups_made=made,
        follow_up_rate=made / due if due else None,
        satisfied=sum(scores[answer] for answer in _SATISFIED),
        scored=scores.total(),
        satisfied_share=satisfied_share(scores),
        mean_score=mean_score(scores),
        technicians=_technicians(reports.technician_names(session), closed, turnarounds, answers),
        weeks=_weeks({mondays[place]: n for place, n in opened.items()}, closed_by_day),
    )


def _mondays(which: Month) -> list[date]:
    """The first day of each week that has days in the month."""
    first = which.first - timedelta(days=which.first.weekday())
    return [first + timedelta(days=n) for n in range(0, (which.after - first).days, 7)]


def _midnight(day: date, shop: ShopDay) -> datetime:
    return datetime.combine(day, time(), tzinfo=shop.zone).astimezone(UTC)


def _by_word(vocabulary: type[StrEnum], counted: Iterable[tuple[StrEnum | None, int]]) -> dict[str, int]:
    """Every word of the vocabulary with its count, so that a script finds each key in every month."""
    found = {member.value: 0 for member in vocabulary}
    for word, n in counted:
        if word is not None:
            found[word.value] += n
    return found


def _turnarounds(day: ShopDay, stays: Sequence[tuple[int | None, int, int]]) -> list[tuple[int | None, int]]:
    """Technician and working days from take-in to the first ready."""
    if not stays:
        return []
    first = _local(min(min(taken, ready) for _, taken, ready in stays), day)
    last = _local(max(max(taken, ready) for _, taken, ready in stays), day)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    # what lies between two days is the difference of the working days that have passed up to each
    passed = list(accumulate(day.rest_days.is_working_day(one) for one in days))
    # thousands of moments find their day between midnights in a tenth of the time a conversion takes
    begins = [int(datetime.combine(one, time(), tzinfo=day.zone).timestamp()) for one in days[1:]]
    return [
        (who, max(0, passed[bisect(begins, ready)] - passed[bisect(begins, taken)]))
        for who, taken, ready in stays
    ]


def _local(moment: int, day: ShopDay) -> date:
    return datetime.fromtimestamp(moment, tz=day.zone).date()


def _median(values: Iterable[int]) -> float | None:
    known = list(values)
    return float(median(known)) if known else None


def _technicians(
    names: Mapping[int, str],
    closed: Iterable[ClosedJobs],
    turnarounds: Iterable[tuple[int | None, int]],
    answers: Iterable[tuple[Satisfaction, int | None, int]],
) -> tuple[TechnicianMonth, ...]:
    jobs: Counter[int] = Counter()
    for same in closed:
        if same.technician_id is not None:
            jobs[same.technician_id] += same.count
    days: defaultdict[int | None, list[int]] = defaultdict(list)
    for who, n in turnarounds:
        days[who].append(n)
    return tuple(
        TechnicianMonth(
            name=names[who],
            closed=count,
            turnaround_days=_median(days[who]),
            mean_score=mean_score({answer: n for answer, of, n in answers if of == who}),
        )
        for who, count in jobs.most_common()
    )


def _weeks(opened: Mapping[date, int], closed: Mapping[date, int]) -> tuple[tuple[str, int, int], ...]:
    in_weeks: tuple[Counter[tuple[int, int]], ...] = (Counter(), Counter())
    for counted, found in zip((opened, closed), in_weeks, strict=True):
        for day, n in counted.items():
            found[_week(day)] += n
    weeks = sorted(set(in_weeks[0]) | set(in_weeks[1]))
    return tuple((f"W{week:02d}", in_weeks[0][year, week], in_weeks[1][year, week]) for year, week in weeks)


def _week(day: date) -> tuple[int, int]:
    year, week, _ = day.isocalendar()
    return year, week
