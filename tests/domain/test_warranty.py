"""The worked cases of warranty law and their edges: which rule, from when, until when, and why."""

from dataclasses import replace

import pytest

from aftersales_tui.domain.errors import Refused
from aftersales_tui.domain.policy import DelayCause
from aftersales_tui.domain.verdicts import Verdict
from aftersales_tui.domain.warranty import Facts, Repair, exclusions_of, judge
from aftersales_tui.domain.words import Cause, Coverage, Exclusion, Proof, Remedy, StartBasis
from aftersales_tui.store.policies import load_policies, policies_for
from warranty_builders import REST, WEEKENDS, day, judged, row

OVEN = Facts("microwave", sold=day("2025-11-27"))
STAY = Repair(day("2026-03-02"), day("2026-03-09"), fault="J-0188", failed=True)


def codes(verdict: Verdict) -> list[str]:
    """The codes of a verdict's warnings."""
    return [reason.code for reason in verdict.warnings]


@pytest.mark.parametrize(
    ("case", "pack", "category", "start", "remedy", "nominal", "effective"),
    [
        ("L01: last day included", "cn-general", "fan", "1995-12-01", "repair", "1996-12-01", "1996-12-02"),
        ("L03: no 29 February", "cn-general", "fan", "2024-02-29", "repair", "2025-02-28", "2025-02-28"),
        ("L07", "cn-general", "fan", "2026-03-02", "refund", "2026-03-09", "2026-03-09"),
        ("L09", "cn-general", "fan", "2026-03-02", "exchange", "2026-03-17", "2026-03-17"),
        ("L11: National Day", "cn-general", "fan", "2026-09-24", "refund", "2026-10-01", "2026-10-08"),
        ("L13: moved workday", "cn-general", "fan", "2026-02-07", "refund", "2026-02-14", "2026-02-14"),
        ("L15: holiday", "cn-general", "fan", "2025-10-03", "repair", "2026-10-03", "2026-10-08"),
        ("L45", "eu-goods", "oven", "2026-08-15", "repair", "2028-08-15", "2028-08-15"),
        ("six years", "uk-cra-2015", "oven", "2026-01-31", "repair", "2032-01-31", "2032-01-31"),
    ],
)
def test_a_window_ends_on_the_day_the_law_says(
    case: str, pack: str, category: str, start: str, remedy: str, nominal: str, effective: str
) -> None:
    found = row(judged(pack, Facts(category, sold=day(start)), start), Remedy(remedy))
    assert (found.nominal_end, found.effective_end) == (day(nominal), day(effective)), case
    assert found.available


def test_the_corresponding_day_of_a_leap_year_is_kept() -> None:
    """L05: 29 February plus four years."""
    pack = load_policies()["shop-default"]
    four = replace(pack.windows[2], length=replace(pack.windows[2].length, years=4))
    facts = Facts("other", sold=day("2024-02-29"))
    verdict = judge(facts, [replace(pack, windows=(four,))], day("2024-03-01"), REST)
    assert verdict.until == day("2028-02-29")


def test_refund_is_open_on_its_last_day_and_closed_the_day_after() -> None:
    """L07: fault on 9 March."""
    facts = Facts("fan", sold=day("2026-03-02"))
    last = judged("cn-general", facts, "2026-03-09")
    assert last.best == (Remedy.REFUND, Remedy.EXCHANGE, Remedy.REPAIR)
    assert row(last, Remedy.REFUND).days_left == 0
    after = judged("cn-general", facts, "2026-03-10")
    assert after.best == (Remedy.EXCHANGE, Remedy.REPAIR)
    assert row(after, Remedy.REFUND).why == "ended"
    assert judged("cn-general", facts, "2026-03-17").best == (Remedy.EXCHANGE, Remedy.REPAIR)
    assert judged("cn-general", facts, "2026-03-18").best == (Remedy.REPAIR,)


def test_days_in_repair_lengthen_the_repair_window_only() -> None:
    stays = (Repair(day("2025-06-01"), day("2025-06-11")), Repair(day("2025-09-01"), day("2025-09-06")))
    verdict = judged("cn-general", Facts("fan", sold=day("2025-03-10"), repairs=stays), "2025-10-01")
    assert verdict.until == day("2026-03-25")
    assert row(verdict, Remedy.REFUND).effective_end == day("2025-03-17")


