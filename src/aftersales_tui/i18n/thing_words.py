"""A device and its fault in one cell."""

from aftersales_tui.domain.text import cell_width, cut
from aftersales_tui.i18n import C_
from aftersales_tui.i18n.job_sentence import short_name

NAME_CELLS = 14
"""Cells of a name that is said whole in the Now line."""
LONGEST = 200
"""Characters of a text that are looked at for a cell."""
_PRODUCT_CELLS = 14


def thing(product: str, fault: str) -> str:
    """``Bosch WAN28: E18, does not drain``; what is there of it."""
    fault = " ".join(fault[:LONGEST].split())
    if product and fault:
        return C_("cell", "{product}: {fault}").format(product=product, fault=fault)
    return product or fault


def short_product(product: str, model: str) -> str:
    """The model alone where brand and model would leave no room for what follows."""
    return cut(model, _PRODUCT_CELLS) if cell_width(product) > _PRODUCT_CELLS and model else product


def short_who(name: str) -> str:
    """The whole name where it is short, else as it is said in passing."""
    return name if cell_width(name) <= NAME_CELLS else cut(short_name(name), NAME_CELLS)
