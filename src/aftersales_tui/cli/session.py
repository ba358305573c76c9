"""One command at work: the open shop, who acts, and what was typed read into days, ids and people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from aftersales_tui import i18n
from aftersales_tui.cli import output
from aftersales_tui.cli.given import Given
from aftersales_tui.cli.tree import Group
from aftersales_tui.domain.coming import read_coming_day, read_coming_moment
from aftersales_tui.domain.dates import read_day, read_moment, show_moment
from aftersales_tui.domain.errors import Refused, ShopError, refuse
from aftersales_tui.domain.numbering import NumberKind, read_number
from aftersales_tui.domain.text import excerpt, fold

if TYPE_CHECKING:
    from aftersales_tui.services.shop import Shop
    from aftersales_tui.views.staff import StaffView

Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=1_000_000, help="How many at most.")]

LIST_LIMIT = 200


def group(words: str) -> typer.Typer:
    """A group of commands with its help."""
    app = typer.Typer(
        cls=Group, help=words, rich_markup_mode=None, add_completion=False, no_args_is_help=True
    )
    app.callback()(_nothing_before)
    return app


def single() -> typer.Typer:
    """A command that stands by itself."""
    return typer.Typer(rich_markup_mode=None, add_completion=False)


def example(line: str) -> str:
    """The example under a command's help; a test runs each of them."""
    return f"Example: aftersales {line}"


def _nothing_before() -> None:
    pass


@dataclass(frozen=True, slots=True)
class Work:
    """The open shop with the moment of the command and the person who acts."""

    shop: Shop
    person: StaffView
    now: datetime
    today: date
    zone: ZoneInfo

    @property
    def by(self) -> int:
        """The id of the person who acts."""
        return self.person.id

    def day(self, typed: str | None, field: str = "date") -> date | None:
        """The day somebody typed; None when the option was not given."""
        return None if typed is None else read_day(typed, self.today, field)

    def coming_day(self, typed: str | None, field: str) -> date | None:
        """The day ahead somebody typed (``fri``, ``3d``); None when the option was not given."""
        return None if typed is None else read_coming_day(typed, self.today, field)

    def coming(self, typed: str | None, field: str = "at") -> datetime | None:
        """The moment somebody typed, in the shop's time: written out it may be any, else it lies ahead.

        None when the option was not given.
        """
        if typed is None:
            return None
        with suppress(Refused):
            return read_moment(typed, self.zone, field)
        return read_coming_moment(typed, self.now.astimezone(self.zone), field).astimezone(UTC)

    def local(self, moment: datetime | None) -> str:
        """A moment on the shop's clock."""
        return show_moment(moment, self.zone) if moment is not None else ""

    def job(self, typed: str, field: str = "job") -> int:
        """The id of the job with the typed number. Raises ``Refused``, ``NotFound``."""
        from aftersales_tui.services import jobs

        return jobs.id_of(self.shop, number(typed, NumberKind.JOB, field))

    def call(self, typed: str, field: str = "call") -> int:
        """The id of the call with the typed number. Raises ``Refused``, ``NotFound``."""
        from aftersales_tui.services import calls

        return calls.id_of(self.shop, number(typed, NumberKind.CALL, field))

    def follow_up(self, typed: str) -> int:
        """The id of the follow-up with the typed number. Raises ``Refused``, ``NotFound``."""
        from aftersales_tui.services import followups

        return followups.id_of(self.shop, number(typed, NumberKind.FOLLOW_UP, "follow_up"))

    def staff(self, typed: str, field: str, *, active_only: bool = True) -> int:
        """The id of the active person of that name. Raises ``Refused``, ``NotFound``, ``NotAllowed``."""
        from aftersales_tui.services import staff

        try:
            return staff.named(self.shop, typed, active_only=active_only).id
        except ShopError as error:
            raise type(error)(*(replace(problem, field=field) for problem in error.problems)) from error


@contextmanager
def maybe_shop(ctx: typer.Context, *, needed: bool = True) -> Iterator[Shop | None]:
    """The shop if its file is there, for a command that can do without it; not when it is not ``needed``.

    Raises ``StoreFault`` for a file that is there and cannot be opened.
    """
    given = given_of(ctx)
    speak(given)
    if not needed or not given.shop_file.exists():
        yield None
        return
    from aftersales_tui import bootstrap

    shop = bootstrap.open_shop(given.shop_file)
    try:
        speak(given, shop.settings().language)
        yield shop
    finally:
        shop.close()


def number(typed: str, kind: NumberKind, field: str) -> int:
    """A record's number from ``J-0343``, ``j343`` or ``343``. Raises ``Refused`` (``number_not_read``)."""
    found = read_number(typed)
    if found is None or found[0] not in (None, kind):
        raise refuse("number_not_read", field, text=excerpt(typed), letter=kind.value)
    return found[1]


def record_id(typed: str, field: str) -> int:
    """The id of a customer or a device. Raises ``Refused`` (``id_not_read``)."""
    digits = fold(typed)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 15):
        raise refuse("id_not_read", field, text=excerpt(typed))
    return int(digits)


def speak(given: Given, of_shop: str = "") -> None:
    """Speak the language asked for: the option, the seat's choice, the shop's, the system's."""
    from aftersales_tui import config

    seat = config.read()
    i18n.activate(given.language or seat.language or of_shop or config.language_wanted(seat))


def given_of(ctx: typer.Context) -> Given:
    """The global options of this command line."""
    found: Any = ctx.find_root().obj
    return found if isinstance(found, Given) else Given()


@contextmanager
def at_work(ctx: typer.Context, *, proves: bool = True) -> Iterator[Work]:
    """The shop file, open for one command.

    Raises ``StoreFault``; ``NotFound`` for an unknown ``--as``; ``NotAllowed`` when the person named there
    has a PIN and does not prove it. Only what needs nobody's permission sets ``proves`` to False.
    """
    given = given_of(ctx)
    speak(given)
    from aftersales_tui import bootstrap
    from aftersales_tui.services import backups, staff

    shop = bootstrap.open_shop(given.shop_file)
    try:
        speak(given, shop.settings().language)
        if (newer := shop.brought_up_to_date) is not None:
            output.brought_up_to_date(newer.found, newer.now, newer.copy)
        person = staff.named(shop, given.acting) if given.acting else staff.cli_identity(shop)
        if given.acting and person.has_pin and proves:
            from aftersales_tui.cli import pins

            pins.prove(shop, person)
        shop.read_as(person.id)
        day = shop.today()
        if (last := shop.clock_is_behind()) is not None:
            output.clock_is_behind(show_moment(last, day.zone))
        for problem in backups.warnings(shop):
            output.careful(problem)
        yield Work(shop, person, day.now, day.today, day.zone)
    finally:
        shop.close()