def test_the_verdict_says_how_the_last_day_came_about() -> None:
    verdict = judged("cn-general", replace(OVEN, repairs=(STAY,)), "2026-11-23")
    assert verdict.coverage is Coverage.COVERED
    assert (verdict.until, verdict.days_left) == (day("2026-12-04"), 11)
    assert [step.code for step in verdict.reckoning] == [
        "start",
        "length",
        "nominal_end",
        "pause",
        "sum",
        "rest_day",
        "effective_end",
    ]
    assert verdict.reckoning[2].values["date"] == day("2026-11-27")
    assert verdict.reckoning[3].values["days"] == 7


def test_overlapping_repairs_are_counted_once() -> None:
    repairs = (
        Repair(day("2026-01-05"), day("2026-01-15")),
        Repair(day("2026-01-10"), day("2026-01-20")),
        Repair(day("2026-01-20"), day("2026-01-20")),
    )
    verdict = judged("cn-general", Facts("fan", sold=day("2025-03-10"), repairs=repairs), "2026-02-01")
    assert verdict.until == day("2026-03-25")


def test_a_repair_handed_in_on_the_last_day_still_pauses() -> None:
    facts = Facts("fan", sold=day("2025-03-10"), repairs=(Repair(day("2026-03-10"), day("2026-03-16")),))
    assert judged("cn-general", facts, "2026-03-16").until == day("2026-03-16")


def test_a_repair_after_the_end_pauses_nothing() -> None:
    facts = Facts("fan", sold=day("2025-03-10"), repairs=(Repair(day("2026-03-11"), day("2026-03-30")),))
    assert row(judged("cn-general", facts, "2026-03-30"), Remedy.REPAIR).effective_end == day("2026-03-10")


def test_a_device_still_in_repair_is_counted_up_to_today() -> None:
    facts = Facts("fan", sold=day("2025-03-10"), repairs=(Repair(day("2026-03-02")),))
    assert judged("cn-general", facts, "2026-03-30").until == day("2026-04-07")


def test_an_exchange_restarts_the_period_and_a_second_one_again() -> None:
    """L19."""
    facts = Facts("fan", sold=day("2025-03-10"), exchanged=(day("2025-09-20"), day("2026-03-15")))
    verdict = judged("cn-general", facts, "2026-06-01", WEEKENDS)
    assert row(verdict, Remedy.REPAIR).nominal_end == day("2027-03-15")
    assert verdict.start is not None
    assert (verdict.start.date, verdict.start.basis) == (day("2026-03-15"), StartBasis.EXCHANGED)


def test_a_repair_before_the_exchange_does_not_lengthen_the_new_period() -> None:
    facts = Facts(
        "fan",
        sold=day("2025-03-10"),
        exchanged=(day("2025-09-19"),),
        repairs=(Repair(day("2025-09-01"), day("2025-09-19"), fault="noise", failed=True),),
    )
    verdict = judged("cn-general", facts, "2025-10-09")
    assert row(verdict, Remedy.REPAIR).nominal_end == day("2026-09-19")
    assert verdict.triggers[0].have == 0


def test_an_exchange_on_the_day_of_sale_changes_only_the_basis() -> None:
    facts = Facts("fan", sold=day("2026-03-02"), exchanged=(day("2026-03-02"),))
    verdict = judged("cn-general", facts, "2026-03-03")
    assert row(verdict, Remedy.REFUND).effective_end == day("2026-03-09")


@pytest.mark.parametrize(
    ("pack", "category", "cause", "on", "met"),
    [
        ("cn-general", "fan", DelayCause.REPAIRER, "2026-03-31", False),  # L21: day 30
        ("cn-general", "fan", DelayCause.REPAIRER, "2026-04-01", True),
        ("cn-general", "fan", DelayCause.NO_PARTS, "2026-05-30", False),  # L23: day 90
        ("cn-general", "fan", DelayCause.NO_PARTS, "2026-05-31", True),
        ("cn-phone", "phone", DelayCause.NO_PARTS, "2026-05-01", True),  # L25: day 61
        ("cn-general", "fan", DelayCause.MAKER, "2026-06-30", False),
    ],
)
def test_a_repair_that_lasts_too_long_opens_an_exchange(
    pack: str, category: str, cause: DelayCause, on: str, met: bool
) -> None:
    facts = Facts(category, sold=day("2026-01-10"), repairs=(Repair(day("2026-03-01"), cause=cause),))
    verdict = judged(pack, facts, on)
    assert any(trigger.met for trigger in verdict.triggers) is met
    assert (Remedy.EXCHANGE in verdict.best) is met


