"""What a region sets in a new shop, as the first run shows it before anything is made."""

from __future__ import annotations

from aftersales_tui.services.settings import CLOSES, OPENS, REGIONS
from aftersales_tui.store.policies import load_catalogue
from aftersales_tui.views.shop import RegionSets


def region_sets(region: str) -> RegionSets:
    """Rules, currency, time zone and hours of a region. KeyError for an unknown one."""
    currency, timezone = REGIONS[region]
    catalogue = load_catalogue()
    packs = [pack for key in catalogue.categories for pack in catalogue.policy_ids(region, key)]
    return RegionSets(
        rules=tuple(dict.fromkeys(pack for pack in packs if not pack.startswith("shop-"))),
        currency=currency,
        timezone=timezone,
        opens=OPENS,
        closes=CLOSES,
    )
