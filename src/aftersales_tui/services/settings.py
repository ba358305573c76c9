"""The shop's settings: what a new shop begins with, and how the owner changes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from aftersales_tui.domain.errors import Problem, Refused, refuse
from aftersales_tui.domain.permissions import Permission
from aftersales_tui.domain.text import clean, excerpt
from aftersales_tui.domain.words import RecordKind, Role
from aftersales_tui.services.shop import Clock, Shop, ShopDay
from aftersales_tui.store import events, settings, staff
from aftersales_tui.store.engine import Session, Store
from aftersales_tui.store.tables import Staff
from aftersales_tui.views.shop import NewShop, ShopSettings

REGIONS: Mapping[str, tuple[str, str]] = {
    "CN": ("CNY", "Asia/Shanghai"),
    "EU": ("EUR", "Europe/Berlin"),
    "UK": ("GBP", "Europe/London"),
    "OTHER": ("USD", "UTC"),
}
"""What a region sets when nothing else is said: currency and time zone."""

LANGUAGES = ("en", "zh_CN")
OPENS, CLOSES = "09:00", "18:00"
"""The opening hours of a new shop."""
NOBODY = "nobody"
"""The word of a setting that names roles, when it is none of them."""
LONGEST_NAME = 200
MOST_DAYS = 3650
"""The largest number of days or hours that a setting may ask for."""
MOST_MEGABYTES = 1_000_000
MOST_YEARS = 100


def furnish(store: Store, clock: Clock, new: NewShop) -> int:
    """Fill an empty shop file: the region's settings and one active person, the CLI's identity.

    Returns the person's id. Raises ``Refused``: ``region_unknown``, ``timezone_unknown``,
    ``currency_not_read``, ``role_unknown``.
    """
    values, owner, role = _initial_settings(new)
    now = clock()
    with store.writing() as session:
        person = Staff(name=owner, role=role, created_at=now)
        session.add(person)
        session.flush()
        assert person.id is not None
        settings.write(session, {**values, "cli_identity": str(person.id)})
        said = {**values, "owner": owner, "role": role}
        events.record(session, now, person.id, RecordKind.SHOP, 0, "opened", after=said)
        return person.id


def check_new_shop(new: NewShop) -> None:
    """Refuses answers that ``furnish`` would refuse, before any file is made."""
    _initial_settings(new)


def zone_of(new: NewShop) -> ZoneInfo:
    """The time zone a new shop will have; raises ``Refused`` as ``furnish`` does."""
    values, _, _ = _initial_settings(new)
    return ZoneInfo(values["timezone"])


def _initial_settings(new: NewShop) -> tuple[dict[str, str], str, Role]:
    """The settings of a new shop, its first person's name and role."""
    region = clean(new.region).upper()
    if region not in REGIONS:
        raise refuse("region_unknown", "region", region=excerpt(new.region), known=", ".join(REGIONS))
    currency, timezone = REGIONS[region]
    currency = (clean(new.currency) or currency).upper()
    if not _is_currency(currency):
        raise refuse("currency_not_read", "currency", value=excerpt(new.currency))
    if new.language not in LANGUAGES:
        raise refuse("word_unknown", "language", value=excerpt(new.language), known=", ".join(LANGUAGES))
    try:
        role = Role(new.role)
    except ValueError:
        raise refuse("role_unknown", "role", value=excerpt(new.role)) from None
    owner = clean(new.owner) or "Owner"
    if len(owner) > LONGEST_NAME:
        raise refuse("too_long", "owner", limit=LONGEST_NAME)
    values = {
        "name": _on_papers("name", new.name),
        "region": region,
        "currency": currency,
        "timezone": _zone(new.timezone or timezone),
        "language": new.language,
        "turnaround_days": "7",
        "follow_up_days": "3",
        "advice_hours": "2",
        "opens": OPENS,
        "closes": CLOSES,
    }
    return values, owner, role


def _is_currency(code: str) -> bool:
    return len(code) == 3 and code.isascii() and code.isalpha()


def _on_papers(key: str, typed: str) -> str:
    """A line of the shop's letterhead."""
    line = clean(typed)
    if len(line) > LONGEST_NAME:
        raise refuse("too_long", key, limit=LONGEST_NAME)
    return line


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise refuse("timezone_unknown", "timezone", value=excerpt(name)) from None
    return name


