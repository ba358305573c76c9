"""The people of the shop: who may act, in which role, and who acts when nobody is named."""

from __future__ import annotations

from collections.abc import Mapping

from aftersales_tui.domain.errors import NotAllowed, NotFound, Problem, refuse
from aftersales_tui.domain.permissions import Permission
from aftersales_tui.domain.text import clean, fold
from aftersales_tui.domain.words import RecordKind, Role
from aftersales_tui.services.shop import Shop, ShopDay
from aftersales_tui.store import staff
from aftersales_tui.store.engine import Session
from aftersales_tui.store.tables import Staff
from aftersales_tui.views.staff import StaffView


def view(row: Staff, day: ShopDay) -> StaffView:
    """A row as the other floors see it; nothing of its PIN but that there is one."""
    assert row.id is not None
    return StaffView(
        id=row.id,
        version=row.version,
        name=row.name,
        role=row.role,
        active=row.active,
        has_pin=bool(row.pin),
        acts_without_pin=bool(row.pin) and row.active and row.id == day.settings.cli_identity,
    )


def everybody(shop: Shop, *, active_only: bool = True) -> tuple[StaffView, ...]:
    """The people, clerks first, then technicians, then owners, as they were added."""
    with shop.reading() as (session, day):
        rows = staff.everybody(session, active_only=active_only)
    order = list(Role)
    return tuple(view(row, day) for row in sorted(rows, key=lambda row: order.index(row.role)))


def named(shop: Shop, name: str, *, active_only: bool = True) -> StaffView:
    """The active person of that name, or of a part of it when only one fits.

    Raises ``NotFound`` (``staff_unknown``), ``Refused`` (``staff_ambiguous``) or ``NotAllowed``
    (``staff_inactive``) for the whole name of somebody who left; without ``active_only`` they are found.
    """
    wanted = fold(name)
    everyone = everybody(shop, active_only=False)
    people = tuple(person for person in everyone if person.active or not active_only)
    exact = [person for person in people if fold(person.name) == wanted]
    partly = exact or [person for person in people if wanted and wanted in fold(person.name)]
    if not partly:
        if left := next((person for person in everyone if fold(person.name) == wanted), None):
            raise NotAllowed(Problem("staff_inactive", "as", {"name": left.name}))
        values = {"name": clean(name), "known": ", ".join(person.name for person in people)}
        raise NotFound(Problem("staff_unknown", "as", values))
    if len(partly) > 1:
        raise refuse("staff_ambiguous", "as", name=clean(name), known=", ".join(p.name for p in partly))
    return partly[0]


def cli_identity(shop: Shop) -> StaffView:
    """Who acts on the command line when ``--as`` is not given; nobody asks them for a PIN there."""
    with shop.reading() as (session, day):
        row = session.get(Staff, day.settings.cli_identity)
    if row is None or not row.active:
        values = {"name": str(day.settings.cli_identity), "known": ""}
        raise NotFound(Problem("staff_unknown", "as", values))
    return view(row, day)


def add(shop: Shop, name: str, role: Role, by: int) -> StaffView:
    """Put a person on the staff list. Raises ``Refused``: ``name_missing``, ``too_long``, ``name_taken``."""
    name = clean(name)
    if not name:
        raise refuse("name_missing", "name")
    if len(name) > 200:
        raise refuse("too_long", "name", limit=200)
    with shop.writing(by, Permission.STAFF) as (session, day):
        if any(fold(row.name) == fold(name) for row in staff.everybody(session)):
            raise refuse("name_taken", "name", name=name)
        row = Staff(name=name, role=role, created_at=day.now)
        session.add(row)
        session.flush()
        return _told(session, day, row, by, "added", after={"name": name, "role": role})


def deactivate(shop: Shop, staff_id: int, by: int) -> StaffView:
    """Take a person off the list of those who act; their history stays.

    Raises ``Refused``: ``last_owner`` when nobody could run the shop afterwards, ``cli_identity_needed``,
    ``staff_inactive``.
    """
    with shop.writing(by, Permission.STAFF) as (session, day):
        row = staff.required(session, staff_id)
        if not row.active:
            raise refuse("staff_inactive", "name", name=row.name)
        _keep_an_owner(session, row)
        if day.settings.cli_identity == staff_id:
            raise refuse("cli_identity_needed", "name", name=row.name)
        row.active = False
        return _changed(session, day, row, by, "deactivated")


def activate(shop: Shop, staff_id: int, by: int) -> StaffView:
    """Somebody works here again, in the role they had. Raises ``Refused`` (``staff_active``)."""
    with shop.writing(by, Permission.STAFF) as (session, day):
        row = staff.required(session, staff_id)
        if row.active:
            raise refuse("staff_active", "name", name=row.name)
        row.active = True
        return _changed(session, day, row, by, "activated")


def set_role(shop: Shop, staff_id: int, role: Role, by: int) -> StaffView:
    """Give somebody another role; it holds at once, also where they are signed in.

    Raises ``Refused`` (``last_owner``).
    """
    with shop.writing(by, Permission.STAFF) as (session, day):
        row = staff.required(session, staff_id)
        if row.role is role:
            return view(row, day)
        if row.active:
            _keep_an_owner(session, row)
        before, row.role = row.role, role
        return _changed(session, day, row, by, "role", before={"role": before}, after={"role": role})


def _keep_an_owner(session: Session, row: Staff) -> None:
    if row.role is Role.OWNER and len(staff.owners(session)) <= 1:
        raise refuse("last_owner", "name", name=row.name)


def _changed(
    session: Session, day: ShopDay, row: Staff, by: int, what: str, **data: Mapping[str, object]
) -> StaffView:
    row.version += 1
    session.add(row)
    session.flush()
    return _told(session, day, row, by, what, **data)


def _told(
    session: Session, day: ShopDay, row: Staff, by: int, what: str, **data: Mapping[str, object]
) -> StaffView:
    """Put on record what was done to a person."""
    from aftersales_tui.store import events  # the first screen asks who works here and writes nothing

    assert row.id is not None
    events.record(session, day.now, by, RecordKind.STAFF, row.id, what, **data)
    return view(row, day)
