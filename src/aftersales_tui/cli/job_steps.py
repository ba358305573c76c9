"""Every step of the status table as a command."""

from __future__ import annotations

from typing import Annotated

import typer

from aftersales_tui.cli import output, records, sheets
from aftersales_tui.cli.session import Json, Work, at_work, example
from aftersales_tui.domain.words import CausedBy, Outcome, TestResult, WaitFor
from aftersales_tui.views.jobs import JobView, RepairRecord

app = typer.Typer()

Number = Annotated[str, typer.Argument(metavar="N", help="The job: J-0343, j343 or 343.")]
Reason = Annotated[str, typer.Option(help="Why.", show_default=False)]
Note = Annotated[str, typer.Option(help="Kept in the timeline.")]


def show_job(work: Work, job: JobView, *, as_json: bool) -> None:
    """A job after a step."""
    if as_json:
        output.as_json({**records.record(job), "late": job.is_late(work.today)})
    else:
        sheets.job_lines(work, job)


@app.command("take-in", epilog=example('job take-in J-0001 --intake "with charger, scratched" --shelf B2'))
def take_in(
    ctx: typer.Context,
    number: Number,
    intake: Annotated[str, typer.Option(help="What came in: accessories, marks, data.")] = "",
    shelf: Annotated[str, typer.Option(help="Where it stands.")] = "",
    json: Json = False,
) -> None:
    """The device comes to the counter."""
    with at_work(ctx) as work:
        from aftersales_tui.services import steps

        job = steps.take_in(work.shop, work.job(number), work.by, intake=intake, shelf=shelf)
        show_job(work, job, as_json=json)


@app.command(epilog=example('--as "Chen Wei" job start J-0002'))
def start(ctx: typer.Context, number: Number, json: Json = False) -> None:
    """Start work, or go on when it waits; a job that is nobody's becomes that of who acts."""
    with at_work(ctx) as work:
        from aftersales_tui.services import steps

        show_job(work, steps.start(work.shop, work.job(number), work.by), as_json=json)


@app.command("not-home", epilog=example('job not-home J-0003 --reason "rang twice" --at "2026-11-25 10:00"'))
def not_home(
    ctx: typer.Context,
    number: Number,
    reason: Reason,
    at: Annotated[str | None, typer.Option(metavar="'DATE TIME'", help="When to come again.")] = None,
    json: Json = False,
) -> None:
    """A visit that met nobody: recorded and rescheduled."""
    with at_work(ctx) as work:
        from aftersales_tui.services import steps

        again = work.coming(at)
        show_job(work, steps.not_home(work.shop, work.job(number), reason, work.by, again), as_json=json)


@app.command(epilog=example('job diagnose J-0004 --finding "mica plate burnt"'))
def diagnose(
    ctx: typer.Context,
    number: Number,
    finding: Annotated[str, typer.Option(help="What was found.", show_default=False)],
    cause: Annotated[str, typer.Option(help="What it comes from.")] = "",
    reason: Annotated[str, typer.Option(help="Why it is diagnosed again; needed from in_repair.")] = "",
    json: Json = False,
) -> None:
    """Write down what was found; from in_repair it is a new diagnosis and needs a reason."""
    with at_work(ctx) as work:
        from aftersales_tui.services import steps

        job = steps.diagnose(work.shop, work.job(number), finding, work.by, cause=cause, reason=reason)
        show_job(work, job, as_json=json)


@app.command(epilog=example('job wait J-0004 --for parts --note "mica plate ordered"'))
def wait(
    ctx: typer.Context,
    number: Number,
    wait_for: Annotated[WaitFor, typer.Option("--for", help="What it waits for.", show_default=False)],
    note: Note = "",
    until: Annotated[str | None, typer.Option(metavar="DATE", help="When it should come.")] = None,
    json: Json = False,
) -> None:
    """The job waits; waiting again changes the reason."""
    with at_work(ctx) as work:
        from aftersales_tui.services import steps

        day = work.coming_day(until, "until")
        job = steps.wait(work.shop, work.job(number), wait_for, work.by, note=note, until=day)
        show_job(work, job, as_json=json)


@app.command(epilog=example("job resume J-0005"))
def resume(ctx: typer.Context, number: Number, json: Json = False) -> None:
    """Work goes on where it was before the wait."""
    with at_work(ctx) as work:
        from aftersales_tui.services import steps

        show_job(work, steps.resume(work.shop, work.job(number), work.by), as_json=json)


