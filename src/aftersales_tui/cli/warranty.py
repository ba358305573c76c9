"""``warranty check``: facts in, a cited verdict out, nothing stored."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from aftersales_tui.cli import output, records, sheets
from aftersales_tui.cli.session import Json, at_work, example, given_of, group, maybe_shop, speak
from aftersales_tui.cli.typed import Accepted, ContractDate, Delivered, Installed, Invoiced, Produced, Sold
from aftersales_tui.domain.dates import read_day
from aftersales_tui.domain.facts_reading import named_scope, read_price, read_repairs, read_time
from aftersales_tui.domain.numbering import NumberKind, read_number
from aftersales_tui.domain.papers import Subject
from aftersales_tui.domain.policy import WHOLE
from aftersales_tui.domain.text import clean
from aftersales_tui.domain.warranty_facts import Facts
from aftersales_tui.domain.words import Coverage, Exclusion, Proof, RecordKind
from aftersales_tui.domain.working_time import read_hours
from aftersales_tui.i18n import C_
from aftersales_tui.i18n.labels import label

if TYPE_CHECKING:
    from aftersales_tui.domain.verdicts import Verdict
    from aftersales_tui.views.calls import CallView
    from aftersales_tui.views.jobs import JobView
app = group("Judge a warranty from facts, or decide beside a verdict that is on file.")

_MOMENT = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})[ T](\d{1,2}:\d{2})")


class Switch(StrEnum):
    """On or off."""

    ON = "on"
    OFF = "off"


@app.command(
    epilog=example("warranty check --policy cn-general --category tv --sold 2026-03-02 --on 2026-03-09")
)
def check(
    ctx: typer.Context,
    policy: Annotated[
        list[str] | None, typer.Option("--policy", metavar="ID", help="A pack; repeat it.")
    ] = None,
    category: Annotated[str, typer.Option(help="What kind of product it is.")] = "",
    scope: Annotated[str, typer.Option(help="The part asked about, such as main_part or battery.")] = WHOLE,
    sold: Sold = None,
    invoiced: Invoiced = None,
    delivered: Delivered = None,
    installed: Installed = None,
    accepted: Accepted = None,
    produced: Produced = None,
    contract_date: ContractDate = None,
    repair: Annotated[
        list[str] | None,
        typer.Option(
            metavar="IN..OUT[:cause=…][:fault=…]",
            help="An earlier repair; IN.. is one still running. Also :part=… for an assembly that was "
            "replaced and :safety for a dangerous fault. A time of day may follow the date.",
        ),
    ] = None,
    failed_repairs: Annotated[
        int | None,
        typer.Option(min=0, max=1000, help="Failed repairs of the same fault, if counted by hand."),
    ] = None,
    exchanged: Annotated[
        list[str] | None, typer.Option(metavar="DATE", help="Exchanged then; repeat it.")
    ] = None,
    accessory_exchanges: Annotated[
        int, typer.Option(min=0, max=1000, help="How often the accessory was exchanged.")
    ] = 0,
    no_service: Annotated[bool, typer.Option("--no-service", help="Nobody repairs it any more.")] = False,
    cause: Annotated[
        list[Exclusion] | None, typer.Option(case_sensitive=False, help="What excludes; repeat it.")
    ] = None,
    proof: Annotated[
        bool | None,
        typer.Option("--proof/--no-proof", help="Whether there is an invoice; assumed if not said."),
    ] = None,
    price: Annotated[
        str | None, typer.Option(metavar="AMOUNT", help="What was paid, for the sum of a refund.")
    ] = None,
    depreciation: Annotated[
        Switch, typer.Option(help="Whether the refund is reduced by depreciation.")
    ] = Switch.OFF,
    usage: Annotated[
        int | None, typer.Option(min=0, help="The reading, in the unit of the pack: km, hours, cycles.")
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="As of that day, or day and time; today if not said."),
    ] = None,
    hours: Annotated[
        str, typer.Option(metavar="HH:MM-HH:MM", help="Opening hours, for a claim with a time of day.")
    ] = "09:00-18:00",
    serial: Annotated[
        str | None, typer.Option(help="Judge the device on file with this serial or tail.")
    ] = None,
    json: Json = False,
) -> None:
    """Judge a warranty: which rule, from which date, until when, and what the customer may choose.

    Needs no shop file, except for --serial, which takes dates and repairs from the service card.
    """
    typed = {
        "sold": sold, "invoiced": invoiced, "delivered": delivered, "installed": installed,
        "accepted": accepted, "produced": produced, "contract_date": contract_date,
    }  # fmt: skip
    causes = tuple(cause or ())
    told = {
        "scope": named_scope(scope), "causes": causes, "usage": usage, "price": read_price(price),
        "depreciation": depreciation is Switch.ON, "service_unavailable": no_service,
        "accessory_exchanges": accessory_exchanges,
    }  # fmt: skip
    if serial is not None:
        stated = (*typed.values(), category or None, repair, failed_repairs, exchanged, proof)
        if any(value is not None for value in stated):
            raise typer.BadParameter(
                "--serial takes the facts on file; only --policy, --scope, --cause, --price, --depreciation, "
                "--usage, --accessory-exchanges, --no-service and --on go with it."
            )
        with at_work(ctx) as work:
            from aftersales_tui.services import policies

            day = work.day(on, "on")
            verdict = policies.judge_on_file(
                work.shop, serial, on=day, told=told, policy_ids=tuple(policy or ())
            )
            show(verdict, as_json=json)
        return
    if not policy:
        raise typer.BadParameter("Name at least one pack with --policy, or a device on file with --serial.")
    from aftersales_tui.services import policies

    speak(given_of(ctx))
    as_of, after_hours = _claimed(on, hours)
    days = {name: None if text is None else read_day(text, as_of, name) for name, text in typed.items()}
    facts = Facts(
        category=clean(category),
        proof=Proof.NONE if proof is False else Proof.SEEN if proof else Proof.TOLD,
        repairs=read_repairs(repair or (), as_of),
        exchanged=tuple(read_day(text, as_of, "exchanged") for text in exchanged or ()),
        failed_repairs=failed_repairs,
        after_hours=after_hours,
    )
    facts = replace(facts, **days, **told)  # type: ignore[arg-type]
    # only a pack that did not come with the program makes the shop file needed
    own = not all(policies.is_packaged(one) for one in policy)
    with maybe_shop(ctx, needed=own) as shop:
        verdict = policies.judge_facts(policy, facts, as_of, shop)
    show(verdict, as_json=json)


@app.command(epilog=example('warranty override J-0008 --coverage goodwill --reason "a regular of ten years"'))
def override(
    ctx: typer.Context,
    record: Annotated[str, typer.Argument(metavar="N", help="A job or a call: J-0343, C-0409.")],
    reason: Annotated[str, typer.Option(help="Why; it stays beside the verdict.")],
    coverage: Annotated[
        str, typer.Option(help="What is decided: goodwill, covered or excluded.")
    ] = Coverage.GOODWILL.value,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Let the machine's verdict stand again.")
    ] = False,
    json: Json = False,
) -> None:
    """Decide beside the machine's verdict of a job or a call (owner).

    The machine's verdict stays and can be read; lists, bills and the month follow the decision. A decision
    that stands is replaced; nothing is deleted.
    """
    with at_work(ctx) as work:
        from aftersales_tui.services import calls, jobs, overrides

        found = read_number(record)
        if found is not None and found[0] is NumberKind.CALL:
            about = Subject(RecordKind.CALL, work.call(record, "record"))
        else:
            about = Subject(RecordKind.JOB, work.job(record, "record"))
        if withdraw:
            overrides.withdraw(work.shop, about, reason, work.by)
        else:
            overrides.override(work.shop, about, clean(coverage), reason, work.by)
        view: JobView | CallView
        if about.kind is RecordKind.CALL:
            view = calls.show(work.shop, about.id)
        else:
            view = jobs.show(work.shop, about.id)
        if json:
            output.as_json(records.record(view))
            return
        sheets.judged(work, view.verdict, view.override)


def _claimed(typed: str | None, hours: str) -> tuple[date, bool]:
    """The day asked about, and whether the claim came after closing; relative words count from today."""
    opening = read_hours(hours)
    if typed is not None and (found := _MOMENT.fullmatch(typed.strip())):
        day = read_day(found[1], date.max, "on")
        return day, read_time(found[2], "on") > opening.end
    if typed is not None and re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", typed):
        return read_day(typed, date.max, "on"), False
    from zoneinfo import ZoneInfo

    from aftersales_tui import bootstrap

    today = bootstrap.read_clock(ZoneInfo("UTC"))().date()
    return (today if typed is None else read_day(typed, today, "on")), False


def show(verdict: Verdict, *, as_json: bool) -> None:
    """A verdict with its reasons."""
    from aftersales_tui.i18n import entitlement_words, explanation, verdict_words, why_words
    from aftersales_tui.services import policies

    called = policies.category_label(verdict.category)
    if as_json:
        output.as_json({**verdict.to_json(), "explanation": explanation.explanation(verdict, called)})
        return
    output.say(f"{verdict_words.coverage_word(verdict.coverage)}  {verdict_words.headline(verdict)}")
    for reason in (*verdict.missing, *verdict.warnings):
        output.say(verdict_words.reason_sentence(verdict, reason))
    if verdict.remedies:
        output.say("")
        output.table(
            (C_("col", "Remedy"), C_("col", "Today"), C_("col", "Part"), C_("col", "Until"),
             C_("col", "Left"), C_("col", "Layer"), C_("col", "Clause")),
            (
                (
                    label(row.remedy), why_words.today_word(row), verdict_words.part_word(row.scope),
                    why_words.until_words(row), why_words.left_words(row), label(row.layer),
                    verdict_words.clause_words(verdict, row.clause_key),
                )
                for row in verdict.remedies
            ),
            cells=80,
        )  # fmt: skip
    further = (
        explanation.step_lines(verdict, called),
        explanation.count_lines(verdict),
        explanation.layer_lines(verdict),
        (*entitlement_words.refund_sentences(verdict), *entitlement_words.further_sentences(verdict)),
    )
    for lines in further:
        if lines:
            output.say("")
        for line in lines:
            output.say(line)
    output.say("")
    output.say(why_words.disclaimer())
