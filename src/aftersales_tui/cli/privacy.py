"""People who are due to be forgotten, and the file after that."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from aftersales_tui.cli import output, records
from aftersales_tui.cli.session import LIST_LIMIT, Json, Limit, at_work, example, group
from aftersales_tui.i18n import C_, _, formats, ngettext

if TYPE_CHECKING:
    from aftersales_tui.views.privacy import DueRow, Forgotten

app = group("People who are due to be forgotten: due, erase-due, tidy.")

AndCopies = Annotated[
    bool, typer.Option("--and-copies", help="Also take away the older copies, once a new one is made.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would go and what stays.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


@app.command(epilog=example("privacy due"))
def due(ctx: typer.Context, limit: Limit = LIST_LIMIT, json: Json = False) -> None:
    """List customers with nothing open to whom nothing happened for the years the shop keeps people.

    `config set retention_years 10` says how many; 0 keeps everybody.
    """
    with at_work(ctx) as work:
        from aftersales_tui.services import privacy

        found = privacy.due(work.shop)
        if json:
            output.listed([_due(one) for one in found[:limit]], len(found))
        elif found:
            _table(found[:limit], len(found))
        else:
            output.nothing(_nobody(work.shop.settings().retention_years))


@app.command("erase-due", epilog=example("privacy erase-due --dry-run"))
def erase_due(
    ctx: typer.Context,
    dry_run: DryRun = False,
    yes: Yes = False,
    and_copies: AndCopies = False,
    json: Json = False,
) -> None:
    """Forget everybody who is due; owners only. Asks on a terminal, elsewhere it needs --yes."""
    with at_work(ctx) as work:
        from aftersales_tui.services import privacy

        found = privacy.due(work.shop)
        if dry_run:
            if json:
                output.as_json(
                    {"status": "dry_run", "items": [_due(one) for one in found], "total": len(found)}
                )
            elif found:
                _table(found, len(found))
            else:
                output.nothing(_nobody(work.shop.settings().retention_years))
            return
        if found:
            question = ngettext("Forget {n} customer for good?", "Forget {n} customers for good?", len(found))
            sure(question.format(n=len(found)), yes=yes)
        done = privacy.erase_due(work.shop, work.by, and_copies=and_copies)
        if json:
            output.as_json({"items": [forgotten(one) for one in done], "total": len(done)})
        elif done:
            said = ngettext("{n} customer is forgotten.", "{n} customers are forgotten.", len(done))
            output.say(said.format(n=len(done)))
        else:
            output.nothing(_nobody(work.shop.settings().retention_years))


@app.command(epilog=example("privacy tidy"))
def tidy(ctx: typer.Context, json: Json = False) -> None:
    """Write the shop file anew, so that nothing of what was taken out stays in it."""
    with at_work(ctx) as work:
        from aftersales_tui.services import privacy

        privacy.tidy(work.shop, work.by)
        if json:
            output.as_json({"id": 1, "number": None, "version": 1, "status": "rewritten"})
        else:
            output.say(_("The shop file was written anew."))


def sure(question: str, *, yes: bool) -> None:
    """Asks before something that cannot be undone; without a terminal ``--yes`` has to be given."""
    from aftersales_tui.cli import screens

    if yes:
        return
    if not screens.has_terminal():
        raise typer.BadParameter(_("This cannot be undone; add --yes."))
    if not typer.confirm(question):
        output.warn(_("Nothing was changed."))
        raise typer.Exit(1)


def forgotten(done: Forgotten) -> records.Record:
    """What was done, as JSON."""
    told = asdict(done)
    top = {"id": done.customer_id, "number": None, "version": None, "status": "forgotten"}
    return {**top, **told, "copies": [str(file) for file in done.copies]}


def _due(one: DueRow) -> records.Record:
    shown = {"name": one.name, "last_on": one.last_on.isoformat(), "devices": one.devices, "jobs": one.jobs}
    return {"id": one.id, "number": None, "version": None, "status": "due", **shown}


def _table(found: tuple[DueRow, ...], total: int) -> None:
    output.table(
        (C_("col", "No."), C_("field", "Name"), C_("col", "Last entry"), C_("panel", "Devices"),
         C_("col", "Jobs")),
        ((one.id, one.name, formats.day(one.last_on), one.devices, one.jobs) for one in found),
        total=total, right=(0, 3, 4),
    )  # fmt: skip


def _nobody(years: int) -> str:
    if not years:
        return _("The shop keeps everybody; aftersales config set retention_years 10 changes that.")
    return _("Nobody is due to be forgotten.")
