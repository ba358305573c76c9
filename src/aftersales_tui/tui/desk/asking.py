"""The questions the desk asks in a box, and what it does with the answers; shared by its screens."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING, Any

from aftersales_tui.domain.errors import Refused
from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.papers import Subject
from aftersales_tui.domain.words import RecordKind, Resolution
from aftersales_tui.i18n import C_, _
from aftersales_tui.i18n.labels import label
from aftersales_tui.tui.ask import ask
from aftersales_tui.tui.desk import loading
from aftersales_tui.tui.screens_base import FrameScreen

if TYPE_CHECKING:
    from aftersales_tui.tui.widgets.choice import Answer
    from aftersales_tui.views.calls import CallView
    from aftersales_tui.views.jobs import JobRow, JobView

Screen = FrameScreen[Any]

LACKING = ("job_needs_customer", "job_needs_device", "fault_missing")
"""Why a call cannot become a job yet."""


def person(screen: Screen) -> int:
    """The id of who acts."""
    acting = screen.shop_app.person
    assert acting is not None
    return acting.id


def closed_as() -> list[Answer]:
    """The ways a call may end without a job, short enough for one row."""
    from aftersales_tui.tui.widgets.choice import Answer

    return [
        Answer(Resolution.ADVISED, C_("ended", "advised by phone")),
        Answer(Resolution.ANSWERED, C_("ended", "answered")),
        Answer(Resolution.COMPLAINT_OPENED, C_("ended", "complaint")),
        Answer(Resolution.DUPLICATE, C_("ended", "duplicate")),
    ]


async def close_call(screen: Screen, call_id: int, number: int, chosen: str = Resolution.ANSWERED) -> None:
    """How the call ended, and why; closes it."""
    from aftersales_tui.tui.modals.reason import ReasonDialog

    no = show_number(NumberKind.CALL, number)
    written = await screen.app.push_screen_wait(
        ReasonDialog(
            _("Close {no}").format(no=no),
            C_("field", "Note"),
            choice_label=C_("field", "Ended"),
            answers=closed_as(),
            chosen=chosen,
        )
    )
    if written is not None:
        how, why = written.choice, written.text
        await screen.write(loading.close_call, screen.shop, call_id, how, why, person(screen))
        said = _("{no} is closed: {how}.")
        screen.shop_app.toast(said.format(no=no, how=label(Resolution(how))))


async def reopen_call(screen: Screen, call_id: int, number: int) -> None:
    """Why it was closed by mistake; opens it again."""
    from aftersales_tui.tui.bench.dialogs import reason_dialog

    no = show_number(NumberKind.CALL, number)
    dialog = reason_dialog(
        _("Reopen {number}").format(number=no),
        _("Only for a mistake: on the same day by who closed it, later by the owner."),
    )
    written = await screen.app.push_screen_wait(dialog)
    if written is not None:
        await screen.write(loading.reopen_call, screen.shop, call_id, written.text, person(screen))
        screen.shop_app.toast(_("{no} is open again.").format(no=no))


async def told(screen: Screen, job: JobRow) -> None:
    """Who was told, and by which channel; stamps it."""
    from aftersales_tui.tui.bench.dialogs import informed_dialog

    written = await screen.app.push_screen_wait(informed_dialog(job))
    if written is not None:
        whom, channel = written.text, written.choice
        await screen.write(loading.informed, screen.shop, job.id, whom, channel, person(screen))
        no = show_number(NumberKind.JOB, job.number)
        screen.shop_app.toast(_("{no}: the customer was told.").format(no=no))


async def answered(screen: Screen, job_id: int, number: int) -> None:
    """Logs the call of somebody who only asked how the job stands."""
    call = await screen.write(loading.answered, screen.shop, job_id, person(screen))
    screen.shop_app.toast(
        _("Logged as {call}: asked about {no}, answered.").format(
            call=show_number(NumberKind.CALL, call.number), no=show_number(NumberKind.JOB, number)
        )
    )


async def note(screen: Screen, kind: str, record_id: int, name: str) -> None:
    """A note of one line."""
    from aftersales_tui.tui.modals.reason import note_dialog

    written = await screen.app.push_screen_wait(note_dialog(_("Note on {no}").format(no=name)))
    if written is not None:
        await screen.write(loading.note, screen.shop, kind, record_id, written.text, person(screen))
        screen.shop_app.toast(_("The note is kept."))


async def open_job(screen: Screen, call_id: int, *, again: bool = True) -> None:
    """Opens the job of a call; what it lacks is asked for in the call's own form, once."""
    from aftersales_tui.i18n.messages import sentence

    try:
        job = await screen.write(loading.open_job, screen.shop, call_id, person(screen))
    except Refused as refused:
        if not again or refused.problem.code not in LACKING:
            raise
        screen.shop_app.toast(sentence(refused.problem), wrong=True)
        await screen.open_screen("call_edit", call_id, open_job=True)
        return
    if job is not None:
        say_opened(screen, job)


async def open_on_device(screen: Screen, device_id: int, product: str) -> None:
    """Asks for the fault, then opens a job on a device that is brought in."""
    from aftersales_tui.tui.modals.reason import ReasonDialog

    written = await screen.app.push_screen_wait(
        ReasonDialog(
            _("A job on {product}").format(product=product),
            C_("field", "Fault"),
            required=True,
            intro=_("The device is at the counter. What is wrong, in the customer's words?"),
        )
    )
    if written is not None:
        job = await screen.write(loading.open_on_device, screen.shop, device_id, written.text, person(screen))
        say_opened(screen, job)


def say_opened(screen: Screen, job: JobView) -> None:
    """The toast of a job that was just opened."""
    from aftersales_tui.tui.desk.call_saved import job_saved

    screen.shop_app.toast(_("Job {job} is open.").format(job=show_number(NumberKind.JOB, job.number)))
    screen.post_message(job_saved(job))


async def follow_up_of(screen: Screen, job_id: int) -> None:
    """Opens the call sheet of a job, if one is due or was made."""
    found = await ask(loading.follow_up_of_job, screen.shop, job_id)
    if found is None:
        screen.not_now(_("this job has no follow-up yet"))
    else:
        await screen.open_screen("follow_up", found)


def why_of_call(screen: Screen, call: CallView) -> Awaitable[object]:
    """The reasons of the verdict with what the caller said of the cause and of an earlier repair."""
    from aftersales_tui.views.calls import NewCall

    asked = NewCall(
        device_id=call.device_id,
        cause=call.cause,
        as_before=call.as_before,
        as_before_job_id=call.as_before_job_id,
    )
    prints = Subject(RecordKind.CALL, call.id) if call.verdict is not None else None
    return screen.open_screen("why", new_call=asked, title=call.product, prints=prints, stored=call.verdict)
