"""What a region sets before anything is made."""

import pytest

from aftersales_tui.services.first_run import region_sets
from aftersales_tui.services.settings import REGIONS


@pytest.mark.parametrize(
    ("region", "rules", "currency"),
    [("CN", {"cn-general", "cn-phone"}, "CNY"), ("EU", {"eu-goods"}, "EUR"), ("UK", {"uk-cra-2015"}, "GBP")],
)
def test_a_region_sets_rules_and_currency(region: str, rules: set[str], currency: str) -> None:
    sets = region_sets(region)
    assert rules <= set(sets.rules)
    assert (sets.currency, sets.opens, sets.closes) == (currency, "09:00", "18:00")


def test_elsewhere_has_no_rules_of_law() -> None:
    assert region_sets("OTHER").rules == ()
    assert set(REGIONS) == {"CN", "EU", "UK", "OTHER"}
