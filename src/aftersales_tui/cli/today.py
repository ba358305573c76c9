"""What needs somebody now."""

from __future__ import annotations

from typing import Annotated

import typer

from aftersales_tui.cli import output
from aftersales_tui.cli.session import LIST_LIMIT, Json, Limit, at_work, example, single
from aftersales_tui.domain.words import Role
from aftersales_tui.i18n import C_, _

app = single()


@app.command(epilog=example("today --role clerk"))
def today(
    ctx: typer.Context,
    role: Annotated[Role | None, typer.Option(help="Only what is theirs; an owner sees all.")] = None,
    limit: Limit = LIST_LIMIT,
    json: Json = False,
) -> None:
    """What needs somebody now, most urgent first, with the reason."""
    with at_work(ctx) as work:
        from aftersales_tui.cli import records
        from aftersales_tui.i18n.need_words import need_words
        from aftersales_tui.services import today as services

        found, total = services.needs(work.shop, role, limit)
        if json:
            items = [{**records.record(row), "reason": need_words(row, work.zone)} for row in found]
            output.listed(items, total)
            return
        if not found:
            output.nothing(_("Nothing needs anybody now."))
            return
        columns = (C_("col", "No."), C_("col", "Needs"), C_("col", "Customer"), C_("field", "Phone"),
                   C_("col", "Device"), C_("field", "Fault"))  # fmt: skip
        rows = (
            (row.number, need_words(row, work.zone), row.who, row.phone, row.product, row.text) for row in found
        )
        output.table(columns, rows, total=total)
