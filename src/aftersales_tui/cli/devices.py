"""The service cards."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from aftersales_tui.cli import file_sheets, output, records, sheets
from aftersales_tui.cli.session import LIST_LIMIT, Json, Limit, Work, at_work, example, group, record_id
from aftersales_tui.cli.typed import Accepted, Delivered, Installed, Invoiced, Produced, Sold
from aftersales_tui.domain.errors import NotFound, refuse
from aftersales_tui.domain.text import fold
from aftersales_tui.domain.words import Proof
from aftersales_tui.i18n import _
from aftersales_tui.views.devices import DeviceView, NewDevice

app = group("The service cards, one per unit: add, show, list, edit.")

Number = Annotated[
    str, typer.Argument(metavar="N", help="The device as `device list` numbers it, or its serial or tail.")
]
Customer = Annotated[str | None, typer.Option(metavar="N", help="Whose it is.")]
DATES = ("sold", "invoiced", "delivered", "installed", "accepted", "produced")


@app.command(epilog=example('device add --customer 1 --brand Acme --model "X 1" --serial X1-2'))
def add(
    ctx: typer.Context,
    customer: Customer = None,
    brand: Annotated[str, typer.Option(help="Who made it.")] = "",
    model: Annotated[str, typer.Option(help="Its model.")] = "",
    category: Annotated[str, typer.Option(help="What kind of product it is, in either language.")] = "",
    serial: Annotated[str, typer.Option(help="Serial number or IMEI.")] = "",
    sold: Sold = None,
    invoiced: Invoiced = None,
    delivered: Delivered = None,
    installed: Installed = None,
    accepted: Accepted = None,
    produced: Produced = None,
    invoice_no: Annotated[str, typer.Option(help="The number of the invoice.")] = "",
    proof: Annotated[Proof, typer.Option(help="What is known of the proof of purchase.")] = Proof.TOLD,
    seller: Annotated[str, typer.Option(help="Where it was bought.")] = "",
    place: Annotated[str, typer.Option(help="Where it stands.")] = "",
    notes: Annotated[str, typer.Option(help="What everybody should know.")] = "",
    json: Json = False,
) -> None:
    """Put a device on file."""
    typed = (sold, invoiced, delivered, installed, accepted, produced)
    with at_work(ctx) as work:
        from aftersales_tui.services import devices

        days: dict[str, Any] = {
            f"{name}_on": work.day(text, name) for name, text in zip(DATES, typed, strict=True)
        }
        new = NewDevice(
            customer_id=None if customer is None else record_id(customer, "customer"),
            brand=brand, model=model, category=category, serial=serial, invoice_no=invoice_no, proof=proof,
            seller=seller, place=place, notes=notes, **days,
        )  # fmt: skip
        made = devices.show(work.shop, devices.add(work.shop, new, work.by).id)
        if json:
            output.as_json(records.record(made))
            return
        output.say(_("Device {id} is on file.").format(id=made.id))
        if made.verdict is not None:
            sheets.verdict_line(made.verdict)


@app.command(epilog=example("device show 1"))
def show(ctx: typer.Context, number: Number, json: Json = False) -> None:
    """Show a device with its verdict of today and what happened to it."""
    with at_work(ctx) as work:
        from aftersales_tui.services import devices

        found = _found(work, number)
        history = devices.history_of(work.shop, found.id)
        if json:
            output.as_json({**records.record(found), "history": records.plain(history)})
            return
        file_sheets.device(work, found)
        file_sheets.history(work, history)


def _found(work: Work, typed: str) -> DeviceView:
    from aftersales_tui.services import devices

    digits = fold(typed)
    if digits.isascii() and digits.isdigit() and len(digits) < 8:
        try:
            return devices.show(work.shop, int(digits))
        except NotFound:
            return devices.show(work.shop, devices.by_serial(work.shop, typed).id)
    return devices.show(work.shop, devices.by_serial(work.shop, typed).id)


@app.command("list", epilog=example("device list --customer 1"))
def listed(
    ctx: typer.Context, customer: Customer = None, limit: Limit = LIST_LIMIT, json: Json = False
) -> None:
    """List the devices, the one put on file last first; or those of one customer with their verdicts."""
    with at_work(ctx) as work:
        from aftersales_tui.services import customers, devices

        if customer is None:
            found, total = devices.newest(work.shop, limit)
        else:
            owner = customers.show(work.shop, record_id(customer, "customer"))
            owned = devices.of_customer(work.shop, owner.id)
            found, total = owned[:limit], len(owned)
        if json:
            output.listed([records.record(one) for one in found], total)
        elif found:
            file_sheets.devices(work, found, total)
        else:
            output.nothing(_("No devices."))


@app.command(epilog=example("device edit 1 --invoiced 2026-03-02 --proof seen"))
def edit(
    ctx: typer.Context,
    number: Number,
    customer: Customer = None,
    brand: Annotated[str | None, typer.Option(help="Who made it.")] = None,
    model: Annotated[str | None, typer.Option(help="Its model.")] = None,
    category: Annotated[str | None, typer.Option(help="What kind of product it is.")] = None,
    serial: Annotated[str | None, typer.Option(help="Serial number or IMEI.")] = None,
    sold: Sold = None,
    invoiced: Invoiced = None,
    delivered: Delivered = None,
    installed: Installed = None,
    accepted: Accepted = None,
    produced: Produced = None,
    invoice_no: Annotated[str | None, typer.Option(help="The number of the invoice.")] = None,
    proof: Annotated[Proof | None, typer.Option(help="What is known of the proof of purchase.")] = None,
    seller: Annotated[str | None, typer.Option(help="Where it was bought.")] = None,
    place: Annotated[str | None, typer.Option(help="Where it stands.")] = None,
    notes: Annotated[str | None, typer.Option(help="What everybody should know.")] = None,
    forget: Annotated[
        list[str] | None, typer.Option("--forget", metavar="DATE-NAME", help="Take a date off, such as sold.")
    ] = None,
    json: Json = False,
) -> None:
    """Change a service card; only what is named is changed, an empty text empties the field."""
    texts = {"brand": brand, "model": model, "category": category, "serial": serial, "proof": proof,
             "invoice_no": invoice_no, "seller": seller, "place": place, "notes": notes}  # fmt: skip
    typed = (sold, invoiced, delivered, installed, accepted, produced)
    with at_work(ctx) as work:
        from aftersales_tui.services import devices

        changes: dict[str, object] = {key: value for key, value in texts.items() if value is not None}
        for name, text in zip(DATES, typed, strict=True):
            if text is not None:
                changes[f"{name}_on"] = work.day(text, name)
        for name in forget or ():
            if name not in DATES:
                raise refuse("field_unknown", name, known=", ".join(DATES))
            changes[f"{name}_on"] = None
        if customer is not None:
            changes["customer_id"] = record_id(customer, "customer")
        if not changes:
            raise refuse("field_missing")
        now = _found(work, number)
        shown = {"version": now.version, **{key: getattr(now, key) for key in changes}}
        changed = devices.edit(work.shop, now.id, shown=shown, changes=changes, by=work.by)
        if json:
            output.as_json(records.record(changed))
        else:
            file_sheets.device(work, changed)
