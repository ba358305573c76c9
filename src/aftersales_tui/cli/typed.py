"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer


def _day(words: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(metavar="DATE", help=words, show_default=False)
    return option


Sold = Annotated[str | None, _day("The day it was sold: 2026-03-02, 2.3.26, 2/3 or 8m.")]
Invoiced = Annotated[str | None, _day("The day on the invoice.")]
Delivered = Annotated[str | None, _day("The day it was delivered.")]
Installed = Annotated[str | None, _day("The day it was installed.")]
Accepted = Annotated[str | None, _day("The day the installation was accepted.")]
Produced = Annotated[str | None, _day("The day it was made.")]
ContractDate = Annotated[str | None, _day("The day of the contract, where another law applied then.")]
