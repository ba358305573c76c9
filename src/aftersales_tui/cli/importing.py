"""Other people's data in."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from aftersales_tui.cli import output
from aftersales_tui.cli.session import Json, at_work, example, group
from aftersales_tui.i18n import C_, _
from aftersales_tui.i18n.messages import sentence

app = group("Bring other people's data in.")


class Format(StrEnum):
    """What the file is."""

    AUTO = "auto"
    ORDS = "ords"


@app.command(epilog=example("import repairs repairs.csv --format ords --dry-run"))
def repairs(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file.")],
    form: Annotated[Format, typer.Option("--format", help="The Open Repair Data Standard.")] = Format.AUTO,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would come in.")] = False,
    json: Json = False,
) -> None:
    """Bring in repairs done before as jobs handed over on their day; a second run adds nothing."""
    with at_work(ctx) as work:
        from aftersales_tui.services import importing

        done = importing.import_repairs(work.shop, file, work.by, data_format=form.value, dry_run=dry_run)
        if done.encoding != "utf-8":
            output.warn(_("The file was read as {encoding}.").format(encoding=done.encoding))
        if json:
            output.as_json(
                {
                    "rows": done.rows,
                    "imported": done.imported,
                    "skipped": done.skipped,
                    "rejected": [{"line": row.line, "reason": sentence(row.reason)} for row in done.rejected],
                }
            )
            return
        words = (
            _("{rows} rows: {imported} would come in, {skipped} are on file already, {rejected} stay out.")
            if dry_run
            else _("{rows} rows: {imported} came in, {skipped} were on file already, {rejected} stay out.")
        )
        output.say(words.format(
            rows=done.rows, imported=done.imported, skipped=done.skipped, rejected=len(done.rejected)
        ))  # fmt: skip
        if done.rejected:
            rows = ((row.line, sentence(row.reason)) for row in done.rejected)
            output.table((C_("col", "Line"), C_("col", "Reason")), rows, right=(0,), cells=200)
