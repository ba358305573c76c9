"""Every key of the screens."""

from __future__ import annotations

import typer

from aftersales_tui.cli import output
from aftersales_tui.cli.session import Json, example, given_of, single, speak
from aftersales_tui.i18n import C_

app = single()


@app.command(epilog=example("keys"))
def keys(ctx: typer.Context, json: Json = False) -> None:
    """List every action of the screens with its keys, your own changes included."""
    speak(given_of(ctx))
    from aftersales_tui import config
    from aftersales_tui.tui.actions import KeyMap, keys_table

    rows = keys_table(KeyMap(config.read().keys))
    if json:
        items = [
            {"id": action, "typing": typing, "keys": letters, "description": words}
            for action, typing, letters, words in rows
        ]
        output.listed(items, len(items))
        return
    columns = (C_("col", "Action"), C_("col", "While typing"), C_("col", "On lists"), C_("col", "Meaning"))
    output.table(columns, rows, cells=100)
