"""The owner's papers."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from aftersales_tui.cli import output
from aftersales_tui.cli.session import Json, at_work, example, group
from aftersales_tui.domain.dates import read_month
from aftersales_tui.i18n import C_, _, formats
from aftersales_tui.views.reports import MonthSummary

app = group("The owner's papers: the month in numbers.")


class Format(StrEnum):
    """How a report is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


@app.command(epilog=example("report month 2026-10 --previous --format csv"))
def month(
    ctx: typer.Context,
    which: Annotated[str, typer.Argument(metavar="YYYY-MM", help="The month.")],
    form: Annotated[
        Format | None, typer.Option("--format", help="Table, or what the file's name ends in.")
    ] = None,
    to: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Into this file.")] = None,
    previous: Annotated[bool, typer.Option("--previous", help="With the month before beside it.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
    json: Json = False,
) -> None:
    """The month in numbers, jobs counted by completion day."""
    asked = read_month(which)
    if form is None:
        suffix = to.suffix[1:].lower() if to is not None else ""
        form = Format.JSON if json else Format(suffix) if suffix in set(Format) else Format.TABLE
    with at_work(ctx) as work:
        from aftersales_tui.reports import month as paper
        from aftersales_tui.services import reports

        if previous:
            current, before = reports.month_with_previous(work.shop, asked)
        else:
            current, before = reports.month(work.shop, asked), None
        if form is Format.JSON:
            text = paper.as_json(current, before)
        elif form is Format.CSV:
            # a spreadsheet takes a file without the mark for one of the system's own encoding
            text = ("" if to is None else "\ufeff") + paper.as_csv(current, before)
        elif before is None:
            text = output.caught(lambda: _table(current))
        else:
            text = paper.as_table(current, before)
        _deliver(text, to, force)


def _table(current: MonthSummary) -> None:
    from aftersales_tui.reports.month import decimal, measures

    output.table(
        (C_("col", "Measure"), _title(current)),
        (("  " * line.depth + line.words, line.shown) for line in measures(current)),
        right=(1,),
    )
    if current.technicians:
        output.say("")
        output.table(
            (C_("col", "Technician"), C_("col", "Closed"), C_("col", "Days"), C_("col", "Score")),
            (
                (person.name, person.closed, decimal(person.turnaround_days), decimal(person.mean_score))
                for person in current.technicians
            ),
            right=range(1, 4),
        )
    output.say("")
    output.say(_("Counted by completion day."))


def _title(current: MonthSummary) -> str:
    year, number = (int(part) for part in current.month.split("-"))
    words = formats.month(year, number)
    return _("{month}, to date").format(month=words) if current.to_date else words


def _deliver(text: str, to: Path | None, force: bool) -> None:
    """On stdout, or whole and private into a file that was not there yet."""
    if to is None:
        output.data(text)
        return
    output.into_file(text, to, force=force)
    output.warn(_("Written to {file}.").format(file=to))
