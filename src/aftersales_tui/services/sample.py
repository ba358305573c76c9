"""The sample shop: its hand-written files, played through the use cases with a clock that goes along."""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from sqlite3 import sqlite_version
from zoneinfo import ZoneInfo

from aftersales_tui import paths
from aftersales_tui.domain.dates import local_day
from aftersales_tui.domain.errors import StoreFault
from aftersales_tui.domain.words import (
    AsBefore,
    CallKind,
    Cause,
    CausedBy,
    Channel,
    InformedBy,
    Outcome,
    Place,
    Proof,
    Reached,
    Resolution,
    Role,
    Satisfaction,
    Solved,
    TestResult,
    Urgency,
    WaitFor,
    Wish,
)
from aftersales_tui.services import calls, customers, devices, followups, jobs, staff, steps
from aftersales_tui.services.settings import furnish
from aftersales_tui.services.shop import Shop
from aftersales_tui.store import shop_file
from aftersales_tui.store.engine import Store
from aftersales_tui.store.moving import copy_moved
from aftersales_tui.views.calls import NewCall, OpenJob
from aftersales_tui.views.customers import NewCustomer
from aftersales_tui.views.devices import NewDevice
from aftersales_tui.views.followups import FollowUpAnswer
from aftersales_tui.views.jobs import RepairRecord
from aftersales_tui.views.shop import NewShop

Row = Mapping[str, str]
Progress = Callable[[int, int], None]


def load_sample(
    path: Path,
    folder: Path,
    now: datetime,
    *,
    templates: Path | None = None,
    progress: Progress | None = None,
) -> None:
    """Make the shop file ``path`` and fill it with the sample shop of ``folder``, moved to ``now`` (aware).

    Every date moves by the same whole number of days, so that the newest day of the data is the
    shop-local day of ``now``; what would lie later than ``now`` on that day happens at ``now``.
    The telling takes some seconds, so it is done once and kept in the folder ``templates``, when
    one is given, for as long as neither program nor data change. ``progress`` is told how many of
    how many entries are done. Open the file with ``bootstrap.open_shop`` afterwards. Raises
    ``StoreFault`` as ``shop_file.create`` does; a file that could not be filled is removed again.
    """
    story = _Story(folder)
    kept = templates / f"sample-{_mark(folder)}.db" if templates else None
    shop_file.create(path)
    try:
        if kept is not None and kept.is_file():
            # a kept file that went bad is told anew below
            with suppress(StoreFault):
                _copy(story, kept, path, now)
                return
        with tempfile.TemporaryDirectory(prefix="aftersales-") as temporary:
            told = Path(temporary) / "sample.db"
            _tell(story, told, progress)
            _copy(story, told, path, now)
            if kept is not None:
                with suppress(OSError):
                    _keep(told, kept)
    except BaseException:
        shop_file.remove(path)
        raise


def _copy(story: _Story, told: Path, path: Path, now: datetime) -> None:
    days = (local_day(now, story.zone) - story.about["anchor_day"]).days
    with _opened(told, now) as source, _opened(path, now) as target:
        copy_moved(source, target, days, now.astimezone(UTC))


@contextmanager
def _opened(path: Path, now: datetime) -> Iterator[Store]:
    store = shop_file.open_store(path, lambda: now)
    try:
        yield store
    finally:
        store.close()


