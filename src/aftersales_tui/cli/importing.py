"""Other people's data in."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aftersales_tui.cli import output
from aftersales_tui.cli.session import Json, Work, at_work, example, group
from aftersales_tui.domain.errors import Problem, Refused
from aftersales_tui.domain.import_columns import CUSTOMER_FIELDS, DEVICE_FIELDS, Why, read_map
from aftersales_tui.domain.import_names import Field
from aftersales_tui.i18n import C_, _, ngettext
from aftersales_tui.i18n.field_words import field_word
from aftersales_tui.i18n.messages import sentence
from aftersales_tui.views.importing import ColumnUse, HowToImport, ImportResult

if TYPE_CHECKING:
    from aftersales_tui.services.registry import Progress

app = group("Bring other people's data in.")

SHOWN = 20
"""Rejected rows, and kinds of remark, that are shown; a report has them all."""
_LINES = 5
_MISTOLD = ("import_field_unknown", "import_map_not_read")

File = Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file or an Excel workbook (.xlsx).")]
Map = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="COL=FIELD", help="What a column is; COL= leaves it out. Repeat it."),
]
Sheet = Annotated[str, typer.Option(metavar="NAME", help="The sheet of a workbook; the first if not said.")]
Encoding = Annotated[str, typer.Option(metavar="NAME", help="How the letters of a CSV file are written.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would come in.")]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="The file is right where a filled field differs.")
]
Report = Annotated[
    Path | None, typer.Option("--report", metavar="FILE", help="Every remark, line by line, as CSV.")
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite the report.")]


class Format(StrEnum):
    """What the file is."""

    AUTO = "auto"
    ORDS = "ords"


class Dates(StrEnum):
    """The order of the numbers in a day such as 3/9/2025."""

    AUTO = "auto"
    DMY = "dmy"
    MDY = "mdy"


class Table(StrEnum):
    """A table with a header."""

    AUTO = "auto"


Form = Annotated[Table, typer.Option("--format", help="A table with a header.")]
Order = Annotated[Dates, typer.Option("--dates", help="The order of the numbers in days such as 3/9/2025.")]


@app.command(epilog=example("import customers customers.csv --dry-run"))
def customers(
    ctx: typer.Context,
    file: File,
    form: Form = Table.AUTO,
    maps: Map = None,
    sheet: Sheet = "",
    encoding: Encoding = "",
    overwrite: Overwrite = False,
    dry_run: DryRun = False,
    report: Report = None,
    force: Force = False,
    json: Json = False,
) -> None:
    """Bring in a list of customers, matched by phone and name; a second run completes, never doubles."""
    _check_maps(maps, CUSTOMER_FIELDS)
    how = HowToImport(
        maps=tuple(maps or ()), sheet=sheet, encoding=encoding, overwrite=overwrite, dry_run=dry_run
    )
    with at_work(ctx) as work:
        from aftersales_tui.services import registry

        _bring_in(
            work, lambda told: registry.import_customers(work.shop, file, work.by, how, told),
            dry_run=dry_run, report=report, force=force, as_json=json,
        )  # fmt: skip


@app.command(epilog=example("import devices sold.csv --dry-run"))
def devices(
    ctx: typer.Context,
    file: File,
    form: Form = Table.AUTO,
    maps: Map = None,
    sheet: Sheet = "",
    encoding: Encoding = "",
    dates: Order = Dates.AUTO,
    overwrite: Overwrite = False,
    dry_run: DryRun = False,
    report: Report = None,
    force: Force = False,
    json: Json = False,
) -> None:
    """Bring in what was sold, and to whom; units are known by their serial, a second run completes them."""
    _check_maps(maps, DEVICE_FIELDS)
    how = HowToImport(
        maps=tuple(maps or ()), sheet=sheet, encoding=encoding, overwrite=overwrite, dry_run=dry_run,
        dates="" if dates is Dates.AUTO else dates.value,
    )  # fmt: skip
    with at_work(ctx) as work:
        from aftersales_tui.services import registry

        _bring_in(
            work, lambda told: registry.import_devices(work.shop, file, work.by, how, told),
            dry_run=dry_run, report=report, force=force, as_json=json,
        )  # fmt: skip


@app.command(epilog=example("import repairs repairs.csv --format ords --dry-run"))
def repairs(
    ctx: typer.Context,
    file: File,
    form: Annotated[Format, typer.Option("--format", help="The Open Repair Data Standard.")] = Format.AUTO,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Bring in repairs done before as jobs handed over on their day; a second run adds nothing."""
    with at_work(ctx) as work:
        from aftersales_tui.services import importing

        done = importing.import_repairs(
            work.shop, file, work.by, data_format=form.value, dry_run=dry_run, progress=_progress()
        )
        _answer(done, dry_run=dry_run, as_json=json)


def _check_maps(maps: list[str] | None, known: tuple[Field, ...]) -> None:
    try:
        read_map(tuple(maps or ()), known)
    except Refused as refused:
        raise typer.BadParameter(sentence(refused.problem)) from refused


