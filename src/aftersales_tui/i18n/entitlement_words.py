"""The sentences of what a law gives beside the remedies: money back, a guaranteed repair, a loaner, proof."""

from __future__ import annotations

from aftersales_tui.domain.verdicts import BurdenOfProof, Guarantee, LoanerOwed, Verdict
from aftersales_tui.i18n import _, formats
from aftersales_tui.i18n.reason_words import clause_words


def refund_sentences(verdict: Verdict) -> tuple[str, ...]:
    """The money back, both sums, the one asked for first; nothing when no price was told."""
    money = verdict.refund
    if money is None:
        return ()
    shown = {
        "price": formats.amount(money.price),
        "deduction": formats.amount(money.full_deduction),
        "rest": formats.amount(money.price - money.full_deduction),
        "clause": clause_words(verdict, money.clause_key) or "–",
    }
    if money.rate is None:
        return (_("Refund: the whole price, {price}; no depreciation is charged.").format(**shown),)
    shown["rate"] = formats.rate(money.rate)
    if money.chargeable_usage is not None:
        reduced = _(
            "With the fee for use ({rate} of the price for every 1,000, used {used}): "
            "{price} − {deduction} = {rest} ({clause})."
        ).format(**shown, used=formats.number(money.chargeable_usage))
    else:
        reduced = _(
            "With depreciation ({rate} a day, {days}): {price} − {deduction} = {rest} ({clause})."
        ).format(**shown, days=formats.days(money.chargeable_days))
    whole = _("Without depreciation: {price}.").format(**shown)
    return (reduced, whole) if money.depreciated else (whole, reduced)


def further_sentences(verdict: Verdict) -> tuple[str, ...]:
    """What the law gives beside the remedies: guarantee of the repair, loaner, who has to prove."""
    lines = list(_guarantee(verdict, verdict.guarantee))
    if verdict.loaner is not None and (verdict.loaner.running or verdict.loaner.owed):
        lines.append(_loaner(verdict, verdict.loaner))
    if verdict.burden_of_proof is not None:
        lines.append(_burden(verdict, verdict.burden_of_proof))
    return tuple(lines)


def _guarantee(verdict: Verdict, kept: Guarantee) -> list[str]:
    lines = []
    clause = clause_words(verdict, kept.clause_key) or "–"
    if kept.repaired_part_until is not None:
        day = formats.day_weekday(kept.repaired_part_until)
        if kept.repaired_part_until < verdict.as_of:
            said = _("The guarantee of the last repair ended {date} ({clause}).")
        else:
            said = _("The last repair is guaranteed until {date} ({clause}).")
        lines.append(said.format(date=day, clause=clause))
    if kept.part_restarted_until is not None:
        day = formats.day_weekday(kept.part_restarted_until)
        lines.append(_("A part that was replaced under guarantee runs until {date}.").format(date=day))
    return lines


def _loaner(verdict: Verdict, owed: LoanerOwed) -> str:
    if owed.owed and owed.running:
        said = _("A loaner is owed: in repair for {days}, allowed are {after} ({clause}).")
    elif owed.owed:
        said = _("A loaner was owed: in repair for {days}, allowed were {after} ({clause}).")
    else:
        said = _("No loaner is owed yet: in repair for {days}, allowed are {after} ({clause}).")
    return said.format(
        days=formats.days(owed.repair_days),
        after=formats.days(owed.after_days),
        clause=clause_words(verdict, owed.clause_key) or "–",
    )


def _burden(verdict: Verdict, burden: BurdenOfProof) -> str:
    if burden.on_trader:
        said = _("Until {date} the trader has to prove that the fault was not there ({clause}).")
    else:
        said = _("After {date} the customer has to prove that the fault was there ({clause}).")
    return said.format(
        date=formats.day_weekday(burden.trader_until), clause=clause_words(verdict, burden.clause_key) or "–"
    )