def test_one_failed_repair_warns_before_the_second_opens_exchange_and_refund() -> None:
    one = judged("cn-general", replace(OVEN, repairs=(STAY,)), "2026-04-01")
    assert codes(one)[0] == "one_more_failed_repair"
    assert one.best == (Remedy.REPAIR,)
    again = Repair(day("2026-05-04"), day("2026-05-06"), fault="j-0188 ", failed=True)
    two = judged("cn-general", replace(OVEN, repairs=(STAY, again)), "2026-06-01")
    assert two.best == (Remedy.REFUND, Remedy.EXCHANGE, Remedy.REPAIR)
    assert codes(two)[0] == "trigger_met_failed_repairs"
    assert (row(two, Remedy.EXCHANGE).clause, row(two, Remedy.EXCHANGE).why) == ("art. 11", "trigger")


def test_failed_repairs_of_different_faults_are_not_added() -> None:
    other = Repair(day("2026-05-04"), day("2026-05-06"), fault="door", failed=True)
    verdict = judged("cn-general", replace(OVEN, repairs=(STAY, other)), "2026-06-01")
    assert verdict.triggers[0].have == 1


def test_a_number_of_failed_repairs_told_by_hand_counts_instead() -> None:
    verdict = judged("cn-general", replace(OVEN, failed_repairs=2), "2026-06-01")
    assert verdict.best[0] is Remedy.REFUND


def test_two_failed_repairs_open_nothing_once_the_period_is_over() -> None:
    verdict = judged("cn-general", replace(OVEN, failed_repairs=2), "2027-06-01")
    assert Remedy.EXCHANGE not in verdict.best
    assert codes(verdict) == ["trigger_met_failed_repairs", "calendar_not_published"]


def test_after_the_whole_unit_the_main_parts_are_still_covered() -> None:
    verdict = judged("cn-general", OVEN, "2026-12-01")
    assert verdict.coverage is Coverage.PARTLY_COVERED
    assert verdict.headline is not None
    assert (verdict.headline.scope, verdict.until) == ("main_part", day("2027-11-29"))
    assert verdict.headline.verified == "secondary"
    assert judged("cn-general", replace(OVEN, scope="magnetron"), "2026-12-01").coverage is Coverage.COVERED


def test_an_accessory_has_its_own_time() -> None:
    """L31: battery six months; the handset does not answer for it."""
    facts = Facts("phone", scope="battery", sold=day("2026-01-10"))
    assert judged("cn-phone", facts, "2026-07-10").until == day("2026-07-10")
    assert judged("cn-phone", facts, "2026-07-10").best == (Remedy.EXCHANGE,)
    assert judged("cn-phone", facts, "2026-07-11").coverage is Coverage.EXPIRED


def test_the_first_known_date_of_the_list_starts_the_clock_and_is_named() -> None:
    facts = Facts("fan", sold=day("2025-03-10"), delivered=day("2025-03-20"))
    start = judged("cn-general", facts, "2025-04-01").start
    assert start is not None
    assert (start.date, start.basis) == (day("2025-03-20"), StartBasis.DELIVERED)


def test_the_uk_clock_starts_with_the_latest_of_the_dates() -> None:
    facts = Facts("fan", sold=day("2026-01-01"), delivered=day("2026-01-31"), installed=day("2026-01-05"))
    start = judged("uk-cra-2015", facts, "2026-02-01").start
    assert start is not None
    assert start.date == day("2026-01-31")


def test_the_pack_in_force_at_the_sale_judges() -> None:
    old = judged(
        "cn-general", Facts("fan", sold=day("2024-06-28"), delivered=day("2024-06-30")), "2024-07-10"
    )
    assert old.headline is not None
    assert old.headline.policy_version == "1995-08"
    assert old.start is not None
    assert old.start.basis is StartBasis.SOLD
    contract = Facts("fan", sold=day("2024-07-05"), contract_date=day("2024-06-01"))
    early = judged("cn-general", contract, "2024-07-10")
    assert early.headline is not None
    assert early.headline.policy_version == "1995-08"


def test_a_sale_before_any_rule_is_expired_and_says_that_none_was_in_force() -> None:
    verdict = judged("cn-phone", Facts("phone", sold=day("1999-01-01")), "1999-02-01")
    assert verdict.coverage is Coverage.EXPIRED
    assert [layer.result for layer in verdict.layers] == ["not_in_force"]


