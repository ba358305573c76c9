"""The three options that stand before every command: which shop file, which language, who acts.

They are read by hand, so that the screens start without loading Typer.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from aftersales_tui import config, paths

OPTIONS: Mapping[str, tuple[str, str]] = {
    "--db": ("FILE", "The shop file. [env: AFTERSALES_DB; default: in the user data folder]"),
    "--lang": ("en|zh_CN", "The language of the answers. [env: AFTERSALES_LANG; default: the seat's]"),
    "--as": ("NAME", "Who acts. [env: AFTERSALES_STAFF; default: the shop's CLI identity]"),
}


class Misused(Exception):
    """A global option without its value, or with one that cannot be."""


@dataclass(frozen=True, slots=True)
class Given:
    """The global options as given; an empty text means: not given."""

    db: str = ""
    language: str = ""
    acting: str = ""
    wants_json: bool = False
    """Whether ``--json`` stands anywhere after them: then errors are JSON too."""

    @property
    def shop_file(self) -> Path:
        """The shop file: ``--db``, else ``AFTERSALES_DB``, else the seat's, else in the user's data folder.

        Raises ``StoreFault`` when the seat's settings cannot be read.
        """
        if self.db:
            return Path(self.db).expanduser()
        if not os.environ.get("AFTERSALES_DB") and (chosen := config.read().shop_file):
            return Path(chosen).expanduser()
        return paths.shop_file()


def split(
    arguments: Sequence[str], environment: Mapping[str, str] = os.environ
) -> tuple[Given, tuple[str, ...]]:
    """The global options and the rest of the command line, which begins with the command.

    Raises ``Misused`` for an option without a value, an empty one or an unknown language.
    """
    given = Given(
        language=environment.get("AFTERSALES_LANG", ""), acting=environment.get("AFTERSALES_STAFF", "")
    )
    rest = list(arguments)
    while rest and rest[0].partition("=")[0] in OPTIONS:
        name, joined, value = rest.pop(0).partition("=")
        if not joined:
            value = rest.pop(0) if rest else ""
        if not value:
            raise Misused(f"Option '{name}' needs a value: {name} {OPTIONS[name][0]}.")
        given = _with(given, name, value)
    if given.language not in ("", "en", "zh_CN"):
        raise Misused("The language is one of en, zh_CN.")
    return replace(given, wants_json="--json" in rest), tuple(rest)


def _with(given: Given, name: str, value: str) -> Given:
    match name:
        case "--db":
            return replace(given, db=value)
        case "--lang":
            return replace(given, language=value)
    return replace(given, acting=value)
