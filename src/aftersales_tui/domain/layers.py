"""How every law and promise fared against the others, and why (WAR-9, WAR-13)."""

from collections.abc import Iterable
from dataclasses import dataclass

from aftersales_tui.domain.pack_judge import PackAnswer, Reckoned
from aftersales_tui.domain.policy import REPAIRED_PART, Policy
from aftersales_tui.domain.verdicts import LayerRow, Reason, RemedyRow
from aftersales_tui.domain.words import Layer, Remedy


@dataclass(frozen=True, slots=True)
class Found:
    """A row of a pack, and whether it answers for the part that is asked about."""

    pack: PackAnswer
    reckoned: Reckoned
    row: RemedyRow
    asked: bool
    running: bool


def not_in_force_row(policy: Policy) -> LayerRow:
    """A pack of which no version was in force."""
    return LayerRow(
        policy.layer,
        policy.id,
        policy.version,
        policy.title,
        "not_in_force",
        None,
        reason=Reason("not_in_force"),
    )


def layer_rows(packs: list[PackAnswer], found: list[Found], headline: Found | None) -> Iterable[LayerRow]:
    """Every pack in the order it was asked; the guarantee of a repair is a layer of its own."""
    winners = _winners(found)
    for pack in packs:
        own = [one for one in found if one.pack is pack and one.row.scope != REPAIRED_PART]
        yield _layer(pack, pack.policy.layer, own, winners, headline)
        kept = [one for one in found if one.pack is pack and one.row.scope == REPAIRED_PART]
        if kept:
            yield _layer(pack, Layer.REPAIR_GUARANTEE, kept, winners, headline)


def _winners(found: list[Found]) -> dict[Remedy, Found]:
    """For each remedy that is there today the row that lasts longest; at a tie the first asked."""
    winners: dict[Remedy, Found] = {}
    for one in found:
        if one.asked and one.row.available:
            known = winners.get(one.row.remedy)
            if known is None or known.row.effective_end < one.row.effective_end:
                winners[one.row.remedy] = one
    return winners


def _layer(
    pack: PackAnswer, layer: Layer, own: list[Found], winners: dict[Remedy, Found], headline: Found | None
) -> LayerRow:
    best_for = tuple(remedy for remedy, one in winners.items() if any(one is mine for mine in own))
    makes_good = [one for one in own if one.row.remedy in (Remedy.REPAIR, Remedy.EXCHANGE)]
    of_the_part = [one for one in makes_good if one.asked] or makes_good
    until = max((one.row.effective_end for one in of_the_part), default=None)
    running = [one for one in makes_good if one.running]
    leads = headline is not None and headline.running and any(one is headline for one in own)
    if pack.start is None and not own:
        result, reason = "unknown", Reason("no_date")
    elif leads or best_for:
        result = "wins"
        if leads and headline is not None:
            until = headline.row.effective_end
        reason = _why_it_wins(own, best_for, leads)
    elif not running:
        result, reason = "over", Reason("over")
    else:
        result, reason = "loses", _why_it_loses(running, winners)
    policy = pack.policy
    return LayerRow(
        layer,
        policy.id,
        policy.version,
        policy.title,
        result,
        until,
        start=pack.start if layer is policy.layer else None,
        best_for=best_for,
        reason=reason,
    )


def _why_it_wins(own: list[Found], best_for: tuple[Remedy, ...], leads: bool) -> Reason:
    if leads and not best_for:
        hindered = next((one.row.why for one in own if one.running and not one.row.available), "")
        return Reason(hindered or "longest")
    return Reason("longest", {"remedies": tuple(remedy.value for remedy in best_for)})


def _why_it_loses(running: list[Found], winners: dict[Remedy, Found]) -> Reason:
    hindered = [one.row.why for one in running if not one.row.available]
    if len(hindered) == len(running):
        return Reason(hindered[0])
    shown = max(
        (one for one in running if one.row.available),
        key=lambda one: (one.asked, one.row.remedy is Remedy.REPAIR, one.row.effective_end),
    )
    against = winners.get(shown.row.remedy)
    if against is None or not shown.asked:
        return Reason("other_part")
    days = (against.row.effective_end - shown.row.effective_end).days
    return Reason("shorter", {"days": days}) if days > 0 else Reason("as_long")
