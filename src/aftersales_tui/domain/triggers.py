"""What opens further remedies by being counted: failed repairs, days in repair, exchanged accessories."""

from collections import Counter
from collections.abc import Callable
from datetime import date

from aftersales_tui.domain.pack_windows import cite, clause_key
from aftersales_tui.domain.periods import days_in, days_of
from aftersales_tui.domain.policy import DayRule, Policy, Trigger, TriggerKind
from aftersales_tui.domain.text import fold
from aftersales_tui.domain.verdicts import Start, TriggerRow
from aftersales_tui.domain.warranty_facts import Facts, Repair


def trigger_row(policy: Policy, trigger: Trigger, facts: Facts, start: Start, on: date) -> TriggerRow:
    """How far a trigger is, counting what lies in the period up to ``on``."""
    counted = [repair for repair in facts.repairs if start.date <= repair.handed_in <= on]
    have = _COUNT[trigger.kind](policy, trigger, facts, counted, on)
    return TriggerRow(
        trigger=trigger.kind.value,
        met=have >= trigger.needs,
        have=have,
        needs=trigger.needs,
        remedies=trigger.remedies,
        clause=cite(policy, trigger.clause),
        clause_key=clause_key(policy, trigger.clause),
        verified=policy.clauses[trigger.clause].verified,
        payer=trigger.payer or None,
        policy=policy.id,
    )


def day_rule(policy: Policy) -> DayRule:
    """How the pack counts the days of a repair."""
    if policy.clock.pause is not None and policy.clock.pause.day_rule is DayRule.CEIL_24H:
        return DayRule.CEIL_24H
    return DayRule.OUT_MINUS_IN


def _most(words: list[str]) -> int:
    return max(Counter(words).values(), default=0)


def _failed_repairs(_: Policy, __: Trigger, facts: Facts, counted: list[Repair], ___: date) -> int:
    if facts.failed_repairs is not None:
        return facts.failed_repairs
    return _most([fold(repair.fault) for repair in counted if repair.failed])


def _repairs(_: Policy, __: Trigger, facts: Facts, counted: list[Repair], ___: date) -> int:
    told = facts.failed_repairs or 0
    return max(told, _most([fold(repair.fault) for repair in counted]))


def _repair_days(policy: Policy, trigger: Trigger, _: Facts, counted: list[Repair], on: date) -> int:
    rule = day_rule(policy)
    days = [
        days_of(repair.begins(), repair.ends(on), rule)
        for repair in counted
        if trigger.cause is None or repair.cause is trigger.cause
    ]
    return max(0, *days) if days else 0


def _total_days(policy: Policy, _: Trigger, __: Facts, counted: list[Repair], on: date) -> int:
    return days_in(counted, date.min, on, day_rule(policy))


_Count = Callable[[Policy, Trigger, Facts, list[Repair], date], int]
_COUNT: dict[TriggerKind, _Count] = {
    TriggerKind.FAILED_REPAIRS: _failed_repairs,
    TriggerKind.REPAIRS: _repairs,
    TriggerKind.REPAIR_DAYS: _repair_days,
    TriggerKind.TOTAL_REPAIR_DAYS: _total_days,
    TriggerKind.ACCESSORY_EXCHANGES: lambda _p, _t, facts, _c, _on: facts.accessory_exchanges,
    TriggerKind.SAFETY_REPAIRS: lambda _p, _t, _f, counted, _on: sum(one.safety for one in counted),
    TriggerKind.PART_REPLACEMENTS: lambda _p, _t, _f, counted, _on: _most(
        [fold(one.part) for one in counted if one.part]
    ),
    TriggerKind.SERVICE_UNAVAILABLE: lambda _p, _t, facts, _c, _on: int(facts.service_unavailable),
}
