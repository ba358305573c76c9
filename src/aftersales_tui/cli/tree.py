"""A group of commands whose help does not load what only running a command needs."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup


class Group(TyperGroup):
    """A group that knows whether ``--help`` was given without asking pydantic."""

    def get_help_option(self, ctx: Any) -> Any:
        """The help option; not given is False, which needs no coercion."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.default = False
        return option
