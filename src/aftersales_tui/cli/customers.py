"""The customer files."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from aftersales_tui.cli import file_sheets, output, privacy, records
from aftersales_tui.cli.session import LIST_LIMIT, Json, Limit, at_work, example, group, record_id
from aftersales_tui.domain.errors import refuse
from aftersales_tui.i18n import _
from aftersales_tui.views.customers import NewCustomer

app = group("The customer files: add, show, list, edit, merge, export, erase.")

Number = Annotated[str, typer.Argument(metavar="N", help="The customer, as `customer list` numbers it.")]
Phones = Annotated[
    list[str] | None,
    typer.Option("--phone", help="May be repeated; a word in brackets at its end is its label."),
]


@app.command(epilog=example('customer add --name "Wang Fang" --phone "138 0013 8027 (mobile)"'))
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Option(help="The name.")] = "",
    phone: Phones = None,
    region: Annotated[str, typer.Option(help="District or town.")] = "",
    address: Annotated[str, typer.Option(help="Where they live.")] = "",
    email: Annotated[str, typer.Option(help="The e-mail address.")] = "",
    price_group: Annotated[str, typer.Option(help="Whose prices apply.")] = "",
    notes: Annotated[str, typer.Option(help="What everybody should know.")] = "",
    json: Json = False,
) -> None:
    """Make a customer file. A name or a phone is enough."""
    with at_work(ctx) as work:
        from aftersales_tui.services import customers

        new = NewCustomer(
            name=name, phones=tuple(phone or ()), region=region, address=address, email=email,
            price_group=price_group, notes=notes,
        )  # fmt: skip
        made = customers.add(work.shop, new, work.by)
        if json:
            output.as_json(records.record(made))
        else:
            output.say(_("Customer {id} is on file.").format(id=made.id))


@app.command(epilog=example("customer show 1"))
def show(ctx: typer.Context, number: Number, json: Json = False) -> None:
    """Show a customer with devices, open jobs and history."""
    with at_work(ctx) as work:
        from aftersales_tui.services import customers

        card = customers.card(work.shop, record_id(number, "customer"))
        if json:
            output.as_json(records.card(card))
            return
        file_sheets.customer(work, card.customer)
        if card.devices:
            output.say("")
            file_sheets.devices(work, card.devices)
        file_sheets.history(work, card.history)


@app.command("list", epilog=example("customer list --limit 20"))
def listed(ctx: typer.Context, limit: Limit = LIST_LIMIT, json: Json = False) -> None:
    """List the customers, the one put on file last first."""
    with at_work(ctx) as work:
        from aftersales_tui.services import customers

        found, total = customers.newest(work.shop, limit)
        if json:
            output.listed([records.record(one) for one in found], total)
        elif found:
            file_sheets.customers(found, total)
        else:
            output.nothing(_("No customers."))


@app.command(epilog=example('customer edit 1 --address "East Gate 7"'))
def edit(
    ctx: typer.Context,
    number: Number,
    name: Annotated[str | None, typer.Option(help="The name.")] = None,
    phone: Annotated[
        list[str] | None, typer.Option("--phone", help="All phones, in place of those on file.")
    ] = None,
    region: Annotated[str | None, typer.Option(help="District or town.")] = None,
    address: Annotated[str | None, typer.Option(help="Where they live.")] = None,
    email: Annotated[str | None, typer.Option(help="The e-mail address.")] = None,
    price_group: Annotated[str | None, typer.Option(help="Whose prices apply.")] = None,
    notes: Annotated[str | None, typer.Option(help="What everybody should know.")] = None,
    json: Json = False,
) -> None:
    """Change a customer file; only what is named is changed, an empty text empties the field."""
    texts = {
        "name": name, "region": region, "address": address, "email": email, "price_group": price_group,
        "notes": notes,
    }  # fmt: skip
    changes: dict[str, object] = {key: value for key, value in texts.items() if value is not None}
    if phone:
        changes["phones"] = tuple(phone)
    if not changes:
        raise refuse("field_missing")
    with at_work(ctx) as work:
        from aftersales_tui.services import customers

        now = customers.show(work.shop, record_id(number, "customer"))
        shown = {"version": now.version, **{key: getattr(now, key) for key in changes if key != "phones"}}
        changed = customers.edit(work.shop, now.id, shown=shown, changes=changes, by=work.by)
        if json:
            output.as_json(records.record(changed))
        else:
            file_sheets.customer(work, changed)


@app.command(epilog=example("customer merge 2 --into 1"))
def merge(
    ctx: typer.Context,
    number: Number,
    into: Annotated[str, typer.Option(metavar="N", help="The file that is kept.", show_default=False)],
    json: Json = False,
) -> None:
    """Merge a file that was made twice into the one that is kept.

    Phones, devices, calls, jobs and follow-ups move over; the double stays as a record that says so.
    """
    with at_work(ctx) as work:
        from aftersales_tui.services import customers

        ids = record_id(number, "customer"), record_id(into, "into")
        kept = customers.merge(work.shop, *ids, work.by)
        if json:
            output.as_json(records.record(kept))
            return
        output.say(_("Customer {id} was merged into customer {into}.").format(id=ids[0], into=kept.id))
        file_sheets.customer(work, kept)


@app.command(epilog=example("customer export 9 wang-fang"))
def export(
    ctx: typer.Context,
    number: Number,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder; it is made when it is not there.")],
    force: Annotated[bool, typer.Option("--force", help="Overwrite an export that is there.")] = False,
    json: Json = False,
) -> None:
    """Write everything on file about one person into a folder that only you can read; owners only.

    One JSON file with everything, a CSV file for every part, and a README that says what is what.
    """
    with at_work(ctx) as work:
        from aftersales_tui.services import person_export

        done = person_export.export(work.shop, record_id(number, "customer"), folder, work.by, force=force)
        if json:
            files = [str(file) for file in done.files]
            top = {"id": done.customer_id, "number": None, "version": None, "status": "exported"}
            output.as_json({**top, "folder": str(done.folder), "files": files, "rows": dict(done.rows)})
        else:
            output.say(_("Everything about customer {id} is in {folder}: {n} files.").format(
                id=done.customer_id, folder=done.folder, n=len(done.files)
            ))  # fmt: skip


@app.command(epilog=example('customer erase 9 --reason "asked to be forgotten" --dry-run'))
def erase(
    ctx: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option(help="Why; it is kept on record.", show_default=False)],
    dry_run: privacy.DryRun = False,
    yes: privacy.Yes = False,
    and_copies: privacy.AndCopies = False,
    json: Json = False,
) -> None:
    """Forget a person and keep the books; owners only. It cannot be undone.

    Name, phones, addresses, e-mail, notes and opinions go, with the before and after of every event.
    Numbers, dates, outcomes, devices and what was done at them stay; in texts about devices the name and
    the phones are blacked out. Refused while a job or call of theirs is open. Asks on a terminal, elsewhere
    it needs --yes.
    """
    with at_work(ctx) as work:
        from aftersales_tui.i18n.person_words import KEPT, done_lines, plan_lines
        from aftersales_tui.services import privacy as service

        customer_id = record_id(number, "customer")
        plan = service.plan(work.shop, customer_id)
        if not json:
            for line in plan_lines(plan) if dry_run or not yes else ():
                output.say(line)
        if dry_run:
            if json:
                top = {"id": plan.customer_id, "number": None, "version": None, "status": "dry_run"}
                output.as_json({**top, **asdict(plan)})
            else:
                _say_kept(KEPT)
            return
        privacy.sure(_("Forget customer {id} for good?").format(id=plan.customer_id), yes=yes)
        done = service.erase(work.shop, customer_id, reason, work.by, and_copies=and_copies)
        if json:
            output.as_json(privacy.forgotten(done))
            return
        for line in done_lines(done):
            output.say(line)
        _say_kept(KEPT)


def _say_kept(clauses: tuple[str, ...]) -> None:
    output.say("")
    output.say(_("What is kept, and why:"))
    for clause in map(_, clauses):
        output.say(f"- {clause}")
