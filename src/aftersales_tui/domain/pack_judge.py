"""One pack's answer for one unit: start, windows, triggers. ``warranty.judge`` compares the packs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from aftersales_tui.domain.entitlements import guarantee, last_repair
from aftersales_tui.domain.pack_windows import Span, cite, clause_key, mark, span
from aftersales_tui.domain.periods import end_of, lengthened, rolled
from aftersales_tui.domain.policy import (
    ACCESSORY,
    MAIN_PART,
    REPAIRED_PART,
    WHOLE,
    AfterExchange,
    Covers,
    Cutoff,
    NoProofPolicy,
    Policy,
    RepairedPart,
    StartRule,
    Trigger,
    TriggerKind,
)
from aftersales_tui.domain.triggers import trigger_row
from aftersales_tui.domain.verdicts import ExcludedRow, Guarantee, Reason, RemedyRow, Start, TriggerRow
from aftersales_tui.domain.warranty_facts import Facts
from aftersales_tui.domain.words import Exclusion, Layer, Proof, Remedy, StartBasis
from aftersales_tui.domain.working_time import RestDays

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """One row, and the span of the window that gave its dates, if a window did."""

    row: RemedyRow
    span: Span | None
    again: bool = False
    """Whether it is the guarantee of a repair whose fault came back."""


@dataclass(frozen=True, slots=True)
class PackAnswer:
    """What one pack says; without a start no window, but the question that would give one."""

    policy: Policy
    start: Start | None
    reckoned: tuple[Reckoned, ...]
    triggers: tuple[TriggerRow, ...]
    guarantee: Guarantee | None
    missing: tuple[Reason, ...]
    asked: tuple[str, ...]
    """The scopes that answer for the part the judge was asked about."""
    codes: tuple[Exclusion, ...]
    """The causes stated that this pack charges for."""
    claimed_on: date
    """The day the claim counts for: the next one when it came after the close of business."""


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
    latest: Start | None = None
    for basis in bases:
        day = facts.on_basis(basis)
        if day is None:
            continue
        if policy.clock.start_rule is StartRule.FIRST_KNOWN:
            return Start(day, basis)
        if latest is None or day > latest.date:
            latest = Start(day, basis)
    return latest


def answer(policy: Policy, facts: Facts, on: date, rest_days: RestDays) -> PackAnswer:
    """The pack's rows, the longest window for each remedy and part, and its triggers."""
    late = facts.after_hours and policy.clock.cutoff is Cutoff.BUSINESS_CLOSE and on < date.max
    claimed = on + _DAY if late else on
    start = _start(policy, facts, on)
    asked, codes = _scopes(policy, facts), _codes(policy, facts)
    best: dict[tuple[Remedy, str, tuple[Covers, ...]], Reckoned] = {}

    def offer(reckoned: Reckoned) -> None:
        row = reckoned.row
        key = (row.remedy, row.scope, row.covers)
        known = best.get(key)
        if known is None or _fitness(known.row) < _fitness(row):
            best[key] = reckoned

    triggers: tuple[TriggerRow, ...] = ()
    missing: list[Reason] = []
    if start is None:
        missing.append(_question(policy, facts))
    else:
        for window in policy.windows:
            found = span(policy, window, facts, start, on, rest_days)
            for remedy in window.remedies:
                offer(Reckoned(_row(found, facts, remedy, codes, on, claimed), found))
        if facts.usage is None and any(one.row.usage_limit and _runs(one.row) for one in best.values()):
            missing.append(Reason("ask_usage", {"unit": policy.usage_unit}))
        triggers = tuple(trigger_row(policy, trigger, facts, start, on) for trigger in policy.triggers)
        for trigger, told in zip(policy.triggers, triggers, strict=True):
            if told.met:
                for opened in _opened(
                    policy, trigger, told, facts, best, codes, start, (on, claimed), rest_days
                ):
                    offer(opened)
    restarted = _restarted(policy, facts, best, on, rest_days)
    kept = guarantee(policy, facts, on, rest_days, restarted)
    if kept is not None:
        offer(_guaranteed(policy, kept, facts, codes, on, claimed))
    if facts.proof is Proof.NONE and policy.no_proof.policy is NoProofPolicy.PROVE_OTHERWISE:
        missing = [Reason("ask_proof"), *missing] if start is not None else missing
    return PackAnswer(
        policy, start, tuple(best.values()), triggers, kept, tuple(missing), asked, codes, claimed
    )


