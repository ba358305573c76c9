"""``backup`` and ``restore``: verified copies of the shop file, and one of them put back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from aftersales_tui.cli import output
from aftersales_tui.cli.session import Json, at_work, example, given_of, single, speak
from aftersales_tui.domain.errors import StoreFault
from aftersales_tui.i18n import C_, _
from aftersales_tui.i18n.copy_words import reason_word, size_words, sum_word
from aftersales_tui.i18n.messages import sentence

if TYPE_CHECKING:
    from aftersales_tui.views.copies import CopyContent, CopyView, PutBack

backup = single()
restore = single()

LIST = "list"


@backup.command(epilog=example("backup friday.db"))
def make(
    ctx: typer.Context,
    file: Annotated[
        str,
        typer.Argument(
            metavar="[FILE|list]",
            help="A new file; without it the copy goes to the others. `list` shows those.",
            show_default=False,
        ),
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Overwrite FILE.")] = False,
    json: Json = False,
) -> None:
    """Make a verified copy of the shop file, or list the copies there are.

    The copies lie in the folder `backups` beside the shop file, each with its SHA-256; the newest of
    many hours, days, weeks and months are kept. `config set backup_folder FOLDER` names a second folder.
    """
    with at_work(ctx) as work:
        from aftersales_tui.services import backups

        if file == LIST:
            found = [backups.compared(copy) for copy in backups.listed(work.shop)]
            _list(found, work.zone, json=json)
            return
        made = (
            backups.back_up_to(work.shop, Path(file), overwrite=force) if file else backups.back_up(work.shop)
        )
        for problem in made.left_undone:
            output.warn(sentence(problem))
        if json:
            output.as_json(
                {
                    "path": _absolute(made.file),
                    "sha256": made.sha256,
                    "size": made.size,
                    "counts": dict(made.counts),
                    "verified": True,
                }
            )
            return
        output.say(_("The shop file is copied to {file}, {size}, and the copy was verified.").format(
            file=made.file, size=size_words(made.size)
        ))  # fmt: skip


def _list(found: list[CopyView], zone: ZoneInfo, *, json: bool) -> None:
    if json:
        output.listed([_record(copy) for copy in found], len(found))
        return
    if not found:
        output.nothing(_("There is no backup yet; aftersales backup makes one."))
        return
    output.table(
        (C_("col", "No."), C_("col", "When"), C_("col", "Size"), C_("col", "Made"), C_("col", "Checksum"),
         C_("col", "File")),
        (
            (
                copy.number,
                f"{copy.at.astimezone(zone):%Y-%m-%d %H:%M}",
                size_words(copy.size),
                reason_word(copy.reason),
                sum_word(copy.checksum),
                copy.file.name,
            )
            for copy in found
        ),
        right=(0, 2),
    )  # fmt: skip


def _record(copy: CopyView) -> dict[str, Any]:
    return {
        "number": copy.number,
        "path": _absolute(copy.file),
        "at": _instant(copy.at),
        "reason": copy.reason.value,
        "size": copy.size,
        "checksum": copy.checksum.value,
    }


@restore.command(epilog=example("restore shop-copy.db --dry-run"))
def put_back(
    ctx: typer.Context,
    copy: Annotated[
        str, typer.Argument(metavar="FILE", help="A copy, or its number as `backup list` shows it.")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what is in the copy.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    json: Json = False,
) -> None:
    """Put a copy back into the shop file, in one transaction.

    What is in it is said first, and on a terminal asked. The present file is copied aside and verified
    before; one that cannot be read is moved aside. A copy whose checksum is wrong, that is not ours or
    from a newer program is refused; an older one is brought up to date.
    """
    given = given_of(ctx)
    speak(given)
    from aftersales_tui import bootstrap
    from aftersales_tui.cli import screens
    from aftersales_tui.services import backups

    path = given.shop_file
    content = backups.look_into(backups.find_copy(path, copy))
    if not json:
        _show(content)
    if dry_run:
        if json:
            output.as_json({**_content(content), "status": "dry_run"})
        return
    if not yes and not json and screens.has_terminal():
        question = _("Put this into the shop file {file}? What is there now is copied aside first.")
        if not typer.confirm(question.format(file=path)):
            output.warn(_("Nothing was changed."))
            raise typer.Exit(1)
    done = backups.restore(path, content.file, bootstrap.world_clock, _allowed(ctx))
    if json:
        output.as_json(_done(done))
        return
    output.say(_("{copy} is in the shop file {file} now.").format(copy=content.file.name, file=path))
    if done.put_aside is not None:
        output.say(_("What was there before is in {file}.").format(file=done.put_aside))
    if done.moved_aside is not None:
        output.say(_("The file that could not be read is now called {file}.").format(file=done.moved_aside))


def _allowed(ctx: typer.Context) -> str:
    """Who puts the copy back. Whether they may stands in the present file, as long as it can be read."""
    from aftersales_tui.services import backups

    try:
        with at_work(ctx) as work:
            backups.may_restore(work.shop, work.by)
            return work.person.name
    except StoreFault:
        return ""


def _show(content: CopyContent) -> None:
    when = f"{content.newest_event:%Y-%m-%d %H:%M} UTC" if content.newest_event else ""
    output.details(
        (
            (C_("copy", "Copy"), content.file),
            (C_("copy", "Shop"), content.shop),
            (C_("copy", "Last entry"), when),
            (C_("copy", "Size"), size_words(content.size)),
            (C_("copy", "Checksum"), sum_word(content.checksum)),
            (C_("copy", "Version"), content.schema),
            (C_("copy", "Customers"), content.counts.get("customer", 0)),
            (C_("copy", "Devices"), content.counts.get("device", 0)),
            (C_("copy", "Calls"), content.counts.get("call", 0)),
            (C_("copy", "Jobs"), content.counts.get("job", 0)),
        )
    )


def _content(content: CopyContent) -> dict[str, Any]:
    return {
        "path": _absolute(content.file),
        "shop": content.shop,
        "newest_event": _instant(content.newest_event) if content.newest_event else None,
        "schema": content.schema,
        "size": content.size,
        "sha256": content.sha256,
        "checksum": content.checksum.value,
        "counts": dict(content.counts),
    }


def _done(done: PutBack) -> dict[str, Any]:
    return {
        "id": 1,
        "number": None,
        "version": 1,
        "status": "restored",
        "file": _absolute(done.file),
        "put_aside": _absolute(done.put_aside),
        "moved_aside": _absolute(done.moved_aside),
        **_content(done.content),
    }


def _absolute(file: Path | None) -> str | None:
    return str(file.absolute()) if file is not None else None


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
