"""The policy packs a verdict rests on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aftersales_tui.cli import output
from aftersales_tui.cli.session import Json, example, given_of, group, speak
from aftersales_tui.i18n import C_, _, formats, language
from aftersales_tui.i18n.labels import label

if TYPE_CHECKING:
    from datetime import date

    from aftersales_tui.domain.policy import Clause, Policy

app = group("The policy packs a verdict rests on: list, show, check.")


@app.command("list", epilog=example("policy list"))
def listed(ctx: typer.Context, json: Json = False) -> None:
    """List the packs with their versions."""
    speak(given_of(ctx))
    from aftersales_tui.services import policies

    packs = policies.packs()
    if json:
        output.listed([_head(pack) for pack in packs], len(packs))
        return
    output.table(
        (C_("col", "Pack"), C_("col", "Version"), C_("col", "Layer"), C_("col", "Valid"), C_("col", "What")),
        (
            (pack.id, pack.version, label(pack.layer), _valid(pack), pack.title.said_in(language()))
            for pack in packs
        ),
    )


@app.command(epilog=example("policy show cn-general"))
def show(
    ctx: typer.Context, policy: Annotated[str, typer.Argument(metavar="ID")], json: Json = False
) -> None:
    """Show the clauses of a pack, each with its citation and how far it was checked."""
    speak(given_of(ctx))
    from aftersales_tui.i18n.why_words import mark_word
    from aftersales_tui.services import policies

    versions = policies.named(policy)
    if json:
        newest = {**_head(versions[0]), **_body(versions[0])}
        output.as_json({**newest, "earlier": [{**_head(pack), **_body(pack)} for pack in versions[1:]]})
        return
    for pack in versions:
        output.say(f"{pack.id} {pack.version}")
        output.say(pack.title.said_in(language()))
        output.say(_valid(pack))
        output.table(
            (C_("col", "Clause"), C_("col", "Cited"), C_("col", "Checked")),
            (
                (key, clause.cite.said_in(language()), mark_word(clause.verified))
                for key, clause in pack.clauses.items()
            ),
            cells=120,
        )
        output.say("")


@app.command(epilog=example("policy check my-shop.toml"))
def check(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A pack you wrote.")],
    json: Json = False,
) -> None:
    """Check a pack you wrote; what is wrong is named by file, key and reason."""
    speak(given_of(ctx))
    from aftersales_tui.services import policies

    pack = policies.check(file)
    if json:
        output.as_json({**_head(pack), "ok": True, "clauses": len(pack.clauses)})
    else:
        output.say(_("{file}: the pack {id} {version} can be used.").format(
            file=file.name, id=pack.id, version=pack.version
        ))  # fmt: skip


def _valid(pack: Policy) -> str:
    if pack.valid_from is not None and pack.valid_until is not None:
        shown = formats.day(pack.valid_from), formats.day(pack.valid_until)
        return _("{start} to {end}").format(start=shown[0], end=shown[1])
    if pack.valid_from is not None:
        return _("from {start}").format(start=formats.day(pack.valid_from))
    if pack.valid_until is not None:
        return _("until {end}").format(end=formats.day(pack.valid_until))
    return _("always")


def _head(pack: Policy) -> dict[str, Any]:
    return {
        "id": pack.id,
        "version": pack.version,
        "layer": pack.layer.value,
        "jurisdiction": pack.jurisdiction,
        "title": {"en": pack.title.en, "zh": pack.title.zh},
        "valid_from": _iso(pack.valid_from),
        "valid_until": _iso(pack.valid_until),
        "categories": list(pack.categories),
    }


def _body(pack: Policy) -> dict[str, Any]:
    return {"clauses": [_clause(key, clause) for key, clause in pack.clauses.items()]}


def _clause(key: str, clause: Clause) -> dict[str, Any]:
    return {
        "clause": key,
        "cite": {"en": clause.cite.en, "zh": clause.cite.zh},
        "verified": clause.verified.value,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