def excluded_rows(policy: Policy, codes: Iterable[Exclusion]) -> tuple[ExcludedRow, ...]:
    """The codes with the clause of the pack that charges for them."""
    rules = [(code, policy.rule_against(code)) for code in codes]
    return tuple(
        ExcludedRow(
            code, cite(policy, rule.clause if rule else ""), clause_key(policy, rule.clause if rule else "")
        )
        for code, rule in rules
    )


def _runs(row: RemedyRow) -> bool:
    return row.days_left is not None


def _fitness(row: RemedyRow) -> tuple[bool, bool, date]:
    return (row.available, _runs(row), row.effective_end)


def _start(policy: Policy, facts: Facts, on: date) -> Start | None:
    start = original_start(policy, facts)
    if policy.after_exchange is AfterExchange.RESTART and facts.exchanged:
        last = max((day for day in facts.exchanged if day <= on), default=None)
        if last is not None and (start is None or last >= start.date):
            return Start(last, StartBasis.EXCHANGED)
    return start


def _question(policy: Policy, facts: Facts) -> Reason:
    if facts.proof is Proof.NONE and policy.no_proof.policy is NoProofPolicy.PRODUCTION_PLUS_DAYS:
        return Reason("ask_production_date")
    # a day of production alone starts nothing here; asking as if no date were known would be wrong
    return Reason("ask_start_date", {"produced": facts.produced} if facts.produced is not None else {})


def _scopes(policy: Policy, facts: Facts) -> tuple[str, ...]:
    category, scope = policy.categories.get(facts.category), facts.scope
    if scope == MAIN_PART or (category is not None and scope in category.main_parts):
        own = (scope,) if any(window.scope == scope for window in policy.windows) else ()
        return (*own, MAIN_PART, WHOLE) if scope != MAIN_PART else (MAIN_PART, WHOLE)
    if any(window.scope == scope for window in policy.windows) and scope != WHOLE:
        return (scope,)
    return (WHOLE, ACCESSORY) if facts.accessory_exchanges else (WHOLE,)


def _codes(policy: Policy, facts: Facts) -> tuple[Exclusion, ...]:
    if not facts.causes and facts.proof is not Proof.NONE:
        return ()
    codes = dict.fromkeys(facts.causes)
    rule = policy.no_proof.policy
    if rule is NoProofPolicy.EXCLUDE and facts.proof is Proof.NONE:
        codes[Exclusion.NO_PROOF] = None
    if rule in (NoProofPolicy.PRODUCTION_PLUS_DAYS, NoProofPolicy.NOT_NEEDED):
        codes.pop(Exclusion.NO_PROOF, None)
    return tuple(codes)


def _left(end: date, on: date, claimed: date) -> int | None:
    """The days left from ``on``; nothing when the end lies before the day the claim counts for."""
    return (end - on).days if end >= claimed else None


def _row(
    found: Span, facts: Facts, remedy: Remedy, codes: tuple[Exclusion, ...], on: date, claimed: date
) -> RemedyRow:
    policy, window = found.policy, found.window
    left = _left(found.effective_end, on, claimed)
    why = "ended"
    if left is not None:
        used_up = window.usage is not None and facts.usage is not None and facts.usage > window.usage
        why = "used_up" if used_up else hindrance(policy, facts, remedy, codes)
        left = None if used_up else left
    return RemedyRow(
        remedy=remedy,
        available=why == "in_period",
        scope=window.scope,
        nominal_end=found.nominal_end,
        effective_end=found.effective_end,
        days_left=left,
        layer=policy.layer,
        policy=policy.id,
        policy_version=policy.version,
        clause=cite(policy, window.clause),
        clause_key=clause_key(policy, window.clause),
        verified=mark(found),
        why=why,
        official=found.official,
        covers=window.covers,
        usage_limit=window.usage,
    )


def hindrance(policy: Policy, facts: Facts, remedy: Remedy, codes: tuple[Exclusion, ...]) -> str:
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


