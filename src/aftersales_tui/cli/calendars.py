"""Working days, rest days and opening hours."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from aftersales_tui.cli import output
from aftersales_tui.cli.session import Json, at_work, example, given_of, group, speak
from aftersales_tui.domain.dates import read_day, read_moment, show_moment
from aftersales_tui.domain.errors import refuse
from aftersales_tui.domain.text import excerpt, fold
from aftersales_tui.i18n import C_, _, formats

if TYPE_CHECKING:
    from aftersales_tui.domain.working_time import RestDays

app = group("Working days, rest days and opening hours; the shop's own when there is a shop file.")

Region = Annotated[
    str | None, typer.Option(help="CN, EU, UK or OTHER instead of the shop's; needs no shop file.")
]
_DURATION = re.compile(r"(?:(\d{1,5}) ?h)? ?(?:(\d{1,5}) ?m)?")


class _Calendar:
    """The rest days to count by: a region's, else the shop's, else China's."""

    def __init__(self, ctx: typer.Context, region: str | None) -> None:
        from aftersales_tui.services import policies, settings

        given = given_of(ctx)
        speak(given)
        self.rest: RestDays
        self.zone, self.hours, self.today = ZoneInfo("UTC"), "09:00-18:00", date.max
        if region is None and given.shop_file.is_file():
            with at_work(ctx) as work:
                day = work.shop.today()
                self.rest, self.zone, self.today = day.rest_days, day.zone, day.today
                self.hours = f"{day.settings.opens}-{day.settings.closes}"
            return
        from aftersales_tui import bootstrap

        region = "CN" if region is None else region.upper()
        if region not in settings.REGIONS:
            raise refuse(
                "region_unknown", "region", region=excerpt(region), known=", ".join(settings.REGIONS)
            )
        self.rest = policies.rest_days(region)
        self.zone = ZoneInfo(settings.REGIONS[region][1])
        self.today = bootstrap.read_clock(self.zone)().astimezone(self.zone).date()

    def doubt(self, *years: int) -> None:
        """Say when the rest days of a year are guessed from weekends."""
        for year in sorted(set(years)):
            if not self.rest.is_official(year):
                output.warn(_("The rest days of {year} are not published; weekends only.").format(year=year))


@app.command(epilog=example("calendar show 2026 --region CN"))
def show(
    ctx: typer.Context,
    year: Annotated[str, typer.Argument(metavar="YEAR")],
    region: Region = None,
    json: Json = False,
) -> None:
    """Show the rest days of a year besides weekends, and the weekends that are worked."""
    digits = fold(year)
    if not (digits.isascii() and digits.isdigit() and 1900 <= int(digits[:9]) <= 2999):
        raise refuse("year_not_read", "year", text=excerpt(year))
    calendar = _Calendar(ctx, region)
    rest, first = calendar.rest, date(int(digits), 1, 1)
    days = [first + timedelta(days=n) for n in range((date(first.year + 1, 1, 1) - first).days)]
    extra = [day for day in days if rest.is_rest_day(day) and day.weekday() not in rest.weekend]
    worked = [day for day in days if rest.is_working_day(day) and day.weekday() in rest.weekend]
    calendar.doubt(first.year)
    if json:
        output.as_json(
            {
                "year": first.year,
                "official": rest.is_official(first.year),
                "working_days": sum(map(rest.is_working_day, days)),
                "rest_days": [day.isoformat() for day in days if rest.is_rest_day(day)],
                "holidays": [day.isoformat() for day in extra],
                "moved_workdays": [day.isoformat() for day in worked],
            }
        )
        return
    rows = sorted([(day, C_("calendar", "rest day")) for day in extra] +
                  [(day, C_("calendar", "worked")) for day in worked])  # fmt: skip
    columns = (C_("field", "Date"), C_("col", "Weekday"), C_("col", "What"))
    output.table(columns, ((day.isoformat(), formats.weekday_short(day), words) for day, words in rows))
    total = sum(map(rest.is_working_day, days))
    output.say(_("{n} working days in {year}.").format(n=total, year=first.year))


@app.command("working-days", epilog=example("calendar working-days --from 2026-02-12 --add 3 --region CN"))
def working_days(
    ctx: typer.Context,
    start: Annotated[
        str, typer.Option("--from", metavar="DATE", help="Not counted itself.", show_default=False)
    ],
    add: Annotated[
        int | None, typer.Option(min=0, max=100_000, help="The day so many working days later.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="How many up to and with that day.")
    ] = None,
    region: Region = None,
    json: Json = False,
) -> None:
    """Count in working days; the start day is not counted."""
    if (add is None) == (until is None):
        raise typer.BadParameter("Give either --add or --until.")
    from aftersales_tui.domain.working_time import add_working_days, working_days_between

    calendar = _Calendar(ctx, region)
    first = read_day(start, calendar.today, "from")
    if add is not None:
        last, days = add_working_days(first, add, calendar.rest), add
        answer = last.isoformat()
    else:
        last = read_day(until or "", calendar.today, "until")
        days = working_days_between(first, last, calendar.rest)
        answer = str(days)
    years = (first.year, last.year)
    calendar.doubt(*years)
    if json:
        official = all(calendar.rest.is_official(year) for year in years)
        output.as_json(
            {"from": first.isoformat(), "date": last.isoformat(), "working_days": days, "official": official}
        )
    else:
        output.say(answer)


@app.command("working-time", epilog=example('calendar working-time --from "2026-11-20 17:30" --add 2h'))
def working_time(
    ctx: typer.Context,
    start: Annotated[str, typer.Option("--from", metavar="'DATE TIME'", show_default=False)],
    add: Annotated[
        str, typer.Option(metavar="15m|2h|1h30m", help="Opening time that passes.", show_default=False)
    ],
    hours: Annotated[str | None, typer.Option(metavar="HH:MM-HH:MM", help="The shop's if not said.")] = None,
    region: Region = None,
    json: Json = False,
) -> None:
    """The moment when so much opening time has passed."""
    from aftersales_tui.domain.working_time import add_working_time, read_hours

    found = _DURATION.fullmatch(fold(add))
    if found is None or not any(found.groups()):
        raise refuse("duration_not_read", "add", text=excerpt(add))
    length = timedelta(hours=int(found[1] or 0), minutes=int(found[2] or 0))
    calendar = _Calendar(ctx, region)
    opening = read_hours(hours if hours is not None else calendar.hours)
    moment = read_moment(start, calendar.zone, "from").astimezone(calendar.zone)
    end: datetime = add_working_time(moment, length, opening, calendar.rest)
    calendar.doubt(moment.year, end.year)
    answer = show_moment(end, calendar.zone)
    if json:
        output.as_json({"from": show_moment(moment, calendar.zone), "at": answer})
    else:
        output.say(answer)
