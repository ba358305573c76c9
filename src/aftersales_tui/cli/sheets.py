"""Records as people read them in a terminal: lines, sheets and tables in the language in use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from aftersales_tui.cli import output
from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.words import (
    CallStatus,
    FollowUpStatus,
    JobStatus,
    RecordKind,
    Resolution,
)
from aftersales_tui.domain.workflow import OPEN
from aftersales_tui.i18n import C_, _
from aftersales_tui.i18n.check_words import checks_words
from aftersales_tui.i18n.event_words import told
from aftersales_tui.i18n.job_sentence import spoken
from aftersales_tui.i18n.labels import label

if TYPE_CHECKING:
    from aftersales_tui.cli.session import Work
    from aftersales_tui.domain.overrides import Override
    from aftersales_tui.domain.verdicts import Verdict
    from aftersales_tui.views.calls import CallView
    from aftersales_tui.views.followups import FollowUpRow, FollowUpView
    from aftersales_tui.views.history import EventView
    from aftersales_tui.views.jobs import JobRow, JobView
    from aftersales_tui.views.search import Hit

CALL, JOB, FOLLOW_UP = NumberKind.CALL, NumberKind.JOB, NumberKind.FOLLOW_UP


def call_line(call: CallView) -> None:
    """One line on a call after it was written, and what it still lacks."""
    state = label(call.resolution) if call.resolution is not None else label(call.status)
    output.say(_("Call {number}: {state}.").format(number=show_number(CALL, call.number), state=state))
    if call.missing and call.status is not CallStatus.CLOSED:
        named = C_("list", ", ").join(missing_words(call.missing))
        output.say(_("Still missing: {fields}.").format(fields=named))


def missing_words(fields: Iterable[str]) -> list[str]:
    """What a call lacks, in words."""
    words = {
        "phone": C_("field", "Phone"),
        "name": C_("field", "Name"),
        "address": C_("field", "Address"),
        "product": C_("field", "Product"),
        "date": C_("field", "Date"),
        "fault": C_("field", "Fault"),
        "wish": C_("field", "Wish"),
    }
    return [words[field] for field in fields]


def job_lines(work: Work, job: JobRow) -> None:
    """A job after a step: where it stands, and the sentence to read out."""
    shown = {"number": show_number(JOB, job.number), "status": label(job.status)}
    if job.outcome is not None:
        output.say(_("Job {number}: {status}, {outcome}.").format(outcome=label(job.outcome), **shown))
    else:
        output.say(_("Job {number}: {status}.").format(**shown))
    output.say(spoken(job, work.today, work.zone))


def verdict_line(verdict: Verdict, today: date | None = None) -> None:
    """A verdict in one line; the days of a stored one are counted from ``today``."""
    from aftersales_tui.i18n.verdict_words import headline

    output.say(headline(verdict, today))


def judged(work: Work, verdict: Verdict | None, override: Override | None) -> None:
    """A stored verdict, or what the owner decided beside it with what the machine says."""
    if verdict is None:
        return
    if override is None:
        verdict_line(verdict, work.today)
        return
    from aftersales_tui.i18n.override_words import machine_sentence, override_sentence

    output.say(override_sentence(override, work.zone))
    output.say(machine_sentence(verdict))


def calls(work: Work, found: Sequence[CallView], total: int) -> None:
    """The call register as a table."""
    output.table(
        (
            C_("col", "No."), C_("field", "Date"), C_("col", "Kind"), C_("col", "Customer"),
            C_("field", "Phone"), C_("col", "Device"), C_("field", "Fault"), C_("col", "Status"),
        ),
        (
            (
                show_number(CALL, call.number), work.local(call.at), label(call.kind), call.who, call.phone,
                call.product, call.fault,
                label(call.resolution) if call.resolution is not None else label(call.status),
            )
            for call in found
        ),
        total=total,
    )  # fmt: skip


def call(work: Work, found: CallView) -> None:
    """One call in full."""
    output.details(
        (
            (C_("col", "No."), show_number(CALL, found.number)),
            (C_("field", "Date"), work.local(found.at)),
            (C_("col", "Kind"), label(found.kind)),
            (C_("field", "Channel"), label(found.channel)),
            (C_("col", "Status"), label(found.resolution) if found.resolution else label(found.status)),
            (C_("title", "still missing"), C_("list", ", ").join(missing_words(found.missing))),
            (C_("col", "Customer"), found.who),
            (C_("field", "Phone"), found.phone),
            (C_("field", "Address"), found.address),
            (C_("col", "Device"), found.product),
            (C_("field", "Serial"), found.serial),
            (C_("field", "Fault"), found.fault),
            (C_("field", "Cause"), label(found.cause)),
            (C_("field", "Wish"), label(found.wish)),
            (C_("field", "Urgency"), label(found.urgency)),
            (C_("field", "Call back"), work.local(found.promised_call_back)),
            (C_("title", "Job"), C_("list", ", ").join(show_number(JOB, n) for n in found.job_numbers)),
        )
    )
    judged(work, found.verdict, found.override)


def jobs(work: Work, found: Sequence[JobRow], total: int) -> None:
    """The queue as a table."""
    output.table(
        (
            C_("col", "No."), C_("col", "Status"), C_("col", "Customer"), C_("col", "Device"),
            C_("field", "Fault"), C_("col", "Technician"), C_("field", "Promised"), C_("col", "Warranty"),
        ),
        (
            (
                show_number(JOB, job.number), label(job.status), job.customer_name, job.product, job.fault,
                job.assigned_name, promised(work, job),
                label(job.coverage, short=True) if job.coverage is not None else "",
            )
            for job in found
        ),
        total=total,
    )  # fmt: skip


def promised(work: Work, job: JobRow) -> str:
    """The promised day, marked with a word when it is past."""
    if job.promised_for is None:
        return ""
    if job.is_late(work.today):
        return _("{day} LATE").format(day=job.promised_for.isoformat())
    return job.promised_for.isoformat()


def job(work: Work, found: JobView) -> None:
    """One job in full, with its timeline."""
    output.details(
        (
            (C_("col", "No."), show_number(JOB, found.number)),
            (C_("col", "Status"), label(found.status)),
            (C_("field", "Outcome"), label(found.outcome) if found.outcome is not None else ""),
            (C_("col", "Customer"), found.customer_name),
            (C_("field", "Phone"), found.phone),
            (C_("col", "Device"), found.product),
            (C_("field", "Serial"), found.serial),
            (C_("field", "Fault"), found.fault),
            (C_("field", "Urgency"), label(found.urgency)),
            (C_("field", "Wish"), label(found.wish)),
            (C_("field", "Place"), label(found.place)),
            (C_("col", "Technician"), found.assigned_name),
            (C_("field", "Appointment"), work.local(found.appointment_at)),
            (C_("field", "Promised"), promised(work, found)),
            (C_("field", "Intake"), found.intake),
            (C_("field", "Shelf"), found.shelf),
            (C_("field", "Found"), found.finding),
            (C_("field", "Cause"), found.cause),
            (C_("field", "Done"), found.action),
            (C_("field", "Parts used"), found.parts_used),
            (C_("field", "Minutes"), found.minutes),
            (C_("field", "Checks"), checks_words(found.checks)),
            (C_("field", "Advice"), found.advice),
        )
    )
    output.say(spoken(found, work.today, work.zone))
    judged(work, found.verdict, found.override)
    events(work, found.events)


def events(work: Work, found: Sequence[EventView]) -> None:
    """Who did what, when; newest first."""
    if not found:
        return
    output.say("")
    output.table(
        (C_("field", "Date"), C_("col", "Who"), C_("col", "What happened")),
        ((work.local(event.at), event.who, told(event, work.zone)) for event in found),
        cells=400,
    )


def status_word(vocabulary: type[StrEnum] | None, code: str) -> str:
    """The label of a code; the code itself where it is no word of the vocabulary."""
    if vocabulary is None or code not in set(vocabulary):
        return code
    return label(vocabulary(code))


def record_status(kind: RecordKind, status: str) -> str:
    """The status of a record in words."""
    of: dict[RecordKind, type[StrEnum]] = {
        RecordKind.CALL: CallStatus,
        RecordKind.JOB: JobStatus,
        RecordKind.FOLLOW_UP: FollowUpStatus,
    }
    return status_word(of.get(kind), status)


def hit_status(kind: RecordKind, code: str) -> str:
    """The status of something found: of a call it may be how the call ended."""
    if kind is RecordKind.CALL and code in set(Resolution):
        return label(Resolution(code))
    return record_status(kind, code)


def how_it_stands(work: Work, hit: Hit) -> str:
    """The sentence to read out to "is it ready?" for an open job, empty for anything else."""
    return spoken(hit.job, work.today, work.zone) if hit.job is not None and hit.job.status in OPEN else ""


def follow_ups(work: Work, found: Sequence[FollowUpRow], total: int) -> None:
    """Follow-ups as a table."""
    output.table(
        (
            C_("col", "No."), C_("col", "Due"), C_("col", "Kind"), C_("col", "Customer"),
            C_("field", "Phone"), C_("col", "Device"), C_("col", "Status"), C_("title", "Job"),
        ),
        (
            (
                show_number(FOLLOW_UP, row.number), due(work, row), label(row.kind), row.customer_name,
                row.phone, row.product, label(row.status), belongs_to(row),
            )
            for row in found
        ),
        total=total,
    )  # fmt: skip


def due(work: Work, row: FollowUpRow) -> str:
    """When a follow-up is due, marked with a word when that is past."""
    day = work.local(row.due_at) if row.due_at is not None else row.due_on.isoformat()
    if row.status is FollowUpStatus.OPEN and row.is_late(work.today, work.now):
        return _("{day} LATE").format(day=day)
    return day


def belongs_to(row: FollowUpRow) -> str:
    """The number of the job or call a follow-up is about."""
    if row.job_number is not None:
        return show_number(JOB, row.job_number)
    return show_number(CALL, row.call_number) if row.call_number is not None else ""


def follow_up(work: Work, found: FollowUpView) -> None:
    """One call sheet."""
    output.details(
        (
            (C_("col", "No."), show_number(FOLLOW_UP, found.number)),
            (C_("col", "Status"), label(found.status)),
            (C_("col", "Kind"), label(found.kind)),
            (C_("col", "Due"), due(work, found)),
            (C_("col", "Customer"), found.customer_name),
            (C_("field", "Phone"), found.phone),
            (C_("title", "Job"), belongs_to(found)),
            (C_("col", "Device"), found.product),
            (C_("field", "Fault"), found.fault),
            (C_("field", "Done"), found.work),
            (C_("col", "Technician"), found.technician),
            (C_("field", "Reached"), label(found.reached) if found.reached is not None else ""),
            (C_("field", "Solved"), label(found.solved) if found.solved is not None else ""),
            (C_("field", "Quality"), label(found.quality) if found.quality is not None else ""),
            (C_("field", "Attitude"), label(found.attitude) if found.attitude is not None else ""),
            (C_("field", "Overall"), label(found.overall) if found.overall is not None else ""),
            (C_("col", "Score"), found.score),
            (C_("field", "Opinion"), found.opinion),
            (C_("field", "Promised"), found.promised),
        )
    )
    events(work, found.earlier)
