"""One pack's answer for one unit: start, windows, triggers. ``warranty.judge`` compares the packs.

Order of the arithmetic: start, length, months added after a repair, pauses, one roll at the end.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from aftersales_tui.domain.periods import Stay, end_of, lengthened, paused, rolled
from aftersales_tui.domain.policy import (
    MAIN_PART,
    WHOLE,
    AfterExchange,
    Category,
    Length,
    NoProofPolicy,
    Policy,
    StartRule,
    Trigger,
    TriggerKind,
    Verified,
    Window,
)
from aftersales_tui.domain.text import fold
from aftersales_tui.domain.verdicts import ExcludedRow, Reason, RemedyRow, Start, TriggerRow, Value
from aftersales_tui.domain.warranty_facts import Facts
from aftersales_tui.domain.words import Exclusion, Proof, Remedy, StartBasis
from aftersales_tui.domain.working_time import RestDays

Steps = tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Reckoned:
    """One row with the steps that led to its last day."""

    row: RemedyRow
    steps: Steps


@dataclass(frozen=True, slots=True)
class PackAnswer:
    """What one pack says; without a start no row, but the question that would give one."""

    policy: Policy
    start: Start | None
    reckoned: tuple[Reckoned, ...]
    triggers: tuple[TriggerRow, ...]
    missing: tuple[Reason, ...]
    asked: tuple[str, ...]
    """The scopes that answer for the part the judge was asked about."""
    codes: tuple[Exclusion, ...]
    """The causes stated that this pack charges for."""


def in_force(versions: Iterable[Policy], facts: Facts) -> Policy | None:
    """The newest version of a pack that governs the contract date, else the start date."""
    for policy in sorted(versions, key=lambda policy: policy.valid_from or date.min, reverse=True):
        start = original_start(policy, facts)
        day = facts.contract_date or (start.date if start else None)
        if day is None or policy.in_force(day):
            return policy
    return None


def original_start(policy: Policy, facts: Facts) -> Start | None:
    """From when the pack counts, exchanges apart; lost papers may leave the production date."""
    category = policy.categories.get(facts.category)
    bases = category.start_basis if category and category.start_basis else policy.clock.start_basis
    if facts.proof is Proof.NONE and policy.no_proof.policy is NoProofPolicy.PRODUCTION_PLUS_DAYS:
        if facts.produced is None:
            return None
        return Start(lengthened(facts.produced, policy.no_proof.days), StartBasis.PRODUCED)
    known = [Start(day, basis) for basis in bases if (day := facts.on_basis(basis)) is not None]
    if policy.clock.start_rule is StartRule.LATEST:
        return max(known, key=lambda start: start.date, default=None)
    return known[0] if known else None


def answer(policy: Policy, facts: Facts, on: date, rest_days: RestDays) -> PackAnswer:
    """The pack's rows, the longest window for each remedy and part, and its triggers."""
    start = _start(policy, facts, on)
    asked, codes = _scopes(policy, facts), _codes(policy, facts)
    if start is None:
        return PackAnswer(policy, None, (), (), (_question(policy, facts),), asked, codes)
    best: dict[tuple[Remedy, str], Reckoned] = {}
    for window in policy.windows:
        for reckoned in _window(policy, window, facts, start, codes, on, rest_days):
            key = (reckoned.row.remedy, reckoned.row.scope)
            if key not in best or best[key].row.effective_end < reckoned.row.effective_end:
                best[key] = reckoned
    triggers = tuple(_trigger(policy, trigger, facts, start, on) for trigger in policy.triggers)
    repair = best.get((Remedy.REPAIR, WHOLE))
    if repair is not None and repair.row.days_left is not None:
        for trigger in triggers:
            for remedy in trigger.remedies if trigger.met else ():
                if (remedy, WHOLE) not in best or not best[remedy, WHOLE].row.available:
                    best[remedy, WHOLE] = Reckoned(
                        _opened(policy, trigger, repair.row, remedy, facts, codes), repair.steps
                    )
    lost = facts.proof is Proof.NONE and policy.no_proof.policy is NoProofPolicy.PROVE_OTHERWISE
    missing = (Reason("ask_proof"),) if lost else ()
    return PackAnswer(policy, start, tuple(best.values()), triggers, missing, asked, codes)


