"""How a job stands, as one sentence to read out to "is it ready?"."""

from __future__ import annotations

from datetime import date, timedelta, tzinfo
from typing import TYPE_CHECKING

from aftersales_tui.domain.dates import local_day
from aftersales_tui.domain.text import is_cjk
from aftersales_tui.domain.words import JobStatus, Outcome, Place
from aftersales_tui.domain.workflow import UNREPAIRED, WAITING
from aftersales_tui.i18n import C_, _, formats
from aftersales_tui.i18n.labels import label

if TYPE_CHECKING:
    from aftersales_tui.views.jobs import JobRow

_WITHOUT_YEAR = timedelta(days=180)


def spoken(job: JobRow, today: date, zone: tzinfo) -> str:
    """The sentence for the caller: where the work stands, since when, and what was promised."""
    if job.is_late(today) and job.promised_for is not None:
        return _late(job, job.promised_for, today)
    if job.status in WAITING:
        return _waiting(job, today, zone)
    match job.status:
        case JobStatus.EXPECTED:
            return _expected(job, today, zone)
        case JobStatus.READY:
            return _ready(job, today, zone)
        case JobStatus.HANDED_OVER | JobStatus.SETTLED | JobStatus.CANCELLED:
            return _closed(job, today)
    return _at_work(job, today, zone)


def short_name(name: str) -> str:
    """A name as it is said in passing: its Chinese characters, else the part before the comma."""
    chinese = "".join(char for char in name if is_cjk(char) or char == "·")
    return chinese or name.split(",", 1)[0].strip() or name


def near_day(day: date, today: date) -> str:
    """``today``, ``yesterday``, ``tomorrow``, else ``Mon 30 Nov``, with the year when it is far off."""
    near = {0: C_("near", "today"), -1: C_("near", "yesterday"), 1: C_("near", "tomorrow")}
    distance = (day - today).days
    if distance in near:
        return near[distance]
    if day.year != today.year and abs(day - today) > _WITHOUT_YEAR:
        return formats.day(day)
    return formats.day_weekday_short(day)


def _late(job: JobRow, promised: date, today: date) -> str:
    places = {"promised": near_day(promised, today), "status": label(job.status)}
    if job.status is JobStatus.EXPECTED and job.place is not Place.ON_SITE:
        return _("Promised {promised}, but the device was not brought in yet.").format(**places)
    if job.wait_until is not None and job.status in WAITING:
        return _(
            "Late: promised {promised}, still {status}, expected {until}; say sorry and promise a new day."
        ).format(until=near_day(job.wait_until, today), **places)
    return _("Late: promised {promised}, still {status}; say sorry and promise a new day.").format(**places)


def _expected(job: JobRow, today: date, zone: tzinfo) -> str:
    if job.place is Place.ON_SITE:
        if job.appointment_at is None:
            return _("We come to the customer; the time is not agreed yet.")
        visit = job.appointment_at.astimezone(zone)
        return _("We come on {day} at {time}.").format(
            day=formats.day_weekday_short(visit.date()), time=formats.clock(visit)
        )
    if job.promised_for is None:
        return _("The device was not brought in yet.")
    return _("The device was not brought in yet; promised {promised}.").format(
        promised=near_day(job.promised_for, today)
    )


def _at_work(job: JobRow, today: date, zone: tzinfo) -> str:
    name, promised = short_name(job.assigned_name), job.promised_for
    said = {
        "day": near_day(local_day(job.opened_at, zone), today),
        "name": name,
        "promised": near_day(promised, today) if promised else "",
    }
    if job.status is JobStatus.RECEIVED:
        sentence = (
            _("Here since {day}, not begun yet, promised {promised}.")
            if promised
            else _("Here since {day}, not begun yet.")
        )
    elif job.status is JobStatus.DIAGNOSING:
        sentence = _four(
            bool(name),
            bool(promised),
            _("{name} is diagnosing it, promised {promised}."),
            _("{name} is diagnosing it."),
            _("Being diagnosed, promised {promised}."),
            _("Being diagnosed."),
        )
    elif job.status is JobStatus.TESTING:
        sentence = _four(
            bool(name),
            bool(promised),
            _("Repaired, {name} is testing it, promised {promised}."),
            _("Repaired, {name} is testing it."),
            _("Repaired, being tested, promised {promised}."),
            _("Repaired, being tested."),
        )
    else:
        sentence = _four(
            bool(name),
            bool(promised),
            _("In repair with {name}, promised {promised}."),
            _("In repair with {name}."),
            _("In repair, promised {promised}."),
            _("In repair."),
        )
    return sentence.format(**said)


