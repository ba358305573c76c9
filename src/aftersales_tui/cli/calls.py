"""The call register."""

from __future__ import annotations

from typing import Annotated

import typer

from aftersales_tui.cli import call_log, output, records, sheets
from aftersales_tui.cli.session import LIST_LIMIT, Json, Limit, at_work, example, group
from aftersales_tui.domain.words import Resolution
from aftersales_tui.i18n import _

app = group("The call register: log a call, list, show, close, reopen, note.")
app.add_typer(call_log.app)

Number = Annotated[str, typer.Argument(metavar="N", help="The call: C-0409, c409 or 409.")]


@app.command("list", epilog=example("call list --open"))
def listed(
    ctx: typer.Context,
    open_only: Annotated[bool, typer.Option("--open", help="Only those not closed yet.")] = False,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Only those from that day on.")] = None,
    limit: Limit = LIST_LIMIT,
    json: Json = False,
) -> None:
    """List the calls, newest first."""
    with at_work(ctx) as work:
        from datetime import datetime, time

        from aftersales_tui.services import calls

        day = work.day(since, "since")
        start = None if day is None else datetime.combine(day, time(), tzinfo=work.zone)
        found, total = calls.listed(work.shop, open_only=open_only, since=start, limit=limit)
        if json:
            output.listed([records.record(call) for call in found], total)
        elif found:
            sheets.calls(work, found, total)
        else:
            output.nothing(_("No calls."))


@app.command(epilog=example("call show C-0001"))
def show(ctx: typer.Context, number: Number, json: Json = False) -> None:
    """Show a call with its verdict and its log."""
    with at_work(ctx) as work:
        from aftersales_tui.domain.words import RecordKind
        from aftersales_tui.services import calls, customers

        found = calls.show(work.shop, work.call(number))
        log = customers.log_of(work.shop, RecordKind.CALL, found.id)
        if json:
            output.as_json({**records.record(found), "events": records.plain(log)})
            return
        sheets.call(work, found)
        sheets.events(work, log)


@app.command(epilog=example('call close C-0011 --resolution answered --note "ready on Friday"'))
def close(
    ctx: typer.Context,
    number: Number,
    resolution: Annotated[Resolution, typer.Option(help="How it ended.", show_default=False)],
    note: Annotated[str, typer.Option(help="What was said.")] = "",
    json: Json = False,
) -> None:
    """Close a call. Advised by phone makes a call-back due; a job is opened with `job open`."""
    with at_work(ctx) as work:
        from aftersales_tui.services import calls

        closed = calls.close(work.shop, work.call(number), resolution, work.by, note)
        if not json:
            call_log.show_logged(work, closed, as_json=False)
            return
        follow_up = records.plain(closed.follow_up_number, "follow_up_number")
        output.as_json({**records.record(closed.call), "follow_up": follow_up})


@app.command(epilog=example('call reopen C-0012 --reason "wrong call closed"'))
def reopen(
    ctx: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option(help="Why.", show_default=False)],
    json: Json = False,
) -> None:
    """Undo a closing that was a mistake: same person same day, else the owner."""
    with at_work(ctx) as work:
        from aftersales_tui.services import calls

        opened = calls.reopen(work.shop, work.call(number), reason, work.by)
        if json:
            output.as_json(records.record(opened))
        else:
            sheets.call_line(opened)


@app.command(epilog=example('call note C-0001 "comes on Monday"'))
def note(
    ctx: typer.Context,
    number: Number,
    text: Annotated[str, typer.Argument(help="The note.")],
    json: Json = False,
) -> None:
    """Write a note into the log of a call."""
    with at_work(ctx) as work:
        from aftersales_tui.services import calls

        noted = calls.note(work.shop, work.call(number), text, work.by)
        if json:
            output.as_json(records.record(noted))
        else:
            output.say(_("Noted on {number}.").format(number=records.record(noted)["number"]))
