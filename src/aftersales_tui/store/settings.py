"""The shop's settings: plain keys and values in its file, typed when they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from aftersales_tui.domain.errors import Problem, StoreFault
from aftersales_tui.store.stored import Unreadable, read_json
from aftersales_tui.store.tables import Setting
from aftersales_tui.views.shop import ShopSettings

NUMBERS = ("cli_identity", "turnaround_days", "follow_up_days", "advice_hours")
OPTIONAL_NUMBERS = (
    "backup_folder_days", "backup_hours", "backup_days", "backup_weeks", "backup_months", "backup_megabytes",
    "retention_years", "lock_minutes",
)  # fmt: skip
"""Whole numbers that have a usual value until somebody sets one."""
KEYS = tuple(field.name for field in fields(ShopSettings))


def read(session: Session) -> ShopSettings:
    """All settings. Raises ``StoreFault`` (``shop_file_damaged``) when one is missing or makes no sense."""
    try:
        return _typed({row.key: row.value for row in session.execute(_ALL)})
    except (KeyError, ValueError, TypeError, AttributeError, OSError) as error:
        values = {"file": session.get_bind().engine.url.database, "detail": f"setting: {error!r}"}
        raise StoreFault(Problem("shop_file_damaged", "db", values)) from error


_ALL = select(col(Setting.key), col(Setting.value))


def _typed(stored: Mapping[str, str]) -> ShopSettings:
    values: dict[str, Any] = {key: value for key, value in stored.items() if key in KEYS}
    try:
        for key in NUMBERS:
            values[key] = int(stored[key])
        for key in OPTIONAL_NUMBERS:
            if key in stored:
                values[key] = int(stored[key])
        own = read_json(stored.get("rest_days", "{}"))
        values["rest_days"] = {date.fromisoformat(day): bool(rests) for day, rests in own.items()}
        values["packs"] = tuple(pack for pack in stored.get("packs", "").split(",") if pack)
        ZoneInfo(stored["timezone"])
        return ShopSettings(**values)
    except (KeyError, ValueError, TypeError, OSError) as error:
        msg = f"the settings of the shop: {error}"
        raise Unreadable(msg) from error


def write(session: Session, values: Mapping[str, str]) -> None:
    """Store settings by key, making those that are not there yet."""
    for key, value in values.items():
        row = session.get(Setting, key)
        if row is None:
            session.add(Setting(key=key, value=value))
        else:
            row.value = value
    session.flush()
