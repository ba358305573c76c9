"""Queries on jobs: the queue, one job in full, similar repairs, and what a job is found by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, bindparam, func, or_, select, text
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.words import JobStatus, Outcome, RecordKind
from aftersales_tui.domain.workflow import OPEN, UNFINISHED, WAITING
from aftersales_tui.store import records, veil
from aftersales_tui.store.tables import Call, Customer, CustomerPhone, Device, Job, Product, Staff, VerdictRow
from aftersales_tui.views.jobs import JobRow, JobView, SimilarRepair

if TYPE_CHECKING:
    from aftersales_tui.store.search import Part

LIST_LIMIT = 200

first_phone = (
    select(col(CustomerPhone.raw))
    .where(col(CustomerPhone.customer_id) == col(Customer.id))
    .order_by(col(CustomerPhone.position), col(CustomerPhone.id))
    .limit(1)
    .correlate(Customer)
    .scalar_subquery()
)

ROW: tuple[Any, ...] = (
    col(Job.id).label("id"),
    col(Job.version).label("version"),
    col(Job.number).label("number"),
    col(Job.status).label("status"),
    col(Job.outcome).label("outcome"),
    col(Job.coverage).label("coverage"),
    col(Job.customer_id).label("customer_id"),
    func.coalesce(Customer.name, "").label("customer_name"),
    func.coalesce(first_phone, "").label("phone"),
    col(Job.device_id).label("device_id"),
    func.coalesce(Product.brand, "").label("brand"),
    func.coalesce(Product.model, "").label("model"),
    func.coalesce(Product.category, "").label("category"),
    col(Job.fault).label("fault"),
    col(Job.urgency).label("urgency"),
    col(Job.wish).label("wish"),
    col(Job.place).label("place"),
    col(Job.assigned_to).label("assigned_to"),
    func.coalesce(Staff.name, "").label("assigned_name"),
    col(Job.appointment_at).label("appointment_at"),
    col(Job.promised_for).label("promised_for"),
    col(Job.opened_at).label("opened_at"),
    col(Job.device_here).label("device_here"),
    col(Job.resume_to).label("resume_to"),
    col(Job.waiting_since).label("waiting_since"),
    col(Job.wait_note).label("wait_note"),
    col(Job.wait_until).label("wait_until"),
    col(Job.test_passed).label("test_passed"),
    col(Job.ready_at).label("ready_at"),
    col(Job.informed_at).label("informed_at"),
    col(Job.completed_on).label("completed_on"),
    col(Job.shelf).label("shelf"),
)


def _from(query: Select[Any]) -> Select[Any]:
    return (
        query.select_from(Job)
        .join(Customer, col(Job.customer_id) == col(Customer.id), isouter=True)
        .join(Product, col(Job.product_id) == col(Product.id), isouter=True)
        .join(Staff, col(Job.assigned_to) == col(Staff.id), isouter=True)
    )


def required(session: Session, job_id: int) -> Job:
    """The job with that id. Raises ``NotFound``."""
    return records.required(session, Job, "job", job_id)


def id_of(session: Session, number: int) -> int | None:
    """The id of the job of that number, if there is one."""
    return session.execute(select(col(Job.id)).where(col(Job.number) == number)).scalar()


def by_number(session: Session, number: int) -> Job:
    """The job of that number. Raises ``NotFound``."""
    shown = show_number(NumberKind.JOB, number)
    return records.numbered(session, Job, "job", col(Job.number), number, shown)


def rows(session: Session, *conditions: Any, order: tuple[Any, ...], limit: int = LIST_LIMIT) -> list[JobRow]:
    """Jobs of a list."""
    query = _from(select(*ROW)).where(*conditions).order_by(*order).limit(limit)
    return [JobRow(**veil.row(session, row._mapping)) for row in session.execute(query)]


def count(session: Session, *conditions: Any) -> int:
    """How many jobs a list has in all."""
    return int(session.execute(select(func.count()).select_from(Job).where(*conditions)).scalar_one())


def rows_by_id(session: Session, ids: list[int]) -> dict[int, JobRow]:
    """Several jobs by id."""
    found = session.execute(_by_ids(), {"ids": ids})
    return {row.id: JobRow(**veil.row(session, row._mapping)) for row in found}


@cache
def _by_ids() -> Select[Any]:
    return _from(select(*ROW)).where(col(Job.id).in_(bindparam("ids", expanding=True)))


# the words of the partial index itself, not bound values: only so does SQLite use it
is_open = text("job.status NOT IN ('handed_over', 'settled', 'cancelled')")


def mine(staff_id: int) -> tuple[Any, ...]:
    """Open work of one person that does not wait for somebody else."""
    return (is_open, col(Job.assigned_to) == staff_id, col(Job.status).not_in([*WAITING, JobStatus.READY]))


def assigned_to(staff_id: int) -> tuple[Any, ...]:
    """Every open job of one person."""
    return (is_open, col(Job.assigned_to) == staff_id)


def with_status(status: JobStatus) -> tuple[Any, ...]:
    """Jobs of one status; the partial index serves the open ones."""
    return (col(Job.status) == status, *([is_open] if status in OPEN else []))


def not_ready() -> tuple[Any, ...]:
    """Open and still to be finished."""
    return (is_open, col(Job.status) != JobStatus.READY)


def visited_before(moment: datetime) -> tuple[Any, ...]:
    """Unfinished, with an appointment before a moment."""
    return (*not_ready(), col(Job.appointment_at) < moment)


def promised_on(day: date) -> tuple[Any, ...]:
    """Unfinished and promised for a day."""
    return (*not_ready(), col(Job.promised_for) == day)


def waited_until(day: date) -> tuple[Any, ...]:
    """Waiting, and what they wait for was expected by a day."""
    return (*not_ready(), col(Job.status).in_(WAITING), col(Job.wait_until) <= day)


def not_told() -> tuple[Any, ...]:
    """Ready, and the customer does not know it."""
    return (*ready(), col(Job.informed_at).is_(None))


def of_customer(session: Session, customer_id: int) -> list[Job]:
    """Every job of a customer."""
    return list(session.execute(select(Job).where(col(Job.customer_id) == customer_id)).scalars())


def unassigned() -> tuple[Any, ...]:
    """Open work that nobody has taken."""
    return (is_open, col(Job.assigned_to).is_(None), col(Job.status).in_(UNFINISHED))


def waiting() -> tuple[Any, ...]:
    """Work that waits, with its reason."""
    return (is_open, col(Job.status).in_(WAITING))


def late(today: date) -> tuple[Any, ...]:
    """Past the promised day and not yet ready."""
    return (is_open, col(Job.status).in_(UNFINISHED), col(Job.promised_for) < today)


def ready() -> tuple[Any, ...]:
    """Ready to collect."""
    return (is_open, col(Job.status) == JobStatus.READY)


MOST_URGENT = (col(Job.promised_for).is_(None), col(Job.promised_for), col(Job.urgency), col(Job.id))
LONGEST_WAITING = (col(Job.waiting_since), col(Job.id))
LONGEST_READY = (col(Job.ready_at), col(Job.id))
NEWEST = (col(Job.id).desc(),)
# an expression, so that the few open jobs are sorted rather than all jobs walked from the newest
NEWEST_OPEN = ((col(Job.id) + 0).desc(),)


def view(session: Session, job_id: int) -> JobView:
    """One job in full, without its events and history. Raises ``NotFound``."""
    required(session, job_id)
    row = session.execute(_full().where(col(Job.id) == job_id)).one()
    return JobView(**veil.row(session, row._mapping))


@cache  # not at import: the lists of the first screen do not need it
def _full() -> Select[Any]:
    opener, closer, informer, old = aliased(Staff), aliased(Staff), aliased(Staff), aliased(Job)
    columns = (
        *ROW,
        col(Job.call_id).label("call_id"),
        col(Call.number).label("call_number"),
        col(Job.product_id).label("product_id"),
        col(Job.rework_of).label("rework_of"),
        col(old.number).label("rework_of_number"),
        col(Job.service_kind).label("service_kind"),
        func.coalesce(Device.serial, "").label("serial"),
        col(Job.intake).label("intake"),
        func.coalesce(opener.name, "").label("opened_by"),
        col(Job.taken_in_at).label("taken_in_at"),
        col(Job.finding).label("finding"),
        col(Job.cause).label("cause"),
        col(Job.caused_by).label("caused_by"),
        col(Job.action).label("action"),
        col(Job.parts_used).label("parts_used"),
        col(Job.minutes).label("minutes"),
        col(Job.checks).label("checks"),
        col(Job.advice).label("advice"),
        col(Job.first_ready_at).label("first_ready_at"),
        func.coalesce(informer.name, "").label("informed_by"),
        col(Job.informed_channel).label("informed_channel"),
        col(Job.closed_at).label("closed_at"),
        func.coalesce(closer.name, "").label("closed_by"),
        col(Job.imported_from).label("imported_from"),
        col(Job.imported_ref).label("imported_ref"),
        func.coalesce(Customer.address, "").label("address"),
        func.coalesce(Customer.notes, "").label("notes"),
    )
    return (
        _from(select(*columns))
        .join(Device, col(Job.device_id) == col(Device.id), isouter=True)
        .join(Call, col(Job.call_id) == col(Call.id), isouter=True)
        .join(opener, col(Job.opened_by) == opener.id, isouter=True)
        .join(closer, col(Job.closed_by) == closer.id, isouter=True)
        .join(informer, col(Job.informed_by) == informer.id, isouter=True)
        .join(old, col(Job.rework_of) == old.id, isouter=True)
    )


def verdict_of(session: Session, verdict_id: int | None) -> VerdictRow | None:
    """The stored verdict of a job, if it was judged."""
    return session.get(VerdictRow, verdict_id) if verdict_id else None


def for_call(session: Session, call_id: int) -> list[int]:
    """The numbers of the jobs opened from a call."""
    query = select(col(Job.number)).where(col(Job.call_id) == call_id).order_by(col(Job.id))
    return list(session.execute(query).scalars())


def standing_of_call(session: Session, call_id: int) -> int | None:
    """The number of the newest job opened from a call that was not cancelled."""
    query = select(col(Job.number)).where(col(Job.call_id) == call_id, col(Job.status) != JobStatus.CANCELLED)
    return session.execute(query.order_by(col(Job.id).desc())).scalars().first()


def similar(session: Session, of: JobView, words: list[str], limit: int = 3) -> list[SimilarRepair]:
    """Recorded repairs of the same product, then of the same words; newest first, without this unit's own."""
    from aftersales_tui.store import search

    recorded = and_(
        col(Job.id) != of.id,
        col(Job.action) != "",
        col(Job.outcome).in_([Outcome.FIXED, Outcome.PARTLY_FIXED, Outcome.NOT_REPAIRABLE]),
        or_(col(Job.device_id).is_(None), col(Job.device_id) != of.device_id),
    )
    found: dict[int, SimilarRepair] = {}
    if of.product_id is not None:
        found = _similar(session, and_(recorded, col(Job.product_id) == of.product_id), limit)
    for word in words:
        if len(found) >= limit:
            break
        docs = search.find(session, [word], [RecordKind.JOB], limit=20)
        ids = [doc.record_id for doc in docs if doc.record_id not in found]
        found |= _similar(session, and_(recorded, col(Job.id).in_(ids)), limit - len(found))
    return list(found.values())[:limit]


