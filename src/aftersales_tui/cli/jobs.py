"""The work: the queue, one job, and what is not a step of it."""

from __future__ import annotations

from typing import Annotated

import typer

from aftersales_tui.cli import call_log, job_steps, output, records, sheets
from aftersales_tui.cli.job_steps import Number, show_job
from aftersales_tui.cli.session import LIST_LIMIT, Json, Limit, at_work, example, group
from aftersales_tui.domain.words import InformedBy, JobStatus
from aftersales_tui.i18n import _
from aftersales_tui.views.calls import OpenJob

app = group("The work: the queue and every step of a job.")


@app.command("list", epilog=example("job list --late"))
def listed(
    ctx: typer.Context,
    mine: Annotated[bool, typer.Option("--mine", help="Only open ones of who acts (--as).")] = False,
    status: Annotated[JobStatus | None, typer.Option(help="Only those that stand there.")] = None,
    late: Annotated[bool, typer.Option("--late", help="Only those past the promised day.")] = False,
    open_only: Annotated[bool, typer.Option("--open", help="Only those not closed yet.")] = False,
    limit: Limit = LIST_LIMIT,
    json: Json = False,
) -> None:
    """List the jobs, newest first."""
    with at_work(ctx) as work:
        from aftersales_tui.services import jobs

        found, total = jobs.queue(
            work.shop,
            mine=work.by if mine else None,
            status=status,
            late=late,
            open_only=open_only,
            limit=limit,
        )
        if json:
            items = [{**records.record(job), "late": job.is_late(work.today)} for job in found]
            output.listed(items, total)
        elif found:
            sheets.jobs(work, found, total)
        else:
            output.nothing(_("No jobs."))


@app.command(epilog=example("job show J-0001"))
def show(ctx: typer.Context, number: Number, json: Json = False) -> None:
    """Show a job with device, verdict, record and timeline."""
    with at_work(ctx) as work:
        from aftersales_tui.services import jobs

        found = jobs.show(work.shop, work.job(number))
        if json:
            output.as_json({**records.record(found), "late": found.is_late(work.today)})
        else:
            sheets.job(work, found)


@app.command("open", epilog=example('job open --call C-0011 --in-hand --assign "Chen Wei"'))
def open_job(
    ctx: typer.Context,
    call: Annotated[str, typer.Option(metavar="N", help="The call it comes from.", show_default=False)],
    in_hand: Annotated[
        bool | None,
        typer.Option("--in-hand/--expected", help="Whether the device is here; proposed by the channel."),
    ] = None,
    assign: Annotated[str | None, typer.Option(metavar="NAME", help="Who does it.")] = None,
    promised_for: Annotated[
        str | None, typer.Option(metavar="DATE", help="The promised day; else the shop's turnaround.")
    ] = None,
    intake: Annotated[str, typer.Option(help="What came in: accessories, marks, data.")] = "",
    shelf: Annotated[str, typer.Option(help="Where it stands.")] = "",
    rework_of: Annotated[
        str | None, typer.Option(metavar="J-…", help="The job whose fault came back.")
    ] = None,
    json: Json = False,
) -> None:
    """Open a job from a call; one call may open several."""
    with at_work(ctx) as work:
        from aftersales_tui.services import calls

        given = OpenJob(
            in_hand=in_hand,
            assigned_to=None if assign is None else work.staff(assign, "assign"),
            promised_for=work.coming_day(promised_for, "promised_for"),
            intake=intake,
            shelf=shelf,
            rework_of=None if rework_of is None else work.job(rework_of, "rework_of"),
        )
        opened = calls.open_job(work.shop, work.call(call), work.by, given)
        if json and opened.job is not None:
            output.as_json(records.record(opened.job))
        else:
            call_log.show_logged(work, opened, as_json=False)


@app.command(epilog=example('job assign J-0001 --to "Chen Wei" --at "2026-11-24 14:00"'))
def assign(
    ctx: typer.Context,
    number: Number,
    to: Annotated[str, typer.Option(metavar="NAME", help="Who does it.", show_default=False)],
    at: Annotated[str | None, typer.Option(metavar="'DATE TIME'", help="The time that is agreed.")] = None,
    json: Json = False,
) -> None:
    """Give a job to somebody."""
    with at_work(ctx) as work:
        from aftersales_tui.services import jobs

        person = work.staff(to, "to")
        moment = work.coming(at)
        show_job(work, jobs.assign(work.shop, work.job(number), person, work.by, moment), as_json=json)


app.add_typer(job_steps.app)


@app.command(epilog=example('job note J-0001 "comes on Monday"'))
def note(
    ctx: typer.Context,
    number: Number,
    text: Annotated[str, typer.Argument(help="The note.")],
    json: Json = False,
) -> None:
    """Write a note into the timeline of a job."""
    with at_work(ctx) as work:
        from aftersales_tui.services import jobs

        noted = jobs.note(work.shop, work.job(number), text, work.by)
        if json:
            output.as_json(records.record(noted))
        else:
            output.say(_("Noted on {number}.").format(number=records.record(noted)["number"]))


@app.command(epilog=example('job informed J-0008 --by message --whom "Wang Fang"'))
def informed(
    ctx: typer.Context,
    number: Number,
    by: Annotated[InformedBy, typer.Option(help="By which channel.", show_default=False)],
    whom: Annotated[str, typer.Option(metavar="NAME", help="Who was told.")] = "",
    json: Json = False,
) -> None:
    """Stamp that the customer was told."""
    with at_work(ctx) as work:
        from aftersales_tui.services import jobs

        show_job(work, jobs.informed(work.shop, work.job(number), whom, by, work.by), as_json=json)
