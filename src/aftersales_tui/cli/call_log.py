"""``call log``: everything the call form asks, in one line of a shell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from aftersales_tui.cli import output, records, sheets
from aftersales_tui.cli.session import Json, Work, at_work, example, record_id
from aftersales_tui.cli.typed import Accepted, Delivered, Installed, Invoiced, Produced, Sold
from aftersales_tui.domain.errors import refuse
from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.words import AsBefore, CallKind, Cause, Channel, Place, Proof, Urgency, Wish
from aftersales_tui.i18n import _, warnings
from aftersales_tui.views.calls import CallLogged, NewCall, OpenJob

if TYPE_CHECKING:
    from datetime import date

app = typer.Typer()


@app.command(
    "log",
    epilog=example(
        'call log --phone "138 0013 8027" --name "Wang Fang" --address "East Gate 5" --brand Galanz '
        '--model P70F23 --category "microwave oven" --serial 24G7-F0058914 --sold 2026-03-02 '
        '--fault "Sparks inside" --open-job'
    ),
)
def log(
    ctx: typer.Context,
    kind: Annotated[CallKind, typer.Option(help="What the caller wants.")] = CallKind.REPAIR,
    channel: Annotated[Channel, typer.Option(help="How the call reached the shop.")] = Channel.PHONE,
    customer: Annotated[str | None, typer.Option(metavar="N", help="A customer on file.")] = None,
    phone: Annotated[str, typer.Option(help="As it is said; never refused.")] = "",
    name: Annotated[str, typer.Option(help="Who calls.")] = "",
    region: Annotated[str, typer.Option(help="District or town.")] = "",
    address: Annotated[str, typer.Option(help="Where they live.")] = "",
    email: Annotated[str, typer.Option(help="Their e-mail address.")] = "",
    device: Annotated[str | None, typer.Option(metavar="N", help="A device on file.")] = None,
    serial: Annotated[str, typer.Option(help="Serial number or IMEI.")] = "",
    brand: Annotated[str, typer.Option(help="Who made it.")] = "",
    model: Annotated[str, typer.Option(help="Its model.")] = "",
    category: Annotated[str, typer.Option(help="What kind of product it is, in either language.")] = "",
    sold: Sold = None,
    invoiced: Invoiced = None,
    delivered: Delivered = None,
    installed: Installed = None,
    accepted: Accepted = None,
    produced: Produced = None,
    invoice_no: Annotated[str, typer.Option(help="The number of the invoice.")] = "",
    proof: Annotated[Proof | None, typer.Option(help="What is known of the proof of purchase.")] = None,
    seller: Annotated[str, typer.Option(help="Where it was bought.")] = "",
    fault: Annotated[str, typer.Option(help="What is wrong, in the caller's words.")] = "",
    as_before: Annotated[
        str | None, typer.Option(metavar="J-…|no", help="The same fault as in that job, or not.")
    ] = None,
    cause: Annotated[Cause, typer.Option(help="What the caller says it comes from.")] = Cause.NOT_KNOWN,
    wish: Annotated[Wish, typer.Option(help="What the customer wishes.")] = Wish.REPAIR,
    urgency: Annotated[Urgency, typer.Option(help="How much it hurts.")] = Urgency.P3,
    place: Annotated[Place, typer.Option(help="Where the work is done.")] = Place.WORKSHOP,
    call_back_at: Annotated[
        str | None, typer.Option(metavar="'DATE TIME'", help="A call-back promised to the caller.")
    ] = None,
    open_job: Annotated[bool, typer.Option("--open-job", help="Open the job in the same step.")] = False,
    in_hand: Annotated[
        bool | None,
        typer.Option("--in-hand/--expected", help="Whether the device is here; proposed by the channel."),
    ] = None,
    assign: Annotated[str | None, typer.Option(metavar="NAME", help="Who does the job.")] = None,
    promised_for: Annotated[
        str | None, typer.Option(metavar="DATE", help="The promised day; else the shop's turnaround.")
    ] = None,
    intake: Annotated[str, typer.Option(help="What came in: accessories, marks, data.")] = "",
    shelf: Annotated[str, typer.Option(help="Where it stands.")] = "",
    advised: Annotated[
        bool, typer.Option("--advised", help="Close it as advised by phone; a call-back becomes due.")
    ] = False,
    json: Json = False,
) -> None:
    """Log a call, judge the warranty, and open the job or close the call as advised.

    Nothing is refused for being incomplete: what is missing makes the call wait for verification.
    A known phone with another name makes a new customer and warns. Dates may be typed as
    2026-03-02, 2.3.26, 2/3 or 8m.
    """
    if open_job and advised:
        raise typer.BadParameter("--open-job and --advised exclude each other.")
    of_job = {"--in-hand": in_hand is not None, "--assign": assign is not None, "--intake": bool(intake),
              "--promised-for": promised_for is not None, "--shelf": bool(shelf)}  # fmt: skip
    if not open_job and any(of_job.values()):
        first = next(option for option, given in of_job.items() if given)
        raise typer.BadParameter(f"{first} needs --open-job.")
    typed = {"sold": sold, "invoiced": invoiced, "delivered": delivered, "installed": installed,
             "accepted": accepted, "produced": produced}  # fmt: skip
    with at_work(ctx) as work:
        from aftersales_tui.services import calls

        same, job_before = _as_before(work, as_before)
        new = NewCall(
            kind=kind, channel=channel, phone=phone, name=name, region=region, address=address, email=email,
            customer_id=None if customer is None else record_id(customer, "customer"),
            device_id=None if device is None else record_id(device, "device"),
            brand=brand, model=model, category=category, serial=serial, invoice_no=invoice_no, proof=proof,
            seller=seller, fault=fault, as_before=same, as_before_job_id=job_before, cause=cause, wish=wish,
            urgency=urgency, place=place, call_back_at=work.coming(call_back_at, "call_back_at"),
            **_days(work, typed),
        )  # fmt: skip
        if open_job:
            given = OpenJob(
                in_hand=in_hand,
                assigned_to=None if assign is None else work.staff(assign, "assign"),
                promised_for=work.coming_day(promised_for, "promised_for"),
                intake=intake,
                shelf=shelf,
            )
            logged = calls.log_and_open(work.shop, new, work.by, given)
        elif advised:
            logged = calls.log_and_advise(work.shop, new, work.by)
        else:
            logged = calls.log(work.shop, new, work.by)
        show_logged(work, logged, as_json=json)


def _days(work: Work, typed: dict[str, str | None]) -> dict[str, Any]:
    days: dict[str, date | None] = {f"{name}_on": work.day(text, name) for name, text in typed.items()}
    return days


def _as_before(work: Work, typed: str | None) -> tuple[AsBefore, int | None]:
    if typed is None:
        return AsBefore.NOT_ASKED, None
    if typed.strip().lower() == "no":
        return AsBefore.NO, None
    if not typed.strip():
        raise refuse("number_not_read", "as_before", text=typed, letter=NumberKind.JOB.value)
    return AsBefore.YES, work.job(typed, "as_before")


def show_logged(work: Work, logged: CallLogged, *, as_json: bool) -> None:
    """What logging, opening or closing made; the warnings go to stderr."""
    for code in logged.warnings:
        output.warn(warnings.sentence(code))
    if as_json:
        follow_up = logged.follow_up_number
        output.as_json(
            {
                "call": records.record(logged.call),
                "job": records.record(logged.job) if logged.job else None,
                "verdict": logged.verdict.to_json() if logged.verdict else None,
                "follow_up": show_number(NumberKind.FOLLOW_UP, follow_up) if follow_up else None,
                "warnings": list(logged.warnings),
            }
        )
        return
    sheets.call_line(logged.call)
    if logged.job is not None:
        sheets.job_lines(work, logged.job)
    if logged.verdict is not None:
        sheets.verdict_line(logged.verdict)
    if logged.follow_up_number is not None:
        number = show_number(NumberKind.FOLLOW_UP, logged.follow_up_number)
        output.say(_("Call back: {number}.").format(number=number))
