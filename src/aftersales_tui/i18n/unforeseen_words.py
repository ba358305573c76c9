"""What is said when the program itself fails: what happened, what is safe, what to do."""

from __future__ import annotations

from pathlib import Path

from aftersales_tui.i18n import _


def stopped(error: BaseException, log: Path) -> str:
    """Three lines; of the error only its kind, since its words may quote a customer."""
    happened = _("The program stopped because of an error of its own ({kind}).")
    safe = _("What was saved is in the shop file; a half-typed form is kept and offered again.")
    to_do = _("Start it again. If it stops again, pass on {log}: it says where, and names no customer.")
    return "\n".join((happened.format(kind=type(error).__name__), safe, to_do.format(log=log)))
