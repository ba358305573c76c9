"""Where a sheet goes: a private file, named by its record's number, and if wanted the browser."""

from __future__ import annotations

from pathlib import Path

from aftersales_tui import paths
from aftersales_tui.domain.errors import Problem, Refused, refuse
from aftersales_tui.views.papers import Sheet


def save(sheet: Sheet, to: Path | None = None, *, force: bool = False) -> Path:
    """Write the sheet, whole and readable by this user only, and say where it is.

    Without ``to`` it goes to the papers' own folder, where a newer print takes an older one's place.
    Raises ``Refused``: ``file_exists``, ``file_not_written``.
    """
    file = paths.papers_dir() / sheet.file_name if to is None else to
    try:
        file = file.expanduser()
        if to is not None and not force and file.exists():
            raise refuse("file_exists", "output", file=str(file))
        paths.write_private(file, sheet.html)
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        values = {"file": str(file), "reason": reason}
        raise Refused(Problem("file_not_written", "output", values)) from error
    return file


_IN_TERMINAL = ("www-browser", "links", "elinks", "lynx", "w3m")
"""Browsers that would draw over the screen they are called from."""


def show(file: Path) -> bool:
    """Open the sheet in the browser; ``False`` when there is none beside the terminal."""
    import webbrowser

    try:
        browser = webbrowser.get()
        if Path(getattr(browser, "name", "")).name in _IN_TERMINAL:
            return False
        return browser.open(file.absolute().as_uri())
    except (webbrowser.Error, OSError):
        return False
