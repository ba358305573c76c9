"""``print``: the printed forms, as pages of their own for the browser's printer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aftersales_tui.cli import output
from aftersales_tui.cli.session import Json, Work, at_work, example, group, record_id
from aftersales_tui.domain.errors import refuse
from aftersales_tui.domain.numbering import NumberKind, read_number
from aftersales_tui.domain.papers import Form, Paper, Subject
from aftersales_tui.domain.text import excerpt
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.i18n import _

app = group("The printed forms: claim check, coverage statement.")

To = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Into this file; else among your documents."),
]
On = Annotated[Paper, typer.Option("--paper", case_sensitive=False, help="A sheet, or a receipt roll.")]
Open = Annotated[bool, typer.Option("--open", help="Open it in the browser, to print it there.")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite the file.")]


@app.command("claim-check", epilog=example("print claim-check J-0002 --paper 80mm"))
def claim_check(
    ctx: typer.Context,
    job: Annotated[str, typer.Argument(metavar="N", help="The job, as J-0343 or 343.")],
    file: To = None,
    paper: On = Paper.A4,
    show: Open = False,
    force: Force = False,
    json: Json = False,
) -> None:
    """What the customer holds while the device is here: number, device, promise, warranty, terms."""
    with at_work(ctx) as work:
        about = Subject(RecordKind.JOB, work.job(job))
        _print(work, Form.CLAIM_CHECK, about, file, paper, show=show, force=force, json=json)


@app.command("coverage-statement", epilog=example("print coverage-statement J-0002"))
def coverage_statement(
    ctx: typer.Context,
    number: Annotated[
        str | None, typer.Argument(metavar="N", help="A job, J-0343 or 343, or a call, C-0409.")
    ] = None,
    device: Annotated[
        str | None, typer.Option(metavar="ID", help="A device on file instead, judged today.")
    ] = None,
    file: To = None,
    paper: On = Paper.A4,
    show: Open = False,
    force: Force = False,
    json: Json = False,
) -> None:
    """The warranty verdict with everything it rests on: dates, remedies, clauses and their sources."""
    if (number is None) == (device is None):
        raise typer.BadParameter(_("Name a job or a call, or a device with --device."))
    with at_work(ctx) as work:
        if number is not None:
            about = _numbered(work, number)
        else:
            about = Subject(RecordKind.DEVICE, record_id(device or "", "device"))
        _print(work, Form.COVERAGE_STATEMENT, about, file, paper, show=show, force=force, json=json)


def _numbered(work: Work, typed: str) -> Subject:
    """The job or call of a number; the digits alone are a job's."""
    found = read_number(typed)
    if found is not None and found[0] is NumberKind.CALL:
        return Subject(RecordKind.CALL, work.call(typed, "number"))
    if found is None or found[0] not in (None, NumberKind.JOB):
        raise refuse("number_not_read", "number", text=excerpt(typed), letter=NumberKind.JOB.value)
    return Subject(RecordKind.JOB, work.job(typed, "number"))


def _print(
    work: Work,
    form: Form,
    about: Subject,
    to: Path | None,
    paper: Paper,
    *,
    show: bool,
    force: bool,
    json: bool,
) -> None:
    from aftersales_tui.documents import files
    from aftersales_tui.services import printing

    sheet = printing.sheet(work.shop, form, about, paper)
    file = files.save(sheet, to, force=force)
    if show and not files.show(file):
        output.warn(_("No browser could be opened here; the sheet is in {file}.").format(file=file))
    if json:
        output.as_json({"file": str(file), "form": form.value, "number": sheet.number or None})
    else:
        output.say(str(file))
