"""Who changed what, when, from what to what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from aftersales_tui.cli import output, records
from aftersales_tui.cli.session import LIST_LIMIT, Json, Limit, Work, at_work, example, record_id, single
from aftersales_tui.domain.errors import refuse
from aftersales_tui.domain.numbering import NumberKind, read_number
from aftersales_tui.domain.text import excerpt, fold
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.i18n import C_, _
from aftersales_tui.i18n.event_words import changes, told

if TYPE_CHECKING:
    from aftersales_tui.views.history import EventView

app = single()

_NUMBERED = {
    NumberKind.JOB: RecordKind.JOB,
    NumberKind.CALL: RecordKind.CALL,
    NumberKind.FOLLOW_UP: RecordKind.FOLLOW_UP,
}
_KINDS = {kind.value.replace("_", "-"): kind for kind in RecordKind}


@app.command(epilog=example("log customer 1"))
def log(
    ctx: typer.Context,
    what: Annotated[
        str,
        typer.Argument(
            metavar="N|KIND",
            help="A number (digits alone are a job), or customer, device, job, call, follow-up, staff, shop.",
        ),
    ],
    which: Annotated[
        str, typer.Argument(metavar="[ID|NAME]", help="Which of that kind.", show_default=False)
    ] = "",
    limit: Limit = LIST_LIMIT,
    json: Json = False,
) -> None:
    """Who changed a record, when, from what to what, newest first.

    Nothing is removed from this account. Where a person was forgotten, it still says that something
    happened and who forgot the rest.
    """
    with at_work(ctx) as work:
        from aftersales_tui.services import account

        kind, record = _meant(work, what, which)
        name = account.name_of(work.shop, kind, record)
        page = account.of_record(work.shop, kind, record, limit=limit)
        if json:
            output.as_json(
                {
                    "record": {"kind": kind.value, "id": record, "name": name},
                    "items": [_item(work, event) for event in page.events],
                    "total": page.total,
                }
            )
            return
        if not page.events:
            output.nothing(_("Nothing was changed since it was made."))
            return
        for event in page.events:
            _say(work, event)
        if page.total > len(page.events):
            output.warn(_("{n} of {total} shown.").format(n=len(page.events), total=page.total))


def _meant(work: Work, what: str, which: str) -> tuple[RecordKind, int]:
    """The record somebody named. Raises ``Refused``, ``NotFound``."""
    kind = _KINDS.get(fold(what).replace(" ", "-").replace("_", "-"))
    if kind is None:
        found = read_number(what)
        if found is None or which:
            raise refuse("log_of_what", "what", value=excerpt(what), known=", ".join(_KINDS))
        kind, which = _NUMBERED[found[0] or NumberKind.JOB], what
    if kind is not RecordKind.SHOP and not which:
        raise refuse("log_of_which", "which", kind=kind)
    match kind:
        case RecordKind.SHOP:
            return kind, 0
        case RecordKind.JOB:
            return kind, work.job(which, "which")
        case RecordKind.CALL:
            return kind, work.call(which, "which")
        case RecordKind.FOLLOW_UP:
            return kind, work.follow_up(which)
        case RecordKind.STAFF:
            return kind, _person(work, which)
        case _:
            return kind, record_id(which, "which")


def _person(work: Work, name: str) -> int:
    """The id of somebody who works here, or did."""
    from aftersales_tui.services import staff

    for person in staff.everybody(work.shop, active_only=False):
        if fold(person.name) == fold(name):
            return person.id
    return work.staff(name, "which")


def _item(work: Work, event: EventView) -> records.Record:
    return {
        "id": event.id,
        "at": records.plain(event.at),
        "who": event.who,
        "what": event.what,
        "sentence": told(event, work.zone),
        "changes": [
            {"field": one.name, "label": one.label, "before": one.before, "after": one.after}
            for one in changes(event, work.zone)
        ],
        "data": records.plain(event.data),
        "erased_at": records.plain(event.erased_at),
        "erased_by": event.erased_by or None,
    }


def _say(work: Work, event: EventView) -> None:
    places = {
        "when": work.local(event.at),
        "who": event.who or _("the program"),
        "what": told(event, work.zone),
    }
    output.say(_("{when}  {who}: {what}").format(**places))
    for one in changes(event, work.zone):
        if one.before or one.after:
            output.say(f"- {change_line(one.label, one.before, one.after)}")


def change_line(label: str, before: str, after: str) -> str:
    """One field: ``Notes: after 18:00 → WeChat only``; what was or is empty says so."""
    nothing = C_("change", "nothing")
    return _("{field}: {before} → {after}").format(
        field=label, before=" ".join(before.split()) or nothing, after=" ".join(after.split()) or nothing
    )
