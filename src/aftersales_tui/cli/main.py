"""The command line: the tree of commands, each loaded when it is used, and the guard around them all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import Any

import typer
from typer.main import get_command

from aftersales_tui.cli import given as globals_
from aftersales_tui.cli.tree import Group
from aftersales_tui.domain.errors import ShopError

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("shop:init", "Make an empty shop file with its first person."),
    "demo": ("shop:demo", "Open the screens on a fresh copy of the sample shop."),
    "today": ("today:app", "What needs somebody now, most urgent first, with the reason."),
    "find": ("find:app", "Look up customers, devices, jobs and calls by any scrap."),
    "call": ("calls:app", "The call register: log a call, list, show, close, note."),
    "customer": ("customers:app", "The customer files."),
    "device": ("devices:app", "The service cards: one per unit."),
    "job": ("jobs:app", "The work: the queue and every step of a job."),
    "follow-up": ("follow_ups:app", "The calls to the customer after the work."),
    "warranty": ("warranty:app", "Judge a warranty from facts, or decide beside a verdict on file."),
    "policy": ("policies:app", "The policy packs a verdict rests on."),
    "report": ("reports:app", "The owner's papers."),
    "print": ("printing:app", "The printed forms: claim check, coverage statement."),
    "import": ("importing:app", "Bring other people's data in."),
    "backup": ("backups:backup", "Make a verified copy of the shop file, or list the copies."),
    "restore": ("backups:restore", "Put a copy back into the shop file."),
    "check": ("check:check", "Examine the shop file, its backups and its place."),
    "log": ("log:app", "Who changed a record, when, from what to what."),
    "privacy": ("privacy:app", "People who are due to be forgotten."),
    "staff": ("staff:app", "The people who work here."),
    "calendar": ("calendars:app", "Working days, rest days and opening hours."),
    "config": ("config:app", "The settings of the shop."),
    "keys": ("keys:app", "Every key of the screens: action, key, meaning."),
}
"""Name of each command to the module that has it and its one line of help."""


Misuse: Any = typer.BadParameter.__mro__[1]
"""What Typer raises for a command line it cannot read; it does not export the class."""


class _Loaded(MutableMapping[str, Any]):
    """The commands by name; a command's module is imported when it is asked for."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            module, _, app = COMMANDS[name][0].partition(":")
            made = get_command(getattr(import_module(f"aftersales_tui.cli.{module}"), app))
            made.name = name
            self._made[name] = made
        return self._made[name]

    def __setitem__(self, name: str, command: Any) -> None:
        self._made[name] = command

    def __delitem__(self, name: str) -> None:
        del self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class Root(Group):
    """The root of the tree: reads the global options and turns what is refused into a message."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = _Loaded()

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take the global options off the front."""
        try:
            ctx.obj, rest = globals_.split(args)
        except globals_.Misused as misused:
            ctx.fail(str(misused))
        return super().parse_args(ctx, list(rest))

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The global options, which Typer does not know of, before the commands."""
        rows = [(f"{name} {value}", words) for name, (value, words) in globals_.OPTIONS.items()]
        with formatter.section("Options"):
            formatter.write_dl([*rows, ("--help", "Show this message and exit.")])
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The commands with their one line, without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])

    def invoke(self, ctx: Any) -> Any:
        """Run a command; what it refuses leaves as a message and an exit code."""
        from aftersales_tui.cli import output

        try:
            return super().invoke(ctx)
        except ShopError as error:
            output.refused(error, as_json=ctx.obj.wants_json)
            raise typer.Exit(error.exit_code) from error
        except Misuse as error:
            if not ctx.obj.wants_json:
                raise
            output.misused(error.format_message())
            raise typer.Exit(2) from error
        except BrokenPipeError as error:
            stop_talking()
            raise typer.Exit(0) from error


app = typer.Typer(
    cls=Root,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
    options_metavar="[--db FILE] [--lang en|zh_CN] [--as NAME]",
    epilog="Example: aftersales --as 'Chen Wei' job start J-0002",
)


@app.callback()
def aftersales() -> None:
    """The after-sales desk of a small repair shop. Without a command it opens the screens."""


def stop_talking() -> None:
    """Nobody reads on: let what is still in the pipe go, and say nothing about it."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())


def run(arguments: list[str]) -> int:
    """Run one command line and give back its exit code."""
    try:
        app(arguments, prog_name="aftersales")
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else 0 if left.code is None else 1
    except Exception as error:
        return _failed(error)
    return 0


def _failed(error: Exception) -> int:
    """Says in three lines that the program is at fault; its place in the code goes into the log."""
    from aftersales_tui import logs
    from aftersales_tui.cli import output
    from aftersales_tui.i18n.unforeseen_words import stopped

    output.warn(stopped(error, logs.unforeseen(error)))
    return 1