def _waiting(job: JobRow, today: date, zone: tzinfo) -> str:
    since = local_day(job.waiting_since or job.opened_at, zone)
    said = {
        "days": formats.days(max(0, (today - since).days)),
        "until": near_day(job.wait_until, today) if job.wait_until else "",
    }
    long, known = since < today, job.wait_until is not None
    if job.status is JobStatus.AWAITING_PARTS:
        sentence = _four(
            long,
            known,
            _("Waiting for parts for {days}, expected {until}."),
            _("Waiting for parts for {days}, no day is known yet."),
            _("Waiting for parts since today, expected {until}."),
            _("Waiting for parts since today, no day is known yet."),
        )
    elif job.status is JobStatus.AT_MAKER:
        sentence = _four(
            long,
            known,
            _("At the maker for {days}, expected back {until}."),
            _("At the maker for {days}, no day is known yet."),
            _("At the maker since today, expected back {until}."),
            _("At the maker since today, no day is known yet."),
        )
    elif job.status is JobStatus.AWAITING_APPROVAL:
        sentence = (
            _("Waiting for {days} for the customer to say yes; ask now.")
            if long
            else _("Waiting since today for the customer to say yes; ask now.")
        )
    else:
        sentence = (
            _("Waiting for {days} for the customer.") if long else _("Waiting since today for the customer.")
        )
    return sentence.format(**said)


def _ready(job: JobRow, today: date, zone: tzinfo) -> str:
    ready = local_day(job.ready_at, zone) if job.ready_at else today
    said = {
        "day": near_day(ready, today),
        "shelf": job.shelf,
        "told": near_day(local_day(job.informed_at, zone), today) if job.informed_at else "",
        "outcome": label(job.outcome) if job.outcome else "",
    }
    told = job.informed_at is not None
    if job.outcome in UNREPAIRED:
        sentence = _four(
            bool(job.shelf),
            told,
            _("To be collected since {day}, {outcome}, on shelf {shelf}, told {told}."),
            _("To be collected since {day}, {outcome}, on shelf {shelf}, not told yet."),
            _("To be collected since {day}, {outcome}, told {told}."),
            _("To be collected since {day}, {outcome}, not told yet."),
        )
    else:
        sentence = _four(
            bool(job.shelf),
            told,
            _("Ready since {day}, on shelf {shelf}, told {told}."),
            _("Ready since {day}, on shelf {shelf}, not told yet."),
            _("Ready since {day}, told {told}."),
            _("Ready since {day}, not told yet."),
        )
    return sentence.format(**said)


def _closed(job: JobRow, today: date) -> str:
    said = {
        "day": near_day(job.completed_on or today, today),
        "outcome": label(job.outcome) if job.outcome and job.outcome is not Outcome.UNKNOWN else "",
    }
    if job.status is JobStatus.CANCELLED:
        return _("Cancelled {day}.").format(**said)
    settled = job.status is JobStatus.SETTLED
    return _four(
        settled,
        bool(said["outcome"]),
        _("Closed {day} without return, {outcome}."),
        _("Closed {day} without return."),
        _("Handed over {day}, {outcome}."),
        _("Handed over {day}."),
    ).format(**said)


def _four(first: bool, second: bool, both: str, only_first: str, only_second: str, neither: str) -> str:
    """The one of four sentences that two facts choose."""
    if first:
        return both if second else only_first
    return only_second if second else neither
