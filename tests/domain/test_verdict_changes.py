"""What is judged otherwise today than it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from aftersales_tui.domain.policy import Length
from aftersales_tui.domain.verdict_changes import (
    CoverageChanged,
    LayerAdded,
    LayerChanged,
    LayerGone,
    StartChanged,
    UntilChanged,
    VersionChanged,
    difference,
)
from aftersales_tui.domain.verdicts import Verdict
from aftersales_tui.domain.warranty import Facts, judge
from aftersales_tui.domain.words import Coverage, Layer, Proof, StartBasis
from aftersales_tui.store.calendars import load_rest_days
from aftersales_tui.store.policies import load_policies

REST = load_rest_days("CN")
GENERAL = load_policies()["cn-general"]
SHOP = load_policies()["shop-two-years"]
FACTS = Facts(category="microwave", sold=date(2026, 3, 2), proof=Proof.SEEN)
ON = date(2026, 11, 23)


def judged(facts: Facts = FACTS, on: date = ON, *packs: object) -> Verdict:
    return judge(facts, packs or (GENERAL,), on, REST)  # type: ignore[arg-type]


def test_a_verdict_is_no_different_from_itself_and_days_that_pass_change_nothing() -> None:
    assert difference(judged(), judged()) == ()
    assert difference(judged(), judged(on=date(2026, 11, 30))) == ()


def test_another_word_comes_first() -> None:
    changes = difference(judged(), judged(on=date(2031, 6, 1)))
    assert changes[0] == CoverageChanged(Coverage.COVERED, Coverage.EXPIRED)
    assert LayerChanged(Layer.STATUTORY, "cn-general", "wins", "over") in changes


def test_another_date_on_file_moves_the_start_and_the_end() -> None:
    changes = difference(judged(), judged(replace(FACTS, sold=date(2026, 3, 5))))
    assert UntilChanged(date(2027, 3, 2), date(2027, 3, 5)) in changes
    assert StartChanged(date(2026, 3, 2), date(2026, 3, 5), StartBasis.SOLD) in changes


def test_a_date_that_became_known_is_said() -> None:
    changes = difference(judged(replace(FACTS, sold=None)), judged())
    assert StartChanged(None, date(2026, 3, 2), StartBasis.SOLD) in changes


def test_another_version_of_a_pack_is_named() -> None:
    newer = replace(GENERAL, version="2027-01")
    assert difference(judged(), judged(FACTS, ON, newer)) == (
        VersionChanged("cn-general", "2024-07", "2027-01"),
    )


def test_a_promise_that_came_or_went_is_named() -> None:
    both = judged(FACTS, ON, GENERAL, SHOP)
    came = difference(judged(), both)
    assert LayerAdded(Layer.SHOP, "shop-two-years", "1") in came
    assert UntilChanged(date(2027, 3, 2), date(2028, 3, 2)) in came
    assert LayerChanged(Layer.STATUTORY, "cn-general", "wins", "wins") not in came
    assert LayerGone(Layer.SHOP, "shop-two-years", "1") in difference(both, judged())


def test_a_layer_that_no_longer_wins_is_named() -> None:
    short = replace(SHOP, windows=tuple(replace(window, length=Length(days=300)) for window in SHOP.windows))
    changes = difference(judged(FACTS, ON, GENERAL, SHOP), judged(FACTS, ON, GENERAL, short))
    assert LayerChanged(Layer.SHOP, "shop-two-years", "wins", "loses") in changes
