"""The one look-up."""

from __future__ import annotations

from typing import Annotated

import typer

from aftersales_tui.cli import output, records, sheets
from aftersales_tui.cli.session import Json, Limit, at_work, example, single
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.i18n import C_, _
from aftersales_tui.i18n.labels import label

app = single()

FOUND_AT_MOST = 50


@app.command(epilog=example('find "8027"'))
def find(
    ctx: typer.Context,
    text: Annotated[
        str, typer.Argument(help="Any scrap: phone digits, name, initials, serial, number, words.")
    ],
    kind: Annotated[list[RecordKind] | None, typer.Option("--kind", help="May be repeated.")] = None,
    limit: Limit = FOUND_AT_MOST,
    json: Json = False,
) -> None:
    """Look up customers, devices, jobs and calls: every word is a part of what is on file, newest first."""
    with at_work(ctx) as work:
        from aftersales_tui.services import search

        found = search.find(work.shop, text, tuple(kind or ()), limit, newest_first=True)
        if json:
            output.listed([records.record(hit) for hit in found.items], found.total)
            return
        if not found.items:
            output.nothing(_("Nothing found."))
            for word, count in found.alone:
                output.warn(_("“{word}” alone: {n}").format(word=word, n=count))
            return
        rows = (
            (
                label(hit.kind),
                records.number_of(hit) or hit.id,
                hit.title,
                sheets.hit_status(hit.kind, hit.status),
                sheets.how_it_stands(work, hit),
            )
            for hit in found.items
        )
        columns = (
            C_("col", "Kind"), C_("col", "No."), C_("col", "What"), C_("col", "Status"),
            C_("col", "How it stands"),
        )  # fmt: skip
        output.table(columns, rows, total=found.total)
