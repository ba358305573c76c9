"""What stands beside the screens of the bench: the selected job in full."""

from datetime import date, datetime, tzinfo

from textual.content import Content

from aftersales_tui.domain.dates import local_day
from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.words import JobStatus, Outcome, RecordKind, Resolution
from aftersales_tui.i18n import C_, _, formats
from aftersales_tui.i18n.job_sentence import near_day
from aftersales_tui.i18n.labels import label
from aftersales_tui.i18n.override_words import machine_sentence, override_sentence
from aftersales_tui.i18n.reason_words import watch_out
from aftersales_tui.i18n.verdict_words import coverage_word, headline
from aftersales_tui.tui.bench.next_words import number_of, step_sentence
from aftersales_tui.tui.widgets.side import heading
from aftersales_tui.views.history import HistoryRow
from aftersales_tui.views.jobs import JobRow, JobView, SimilarRepair

Lines = list[str | Content]

_MOST = 5


def selected_lines(job: JobRow, now: datetime, zone: tzinfo) -> Lines:
    """The selected job: where it stands, the promise, the verdict, the caller's words, what comes next."""
    today = local_day(now, zone)
    places = {
        "number": number_of(job),
        "status": label(job.status),
        "urgency": label(job.urgency, short=True),
    }
    lines: Lines = [heading(C_("side", "{number}  {status}, {urgency}").format(**places))]
    lines += promise_lines(job, today, zone)
    if job.wait_note:
        lines.append(job.wait_note)
    lines += ["", job.product or C_("side", "no device named")]
    if isinstance(job, JobView):
        if job.serial:
            lines.append(_("serial {serial}").format(serial=job.serial))
        if job.intake:
            lines.append(job.intake)
    lines += verdict_lines(job, today)
    lines += ["", heading(C_("side", "In the caller's words")), job.fault or C_("side", "nothing was said")]
    if isinstance(job, JobView):
        lines += ["", heading(C_("panel", "This unit before")), *history_lines(job.history)]
    if job.is_late(today) and job.promised_for is not None:
        lines += ["", heading(C_("panel", "Late")), late_sentence(job, job.promised_for, today)]
    return [*lines, "", heading(C_("job", "Next step")), step_sentence(job)]


def promise_lines(job: JobRow, today: date, zone: tzinfo) -> Lines:
    """What is promised, when the visit is, and where the device lies."""
    lines: Lines = []
    if job.promised_for is not None:
        lines.append(_("promised {day}").format(day=formats.day_weekday_short(job.promised_for)))
    if job.appointment_at is not None and job.status is JobStatus.EXPECTED:
        lines.append(_("visit {when}").format(when=formats.top(job.appointment_at.astimezone(zone))))
    if job.shelf:
        lines.append(_("on shelf {shelf}").format(shelf=job.shelf))
    if job.wait_until is not None:
        lines.append(_("expected {day}").format(day=formats.day_weekday_short(job.wait_until)))
    return lines


def late_sentence(job: JobRow, promised: date, today: date) -> str:
    """By how much it is late, and what it does meanwhile."""
    return _("Promised for {day}, late by {days}. Now: {status}.").format(
        day=near_day(promised, today), days=formats.days((today - promised).days), status=label(job.status)
    )


def verdict_lines(job: JobRow, today: date) -> Lines:
    """The stored verdict in its word and one sentence, its days counted from today."""
    if isinstance(job, JobView) and job.verdict is not None and job.override is None:
        return ["", heading(coverage_word(job.verdict.coverage)), headline(job.verdict, today)]
    return ["", heading(label(job.coverage))] if job.coverage is not None else []


def warranty_lines(job: JobView, today: date, zone: tzinfo) -> Lines:
    """The verdict with its rule and what was decided beside it, for the job and the repair record."""
    lines: Lines = [heading(C_("panel", "Warranty"))]
    verdict = job.verdict
    if verdict is None:
        return [*lines, _("It was never judged.")]
    if job.override is not None:
        lines += [heading(coverage_word(job.override.coverage)), override_sentence(job.override, zone)]
        lines.append(machine_sentence(verdict))
    else:
        lines += [heading(coverage_word(verdict.coverage)), headline(verdict, today)]
    head = verdict.headline
    if head is not None:
        lines.append(
            _("judged {day}, {policy} {version}").format(
                day=formats.day_short(verdict.as_of), policy=head.policy, version=head.policy_version
            )
        )
    return lines


def watch_lines(job: JobView) -> Lines:
    """What must not be overlooked before this repair ends."""
    said: Lines = []
    if job.rework_of_number is not None:
        old = show_number(NumberKind.JOB, job.rework_of_number)
        said.append(_("Same fault as {number}, which counts as a failed repair.").format(number=old))
    if job.verdict is not None and (warned := watch_out(job.verdict)):
        said.append(warned)
    return ["", heading(C_("verdict", "Watch out")), *said] if said else []


def history_lines(history: tuple[HistoryRow, ...]) -> Lines:
    """This unit before, the newest first."""
    if not history:
        return [C_("side", "nothing on file")]
    lines: Lines = []
    for row in history[:_MOST]:
        places = {"number": history_number(row), "day": formats.day(row.at.date()), "text": row.text}
        lines.append(C_("side", "{number}, {day}: {text}").format(**places))
        if result := result_word(row):
            lines.append("  " + result)
    return lines


def history_number(row: HistoryRow) -> str:
    """``J-0188`` or ``C-0409``."""
    kind = NumberKind.JOB if row.kind is RecordKind.JOB else NumberKind.CALL
    return show_number(kind, row.number) if row.number else ""


def result_word(row: HistoryRow) -> str:
    """What came of it: ``fixed``, ``advised by phone``, or where it stands."""
    if row.kind is RecordKind.JOB:
        return label(Outcome(row.result)) if row.result else label(JobStatus(row.status))
    return label(Resolution(row.result)) if row.result else C_("callstatus", "open")


def similar_lines(similar: tuple[SimilarRepair, ...]) -> Lines:
    """Recorded repairs of the same model or of the same words."""
    if not similar:
        return []
    lines: Lines = ["", heading(C_("side", "Similar repairs {n}").format(n=len(similar)))]
    for one in similar:
        number = show_number(NumberKind.JOB, one.number)
        places = {"number": number, "product": one.product, "fault": one.fault, "action": one.action}
        lines.append(C_("side", "{number} {product}: {fault}").format(**places))
        done = C_("side", "{action}, {outcome}").format(
            action=one.action, outcome=label(one.outcome) if one.outcome else "–"
        )
        lines.append("  " + done)
    return lines