def _bring_in(
    work: Work,
    run: Callable[[Progress | None], ImportResult],
    *,
    dry_run: bool,
    report: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Run an import and say what came of it; a report that cannot be written stops it before it begins."""
    if report is not None:
        output.into_file("", report, force=force, field="report")
    done = run(_progress())
    if report is not None:
        output.into_file("\ufeff" + _as_csv(done), report, force=True, field="report")
    _columns(done)
    _answer(done, dry_run=dry_run, as_json=as_json)
    if report is not None:
        output.warn(_("Written to {file}.").format(file=report))


def _progress() -> Progress | None:
    """How far it is, on a terminal only."""
    if not sys.stderr.isatty():
        return None

    def tell(done: int, total: int) -> None:
        output.passing("" if done == total else _("{done} of {total} rows").format(done=done, total=total))

    return tell


def _columns(done: ImportResult) -> None:
    """Which column was taken for which field."""
    for one in done.columns:
        if one.header or one.field:
            output.warn(_column(one))


def _column(one: ColumnUse) -> str:
    header = one.header or "–"
    if one.field:
        return f"{field_word(one.field)} ← {header}"
    if one.why == Why.TAKEN:
        return _("not brought in: {header} (another column is that field)").format(header=header)
    return _("not brought in: {header}").format(header=header)


def _answer(done: ImportResult, *, dry_run: bool, as_json: bool) -> None:
    if done.encoding != "utf-8":
        output.warn(_("The file was read as {encoding}.").format(encoding=done.encoding))
    for warning in done.warnings:
        output.warn(sentence(warning))
    if as_json:
        output.as_json(
            {
                "rows": done.rows,
                "imported": done.imported,
                "updated": done.updated,
                "skipped": done.skipped,
                "rejected": [{"line": row.line, "reason": sentence(row.reason)} for row in done.rejected],
                "notes": [
                    {"line": one.line, "code": one.said.code, "note": sentence(one.said)}
                    for one in done.remarks
                ],
                "columns": [{"column": one.header, "field": one.field or None} for one in done.columns],
                "dry_run": dry_run,
            }
        )
        return
    words = (
        _("{rows} rows: {imported} would come in, {skipped} are on file already, {rejected} stay out.")
        if dry_run
        else _("{rows} rows: {imported} came in, {skipped} were on file already, {rejected} stay out.")
    )
    output.say(
        words.format(
            rows=done.rows, imported=done.imported, skipped=done.skipped, rejected=len(done.rejected)
        )
    )
    if done.updated:
        told = ngettext(
            "{n} of those that come in completes or changes what is on file.",
            "{n} of those that come in complete or change what is on file.",
            done.updated,
        )
        output.say(told.format(n=done.updated))
    _remarks(done)
    _rejected(done)


def _remarks(done: ImportResult) -> None:
    """What was said of rows that came in: how often, where first, and the first one in full."""
    if not done.remarks:
        return
    counts = Counter(one.said.code for one in done.remarks)
    output.say("")
    output.table(
        (C_("col", "Rows"), C_("col", "Lines"), C_("col", "The first of them")),
        (
            (count, _lines(done, code), _first(done, code))
            for code, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        ),
        right=(0,),
        cells=120,
    )


def _lines(done: ImportResult, code: str) -> str:
    lines = list(dict.fromkeys(one.line for one in done.remarks if one.said.code == code))
    shown = C_("list", ", ").join(map(str, lines[:_LINES]))
    return f"{shown} …" if len(lines) > _LINES else shown


def _first(done: ImportResult, code: str) -> str:
    return sentence(next(one.said for one in done.remarks if one.said.code == code))


def _rejected(done: ImportResult) -> None:
    if not done.rejected:
        return
    output.say("")
    rows = ((row.line, sentence(row.reason)) for row in done.rejected[:SHOWN])
    output.table(
        (C_("col", "Line"), C_("col", "Reason")), rows, right=(0,), cells=200, total=len(done.rejected)
    )
    if len(done.rejected) > SHOWN:
        output.warn(_("--report FILE writes all of them line by line; so does --json."))


def _as_csv(done: ImportResult) -> str:
    """Every rejected row and every remark in the order of the file."""
    from aftersales_tui.reports.csv_files import write_csv

    def row(line: int, word: str, said: Problem) -> tuple[object, ...]:
        about = field_word(said.field) if said.field and said.field not in ("row", "file") else ""
        return (line, word, about, sentence(said))

    stays_out, came_in = C_("import", "stays out"), C_("import", "remark")
    rows = [row(one.line, stays_out, one.reason) for one in done.rejected]
    rows += [row(one.line, came_in, one.said) for one in done.remarks]
    head = (C_("col", "Line"), C_("col", "What"), C_("col", "Field"), C_("col", "Reason"))
    return write_csv(head, sorted(rows, key=lambda one: int(str(one[0]))))
