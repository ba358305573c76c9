"""Which class shows what: imported on first use, so that the first frame loads only its own screen."""

from importlib import import_module
from typing import Any

from textual.screen import Screen

from aftersales_tui.tui.actions import BENCH, DESK, OFFICE

_TUI = "aftersales_tui.tui."

SCREENS_BY_AREA: dict[str, str] = {
    DESK: _TUI + "desk.home:DeskHome",
    BENCH: _TUI + "bench.home:BenchHome",
    OFFICE: _TUI + "office.home:OfficeHome",
}
"""The home screen of each area."""

SCREENS: dict[str, str] = {
    "call_form": _TUI + "desk.call_form:CallForm",
    "call": _TUI + "desk.call:CallScreen",
    "customer": _TUI + "desk.customer:CustomerCard",
    "device": _TUI + "desk.device:DeviceCard",
    "call_edit": _TUI + "desk.call_edit:CallEdit",
    "customer_edit": _TUI + "desk.customer_edit:CustomerEdit",
    "device_edit": _TUI + "desk.device_edit:DeviceEdit",
    "why": _TUI + "desk.why:WhyScreen",
    "follow_up": _TUI + "desk.follow_up:FollowUpSheet",
    "job": _TUI + "bench.job:JobScreen",
    "repair_record": _TUI + "bench.repair_record:RepairForm",
    "job_edit": _TUI + "bench.job_edit:JobEdit",
    "hand_over": _TUI + "bench.hand_over:HandOver",
    "care": _TUI + "office.care:CareScreen",
    "staff": _TUI + "office.staff:StaffScreen",
    "log": _TUI + "office.log:LogScreen",
    "set_up": _TUI + "set_up:SetUp",
}
"""Every other screen by name, as ``open_screen`` takes it."""


def build(where: str, *args: Any, **kwargs: Any) -> Screen[Any]:
    """Imports ``module:Class`` and makes the screen."""
    module, _colon, name = where.partition(":")
    made: Screen[Any] = getattr(import_module(module), name)(*args, **kwargs)
    return made