def _similar(session: Session, condition: Any, limit: int) -> dict[int, SimilarRepair]:
    query = (
        select(Job, Product)
        .join(Product, col(Job.product_id) == col(Product.id))
        .where(condition)
        .order_by(col(Job.id).desc())
        .limit(limit)
    )
    return {
        job.id: SimilarRepair(
            id=job.id,
            number=job.number,
            product=f"{of.brand} {of.model}".strip(),
            fault=job.fault,
            action=job.action,
            outcome=job.outcome,
        )
        for job, of in session.execute(query)
        if job.id is not None
    }


def make_findable(session: Session, job: Job, region: str, who: Sequence[Part] | None = None) -> None:
    """Renew what a job is found by: its number, the customer, the device, and the words of the repair.

    ``who`` are the customer's ``who_parts`` if at hand.
    """
    from aftersales_tui.store import customers, devices, search  # no list needs them

    assert job.id is not None
    written = (
        job.finding, job.cause, job.action, job.parts_used, job.checks, job.advice, job.intake,
        job.wait_note, job.imported_ref,
    )  # fmt: skip
    parts: list[Part] = [
        (search.NUMBER, show_number(NumberKind.JOB, job.number)),
        *(who if who is not None else customers.who_parts(session, job.customer_id, region)),
        *devices.thing_parts(session, job.device_id, job.product_id),
        (search.FAULT, job.fault),
        *((search.TEXT, text) for text in written),
    ]
    search.put(session, RecordKind.JOB, job.id, job.opened_at, parts)
