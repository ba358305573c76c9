"""``init`` and ``demo``: an empty shop file, and the sample shop."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aftersales_tui import i18n
from aftersales_tui.cli import output, screens
from aftersales_tui.cli.session import Json, example, given_of, single, speak
from aftersales_tui.i18n import _

init = single()
demo = single()


@init.command(epilog=example('--db corner.db init --region UK --name "Corner Repair" --owner "Ann Lee"'))
def make(
    ctx: typer.Context,
    region: Annotated[str, typer.Option(help="CN, EU, UK or OTHER: sets policies and calendar.")] = "CN",
    currency: Annotated[str, typer.Option(help="Three letters; the region's when not given.")] = "",
    name: Annotated[str, typer.Option(help="The shop's name, as it stands on the papers.")] = "",
    owner: Annotated[str, typer.Option(help="The first person, an owner without PIN.")] = "",
    timezone: Annotated[str, typer.Option(help="Such as Europe/Berlin; the region's when not given.")] = "",
    json: Json = False,
) -> None:
    """Make an empty shop file with the settings of a region and its first person.

    That person is an owner without a PIN and the one the command line acts as.
    """
    given = given_of(ctx)
    speak(given)
    from aftersales_tui import bootstrap
    from aftersales_tui.cli.records import record
    from aftersales_tui.services import staff
    from aftersales_tui.views.shop import NewShop

    path = given.shop_file
    new = NewShop(
        name=name, region=region, currency=currency, timezone=timezone, language=i18n.language(), owner=owner
    )
    shop = bootstrap.make_shop(path, new)
    try:
        settings, person = shop.settings(), staff.cli_identity(shop)
    finally:
        shop.close()
    if json:
        shown = {
            key: getattr(settings, key) for key in ("name", "region", "currency", "timezone", "language")
        }
        top = {"id": 1, "number": None, "version": 1, "status": "open", "file": str(path)}
        output.as_json({**top, **shown, "person": record(person)})
        return
    output.say(_("Made {file}: {region}, {currency}, {timezone}.").format(
        file=path, region=settings.region, currency=settings.currency, timezone=settings.timezone
    ))  # fmt: skip
    output.say(_("The command line acts as {name}.").format(name=person.name))


@demo.command(epilog=example("demo --keep sample.db"))
def play(
    ctx: typer.Context,
    keep: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Keep the sample shop in this new file.")
    ] = None,
) -> None:
    """Open the screens on a fresh copy of the sample shop, its dates moved so that today is alive.

    Your own shop file is never touched, whatever --db says. Without a terminal --keep only makes the file.
    """
    given = given_of(ctx)
    speak(given)
    if screens.has_terminal():
        raise typer.Exit(screens.show_sample(given, keep))
    if keep is None:
        raise typer.BadParameter(_("Without a terminal there is nobody to show it to; use --keep FILE."))
    from aftersales_tui import bootstrap

    bootstrap.make_sample_shop(keep)
    output.say(_("The sample shop is in {file}.").format(file=keep))
