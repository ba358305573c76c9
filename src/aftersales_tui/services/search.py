"""The one look-up: customers, devices, jobs and calls by any scrap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aftersales_tui.domain.numbering import NumberKind, read_number
from aftersales_tui.domain.text import excerpt, squeeze, words
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.services.shop import Shop
from aftersales_tui.store import calls, customers, devices, jobs, search, veil
from aftersales_tui.store.engine import Session
from aftersales_tui.store.search import Doc
from aftersales_tui.views.search import Found, Hit

COUNTED_AT_MOST = 1_000
"""A look-up while typing counts no further; the command line counts all."""
SHOWN_AT_MOST = 10_000
MOST_ALONE = 8
"""Words of a look-up without a hit that are looked up each by itself."""


def find(
    shop: Shop,
    typed: str,
    kinds: Iterable[RecordKind] = (),
    limit: int = 50,
    *,
    count_all: bool = True,
    newest_first: bool = False,
) -> Found:
    """What a scrap finds: the record of that number on top, then all in which every word occurs.

    Customers, then devices, jobs and calls, each newest first; ``newest_first`` mixes the kinds.
    """
    wanted = words(typed)
    if not wanted:
        return Found(items=(), total=0)
    kinds = tuple(kinds)
    limit = max(1, min(limit, SHOWN_AT_MOST))
    look = search.find_newest if newest_first else search.find
    with shop.looking() as session:
        exact = [doc for doc in _by_number(session, typed) if not kinds or doc.kind in kinds]
        docs = look(session, wanted, kinds, limit)
        if not docs and (joined := _without_separators(wanted)) != wanted:
            wanted, docs = joined, look(session, joined, kinds, limit)
        at_most = None if count_all else COUNTED_AT_MOST
        matching = search.count(session, wanted, kinds, at_most) if len(docs) == limit else len(docs)
        total = matching + sum(not all(word in doc.text for word in wanted) for doc in exact)
        top = {doc.id: doc for doc in (*exact, *docs)}
        hits = _hits(session, list(top.values())[:limit], wanted[0])
        alone = () if hits or len(wanted) < 2 else tuple(_alone(session, wanted, kinds))
    return Found(items=tuple(hits), total=total, complete=matching != at_most, alone=alone)


def _without_separators(wanted: Sequence[str]) -> tuple[str, ...]:
    """Serials and phones typed with other separators than on file."""
    return tuple(squeeze(word) or word for word in wanted)


def _alone(
    session: Session, wanted: Sequence[str], kinds: tuple[RecordKind, ...]
) -> Iterable[tuple[str, int]]:
    several = tuple(dict.fromkeys(wanted))[:MOST_ALONE]
    return ((word, search.count(session, [word], kinds, COUNTED_AT_MOST)) for word in several)


def _by_number(session: Session, typed: str) -> list[Doc]:
    """The job and the call whose number was typed, with or without its letter."""
    number = read_number(typed)
    if number is None:
        return []
    kind, n = number
    found: list[Doc | None] = []
    if kind in (None, NumberKind.JOB) and (job_id := jobs.id_of(session, n)):
        found.append(search.of_record(session, RecordKind.JOB, job_id))
    if kind in (None, NumberKind.CALL) and (call_id := calls.id_of(session, n)):
        found.append(search.of_record(session, RecordKind.CALL, call_id))
    return [doc for doc in found if doc is not None]


def _hits(session: Session, docs: Sequence[Doc], word: str) -> list[Hit]:
    """The docs as rows: one query per kind of record, never one per row."""
    ids = {kind: [doc.record_id for doc in docs if doc.kind is kind] for kind in RecordKind}
    job_rows = jobs.rows_by_id(session, ids[RecordKind.JOB]) if ids[RecordKind.JOB] else {}
    units = devices.brief(session, ids[RecordKind.DEVICE]) if ids[RecordKind.DEVICE] else {}
    entries = calls.brief(session, ids[RecordKind.CALL]) if ids[RecordKind.CALL] else {}
    people = customers.brief(session, ids[RecordKind.CUSTOMER]) if ids[RecordKind.CUSTOMER] else {}
    hits: list[Hit] = []
    for doc in docs:
        found_in, fragment = doc.where(word)
        if found_in == search.PHONE:
            fragment = veil.phone(session, fragment)
        if doc.kind is RecordKind.JOB and (job := job_rows.get(doc.record_id)):
            hits.append(
                Hit(
                    kind=doc.kind, id=job.id, number=job.number,
                    title=_title(job.customer_name, job.product, excerpt(job.fault)), status=job.status.value,
                    at=job.opened_at, found_in=found_in, fragment=fragment, customer_id=job.customer_id,
                    device_id=job.device_id, phone=job.phone, job=job,
                )
            )  # fmt: skip
        elif doc.kind is RecordKind.CALL and (call := entries.get(doc.record_id)):
            hits.append(
                Hit(
                    kind=doc.kind, id=doc.record_id, number=call.number,
                    title=_title(call.who, call.product, excerpt(call.fault)), status=call.status, at=call.at,
                    found_in=found_in, fragment=fragment, customer_id=call.customer_id,
                    device_id=call.device_id, phone=call.phone,
                )
            )  # fmt: skip
        elif doc.kind is RecordKind.DEVICE and (unit := units.get(doc.record_id)):
            hits.append(
                Hit(
                    kind=doc.kind, id=doc.record_id, number=None,
                    title=_title(unit.title, unit.customer_name, unit.serial), status="", at=unit.created_at,
                    found_in=found_in, fragment=fragment, customer_id=unit.customer_id,
                    device_id=doc.record_id,
                )
            )  # fmt: skip
        elif doc.kind is RecordKind.CUSTOMER and (person := people.get(doc.record_id)):
            hits.append(
                Hit(
                    kind=doc.kind, id=doc.record_id, number=None,
                    title=_title(person.name, person.phone, person.region), status="", at=person.created_at,
                    found_in=found_in, fragment=fragment, customer_id=doc.record_id, phone=person.phone,
                )
            )  # fmt: skip
    return hits


def _title(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
