"""Imported history, many jobs at once: what came in before, and bringing in what did not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select
from sqlmodel import Session, col

from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.words import JobStatus, Outcome, RecordKind
from aftersales_tui.store import devices, events, numbers, search
from aftersales_tui.store.search import Part
from aftersales_tui.store.tables import Job


@dataclass(frozen=True, slots=True)
class HistoricJob:
    """A job that was over before this shop file knew of it."""

    ref: str
    at: datetime
    completed_on: date
    outcome: Outcome
    product_id: int
    fault: str
    cause: str
    intake: str


def known_refs(session: Session, source: str) -> set[str]:
    """What has come in from a source already."""
    query = select(col(Job.imported_ref)).where(col(Job.imported_from) == source)
    return {ref for ref in session.execute(query).scalars() if ref is not None}


def bring_in(
    session: Session, jobs: Sequence[HistoricJob], source: str, by: int, now: datetime, file: str
) -> None:
    """Write historic jobs, oldest first: handed over, without customer, verdict, promise or follow-up."""
    if not jobs:
        return
    first = numbers.take_many(session, "job", len(jobs))
    blank = Job(number=1, status=JobStatus.HANDED_OVER, opened_at=now).model_dump(exclude={"id"})
    rows = [
        {
            **blank,
            "number": number,
            "outcome": job.outcome,
            "product_id": job.product_id,
            "fault": job.fault,
            "cause": job.cause,
            "intake": job.intake,
            "opened_at": job.at,
            "closed_at": job.at,
            "completed_on": job.completed_on,
            "status_before_closing": JobStatus.READY,
            "outcome_before_closing": job.outcome,
            "imported_from": source,
            "imported_ref": job.ref,
        }
        for number, job in enumerate(jobs, start=first)
    ]
    session.execute(insert(Job), rows)
    between = col(Job.number).between(first, first + len(jobs) - 1)
    numbered = session.execute(select(col(Job.number), col(Job.id)).where(between))
    ids = {number: job_id or 0 for number, job_id in numbered}
    events.append(session, [_event(row, ids[row["number"]], source, by, now, file) for row in rows])
    things = {product_id: devices.thing_parts(session, None, product_id) for product_id in _products(jobs)}
    search.put_new(
        session,
        RecordKind.JOB,
        [
            (ids[number], job.at, _parts(number, job, things[job.product_id]))
            for number, job in enumerate(jobs, start=first)
        ],
    )


def _products(jobs: Sequence[HistoricJob]) -> set[int]:
    return {job.product_id for job in jobs}


def _event(row: dict[str, Any], job_id: int, source: str, by: int, now: datetime, file: str) -> events.Entry:
    return events.entry(
        now,
        by,
        RecordKind.JOB,
        job_id,
        "imported",
        after={"status": row["status"], "outcome": row["outcome"]},
        source=source,
        ref=row["imported_ref"],
        file=file,
    )


def _parts(number: int, job: HistoricJob, thing: Sequence[Part]) -> list[Part]:
    return [
        (search.NUMBER, show_number(NumberKind.JOB, number)),
        *thing,
        (search.FAULT, job.fault),
        (search.TEXT, job.cause),
        (search.TEXT, job.intake),
        (search.TEXT, job.ref),
    ]
