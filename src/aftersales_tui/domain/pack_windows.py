"""When one window of one pack ends, and the steps that led there.

Order of the arithmetic: start, length, months added after a repair, pauses, what an exchange leaves at
least, one roll past the rest days. The steps are words for people: they are built when asked.
"""

from dataclasses import dataclass
from datetime import date

from aftersales_tui.domain.periods import PauseUsed, end_of, lengthened, paused, rolled
from aftersales_tui.domain.policy import (
    AfterExchange,
    Category,
    DelayCause,
    Length,
    Policy,
    RepairExtension,
    Verified,
    Window,
)
from aftersales_tui.domain.verdicts import Reason, Start, Value
from aftersales_tui.domain.warranty_facts import Facts, Stay
from aftersales_tui.domain.words import Proof, Remedy, StartBasis
from aftersales_tui.domain.working_time import RestDays


@dataclass(frozen=True, slots=True)
class Span:
    """A window of a pack on the calendar: every date the explanation needs."""

    policy: Policy
    window: Window
    category: Category | None
    start: Start
    length: Length
    counted_end: date
    """After the length alone."""
    extensions: tuple[tuple[RepairExtension, date], ...]
    """Every rule that adds months after a repair with its end; the longest of them counts."""
    pauses: tuple[PauseUsed, ...]
    exchange_floor: date | None
    """What an exchange leaves at least, where it leaves more than the remainder."""
    nominal_end: date
    effective_end: date
    official: bool


def span(policy: Policy, window: Window, facts: Facts, start: Start, on: date, rest_days: RestDays) -> Span:
    """The window as of ``on``."""
    category = policy.categories.get(facts.category) if window.by_category else None
    length = category.lengths.get(window.scope, window.length) if category else window.length
    counted = end = end_of(start.date, length, policy.clock.start_day_counted)
    extensions = _extensions(policy, window, facts, start, end, on)
    for _, longer in extensions:
        end = max(end, longer)
    pauses: tuple[PauseUsed, ...] = ()
    if window.pause is not None and (facts.repairs or facts.waits):
        end, pauses = paused(start.date, end, _stays(window, facts), window.pause, on)
    floor = _exchange_floor(policy, window, facts, start, end, on)
    if floor is not None:
        end = floor
    effective, official = end, True
    if policy.clock.roll:
        roll = rolled(end, rest_days)
        effective, official = roll.day, roll.official
    return Span(
        policy, window, category, start, length, counted, extensions, pauses, floor, end, effective, official
    )


def _stays(window: Window, facts: Facts) -> list[Stay]:
    rule = window.pause
    assert rule is not None
    stays: list[Stay] = list(facts.waits) if rule.waiting_parts else []
    if rule.repair:
        stays.extend(facts.repairs)
    elif rule.waiting_parts:
        stays.extend(repair for repair in facts.repairs if repair.cause is DelayCause.NO_PARTS)
    return stays


def _extensions(
    policy: Policy, window: Window, facts: Facts, start: Start, end: date, on: date
) -> tuple[tuple[RepairExtension, date], ...]:
    if not policy.repair_extensions or not facts.repairs or Remedy.REPAIR not in window.remedies:
        return ()
    contract = facts.contract_date or facts.sold or facts.invoiced or start.date
    repaired = sorted(repair.handed_in for repair in facts.repairs)
    found = []
    for rule in policy.repair_extensions:
        longer, times = end, 0
        if contract >= rule.contract_from:
            for day in repaired:
                if times < rule.times and start.date <= day <= min(longer, on):
                    longer, times = end_of(longer, Length(months=rule.months)), times + 1
        if times:
            found.append((rule, longer))
    return tuple(found)


def _exchange_floor(
    policy: Policy, window: Window, facts: Facts, start: Start, end: date, on: date
) -> date | None:
    if policy.after_exchange is not AfterExchange.MAX_REMAINDER_DAYS or Remedy.REPAIR not in window.remedies:
        return None
    floor = end
    for day in sorted(facts.exchanged):
        if start.date <= day <= min(floor, on):
            floor = max(floor, lengthened(day, policy.exchange_days))
    return floor if floor > end else None


def cite(policy: Policy, clause: str) -> str:
    """How a clause is quoted in English; empty for a clause the pack does not have."""
    found = policy.clauses.get(clause)
    return found.cite.en if found else ""


def clause_key(policy: Policy, clause: str) -> str:
    """The name of a clause among the clauses of a verdict."""
    return f"{policy.id}/{clause}" if clause in policy.clauses else ""


def mark(found: Span) -> Verified:
    """How far the length of the window was checked against its source."""
    category, window = found.category, found.window
    if category is not None and category.verified is not None and window.clause == category.clause:
        return category.verified
    return found.policy.clauses[window.clause].verified


def steps(found: Span, facts: Facts, on: date, claimed: date) -> tuple[Reason, ...]:
    """How the last day came about, step by step; it is over when the claim counts for a later day."""
    policy, window, category, clock = found.policy, found.window, found.category, found.policy.clock
    begin: dict[str, Value] = {
        "date": found.start.date,
        "basis": found.start.basis.value,
        "policy": policy.id,
    }
    if found.start.basis is StartBasis.PRODUCED and facts.proof is Proof.NONE:
        begin["plus_days"] = policy.no_proof.days
        begin["clause"] = clause_key(policy, policy.no_proof.clause)
    result = [
        Reason("start", begin),
        Reason(
            "length",
            {
                "years": found.length.years,
                "months": found.length.months,
                "days": found.length.days,
                "scope": window.scope,
                "category": facts.category,
                "policy": policy.id,
                "clause": clause_key(policy, (category.clause if category else "") or window.clause),
            },
        ),
        Reason(
            "nominal_end",
            {
                "date": found.counted_end,
                "start_day_counted": clock.start_day_counted,
                "clause": clause_key(policy, clock.counting_clause),
            },
        ),
    ]
    longest = max((longer for _, longer in found.extensions), default=None)
    for rule, longer in found.extensions:
        values: dict[str, Value] = {"months": rule.months, "date": longer, "chosen": longer == longest}
        result.append(Reason("extended", {**values, "clause": clause_key(policy, rule.clause)}))
    for pause in found.pauses:
        assert window.pause is not None
        stretch: dict[str, Value] = {"start": pause.start, "end": pause.end, "days": pause.days}
        clause = clause_key(policy, window.pause.clause or window.clause)
        result.append(Reason("pause", {**stretch, "rule": window.pause.day_rule.value, "clause": clause}))
    if found.exchange_floor is not None:
        least: dict[str, Value] = {"days": policy.exchange_days, "date": found.exchange_floor}
        clause = clause_key(policy, policy.exchange_clause)
        result.append(Reason("exchange_floor", {**least, "clause": clause}))
    elif found.pauses:
        result.append(Reason("sum", {"date": found.nominal_end}))
    if clock.roll:
        asked: dict[str, Value] = {
            "date": found.nominal_end,
            "rolled": found.effective_end != found.nominal_end,
            "official": found.official,
            "year": found.nominal_end.year,
        }
        result.append(Reason("rest_day", {**asked, "clause": clause_key(policy, clock.roll_clause)}))
    if window.usage is not None:
        limit: dict[str, Value] = {"limit": window.usage, "unit": policy.usage_unit}
        if facts.usage is not None:
            limit["have"] = facts.usage
        result.append(Reason("usage", {**limit, "clause": clause_key(policy, window.clause)}))
    last: dict[str, Value] = {"date": found.effective_end}
    if found.effective_end >= claimed:
        last["days_left"] = (found.effective_end - on).days
    result.append(Reason("effective_end", last))
    return tuple(result)
