"""The calls to the customer after the work."""

from __future__ import annotations

from typing import Annotated

import typer

from aftersales_tui.cli import output, records, sheets
from aftersales_tui.cli.session import LIST_LIMIT, Json, Limit, at_work, example, group
from aftersales_tui.domain.errors import refuse
from aftersales_tui.domain.words import FollowUpStatus, Reached, Satisfaction, Solved
from aftersales_tui.i18n import _, ngettext
from aftersales_tui.views.followups import FollowUpAnswer

app = group("The calls to the customer after the work: due, list, show, record.")

Number = Annotated[str, typer.Argument(metavar="N", help="The follow-up: F-0012, f12 or 12.")]


@app.command(epilog=example("follow-up due"))
def due(ctx: typer.Context, limit: Limit = LIST_LIMIT, json: Json = False) -> None:
    """Every open follow-up due today or earlier."""
    with at_work(ctx) as work:
        from aftersales_tui.services import followups

        found, total, late = followups.due(work.shop, limit)
        if json:
            items = [{**records.record(row), "late": row.is_late(work.today, work.now)} for row in found]
            output.as_json({"items": items, "total": total, "late": late})
        elif found:
            sheets.follow_ups(work, found, total)
            if late:
                output.warn(ngettext("{n} is late.", "{n} are late.", late).format(n=late))
        else:
            output.nothing(_("No follow-up is due."))


@app.command("list", epilog=example("follow-up list --status done"))
def listed(
    ctx: typer.Context,
    status: Annotated[FollowUpStatus | None, typer.Option(help="Only those.")] = None,
    limit: Limit = LIST_LIMIT,
    json: Json = False,
) -> None:
    """List the follow-ups, newest first."""
    with at_work(ctx) as work:
        from aftersales_tui.services import followups

        found, total = followups.listed(work.shop, status=status, limit=limit)
        if json:
            output.listed([records.record(row) for row in found], total)
        elif found:
            sheets.follow_ups(work, found, total)
        else:
            output.nothing(_("No follow-ups."))


@app.command(epilog=example("follow-up show F-0001"))
def show(ctx: typer.Context, number: Number, json: Json = False) -> None:
    """Show one call sheet with its earlier calls."""
    with at_work(ctx) as work:
        from aftersales_tui.services import followups

        found = followups.show(work.shop, work.follow_up(number))
        if json:
            output.as_json(records.record(found))
        else:
            sheets.follow_up(work, found)


@app.command(epilog=example("follow-up record F-0001 --reached yes --solved yes --overall satisfied"))
def record(
    ctx: typer.Context,
    number: Number,
    reached: Annotated[Reached, typer.Option(help="How the call went.")] = Reached.YES,
    solved: Annotated[Solved | None, typer.Option(help="Whether the fault is gone.")] = None,
    quality: Annotated[Satisfaction | None, typer.Option(help="With the repair.")] = None,
    attitude: Annotated[Satisfaction | None, typer.Option(help="With how they were treated.")] = None,
    overall: Annotated[Satisfaction | None, typer.Option(help="All in all.")] = None,
    score: Annotated[
        str | None, typer.Option(metavar="5|3|2|1|-5", help="The same as --overall, in points.")
    ] = None,
    opinion: Annotated[str, typer.Option(help="In their words.")] = "",
    promised: Annotated[str, typer.Option(help="What was promised to them.")] = "",
    promised_by: Annotated[str | None, typer.Option(metavar="DATE", help="Until when.")] = None,
    lead: Annotated[bool, typer.Option("--lead", help="They want to buy something.")] = False,
    again_at: Annotated[
        str | None, typer.Option(metavar="'DATE TIME'", help="Call again then; it stays due.")
    ] = None,
    json: Json = False,
) -> None:
    """Write down a follow-up call. Not reached: it stays due, one day later unless said otherwise."""
    with at_work(ctx) as work:
        from aftersales_tui.services import followups

        answer = FollowUpAnswer(
            reached=reached, solved=solved, quality=quality, attitude=attitude,
            overall=_overall(overall, score), opinion=opinion, promised=promised,
            promised_by=work.coming_day(promised_by, "promised_by"), lead=lead,
            again_at=work.coming(again_at, "again_at"),
        )  # fmt: skip
        written = followups.record(work.shop, work.follow_up(number), answer, work.by)
        if json:
            output.as_json(records.record(written))
        else:
            sheets.follow_up(work, written)


def _overall(said: Satisfaction | None, points: str | None) -> Satisfaction | None:
    from aftersales_tui.domain.scoring import read_score

    if points is None:
        return said
    of_points = read_score(points)
    if said is not None and said is not of_points:
        raise refuse("score_not_read", "score", text=points)
    return of_points
