"""Judging: what is on file of a unit becomes facts, the rules become a verdict."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from aftersales_tui.domain.dates import local_day
from aftersales_tui.domain.delays import StatusChange, delay_cause, waits_for_parts
from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.policy import WHOLE, Clause
from aftersales_tui.domain.ruling import parts_of
from aftersales_tui.domain.verdicts import Verdict
from aftersales_tui.domain.warranty import Facts, Repair, exclusions_of, judge
from aftersales_tui.domain.warranty_facts import Stay
from aftersales_tui.domain.words import AsBefore, Cause, Outcome, Place, Proof
from aftersales_tui.services.rulebook import Rulebook
from aftersales_tui.services.shop import Shop, ShopDay
from aftersales_tui.store import devices, events
from aftersales_tui.store.engine import Session
from aftersales_tui.store.stored import read_verdict
from aftersales_tui.store.tables import Job, VerdictRow
from aftersales_tui.views.calls import NewCall
from aftersales_tui.views.devices import DeviceView

_LONG = timedelta(days=14)
"""A shorter stay opens nothing, so nobody asks why it lasted."""

_DATES = ("sold", "invoiced", "delivered", "installed", "accepted", "produced")


def judge_facts(
    session: Session, day: ShopDay, facts: Facts, brand: str = "", on: date | None = None
) -> Verdict:
    """The verdict, as of today if not said, under every pack that rules in the shop for that make.

    Raises ``Refused`` for impossible dates.
    """
    rules = Rulebook(session, day.settings)
    packs = rules.packs_for(facts.category, brand)
    return rules.warned(judge(facts, packs, on or day.today, day.rest_days))


def facts_on_file(
    session: Session,
    day: ShopDay,
    device: DeviceView,
    cause: Cause,
    failed_job_id: int | None = None,
    jobs: list[Job] | None = None,
) -> Facts:
    """What is on file of a unit: its dates, proof, repairs and exchanges, and whether the shop is closed.

    A repair counts as failed when a later job is its rework, or when the caller says it is the
    same fault again (``failed_job_id``). Dates that cannot be (after today) are left out.
    ``jobs`` are the unit's jobs, oldest first, if at hand.
    """
    known_jobs = jobs if jobs is not None else devices.jobs_of(session, device.id)
    statuses = _statuses(session, day, known_jobs)
    known: dict[str, Any] = {}
    for name in _DATES:
        stored: date | None = getattr(device, f"{name}_on")
        known[name] = stored if stored is None or stored <= day.today else None
    return Facts(
        category=device.category,
        proof=device.proof,
        causes=exclusions_of(cause),
        repairs=_repairs(day, known_jobs, statuses, failed_job_id),
        waits=_waits(day, statuses),
        exchanged=_exchanged(day, known_jobs),
        after_hours=after_hours(day),
        **known,
    )


def after_hours(day: ShopDay) -> bool:
    """Whether it is after closing time in the shop (Civil Code 203)."""
    return day.now.astimezone(day.zone).time() > time.fromisoformat(day.settings.closes)


def _statuses(session: Session, day: ShopDay, jobs: list[Job]) -> dict[int, list[StatusChange]]:
    """The statuses of the jobs whose delay may matter: a long stay, or a visit that waits for a part."""
    told = [
        job.id
        for job in jobs
        if job.id is not None
        and (
            (job.place is Place.ON_SITE and job.taken_in_at is None)
            or (job.taken_in_at is not None and (job.ready_at or day.now) - job.taken_in_at > _LONG)
        )
    ]
    return events.statuses_of_jobs(session, told) if told else {}


def _waits(day: ShopDay, statuses: dict[int, list[StatusChange]]) -> tuple[Stay, ...]:
    waits = (wait for changes in statuses.values() for wait in waits_for_parts(changes, day.now))
    return tuple(
        Stay(
            min(local_day(since, day.zone), day.today),
            None if until is None else max(local_day(since, day.zone), local_day(until, day.zone)),
        )
        for since, until in waits
    )


def _exchanged(day: ShopDay, jobs: list[Job]) -> tuple[date, ...]:
    """The days on which the unit was exchanged for another one."""
    closed = (job.closed_at for job in jobs if job.outcome is Outcome.EXCHANGED and job.closed_at is not None)
    return tuple(day_closed for at in closed if (day_closed := local_day(at, day.zone)) <= day.today)


def _repairs(
    day: ShopDay, jobs: list[Job], statuses: dict[int, list[StatusChange]], failed_job_id: int | None
) -> tuple[Repair, ...]:
    failed = {job.rework_of for job in jobs if job.rework_of} | {failed_job_id}
    first = _first_of_its_fault(jobs)
    return tuple(
        _repair(day, job, first[job.id], job.id in failed, statuses.get(job.id or 0))
        for job in jobs
        if job.taken_in_at is not None
    )


def _first_of_its_fault(jobs: list[Job]) -> dict[int | None, str]:
    """The same fault is what leads back to the same first job, however differently it was worded."""
    known: dict[int | None, str] = {}
    for job in jobs:
        known[job.id] = known.get(job.rework_of) or show_number(NumberKind.JOB, job.number)
    return known


def _repair(day: ShopDay, job: Job, fault: str, failed: bool, changes: list[StatusChange] | None) -> Repair:
    assert job.taken_in_at is not None
    handed_in = local_day(job.taken_in_at, day.zone)
    finished = job.ready_at or job.closed_at
    back = max(handed_in, local_day(finished, day.zone)) if finished else None
    cause = delay_cause(changes, job.taken_in_at, finished or day.now) if changes else None
    return Repair(
        handed_in=min(handed_in, day.today), handed_back=back, cause=cause, fault=fault, failed=failed
    )


def on_device(
    session: Session,
    day: ShopDay,
    device: DeviceView,
    cause: Cause = Cause.NOT_KNOWN,
    failed: int | None = None,
    jobs: list[Job] | None = None,
) -> Verdict:
    """The verdict of a unit on file, as of today; ``jobs`` are its jobs, oldest first, if at hand."""
    facts = facts_on_file(session, day, device, cause, failed, jobs)
    return judge_facts(session, day, facts, device.brand)


def of_device(shop: Shop, device_id: int, cause: Cause = Cause.NOT_KNOWN) -> Verdict:
    """The verdict of a unit on file, as of today; nothing is stored. Raises ``NotFound``."""
    with shop.reading() as (session, day):
        return on_device(session, day, devices.view(session, device_id), cause)


def preview(shop: Shop, new: NewCall, on: date | None = None, scope: str = WHOLE) -> Verdict:
    """The verdict beside a half-filled call form: what is typed on top of the file; nothing is stored.

    ``on`` asks what it would be with a hand-in on another day, ``scope`` for a part.
    """
    with shop.reading() as (session, day):
        day = day if on is None else replace(day, today=on)
        device = devices.view(session, new.device_id) if new.device_id else None
        if device is None:
            found = devices.by_serial(session, new.serial)
            device = devices.view(session, found[0].id or 0) if found else None
        failed = new.as_before_job_id if new.as_before is AsBefore.YES else None
        if device is not None:
            facts = facts_on_file(session, day, device, new.cause, failed)
        else:
            facts = Facts(
                category=new.category or "other",
                proof=new.proof or Proof.TOLD,
                causes=exclusions_of(new.cause),
                after_hours=on is None and after_hours(day),
            )
        brand = (device.brand if device is not None else "") or new.brand
        facts = replace(_with_typed(facts, new, day.today), scope=scope)
        return judge_facts(session, day, facts, brand)


def parts(shop: Shop, category: str, brand: str) -> tuple[str, ...]:
    """The parts that the packs of the shop speak about for a kind of product of a make."""
    with shop.reading() as (session, day):
        return parts_of(Rulebook(session, day.settings).packs_for(category, brand), category)


def _with_typed(facts: Facts, new: NewCall, today: date) -> Facts:
    """Facts with the typed dates, category and proof where the file has none."""
    typed: dict[str, object] = {}
    for name in _DATES:
        said: date | None = getattr(new, f"{name}_on")
        if said is not None and said <= today and getattr(facts, name) is None:
            typed[name] = said
    if new.category and facts.category == "other":
        typed["category"] = new.category
    if new.proof is not None:
        typed["proof"] = new.proof
    return replace(facts, **typed)  # type: ignore[arg-type]


def clause(shop: Shop, policy: str, version: str, clause_key: str) -> Clause | None:
    """The full text of a clause that a verdict names, from the version of the pack it was judged with."""
    with shop.reading() as (session, day):
        return Rulebook(session, day.settings).clause(policy, version, clause_key)


def store(
    session: Session, day: ShopDay, verdict: Verdict, *, call_id: int | None, device_id: int | None
) -> VerdictRow:
    """Keep a verdict exactly as it was judged (WAR-12)."""
    head = verdict.headline
    row = VerdictRow(
        call_id=call_id,
        device_id=device_id,
        judged_at=day.now,
        as_of=verdict.as_of,
        coverage=verdict.coverage,
        policy=head.policy if head else "",
        policy_version=head.policy_version if head else "",
        judged=json.dumps(verdict.to_json(), ensure_ascii=False),
    )
    session.add(row)
    session.flush()
    return row


def read(row: VerdictRow | None) -> Verdict | None:
    """A stored verdict."""
    return read_verdict(row)