def change_setting(shop: Shop, key: str, value: str, by: int) -> ShopSettings:
    """Change one setting of the shop, on record.

    Raises ``Refused``: ``setting_unknown``, ``setting_not_read``, ``timezone_unknown``; ``NotFound`` for
    a ``cli_identity`` that nobody has.
    """
    value = _read_setting(key, clean(value))
    with shop.writing(by, Permission.SETTINGS) as (session, day):
        _check_against(session, day.settings, key, value)
        return put_setting(session, day, key, value, by)


def put_setting(session: Session, day: ShopDay, key: str, value: str, by: int) -> ShopSettings:
    """Write one setting, as it is stored, inside a use case, on record."""
    before = getattr(day.settings, key)
    settings.write(session, {key: value})
    after = settings.read(session)
    events.record(
        session, day.now, by, RecordKind.SHOP, 0, "setting",
        before={key: before}, after={key: getattr(after, key)},
    )  # fmt: skip
    return after


_CHANGEABLE = (
    "name", "region", "currency", "timezone", "language", "cli_identity",
    "turnaround_days", "follow_up_days", "advice_hours", "opens", "closes", "address", "phone",
    "masked_phones", "packs", "backup_folder", *settings.OPTIONAL_NUMBERS,
)  # fmt: skip


def _read_setting(key: str, value: str) -> str:
    """The value as it is stored; refuses what cannot be a value of that key."""
    if key not in _CHANGEABLE:
        raise refuse("setting_unknown", "key", key=excerpt(key), known=", ".join(_CHANGEABLE))
    bad = Refused(Problem("setting_not_read", key, {"key": key, "value": excerpt(value)}))
    if key == "backup_folder":
        return _second_folder(value, bad)
    if key in (*settings.NUMBERS, *settings.OPTIONAL_NUMBERS):
        if not (value.isascii() and value.isdigit() and len(value) < 10):
            raise bad
        most = {
            "cli_identity": int(value), "backup_megabytes": MOST_MEGABYTES, "retention_years": MOST_YEARS
        }.get(key, MOST_DAYS)  # fmt: skip
        least = 0 if key in ("retention_years", "lock_minutes") else 1
        if not least <= int(value) <= most:
            raise bad
        return str(int(value))
    if key in ("region", "currency"):
        value = value.upper()
    if key == "masked_phones":
        return _masked(value, bad)
    if key in ("name", "address", "phone"):
        return _on_papers(key, value)
    if key == "timezone":
        return _zone(value)
    if key == "packs":
        return ",".join(read_packs(one for one in re.split(r"[\s,，、]+", value) if one))
    if key in ("opens", "closes"):
        try:
            return f"{datetime.strptime(value, '%H:%M'):%H:%M}"  # noqa: DTZ007 - a time of day, no instant
        except ValueError:
            raise bad from None
    known = {"region": value in REGIONS, "currency": _is_currency(value), "language": value in LANGUAGES}
    if not known[key]:
        raise bad
    return value


def _masked(value: str, bad: Refused) -> str:
    """The roles that see phones masked, or ``nobody``; the owner always sees them."""
    named = [word.strip() for word in value.lower().split(",") if word.strip()]
    if not named or any(word not in (Role.CLERK, Role.TECHNICIAN, NOBODY) for word in named):
        raise bad
    return ", ".join(role for role in Role if role in named) or NOBODY


def _second_folder(value: str, bad: Refused) -> str:
    """The folder that the copies go to a second time, or nothing; it need not be there now."""
    try:
        folder = Path(value).expanduser()
    except RuntimeError:
        raise bad from None
    if value and not folder.is_absolute():
        raise bad
    return str(folder) if value else ""


def read_packs(typed: Iterable[str]) -> tuple[str, ...]:
    """The ids of packaged packs, each once. Raises ``Refused`` (``policy_unknown``)."""
    # imported here: the packs are read from files that no other setting needs
    from aftersales_tui.store.policies import load_policies

    wanted = tuple(dict.fromkeys(typed))
    known = {pack.id for pack in load_policies().values()}
    for one in wanted:
        if one not in known:
            raise refuse("policy_unknown", "packs", policy=excerpt(one), known=", ".join(sorted(known)))
    return wanted


def _check_against(session: Session, current: ShopSettings, key: str, value: str) -> None:
    """Refuses a value that does not go with the other settings or the people of the shop."""
    if key in ("opens", "closes"):
        hours = {"opens": current.opens, "closes": current.closes, key: value}
        if hours["opens"] >= hours["closes"]:
            raise refuse("hours_not_read", key, text=f"{hours['opens']}-{hours['closes']}")
    if key == "cli_identity":
        person = staff.required(session, int(value))
        if not person.active:
            raise refuse("staff_inactive", key, name=person.name)
