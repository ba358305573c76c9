"""The judge: facts of one unit and the packs that apply in, one cited and dated verdict out.

Pure: the day is an argument, the rest days are handed in. ``pack_judge`` answers for each pack; here
the answers are compared and the best for the customer becomes the verdict.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from aftersales_tui.domain import entitlements
from aftersales_tui.domain.layers import Found, layer_rows, not_in_force_row
from aftersales_tui.domain.pack_judge import PackAnswer, Reckoned, answer, excluded_rows, in_force
from aftersales_tui.domain.pack_windows import clause_key, steps
from aftersales_tui.domain.policy import REPAIRED_PART, WHOLE, Bilingual, Covers, Policy, TriggerKind
from aftersales_tui.domain.verdicts import (
    BurdenOfProof,
    ExcludedRow,
    Guarantee,
    LayerRow,
    LoanerOwed,
    Reason,
    Refund,
    Value,
    Verdict,
)
from aftersales_tui.domain.warranty_facts import Facts, Repair, exclusions_of, refuse_impossible
from aftersales_tui.domain.words import Coverage, Layer, Proof, Remedy
from aftersales_tui.domain.working_time import RestDays

__all__ = ["BEST_FIRST", "Facts", "Repair", "Verdict", "exclusions_of", "judge"]

BEST_FIRST = (
    Remedy.REJECT,
    Remedy.FINAL_REJECT,
    Remedy.REFUND,
    Remedy.EXCHANGE,
    Remedy.PRICE_REDUCTION,
    Remedy.REPAIR,
)
"""What a customer would ask for first."""

_RANK = {remedy: place for place, remedy in enumerate(BEST_FIRST)}
_MAKES_GOOD = (Remedy.REPAIR, Remedy.EXCHANGE)
_GIVES_MONEY = (Remedy.REFUND, Remedy.REJECT, Remedy.FINAL_REJECT)


def judge(
    facts: Facts, policies: Iterable[Policy], on: date, rest_days: RestDays, *, explain: bool = True
) -> Verdict:
    """The verdict of ``facts`` under the packs that apply, as of ``on``.

    ``policies`` may hold several versions of a pack; the one in force at the contract date, else at
    the start date, is used. Without ``explain`` the reckoning and the quotations stay empty, for lists
    that show no more than the word and the date. Raises ``Refused`` (``date_after_today``,
    ``sold_after_hand_in``, ``repair_ends_before_it_begins``, ``price_negative``) for facts that cannot
    be; anything else gives a verdict.
    """
    refuse_impossible(facts, on)
    packs, absent = _answers(facts, policies, on, rest_days)
    found = sorted(
        (
            Found(pack, one, one.row, _asked(pack, one), one.row.days_left is not None)
            for pack in packs
            for one in pack.reckoned
        ),
        key=lambda one: (_RANK[one.row.remedy], one.row.scope != WHOLE, one.row.scope),
    )
    of_the_unit = [one for one in found if one.asked or facts.scope == WHOLE]
    considered = [one for one in of_the_unit if one.row.remedy in _MAKES_GOOD] or of_the_unit
    headline = max(considered, key=_weight, default=None)
    first = headline.pack if headline else (packs[0] if packs else None)
    excluded = excluded_rows(first.policy, first.codes) if first else ()
    available = {one.row.remedy for one in found if one.asked and one.row.available}
    reckoning: tuple[Reason, ...] = ()
    if explain and headline is not None:
        span = headline.reckoned.span
        reckoning = (
            steps(span, facts, on, headline.pack.claimed_on)
            if span is not None
            else entitlements.guarantee_steps(headline.row, facts, on)
        )
    loaner, burden = _loaner(packs, facts, on), _burden(packs, facts, on)
    kept, money = _guarantee(packs), _refund(packs, found, headline, facts, on)
    return Verdict(
        as_of=on,
        coverage=_coverage(packs, considered),
        category=facts.category,
        scope=facts.scope,
        proof=facts.proof,
        start=headline.pack.start if headline else None,
        headline=headline.row if headline else None,
        remedies=tuple(one.row for one in found),
        best=tuple(remedy for remedy in BEST_FIRST if remedy in available),
        triggers=tuple(row for pack in packs for row in pack.triggers),
        excluded=excluded,
        would_exclude=tuple(first.policy.exclusions) if first else (),
        refund=money,
        guarantee=kept or Guarantee(),
        loaner=loaner,
        burden_of_proof=burden,
        reckoning=reckoning,
        missing=tuple(_missing(facts, packs, headline)),
        warnings=tuple(_warnings(facts, packs, found, money, on)),
        layers=(*layer_rows(packs, found, headline), *absent),
        cites=_cites(packs, excluded, reckoning, (kept, money, loaner, burden)) if explain else {},
    )


def _answers(
    facts: Facts, policies: Iterable[Policy], on: date, rest_days: RestDays
) -> tuple[list[PackAnswer], list[LayerRow]]:
    families: dict[str, list[Policy]] = {}
    for policy in policies:
        if policy.accepts(facts.category):
            families.setdefault(policy.id, []).append(policy)
    packs, absent = [], []
    for versions in families.values():
        chosen = in_force(versions, facts)
        if chosen is None:
            absent.append(not_in_force_row(versions[0]))
        else:
            packs.append(answer(chosen, facts, on, rest_days))
    return packs, absent


def _asked(pack: PackAnswer, one: Reckoned) -> bool:
    return one.row.scope in pack.asked or one.again


def _weight(one: Found) -> tuple[bool, bool, bool, bool, bool, date]:
    """A free repair of what is asked comes first, then a part of it, then what ended last."""
    row = one.row
    repair = row.remedy is Remedy.REPAIR
    return (
        row.available,
        one.running,
        one.asked,
        row.scope == WHOLE and not one.running,
        repair,
        row.effective_end,
    )


def _coverage(packs: list[PackAnswer], considered: list[Found]) -> Coverage:
    running = [one for one in considered if one.running]
    available = [one for one in running if one.row.available]
    if available:
        free = {what for one in available if one.asked for what in one.row.covers}
        if not free and _only_guarantees(available) and any(pack.start is None for pack in packs):
            return Coverage.NOT_PROVEN
        if free != set(Covers):
            return Coverage.PARTLY_COVERED
        best = max(available, key=_weight)
        return Coverage.CONTRACT if best.row.layer is Layer.CONTRACT else Coverage.COVERED
    if running:
        excluded = any(one.row.why == "excluded" for one in running)
        return Coverage.EXCLUDED if excluded else Coverage.NOT_PROVEN
    if all(pack.start is not None for pack in packs):
        return Coverage.EXPIRED
    return Coverage.EXCLUDED if any(pack.codes for pack in packs) else Coverage.NOT_PROVEN


def _only_guarantees(rows: list[Found]) -> bool:
    """Whether nothing but the guarantee of an earlier repair is left: of the unit itself nothing is known."""
    return all(one.row.scope == REPAIRED_PART for one in rows)


def _guarantee(packs: list[PackAnswer]) -> Guarantee | None:
    """The longest guarantee of the last repair."""
    kept = [pack.guarantee for pack in packs if pack.guarantee is not None]
    return max(kept, key=lambda one: one.repaired_part_until or date.min, default=None)


def _refund(
    packs: list[PackAnswer], found: list[Found], headline: Found | None, facts: Facts, on: date
) -> Refund | None:
    """The money back by the pack that gives it today, else by the one the verdict rests on."""
    if facts.price is None:
        return None
    gives = [one.pack for one in found if one.row.remedy in _GIVES_MONEY and one.asked and one.row.available]
    chosen = gives[0] if gives else headline.pack if headline else packs[0] if packs else None
    return entitlements.refund(chosen.policy, facts, chosen.start, on) if chosen else None


def _loaner(packs: list[PackAnswer], facts: Facts, on: date) -> LoanerOwed | None:
    """The pack that owes a loaner soonest."""
    owed = [row for pack in packs if (row := entitlements.loaner(pack.policy, facts, on)) is not None]
    return min(owed, key=lambda row: row.after_days, default=None)


def _burden(packs: list[PackAnswer], facts: Facts, on: date) -> BurdenOfProof | None:
    """The pack that keeps the burden with the trader longest."""
    told = [
        row for pack in packs if (row := entitlements.burden(pack.policy, facts, pack.start, on)) is not None
    ]
    return max(told, key=lambda row: row.trader_until, default=None)


def _missing(facts: Facts, packs: list[PackAnswer], headline: Found | None) -> Iterable[Reason]:
    said: set[str] = set()
    for reason in (reason for pack in packs for reason in pack.missing):
        if reason.code not in said:
            said.add(reason.code)
            yield reason
    if (
        facts.proof is Proof.TOLD
        and headline is not None
        and headline.row.available
        and headline.row.scope != REPAIRED_PART
    ):
        yield Reason("look_at_invoice")


def _warnings(
    facts: Facts, packs: list[PackAnswer], found: list[Found], money: Refund | None, on: date
) -> Iterable[Reason]:
    for pack in packs:
        if any(one.row.available for one in pack.reckoned):
            yield from _counted(pack)
    for pack in packs:
        if pack.claimed_on != on and any(one.row.effective_end == on for one in pack.reckoned):
            clause = clause_key(pack.policy, pack.policy.clock.cutoff_clause)
            yield Reason("after_closing", {"date": pack.claimed_on, "clause": clause})
            break
    conditional = {
        clause_key(pack.policy, window.clause)
        for pack in packs
        for window in pack.policy.windows
        if window.condition
    }
    if any(one.row.available and one.row.clause_key in conditional for one in found):
        yield Reason("performance_fault_assumed")
    if facts.produced is not None and facts.sold is not None and facts.produced > facts.sold:
        yield Reason("produced_after_sold", {"produced": facts.produced, "sold": facts.sold})
    if any(stay.handed_in > on for stay in (*facts.repairs, *facts.waits)) or any(
        day > on for day in facts.exchanged
    ):
        yield Reason("later_events_ignored", {"date": on})
    if not packs:
        yield Reason("no_policy")
    if money is not None and facts.depreciation and not money.depreciated:
        yield Reason("no_depreciation", {"policy": money.policy})
    for pack in packs:
        if pack.policy.note is not None:
            yield Reason("pack_note", {"en": pack.policy.note.en, "zh": pack.policy.note.zh})
    for year in sorted(
        {one.row.effective_end.year for one in found if one.row.available and not one.row.official}
    ):
        yield Reason("calendar_not_published", {"year": year})


def _counted(pack: PackAnswer) -> Iterable[Reason]:
    for row in pack.triggers:
        values: dict[str, Value] = {
            "have": row.have,
            "needs": row.needs,
            "remedies": tuple(remedy.value for remedy in row.remedies),
            "clause": row.clause_key,
        }
        if row.met:
            yield Reason(f"trigger_met_{row.trigger}", values)
        elif (
            row.trigger in (TriggerKind.FAILED_REPAIRS, TriggerKind.REPAIRS, TriggerKind.SAFETY_REPAIRS)
            and 0 < row.have == row.needs - 1
        ):
            yield Reason("one_more_failed_repair", values)


def _cites(
    packs: list[PackAnswer],
    excluded: tuple[ExcludedRow, ...],
    reckoning: tuple[Reason, ...],
    further: tuple[Guarantee | Refund | LoanerOwed | BurdenOfProof | None, ...],
) -> Mapping[str, Bilingual]:
    """How every clause the verdict names is quoted, so that it can be read without the pack."""
    named = {row.clause_key for row in excluded}
    named.update(row.clause_key for row in further if row is not None)
    named.update(str(step.values["clause"]) for step in reckoning if "clause" in step.values)
    for pack in packs:
        named.update(row.clause_key for row in pack.triggers)
        named.update(one.row.clause_key for one in pack.reckoned)
        named.add(clause_key(pack.policy, pack.policy.clock.cutoff_clause))
    return {
        key: clause.cite
        for pack in packs
        for name, clause in pack.policy.clauses.items()
        if (key := clause_key(pack.policy, name)) in named
    }
