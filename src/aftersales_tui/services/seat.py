"""The shop as one seat sees it: who may sign in here, what waits for them, what the palette finds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from aftersales_tui.domain.errors import Problem, StoreFault
from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.text import fold
from aftersales_tui.domain.words import RecordKind, Role
from aftersales_tui.services import staff
from aftersales_tui.services.shop import Clock, Shop
from aftersales_tui.store import calls, followups, jobs
from aftersales_tui.store import staff as staff_rows
from aftersales_tui.store.engine import Store
from aftersales_tui.views.history import EventView
from aftersales_tui.views.seat import Found, Person

PALETTE_LIMIT = 20


class Seat(Shop):
    """An open shop with what belongs to this seat alone: the name remembered, the clock shown."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        remembered: Callable[[], str],
        remember: Callable[[str], object],
        keeps_copies: bool = False,
    ) -> None:
        """``keeps_copies`` for a shop file that is somebody's, not a sample to look at."""
        super().__init__(store, clock)
        self._keeps_copies = keeps_copies
        self._remembered = remembered
        self._remember = remember
        self.renew()

    def renew(self) -> None:
        """Read again what the seat shows of the shop, after another file was put in its place."""
        current = self.settings()
        self.name = current.name
        self.zone = ZoneInfo(current.timezone)

    def now(self) -> datetime:
        """The moment it is, in the shop's time zone."""
        return self.clock().astimezone(self.zone)

    def people(self) -> Sequence[Person]:
        """The active people; the one remembered at this seat first."""
        last = fold(self._remembered())
        known = [Person(p.id, p.name, p.role.value, has_pin=p.has_pin) for p in staff.everybody(self)]
        return sorted(known, key=lambda person: fold(person.name) != last)

    def remembered(self) -> Person | None:
        """Who worked at this seat last, if they still work here."""
        last = fold(self._remembered())
        return next((person for person in self.people() if fold(person.name) == last), None)

    def sign_in(self, person: Person) -> None:
        """This person reads and acts from now on."""
        self.read_as(person.id)

    def remember(self, person: Person) -> None:
        """This person is the first who is asked for at the next start. Raises ``StoreFault``."""
        self._remember(person.name)

    def prove(self, person: Person, pin: str) -> None:
        """The person types their PIN. Raises ``NotAllowed`` as ``pins.prove`` does."""
        from aftersales_tui.services import pins  # most people have none

        pins.prove(self, person.id, pin)

    def news(self, person: Person) -> Sequence[EventView]:
        """What was done to PINs that the person has to hear of now, once."""
        from aftersales_tui.services import pins

        return pins.news(self, person.id)

    def lock_after(self, person: Person) -> int:
        """Seconds without a key after which this person's screens lock; 0 for never."""
        with self.reading() as (session, day):
            row = staff_rows.required(session, person.id)
        return day.settings.lock_minutes * 60 if row.pin else 0

    def look_after(self) -> Sequence[Problem]:
        """The copy of the day, and what somebody has to see to. Raises ``StoreFault``, ``Busy``."""
        from aftersales_tui.services import backups  # not before the first lists are shown

        found: list[Problem] = []
        if (newer := self.brought_up_to_date) is not None:
            values = {"found": newer.found, "now": newer.now, "copy": str(newer.copy)}
            found.append(Problem("brought_up_to_date", "db", values))
            self.store.brought_up_to_date = None
        if self._keeps_copies:
            try:
                made = backups.copy_of_the_day(self)
                found += made.left_undone if made is not None else ()
            except StoreFault as error:
                found += error.problems
            found += backups.warnings(self)
        return found

    def copy_on_leaving(self, longest: float) -> Sequence[Problem]:
        """Copy what changed since the last copy, within ``longest`` seconds. Raises ``StoreFault``."""
        if not self._keeps_copies:
            return ()
        from aftersales_tui.services import backups

        made = backups.copy_on_closing(self, stop=backups.until(longest))
        return made.left_undone if made is not None else ()

    def waiting(self, person: Person) -> Mapping[str, int]:
        """How much waits for the person: calls and follow-ups at the desk, their own jobs at the bench."""
        own = jobs.mine(person.id) if person.role == Role.TECHNICIAN.value else jobs.unassigned()
        with self.reading() as (session, day):
            due = followups.count(session, *followups.due_by(day.today))
            return {
                "desk": calls.count(session, calls.is_unclosed) + due,
                "bench": jobs.count(session, *own),
            }

    def find(self, text: str) -> Sequence[Found]:
        """What the palette offers for a number, a name or a phone."""
        from aftersales_tui.services import search  # not before somebody looks something up

        numbered = {RecordKind.JOB: NumberKind.JOB, RecordKind.CALL: NumberKind.CALL}
        return [
            Found(
                hit.kind.value,
                hit.id,
                show_number(numbered[hit.kind], hit.number) if hit.kind in numbered and hit.number else "",
                hit.title,
            )
            for hit in search.find(self, text, limit=PALETTE_LIMIT, count_all=False).items
        ]
