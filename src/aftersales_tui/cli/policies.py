"""The policy packs a verdict rests on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aftersales_tui.cli import output
from aftersales_tui.cli.records import plain
from aftersales_tui.cli.session import Json, at_work, example, given_of, group, maybe_shop, speak
from aftersales_tui.i18n import C_, _, formats, language
from aftersales_tui.i18n.labels import label

if TYPE_CHECKING:
    from datetime import date

    from aftersales_tui.domain.policy import Clause, Policy
    from aftersales_tui.views.policies import PackView

app = group("The policy packs a verdict rests on: list, show, check, add, retire, use, unuse.")

Pack = Annotated[str, typer.Argument(metavar="ID", help="A pack, as `policy list` names it.")]


@app.command("list", epilog=example("policy list"))
def listed(ctx: typer.Context, json: Json = False) -> None:
    """List the packs with their versions, and what each does in this shop.

    Needs no shop file; without one only the packs that came with the program are listed.
    """
    with maybe_shop(ctx) as shop:
        from aftersales_tui.services import own_packs

        packs = own_packs.listed(shop)
    if json:
        output.listed([_view(pack) for pack in packs], len(packs))
        return
    _table(packs)


@app.command(epilog=example("policy show cn-general"))
def show(
    ctx: typer.Context, policy: Annotated[str, typer.Argument(metavar="ID")], json: Json = False
) -> None:
    """Show the clauses of a pack, each with its citation and how far it was checked."""
    with maybe_shop(ctx) as shop:
        from aftersales_tui.i18n.why_words import mark_word
        from aftersales_tui.services import policies

        versions = policies.named(policy, shop)
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
    unknown = policies.unknown_categories(pack)
    if unknown:
        output.warn(_("{file}, category: no kind of product is called {names}, so nothing is promised for "
                      "it.").format(file=file.name, names=C_("list", ", ").join(unknown)))  # fmt: skip
    if json:
        told = {"ok": True, "clauses": len(pack.clauses), "unknown_categories": list(unknown)}
        output.as_json({**_head(pack), **told})
    else:
        output.say(_("{file}: the pack {id} {version} can be used.").format(
            file=file.name, id=pack.id, version=pack.version
        ))  # fmt: skip


@app.command(epilog=example("policy add my-shop.toml"))
def add(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A pack you wrote or were given.")],
    json: Json = False,
) -> None:
    """Keep a pack in the shop file; from now on it rules (owner).

    It is checked first. A pack may have several versions: the dates they are valid for tell which one
    governs a purchase. An id and version that are there with another text are refused.
    """
    with at_work(ctx) as work:
        from aftersales_tui.services import own_packs

        kept = own_packs.add(work.shop, file, work.by)
    if json:
        output.as_json(_view(kept))
    else:
        output.say(_("The pack {id} {version} rules in this shop now.").format(
            id=kept.id, version=kept.version
        ))  # fmt: skip


@app.command(epilog=example("policy retire bike-promise"))
def retire(
    ctx: typer.Context,
    policy: Pack,
    version: Annotated[str, typer.Option(help="Only this version; else all of them.")] = "",
    json: Json = False,
) -> None:
    """Let a pack of the shop rule no more; what was judged by it keeps it (owner)."""
    with at_work(ctx) as work:
        from aftersales_tui.services import own_packs

        gone = own_packs.retire(work.shop, policy, work.by, version)
    said = _("The pack {id} {version} no longer rules.")
    _tell(gone, [said.format(id=one.id, version=one.version) for one in gone], as_json=json)


@app.command(epilog=example("policy use shop-two-years"))
def use(ctx: typer.Context, policy: Pack, json: Json = False) -> None:
    """Let a packaged pack rule besides those of the region (owner)."""
    with at_work(ctx) as work:
        from aftersales_tui.services import own_packs

        versions = own_packs.use(work.shop, policy, work.by)
    _tell(versions, [_("The pack {id} rules in this shop now.").format(id=policy)], as_json=json)


@app.command(epilog=example("policy unuse cn-car"))
def unuse(ctx: typer.Context, policy: Pack, json: Json = False) -> None:
    """Let a packaged pack rule no more (owner)."""
    with at_work(ctx) as work:
        from aftersales_tui.services import own_packs

        versions = own_packs.unuse(work.shop, policy, work.by)
    _tell(versions, [_("The pack {id} no longer rules.").format(id=policy)], as_json=json)


def _tell(versions: Sequence[PackView], sentences: Sequence[str], *, as_json: bool) -> None:
    """The versions of a pack that now rule or rule no more."""
    if as_json:
        output.as_json({**_view(versions[0]), "versions": [_view(one) for one in versions]})
        return
    for sentence in sentences:
        output.say(sentence)


def _table(packs: Sequence[PackView]) -> None:
    output.table(
        (C_("col", "Pack"), C_("col", "Version"), C_("col", "In this shop"), C_("col", "Layer"),
         C_("col", "Valid"), C_("col", "What")),
        (
            (
                view.id, view.version, state_word(view), label(view.pack.layer) if view.pack else "",
                _valid(view.pack) if view.pack else "",
                view.pack.title.said_in(language()) if view.pack else "",
            )
            for view in packs
        ),
    )  # fmt: skip
    for view in packs:
        if view.problems and not view.retired_at:
            output.problems(view.problems)


def state_word(view: PackView) -> str:
    """What a pack does in the shop; nothing is said of one that could rule but does not."""
    words = {
        "region": C_("pack", "by region"),
        "in_use": C_("pack", "own") if view.source == "own" else C_("pack", "in use"),
        "retired": C_("pack", "retired"),
        "unreadable": C_("pack", "cannot be read"),
    }
    return words.get(view.state or "", "")


def _valid(pack: Policy) -> str:
    if pack.valid_from is not None and pack.valid_until is not None:
        shown = formats.day(pack.valid_from), formats.day(pack.valid_until)
        return _("{start} to {end}").format(start=shown[0], end=shown[1])
    if pack.valid_from is not None:
        return _("from {start}").format(start=formats.day(pack.valid_from))
    if pack.valid_until is not None:
        return _("until {end}").format(end=formats.day(pack.valid_until))
    return _("always")


def _view(view: PackView) -> dict[str, Any]:
    head = _head(view.pack) if view.pack else {"id": view.id, "version": view.version}
    return {
        "id": view.id,
        "number": None,
        "version": view.version,
        "status": view.state.value if view.state else None,
        **head,
        "source": view.source.value,
        "in_use": view.state in ("region", "in_use"),
        "retired": view.retired_at is not None,
        "added_at": plain(view.added_at),
        "added_by": view.added_by or None,
        "retired_at": plain(view.retired_at),
        "retired_by": view.retired_by or None,
    }


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
