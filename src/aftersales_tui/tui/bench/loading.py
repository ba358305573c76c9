"""What the bench asks of the services; each is called in a worker thread and imports them there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from aftersales_tui.domain.deadlines import follow_up_due_day
from aftersales_tui.domain.words import InformedBy, Outcome, TestResult, WaitFor
from aftersales_tui.domain.workflow import Step
from aftersales_tui.drafts import Draft
from aftersales_tui.views.jobs import BenchBoard, JobView, RepairRecord

RECORD_DRAFT = "repair_record"


@dataclass(frozen=True, slots=True)
class HandingOver:
    """What the hand-over asks about."""

    job: JobView
    follow_up_on: date
    """The day the follow-up call will be due (CB-1)."""


def board(shop: Any, staff_id: int) -> BenchBoard:
    """The four lists of a person."""
    from aftersales_tui.services import jobs

    return jobs.board(shop, staff_id)


def job(shop: Any, job_id: int) -> JobView:
    """One job in full, with similar repairs."""
    from aftersales_tui.services import jobs

    return jobs.show(shop, job_id)


def hand_over_facts(shop: Any, job_id: int) -> HandingOver:
    """One job and when its follow-up call would be due."""
    from aftersales_tui.services import jobs

    found = jobs.show(shop, job_id)
    day = shop.today()
    return HandingOver(found, follow_up_due_day(day.today, day.settings.follow_up_days))


def draft_of(shop: Any, staff_id: int, job_id: int) -> Draft | None:
    """The half-written repair record of a job, if this person left one."""
    from aftersales_tui import drafts

    kept = drafts.list_drafts(shop.path, staff_id)
    found = (one for one in kept if one.form == RECORD_DRAFT and one.context.get("job_id") == job_id)
    return next(found, None)


def do_step(shop: Any, step: Step, job_id: int, by: int) -> JobView:
    """A step that asks nothing: take in, start, resume, ready."""
    from aftersales_tui.services import steps

    if step is Step.TAKE_IN:
        return steps.take_in(shop, job_id, by)
    if step is Step.READY:
        return steps.ready(shop, job_id, by)
    if step is Step.RESUME:
        return steps.resume(shop, job_id, by)
    return steps.start(shop, job_id, by)


def assign(shop: Any, job_id: int, to: int, by: int, at: datetime | None) -> JobView:
    """Give the job to somebody."""
    from aftersales_tui.services import jobs

    return jobs.assign(shop, job_id, to, by, at)


def note(shop: Any, job_id: int, text: str, by: int) -> JobView:
    """A note in the timeline."""
    from aftersales_tui.services import jobs

    return jobs.note(shop, job_id, text, by)


def wait(shop: Any, job_id: int, wait_for: WaitFor, by: int, text: str, until: date | None) -> JobView:
    """The job waits for somebody else."""
    from aftersales_tui.services import steps

    return steps.wait(shop, job_id, wait_for, by, note=text, until=until)


def not_home(shop: Any, job_id: int, reason: str, by: int, again_at: datetime | None) -> JobView:
    """A visit that met nobody."""
    from aftersales_tui.services import steps

    return steps.not_home(shop, job_id, reason, by, again_at)


def tested(shop: Any, job_id: int, how: str, by: int, text: str) -> JobView:
    """The test result: ``ready`` (passed, and ready), ``passed``, ``failed`` or ``later``."""
    from aftersales_tui.services import steps

    if how == "later":
        return steps.put_off_test(shop, job_id, by, text)
    result = TestResult.FAILED if how == "failed" else TestResult.PASSED
    return steps.test(shop, job_id, result, by, text, ready=how == "ready")


def close(shop: Any, job_id: int, how: str, outcome: str, reason: str, by: int) -> JobView:
    """End it without a further repair (``cancel``, ``settle``), or ``rework`` it."""
    from aftersales_tui.services import steps

    if how == "settle":
        return steps.settle(shop, job_id, Outcome(outcome), reason, by)
    if how == "rework":
        return steps.rework(shop, job_id, reason, by)
    return steps.cancel(shop, job_id, reason, by)


def diagnose_again(shop: Any, job_id: int, finding: str, reason: str, by: int) -> JobView:
    """Back from the repair to looking for the fault."""
    from aftersales_tui.services import steps

    return steps.diagnose(shop, job_id, finding, by, reason=reason)


def reopen(shop: Any, job_id: int, reason: str, by: int) -> JobView:
    """Undo a closing that was a mistake."""
    from aftersales_tui.services import steps

    return steps.reopen(shop, job_id, reason, by)


def hand_over(shop: Any, job_id: int, text: str, by: int) -> JobView:
    """The customer has the device."""
    from aftersales_tui.services import steps

    return steps.hand_over(shop, job_id, by, text)


def informed(shop: Any, job_id: int, whom: str, channel: InformedBy, by: int) -> JobView:
    """The customer was told."""
    from aftersales_tui.services import jobs

    return jobs.informed(shop, job_id, whom, channel, by)


def edit(
    shop: Any, job_id: int, shown: Mapping[str, object], changes: Mapping[str, object], by: int
) -> JobView:
    """What a form changed of the job's own fields."""
    from aftersales_tui.services import jobs

    return jobs.edit(shop, job_id, shown=dict(shown), changes=dict(changes), by=by)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the repair record form does with what was written."""

    record: RepairRecord
    then: str
    """``ready``, ``testing`` or ``repair``."""
    test: str
    """``not_yet``, ``passed``, ``failed`` or ``later``."""
    shown: Mapping[str, object]


def save_record(shop: Any, job_id: int, what: Recorded, by: int) -> JobView:
    """The marked line of the repair record, in one transaction."""
    from aftersales_tui.services import steps

    if what.then == "repair" and what.test != "failed":
        return steps.note_work(shop, job_id, what.record, by, what.shown)
    results = {"passed": TestResult.PASSED, "failed": TestResult.FAILED}
    return steps.record_test_ready(
        shop,
        job_id,
        what.record,
        by,
        result=results.get(what.test),
        ready=what.then == "ready",
        test_later=what.test == "later",
        shown=what.shown,
    )
