"""What the parts of a product are called that the packs name."""

from __future__ import annotations

from collections.abc import Mapping

from aftersales_tui.i18n import NC_

PARTS: Mapping[str, tuple[str, str]] = {
    "whole": NC_("part", "whole unit"),
    "main_part": NC_("part", "main parts"),
    "accessory": NC_("part", "accessory"),
    "backlight": NC_("part", "backlight"),
    "battery": NC_("part", "battery"),
    "charger": NC_("part", "charger"),
    "compressor": NC_("part", "compressor"),
    "controller": NC_("part", "controller"),
    "cpu": NC_("part", "processor"),
    "data_card": NC_("part", "data card"),
    "disk": NC_("part", "disk"),
    "display": NC_("part", "display"),
    "driver": NC_("part", "driver board"),
    "frame": NC_("part", "frame"),
    "gearbox": NC_("part", "gearbox"),
    "horn": NC_("part", "horn"),
    "ic": NC_("part", "integrated circuit"),
    "keyboard": NC_("part", "keyboard"),
    "line_transformer": NC_("part", "line transformer"),
    "lock": NC_("part", "lock"),
    "logic_board": NC_("part", "logic board"),
    "magnetron": NC_("part", "magnetron"),
    "main_board": NC_("part", "main board"),
    "memory": NC_("part", "memory"),
    "motor": NC_("part", "motor"),
    "panel": NC_("part", "panel"),
    "power_adapter": NC_("part", "power adapter"),
    "repaired_part": NC_("part", "repaired part"),
    "tube": NC_("part", "picture tube"),
    "tuner": NC_("part", "tuner"),
    "wired_earphone": NC_("part", "wired earphone"),
}
"""Context and English of each part, by the name it has in a pack."""
