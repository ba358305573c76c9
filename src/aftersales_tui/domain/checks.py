"""What is looked at after a repair (REP-8): the checks of each kind of product, as codes.

The codes are stored with the job, so they are a promise: add to them, rename them never.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

GENERAL = ("works_as_meant", "safe_to_use", "clean_and_complete", "other_faults")
"""For every kind of product that has no list of its own."""

_MAINS = ("insulation", "works_as_meant", "cord_and_plug", "other_faults")
_HEAT = ("insulation", "heats_to_set", "switches_off", "other_faults")
_WATER = ("full_run", "no_leak", "insulation", "other_faults")
_SCREEN = ("picture", "sound", "ports", "other_faults")
_PC = ("starts_up", "load_test", "ports", "charges", "other_faults")
_COLD = ("cools_to_set", "no_leak", "quiet_running", "other_faults")

OF_CATEGORY: Mapping[str, tuple[str, ...]] = {
    "microwave": ("full_power", "door_switch", "leak_radiation", "other_faults"),
    "washing_machine": _WATER,
    "dishwasher": _WATER,
    "tumble_dryer": ("full_run", "switches_off", "insulation", "other_faults"),
    "refrigerator": _COLD,
    "air_conditioner": _COLD,
    "tv_flat": _SCREEN,
    "tv_crt_colour": _SCREEN,
    "monitor": _SCREEN,
    "projector": _SCREEN,
    "phone": ("calls", "charges", "screen_touch", "cameras", "other_faults"),
    "tablet": ("starts_up", "charges", "screen_touch", "cameras", "other_faults"),
    "laptop": _PC,
    "desktop": _PC[:3] + _PC[4:],
    "computer": _PC[:3] + _PC[4:],
    "printer": ("test_page", "paper_feed", "other_faults"),
    "camera": ("test_pictures", "charges", "other_faults"),
    "camcorder": ("test_pictures", "charges", "other_faults"),
    "audio": ("sound", "ports", "other_faults"),
    "headphones": ("sound", "charges", "other_faults"),
    "gas_water_heater": ("no_gas_leak", "flue_draws", "heats_to_set", "other_faults"),
    "electric_water_heater": ("insulation", "no_leak", "heats_to_set", "other_faults"),
    "oven": _HEAT,
    "rice_cooker": _HEAT,
    "induction_cooker": _HEAT,
    "kettle": _HEAT,
    "coffee_machine": ("insulation", "no_leak", "heats_to_set", "other_faults"),
    "heater": _HEAT,
    "iron": _HEAT,
    "hair_care": _HEAT,
    "fan": _MAINS,
    "vacuum_cleaner": _MAINS,
    "range_hood": _MAINS,
    "kitchen_appliance": _MAINS,
    "lamp": _MAINS,
    "power_tool": _MAINS,
    "e_bike": ("brakes", "charges", "test_ride", "other_faults"),
    "bicycle": ("brakes", "test_ride", "other_faults"),
}

_BETWEEN = ", "


def checks_for(category: str) -> tuple[str, ...]:
    """The codes of the checks for a kind of product, at most five."""
    return OF_CATEGORY.get(category, GENERAL)


def join_checks(codes: Iterable[str]) -> str:
    """The ticked checks as they are stored with the job."""
    return _BETWEEN.join(codes)


def split_checks(stored: str) -> tuple[str, ...]:
    """The checks stored with a job: codes, and whatever somebody wrote instead."""
    return tuple(part for part in stored.split(_BETWEEN) if part)
