"""The rest days of a region: official where they are published, else weekends, and the shop's own."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from aftersales_tui.domain.working_time import RestDays

_NONE: Mapping[date, bool] = MappingProxyType({})


def load_rest_days(region: str, own: Mapping[date, bool] = _NONE) -> RestDays:
    """The rest days of ``region``; ``own`` maps a day to True (the shop rests) or False (it works).

    China has the published holidays and moved workdays of the official years. Other regions, and
    years that nobody has published yet, rest at weekends only and are not official.
    """
    own_rest = frozenset(day for day, rests in own.items() if rests)
    own_workdays = frozenset(own) - own_rest
    if region.upper() != "CN":
        return RestDays(own_rest=own_rest, own_workdays=own_workdays)

    from chinese_calendar import constants

    return RestDays(
        extra_rest=frozenset(constants.holidays),
        moved_workdays=frozenset(constants.workdays),
        official_years=frozenset(day.year for day in constants.holidays),
        own_rest=own_rest,
        own_workdays=own_workdays,
    )
