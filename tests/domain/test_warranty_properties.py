"""What holds of every verdict, whatever is known of the unit and whichever packs are asked."""

import json
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from aftersales_tui.domain.errors import Refused
from aftersales_tui.domain.policy import DelayCause, Policy
from aftersales_tui.domain.verdicts import Verdict
from aftersales_tui.domain.warranty import BEST_FIRST, Facts, Repair, judge
from aftersales_tui.domain.warranty_facts import Stay
from aftersales_tui.domain.words import Coverage, Exclusion, Proof
from aftersales_tui.store.policies import load_policies
from warranty_builders import REST

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(2015, 1, 1), TODAY)
MAYBE = st.none() | DAYS
PACKS: dict[str, list[Policy]] = {}
for _pack in load_policies().values():
    PACKS.setdefault(_pack.id, []).append(_pack)
ASKED = st.lists(st.sampled_from(sorted(PACKS)), min_size=1, max_size=3, unique=True)
TIMES = st.sampled_from([time(), time(9), time(17, 30)])


@st.composite
def stays(draw: st.DrawFn) -> Stay:
    start, length = draw(DAYS), draw(st.none() | st.integers(0, 200))
    back = None if length is None else start + timedelta(days=length)
    return Stay(start, back, in_at=draw(TIMES), out_at=draw(TIMES))


@st.composite
def repairs(draw: st.DrawFn) -> Repair:
    stay = draw(stays())
    return Repair(
        stay.handed_in,
        stay.handed_back,
        draw(st.none() | st.sampled_from(DelayCause)),
        draw(st.text(max_size=3)),
        draw(st.booleans()),
        draw(st.sampled_from(["", "engine", "gearbox"])),
        draw(st.booleans()),
        in_at=stay.in_at,
        out_at=stay.out_at,
    )


FACTS = st.builds(
    Facts,
    category=st.sampled_from(
        ["fan", "phone", "laptop", "other", "microwave", "car", "e_bike", "nothing such"]
    ),
    scope=st.sampled_from(["whole", "main_part", "battery", "motor", "???"]),
    sold=MAYBE,
    invoiced=MAYBE,
    delivered=MAYBE,
    installed=MAYBE,
    accepted=MAYBE,
    produced=MAYBE,
    contract_date=MAYBE,
    proof=st.sampled_from(Proof),
    causes=st.lists(st.sampled_from(Exclusion), max_size=2).map(tuple),
    repairs=st.lists(repairs(), max_size=4).map(tuple),
    waits=st.lists(stays(), max_size=2).map(tuple),
    exchanged=st.lists(DAYS, max_size=2).map(tuple),
    failed_repairs=st.none() | st.integers(0, 9),
    accessory_exchanges=st.integers(0, 3),
    service_unavailable=st.booleans(),
    usage=st.none() | st.integers(0, 10**9),
    price=st.none() | st.decimals(0, 10**9, places=2),
    depreciation=st.booleans(),
    after_hours=st.booleans(),
)


def packs(ids: list[str]) -> list[Policy]:
    """Every version of the packs asked."""
    return [pack for asked in ids for pack in PACKS[asked]]


def untriggered(facts: Facts) -> Facts:
    """The same without anything that opens remedies by being counted."""
    told = tuple(
        replace(repair, cause=None, failed=False, fault=f"{place}", part="", safety=False)
        for place, repair in enumerate(facts.repairs)
    )
    return replace(
        facts,
        repairs=told,
        exchanged=(),
        failed_repairs=0,
        accessory_exchanges=0,
        service_unavailable=False,
        after_hours=False,
    )


