"""Everything somebody may do to the shop file, each as one random deed that says what it wrote.

The writers of the torture call these; a test holds the list against the services, so that no write
function is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from aftersales_tui.domain.papers import Subject
from aftersales_tui.domain.words import (
    CallKind,
    Channel,
    InformedBy,
    Outcome,
    Reached,
    RecordKind,
    Resolution,
    Role,
    Satisfaction,
    Solved,
    TestResult,
    WaitFor,
)
from aftersales_tui.services import (
    calls,
    customers,
    devices,
    followups,
    jobs,
    overrides,
    own_packs,
    pins,
    staff,
    steps,
)
from aftersales_tui.services.settings import change_setting
from aftersales_tui.services.shop import Shop
from aftersales_tui.views.calls import CallLogged, NewCall, OpenJob
from aftersales_tui.views.customers import NewCustomer
from aftersales_tui.views.devices import NewDevice
from aftersales_tui.views.followups import FollowUpAnswer
from aftersales_tui.views.jobs import RepairRecord

Wrote = tuple[str, int, int]
"""Kind, id and version of a record as the service answered it; 0 where a record has no version."""

FAULTS = ("sparks inside", "no display", "leaks under the door", "打火", "屏幕不亮", "[/] =1+1 \x1b]0;x\x07")
NAMES = ("王芳", "李娜 Li Na", "O'Brien", "Müller & Söhne", "[bold]x[/]", "=cmd|' /C calc'!A0")


@dataclass
class Hand:
    """One process at work: the shop, chance, and who acts."""

    shop: Shop
    chance: Random
    by: int
    name: str

    def one(self, sql: str, *values: object) -> int | None:
        """The id of a random record that fits, if there is one."""
        with self.shop.store.reading() as session:
            found = (
                session.connection().exec_driver_sql(f"{sql} ORDER BY id DESC LIMIT 40", values).fetchall()
            )
        return int(self.chance.choice(found)[0]) if found else None

    def job(self, *statuses: str) -> int | None:
        """A job that stands in one of the statuses."""
        places = ",".join("?" * len(statuses))
        return self.one(f"SELECT id FROM job WHERE status IN ({places})", *statuses)

    def call(self, **more: Any) -> NewCall:
        """What a caller says."""
        number = self.chance.randrange(10**8)
        return NewCall(
            phone=f"138{number:08d}", name=self.chance.choice(NAMES), address="Dongmen Road 88",
            brand="Galanz 格兰仕", model=f"P{number % 40}", category="microwave",
            serial=f"SN-{self.name}-{number}", fault=self.chance.choice(FAULTS), **more,
        )  # fmt: skip


def _logged(found: CallLogged) -> list[Wrote]:
    wrote: list[Wrote] = [("call", found.call.id, found.call.version)]
    if found.job is not None:
        wrote.append(("job", found.job.id, found.job.version))
    return wrote


def _job(view: Any) -> list[Wrote]:
    return [("job", view.id, view.version)]


def _log(hand: Hand) -> Iterable[Wrote]:
    return _logged(calls.log(hand.shop, hand.call(), hand.by))


def _log_and_open(hand: Hand) -> Iterable[Wrote]:
    given = OpenJob(in_hand=hand.chance.random() < 0.7)
    return _logged(calls.log_and_open(hand.shop, hand.call(), hand.by, given))


def _log_and_advise(hand: Hand) -> Iterable[Wrote]:
    return _logged(calls.log_and_advise(hand.shop, hand.call(), hand.by))


def _log_and_answer(hand: Hand) -> Iterable[Wrote]:
    return _logged(calls.log_and_answer(hand.shop, hand.call(kind=CallKind.PROGRESS), hand.by))


def _open_call(hand: Hand) -> int | None:
    return hand.one("SELECT id FROM call WHERE status <> 'closed'")


def _open_on_device(hand: Hand) -> Iterable[Wrote]:
    device = hand.one("SELECT id FROM device")
    return _job(calls.open_on_device(hand.shop, device, "rattles", hand.by)) if device else ()


def _open_job(hand: Hand) -> Iterable[Wrote]:
    call = _open_call(hand)
    return _logged(calls.open_job(hand.shop, call, hand.by)) if call else ()


def _close(hand: Hand) -> Iterable[Wrote]:
    call = _open_call(hand)
    how = hand.chance.choice((Resolution.ADVISED, Resolution.ANSWERED, Resolution.DUPLICATE))
    return _logged(calls.close(hand.shop, call, how, hand.by, "done")) if call else ()


def _reopen_call(hand: Hand) -> Iterable[Wrote]:
    call = hand.one(
        "SELECT id FROM call WHERE status = 'closed' AND resolution <> 'job_opened' "
        "AND id NOT IN (SELECT call_id FROM job WHERE call_id IS NOT NULL)"
    )
    if call is None:
        return ()
    view = calls.reopen(hand.shop, call, "a mistake", hand.by)
    return [("call", view.id, view.version)]


def _log_answered(hand: Hand) -> Iterable[Wrote]:
    job = hand.job("received", "diagnosing", "in_repair", "ready")
    if job is None:
        return ()
    view = calls.log_answered(hand.shop, job, Channel.PHONE, hand.by)
    return [("call", view.id, view.version)]


def _complete(hand: Hand) -> Iterable[Wrote]:
    call = _open_call(hand)
    return _logged(calls.complete(hand.shop, call, hand.call(), hand.by)) if call else ()


def _edit_call(hand: Hand) -> Iterable[Wrote]:
    call = _open_call(hand)
    if call is None:
        return ()
    shown = calls.show(hand.shop, call)
    view = calls.edit(
        hand.shop, call, shown={"version": shown.version, "fault": shown.fault},
        changes={"fault": f"{hand.name} {hand.chance.random()}"}, by=hand.by,
    )  # fmt: skip
    return [("call", view.id, view.version)]


def _note_call(hand: Hand) -> Iterable[Wrote]:
    call = hand.one("SELECT id FROM call")
    if call is None:
        return ()
    view = calls.note(hand.shop, call, f"note {hand.name}", hand.by)
    return [("call", view.id, view.version)]


def _add_customer(hand: Hand) -> Iterable[Wrote]:
    number = hand.chance.randrange(10**8)
    new = NewCustomer(name=hand.chance.choice(NAMES), phones=(f"139{number:08d}",))
    view = customers.add(hand.shop, new, hand.by)
    return [("customer", view.id, view.version)]


def _a_customer(hand: Hand) -> int | None:
    return hand.one("SELECT id FROM customer WHERE merged_into IS NULL")


def _edit_customer(hand: Hand) -> Iterable[Wrote]:
    customer = _a_customer(hand)
    if customer is None:
        return ()
    shown = customers.show(hand.shop, customer)
    view = customers.edit(
        hand.shop, customer, shown={"version": shown.version, "address": shown.address},
        changes={"address": f"{hand.name} {hand.chance.random()}"}, by=hand.by,
    )  # fmt: skip
    return [("customer", view.id, view.version)]


def _merge(hand: Hand) -> Iterable[Wrote]:
    double, kept = _a_customer(hand), _a_customer(hand)
    if double is None or kept is None or double == kept:
        return ()
    view = customers.merge(hand.shop, double, kept, hand.by)
    return [("customer", view.id, view.version)]


def _note_customer(hand: Hand) -> Iterable[Wrote]:
    customer = _a_customer(hand)
    if customer is None:
        return ()
    view = customers.note(hand.shop, customer, f"note {hand.name}", hand.by)
    return [("customer", view.id, view.version)]


def _add_device(hand: Hand) -> Iterable[Wrote]:
    new = NewDevice(brand="Midea", model="KFR-35", serial=f"D-{hand.name}-{hand.chance.randrange(10**9)}")
    view = devices.add(hand.shop, new, hand.by)
    return [("device", view.id, view.version)]


def _edit_device(hand: Hand) -> Iterable[Wrote]:
    device = hand.one("SELECT id FROM device")
    if device is None:
        return ()
    shown = devices.show(hand.shop, device)
    view = devices.edit(
        hand.shop, device, shown={"version": shown.version, "notes": shown.notes},
        changes={"notes": f"{hand.name} {hand.chance.random()}"}, by=hand.by,
    )  # fmt: skip
    return [("device", view.id, view.version)]


def _follow_up(hand: Hand) -> Iterable[Wrote]:
    due = hand.one("SELECT id FROM follow_up WHERE status = 'open'")
    if due is None:
        return ()
    reached = FollowUpAnswer(reached=Reached.YES, solved=Solved.YES, overall=Satisfaction.SATISFIED)
    answer = hand.chance.choice((reached, FollowUpAnswer(reached=Reached.NO_ANSWER)))
    view = followups.record(hand.shop, due, answer, hand.by)
    return [("follow_up", view.id, view.version)]


def _assign(hand: Hand) -> Iterable[Wrote]:
    job = hand.job("expected", "received", "diagnosing", "in_repair")
    return _job(jobs.assign(hand.shop, job, hand.by, hand.by)) if job else ()


def _note_job(hand: Hand) -> Iterable[Wrote]:
    job = hand.one("SELECT id FROM job")
    return _job(jobs.note(hand.shop, job, f"note {hand.name}", hand.by)) if job else ()


def _informed(hand: Hand) -> Iterable[Wrote]:
    job = hand.job("ready")
    return _job(jobs.informed(hand.shop, job, "wife", InformedBy.PHONE, hand.by)) if job else ()


def _edit_job(hand: Hand) -> Iterable[Wrote]:
    job = hand.job("received", "diagnosing", "in_repair")
    if job is None:
        return ()
    shown = jobs.show(hand.shop, job)
    view = jobs.edit(
        hand.shop, job, shown={"version": shown.version, "shelf": shown.shelf},
        changes={"shelf": f"{hand.name}{hand.chance.randrange(99)}"}, by=hand.by,
    )  # fmt: skip
    return _job(view)


FIXED = RepairRecord(outcome=Outcome.FIXED, cause="grease", action="replaced the mica")


def _step(statuses: tuple[str, ...], take: Callable[[Hand, int], Any]) -> Callable[[Hand], Iterable[Wrote]]:
    def deed(hand: Hand) -> Iterable[Wrote]:
        job = hand.job(*statuses)
        return _job(take(hand, job)) if job is not None else ()

    return deed


def _setting(hand: Hand) -> Iterable[Wrote]:
    change_setting(hand.shop, "turnaround_days", str(hand.chance.randrange(3, 15)), hand.by)
    return ()


def _add_person(hand: Hand) -> Iterable[Wrote]:
    view = staff.add(hand.shop, f"{hand.name} {hand.chance.randrange(10**9)}", Role.TECHNICIAN, hand.by)
    return [("staff", view.id, 0)]


def _deactivate(hand: Hand) -> Iterable[Wrote]:
    person = hand.one("SELECT id FROM staff WHERE active = 1 AND role = 'technician' AND id <> ?", hand.by)
    return [("staff", staff.deactivate(hand.shop, person, hand.by).id, 0)] if person else ()


def _a_technician(hand: Hand, active: int = 1) -> int | None:
    return hand.one(
        "SELECT id FROM staff WHERE active = ? AND role = 'technician' AND id <> ?", active, hand.by
    )


def _activate(hand: Hand) -> Iterable[Wrote]:
    person = _a_technician(hand, active=0)
    return [("staff", staff.activate(hand.shop, person, hand.by).id, 0)] if person else ()


def _set_role(hand: Hand) -> Iterable[Wrote]:
    person = _a_technician(hand)
    return [("staff", staff.set_role(hand.shop, person, Role.TECHNICIAN, hand.by).id, 0)] if person else ()


def _set_pin(hand: Hand) -> Iterable[Wrote]:
    person = _a_technician(hand)
    return [("staff", pins.set_pin(hand.shop, person, "4711", hand.by).id, 0)] if person else ()


def _clear_pin(hand: Hand) -> Iterable[Wrote]:
    person = hand.one("SELECT id FROM staff WHERE role = 'technician' AND pin <> ''")
    return [("staff", pins.clear_pin(hand.shop, person, hand.by).id, 0)] if person else ()


def _override(hand: Hand) -> Iterable[Wrote]:
    job = hand.job("received", "diagnosing", "in_repair")
    if job is not None:
        overrides.override(hand.shop, Subject(RecordKind.JOB, job), "goodwill", "a good customer", hand.by)
    return ()


def _withdraw(hand: Hand) -> Iterable[Wrote]:
    job = hand.job("received", "diagnosing", "in_repair")
    if job is not None:
        overrides.withdraw(hand.shop, Subject(RecordKind.JOB, job), "a mistake", hand.by)
    return ()


def _add_pack(hand: Hand) -> Iterable[Wrote]:
    name = f"promise-{hand.name}"
    text = PACK.format(id=name, version=hand.chance.randrange(10**9))
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.toml"
        path.write_text(text, encoding="utf-8")
        own_packs.add(hand.shop, path, hand.by)
    return ()


def _retire_pack(hand: Hand) -> Iterable[Wrote]:
    own_packs.retire(hand.shop, f"promise-{hand.name}", hand.by)
    return ()


def _use_pack(hand: Hand) -> Iterable[Wrote]:
    own_packs.use(hand.shop, "cn-zhejiang", hand.by)
    return ()


def _unuse_pack(hand: Hand) -> Iterable[Wrote]:
    own_packs.unuse(hand.shop, "cn-zhejiang", hand.by)
    return ()


PACK = """schema = 1
[pack]
id = "{id}"
version = "{version}"
title = {{ en = "Promise", zh = "承诺" }}
jurisdiction = "shop"
layer = "shop"
[clock]
start_basis = ["sold"]
[[window]]
remedy = ["repair"]
length = {{ years = 2 }}
cite = "promise"
"""

_WAITING = ("awaiting_parts", "awaiting_approval", "awaiting_customer", "at_maker")
_AT_WORK = ("received", "diagnosing", "in_repair", "testing")

DEEDS: dict[str, tuple[int, Callable[[Hand], Iterable[Wrote]]]] = {
    "calls.log": (6, _log),
    "calls.log_and_open": (14, _log_and_open),
    "calls.log_and_advise": (3, _log_and_advise),
    "calls.log_and_answer": (2, _log_and_answer),
    "calls.open_on_device": (2, _open_on_device),
    "calls.open_job": (3, _open_job),
    "calls.close": (3, _close),
    "calls.reopen": (1, _reopen_call),
    "calls.log_answered": (2, _log_answered),
    "calls.complete": (2, _complete),
    "calls.edit": (3, _edit_call),
    "calls.note": (2, _note_call),
    "customers.add": (2, _add_customer),
    "customers.edit": (3, _edit_customer),
    "customers.merge": (1, _merge),
    "customers.note": (1, _note_customer),
    "devices.add": (2, _add_device),
    "devices.edit": (3, _edit_device),
    "followups.record": (3, _follow_up),
    "jobs.assign": (3, _assign),
    "jobs.note": (2, _note_job),
    "jobs.informed": (2, _informed),
    "jobs.edit": (3, _edit_job),
    "steps.take_in": (4, _step(("expected",), lambda h, j: steps.take_in(h.shop, j, h.by, shelf="A1"))),
    "steps.start": (8, _step(("received",), lambda h, j: steps.start(h.shop, j, h.by))),
    "steps.not_home": (
        1,
        _step(
            ("expected",),
            lambda h, j: steps.not_home(h.shop, j, "nobody", h.by, h.shop.clock() + timedelta(days=1)),
        ),
    ),
    "steps.diagnose": (8, _step(("diagnosing",), lambda h, j: steps.diagnose(h.shop, j, "burnt", h.by))),
    "steps.wait": (
        3,
        _step(("received", "diagnosing", "in_repair"), lambda h, j: steps.wait(
            h.shop, j, h.chance.choice(tuple(WaitFor)), h.by, note="mica"
        )),
    ),
    "steps.resume": (3, _step(_WAITING, lambda h, j: steps.resume(h.shop, j, h.by))),
    "steps.record": (6, _step(("in_repair",), lambda h, j: steps.record(h.shop, j, FIXED, h.by))),
    "steps.note_work": (2, _step(("in_repair",), lambda h, j: steps.note_work(h.shop, j, FIXED, h.by))),
    "steps.test": (
        6,
        _step(("testing",), lambda h, j: steps.test(h.shop, j, h.chance.choice(tuple(TestResult)), h.by)),
    ),
    "steps.put_off_test": (1, _step(("testing",), lambda h, j: steps.put_off_test(h.shop, j, h.by))),
    "steps.ready": (6, _step(("testing",), lambda h, j: steps.ready(h.shop, j, h.by))),
    "steps.record_test_ready": (
        3,
        _step(("in_repair",), lambda h, j: steps.record_test_ready(
            h.shop, j, FIXED, h.by, result=TestResult.PASSED, ready=True
        )),
    ),
    "steps.rework": (1, _step(("ready",), lambda h, j: steps.rework(h.shop, j, "hums again", h.by))),
    "steps.hand_over": (6, _step(("ready",), lambda h, j: steps.hand_over(h.shop, j, h.by))),
    "steps.settle": (
        1, _step(("ready",), lambda h, j: steps.settle(h.shop, j, Outcome.REFUNDED, "money back", h.by)),
    ),
    "steps.cancel": (1, _step(_AT_WORK, lambda h, j: steps.cancel(h.shop, j, "changed her mind", h.by))),
    "steps.reopen": (
        1,
        _step(("handed_over", "settled", "cancelled"), lambda h, j: steps.reopen(h.shop, j, "mistake", h.by)),
    ),
    "settings.change_setting": (1, _setting),
    "staff.add": (1, _add_person),
    "staff.deactivate": (1, _deactivate),
    "staff.activate": (1, _activate),
    "staff.set_role": (1, _set_role),
    "pins.set_pin": (1, _set_pin),
    "pins.clear_pin": (1, _clear_pin),
    "overrides.override": (2, _override),
    "overrides.withdraw": (1, _withdraw),
    "own_packs.add": (1, _add_pack),
    "own_packs.retire": (1, _retire_pack),
    "own_packs.use": (1, _use_pack),
    "own_packs.unuse": (1, _unuse_pack),
}  # fmt: skip
"""How often a deed is done among the others, and the deed, by the service function it calls."""

_ONE_TRANSACTION = (
    "a list of thousands of rows in one transaction; an interrupted one is tested with the imports"
)
_WHOLE_FILE = "it writes the whole file anew after its transaction, which nobody does beside seven others"
NOT_DONE_HERE = {
    "importing.import_repairs": _ONE_TRANSACTION,
    "registry.import_customers": _ONE_TRANSACTION,
    "registry.import_devices": _ONE_TRANSACTION,
    "person_export.export": "it writes files beside the shop file, and one event",
    "privacy.erase": _WHOLE_FILE,
    "privacy.erase_due": _WHOLE_FILE,
    "privacy.tidy": _WHOLE_FILE,
    "backups.may_restore": "a question, it writes nothing",
}
"""Write functions that the writers leave out, with the reason."""


def some_deed(hand: Hand) -> tuple[str, list[Wrote]]:
    """Does one thing; what it wrote, and the name of the service function."""
    names = list(DEEDS)
    name = hand.chance.choices(names, weights=[DEEDS[one][0] for one in names])[0]
    return name, list(DEEDS[name][1](hand))
