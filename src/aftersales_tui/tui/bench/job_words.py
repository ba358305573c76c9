"""The parts of the job screen in words: its way, its fault, its work."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from rich.table import Table

from aftersales_tui.domain.dates import local_day
from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.words import JobStatus, Place
from aftersales_tui.domain.workflow import CLOSED, WAITING
from aftersales_tui.i18n import C_, _, formats
from aftersales_tui.i18n.check_words import checks_words
from aftersales_tui.i18n.job_sentence import near_day
from aftersales_tui.i18n.labels import label
from aftersales_tui.tui.bench.next_words import step_words
from aftersales_tui.tui.glyphs import glyph
from aftersales_tui.tui.safe_text import safe_text
from aftersales_tui.views.jobs import JobView

_WAY = (
    JobStatus.RECEIVED,
    JobStatus.DIAGNOSING,
    JobStatus.IN_REPAIR,
    JobStatus.TESTING,
    JobStatus.READY,
    JobStatus.HANDED_OVER,
)
LABEL_CELLS = 12


def way_words(job: JobView, now: datetime, zone: tzinfo) -> str:
    """The way of the job with its times, the present status in brackets."""
    today = local_day(now, zone)
    times = _times(job)
    stations = _stations(job)
    at = stations.index(job.status)
    said = []
    for n, status in enumerate(stations):
        when = times.get(status) if n <= at else None
        word = label(status)
        if when is not None:
            word = f"{word} {formats.when(when.astimezone(zone), today)}"
        said.append(f"[{word}]" if n == at else word)
    return f" {glyph('›')} ".join(said)


def _stations(job: JobView) -> list[JobStatus]:
    """The usual way, with the present status in its place."""
    way = list(_WAY)
    if job.status in way:
        return way
    if job.status is JobStatus.EXPECTED:
        return [JobStatus.EXPECTED, *way[1 if job.place is Place.ON_SITE else 0 :]]
    if job.status in WAITING:
        came_from = job.resume_to if job.resume_to in way else JobStatus.DIAGNOSING
        at = way.index(came_from) + 1
        return [*way[:at], job.status, *way[at:]]
    passed = _times(job)
    return [*(status for status in way[:-1] if status in passed), job.status]


def _times(job: JobView) -> dict[JobStatus, datetime]:
    """When each status was last reached."""
    reached: dict[JobStatus, datetime] = {}
    for event in reversed(job.events):
        after = event.data.get("after")
        code = str(after.get("status", "")) if isinstance(after, dict) else ""
        if code in set(JobStatus):
            reached[JobStatus(code)] = event.at
    return reached


def next_line(job: JobView) -> str:
    """``Next step: record the repair``; what to do instead where it is closed."""
    if job.status in CLOSED:
        return _("It is closed. e reopens it if that was a mistake.")
    step = step_words(job)
    if job.status in WAITING:
        return _("Next step: {step} ({status})").format(step=step, status=label(job.status))
    return _("Next step: {step}").format(step=step)


def promise_line(job: JobView, now: datetime, zone: tzinfo) -> str:
    """``P2 · promised Mon 30 Nov · on shelf A2``; late and not told are said first."""
    today = local_day(now, zone)
    said = [label(job.urgency, short=True)]
    if job.is_late(today) and job.promised_for is not None:
        late = formats.days((today - job.promised_for).days)
        said.append(_("LATE by {days}").format(days=late))
    elif job.status is JobStatus.READY:
        said.append(_told(job, today, zone))
    elif job.promised_for is not None and job.status not in CLOSED:
        said.append(_("promised {day}").format(day=formats.day_weekday_short(job.promised_for)))
    if job.appointment_at is not None and job.status is JobStatus.EXPECTED:
        said.append(_("visit {when}").format(when=formats.when(job.appointment_at.astimezone(zone), today)))
    if job.wait_until is not None:
        said.append(_("expected {day}").format(day=formats.day_short(job.wait_until)))
    if job.shelf and job.status not in CLOSED:
        said.append(_("on shelf {shelf}").format(shelf=job.shelf))
    return f" {glyph('·')} ".join(said)


def _told(job: JobView, today: date, zone: tzinfo) -> str:
    if job.informed_at is None:
        return _("customer not told yet")
    return _("customer told {day}").format(day=near_day(local_day(job.informed_at, zone), today))


def rows_table(rows: Sequence[tuple[str, str]]) -> Table:
    """Labels with their texts beside them, wrapped to the width there is."""
    table = Table.grid(padding=(0, 1, 0, 0), expand=True)
    table.add_column(width=LABEL_CELLS - 1, no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for name, text in rows:
        words = safe_text(text, lines=True)
        words.no_wrap = False
        words.overflow = "fold"
        table.add_row(safe_text(name, width=LABEL_CELLS - 1), words)
    return table


def fault_rows(job: JobView) -> list[tuple[str, str]]:
    """What was said and what came in with the device."""
    contact = f" {glyph('·')} ".join(part for part in (job.customer_name, job.phone, job.address) if part)
    rows = [
        (C_("job", "Fault"), job.fault or C_("job", "nothing was said")),
        (C_("job", "Wish"), label(job.wish)),
        (C_("job", "Intake"), job.intake),
        (C_("job", "Customer"), contact),
        (C_("job", "Notes"), job.notes),
    ]
    if job.call_number is not None:
        rows.append((C_("job", "From call"), show_number(NumberKind.CALL, job.call_number)))
    return [(name, text) for name, text in rows if text]


def work_rows(job: JobView) -> list[tuple[str, str]]:
    """What was found and done; what is still missing says so."""
    not_yet = C_("job", "not yet")
    rows = [
        (C_("job", "Found"), job.finding or not_yet),
        (C_("job", "Cause"), job.cause or not_yet),
        (C_("job", "Caused by"), label(job.caused_by) if job.cause else ""),
        (C_("job", "Done"), job.action or not_yet),
        (C_("job", "Parts used"), job.parts_used),
        (C_("job", "Minutes"), formats.number(job.minutes) if job.minutes is not None else ""),
        (C_("job", "Checked"), checks_words(job.checks)),
        (C_("job", "Outcome"), label(job.outcome) if job.outcome is not None else ""),
        (C_("job", "Advice"), job.advice),
        (C_("job", "Waits"), job.wait_note),
        (C_("job", "With"), job.assigned_name or C_("job", "nobody yet")),
    ]
    return [(name, text) for name, text in rows if text]
