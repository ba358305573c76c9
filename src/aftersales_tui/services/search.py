"""The one look-up: customers, devices, jobs and calls by any scrap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlmodel import Session, SQLModel, col

from aftersales_tui.domain.numbering import NumberKind, read_number, show_number
from aftersales_tui.domain.text import excerpt, fold, squeeze, words
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.services.shop import Shop, ShopDay
from aftersales_tui.store import calls, customers, devices, jobs, search
from aftersales_tui.store.search import Doc
from aftersales_tui.store.tables import Call, Job
from aftersales_tui.views.search import Found, Hit

COUNTED_AT_MOST = 1_000
"""A look-up while typing counts no further; the command line counts all."""


def find(
    shop: Shop, typed: str, kinds: Iterable[RecordKind] = (), limit: int = 50, *, count_all: bool = True
) -> Found:
    """What a scrap finds: the record of that number on top, then the newest in which every word occurs."""
    wanted = words(typed)
    if not wanted:
        return Found(items=(), total=0)
    kinds = tuple(kinds)
    with shop.reading() as (session, day):
        exact = [doc for doc in _by_number(session, typed) if not kinds or doc.kind in kinds]
        docs = search.find(session, wanted, kinds, limit)
        if not docs and (joined := _without_separators(wanted)) != wanted:
            wanted, docs = joined, search.find(session, joined, kinds, limit)
        at_most = None if count_all else COUNTED_AT_MOST
        total = search.count(session, wanted, kinds, at_most) if len(docs) == limit else len(docs)
        known = {(doc.kind, doc.record_id) for doc in docs}
        total += sum((doc.kind, doc.record_id) not in known for doc in exact) if len(docs) < limit else 0
        top = {(doc.kind, doc.record_id): doc for doc in (*exact, *docs)}
        shown = list(top.values())[:limit]
        hits = _hits(session, day, shown, wanted)
        alone = () if hits or len(wanted) < 2 else tuple(_alone(session, wanted, kinds))
    return Found(items=tuple(hits), total=total, complete=count_all or total < COUNTED_AT_MOST, alone=alone)


def _without_separators(wanted: Sequence[str]) -> tuple[str, ...]:
    """Serials and phones typed with other separators than on file."""
    return tuple(squeeze(word) or word for word in wanted)


def _alone(
    session: Session, wanted: Sequence[str], kinds: tuple[RecordKind, ...]
) -> Iterable[tuple[str, int]]:
    return ((word, search.count(session, [word], kinds, COUNTED_AT_MOST)) for word in wanted)


def _by_number(session: Session, typed: str) -> list[Doc]:
    number = read_number(typed)
    if number is None:
        return []
    kind, n = number
    found: list[Doc] = []
    tables: tuple[tuple[NumberKind, RecordKind, type[SQLModel]], ...] = (
        (NumberKind.JOB, RecordKind.JOB, Job),
        (NumberKind.CALL, RecordKind.CALL, Call),
    )
    for number_kind, record_kind, table in tables:
        if kind in (None, number_kind):
            ids = session.execute(select(table.id).where(table.number == n)).scalars()  # type: ignore[attr-defined]
            found += [Doc(0, record_kind, record_id, fold(show_number(number_kind, n))) for record_id in ids]
    return found


def _hits(session: Session, day: ShopDay, docs: Sequence[Doc], wanted: Sequence[str]) -> list[Hit]:
    """The docs as rows: one query per kind of record, never one per row."""
    ids = {kind: [doc.record_id for doc in docs if doc.kind is kind] for kind in RecordKind}
    job_rows = jobs.rows_by_id(session, ids[RecordKind.JOB]) if ids[RecordKind.JOB] else {}
    unit_rows = devices.views(session, ids[RecordKind.DEVICE]) if ids[RecordKind.DEVICE] else {}
    call_rows = {
        row.id: row
        for row in (
            calls.rows(session, col(Call.id).in_(ids[RecordKind.CALL]), order=calls.NEWEST, limit=len(docs))
            if ids[RecordKind.CALL]
            else []
        )
    }
    people = customers.brief(session, ids[RecordKind.CUSTOMER]) if ids[RecordKind.CUSTOMER] else {}
    hits: list[Hit] = []
    for doc in docs:
        found_in, fragment = _where(doc, wanted[0])
        if doc.kind is RecordKind.JOB and (job := job_rows.get(doc.record_id)):
            title = " · ".join(part for part in (job.customer_name, job.product, excerpt(job.fault)) if part)
            hits.append(
                Hit(
                    kind=doc.kind, id=job.id, number=job.number, title=title, status=job.status.value,
                    at=job.opened_at, found_in=found_in, fragment=fragment, customer_id=job.customer_id,
                    device_id=job.device_id, phone=job.phone, job=job,
                )
            )  # fmt: skip
        elif doc.kind is RecordKind.CALL and (call := call_rows.get(doc.record_id)):
            title = " · ".join(part for part in (call.who, call.product, excerpt(call.fault)) if part)
            status = call.resolution.value if call.resolution else call.status.value
            hits.append(
                Hit(
                    kind=doc.kind, id=call.id, number=call.number, title=title, status=status, at=call.at,
                    found_in=found_in, fragment=fragment, customer_id=call.customer_id,
                    device_id=call.device_id, phone=call.phone,
                )
            )  # fmt: skip
        elif doc.kind is RecordKind.DEVICE and (unit := unit_rows.get(doc.record_id)):
            title = " · ".join(part for part in (unit.title, unit.customer_name, unit.serial) if part)
            hits.append(
                Hit(
                    kind=doc.kind, id=unit.id, number=None, title=title, status="", at=day.now,
                    found_in=found_in, fragment=fragment, customer_id=unit.customer_id, device_id=unit.id,
                )
            )  # fmt: skip
        elif doc.kind is RecordKind.CUSTOMER and (person := people.get(doc.record_id)):
            title = " · ".join(part for part in (person.name, person.phone, person.region) if part)
            hits.append(
                Hit(
                    kind=doc.kind, id=doc.record_id, number=None, title=title, status="", at=person.created_at,
                    found_in=found_in, fragment=fragment, customer_id=doc.record_id, phone=person.phone,
                )
            )  # fmt: skip
    return hits


def _where(doc: Doc, word: str) -> tuple[str, str]:
    """Why a row is there: the code of the kind of line the first word stands in, and the line's end."""
    line = next((line for line in doc.text.split("\n") if word in line), doc.text.split("\n", 1)[0])
    digits = sum(char.isdigit() for char in line)
    if read_number(line) and not line.isdigit():
        code = "number"
    elif digits >= 5 and digits >= len(line) - 3:
        code = "phone"
    elif digits and " " not in line and len(line) <= 40:
        code = "serial"
    elif doc.kind is RecordKind.CUSTOMER and len(line) <= 4 and line.isascii() and line.isalpha():
        code = "initials"
    elif len(line) <= 30:
        code = "name"
    else:
        code = "text"
    return code, line