def test_lost_papers_of_a_phone_count_from_its_production_and_leave_repair_only() -> None:
    """L29."""
    facts = Facts("phone", produced=day("2025-06-01"), proof=Proof.NONE)
    verdict = judged("cn-phone", facts, "2025-09-01")
    assert verdict.start is not None
    assert (verdict.start.date, verdict.start.basis) == (day("2025-08-30"), StartBasis.PRODUCED)
    repair = row(verdict, Remedy.REPAIR)
    assert (repair.nominal_end, repair.effective_end) == (day("2026-08-30"), day("2026-08-31"))
    assert verdict.coverage is Coverage.COVERED
    assert verdict.best == (Remedy.REPAIR,)


def test_a_lost_invoice_is_not_proven_and_asks_for_it() -> None:
    verdict = judged("cn-general", replace(OVEN, proof=Proof.NONE), "2026-01-01")
    assert verdict.coverage is Coverage.NOT_PROVEN
    assert [reason.code for reason in verdict.missing] == ["ask_proof"]
    assert verdict.best == ()


def test_a_lost_invoice_cannot_bring_back_what_is_over() -> None:
    verdict = judged("cn-general", replace(OVEN, proof=Proof.NONE), "2030-01-01")
    assert verdict.coverage is Coverage.EXPIRED


@pytest.mark.parametrize("pack", ["cn-general", "cn-phone", "eu-goods", "uk-cra-2015", "shop-default"])
@pytest.mark.parametrize("proof", list(Proof))
def test_without_any_date_nothing_is_ever_called_expired(pack: str, proof: Proof) -> None:
    category = "phone" if pack == "cn-phone" else "fan"
    verdict = judged(pack, Facts(category, proof=proof), "2026-11-23")
    assert verdict.coverage is Coverage.NOT_PROVEN
    assert verdict.missing
    assert verdict.until is None


def test_a_production_date_alone_is_no_sale_date() -> None:
    verdict = judged("cn-general", Facts("fan", produced=day("2010-01-01")), "2026-11-23")
    assert verdict.coverage is Coverage.NOT_PROVEN
    assert [reason.code for reason in verdict.missing] == ["ask_start_date"]


@pytest.mark.parametrize("code", [code for code in Exclusion if code is not Exclusion.OVERUSED])
@pytest.mark.parametrize("pack", ["cn-general", "eu-goods", "uk-cra-2015", "shop-default"])
def test_every_exclusion_is_charged_with_a_clause_and_never_refused(pack: str, code: Exclusion) -> None:
    facts = Facts("fan", sold=day("2026-03-02"), causes=(code,))
    verdict = judged(pack, facts, "2026-03-03")
    assert verdict.coverage is Coverage.EXCLUDED
    (excluded,) = verdict.excluded
    assert (excluded.code, excluded.effect) == (code, "paid_repair")
    assert excluded.clause
    assert verdict.best == ()


def test_an_overused_unit_loses_exchange_and_refund_but_is_repaired_free() -> None:
    facts = Facts("fan", sold=day("2026-03-02"), causes=(Exclusion.OVERUSED,))
    verdict = judged("cn-general", facts, "2026-03-03")
    assert verdict.coverage is Coverage.COVERED
    assert verdict.best == (Remedy.REPAIR,)


def test_lost_papers_do_not_exclude_where_the_production_date_counts() -> None:
    facts = Facts("phone", produced=day("2026-01-01"), proof=Proof.NONE, causes=(Exclusion.NO_PROOF,))
    assert judged("cn-phone", facts, "2026-05-01").coverage is Coverage.COVERED


def test_what_is_excluded_and_over_is_over() -> None:
    facts = replace(OVEN, causes=(Exclusion.LIQUID,))
    assert judged("cn-general", facts, "2030-01-01").coverage is Coverage.EXPIRED


