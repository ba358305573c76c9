"""The month with nothing but sqlite3: the numbers of ``aftersales report month``, as plain values.

Days are those of Asia/Shanghai, eight hours before UTC all year round; ``rests`` says of an ISO day whether
nobody works. ``working_days`` is made once, as the program keeps its calendar.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

_POINTS = {"very_satisfied": 5, "satisfied": 3, "neutral": 2, "no_statement": 1, "dissatisfied": -5}
_SHIFT = "+8 hours"

CALLS = "SELECT kind, channel, count(*) FROM call WHERE at >= ? AND at < ? GROUP BY kind, channel"
OPENED = "SELECT date(opened_at, ?), count(*) FROM job WHERE opened_at >= ? AND opened_at < ? GROUP BY 1"
CLOSED = """
SELECT completed_on, status, outcome, coverage, staff.name, date(taken_in_at, ?), date(first_ready_at, ?)
FROM job LEFT JOIN staff ON staff.id = assigned_to WHERE completed_on >= ? AND completed_on < ?
"""
OPEN = """
SELECT (SELECT count(*) FROM job WHERE completed_on IS NULL AND opened_at < :end)
     + (SELECT count(*) FROM job WHERE completed_on >= :after AND opened_at < :end)
"""
DUE = """
SELECT count(*), sum(status = 'done' AND reached IS NOT 'wrong_number') FROM follow_up
WHERE first_due_on >= ? AND first_due_on < ? AND status <> 'void'
"""
ANSWERS = """
SELECT overall, staff.name, count(*) FROM follow_up LEFT JOIN job ON job.id = job_id
LEFT JOIN staff ON staff.id = assigned_to
WHERE recorded_at >= ? AND recorded_at < ? AND overall IS NOT NULL GROUP BY 1, 2
"""


def working_days(rests: Callable[[date], bool], first: date, last: date) -> dict[str, int]:
    """How many working days have passed up to each day."""
    counted, found = 0, {}
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        counted += not rests(day)
        found[day.isoformat()] = counted
    return found


def month(connection: sqlite3.Connection, first: date, after: date, passed: dict[str, int]) -> dict[str, Any]:
    """One month's numbers."""
    start, end = (
        (datetime.combine(day, datetime.min.time()) - timedelta(hours=8)).isoformat(" ", "microseconds")
        for day in (first, after)
    )
    days = (first.isoformat(), after.isoformat())
    kinds: Counter[str] = Counter()
    channels: Counter[str] = Counter()
    for kind, channel, n in connection.execute(CALLS, (start, end)):
        kinds[kind] += n
        channels[channel] += n
    opened = connection.execute(OPENED, (_SHIFT, start, end)).fetchall()
    closed = connection.execute(CLOSED, (_SHIFT, _SHIFT, *days)).fetchall()
    due, made = connection.execute(DUE, days).fetchone()
    answers = connection.execute(ANSWERS, (start, end)).fetchall()
    turned = [
        (row[4], max(0, passed[row[6]] - passed[row[5]]))
        for row in closed
        if row[5] and row[6] and row[1] != "cancelled"
    ]
    covered = Counter(row[3] for row in closed)
    scored = sum(n for _, _, n in answers)
    points = sum(_POINTS[answer] * n for answer, _, n in answers)
    return {
        "calls": sum(kinds.values()),
        "calls_by_kind": dict(kinds),
        "calls_by_channel": dict(channels),
        "jobs_opened": sum(n for _, n in opened),
        "jobs_closed": len(closed),
        "jobs_open_at_end": connection.execute(OPEN, {"end": end, "after": days[1]}).fetchone()[0],
        "in_warranty": sum(covered[word] for word in ("covered", "partly_covered", "contract", "goodwill")),
        "not_judged": covered[None],
        "outcomes": dict(Counter(row[2] for row in closed if row[2])),
        "closed_as": dict(Counter(row[1] for row in closed)),
        "turnaround_median_days": median(days for _, days in turned) if turned else None,
        "turnaround_jobs": len(turned),
        "follow_ups_due": due,
        "follow_ups_made": made or 0,
        "scored": scored,
        "satisfied": sum(n for answer, _, n in answers if _POINTS[answer] >= 3),
        "mean_score": points / scored if scored else None,
        "technicians": _technicians(closed, turned, answers),
        "weeks": _weeks(opened, closed),
    }


def _technicians(closed: list[Any], turned: list[tuple[str, int]], answers: list[Any]) -> dict[str, Any]:
    found = {}
    for name, n in Counter(row[4] for row in closed if row[4]).items():
        own = [(_POINTS[answer], times) for answer, of, times in answers if of == name]
        scored = sum(times for _, times in own)
        days = [days for of, days in turned if of == name]
        found[name] = (
            n,
            median(days) if days else None,
            sum(points * times for points, times in own) / scored if scored else None,
        )
    return found


def _weeks(opened: list[Any], closed: list[Any]) -> list[tuple[str, int, int]]:
    in_weeks: dict[tuple[int, int], list[int]] = {}
    for at, counted in enumerate((opened, Counter(row[0] for row in closed).items())):
        for day, n in counted:
            week = date.fromisoformat(day).isocalendar()[:2]
            in_weeks.setdefault(week, [0, 0])[at] += n
    return [(f"W{week[1]:02d}", *in_weeks[week]) for week in sorted(in_weeks)]
