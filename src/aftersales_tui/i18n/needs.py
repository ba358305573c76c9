"""What a row of the desk needs from somebody, in a few words: late first, then by when it is due."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, NamedTuple

from aftersales_tui.domain.dates import local_day
from aftersales_tui.domain.words import CallKind
from aftersales_tui.i18n import C_, _, formats

if TYPE_CHECKING:
    from aftersales_tui.views.calls import CallView
    from aftersales_tui.views.followups import FollowUpRow
    from aftersales_tui.views.jobs import JobRow


class Need(NamedTuple):
    """The words of a cell, and whether it is late."""

    words: str
    late: bool = False


def call_need(call: CallView, now: datetime, zone: tzinfo) -> Need:
    """A promised call-back first, then what is missing (CALL-8), then what its kind asks for."""
    today = local_day(now, zone)
    complaint = call.kind is CallKind.COMPLAINT
    if (due := call.promised_call_back) is not None:
        late = due < now
        if late:
            words = C_("needs", "LATE answer, {when}") if complaint else C_("needs", "LATE call back, {when}")
        else:
            words = C_("needs", "answer {when}") if complaint else C_("needs", "call back {when}")
        local = due.astimezone(zone)
        past_day = late and not complaint and local.date() != today
        return Need(words.format(when=_day(local, today) if past_day else formats.when(local, today)), late)
    if call.missing:
        words = C_("needs", "ask {fields} …") if len(call.missing) > 2 else C_("needs", "ask {fields}")
        return Need(words.format(fields=asked_for(call.missing[:2])))
    words_of = {
        CallKind.REPAIR: C_("needs", "open a job"),
        CallKind.RETURN: C_("needs", "open a job"),
        CallKind.PROGRESS: C_("needs", "say how it stands"),
        CallKind.COMPLAINT: C_("needs", "answer the complaint"),
        CallKind.ADVICE: C_("needs", "advise and close"),
        CallKind.APPOINTMENT: C_("needs", "agree on a time"),
        CallKind.OTHER: C_("needs", "answer"),
    }
    return Need(words_of[call.kind])


def _day(local: datetime, today: date) -> str:
    """The day alone, which is all a cell has room for: ``Fri``, ``16 Nov``."""
    near = (today - local.date()).days < 7
    return formats.weekday_short(local.date()) if near else formats.when(local, today)


def asked_for(missing: tuple[str, ...]) -> str:
    """The names of what still has to be asked: ``sale date, address``."""
    names = {
        "phone": C_("ask", "phone"),
        "name": C_("ask", "name"),
        "address": C_("ask", "address"),
        "product": C_("ask", "product"),
        "date": C_("ask", "sale date"),
        "fault": C_("ask", "fault"),
        "wish": C_("ask", "wish"),
    }
    return C_("list", ", ").join(names.get(name, name) for name in missing)


def call_need_sentence(call: CallView, now: datetime, zone: tzinfo) -> str:
    """The same in a whole sentence, for the side."""
    today = local_day(now, zone)
    if (due := call.promised_call_back) is not None:
        local = due.astimezone(zone)
        words = (
            _("A call back was promised for {when}; nobody has called yet.")
            if due < now
            else _("A call back is promised for {when}.")
        )
        return words.format(when=formats.when(local, today))
    if call.missing:
        return _("Ask for: {fields}.").format(fields=asked_for(call.missing))
    return _("Everything is known; it can be dealt with now.")


def follow_up_need(row: FollowUpRow, now: datetime, zone: tzinfo) -> Need:
    """When a follow-up is due: ``LATE since Fri 20 Nov``, ``today``, ``today 10:50``."""
    today = local_day(now, zone)
    late = row.is_late(today, now)
    if row.due_at is not None:
        local = row.due_at.astimezone(zone)
        if late:
            return Need(C_("needs", "LATE since {when}").format(when=formats.when(local, today)), True)
        if local.date() == today:
            return Need(C_("needs", "today {time}").format(time=formats.clock(local)))
        return Need(formats.when(local, today))
    if late:
        when = formats.day_weekday_short(row.due_on)
        return Need(C_("needs", "LATE since {when}").format(when=when), True)
    return Need(C_("needs", "today") if row.due_on == today else formats.day_weekday_short(row.due_on))


def ready_need(job: JobRow, today: date, zone: tzinfo) -> Need:
    """How long a device waits to be collected, and whether the customer knows: ``9 days, told 16 Nov``."""
    days = (today - local_day(job.ready_at, zone)).days if job.ready_at else 0
    told = formats.day_short(local_day(job.informed_at, zone)) if job.informed_at else ""
    if days > 0:
        words = C_("needs", "{days}, told {day}") if told else C_("needs", "{days}, not told yet")
    else:
        words = C_("needs", "today, told {day}") if told else C_("needs", "today, not told yet")
    return Need(words.format(days=formats.days(days), day=told))
