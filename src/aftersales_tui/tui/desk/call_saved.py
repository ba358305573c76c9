"""What is said after a call was saved."""

from datetime import date, tzinfo

from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.words import RecordKind, Resolution
from aftersales_tui.i18n import _, formats
from aftersales_tui.i18n.warnings import sentence
from aftersales_tui.tui.messages import RecordSaved
from aftersales_tui.views.calls import CallLogged
from aftersales_tui.views.jobs import JobView


def job_saved(job: JobView) -> RecordSaved:
    """What the screen below hears of a job that was opened."""
    number = show_number(NumberKind.JOB, job.number)
    return RecordSaved(RecordKind.JOB.value, job.id, number, job.device_here)


def saved_words(logged: CallLogged, zone: tzinfo, today: date) -> tuple[str, list[str]]:
    """The sentence of the toast, and one for everything the clerk should know."""
    call = show_number(NumberKind.CALL, logged.call.number)
    if logged.job is not None:
        job = show_number(NumberKind.JOB, logged.job.number)
        day = logged.job.promised_for
        words = _("Job {job} is open, promised for {date}.").format(
            job=job, date=formats.day_weekday_short(day) if day else "–"
        )
    elif logged.call.resolution is Resolution.ADVISED:
        number = logged.follow_up_number or 0
        words = _("Call {call} is closed as advised. Follow-up {number} calls back.").format(
            call=call, number=show_number(NumberKind.FOLLOW_UP, number)
        )
    elif logged.call.resolution is Resolution.ANSWERED:
        words = _("Call {call} is closed as answered.").format(call=call)
    elif (back := logged.call.promised_call_back) is not None:
        words = _("Call {call} stays open, call back {time}.").format(
            call=call, time=formats.when(back.astimezone(zone), today)
        )
    else:
        words = _("Call {call} stays open.").format(call=call)
    return words, [sentence(code) for code in logged.warnings]
