"""Makes the shop file that is measured: jobs of many months with their customers, devices, calls and texts.

The rows go in by Core's executemany, the look-up's indexes are filled at once. The same size always gives
the same file. ``python generate.py FILE JOBS``; for every 100 jobs there are 36 customers, 40 devices and
24 calls, which makes 200 searchable texts. The newest jobs came by a call, the older ones were brought over
from an earlier register. The shop opens 68 jobs a day whatever its size: a small file is a young shop.
"""

import gc
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

from people import NOW, TODAY, ZONE, People, Row
from repair_words import Kind, part_used, repair
from shares import ANSWERS, CHANNELS, OPEN_AS, OTHER_CALLS, OUTCOMES, PEOPLE
from sqlalchemy import Connection, create_engine, func, insert, select
from sqlmodel import Session

from aftersales_tui import bootstrap
from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.scoring import POINTS
from aftersales_tui.domain.warranty import Facts, judge
from aftersales_tui.domain.words import (
    CallKind,
    CallStatus,
    CausedBy,
    Coverage,
    FollowUpKind,
    FollowUpStatus,
    InformedBy,
    JobStatus,
    Place,
    Proof,
    Reached,
    RecordKind,
    Resolution,
    Solved,
    Urgency,
    Wish,
)
from aftersales_tui.services import staff
from aftersales_tui.store import calls, customers, devices, events, jobs, search, tables
from aftersales_tui.store.policies import policies_for
from aftersales_tui.views.shop import NewShop


def make_shop_file(path: Path, n_jobs: int) -> None:
    """Make the shop file; one that stands there already is replaced."""
    path.unlink(missing_ok=True)
    # the lines of a customer and of a device are the same in all their records: fold them once
    search.search_text = lru_cache(400_000)(search.search_text)
    shop = bootstrap.make_shop(
        path, NewShop(name="Minghui Repair 明辉维修", owner="周明 Zhou Ming"), lambda: NOW
    )
    owner = staff.cli_identity(shop).id
    people = [staff.add(shop, who, role, owner).id for who, role in PEOPLE]
    shop.close()
    gc.disable()  # millions of rows are held at once, and none of them can be let go
    with _filling(path) as connection:
        _Generator(connection, n_jobs, clerks=people[:2], technicians=people[2:]).fill()
    gc.enable()
    _check(path)


@contextmanager
def _filling(path: Path) -> Iterator[Connection]:
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA synchronous=OFF")
        connection.exec_driver_sql("PRAGMA cache_size=-200000")
        yield connection
        connection.commit()
    engine.dispose()


AFTER = {
    "start": "diagnosing", "diagnose": "in_repair", "record": "testing", "test": "testing", "ready": "ready",
    "hand_over": "handed_over",
}  # fmt: skip
"""The status a step leads to."""


