"""The open shop that every use case is given: its file, its clock, its settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from aftersales_tui.domain import permissions
from aftersales_tui.domain.dates import local_day
from aftersales_tui.domain.permissions import Permission
from aftersales_tui.domain.words import Role
from aftersales_tui.domain.working_time import RestDays
from aftersales_tui.store import settings, staff, veil
from aftersales_tui.store.calendars import load_rest_days
from aftersales_tui.store.engine import BroughtUpToDate, Session, Store
from aftersales_tui.views.shop import ShopSettings

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class ShopDay:
    """The moment of a use case as the shop sees it."""

    now: datetime
    today: date
    zone: ZoneInfo
    settings: ShopSettings
    rest_days: RestDays


class Shop:
    """An open shop file with its clock."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.clock = clock
        self._reader: int | None = None
        self._rest_days: tuple[tuple[str, Mapping[date, bool]], RestDays] | None = None

    @property
    def brought_up_to_date(self) -> BroughtUpToDate | None:
        """What opening an older file did to it."""
        return self.store.brought_up_to_date

    @property
    def path(self) -> Path:
        """The shop file."""
        return self.store.path

    @contextmanager
    def reading(self) -> Iterator[tuple[Session, ShopDay]]:
        """A short read, with the moment it happens in."""
        with self.store.reading() as session:
            day = self.day(session)
            self._veil(session, self._reader, day.settings)
            yield session, day

    @contextmanager
    def looking(self) -> Iterator[Session]:
        """The shortest read, without its moment: somebody types, and waits for what it finds."""
        with self.store.reading() as session:
            self._veil(session, self._reader)
            yield session

    def read_as(self, staff_id: int) -> None:
        """From now on this person reads: phones are masked for whoever need not see them."""
        self._reader = staff_id

    def _veil(self, session: Session, reader: int | None, current: ShopSettings | None = None) -> None:
        role = staff.role_of(session, reader) if reader is not None else None
        region: str | None = None
        if role is not None and role is not Role.OWNER:
            current = current or settings.read(session)
            region = current.region if role in current.masked_phones.split(", ") else None
        veil.draw(session, region)

    @contextmanager
    def writing(self, by: int, may: Permission) -> Iterator[tuple[Session, ShopDay]]:
        """One use case of somebody who may do it: one transaction, one moment.

        Raises ``NotAllowed``: ``staff_inactive``, ``not_allowed``; ``NotFound`` (``staff_unknown``).
        """
        with self.store.writing() as session:
            actor = staff.required(session, by)
            permissions.check(actor.name, actor.role, may, active=actor.active)
            day = self.day(session)
            self._veil(session, by, day.settings)
            yield session, day

    def day(self, session: Session) -> ShopDay:
        """Now and today in the shop's time zone, with its settings and calendar."""
        current = settings.read(session)
        zone = ZoneInfo(current.timezone)
        now = self.clock()
        return ShopDay(now, local_day(now, zone), zone, current, self._calendar(current))

    def _calendar(self, current: ShopSettings) -> RestDays:
        key = (current.region, current.rest_days)
        if self._rest_days is None or self._rest_days[0] != key:
            self._rest_days = (key, load_rest_days(current.region, current.rest_days))
        return self._rest_days[1]

    def settings(self) -> ShopSettings:
        """The settings as they stand in the file."""
        with self.store.reading() as session:
            return settings.read(session)

    def today(self) -> ShopDay:
        """The moment by itself, for a front end that shows it."""
        with self.reading() as (_, day):
            return day

    def data_version(self) -> int:
        """Changes when another seat or process has written."""
        return self.store.data_version()

    def clock_is_behind(self) -> datetime | None:
        """The newest event's time when the clock stands before it: a warning, never a refusal."""
        from aftersales_tui.store import events  # asked after the first lists

        with self.reading() as (session, day):
            newest = events.newest_at(session)
        return newest if newest is not None and newest > day.now else None

    def close(self) -> None:
        """Let go of the shop file."""
        self.store.close()
