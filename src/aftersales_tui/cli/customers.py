"""The customer files."""

from __future__ import annotations

from typing import Annotated

import typer

from aftersales_tui.cli import file_sheets, output, records
from aftersales_tui.cli.session import LIST_LIMIT, Json, Limit, at_work, example, group, record_id
from aftersales_tui.domain.errors import refuse
from aftersales_tui.i18n import _
from aftersales_tui.views.customers import NewCustomer

app = group("The customer files: add, show, list, edit, merge.")

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