class _Generator(People):
    def fill(self) -> None:
        """Everything, in the order in which records refer to one another."""
        self._customers()
        self._devices()
        self._work()
        self.connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        for table in (
            tables.Customer,
            tables.CustomerPhone,
            tables.Product,
            tables.Device,
            tables.Job,
            tables.Call,
            tables.VerdictRow,
            tables.FollowUp,
        ):
            if found := self.rows.get(table):
                self.connection.execute(insert(table), found)
        session = Session(self.connection)
        events.append(session, sorted(self.events, key=lambda event: event.at))
        for kind, records in self.findable.items():
            search.put_new(session, kind, sorted(records, key=lambda record: record[1]))
        for kind, table in (("job", tables.Job), ("call", tables.Call), ("follow_up", tables.FollowUp)):
            following = len(self.rows.get(table, ())) + 1
            self.connection.exec_driver_sql(f"UPDATE counter SET next_number={following} WHERE kind='{kind}'")

    def _work(self) -> None:
        by_call = self.n_calls * 77 // 100
        other = self.n_calls - by_call
        beside = 0
        for number in range(1, self.n_jobs + 1):
            device = 1 + (number - 1) * self.n_devices // self.n_jobs
            if self.rng.random() < 0.3:
                device = self.rng.randint(1, device)
            at = self._day_of(number)
            nth_by_call = number - (self.n_jobs - by_call)
            call_id = self._job_call(number, device, at) if nth_by_call > 0 else None
            self._job(number, device, at, call_id)
            while nth_by_call > 0 and beside < nth_by_call * other // by_call:
                beside += 1
                self._other_call(min(at + timedelta(seconds=5), NOW), self.rng.randint(1, self.n_devices))

    def _call(self, at: datetime, kind: CallKind, device: int, said: str, **closed: Any) -> int:
        thing, _, _, owner = self.things[device]
        number = len(self.rows.get(tables.Call, ())) + 1
        clerk = self.rng.choice(self.clerks)
        self._add(
            tables.Call,
            number=number,
            at=at,
            taken_by=clerk,
            kind=kind,
            channel=self._pick(CHANNELS),
            customer_id=owner,
            device_id=device,
            caller_phone=self.phones[owner],
            fault=said,
            **closed,
        )
        self._findable(
            RecordKind.CALL,
            number,
            at,
            (search.NUMBER, show_number(NumberKind.CALL, number)),
            *self.phone_parts[owner],
            *self.who[owner],
            *thing,
            (search.FAULT, said),
        )
        self._event(at, clerk, RecordKind.CALL, number, "logged", after={"kind": kind.value, "fault": said})
        return number

    def _job_call(self, job: int, device: int, at: datetime) -> int:
        _, kind, _, owner = self.things[device]
        said = self._fresh_fault(kind, self.chinese[owner])
        before = at - timedelta(minutes=3)
        call_id = self._call(
            before,
            CallKind.REPAIR,
            device,
            said,
            status=CallStatus.CLOSED,
            resolution=Resolution.JOB_OPENED,
            closed_at=at,
            closed_by=self.clerks[0],
        )
        self._verdict(call_id, device, before)
        return call_id

    def _other_call(self, at: datetime, device: int) -> None:
        _, kind, _, owner = self.things[device]
        asked = self._pick(OTHER_CALLS)
        said = self._fresh_fault(kind, self.chinese[owner])
        fresh = at > NOW - timedelta(days=1)
        if fresh and self.rng.random() < 0.8:
            status = self.rng.choice((CallStatus.OPEN, CallStatus.NEEDS_VERIFICATION))
            late = at + timedelta(minutes=self.rng.randint(60, 900))
            self._call(at, asked, device, said, status=status, promised_call_back=late)
            return
        advised = asked is CallKind.ADVICE
        how = Resolution.ADVISED if advised else Resolution.ANSWERED
        call_id = self._call(
            at,
            asked,
            device,
            said,
            status=CallStatus.CLOSED,
            resolution=how,
            closed_at=at,
            closed_by=self.clerks[0],
        )
        if advised:
            self._follow_up(
                FollowUpKind.AFTER_ADVICE, at, at.astimezone(ZONE).date(), call_id=call_id, customer_id=owner
            )

    def _verdict(self, call_id: int, device: int, at: datetime) -> tuple[int, Coverage]:
        category, sold = self.things[device][1].category, self.rows[tables.Device][device - 1]["sold_on"]
        on = at.astimezone(ZONE).date()
        # one judgement for a fortnight of sale dates is enough for the size of what is stored
        key = (category, sold.replace(day=15 if sold.day > 15 else 1), on.replace(day=1))
        if key not in self.verdicts:
            facts = Facts(category=category, sold=min(sold, on), proof=Proof.TOLD)
            found = judge(facts, policies_for("CN", category), on, self.rest_days)
            head = found.headline
            stored = json.dumps(found.to_json(), ensure_ascii=False)
            pack = (head.policy, head.policy_version) if head else ("", "")
            self.verdicts[key] = (found.coverage, *pack, stored)
        coverage, policy, version, stored = self.verdicts[key]
        row = self._add(
            tables.VerdictRow,
            call_id=call_id,
            device_id=device,
            judged_at=at,
            as_of=on,
            coverage=coverage,
            policy=policy,
            policy_version=version,
            judged=stored,
        )
        return row, coverage

    def _job(self, number: int, device: int, at: datetime, call_id: int | None) -> None:
        rng = self.rng
        thing, kind, product, owner = self.things[device]
        chinese = self.chinese[owner]
        said = self.rows[tables.Call][call_id - 1]["fault"] if call_id else self._fresh_fault(kind, chinese)
        technician = rng.choice(self.technicians)
        days = min(rng.lognormvariate(0.8, 0.8), 40)
        ready_at = at + timedelta(days=days, hours=rng.randint(1, 6))
        gone_at = ready_at + timedelta(days=rng.expovariate(0.6), hours=1)
        values: Row = {
            "number": number,
            "call_id": call_id,
            "customer_id": owner,
            "device_id": device,
            "product_id": product,
            "status": JobStatus.HANDED_OVER,
            "place": Place.WORKSHOP,
            "fault": said,
            "assigned_to": technician,
            "urgency": rng.choice((Urgency.P2, Urgency.P3, Urgency.P3, Urgency.P4)),
            "wish": rng.choice((Wish.REPAIR, Wish.REPAIR, Wish.QUOTE_FIRST)),
            "opened_at": at,
            "opened_by": self.clerks[0],
            "device_here": True,
            "taken_in_at": at,
            "caused_by": CausedBy.PART_FAILED,
            "promised_for": (at + timedelta(days=9)).astimezone(ZONE).date(),
        }
        if call_id:
            verdict = self.rows[tables.VerdictRow][-1]
            values |= {"verdict_id": verdict["id"], "coverage": verdict["coverage"]}
            self._event(
                at,
                self.clerks[0],
                RecordKind.JOB,
                number,
                "opened",
                after={"status": "received", "fault": said},
            )
        else:
            values |= {"imported_from": "register", "imported_ref": f"R{number:06d}"}
        if ready_at < NOW or call_id is None:
            values |= self._repaired(number, kind, chinese, technician, min(ready_at, NOW), call_id)
        if gone_at < NOW or call_id is None:
            gone_at = min(gone_at, NOW)
            values |= {
                "status": JobStatus.HANDED_OVER if rng.random() < 0.97 else JobStatus.SETTLED,
                "closed_at": gone_at,
                "closed_by": self.clerks[0],
                "completed_on": gone_at.astimezone(ZONE).date(),
                "device_here": False,
                "status_before_closing": JobStatus.READY,
            }
            self._event(gone_at, self.clerks[0], RecordKind.JOB, number, "hand_over")
            if call_id and values["status"] is JobStatus.HANDED_OVER:
                due = values["completed_on"] + timedelta(days=3)
                self._follow_up(FollowUpKind.AFTER_HAND_OVER, None, due, job_id=number, customer_id=owner)
        elif ready_at >= NOW:
            values |= self._unfinished(at)
        self._add(tables.Job, **values)
        self._findable(
            RecordKind.JOB,
            number,
            at,
            (search.NUMBER, show_number(NumberKind.JOB, number)),
            *self.who[owner],
            *thing,
            (search.FAULT, said),
            *(
                (search.TEXT, values.get(part))
                for part in (
                    "finding",
                    "cause",
                    "action",
                    "parts_used",
                    "checks",
                    "advice",
                    "intake",
                    "wait_note",
                    "imported_ref",
                )
            ),
        )

    def _repaired(
        self, number: int, kind: Kind, chinese: bool, technician: int, at: datetime, call_id: int | None
    ) -> Row:
        finding, cause, action = repair(self.rng, kind, chinese)
        used = part_used(self.rng, kind, chinese) if self.rng.random() < 0.5 else ""
        if call_id:
            for what in ("start", "diagnose", "record", "ready"):
                self._event(at, technician, RecordKind.JOB, number, what, after={"status": AFTER[what]})
        return {
            "status": JobStatus.READY,
            "outcome": self._pick(OUTCOMES),
            "finding": finding,
            "cause": cause,
            "action": action,
            "parts_used": used,
            "minutes": self.rng.randint(10, 120),
            "test_passed": True,
            "ready_at": at,
            "first_ready_at": at,
            "informed_at": at,
            "informed_by": technician,
            "informed_channel": InformedBy.PHONE,
        }

    def _unfinished(self, at: datetime) -> Row:
        status = self._pick(OPEN_AS)
        values: Row = {"status": status}
        if status is JobStatus.RECEIVED and self.rng.random() < 0.6:
            values["assigned_to"] = None
        if status.value.startswith("awaiting") or status is JobStatus.AT_MAKER:
            values |= {
                "waiting_since": min(at + timedelta(hours=5), NOW),
                "resume_to": JobStatus.IN_REPAIR,
                "wait_note": self.rng.choice(
                    ("ordered, three days", "已订货", "asked by message", "等客户回复")
                ),
            }
        return values

    def _follow_up(self, kind: FollowUpKind, at: datetime | None, due: date, **of: int) -> None:
        number = len(self.rows.get(tables.FollowUp, ())) + 1
        values: Row = {"number": number, "kind": kind, "due_on": due, "first_due_on": due, **of}
        if at is not None:
            values["due_at"] = at + timedelta(hours=2)
        if due < TODAY - timedelta(days=2):
            answer = self._pick(ANSWERS)
            reached = self.rng.choice((Reached.YES,) * 9 + (Reached.NO_ANSWER,))
            told = reached is Reached.YES
            values |= {
                "status": FollowUpStatus.DONE,
                "attempts": self.rng.choice((1, 1, 2)),
                "reached": reached,
                "solved": Solved.YES if told else None,
                "overall": answer if told else None,
                "score": POINTS[answer] if told else None,
                "recorded_by": self.clerks[1],
                "recorded_at": datetime.combine(due, time(15), ZONE).astimezone(UTC),
            }
        self._add(tables.FollowUp, **values)


def _check(path: Path) -> None:
    """A sample of the texts is what the program itself would have written; raises ``ValueError``."""
    shop = bootstrap.open_shop(path, lambda: NOW)
    rng = Random(7)
    makers = (
        (RecordKind.CUSTOMER, tables.Customer, customers),
        (RecordKind.DEVICE, tables.Device, devices),
        (RecordKind.CALL, tables.Call, calls),
        (RecordKind.JOB, tables.Job, jobs),
    )
    with shop.store.reading() as session:
        for kind, table, module in makers:
            many = session.execute(select(func.count()).select_from(table)).scalar_one()
            for record_id in {rng.randint(1, many) for _ in range(25)}:
                before = search.of_record(session, kind, record_id)
                module.make_findable(session, session.get_one(table, record_id), "CN")
                if search.of_record(session, kind, record_id) != before:
                    raise ValueError(f"the text of {kind} {record_id} is not what the program writes")
    shop.close()


if __name__ == "__main__":
    make_shop_file(Path(sys.argv[1]), int(sys.argv[2]))
