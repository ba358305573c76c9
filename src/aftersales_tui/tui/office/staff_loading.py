"""What the screen of people asks of the services; each is called in a worker thread."""

from collections.abc import Sequence
from typing import Any

from aftersales_tui.domain.words import Role
from aftersales_tui.views.staff import StaffView


def people(shop: Any) -> Sequence[StaffView]:
    """Everybody who works here, then who did."""
    from aftersales_tui.services import staff

    return sorted(staff.everybody(shop, active_only=False), key=lambda person: not person.active)


def add(shop: Any, name: str, role: str, by: int) -> StaffView:
    """Puts somebody on the list. Raises ``Refused`` (``name_taken`` …), ``NotAllowed``."""
    from aftersales_tui.services import staff

    return staff.add(shop, name, Role(role), by)


def set_role(shop: Any, staff_id: int, role: str, by: int) -> StaffView:
    """Gives another role. Raises ``Refused`` (``last_owner``), ``NotAllowed``."""
    from aftersales_tui.services import staff

    return staff.set_role(shop, staff_id, Role(role), by)


def set_active(shop: Any, staff_id: int, active: bool, by: int) -> StaffView:
    """Somebody leaves, or works here again. Raises ``Refused`` (``last_owner`` …), ``NotAllowed``."""
    from aftersales_tui.services import staff

    return (staff.activate if active else staff.deactivate)(shop, staff_id, by)


def set_pin(shop: Any, staff_id: int, pin: str, by: int) -> StaffView:
    """Gives a PIN. Raises ``Refused`` (``pin_not_read``), ``NotAllowed``."""
    from aftersales_tui.services import pins

    return pins.set_pin(shop, staff_id, pin, by)


def clear_pin(shop: Any, staff_id: int, by: int) -> StaffView:
    """Takes the PIN away. Raises ``NotAllowed``."""
    from aftersales_tui.services import pins

    return pins.clear_pin(shop, staff_id, by)