def excluded_rows(policy: Policy, codes: Iterable[Exclusion]) -> tuple[ExcludedRow, ...]:
    """The codes with the clause of the pack that charges for them."""
    rules = [(code, policy.rule_against(code)) for code in codes]
    return tuple(
        ExcludedRow(
            code, cite(policy, rule.clause if rule else ""), clause_key(policy, rule.clause if rule else "")
        )
        for code, rule in rules
    )


def cite(policy: Policy, clause: str) -> str:
    """How a clause is quoted in English; empty for a clause the pack does not have."""
    found = policy.clauses.get(clause)
    return found.cite.en if found else ""


def clause_key(policy: Policy, clause: str) -> str:
    """The name of a clause among the clauses of a verdict."""
    return f"{policy.id}/{clause}" if clause in policy.clauses else ""


def _start(policy: Policy, facts: Facts, on: date) -> Start | None:
    start = original_start(policy, facts)
    if policy.after_exchange is AfterExchange.RESTART:
        last = max((day for day in facts.exchanged if day <= on), default=None)
        if last is not None and (start is None or last >= start.date):
            return Start(last, StartBasis.EXCHANGED)
    return start


def _question(policy: Policy, facts: Facts) -> Reason:
    if facts.proof is Proof.NONE and policy.no_proof.policy is NoProofPolicy.PRODUCTION_PLUS_DAYS:
        return Reason("ask_production_date")
    return Reason("ask_start_date")


def _scopes(policy: Policy, facts: Facts) -> tuple[str, ...]:
    category, scope = policy.categories.get(facts.category), facts.scope
    if scope == MAIN_PART or (category is not None and scope in category.main_parts):
        return (MAIN_PART, WHOLE)
    return (scope,) if any(window.scope == scope for window in policy.windows) else (WHOLE,)


def _codes(policy: Policy, facts: Facts) -> tuple[Exclusion, ...]:
    codes = dict.fromkeys(facts.causes)
    rule = policy.no_proof.policy
    if rule is NoProofPolicy.EXCLUDE and facts.proof is Proof.NONE:
        codes[Exclusion.NO_PROOF] = None
    if rule in (NoProofPolicy.PRODUCTION_PLUS_DAYS, NoProofPolicy.NOT_NEEDED):
        codes.pop(Exclusion.NO_PROOF, None)
    return tuple(codes)


def _window(
    policy: Policy,
    window: Window,
    facts: Facts,
    start: Start,
    codes: tuple[Exclusion, ...],
    on: date,
    rest_days: RestDays,
) -> list[Reckoned]:
    category = policy.categories.get(facts.category) if window.by_category else None
    length = category.lengths.get(window.scope, window.length) if category else window.length
    clock = policy.clock
    end = end_of(start.date, length, clock.start_day_counted)
    steps = [
        Reason("start", {"date": start.date, "basis": start.basis.value, "policy": policy.id}),
        Reason(
            "length",
            {
                "years": length.years,
                "months": length.months,
                "days": length.days,
                "scope": window.scope,
                "category": facts.category,
                "policy": policy.id,
                "clause": clause_key(policy, (category.clause if category else "") or window.clause),
            },
        ),
        Reason(
            "nominal_end",
            {
                "date": end,
                "start_day_counted": clock.start_day_counted,
                "clause": clause_key(policy, clock.counting_clause),
            },
        ),
    ]
    end = _extended(policy, window, facts, start, end, on, steps)
    end = _paused(policy, window, facts, start, end, on, steps)
    effective, official = end, True
    if clock.roll:
        roll = rolled(end, rest_days)
        effective, official = roll.day, roll.official
        asked: dict[str, Value] = {
            "date": end,
            "rolled": effective != end,
            "official": official,
            "year": end.year,
        }
        steps.append(Reason("rest_day", {**asked, "clause": clause_key(policy, clock.roll_clause)}))
    left = (effective - on).days if effective >= on else None
    last: dict[str, Value] = {"date": effective}
    if left is not None:
        last["days_left"] = left
    steps.append(Reason("effective_end", last))
    rows = []
    for remedy in window.remedies:
        why = "ended" if left is None else _hindrance(policy, facts, remedy, codes)
        row = RemedyRow(
            remedy=remedy,
            available=why == "in_period",
            scope=window.scope,
            nominal_end=end,
            effective_end=effective,
            days_left=left,
            layer=policy.layer,
            policy=policy.id,
            policy_version=policy.version,
            clause=cite(policy, window.clause),
            clause_key=clause_key(policy, window.clause),
            verified=_mark(policy, window, category),
            why=why,
            official=official,
        )
        rows.append(Reckoned(row, tuple(steps)))
    return rows


