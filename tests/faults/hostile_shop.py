"""One record of everything, every text of it handed in by somebody hostile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from hostile import steering

from aftersales_tui.domain.errors import Refused
from aftersales_tui.domain.text import clean
from aftersales_tui.domain.words import (
    InformedBy,
    Outcome,
    Reached,
    RecordKind,
    Role,
    Satisfaction,
    Solved,
    TestResult,
    WaitFor,
)
from aftersales_tui.i18n.messages import sentence
from aftersales_tui.services import calls, customers, devices, followups, jobs, staff, steps
from aftersales_tui.services.fields import LINES
from aftersales_tui.services.settings import change_setting
from aftersales_tui.views.calls import NewCall, OpenJob
from aftersales_tui.views.followups import FollowUpAnswer
from aftersales_tui.views.jobs import RepairRecord
from shops import Desk

T = TypeVar("T")

IN_CALL = ("phone", "name", "region", "address", "email", "brand", "model", "serial", "invoice_no", "seller",
           "fault")  # fmt: skip
OF_CUSTOMER = ("price_group", "notes")
OF_DEVICE = ("place", "device_notes")
OF_RECORD = ("finding", "cause", "action", "parts_used", "checks", "advice")
FIELDS = (
    *IN_CALL, "intake", "shelf", *OF_CUSTOMER, *OF_DEVICE, "call_note", "wait_note", "reason", *OF_RECORD,
    "test_note", "job_note", "whom", "hand_over_note", "opinion", "promised",
)  # fmt: skip
"""Every text that a customer's story may hold."""
_OTHER_NAME = {
    "device_notes": "notes", "call_note": "notes", "reason": "notes", "test_note": "notes",
    "job_note": "notes", "whom": "name", "hand_over_note": "notes", "wait_note": "notes",
}  # fmt: skip
"""What the services call a text that is not called so on file."""
NEEDED = {"name": "Wang", "brand": "Galanz", "fault": "sparks", "finding": "burnt", "cause": "grease",
          "action": "cleaned", "phone": "", "model": "", "serial": ""}  # fmt: skip
"""What stands there instead of a text that was refused or came to nothing."""
_UNIQUE = ("phone", "model", "serial")
"""Fields by which somebody or something is known again: each story has its own."""


@dataclass(frozen=True)
class Told:
    """The ids of a story, its texts as they should stand on file, and which of them were refused."""

    customer: int
    device: int
    call: int
    job: int
    job_number: int
    follow_up: int
    kept: Mapping[str, str]
    refused: Mapping[str, str]


class Teller:
    """Hands texts in; a refusal has to name its field, which is then left out."""

    def __init__(self, desk: Desk, texts: Mapping[str, str]) -> None:
        desk.made += 1
        self.tail = f" {desk.made:07d}"
        self.texts = {name: texts[name] + self._tail(name) for name in FIELDS}
        self.refused: dict[str, str] = {}
        for name, instead in NEEDED.items():
            if not clean(self.texts[name]):
                self.texts[name] = instead

    def _tail(self, name: str) -> str:
        return self.tail if name in _UNIQUE else ""

    def hand_in(self, act: Callable[[], T], *fields: str) -> T:
        """Does it; what is refused is named, said harmlessly, and left out."""
        for _try in range(len(fields) + 1):
            try:
                return act()
            except Refused as error:
                for problem in error.problems:
                    self._refuse(problem.field, sentence(problem), fields)
        raise AssertionError("refused once more")

    def _refuse(self, field: str, said: str, fields: tuple[str, ...]) -> None:
        guilty = [
            name for name in fields if _OTHER_NAME.get(name, name) == field and name not in self.refused
        ]
        assert guilty, (field, said, fields)
        assert said
        assert not steering(said)
        for name in guilty:
            self.refused[name] = said
            self.texts[name] = NEEDED.get(name, "") + self._tail(name)

    def note(self, field: str, write: Callable[[], object]) -> None:
        """A text that is nothing by itself: left out where nothing of it is left."""
        if clean(self.texts[field]):
            self.hand_in(write, field)
            if field in self.refused:
                self.texts[field] = ""


