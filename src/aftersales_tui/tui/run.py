"""Starts the program on the screen."""

from aftersales_tui.tui.app import AftersalesApp, TuiOptions
from aftersales_tui.tui.keeping import copy_on_leaving
from aftersales_tui.tui.ports import Doors

__all__ = ["Doors", "TuiOptions", "run_tui"]


def run_tui(options: TuiOptions) -> int:
    """Shows the program until somebody leaves it and gives back the exit code."""
    app = AftersalesApp(options)
    answer = app.run()
    if app.shop is not None:
        copy_on_leaving(app.shop)
        app.shop.close()
    return answer if answer is not None else (app.return_code or 0)
