"""Everything on file about a person: finding it in every table, and taking the person out of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Table, delete, or_, select, text, update
from sqlmodel import Session, col

from aftersales_tui.domain.traces import Traces, same_number
from aftersales_tui.domain.words import CallStatus, FollowUpStatus, RecordKind
from aftersales_tui.domain.workflow import CLOSED
from aftersales_tui.store import customers, events
from aftersales_tui.store.chain import stored_moment
from aftersales_tui.store.stored import read_json
from aftersales_tui.store.tables import Call, Customer, CustomerPhone, Event, Product, Staff, every_table

Row = Mapping[str, Any]

KINDS: Mapping[str, RecordKind] = {
    "customer": RecordKind.CUSTOMER,
    "device": RecordKind.DEVICE,
    "call": RecordKind.CALL,
    "job": RecordKind.JOB,
    "follow_up": RecordKind.FOLLOW_UP,
}
"""The tables whose records have events of their own."""

_NOT_OF_A_PERSON = frozenset(
    {"setting", "counter", "staff", "event", "event_tail", "search_doc", "product", "own_pack"}
)
_WHO = {"customer", "call", "job"}
"""A row that names another of these belongs to somebody else."""
_EMPTIED: Mapping[str, tuple[str, ...]] = {
    "customer": ("region", "address", "email", "notes"),
    "device": ("place",),
    "call": ("caller_name", "caller_phone"),
    "follow_up": ("opinion",),
}
"""What belongs to the person and not to the work."""
_AS_IT_IS = frozenset(
    {"serial", "serial_folded", "judged", "policy", "policy_version", "price_group", "imported_from",
     "imported_ref", "name", "code", "currency", "method"}
)  # fmt: skip
"""Texts that name a thing, a rule or a source; every other text is looked through."""


def files_of(session: Session, customer_id: int) -> list[Customer]:
    """The kept file of a person and those merged into it. Raises ``NotFound``."""
    kept = customers.kept(session, customer_id)
    doubles = select(Customer).where(col(Customer.merged_into) == kept.id).order_by(col(Customer.id))
    return [kept, *session.execute(doubles).scalars()]


def strangers_calls(session: Session, spellings: frozenset[str], region: str) -> list[int]:
    """Calls of nobody on file from one of these numbers, whose digits are given in every spelling."""
    if not spellings:
        return []
    query = select(col(Call.id), col(Call.caller_phone)).where(
        col(Call.customer_id).is_(None), col(Call.caller_phone) != ""
    )
    return [call_id for call_id, raw in session.execute(query) if same_number(raw, spellings, region)]


def everything(session: Session, ids: Sequence[int], calls: Sequence[int]) -> dict[str, list[Row]]:
    """The rows of every table that belong to these customers, by table; ``calls`` are theirs too.

    What refers to one of their records belongs to them as well, unless it also refers to somebody else.
    """
    found: dict[str, list[Row]] = {}
    owned: dict[str, set[int]] = {}
    tables = {name: t for name, t in every_table().items() if name not in _NOT_OF_A_PERSON}
    for name in ("customer", "device", "job", "call", "follow_up"):
        owner = tables[name].c["id" if name == "customer" else "customer_id"]
        which: Any = owner.in_(ids)
        if name == "call":
            which = or_(which, tables[name].c.id.in_(calls))
        _keep(session, tables.pop(name), which, found, owned)
    waiting = dict(tables)
    while waiting:  # until nothing new refers to what was found: a line refers to a job, a part to a line
        reached = [name for name, table in waiting.items() if _refers(table) & owned.keys()]
        if not reached:
            break
        name = reached[0]
        table = waiting.pop(name)
        _keep(session, table, _belongs(table, owned, ids), found, owned)
    return found


def _refers(table: Table) -> set[str]:
    return {key.column.table.name for key in table.foreign_keys if key.column.table.name != table.name}


def _belongs(table: Table, owned: Mapping[str, set[int]], ids: Sequence[int]) -> Any:
    if "customer_id" in table.c:
        return table.c.customer_id.in_(ids)
    keys = [
        (key.parent, key.column.table.name) for key in table.foreign_keys if key.column.table.name in owned
    ]
    theirs = or_(*(column.in_(owned[name]) for column, name in keys))
    for column, name in keys:
        if name in _WHO:
            theirs &= or_(column.is_(None), column.in_(owned[name]))
    return theirs


def _keep(
    session: Session, table: Table, which: Any, found: dict[str, list[Row]], owned: dict[str, set[int]]
) -> None:
    rows = list(session.execute(select(table).where(which).order_by(*table.primary_key)).mappings())
    found[table.name] = [dict(row) for row in rows]
    owned[table.name] = {row["id"] for row in rows if "id" in row}


def open_items(session: Session, found: Mapping[str, list[Row]]) -> tuple[list[Row], list[Row], list[Row]]:
    """The jobs, calls and follow-ups among them that are not over."""
    return (
        [row for row in found["job"] if row["status"] not in CLOSED],
        [row for row in found["call"] if row["status"] is not CallStatus.CLOSED],
        [row for row in found["follow_up"] if row["status"] is FollowUpStatus.OPEN],
    )


@dataclass(frozen=True, slots=True)
class Changed:
    """New values of one row."""

    table: str
    row_id: int
    values: Mapping[str, Any]
    emptied: int
    blacked_out: int


def without(found: Mapping[str, list[Row]], traces: Traces) -> list[Changed]:
    """What changes in each row so that the person is no longer in it; phones go as a whole."""
    changes = []
    for name, rows in found.items():
        if name == CustomerPhone.__tablename__:
            continue
        emptied = _EMPTIED.get(name, ())
        for row in rows:
            values: dict[str, Any] = {column: "" for column in emptied if row[column]}
            gone = len(values)
            for column, value in row.items():
                if _is_free_text(value) and column not in emptied and column not in _AS_IT_IS:
                    blacked = traces.black_out(value)
                    if blacked != value:
                        values[column] = blacked
            black = len(values) - gone
            if name == "customer":
                gone += row["name"] != ""
                values["name"] = pseudonym(row["id"])
            if values:
                changes.append(Changed(name, row["id"], values, gone, black))
    return changes


def pseudonym(customer_id: int) -> str:
    """What somebody who was forgotten is called in every language."""
    return f"#{customer_id}"


def _is_free_text(value: object) -> bool:
    return isinstance(value, str) and not isinstance(value, StrEnum)


def write(session: Session, changes: Iterable[Changed], ids: Sequence[int], now: datetime) -> None:
    """Write the changed rows and take the phones away."""
    for one in changes:
        table = every_table()[one.table]
        values = dict(one.values)
        if "version" in table.c:
            values["version"] = table.c.version + 1
        if one.table == "customer":
            values["erased_at"] = now
        session.execute(update(table).where(table.c.id == one.row_id).values(**values))
    phones = every_table()[str(CustomerPhone.__tablename__)]
    session.execute(delete(phones).where(phones.c.customer_id.in_(ids)))
    session.expire_all()


def events_of(session: Session, found: Mapping[str, list[Row]]) -> list[tuple[int, RecordKind, int]]:
    """Id, kind and record of the events of these records that say something of before and after."""
    rows: list[tuple[int, RecordKind, int]] = []
    for name, kind in KINDS.items():
        wanted = [row["id"] for row in found.get(name, ())]
        query = select(col(Event.id), col(Event.record_kind), col(Event.record_id)).where(
            col(Event.record_kind) == kind, col(Event.record_id).in_(wanted), col(Event.data).is_not(None)
        )
        rows += [tuple(row) for row in session.execute(query)]
    return rows


def events_that_say(session: Session, texts: Collection[str]) -> list[tuple[int, RecordKind, int]]:
    """The same of any other record whose data says one of the texts, which name one person only."""
    rows: list[tuple[int, RecordKind, int]] = []
    for said in texts:
        query = select(col(Event.id), col(Event.record_kind), col(Event.record_id)).where(
            col(Event.data).contains(said, autoescape=True)
        )
        rows += [tuple(row) for row in session.execute(query)]
    return rows


def forget_events(
    session: Session,
    which: Sequence[tuple[int, RecordKind, int]],
    now: datetime,
    by: int | None,
    customer_id: int,
    said: Mapping[str, Any],
) -> None:
    """Forget what these events say, on record with each of their records; ``said`` with the customer."""
    events.forget_data(session, [event_id for event_id, _, _ in which])
    records = {(kind, record_id) for _, kind, record_id in which} - {(RecordKind.CUSTOMER, customer_id)}
    ordered = sorted(records, key=lambda one: (one[0].value, one[1]))
    events.append(
        session,
        [
            *(events.entry(now, by, kind, record_id, events.ERASED, customer=customer_id)
              for kind, record_id in ordered),
            events.entry(now, by, RecordKind.CUSTOMER, customer_id, events.ERASED, **said),
        ],
    )  # fmt: skip


def others_with(session: Session, phones: Sequence[Row], ids: Collection[int]) -> dict[str, list[int]]:
    """Other customers who have one of these phones, by the phone as typed."""
    shared: dict[str, list[int]] = {}
    for phone in phones:
        rows = customers.with_phone(session, phone["e164"], phone["digits"])
        if others := [row.id or 0 for row in rows if row.id not in ids]:
            shared[phone["raw"]] = others
    return shared


def erased(session: Session) -> dict[int, datetime]:
    """The customers who were forgotten, and when."""
    query = select(col(Customer.id), col(Customer.erased_at)).where(col(Customer.erased_at).is_not(None))
    return {row[0]: row[1] for row in session.execute(query)}


def made_at(session: Session, customer_id: int) -> datetime | None:
    """When a file was made; None when there is none."""
    return session.execute(
        select(col(Customer.created_at)).where(col(Customer.id) == customer_id)
    ).scalar_one_or_none()


# what is given out


def names(session: Session) -> dict[str, dict[int, str]]:
    """What people and products are called, by table and id."""
    people = session.execute(select(col(Staff.id), col(Staff.name)))
    products = session.execute(select(col(Product.id), col(Product.brand), col(Product.model)))
    return {
        "staff": {row[0]: row[1] for row in people},
        "product": {row[0]: f"{row[1]} {row[2]}".strip() for row in products},
    }


def names_of(table: str, column: str) -> str:
    """Which of ``names`` a column refers to; nothing for any other."""
    keys = every_table()[table].c[column].foreign_keys
    return next((key.column.table.name for key in keys if key.column.table.name in ("staff", "product")), "")


def account(session: Session, found: Mapping[str, list[Row]]) -> list[dict[str, Any]]:
    """The events of these records, oldest first, as they can be read."""
    told: list[dict[str, Any]] = []
    for name, kind in KINDS.items():
        wanted = [row["id"] for row in found.get(name, ())]
        query = (
            select(Event, col(Staff.name))
            .join(Staff, col(Event.staff_id) == col(Staff.id), isouter=True)
            .where(col(Event.record_kind) == kind, col(Event.record_id).in_(wanted))
        )
        for event, who in session.execute(query):
            data = read_json(event.data) if event.data else {}
            told.append(
                {"id": event.id, "at": event.at, "who": who or "", "record_kind": kind,
                 "record_id": event.record_id, "what": event.what, "data": data}
            )  # fmt: skip
    return sorted(told, key=lambda one: one["id"])


# retention


@dataclass(frozen=True, slots=True)
class Quiet:
    """A customer with nothing open and the last thing that happened."""

    id: int
    name: str
    last: datetime
    devices: int
    jobs: int


_LAST = text(
    """
    WITH touched (customer_id, at) AS (
      SELECT coalesce(merged_into, id), created_at FROM customer
      UNION ALL SELECT customer_id, max(coalesce(closed_at, at)) FROM call GROUP BY customer_id
      UNION ALL SELECT customer_id, max(coalesce(closed_at, opened_at)) FROM job GROUP BY customer_id
      UNION ALL SELECT customer_id, max(recorded_at) FROM follow_up GROUP BY customer_id
      UNION ALL SELECT customer_id, max(created_at) FROM device GROUP BY customer_id
    )
    SELECT c.id, c.name, max(t.at) AS last,
      (SELECT count(*) FROM device d WHERE d.customer_id = c.id) AS devices,
      (SELECT count(*) FROM job j WHERE j.customer_id = c.id) AS jobs
    FROM customer c JOIN touched t ON t.customer_id = c.id
    WHERE c.merged_into IS NULL AND c.erased_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM job j WHERE j.customer_id = c.id AND j.completed_on IS NULL)
      AND NOT EXISTS (SELECT 1 FROM call a WHERE a.customer_id = c.id AND a.status <> 'closed')
      AND NOT EXISTS (SELECT 1 FROM follow_up f WHERE f.customer_id = c.id AND f.status = 'open')
    GROUP BY c.id HAVING max(t.at) < :before
    ORDER BY last, c.id
    """
)


def quiet_since(session: Session, before: datetime) -> list[Quiet]:
    """Customers with nothing open to whom nothing happened since ``before``, the longest quiet first."""
    rows = session.execute(_LAST, {"before": stored_moment(before)})
    return [
        Quiet(row.id, row.name, datetime.fromisoformat(row.last).replace(tzinfo=UTC), row.devices,
              row.jobs)
        for row in rows
    ]  # fmt: skip
