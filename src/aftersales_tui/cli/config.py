"""The settings of the shop."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aftersales_tui.cli import output
from aftersales_tui.cli.session import Json, Work, at_work, example, group
from aftersales_tui.domain.text import clean

if TYPE_CHECKING:
    from aftersales_tui.views.shop import ShopSettings

app = group("The settings of the shop: show, set.")


@app.command(epilog=example("config show"))
def show(ctx: typer.Context, json: Json = False) -> None:
    """Show every setting of the shop."""
    with at_work(ctx) as work:
        _tell(work, work.shop.settings(), json=json)


@app.command("set", epilog=example("config set turnaround_days 5"))
def change(
    ctx: typer.Context,
    key: Annotated[str, typer.Argument(metavar="KEY", help="As `config show` names it.")],
    value: Annotated[str, typer.Argument(metavar="VALUE")],
    json: Json = False,
) -> None:
    """Change one setting; the change is kept on record."""
    with at_work(ctx) as work:
        from aftersales_tui.services.settings import change_setting

        if key == "cli_identity":
            value = str(work.staff(value, "cli_identity"))
        _tell(work, change_setting(work.shop, clean(key), value, work.by), json=json)


def _tell(work: Work, settings: ShopSettings, *, json: bool) -> None:
    values: dict[str, Any] = {field.name: getattr(settings, field.name) for field in fields(settings)}
    values["packs"] = list(settings.packs)
    values["rest_days"] = {day.isoformat(): rests for day, rests in settings.rest_days.items()}
    if json:
        output.as_json({"id": 1, "number": None, "version": 1, "status": "open", **values})
        return
    values["rest_days"] = ", ".join(values["rest_days"])
    values["packs"] = ", ".join(values["packs"])
    output.details((key, value) for key, value in values.items())
