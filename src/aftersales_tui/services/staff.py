"""The people of the shop: who may act, and who acts when nobody is named."""

from __future__ import annotations

from aftersales_tui.domain.errors import NotFound, Problem, refuse
from aftersales_tui.domain.permissions import Permission
from aftersales_tui.domain.text import clean, fold
from aftersales_tui.domain.words import RecordKind, Role
from aftersales_tui.services.shop import Shop
from aftersales_tui.store import events, records, staff
from aftersales_tui.store.engine import Session
from aftersales_tui.store.tables import Staff
from aftersales_tui.views.staff import StaffView


def view(row: Staff) -> StaffView:
    """A row as the other floors see it."""
    assert row.id is not None
    return StaffView(id=row.id, version=row.version, name=row.name, role=row.role, active=row.active)


def everybody(shop: Shop, *, active_only: bool = True) -> tuple[StaffView, ...]:
    """The people, clerks first, then technicians, then owners, as they were added."""
    with shop.reading() as (session, _):
        rows = staff.everybody(session, active_only=active_only)
    order = list(Role)
    return tuple(view(row) for row in sorted(rows, key=lambda row: order.index(row.role)))


def named(shop: Shop, name: str) -> StaffView:
    """The active person of that name, or of a part of it when only one fits.

    Raises ``NotFound`` (``staff_unknown``) or ``Refused`` (``staff_ambiguous``).
    """
    wanted = fold(name)
    people = everybody(shop)
    exact = [person for person in people if fold(person.name) == wanted]
    partly = exact or [person for person in people if wanted and wanted in fold(person.name)]
    if not partly:
        values = {"name": clean(name), "known": ", ".join(person.name for person in people)}
        raise NotFound(Problem("staff_unknown", "as", values))
    if len(partly) > 1:
        raise refuse("staff_ambiguous", "as", name=clean(name), known=", ".join(p.name for p in partly))
    return partly[0]


def cli_identity(shop: Shop) -> StaffView:
    """Who acts on the command line when ``--as`` is not given."""
    wanted = shop.settings().cli_identity
    with shop.reading() as (session, _):
        row = session.get(Staff, wanted)
    if row is None or not row.active:
        raise NotFound(Problem("staff_unknown", "as", {"name": str(wanted), "known": ""}))
    return view(row)


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
        assert row.id is not None
        events.record(
            session, day.now, by, RecordKind.STAFF, row.id, "added", after={"name": name, "role": role}
        )
        return view(row)


def deactivate(shop: Shop, staff_id: int, by: int) -> StaffView:
    """Take a person off the list of those who act; their history stays.

    Raises ``Refused``: ``last_owner`` when nobody could run the shop afterwards, ``cli_identity_needed``.
    """
    with shop.writing(by, Permission.STAFF) as (session, day):
        row = required(session, staff_id)
        if row.role is Role.OWNER and len(staff.owners(session)) <= 1:
            raise refuse("last_owner", "name", name=row.name)
        if day.settings.cli_identity == staff_id:
            raise refuse("cli_identity_needed", "name", name=row.name)
        row.active = False
        row.version += 1
        session.add(row)
        events.record(session, day.now, by, RecordKind.STAFF, staff_id, "deactivated")
        return view(row)


def required(session: Session, staff_id: int) -> Staff:
    """The person with that id. Raises ``NotFound``."""
    row = session.get(Staff, staff_id) if 0 < staff_id <= records.LARGEST else None
    if row is None:
        raise NotFound(Problem("staff_unknown", "as", {"name": str(staff_id), "known": ""}))
    return row