def tell(desk: Desk, texts: Mapping[str, str]) -> Told:
    """A story from the call to the follow-up, with these texts in it."""
    teller = Teller(desk, texts)
    t, file, clerk, bench = teller.texts, desk.shop, desk.clerk, desk.technician

    def log() -> calls.CallLogged:
        said = {name: t[name] for name in IN_CALL}
        new = NewCall(category="microwave", **said)  # type: ignore[arg-type]
        return calls.log_and_open(
            file, new, clerk, OpenJob(in_hand=True, intake=t["intake"], shelf=t["shelf"])
        )

    logged = teller.hand_in(log, *IN_CALL, "intake", "shelf")
    assert logged.job is not None
    call, job = logged.call.id, logged.job.id
    customer, device = logged.call.customer_id, logged.call.device_id
    assert customer is not None
    assert device is not None
    card = customers.show(file, customer)
    teller.hand_in(
        lambda: customers.edit(
            file, customer,
            shown={"version": card.version, "price_group": card.price_group, "notes": card.notes},
            changes={name: t[name] for name in OF_CUSTOMER}, by=clerk,
        ),
        *OF_CUSTOMER,
    )  # fmt: skip
    unit = devices.show(file, device)
    teller.hand_in(
        lambda: devices.edit(
            file, device, shown={"version": unit.version, "place": unit.place, "notes": unit.notes},
            changes={"place": t["place"], "notes": t["device_notes"]}, by=clerk,
        ),
        *OF_DEVICE,
    )  # fmt: skip
    teller.note("call_note", lambda: calls.note(file, call, t["call_note"], clerk))
    teller.note("job_note", lambda: jobs.note(file, job, t["job_note"], bench))
    steps.start(file, job, bench)
    teller.hand_in(lambda: steps.wait(file, job, WaitFor.PARTS, bench, note=t["wait_note"]), "wait_note")
    steps.resume(file, job, bench)
    teller.hand_in(lambda: steps.diagnose(file, job, t["finding"], bench), "finding")
    teller.note("reason", lambda: steps.diagnose(file, job, "looked again", bench, reason=t["reason"]))

    def record() -> object:
        said = {name: t[name] for name in OF_RECORD}
        return steps.record(file, job, RepairRecord(outcome=Outcome.FIXED, **said), bench)  # type: ignore[arg-type]

    teller.hand_in(record, *OF_RECORD)
    teller.hand_in(lambda: steps.test(file, job, TestResult.PASSED, bench, t["test_note"]), "test_note")
    steps.ready(file, job, bench)
    teller.hand_in(lambda: jobs.informed(file, job, t["whom"], InformedBy.PHONE, clerk), "whom")
    teller.hand_in(lambda: steps.hand_over(file, job, clerk, t["hand_over_note"]), "hand_over_note")
    due = followups.for_job(file, job)
    assert due is not None

    def follow_up() -> object:
        answer = FollowUpAnswer(reached=Reached.YES, solved=Solved.YES, overall=Satisfaction.SATISFIED,
                                opinion=t["opinion"], promised=t["promised"])  # fmt: skip
        return followups.record(file, due, answer, clerk)

    teller.hand_in(follow_up, "opinion", "promised")
    kept = {name: clean(text, lines=_OTHER_NAME.get(name, name) in LINES) for name, text in t.items()}
    return Told(customer, device, call, job, logged.job.number, due, kept, teller.refused)


def read_back(desk: Desk, told: Told) -> dict[str, str]:
    """The texts of a story as the services read them from the file."""
    file = desk.shop
    customer, device = customers.show(file, told.customer), devices.show(file, told.device)
    call, job, sheet = (
        calls.show(file, told.call),
        jobs.show(file, told.job),
        followups.show(file, told.follow_up),
    )
    found = {name: getattr(customer, name) for name in ("name", "region", "address", "email", *OF_CUSTOMER)}
    found["phone"] = customer.phones[0].raw if customer.phones else ""
    found |= {
        name: getattr(device, name) for name in ("brand", "model", "serial", "invoice_no", "seller", "place")
    }
    found["device_notes"] = device.notes
    found |= {name: getattr(job, name) for name in ("fault", "intake", "shelf", *OF_RECORD)}
    found |= {"opinion": sheet.opinion, "promised": sheet.promised}
    assert call.fault == job.fault
    log = customers.log_of
    said = {
        "call_note": [
            event.data.get("note") for event in log(file, RecordKind.CALL, told.call) if event.what == "note"
        ],
        "job_note": [event.data.get("note") for event in job.events if event.what == "note"],
        "wait_note": [event.data.get("note") for event in job.events if event.what == "wait"],
        "reason": [event.data.get("reason") for event in job.events if event.what == "diagnose_again"],
        "test_note": [event.data.get("note") for event in job.events if event.what == "test"],
        "hand_over_note": [event.data.get("note") for event in job.events if event.what == "hand_over"],
        "whom": [event.data["after"].get("whom") for event in job.events if event.what == "informed"],  # type: ignore[attr-defined]
    }
    return found | {name: str((texts or [""])[0] or "") for name, texts in said.items()}


def furnish(desk: Desk, texts: Mapping[str, str]) -> dict[str, str]:
    """The shop's own texts: letterhead and a technician's name; what they are on file."""
    found = {}
    for key in ("name", "address", "phone"):
        settings = _unless_refused(key, partial(change_setting, desk.shop, key, texts[key], desk.owner))
        if settings is not None:
            found[key] = str(getattr(settings, key))
    person = _unless_refused(
        "name", lambda: staff.add(desk.shop, texts["staff"], Role.TECHNICIAN, desk.owner)
    )
    if person is not None:
        found |= {"staff": person.name, "staff_id": str(person.id)}
    return found


def _unless_refused(field: str, act: Callable[[], T]) -> T | None:
    """What it gives; nothing when it is refused, which names the field and is said harmlessly."""
    problem = None
    try:
        return act()
    except Refused as error:
        problem = error.problem
    assert problem.field == field
    assert steering(sentence(problem)) == []
    return None
