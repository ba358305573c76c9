"""Ten cases whose whole explanation is kept, with what is known of each unit."""

from datetime import date
from decimal import Decimal

from aftersales_tui.domain.verdicts import Verdict
from aftersales_tui.domain.warranty import Facts, Repair, judge
from aftersales_tui.domain.words import Exclusion, Proof
from aftersales_tui.store.policies import load_catalogue, load_policies
from warranty_builders import REST


def _day(text: str) -> date:
    return date.fromisoformat(text)


FAILED = Repair(_day("2026-03-02"), _day("2026-03-09"), fault="sparks", failed=True)
CASES: dict[str, tuple[Facts, tuple[str, ...], str]] = {
    "national_day_rolls": (Facts("fan", sold=_day("2026-09-24")), ("cn-general",), "2026-10-08"),
    "one_failed_repair": (
        Facts("microwave", sold=_day("2025-11-27"), repairs=(FAILED,)),
        ("cn-general", "shop-default"),
        "2026-11-23",
    ),
    "liquid": (
        Facts("laptop", invoiced=_day("2026-05-04"), causes=(Exclusion.LIQUID,)),
        ("cn-pc",),
        "2026-06-01",
    ),
    "lost_papers": (
        Facts("phone", produced=_day("2025-06-01"), proof=Proof.NONE),
        ("cn-phone",),
        "2026-02-02",
    ),
    "no_date": (Facts("air_conditioner"), ("cn-general",), "2026-11-23"),
    "main_part": (
        Facts("tv_flat", installed=_day("2025-01-10"), price=Decimal(5000), depreciation=True),
        ("cn-general",),
        "2026-05-20",
    ),
    "car": (Facts("car", sold=_day("2026-01-05"), usage=2999), ("cn-car",), "2026-02-20"),
    "zhejiang_guarantee": (
        Facts("fan", sold=_day("2024-01-10"), repairs=(Repair(_day("2026-05-10"), _day("2026-05-20")),)),
        ("cn-zhejiang",),
        "2026-06-01",
    ),
    "uk_rejection": (
        Facts(
            "oven",
            delivered=_day("2026-01-31"),
            repairs=(Repair(_day("2026-02-10"), _day("2026-02-20"), fault="x", failed=True),),
        ),
        ("uk-cra-2015",),
        "2026-02-21",
    ),
    "france_twice_extended": (
        Facts(
            "dishwasher",
            delivered=_day("2026-08-15"),
            contract_date=_day("2026-08-01"),
            repairs=(Repair(_day("2026-10-01"), _day("2026-10-11")),),
        ),
        ("eu-goods-fr", "shop-two-years"),
        "2026-11-22",
    ),
}


def verdict(name: str) -> Verdict:
    """The verdict of a case."""
    facts, ids, on = CASES[name]
    packs = [pack for pack in load_policies().values() if pack.id in ids]
    return judge(facts, sorted(packs, key=lambda pack: ids.index(pack.id)), _day(on), REST)


def category(name: str, language: str) -> str:
    """What the product of a case is called."""
    return load_catalogue().label(CASES[name][0].category, language)
