"""PINs: setting and clearing them, proving who one is, and telling people what was done to theirs.

Nothing here says or keeps a PIN: an event names whose it was, never what it is.
"""

from __future__ import annotations

import math
import secrets
from datetime import datetime

from aftersales_tui.domain import pins
from aftersales_tui.domain.errors import NotAllowed, Problem
from aftersales_tui.domain.permissions import Permission
from aftersales_tui.domain.text import clean
from aftersales_tui.domain.words import RecordKind, Role
from aftersales_tui.services.shop import Shop, ShopDay
from aftersales_tui.services.staff import view
from aftersales_tui.store import events, staff
from aftersales_tui.store.engine import Session
from aftersales_tui.store.tables import Staff
from aftersales_tui.views.history import EventView
from aftersales_tui.views.staff import StaffView

SALT_BYTES = 16
_TOLD = ("pin_replaced", "pin_cleared", "pin_reset")
"""The events that the person has to hear of at the next sign-in, and the owner of everybody's resets."""


def set_pin(shop: Shop, staff_id: int, typed: str, by: int, os_user: str = "") -> StaffView:
    """Give somebody a PIN, or another one: the owner anybody, everybody themselves.

    Raises ``Refused`` (``pin_not_read``), ``NotAllowed``, ``NotFound``.
    """
    kept = pins.hashed(pins.read_pin(typed), secrets.token_bytes(SALT_BYTES))
    with shop.writing(by, _needed(staff_id, by)) as (session, day):
        row = staff.required(session, staff_id)
        what = "pin_replaced" if row.pin else "pin_set"
        row.pin = kept
        return _changed(session, day, row, by, what, os_user)


def clear_pin(shop: Shop, staff_id: int, by: int, os_user: str = "") -> StaffView:
    """Let somebody act without a PIN again. Raises ``NotAllowed``, ``NotFound``."""
    with shop.writing(by, _needed(staff_id, by)) as (session, day):
        row = staff.required(session, staff_id)
        if not row.pin:
            return view(row, day)
        row.pin = ""
        return _changed(session, day, row, by, "pin_cleared", os_user)


def reset_pin(shop: Shop, staff_id: int, os_user: str) -> StaffView:
    """Take away a PIN that nobody knows any more, as whoever may write the shop file can anyway.

    Nobody of the shop did it, so the event names the user of the system; the person and every owner
    hear of it at their next sign-in. Raises ``NotFound``.
    """
    with shop.store.writing() as session:
        day = shop.day(session)
        row = staff.required(session, staff_id)
        if not row.pin:
            return view(row, day)
        row.pin = ""
        return _changed(session, day, row, None, "pin_reset", os_user)


def _needed(staff_id: int, by: int) -> Permission:
    return Permission.OWN_PIN if staff_id == by else Permission.STAFF


def _changed(
    session: Session, day: ShopDay, row: Staff, by: int | None, what: str, os_user: str
) -> StaffView:
    assert row.id is not None
    row.pin_failures, row.pin_wait_until = 0, None
    row.version += 1
    session.add(row)
    session.flush()
    said = {"name": row.name, "os_user": clean(os_user)}
    events.record(session, day.now, by, RecordKind.STAFF, row.id, what, after=said)
    return view(row, day)


def prove(shop: Shop, staff_id: int, typed: str) -> None:
    """Somebody proves with their PIN who they are; without a PIN nothing is asked.

    A try is counted before it is looked at, so that neither several at once nor a program that is killed
    gets one for nothing. Raises ``NotAllowed``: ``pin_wrong`` with the tries that are left, ``pin_wait``
    with the seconds until the next, ``staff_inactive``; ``NotFound``.
    """
    kept = _count(shop, staff_id)
    if not kept:
        return
    right = pins.matches(typed, kept)
    with shop.store.writing() as session:
        row, now = staff.required(session, staff_id), shop.clock()
        if right:
            row.pin_failures, row.pin_wait_until = 0, None
        failures, wait = row.pin_failures, row.pin_wait_until
        session.add(row)
        if not right and wait is not None:
            seconds = _seconds(wait, now)
            said = {"name": row.name, "failures": failures, "seconds": seconds}
            events.record(session, now, None, RecordKind.STAFF, staff_id, "pin_lockout", after=said)
        name = row.name
    if right:
        return
    if wait is not None:
        raise NotAllowed(Problem("pin_wait", "pin", {"name": name, "seconds": _seconds(wait, now)}))
    left = pins.TRIES - failures
    raise NotAllowed(Problem("pin_wrong", "pin", {"name": name, "left": left}))


def _count(shop: Shop, staff_id: int) -> str:
    """Count a try and give back what it is compared with; raises ``NotAllowed`` while nobody may try."""
    refused: Problem | None = None
    with shop.store.writing() as session:
        row, now = staff.required(session, staff_id), shop.clock()
        if not row.active:
            raise NotAllowed(Problem("staff_inactive", "as", {"name": row.name}))
        if not row.pin:
            return ""
        if row.pin_wait_until is not None and now < row.pin_wait_until:
            # a clock that was set back must not make the wait longer than it is
            latest = now + pins.wait_after(row.pin_failures)
            row.pin_wait_until = min(row.pin_wait_until, latest)
            values = {"name": row.name, "seconds": _seconds(row.pin_wait_until, now)}
            refused = Problem("pin_wait", "pin", values)
        else:
            row.pin_failures += 1
            wait = pins.wait_after(row.pin_failures)
            row.pin_wait_until = now + wait if wait else None
        session.add(row)
        kept = row.pin
    if refused is not None:
        raise NotAllowed(refused)
    return kept


def _seconds(until: datetime, now: datetime) -> int:
    return max(1, math.ceil((until - now).total_seconds()))


def news(shop: Shop, staff_id: int) -> tuple[EventView, ...]:
    """What was done to somebody's PIN since they last signed in, oldest first; to an owner, every reset.

    What they did themselves is left out. It is told once: call it when they have proved who they are.
    """
    with shop.store.reading() as session:
        row = staff.required(session, staff_id)
        found = events.of_kind(session, RecordKind.STAFF, _TOLD, after=row.told_event)
    mine = [event for event in found if event.record_id == staff_id and event.who != row.name]
    if row.role is Role.OWNER:
        mine += [event for event in found if event.what == "pin_reset" and event not in mine]
    if mine:
        with shop.store.writing() as session:
            row = staff.required(session, staff_id)
            row.told_event = max(event.id for event in found)
            session.add(row)
    return tuple(sorted(mine, key=lambda event: event.id))
