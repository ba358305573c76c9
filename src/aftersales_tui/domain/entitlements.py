"""What a pack gives beside its windows: money back, a guaranteed repair, a loaner, who has to prove."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from aftersales_tui.domain.pack_windows import cite, clause_key
from aftersales_tui.domain.periods import days_in, days_of, end_of, rolled
from aftersales_tui.domain.policy import AfterExchange, DayRule, Policy
from aftersales_tui.domain.triggers import day_rule
from aftersales_tui.domain.verdicts import (
    BurdenOfProof,
    Guarantee,
    LoanerOwed,
    Reason,
    Refund,
    RemedyRow,
    Start,
)
from aftersales_tui.domain.warranty_facts import Facts, Repair
from aftersales_tui.domain.working_time import RestDays

_CENT = Decimal("0.01")
_PER_USAGE = 1000


def refund(policy: Policy, facts: Facts, start: Start | None, on: date) -> Refund | None:
    """The money back of a price that was told; ``None`` without one.

    Depreciation is a share of the price for every day from the invoice to ``on`` without the days in
    repair, or for every 1,000 units of use; at most the price, rounded half up to the cent.
    """
    price, rule = facts.price, policy.depreciation
    if price is None:
        return None
    category = policy.categories.get(facts.category)
    rate = category.depreciation if category and category.depreciation is not None else rule.rate
    if not rule.allowed:
        rate = None
    since = _charged_from(policy, facts, start)
    days = max(0, (on - since).days - days_in(facts.repairs, since, on, DayRule.OUT_MINUS_IN)) if since else 0
    usage = facts.usage if rule.by_usage else None
    share = Decimal(0) if rate is None else rate * (days if not rule.by_usage else _used(facts))
    full = min(price, (price * share).quantize(_CENT, ROUND_HALF_UP)).quantize(_CENT)
    deduction = full if facts.depreciation else Decimal("0.00")
    return Refund(
        price=price.quantize(_CENT, ROUND_HALF_UP),
        deduction=deduction,
        amount=(price - deduction).quantize(_CENT, ROUND_HALF_UP),
        chargeable_days=days,
        depreciated=facts.depreciation and rate is not None,
        full_deduction=full,
        rate=rate,
        chargeable_usage=usage,
        policy=policy.id,
        clause=cite(policy, rule.clause),
        clause_key=clause_key(policy, rule.clause),
    )


def _used(facts: Facts) -> Decimal:
    return Decimal(facts.usage or 0) / _PER_USAGE


def _charged_from(policy: Policy, facts: Facts, start: Start | None) -> date | None:
    begin = facts.invoiced or facts.sold or (start.date if start else None)
    if start is not None and policy.after_exchange is AfterExchange.RESTART:
        return max(begin, start.date) if begin and start.date in facts.exchanged else begin
    return begin


def last_repair(facts: Facts, on: date) -> Repair | None:
    """The repair that came back last, up to ``on``."""
    back = [repair for repair in facts.repairs if repair.handed_back is not None and repair.handed_back <= on]
    return max(back, key=lambda repair: repair.handed_back or date.min, default=None)


def guarantee(
    policy: Policy, facts: Facts, on: date, rest_days: RestDays, restarted: date | None
) -> Guarantee | None:
    """Until when the last repair is guaranteed, from its hand-over on; ``None`` where no pack says so."""
    repair = last_repair(facts, on)
    if repair is None or repair.handed_back is None:
        return None
    rule = policy.repair_guarantee
    if rule is None:
        return Guarantee(part_restarted_until=restarted, policy=policy.id) if restarted else None
    end = end_of(repair.handed_back, rule.length)
    return Guarantee(
        repaired_part_until=rolled(end, rest_days).day if policy.clock.roll else end,
        nominal_end=end,
        part_restarted_until=restarted,
        policy=policy.id,
        clause=cite(policy, rule.clause),
        clause_key=clause_key(policy, rule.clause),
    )


def guarantee_steps(row: RemedyRow, facts: Facts, on: date) -> tuple[Reason, ...]:
    """How the guarantee of a repair was reckoned."""
    repair = last_repair(facts, on)
    if repair is None or repair.handed_back is None:
        return ()
    last = Reason("effective_end", {"date": row.effective_end})
    if row.days_left is not None:
        last = Reason("effective_end", {"date": row.effective_end, "days_left": row.days_left})
    return (
        Reason("repaired", {"date": repair.handed_back, "clause": row.clause_key}),
        Reason("nominal_end", {"date": row.nominal_end, "start_day_counted": False}),
        last,
    )


def loaner(policy: Policy, facts: Facts, on: date) -> LoanerOwed | None:
    """Whether a repair, the running one before all, lasts longer than a loaner may be kept back."""
    if policy.loaner is None or not facts.repairs:
        return None
    rule = day_rule(policy)
    begun = [repair for repair in facts.repairs if repair.handed_in <= on]
    running = [one for one in begun if one.handed_back is None or one.handed_back > on]
    counted = running or begun
    days = max((days_of(repair.begins(), repair.ends(on), rule) for repair in counted), default=0)
    return LoanerOwed(
        owed=days > policy.loaner.after_days,
        repair_days=days,
        after_days=policy.loaner.after_days,
        clause=cite(policy, policy.loaner.clause),
        clause_key=clause_key(policy, policy.loaner.clause),
        policy=policy.id,
        running=bool(running),
    )


def burden(policy: Policy, facts: Facts, start: Start | None, on: date) -> BurdenOfProof | None:
    """Who has to prove that the fault was not there from the beginning."""
    rule = policy.burden
    if rule is None or start is None or (rule.goods and facts.category not in rule.goods):
        return None
    until = end_of(start.date, rule.length, rule.start_day_counted)
    return BurdenOfProof(
        trader_until=until,
        on_trader=on <= until,
        clause=cite(policy, rule.clause),
        clause_key=clause_key(policy, rule.clause),
        policy=policy.id,
    )