@settings(max_examples=250, deadline=None)
@given(FACTS, ASKED, st.dates(date(2014, 1, 1), date.max))
def test_any_mix_of_facts_gives_a_verdict_that_is_stored_unchanged_or_a_named_refusal(
    facts: Facts, ids: list[str], on: date
) -> None:
    try:
        verdict = judge(facts, packs(ids), on, REST)
    except Refused:
        return
    assert Verdict.from_json(json.loads(json.dumps(verdict.to_json()))) == verdict
    assert list(verdict.best) == [remedy for remedy in BEST_FIRST if remedy in verdict.best]
    if verdict.coverage is Coverage.EXPIRED:
        assert any(layer.start or layer.result != "unknown" for layer in verdict.layers) or not verdict.layers
    if verdict.refund is not None:
        assert verdict.refund.price == verdict.refund.deduction + verdict.refund.amount
        assert 0 <= verdict.refund.deduction <= verdict.refund.price


@settings(max_examples=250, deadline=None)
@given(FACTS, st.integers(0, 500), st.integers(1, 500), ASKED)
def test_a_later_day_never_opens_a_window_that_was_closed(
    facts: Facts, first: int, later: int, ids: list[str]
) -> None:
    """Triggers, exchanges and the guarantee of a later repair apart."""
    facts = untriggered(replace(facts, sold=facts.sold or date(2020, 1, 1)))
    early = TODAY + timedelta(days=first - 250)
    try:
        before = judge(facts, packs(ids), early, REST)
        after = judge(facts, packs(ids), early + timedelta(days=later), REST)
    except Refused:
        return

    def windows(verdict: Verdict, running: bool) -> set[tuple[str, str, str, tuple[str, ...]]]:
        return {
            (row.policy, row.remedy, row.scope, row.covers)
            for row in verdict.remedies
            if (row.days_left is not None) is running
            and row.scope != "repaired_part"
            and row.why != "trigger"
        }

    long_triggers = {row.trigger for row in after.triggers if row.met}
    if not long_triggers:
        assert not windows(after, True) & windows(before, False)


@settings(max_examples=150, deadline=None)
@given(FACTS, repairs(), ASKED)
def test_another_stay_in_repair_never_shortens_a_period(facts: Facts, more: Repair, ids: list[str]) -> None:
    facts = untriggered(replace(facts, sold=date(2015, 1, 1), price=None))
    more = replace(more, cause=None, failed=False, part="", safety=False)
    ends = []
    for told in (facts, replace(facts, repairs=(*facts.repairs, more))):
        try:
            verdict = judge(told, packs(ids), TODAY, REST)
        except Refused:
            return
        ends.append(
            {
                (row.policy, row.remedy, row.scope, row.covers): row.effective_end
                for row in verdict.remedies
                if row.scope != "repaired_part" and row.why != "trigger"
            }
        )
    assert all(ends[1][key] >= end for key, end in ends[0].items() if key in ends[1])


@settings(max_examples=150, deadline=None)
@given(FACTS, ASKED, st.sampled_from(sorted(PACKS)))
def test_another_layer_never_makes_the_best_remedy_worse(facts: Facts, ids: list[str], more: str) -> None:
    try:
        alone = judge(facts, packs(ids), TODAY, REST)
        with_more = judge(facts, packs([*ids, more]) if more not in ids else packs(ids), TODAY, REST)
    except Refused:
        return
    assert set(alone.best) <= set(with_more.best)


@settings(max_examples=100, deadline=None)
@given(st.decimals(0, 10**6, places=2), st.integers(0, 400), st.lists(stays(), max_size=3))
def test_a_refund_is_never_more_than_the_price_nor_less_for_days_in_repair(
    price: Decimal, days: int, lent: list[Stay]
) -> None:
    on = TODAY
    sold = on - timedelta(days=days)
    inside = [stay for stay in lent if stay.handed_in >= sold]
    told = Facts("phone", sold=sold, price=price, depreciation=True)
    stayed = replace(told, repairs=tuple(Repair(one.handed_in, one.handed_back) for one in inside))
    plain = judge(told, PACKS["cn-phone"], on, REST).refund
    less = judge(stayed, PACKS["cn-phone"], on, REST).refund
    assert plain is not None
    assert less is not None
    assert 0 <= plain.amount <= less.amount <= price