def _extended(
    policy: Policy, window: Window, facts: Facts, start: Start, end: date, on: date, steps: list[Reason]
) -> date:
    rule = policy.repair_extension
    contract = facts.contract_date or facts.sold or facts.invoiced or start.date
    if rule is None or Remedy.REPAIR not in window.remedies or contract < rule.contract_from:
        return end
    if not any(start.date <= repair.handed_in <= min(end, on) for repair in facts.repairs):
        return end
    longer = end_of(end, Length(months=rule.months))
    steps.append(
        Reason("extended", {"months": rule.months, "date": longer, "clause": clause_key(policy, rule.clause)})
    )
    return longer


def _paused(
    policy: Policy, window: Window, facts: Facts, start: Start, end: date, on: date, steps: list[Reason]
) -> date:
    rule = window.pause
    if rule is None:
        return end
    stays = (Stay(repair.handed_in, repair.handed_back) for repair in facts.repairs)
    longer, used = paused(start.date, end, stays, rule, on)
    clause = clause_key(policy, rule.clause or window.clause)
    for pause in used:
        stretch: dict[str, Value] = {"start": pause.start, "end": pause.end, "days": pause.days}
        steps.append(Reason("pause", {**stretch, "rule": rule.day_rule.value, "clause": clause}))
    if used:
        steps.append(Reason("sum", {"date": longer}))
    return longer


def _hindrance(policy: Policy, facts: Facts, remedy: Remedy, codes: tuple[Exclusion, ...]) -> str:
    """Why a remedy is not there although its period runs; ``in_period`` when nothing stands against it."""
    for code in codes:
        rule = policy.rule_against(code)
        if rule is None or not rule.remedies or remedy in rule.remedies:
            return "excluded"
    if facts.proof is Proof.NONE:
        lost = policy.no_proof
        limited = lost.policy is NoProofPolicy.PRODUCTION_PLUS_DAYS and lost.remedies
        if lost.policy is NoProofPolicy.PROVE_OTHERWISE or (limited and remedy not in lost.remedies):
            return "proof_missing"
    return "in_period"


def _mark(policy: Policy, window: Window, category: Category | None) -> Verified:
    if category is not None and category.verified is not None and window.clause == category.clause:
        return category.verified
    return policy.clauses[window.clause].verified


def _trigger(policy: Policy, trigger: Trigger, facts: Facts, start: Start, on: date) -> TriggerRow:
    counted = [repair for repair in facts.repairs if start.date <= repair.handed_in <= on]
    if trigger.kind is TriggerKind.REPAIR_DAYS:
        days = [
            (min(repair.handed_back or on, on) - repair.handed_in).days
            for repair in counted
            if repair.cause is trigger.cause
        ]
        have = max(days, default=0)
    elif facts.failed_repairs is not None:
        have = facts.failed_repairs
    else:
        faults = [fold(repair.fault) for repair in counted if repair.failed]
        have = max((faults.count(fault) for fault in faults), default=0)
    return TriggerRow(
        trigger=trigger.kind.value,
        met=have >= trigger.needs,
        have=have,
        needs=trigger.needs,
        remedies=trigger.remedies,
        clause=cite(policy, trigger.clause),
        clause_key=clause_key(policy, trigger.clause),
        verified=policy.clauses[trigger.clause].verified,
        payer=trigger.payer,
    )


def _opened(
    policy: Policy,
    trigger: TriggerRow,
    repair: RemedyRow,
    remedy: Remedy,
    facts: Facts,
    codes: tuple[Exclusion, ...],
) -> RemedyRow:
    why = _hindrance(policy, facts, remedy, codes)
    return RemedyRow(
        remedy=remedy,
        available=why == "in_period",
        scope=repair.scope,
        nominal_end=repair.nominal_end,
        effective_end=repair.effective_end,
        days_left=repair.days_left,
        layer=repair.layer,
        policy=repair.policy,
        policy_version=repair.policy_version,
        clause=trigger.clause,
        clause_key=trigger.clause_key,
        verified=trigger.verified,
        why="trigger" if why == "in_period" else why,
        official=repair.official,
    )