def test_causes_of_the_call_form_have_their_exclusion() -> None:
    assert exclusions_of(Cause.NOT_KNOWN) == ()
    assert exclusions_of(Cause.DROPPED) == (Exclusion.HUMAN_DAMAGE,)
    assert all(exclusions_of(cause) for cause in Cause if cause is not Cause.NOT_KNOWN)


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        (Facts("fan", sold=day("2026-11-24")), "date_after_today", "sold"),
        (Facts("fan", produced=day("2027-01-01")), "date_after_today", "produced"),
        (
            Facts("fan", sold=day("2026-05-01"), repairs=(Repair(day("2026-04-30")),)),
            "sold_after_hand_in",
            "sold",
        ),
        (
            Facts("fan", repairs=(Repair(day("2026-05-02"), day("2026-05-01")),)),
            "repair_ends_before_it_begins",
            "repair",
        ),
    ],
)
def test_dates_that_cannot_be_are_refused_by_name(facts: Facts, code: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        judged("cn-general", facts, "2026-11-23")
    assert (refused.value.problem.code, refused.value.problem.field) == (code, field)


def test_an_unpublished_year_is_named_and_falls_back_to_weekends() -> None:
    verdict = judged("cn-general", Facts("fan", sold=day("2026-01-02")), "2026-06-01")
    assert verdict.until == day("2027-01-04")
    assert verdict.headline is not None
    assert not verdict.headline.official
    assert "calendar_not_published" in codes(verdict)


def test_rest_days_do_not_matter_where_the_law_does_not_roll() -> None:
    facts = Facts("oven", delivered=day("2026-11-21"))
    verdict = judged("eu-goods", facts, "2026-11-22", WEEKENDS)
    assert verdict.until == day("2028-11-21")
    assert codes(verdict) == []


def test_a_repair_lengthens_the_eu_liability_once_for_new_contracts_only() -> None:
    """L47, and its counterpart one day later."""
    repairs = (Repair(day("2026-10-01"), day("2026-10-09")), Repair(day("2026-10-20"), day("2026-10-21")))
    facts = Facts("oven", delivered=day("2026-08-15"), contract_date=day("2026-07-30"), repairs=repairs)
    assert judged("eu-goods", facts, "2026-11-22").until == day("2028-08-15")
    newer = replace(facts, contract_date=day("2026-07-31"))
    assert judged("eu-goods", newer, "2026-11-22").until == day("2029-08-15")


def test_the_uk_rejection_stops_during_the_repair_with_both_days() -> None:
    """L41."""
    repairs = (Repair(day("2026-02-10"), day("2026-02-20"), fault="x", failed=True),)
    facts = Facts("oven", delivered=day("2026-01-31"), repairs=repairs)
    verdict = judged("uk-cra-2015", facts, "2026-02-21")
    assert row(verdict, Remedy.REJECT).effective_end == day("2026-03-13")
    assert Remedy.FINAL_REJECT in verdict.best


def test_at_least_seven_days_are_left_to_reject_after_the_repair() -> None:
    facts = Facts(
        "oven", delivered=day("2026-01-31"), repairs=(Repair(day("2026-03-02"), day("2026-03-03")),)
    )
    assert row(judged("uk-cra-2015", facts, "2026-03-04"), Remedy.REJECT).effective_end == day("2026-03-10")


def test_a_product_without_a_law_has_the_promise_of_the_shop() -> None:
    facts = Facts("other", sold=day("2026-03-02"))
    verdict = judge(facts, policies_for("CN", "other"), day("2026-03-20"), REST)
    assert verdict.coverage is Coverage.COVERED
    assert verdict.headline is not None
    assert verdict.headline.layer == "shop"
    assert verdict.best == (Remedy.EXCHANGE, Remedy.REPAIR)


def test_without_any_pack_it_is_out_of_warranty_and_says_so() -> None:
    verdict = judge(Facts("fan", sold=day("2026-03-02")), (), day("2026-03-20"), REST)
    assert verdict.coverage is Coverage.EXPIRED
    assert codes(verdict) == ["no_policy"]


def test_the_longer_promise_wins_and_both_layers_are_told() -> None:
    packs = load_policies()
    both = [packs["cn-general"], packs["shop-default"]]
    verdict = judge(Facts("fan", sold=day("2025-03-10"), repairs=(STAY,)), both, day("2026-03-05"), REST)
    assert [(layer.policy, layer.result) for layer in verdict.layers] == [
        ("cn-general", "wins"),
        ("shop-default", "loses"),
    ]


def test_events_after_the_day_judged_are_left_out_and_named() -> None:
    facts = replace(OVEN, repairs=(STAY,))
    verdict = judged("cn-general", facts, "2026-02-01")
    assert verdict.until == day("2026-11-27")
    assert "later_events_ignored" in codes(verdict)
