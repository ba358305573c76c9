"""The judge: facts of one unit and the packs that apply in, one cited and dated verdict out.

Pure: the day is an argument, the rest days are handed in. ``pack_judge`` answers for each pack; here
the answers are compared and the best for the customer becomes the verdict.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from aftersales_tui.domain.pack_judge import PackAnswer, Reckoned, answer, clause_key, excluded_rows, in_force
from aftersales_tui.domain.policy import WHOLE, Bilingual, Policy, TriggerKind
from aftersales_tui.domain.verdicts import ExcludedRow, LayerRow, Reason, RemedyRow, Value, Verdict
from aftersales_tui.domain.warranty_facts import Facts, Repair, exclusions_of, refuse_impossible
from aftersales_tui.domain.words import Coverage, Proof, Remedy
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

_MAKES_GOOD = (Remedy.REPAIR, Remedy.EXCHANGE)


@dataclass(frozen=True, slots=True)
class _Found:
    """A row of a pack, and whether it answers for the part that is asked about."""

    pack: PackAnswer
    reckoned: Reckoned
    asked: bool

    @property
    def row(self) -> RemedyRow:
        return self.reckoned.row

    @property
    def running(self) -> bool:
        return self.row.days_left is not None


def judge(facts: Facts, policies: Iterable[Policy], on: date, rest_days: RestDays) -> Verdict:
    """The verdict of ``facts`` under the packs that apply, as of ``on``.

    ``policies`` may hold several versions of a pack; the one in force at the contract date, else at
    the start date, is used. Raises ``Refused`` (``date_after_today``, ``sold_after_hand_in``,
    ``repair_ends_before_it_begins``) for dates that cannot be; anything else gives a verdict.
    """
    refuse_impossible(facts, on)
    families: dict[str, list[Policy]] = {}
    for policy in policies:
        if policy.accepts(facts.category):
            families.setdefault(policy.id, []).append(policy)
    packs, not_in_force = [], []
    for versions in families.values():
        chosen = in_force(versions, facts)
        if chosen is None:
            last = versions[0]
            not_in_force.append(LayerRow(last.layer, last.id, last.version, last.title, "not_in_force", None))
        else:
            packs.append(answer(chosen, facts, on, rest_days))
    found = sorted(
        (_Found(pack, one, one.row.scope in pack.asked) for pack in packs for one in pack.reckoned),
        key=lambda one: (BEST_FIRST.index(one.row.remedy), one.row.scope != WHOLE, one.row.scope),
    )
    considered = [
        one for one in found if one.row.remedy in _MAKES_GOOD and (one.asked or facts.scope == WHOLE)
    ]
    headline = max(considered, key=_weight, default=None)
    first = headline.pack if headline else (packs[0] if packs else None)
    excluded = excluded_rows(first.policy, first.codes) if first else ()
    available = {one.row.remedy for one in found if one.asked and one.row.available}
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
        reckoning=headline.reckoned.steps if headline else (),
        missing=tuple(_missing(facts, packs, headline)),
        warnings=tuple(_warnings(facts, packs, found, on)),
        layers=(*_layers(packs, considered, headline), *not_in_force),
        cites=_cites(packs, excluded),
    )


def _weight(one: _Found) -> tuple[bool, bool, bool, bool, bool, date]:
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


def _coverage(packs: list[PackAnswer], considered: list[_Found]) -> Coverage:
    running = [one for one in considered if one.running]
    available = [one for one in running if one.row.available]
    if available:
        return Coverage.COVERED if any(one.asked for one in available) else Coverage.PARTLY_COVERED
    if running:
        excluded = any(one.row.why == "excluded" for one in running)
        return Coverage.EXCLUDED if excluded else Coverage.NOT_PROVEN
    if all(pack.start is not None for pack in packs):
        return Coverage.EXPIRED
    return Coverage.EXCLUDED if any(pack.codes for pack in packs) else Coverage.NOT_PROVEN


def _missing(facts: Facts, packs: list[PackAnswer], headline: _Found | None) -> Iterable[Reason]:
    said: set[str] = set()
    for reason in (reason for pack in packs for reason in pack.missing):
        if reason.code not in said:
            said.add(reason.code)
            yield reason
    if facts.proof is Proof.TOLD and headline is not None and headline.row.available:
        yield Reason("look_at_invoice")


def _warnings(facts: Facts, packs: list[PackAnswer], found: list[_Found], on: date) -> Iterable[Reason]:
    for pack in packs:
        if any(one.row.available for one in pack.reckoned):
            yield from _counted(pack)
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
    if any(repair.handed_in > on for repair in facts.repairs) or any(day > on for day in facts.exchanged):
        yield Reason("later_events_ignored", {"date": on})
    if not packs:
        yield Reason("no_policy")
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
        elif row.trigger == TriggerKind.FAILED_REPAIRS and 0 < row.have == row.needs - 1:
            yield Reason("one_more_failed_repair", values)


def _layers(packs: list[PackAnswer], considered: list[_Found], headline: _Found | None) -> Iterable[LayerRow]:
    for pack in packs:
        policy = pack.policy
        own = [one for one in considered if one.pack is pack]
        until = max((one.row.effective_end for one in own if one.asked), default=None)
        if pack.start is None:
            result = "unknown"
        elif headline is not None and headline.pack is pack and headline.running:
            result, until = "wins", headline.row.effective_end
        else:
            result = "loses" if any(one.running for one in own) else "over"
        yield LayerRow(policy.layer, policy.id, policy.version, policy.title, result, until)


def _cites(packs: list[PackAnswer], excluded: tuple[ExcludedRow, ...]) -> Mapping[str, Bilingual]:
    """How every clause the verdict names is quoted, so that it can be read without the pack."""
    named = {row.clause_key for row in excluded}
    for pack in packs:
        named.update(row.clause_key for row in pack.triggers)
        for one in pack.reckoned:
            named.add(one.row.clause_key)
            named.update(str(step.values["clause"]) for step in one.steps if "clause" in step.values)
    return {
        key: clause.cite
        for pack in packs
        for name, clause in pack.policy.clauses.items()
        if (key := clause_key(pack.policy, name)) in named
    }
