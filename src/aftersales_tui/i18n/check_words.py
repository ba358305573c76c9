"""The words of the checks after a repair."""

from __future__ import annotations

from collections.abc import Mapping

from aftersales_tui.domain.checks import split_checks
from aftersales_tui.i18n import C_, NC_

_CHECKS: Mapping[str, tuple[str, str]] = {
    "brakes": NC_("check", "brakes"),
    "calls": NC_("check", "a call both ways"),
    "cameras": NC_("check", "cameras"),
    "charges": NC_("check", "charges"),
    "clean_and_complete": NC_("check", "clean and complete"),
    "cools_to_set": NC_("check", "cools to what is set"),
    "cord_and_plug": NC_("check", "cord and plug"),
    "door_switch": NC_("check", "door switch"),
    "flue_draws": NC_("check", "flue draws"),
    "full_power": NC_("check", "10 min full power"),
    "full_run": NC_("check", "one full run"),
    "heats_to_set": NC_("check", "heats to what is set"),
    "insulation": NC_("check", "insulation"),
    "leak_radiation": NC_("check", "radiation leak test"),
    "load_test": NC_("check", "30 min under load"),
    "no_gas_leak": NC_("check", "no gas leak"),
    "no_leak": NC_("check", "no water leak"),
    "other_faults": NC_("check", "other hidden faults"),
    "paper_feed": NC_("check", "paper feed"),
    "picture": NC_("check", "picture"),
    "ports": NC_("check", "sockets and ports"),
    "quiet_running": NC_("check", "runs quietly"),
    "safe_to_use": NC_("check", "safe to use"),
    "screen_touch": NC_("check", "screen and touch"),
    "sound": NC_("check", "sound"),
    "starts_up": NC_("check", "starts up"),
    "switches_off": NC_("check", "switches off by itself"),
    "test_page": NC_("check", "test page"),
    "test_pictures": NC_("check", "test pictures"),
    "test_ride": NC_("check", "test ride"),
    "works_as_meant": NC_("check", "works as meant"),
}


def check_word(code: str) -> str:
    """One check in words; what somebody wrote instead of a code is shown as it stands."""
    marked = _CHECKS.get(code)
    return C_(*marked) if marked else code


def checks_words(stored: str) -> str:
    """The checks stored with a job, in words."""
    return C_("list", ", ").join(check_word(part) for part in split_checks(stored))
