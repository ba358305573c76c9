"""``warranty check``: facts in, a cited verdict out, nothing stored."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from aftersales_tui.cli import output
from aftersales_tui.cli.session import Json, at_work, example, given_of, group, speak
from aftersales_tui.cli.typed import Accepted, ContractDate, Delivered, Installed, Invoiced, Produced, Sold
from aftersales_tui.domain.dates import read_day
from aftersales_tui.domain.errors import refuse
from aftersales_tui.domain.policy import WHOLE, DelayCause
from aftersales_tui.domain.text import clean, excerpt, fold
from aftersales_tui.domain.warranty_facts import Facts, Repair
from aftersales_tui.domain.words import Exclusion, Proof
from aftersales_tui.i18n import C_
from aftersales_tui.i18n.labels import label

if TYPE_CHECKING:
    from aftersales_tui.domain.verdicts import Verdict
    from aftersales_tui.i18n.why_words import StepWords

app = group("Judge a warranty from facts: a cited verdict, nothing stored.")

_CAUSES = {cause.value: cause for cause in DelayCause}


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
            metavar="IN..OUT[:cause=…][:fault=…]", help="An earlier repair; IN.. is one still running."
        ),
    ] = None,
    failed_repairs: Annotated[
        int | None,
        typer.Option(min=0, max=1000, help="Failed repairs of the same fault, if counted by hand."),
    ] = None,
    exchanged: Annotated[
        list[str] | None, typer.Option(metavar="DATE", help="Exchanged then; repeat it.")
    ] = None,
    cause: Annotated[
        list[Exclusion] | None, typer.Option(case_sensitive=False, help="What excludes; repeat it.")
    ] = None,
    proof: Annotated[
        bool | None,
        typer.Option("--proof/--no-proof", help="Whether there is an invoice; assumed if not said."),
    ] = None,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="As of that day; today if not said.")] = None,
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
    if serial is not None:
        stated = (*typed.values(), category or None, repair, failed_repairs, exchanged, proof)
        if any(value is not None for value in stated):
            raise typer.BadParameter(
                "--serial takes the facts on file; only --policy, --scope, --cause and --on go with it."
            )
        with at_work(ctx) as work:
            from aftersales_tui.services import policies

            day = work.day(on, "on")
            verdict = policies.judge_on_file(
                work.shop, serial, on=day, causes=causes, scope=scope, policy_ids=tuple(policy or ())
            )
            show(verdict, as_json=json)
        return
    if not policy:
        raise typer.BadParameter("Name at least one pack with --policy, or a device on file with --serial.")
    speak(given_of(ctx))
    from aftersales_tui.services import policies

    as_of = _on(on)
    days = {name: None if text is None else read_day(text, as_of, name) for name, text in typed.items()}
    facts = Facts(
        category=clean(category),
        scope=scope,
        proof=Proof.NONE if proof is False else Proof.SEEN if proof else Proof.TOLD,
        causes=causes,
        repairs=_repairs(repair or (), as_of),
        exchanged=tuple(read_day(text, as_of, "exchanged") for text in exchanged or ()),
        failed_repairs=failed_repairs,
        **days,
    )
    show(policies.judge_facts(policy, facts, as_of), as_json=json)


def _on(typed: str | None) -> date:
    """The day asked about; relative words count from today."""
    if typed is not None and re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", typed):
        return read_day(typed, date.max, "on")
    from zoneinfo import ZoneInfo

    from aftersales_tui import bootstrap

    today = bootstrap.read_clock(ZoneInfo("UTC"))().date()
    return today if typed is None else read_day(typed, today, "on")


def _repairs(typed: list[str] | tuple[str, ...], as_of: date) -> tuple[Repair, ...]:
    """The repairs stated; one failed when a later one has the same fault."""
    read = sorted((_repair(text, as_of) for text in typed), key=lambda one: one.handed_in)
    faults = [fold(one.fault) for one in read]
    return tuple(
        Repair(
            one.handed_in, one.handed_back, one.cause, one.fault, bool(fault) and fault in faults[place + 1 :]
        )
        for place, (one, fault) in enumerate(zip(read, faults, strict=True))
    )


def _repair(text: str, as_of: date) -> Repair:
    span, *more = text.split(":")
    first, dots, last = span.partition("..")
    named = dict(part.partition("=")[::2] for part in more)
    cause = named.pop("cause", None)
    fault = named.pop("fault", "")
    if not dots or named or (cause is not None and cause not in _CAUSES):
        raise refuse("repair_not_read", "repair", text=excerpt(text))
    return Repair(
        handed_in=read_day(first, as_of, "repair"),
        handed_back=read_day(last, as_of, "repair") if last else None,
        cause=_CAUSES[cause] if cause else None,
        fault=clean(fault),
    )


def show(verdict: Verdict, *, as_json: bool) -> None:
    """A verdict with its reasons."""
    from aftersales_tui.i18n import verdict_words, why_words

    steps = [_step(words) for words in why_words.reckoning_rows(verdict)]
    if as_json:
        output.as_json({**verdict.to_json(), "explanation": [verdict_words.headline(verdict), *steps]})
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
    if steps:
        output.say("")
        for step in steps:
            output.say(step)
    for layer in verdict.layers:
        output.say(why_words.layer_sentence(layer))
    output.say(why_words.disclaimer())


def _step(words: StepWords) -> str:
    said = C_("list", "; ").join(part for part in (words.value, words.note, words.clause) if part)
    return C_("step", "{step}: {said}").format(step=words.label, said=said)
