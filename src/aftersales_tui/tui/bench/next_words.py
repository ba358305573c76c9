"""The words of a job in a list of the bench: what comes next and by when, why it waits, how late it is."""

from datetime import date, datetime, tzinfo

from aftersales_tui.domain.dates import local_day
from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.text import cut
from aftersales_tui.domain.words import JobStatus, Place, Urgency, Wish
from aftersales_tui.domain.workflow import Step
from aftersales_tui.i18n import C_, _, formats, thing_words
from aftersales_tui.i18n.job_sentence import near_day
from aftersales_tui.i18n.labels import label
from aftersales_tui.views.jobs import JobRow

_NEAR_DAYS = 6
_LATE_CELLS = 30
"""Cells of a device and its fault before what must not be cut off."""
_PRESSING = (Urgency.P1, Urgency.P2)


def number_of(job: JobRow) -> str:
    """``J-0336``."""
    return show_number(NumberKind.JOB, job.number)


def thing(job: JobRow) -> str:
    """``Dell XPS 13: no picture``; what is there of it."""
    return thing_words.thing(job.product, job.fault)


def short_thing(job: JobRow) -> str:
    """The same for a narrow cell: the model alone where brand and model would leave no room for the fault."""
    return thing_words.thing(thing_words.short_product(job.product, job.model), job.fault)


def step_words(job: JobRow) -> str:
    """The next step of a job: ``start diagnosing``, ``record the repair``; empty once it is closed."""
    step = job.next_step
    words = {
        Step.TAKE_IN: C_("next", "take it in"),
        Step.RECORD: C_("next", "record the repair"),
        Step.TEST: C_("next", "test it"),
        Step.READY: C_("next", "mark ready"),
        Step.HAND_OVER: C_("next", "hand it over"),
        Step.RESUME: C_("next", "resume"),
    }
    if step is Step.START:
        visit = job.status is JobStatus.EXPECTED
        return C_("next", "begin the visit") if visit else C_("next", "start diagnosing")
    return words.get(step, "") if step is not None else ""


def next_cell(job: JobRow, now: datetime, zone: tzinfo) -> str:
    """By when and what: ``LATE Fri · start diagnosing``, ``18:00 · record the repair``, ``P2 · test it``."""
    when, step = urgency_words(job, now, zone), step_words(job)
    if not when or not step:
        return step or when
    return C_("next", "{when} · {step}").format(when=when, step=step)


def urgency_words(job: JobRow, now: datetime, zone: tzinfo) -> str:
    """Why it comes when it comes: late, an appointment or promise within the week, its priority, its day."""
    today = local_day(now, zone)
    promised = job.promised_for
    if job.is_late(today) and promised is not None:
        return _late_short(promised, today)
    visit = job.appointment_at.astimezone(zone) if job.appointment_at else None
    if visit is not None and visit.date() >= today and job.status is JobStatus.EXPECTED:
        return formats.when(visit, today)
    if promised is not None and (promised - today).days <= _NEAR_DAYS:
        return C_("near", "today") if promised == today else formats.weekday_short(promised)
    if job.urgency in _PRESSING:
        return label(job.urgency, short=True)
    return formats.day_short(promised) if promised is not None else ""


def _late_short(promised: date, today: date) -> str:
    if (today - promised).days <= _NEAR_DAYS:
        return C_("needs", "LATE {weekday}").format(weekday=formats.weekday_short(promised))
    return C_("needs", "LATE {n} d").format(n=formats.number((today - promised).days))