def _opened(
    policy: Policy,
    trigger: Trigger,
    told: TriggerRow,
    facts: Facts,
    best: dict[tuple[Remedy, str, tuple[Covers, ...]], Reckoned],
    codes: tuple[Exclusion, ...],
    start: Start,
    days: tuple[date, date],
    rest_days: RestDays,
) -> Iterable[Reckoned]:
    """The remedies a trigger opened, for as long as the free repair or its own period runs."""
    base = _period_of(trigger, facts, best)
    if base is None:
        return
    row, scope = base.row, base.row.scope
    if trigger.kind is TriggerKind.ACCESSORY_EXCHANGES and scope == WHOLE:
        scope = ACCESSORY
    nominal, effective, official, left = row.nominal_end, row.effective_end, row.official, row.days_left
    if trigger.within is not None:
        nominal = end_of(start.date, trigger.within, policy.clock.start_day_counted)
        roll = rolled(nominal, rest_days) if policy.clock.roll else None
        effective, official = (roll.day, roll.official) if roll else (nominal, True)
        left = _left(effective, *days)
    if trigger.usage is not None and facts.usage is not None and facts.usage > trigger.usage:
        left = None
    if left is None:
        return
    for remedy in trigger.remedies:
        why = hindrance(policy, facts, remedy, codes)
        opened = RemedyRow(
            remedy=remedy,
            available=why == "in_period",
            scope=scope,
            nominal_end=nominal,
            effective_end=effective,
            days_left=left,
            layer=row.layer,
            policy=row.policy,
            policy_version=row.policy_version,
            clause=told.clause,
            clause_key=told.clause_key,
            verified=told.verified,
            why="trigger" if why == "in_period" else why,
            official=official,
            usage_limit=trigger.usage,
        )
        yield Reckoned(opened, base.span)


def _period_of(
    trigger: Trigger, facts: Facts, best: dict[tuple[Remedy, str, tuple[Covers, ...]], Reckoned]
) -> Reckoned | None:
    """The row whose period keeps the trigger open: the accessory's own, else the free repair's."""
    rows = [one for one in best.values() if one.row.why != "trigger"]
    if trigger.kind is TriggerKind.ACCESSORY_EXCHANGES and facts.scope != WHOLE:
        for one in rows:
            if one.row.remedy is Remedy.EXCHANGE and one.row.scope == facts.scope:
                return one
    repairs = [one for one in rows if one.row.remedy is Remedy.REPAIR and one.row.scope == WHOLE]
    return max(repairs, key=lambda one: one.row.effective_end, default=None)


def _restarted(
    policy: Policy,
    facts: Facts,
    best: dict[tuple[Remedy, str, tuple[Covers, ...]], Reckoned],
    on: date,
    rest_days: RestDays,
) -> date | None:
    """Until when a part runs that was replaced under guarantee, where its period begins anew."""
    repair = last_repair(facts, on)
    if policy.repaired_part is not RepairedPart.RESTART or repair is None or repair.handed_back is None:
        return None
    for one in best.values():
        found = one.span
        if found is None or one.row.remedy is not Remedy.REPAIR or found.window.scope != WHOLE:
            continue
        if found.start.date <= repair.handed_in <= found.effective_end:
            end = end_of(repair.handed_back, found.length)
            return rolled(end, rest_days).day if policy.clock.roll else end
    return None


def _guaranteed(
    policy: Policy, kept: Guarantee, facts: Facts, codes: tuple[Exclusion, ...], on: date, claimed: date
) -> Reckoned:
    """The guarantee of the last repair as a row; the proof is the shop's own repair record."""
    longest = max(day for day in (kept.repaired_part_until, kept.part_restarted_until) if day is not None)
    restarted = longest != kept.repaired_part_until
    clause = policy.repaired_part_clause if restarted else ""
    left = _left(longest, on, claimed)
    rules = [policy.rule_against(code) for code in codes]
    excluded = any(rule is None or not rule.remedies or Remedy.REPAIR in rule.remedies for rule in rules)
    why = "ended" if left is None else "excluded" if excluded else "in_period"
    key = clause_key(policy, clause) or kept.clause_key
    verified = policy.clauses[key.rpartition("/")[2]].verified
    row = RemedyRow(
        remedy=Remedy.REPAIR,
        available=why == "in_period",
        scope=REPAIRED_PART,
        nominal_end=longest if restarted or kept.nominal_end is None else kept.nominal_end,
        effective_end=longest,
        days_left=left,
        layer=Layer.REPAIR_GUARANTEE,
        policy=policy.id,
        policy_version=policy.version,
        clause=cite(policy, clause) or kept.clause,
        clause_key=key,
        verified=verified,
        why=why,
    )
    repair = last_repair(facts, on)
    return Reckoned(row, None, again=repair is not None and repair.failed)
