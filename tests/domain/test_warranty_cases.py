"""The worked cases of the law that go beyond one window, each with why it ends so."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest

from aftersales_tui.domain.dates import add_months
from aftersales_tui.domain.policy import Covers, DelayCause
from aftersales_tui.domain.verdicts import Verdict
from aftersales_tui.domain.warranty import Facts, Repair, judge
from aftersales_tui.domain.warranty_facts import Stay
from aftersales_tui.domain.words import Coverage, Exclusion, Layer, Proof, Remedy
from aftersales_tui.store.policies import load_policies
from warranty_builders import REST, WEEKENDS, day, judged, row


def steps(verdict: Verdict) -> list[str]:
    """The codes of the reckoning."""
    return [reason.code for reason in verdict.reckoning]


def codes(verdict: Verdict) -> set[str]:
    """The codes of the warnings."""
    return {reason.code for reason in verdict.warnings}


def met(verdict: Verdict) -> set[str]:
    """The triggers that opened something."""
    return {trigger.trigger for trigger in verdict.triggers if trigger.met}


def test_both_days_of_a_repair_count_where_a_pack_says_so() -> None:
    """L17: 10 March 2025 plus a year plus 17 days."""
    pack = load_policies()["cn-general"]
    pause = pack.clock.pause
    assert pause is not None
    both = replace(pause, day_rule=type(pause.day_rule).BOTH_INCLUSIVE)
    windows = tuple(replace(one, pause=both if one.pause else None) for one in pack.windows)
    stays = (Repair(day("2025-06-01"), day("2025-06-11")), Repair(day("2025-09-01"), day("2025-09-06")))
    facts = Facts("fan", sold=day("2025-03-10"), repairs=stays)
    verdict = judge(facts, [replace(pack, windows=windows)], day("2025-10-01"), REST)
    assert row(verdict, Remedy.REPAIR).nominal_end == day("2026-03-27")
    assert [step.values["days"] for step in verdict.reckoning if step.code == "pause"] == [11, 6]


def test_a_refund_is_reduced_by_the_days_of_use_only_when_asked() -> None:
    """L27: 130 days less 20 in repair, 0.1 % a day of 5000."""
    facts = Facts(
        "tv_flat",
        installed=day("2026-01-10"),
        price=Decimal(5000),
        repairs=(Repair(day("2026-02-01"), day("2026-02-21")),),
    )
    off = judged("cn-general", facts, "2026-05-20").refund
    on = judged("cn-general", replace(facts, depreciation=True), "2026-05-20").refund
    assert off is not None
    assert on is not None
    assert (on.deduction, on.amount, on.chargeable_days) == (Decimal("550.00"), Decimal("4450.00"), 110)
    assert (off.deduction, off.amount, off.full_deduction) == (
        Decimal("0.00"),
        Decimal("5000.00"),
        Decimal("550.00"),
    )
    assert judged("cn-general", replace(facts, price=None), "2026-05-20").refund is None


def test_a_phone_loses_half_a_percent_a_day_and_never_more_than_its_price() -> None:
    facts = Facts("phone", sold=day("2025-06-01"), price=Decimal(3000), depreciation=True)
    found = judged("cn-phone", facts, "2025-09-19").refund
    late = judged("cn-phone", facts, "2026-05-30").refund
    assert found is not None
    assert late is not None
    assert (found.deduction, found.amount, found.chargeable_days) == (
        Decimal("1650.00"),
        Decimal("1350.00"),
        110,
    )
    assert (late.deduction, late.amount) == (Decimal("3000.00"), Decimal("0.00"))


def test_a_province_that_forbids_depreciation_refunds_the_whole_price_and_says_so() -> None:
    facts = Facts("fan", sold=day("2026-01-10"), price=Decimal(500), depreciation=True, failed_repairs=2)
    verdict = judged("cn-zhejiang", facts, "2026-05-20")
    assert verdict.refund is not None
    assert verdict.refund.amount == Decimal("500.00")
    assert "no_depreciation" in codes(verdict)


def test_a_failing_brake_within_sixty_days_and_three_thousand_kilometres_gives_the_car_back() -> None:
    """L33."""
    facts = Facts("car", sold=day("2026-01-05"), usage=2999)
    verdict = judged("cn-car", facts, "2026-02-20")
    for remedy in (Remedy.EXCHANGE, Remedy.REFUND):
        found = row(verdict, remedy)
        assert (found.nominal_end, found.effective_end) == (day("2026-03-06"), day("2026-03-06"))
        assert found.available
    assert verdict.best[:2] == (Remedy.REFUND, Remedy.EXCHANGE)


@pytest.mark.parametrize(("usage", "open_"), [(3000, True), (3001, False)])
def test_use_ends_a_window_before_its_time_does(usage: int, open_: bool) -> None:
    verdict = judged("cn-car", Facts("car", sold=day("2026-01-05"), usage=usage), "2026-02-20")
    assert row(verdict, Remedy.EXCHANGE).available is open_
    assert open_ or row(verdict, Remedy.EXCHANGE).why == "used_up"
    assert row(verdict, Remedy.REPAIR).available


def test_an_unknown_reading_is_asked_for_and_closes_nothing() -> None:
    verdict = judged("cn-car", Facts("car", sold=day("2026-01-05")), "2026-02-20")
    assert verdict.missing[0].code == "ask_usage"
    assert row(verdict, Remedy.REPAIR).available


def test_a_repair_of_five_days_and_an_hour_is_six_days_and_owes_a_loaner() -> None:
    """L35."""
    stay = Repair(day("2026-05-01"), day("2026-05-06"), in_at=time(9), out_at=time(10))
    verdict = judged("cn-car", Facts("car", sold=day("2026-01-05"), usage=1, repairs=(stay,)), "2026-05-06")
    assert verdict.loaner is not None
    assert (verdict.loaner.repair_days, verdict.loaner.owed) == (6, True)
    on_time = replace(stay, out_at=time(9))
    verdict = judged(
        "cn-car", Facts("car", sold=day("2026-01-05"), usage=1, repairs=(on_time,)), "2026-05-06"
    )
    assert verdict.loaner is not None
    assert (verdict.loaner.repair_days, verdict.loaner.owed) == (5, False)


@pytest.mark.parametrize(
    ("repairs", "opened"),
    [
        ([("2026-02-01", "2026-02-20"), ("2026-03-01", "2026-03-12")], set()),
        ([("2026-02-01", "2026-02-20"), ("2026-03-01", "2026-03-13")], {"total_repair_days"}),
    ],
)
def test_more_than_thirty_days_in_repair_altogether_give_a_car_back(
    repairs: list[tuple[str, str]], opened: set[str]
) -> None:
    stays = tuple(Repair(day(begin), day(end)) for begin, end in repairs)
    verdict = judged("cn-car", Facts("car", sold=day("2026-01-05"), usage=9000, repairs=stays), "2026-04-01")
    assert met(verdict) == opened
    assert (Remedy.EXCHANGE in verdict.best) is bool(opened)


def test_a_car_is_given_back_after_two_dangerous_repairs_or_the_fifth_of_one_fault() -> None:
    def after(*stays: Repair, usage: int = 9000, on: str = "2026-09-01") -> set[str]:
        facts = Facts("car", sold=day("2026-01-05"), usage=usage, repairs=stays)
        verdict = judged("cn-car", facts, on)
        return met(verdict) if Remedy.REFUND in verdict.best else set()

    brake = [Repair(day(f"2026-0{n}-01"), day(f"2026-0{n}-02"), safety=True) for n in (2, 3)]
    noise = [Repair(day(f"2026-0{n}-01"), day(f"2026-0{n}-02"), fault="noise") for n in range(2, 7)]
    gearbox = [Repair(day(f"2026-0{n}-01"), day(f"2026-0{n}-02"), part="gearbox") for n in (2, 3)]
    assert after(*brake) == {"safety_repairs"}
    assert after(*noise) == {"repairs"}
    assert after(*noise[:4]) == set()
    assert after(*gearbox) == {"part_replacements"}
    assert after(*brake, usage=50001) == set()


def test_the_fee_for_the_use_of_a_car_goes_by_the_kilometre() -> None:
    facts = Facts("car", sold=day("2026-01-05"), usage=2000, price=Decimal(100000), depreciation=True)
    found = judged("cn-car", facts, "2026-02-20").refund
    assert found is not None
    assert (found.deduction, found.chargeable_usage) == (Decimal("1000.00"), 2000)


def test_a_repaired_part_is_guaranteed_from_the_hand_over_with_or_without_a_sale_date() -> None:
    """L37: 30 days from 20 May, over the Dragon Boat holiday."""
    stay = Repair(day("2026-05-10"), day("2026-05-20"))
    undated = Facts("fan", repairs=(stay,))
    for facts, coverage in (
        (undated, Coverage.NOT_PROVEN),
        (replace(undated, sold=day("2020-01-10")), Coverage.PARTLY_COVERED),
    ):
        verdict = judged("cn-zhejiang", facts, "2026-06-01")
        assert verdict.guarantee.nominal_end == day("2026-06-19")
        assert verdict.guarantee.repaired_part_until == day("2026-06-22")
        assert verdict.coverage is coverage
        assert verdict.headline is not None
        assert (verdict.headline.scope, verdict.headline.layer) == ("repaired_part", Layer.REPAIR_GUARANTEE)


def test_the_same_fault_within_the_guarantee_of_a_repair_is_free() -> None:
    """WAR-9."""
    stay = Repair(day("2026-05-10"), day("2026-05-20"), fault="hums", failed=True)
    verdict = judged("cn-general", Facts("fan", sold=day("2020-01-10"), repairs=(stay,)), "2026-06-01")
    assert verdict.coverage is Coverage.COVERED
    assert steps(verdict) == ["repaired", "nominal_end", "effective_end"]
    over = judged("cn-general", Facts("fan", sold=day("2020-01-10"), repairs=(stay,)), "2026-06-23")
    assert over.coverage is Coverage.EXPIRED


def test_a_part_replaced_under_guarantee_starts_anew_in_zhejiang() -> None:
    stay = Repair(day("2026-05-10"), day("2026-05-20"))
    verdict = judged("cn-zhejiang", Facts("fan", sold=day("2026-01-05"), repairs=(stay,)), "2026-06-01")
    assert verdict.guarantee.part_restarted_until == day("2027-05-20")


def test_zhejiang_gives_back_after_more_than_thirty_five_days_or_when_nobody_repairs() -> None:
    long = Repair(day("2026-03-01"), day("2026-04-06"))
    facts = Facts("fan", sold=day("2026-01-05"), repairs=(long,))
    assert "total_repair_days" in met(judged("cn-zhejiang", facts, "2026-05-01"))
    none = Facts("fan", sold=day("2026-01-05"), service_unavailable=True)
    verdict = judged("cn-zhejiang", none, "2026-05-01")
    assert met(verdict) == {"service_unavailable"}
    assert Remedy.REFUND in verdict.best


def test_goods_bought_at_a_distance_go_back_within_seven_days_of_receipt() -> None:
    """L39."""
    facts = Facts("kettle", delivered=day("2026-03-02"))
    verdict = judged("cn-distance", facts, "2026-03-09")
    refund = row(verdict, Remedy.REFUND)
    assert (refund.nominal_end, refund.effective_end) == (day("2026-03-09"), day("2026-03-09"))
    assert verdict.best == (Remedy.REFUND,)
    assert verdict.coverage is Coverage.COVERED
    assert judged("cn-distance", facts, "2026-03-10").coverage is Coverage.EXPIRED


def test_the_uk_presumption_begins_with_the_day_of_delivery() -> None:
    """L43."""
    verdict = judged("uk-cra-2015", Facts("oven", delivered=day("2026-01-31")), "2026-07-30")
    burden = verdict.burden_of_proof
    assert burden is not None
    assert (burden.trader_until, burden.on_trader) == (day("2026-07-30"), True)
    later = judged("uk-cra-2015", Facts("oven", delivered=day("2026-01-31")), "2026-07-31").burden_of_proof
    assert later is not None
    assert not later.on_trader


def test_california_adds_the_days_out_of_the_buyers_hands() -> None:
    """L49."""
    stay = Repair(day("2026-05-01"), day("2026-05-11"))
    verdict = judged("us-ca", Facts("oven", delivered=day("2026-01-15"), repairs=(stay,)), "2026-06-01")
    assert verdict.until == day("2027-01-25")


def test_visits_every_quarter_are_reckoned_from_the_first_one() -> None:
    """L53: chaining from visit to visit would drift to the 30th."""
    visits = [add_months(day("2026-01-31"), 3 * n) for n in range(1, 5)]
    assert visits == [day("2026-04-30"), day("2026-07-31"), day("2026-10-31"), day("2027-01-31")]


@pytest.mark.parametrize(("after_hours", "open_"), [(False, True), (True, False)])
def test_a_claim_after_closing_on_the_last_day_comes_too_late_in_china(
    after_hours: bool, open_: bool
) -> None:
    facts = Facts("fan", sold=day("2026-03-02"), after_hours=after_hours)
    verdict = judged("cn-general", facts, "2026-03-09")
    assert (Remedy.REFUND in verdict.best) is open_
    assert ("after_closing" in codes(verdict)) is after_hours
    distance = Facts("kettle", delivered=day("2026-03-02"), after_hours=after_hours)
    assert Remedy.REFUND in judged("cn-distance", distance, "2026-03-09").best


def test_france_takes_the_longer_of_two_extensions_and_shows_both() -> None:
    stay = Repair(day("2026-10-01"), day("2026-10-11"))
    facts = Facts("oven", delivered=day("2026-08-15"), contract_date=day("2026-08-01"), repairs=(stay,))
    verdict = judged("eu-goods-fr", facts, "2026-11-22")
    assert verdict.until == day("2029-08-25")
    told = [
        (step.values["months"], step.values["chosen"])
        for step in verdict.reckoning
        if step.code == "extended"
    ]
    assert told == [(12, True), (6, False)]
    old = replace(facts, contract_date=day("2026-07-01"))
    assert judged("eu-goods-fr", old, "2026-11-22").until == day("2029-02-25")


def test_portugal_adds_six_months_for_each_repair_up_to_four() -> None:
    stays = tuple(Repair(day(f"202{n}-01-10"), day(f"202{n}-01-12")) for n in (4, 5, 6))
    facts = Facts("oven", delivered=day("2023-08-15"), repairs=stays)
    assert judged("eu-goods-pt", facts, "2026-11-22").until == day("2028-02-15")


@pytest.mark.parametrize(
    ("country", "until"),
    [("de", "2028-08-15"), ("es", "2029-08-15"), ("se", "2029-08-15"), ("cz", "2028-08-15")],
)
def test_a_country_states_only_what_differs(country: str, until: str) -> None:
    verdict = judged(f"eu-goods-{country}", Facts("oven", delivered=day("2026-08-15")), "2026-11-22")
    assert verdict.until == day(until)


def test_a_country_without_a_fixed_period_says_that_it_may_last_longer() -> None:
    verdict = judged("eu-goods-nl", Facts("oven", delivered=day("2026-08-15")), "2026-11-22")
    assert "pack_note" in codes(verdict)


def test_a_paid_repair_in_germany_is_guaranteed_for_two_years() -> None:
    stay = Repair(day("2026-10-01"), day("2026-10-11"))
    verdict = judged("eu-goods-de", Facts("oven", repairs=(stay,)), "2026-11-22")
    assert verdict.guarantee.repaired_part_until == day("2028-10-11")


def test_scotland_is_five_years() -> None:
    verdict = judged("uk-cra-2015-sct", Facts("oven", delivered=day("2026-01-31")), "2026-07-30")
    assert row(verdict, Remedy.REPAIR).effective_end == day("2031-01-31")


def test_a_makers_exchange_leaves_at_least_ninety_days() -> None:
    facts = Facts("e_bike", sold=day("2026-01-10"), exchanged=(day("2026-12-20"),))
    verdict = judged("maker-sample", facts, "2027-02-01")
    assert row(verdict, Remedy.REPAIR).effective_end == day("2027-03-20")
    assert "exchange_floor" in steps(verdict)
    early = replace(facts, exchanged=(day("2026-03-01"),))
    assert row(judged("maker-sample", early, "2026-12-01"), Remedy.REPAIR).effective_end == day("2027-01-10")


def test_a_promise_for_the_parts_alone_covers_partly() -> None:
    facts = Facts("e_bike", scope="motor", sold=day("2026-01-10"))
    verdict = judged("maker-sample", facts, "2027-06-01")
    assert verdict.coverage is Coverage.PARTLY_COVERED
    assert verdict.headline is not None
    assert verdict.headline.covers == (Covers.PARTS,)


def test_parts_and_labour_of_two_promises_add_up_to_a_free_repair() -> None:
    pack = load_policies()["maker-sample"]
    labour = replace(pack.windows[1], covers=(Covers.LABOUR,))
    other = replace(pack, id="dealer", windows=(labour,), layer=Layer.SELLER)
    facts = Facts("e_bike", scope="motor", sold=day("2026-01-10"))
    assert judge(facts, [pack, other], day("2027-06-01"), REST).coverage is Coverage.COVERED


def test_two_exchanges_of_an_accessory_give_its_price_back() -> None:
    facts = Facts("phone", scope="charger", sold=day("2026-01-10"), accessory_exchanges=2)
    verdict = judged("cn-phone", facts, "2026-06-01")
    assert verdict.best == (Remedy.REFUND, Remedy.EXCHANGE)
    assert row(verdict, Remedy.REFUND, "charger").effective_end == day("2027-01-11")
    unnamed = replace(facts, scope="whole")
    assert row(judged("cn-phone", unnamed, "2026-06-01"), Remedy.REFUND, "accessory").available


def test_waiting_for_a_part_at_home_pauses_and_overlaps_count_once() -> None:
    wait = Stay(day("2025-06-05"), day("2025-06-21"))
    stay = Repair(day("2025-06-01"), day("2025-06-11"))
    facts = Facts("fan", sold=day("2025-03-10"), repairs=(stay,), waits=(wait,))
    assert judged("cn-general", facts, "2025-10-01").until == day("2026-03-30")


def test_a_service_contract_covers_and_says_so() -> None:
    pack = replace(load_policies()["shop-two-years"], id="contract-7", layer=Layer.CONTRACT)
    verdict = judge(Facts("router", accepted=day("2026-01-10")), [pack], day("2026-06-01"), REST)
    assert verdict.coverage is Coverage.CONTRACT
    assert verdict.free


def test_every_layer_says_why_it_won_or_lost() -> None:
    packs = load_policies()
    asked = [packs["cn-general"], packs["shop-default"], packs["shop-three-years"]]
    facts = Facts("fan", sold=day("2026-03-02"))
    verdict = judge(facts, asked, day("2026-03-20"), WEEKENDS)
    told = {
        layer.policy: (layer.result, layer.reason.code if layer.reason else "") for layer in verdict.layers
    }
    assert told == {
        "cn-general": ("loses", "shorter"),
        "shop-default": ("wins", "longest"),
        "shop-three-years": ("wins", "longest"),
    }
    best = {layer.policy: layer.best_for for layer in verdict.layers}
    assert best["shop-default"] == (Remedy.EXCHANGE,)
    assert best["shop-three-years"] == (Remedy.REPAIR,)


def test_a_cause_that_excludes_in_one_layer_is_told_of_that_layer() -> None:
    packs = load_policies()
    facts = Facts("e_bike", sold=day("2026-03-02"), causes=(Exclusion.WEAR,))
    verdict = judge(facts, [packs["maker-sample"]], day("2026-04-20"), REST)
    (layer,) = verdict.layers
    assert layer.reason is not None
    assert (layer.result, layer.reason.code) == ("wins", "excluded")
    assert verdict.coverage is Coverage.EXCLUDED


def test_a_delay_for_no_cause_told_opens_nothing_by_itself() -> None:
    facts = Facts("fan", sold=day("2026-01-10"), repairs=(Repair(day("2026-03-01")),))
    assert met(judged("cn-general", facts, "2026-06-30")) == set()
    caused = replace(facts, repairs=(replace(facts.repairs[0], cause=DelayCause.REPAIRER),))
    assert met(judged("cn-general", caused, "2026-06-30")) == {"repair_days"}


def test_lost_papers_of_a_maker_count_from_production() -> None:
    facts = Facts("e_bike", produced=day("2026-01-10"), proof=Proof.NONE)
    assert judged("maker-sample", facts, "2026-06-30").until == day("2027-03-11")


def test_every_pack_that_ships_names_misuse_and_marks_every_clause() -> None:
    for pack in load_policies().values():
        assert Exclusion.MISUSE in pack.exclusions, pack.id
        assert all(clause.source and clause.cite.zh and clause.text.en for clause in pack.clauses.values())


def test_the_lean_verdict_says_the_same_without_its_explanation() -> None:
    facts = Facts("fan", sold=day("2026-03-02"), repairs=(Repair(date(2026, 4, 1), date(2026, 4, 9)),))
    packs = [load_policies()["cn-general"]]
    full, lean = (judge(facts, packs, day("2026-06-01"), REST, explain=asked) for asked in (True, False))
    assert replace(full, reckoning=(), cites={}) == lean