def _mark(folder: Path) -> str:
    """What changes when the program or its sample data does."""
    program = Path(__file__).parent.parent
    files = [path for path in program.rglob("*") if path.suffix in (".py", ".sql", ".toml")]
    stamps = [
        (path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in (*files, *folder.iterdir())
    ]
    return sha256(repr((sqlite_version, sorted(stamps))).encode()).hexdigest()[:16]


def _keep(told: Path, kept: Path) -> None:
    """Put a copy where the next demo finds it, whole or not at all, in place of older ones."""
    paths.private_folder(kept.parent)
    handle, name = tempfile.mkstemp(dir=kept.parent, prefix=".sample-")
    os.close(handle)
    shutil.copyfile(told, name)
    Path(name).replace(kept)
    for older in kept.parent.glob("sample-*.db"):
        if older != kept:
            older.unlink(missing_ok=True)


def _tell(story: _Story, path: Path, progress: Progress | None) -> None:
    new = NewShop(
        name=story.about["name"],
        region=story.about["region"],
        currency=story.about["currency"],
        timezone=story.about["timezone"],
        owner=story.owner["name"],
    )
    shop_file.create(path)
    with _opened(path, story.clock) as store, store.in_one_go():
        teller = _Teller(Shop(store, lambda: story.clock), story)
        teller.staff[story.owner["key"]] = furnish(store, lambda: story.clock, new)
        teller.tell(progress)


def _table(folder: Path, name: str) -> list[Row]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class _Story:
    """The files of the sample shop, and the clock of the telling."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.about = tomllib.loads((folder / "shop.toml").read_text(encoding="utf-8"))
        self.zone = ZoneInfo(self.about["timezone"])
        names = ("staff", "customers", "products", "devices", "calls", "jobs", "steps", "follow_ups")
        self.rows = {name: _table(folder, name) for name in names}
        self.owner = next(row for row in self.rows["staff"] if row["role"] == Role.OWNER)
        self.start = self.moment(min(row["at"] for row in self.rows["calls"])[:10] + " 09:00")
        self.clock = self.start

    def moment(self, text: str) -> datetime:
        """The UTC instant of a shop-local moment."""
        return datetime.fromisoformat(text).replace(tzinfo=self.zone).astimezone(UTC)


def _day(text: str) -> date | None:
    """The day of a date or moment; None when the cell is empty."""
    return date.fromisoformat(text[:10]) if text else None


@dataclass(slots=True)
class _Teller:
    """Plays the entries in the order of their times; the keys of the files become ids on the way."""

    shop: Shop
    story: _Story
    staff: dict[str, int] = field(default_factory=dict)
    customers: dict[str, int] = field(default_factory=dict)
    devices: dict[str, int] = field(default_factory=dict)
    calls: dict[str, int] = field(default_factory=dict)
    jobs: dict[str, int] = field(default_factory=dict)
    follow_ups: dict[str, int] = field(default_factory=dict)

    def tell(self, progress: Progress | None) -> None:
        """Everything that happened, oldest first."""
        entries = sorted(self._entries(), key=lambda entry: entry[:2])
        for done, (at, _, play, row) in enumerate(entries, start=1):
            self.story.clock = at
            play(row)
            if progress is not None and (done % 50 == 0 or done == len(entries)):
                progress(done, len(entries))

    def _entries(self) -> Iterator[tuple[datetime, int, Callable[[Row], None], Row]]:
        rows, story = self.story.rows, self.story
        for row in rows["staff"]:
            if row["key"] not in self.staff:
                yield story.start, 0, self._staff, row
        for row in rows["customers"]:
            yield story.start, 1, self._customer, row
        for row in rows["devices"]:
            yield self._put_on_file(row), 2, self._device, row
        for row in rows["calls"]:
            yield story.moment(row["at"]), 3, self._call, row
            if row["later"]:
                yield story.moment(row["later_at"]), 3, self._later, row
        for row in rows["steps"]:
            yield story.moment(row["at"]), 4, self._step, row
        for row in rows["follow_ups"]:
            yield story.moment(row["at"]), 5, self._follow_up, row

    def _put_on_file(self, row: Row) -> datetime:
        """A unit sold while the story runs is put on file on the day its card was complete."""
        known = max(row[name] for name in ("sold", "delivered", "installed", "accepted", "produced"))
        start = self.story.start
        return max(start, self.story.moment(f"{known} 09:00")) if known else start

    def _staff(self, row: Row) -> None:
        owner = self.staff[self.story.owner["key"]]
        self.staff[row["key"]] = staff.add(self.shop, row["name"], Role(row["role"]), owner).id

    def _customer(self, row: Row) -> None:
        new = NewCustomer(
            name=row["name"],
            phones=tuple(row["phones"].split(" | ")) if row["phones"] else (),
            region=row["region"],
            address=row["address"],
            email=row["email"],
            price_group=row["price_group"],
            notes=row["notes"],
        )
        self.customers[row["key"]] = customers.add(self.shop, new, self._clerk()).id

    def _clerk(self) -> int:
        return next(self.staff[row["key"]] for row in self.story.rows["staff"] if row["role"] == Role.CLERK)

    def _device(self, row: Row) -> None:
        of = next(product for product in self.story.rows["products"] if product["key"] == row["product"])
        new = NewDevice(
            customer_id=self.customers[row["customer"]],
            brand=of["brand"],
            model=of["model"],
            category=of["category"],
            serial=row["serial"],
            sold_on=_day(row["sold"]),
            delivered_on=_day(row["delivered"]),
            installed_on=_day(row["installed"]),
            accepted_on=_day(row["accepted"]),
            produced_on=_day(row["produced"]),
            invoice_no=row["invoice_no"],
            proof=Proof(row["proof"]),
            seller=row["seller"],
            place=row["place"],
            notes=row["notes"],
        )
        self.devices[row["key"]] = devices.add(self.shop, new, self._clerk()).id

    def _call(self, row: Row) -> None:
        by = self.staff[row["taken_by"]]
        job = self._job_of(row)
        before = self.jobs.get(job["rework_of"]) if job else None
        new = NewCall(
            kind=CallKind(row["kind"]),
            channel=Channel(row["channel"]),
            customer_id=self.customers.get(row["customer"]),
            name=row["caller_name"],
            phone=row["phone"],
            device_id=self.devices.get(row["device"]),
            fault=row["fault"],
            as_before=AsBefore(row["as_before"]),
            as_before_job_id=before if row["as_before"] == AsBefore.YES else None,
            cause=Cause(row["cause"]),
            wish=Wish(row["wish"]),
            urgency=Urgency(row["urgency"]),
            place=Place(row["place"]) if row["place"] else Place.WORKSHOP,
            call_back_at=(
                self.story.moment(row["promised_call_back"]) if row["promised_call_back"] else None
            ),
        )
        if row["now"] == "job" and job is not None:
            logged = calls.log_and_open(self.shop, new, by, self._opening(row, job))
            assert logged.job is not None
            self.jobs[job["key"]] = logged.job.id
        elif row["now"] == "advise":
            logged = calls.log_and_advise(self.shop, new, by)
            assert logged.follow_up_number is not None
            self.follow_ups[row["key"]] = followups.id_of(self.shop, logged.follow_up_number)
        else:
            logged = calls.log(self.shop, new, by)
        self.calls[row["key"]] = logged.call.id

    def _job_of(self, call: Row) -> Row | None:
        return next((job for job in self.story.rows["jobs"] if job["call"] == call["key"]), None)

    def _opening(self, call: Row, job: Row) -> OpenJob:
        in_hand = call["channel"] == Channel.WALK_IN and call["place"] == Place.WORKSHOP
        return OpenJob(
            in_hand=in_hand,
            assigned_to=self.staff.get(job["assigned_to"]),
            promised_for=_day(job["promised_for"]),
            intake=job["intake"] if in_hand else "",
            shelf=job["shelf"] if in_hand else "",
            rework_of=self.jobs.get(job["rework_of"]),
        )

    def _later(self, row: Row) -> None:
        by, call_id = self.staff[row["later_by"]], self.calls[row["key"]]
        resolution = Resolution(row["later"])
        if resolution is not Resolution.JOB_OPENED:
            calls.close(self.shop, call_id, resolution, by)
            return
        job = self._job_of(row)
        assert job is not None
        opened = calls.open_job(self.shop, call_id, by, self._opening(row, job)).job
        assert opened is not None
        self.jobs[job["key"]] = opened.id

    def _step(self, row: Row) -> None:
        shop, job, by = self.shop, self.jobs[row["job"]], self.staff[row["by"]]
        match row["step"]:
            case "take_in":
                of = next(job for job in self.story.rows["jobs"] if job["key"] == row["job"])
                steps.take_in(shop, job, by, intake=of["intake"], shelf=of["shelf"])
            case "assign":
                jobs.assign(shop, job, self.staff[row["to"]], by)
            case "start":
                steps.start(shop, job, by)
            case "diagnose":
                steps.diagnose(shop, job, row["finding"], by)
            case "wait":
                steps.wait(shop, job, WaitFor(row["for"]), by, note=row["note"])
            case "resume":
                steps.resume(shop, job, by)
                if row["note"]:
                    jobs.note(shop, job, row["note"], by)
            case "record":
                steps.record(shop, job, _record(row), by)
            case "test":
                steps.test(shop, job, TestResult(row["result"]), by)
            case "ready":
                steps.ready(shop, job, by)
            case "rework":
                steps.rework(shop, job, row["reason"], by)
            case "hand_over":
                steps.hand_over(shop, job, by, row["note"])
                follow_up = followups.for_job(shop, job)
                assert follow_up is not None
                self.follow_ups[row["job"]] = follow_up
            case "settle":
                steps.settle(shop, job, Outcome(row["outcome"]), row["reason"], by)
            case "cancel":
                steps.cancel(shop, job, row["reason"], by)
            case "note":
                jobs.note(shop, job, row["note"], by)
            case "informed":
                jobs.informed(shop, job, self._whom(row["job"]), InformedBy(row["via"]), by)
            case other:
                msg = f"steps.csv: no step is called {other!r}"
                raise ValueError(msg)

    def _whom(self, job_key: str) -> str:
        rows = self.story.rows
        job = next(job for job in rows["jobs"] if job["key"] == job_key)
        call = next(call for call in rows["calls"] if call["key"] == job["call"])
        return next(row["name"] for row in rows["customers"] if row["key"] == call["customer"])

    def _follow_up(self, row: Row) -> None:
        answer = FollowUpAnswer(
            reached=Reached(row["reached"]),
            solved=Solved(row["solved"]) if row["solved"] else None,
            quality=Satisfaction(row["quality"]) if row["quality"] else None,
            attitude=Satisfaction(row["attitude"]) if row["attitude"] else None,
            overall=Satisfaction(row["score"]) if row["score"] else None,
            opinion=row["opinion"],
            promised=row["promised"],
            promised_by=_day(row["promised_by"]),
            lead=row["lead"] == "yes",
        )
        about = self.follow_ups[row["job"] or row["call"]]
        followups.record(self.shop, about, answer, self.staff[row["by"]])


def _record(row: Row) -> RepairRecord:
    return RepairRecord(
        outcome=Outcome(row["outcome"]),
        finding=row["finding"],
        cause=row["cause"],
        action=row["action"],
        caused_by=CausedBy(row["caused_by"]) if row["caused_by"] else None,
        parts_used=row["parts_used"],
        minutes=int(row["minutes"]) if row["minutes"] else None,
        advice=row["advice"],
    )