@app.command(
    epilog=example('job record J-0010 --cause "grease carbonised" --action "plate replaced" --outcome fixed')
)
def record(
    ctx: typer.Context,
    number: Number,
    outcome: Annotated[Outcome, typer.Option(help="What came of it.", show_default=False)],
    cause: Annotated[str, typer.Option(help="What the fault came from.")] = "",
    action: Annotated[str, typer.Option(help="What was done.")] = "",
    finding: Annotated[str, typer.Option(help="What was found, if not written yet.")] = "",
    caused_by: Annotated[CausedBy | None, typer.Option(help="Who answers for the cause.")] = None,
    parts_used: Annotated[str, typer.Option(help="Parts that went in.")] = "",
    minutes: Annotated[str | None, typer.Option(metavar="N", help="Minutes of work.")] = None,
    checks: Annotated[str, typer.Option(help="What was checked.")] = "",
    advice: Annotated[str, typer.Option(help="What the customer should know.")] = "",
    json: Json = False,
) -> None:
    """Write the repair record: cause, what was done, outcome."""
    with at_work(ctx) as work:
        from aftersales_tui.services import steps

        given = RepairRecord(
            outcome=outcome, finding=finding, cause=cause, caused_by=caused_by, action=action,
            parts_used=parts_used, minutes=_minutes(minutes), checks=checks, advice=advice,
        )  # fmt: skip
        show_job(work, steps.record(work.shop, work.job(number), given, work.by), as_json=json)


def _minutes(typed: str | None) -> int | None:
    from aftersales_tui.domain.errors import refuse
    from aftersales_tui.domain.text import excerpt, fold

    if typed is None:
        return None
    digits = fold(typed)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 6):
        raise refuse("minutes_not_read", "minutes", value=excerpt(typed))
    return int(digits)


@app.command("test", epilog=example("job test J-0006 --passed"))
def functional_test(
    ctx: typer.Context,
    number: Number,
    passed: Annotated[bool, typer.Option("--passed/--failed", help="The result.", show_default=False)],
    note: Note = "",
    json: Json = False,
) -> None:
    """The functional test after the repair; failed sends the job back into repair."""
    with at_work(ctx) as work:
        from aftersales_tui.services import steps

        result = TestResult.PASSED if passed else TestResult.FAILED
        show_job(work, steps.test(work.shop, work.job(number), result, work.by, note), as_json=json)


@app.command(epilog=example("job ready J-0007"))
def ready(ctx: typer.Context, number: Number, json: Json = False) -> None:
    """The device may be collected; telling the customer becomes due."""
    with at_work(ctx) as work:
        from aftersales_tui.services import steps

        show_job(work, steps.ready(work.shop, work.job(number), work.by), as_json=json)


@app.command(epilog=example('job rework J-0008 --reason "still hums"'))
def rework(ctx: typer.Context, number: Number, reason: Reason, json: Json = False) -> None:
    """Not satisfied at the counter: back into repair."""
    with at_work(ctx) as work:
        from aftersales_tui.services import steps

        show_job(work, steps.rework(work.shop, work.job(number), reason, work.by), as_json=json)


@app.command("hand-over", epilog=example("job hand-over J-0008"))
def hand_over(ctx: typer.Context, number: Number, note: Note = "", json: Json = False) -> None:
    """The customer has the device; the follow-up becomes due."""
    with at_work(ctx) as work:
        from aftersales_tui.services import steps

        show_job(work, steps.hand_over(work.shop, work.job(number), work.by, note), as_json=json)


@app.command(epilog=example('job settle J-0008 --outcome refunded --reason "third repair failed"'))
def settle(
    ctx: typer.Context,
    number: Number,
    outcome: Annotated[Outcome, typer.Option(help="What came of it.", show_default=False)],
    reason: Reason,
    json: Json = False,
) -> None:
    """Close without return: refunded, exchanged, disposed of with consent, sold after storage."""
    with at_work(ctx) as work:
        from aftersales_tui.services import steps

        job = steps.settle(work.shop, work.job(number), outcome, reason, work.by)
        show_job(work, job, as_json=json)


@app.command(epilog=example('job cancel J-0002 --reason "bought a new one"'))
def cancel(ctx: typer.Context, number: Number, reason: Reason, json: Json = False) -> None:
    """Stop before it is ready; a device that is here goes back to the counter, unrepaired."""
    with at_work(ctx) as work:
        from aftersales_tui.services import steps

        show_job(work, steps.cancel(work.shop, work.job(number), reason, work.by), as_json=json)


@app.command(epilog=example('job reopen J-0009 --reason "wrong job closed"'))
def reopen(ctx: typer.Context, number: Number, reason: Reason, json: Json = False) -> None:
    """Undo a closing that was a mistake: same person same day, else the owner."""
    with at_work(ctx) as work:
        from aftersales_tui.services import steps

        show_job(work, steps.reopen(work.shop, work.job(number), reason, work.by), as_json=json)