def wish_cell(job: JobRow, now: datetime, zone: tzinfo) -> str:
    """What is wished and promised, of a job nobody has: ``P1, promised today``, ``P2, visit Tue 10:00``."""
    today = local_day(now, zone)
    said = [label(job.urgency, short=True)]
    if job.wish is not Wish.REPAIR:
        said.append(label(job.wish))
    if job.is_late(today) and job.promised_for is not None:
        said.insert(0, _late_short(job.promised_for, today))
    elif job.appointment_at is not None and job.place is Place.ON_SITE:
        when = formats.when(job.appointment_at.astimezone(zone), today)
        said.append(C_("needs", "visit {when}").format(when=when))
    elif job.promised_for is None:
        said.append(C_("needs", "no promise"))
    else:
        said.append(C_("needs", "promised {day}").format(day=near_day(job.promised_for, today)))
    return C_("phrases", ", ").join(said)


def waiting_cell(job: JobRow, now: datetime, zone: tzinfo) -> str:
    """What it waits for, since when, until when: ``parts, 6 days, 25 Nov``."""
    today = local_day(now, zone)
    since = local_day(job.waiting_since, zone) if job.waiting_since else today
    days = (today - since).days
    said = [label(job.status, short=True), formats.days(days) if days > 0 else C_("near", "today")]
    if job.wait_until is not None:
        said.append(C_("needs", "by {day}").format(day=formats.day_short(job.wait_until)))
    return C_("phrases", ", ").join(said)


def late_cell(job: JobRow, today: date) -> str:
    """By how much, and where it stands meanwhile: ``3 days · at the maker``."""
    if job.promised_for is None:
        return label(job.status)
    late = formats.days((today - job.promised_for).days)
    return C_("needs", "{days} · {status}").format(days=late, status=label(job.status, short=True))


def selected_words(job: JobRow, now: datetime, zone: tzinfo) -> str:
    """The first row of the Now line: which job is selected, and that it is late."""
    today = local_day(now, zone)
    places = {
        "number": number_of(job),
        "name": thing_words.short_who(job.customer_name) or "–",
        "thing": thing(job),
    }
    if job.is_late(today) and job.promised_for is not None:
        places["thing"] = cut(short_thing(job), _LATE_CELLS)
        places["day"] = near_day(job.promised_for, today)
        return _("Selected: {number} {name}, {thing}. LATE since {day}.").format(**places)
    return _("Selected: {number} {name}, {thing}.").format(**places)


def does_words(job: JobRow) -> str:
    """The second row of the Now line: what x does to it."""
    step = job.next_step
    if step is None:
        said = _("{number} is closed. Enter opens it.")
    elif step is Step.START and job.status is JobStatus.EXPECTED:
        said = _("x begins the visit of {number} in your name · Enter opens it · w: nobody at home")
    else:
        said = {
            Step.TAKE_IN: _("x takes {number} in · Enter opens it · a gives it to somebody"),
            Step.START: _("x starts diagnosing {number} in your name · Enter opens it · w makes it wait"),
            Step.RECORD: _("x opens the repair record of {number} · Enter opens it · w makes it wait"),
            Step.TEST: _("x asks how the test of {number} went · Enter opens it · w makes it wait"),
            Step.READY: _("x marks {number} ready to collect · Enter opens it · w makes it wait"),
            Step.HAND_OVER: _("x hands {number} over (asks) · Enter opens it · i: the customer was told"),
            Step.RESUME: _("x goes on with {number} in your name · Enter opens it · w changes the reason"),
        }[step]
    return said.format(number=number_of(job))


def step_sentence(job: JobRow) -> str:
    """What x will do, as the side says it."""
    step = job.next_step
    if step is None:
        return _("It is closed; there is no next step.")
    if step is Step.START:
        return _("x: {step}, in your name.").format(step=step_words(job))
    return _("x: {step}.").format(step=step_words(job))


def done_words(job: JobRow, now: datetime, zone: tzinfo, who: str) -> str:
    """The toast after a step: ``J-0336: diagnosing since 13:31, by 陈伟 Chen Wei.``"""
    return _("{number}: {status} since {time}, by {name}.").format(
        number=number_of(job), status=label(job.status), time=formats.clock(now.astimezone(zone)), name=who
    )
