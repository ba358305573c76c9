"""What needs somebody now."""

from __future__ import annotations

from typing import Annotated

import typer

from aftersales_tui.cli import output, records
from aftersales_tui.cli.session import LIST_LIMIT, Json, Limit, Work, at_work, example, single
from aftersales_tui.domain.words import Role
from aftersales_tui.i18n import C_, _, formats, needs, ngettext
from aftersales_tui.views.calls import CallView
from aftersales_tui.views.followups import FollowUpRow
from aftersales_tui.views.jobs import JobRow
from aftersales_tui.views.today import Waiting

app = single()


@app.command(epilog=example("today --role clerk"))
def today(
    ctx: typer.Context,
    role: Annotated[Role | None, typer.Option(help="Only what is theirs; an owner sees all.")] = None,
    limit: Limit = LIST_LIMIT,
    json: Json = False,
) -> None:
    """What needs somebody now, most urgent first, with the reason."""
    with at_work(ctx) as work:
        from aftersales_tui.services import today as services

        found, total = services.waiting(work.shop, role, limit)
        due = _due_to_be_forgotten(work) if role is Role.OWNER else None
        if json:
            items: dict[str, object] = {"items": [_item(work, one) for one in found], "total": total}
            output.as_json(items if due is None else {**items, "retention_due": due})
            return
        if due:
            said = ngettext(
                "{n} customer is due to be forgotten: aftersales privacy due.",
                "{n} customers are due to be forgotten: aftersales privacy due.",
                due,
            )
            output.warn(said.format(n=due))
        if not found:
            output.nothing(_("Nothing needs anybody now."))
            return
        columns = (C_("col", "No."), C_("col", "Needs"), C_("col", "Customer"), C_("field", "Phone"),
                   C_("col", "Device"), C_("field", "Fault"), C_("col", "Technician"))  # fmt: skip
        output.table(columns, (_row(work, one) for one in found), total=total)


def _due_to_be_forgotten(work: Work) -> int:
    from aftersales_tui.services import privacy

    return len(privacy.due(work.shop)) if work.shop.settings().retention_years else 0


def _item(work: Work, one: Waiting) -> records.Record:
    shown = records.record(one.record)
    top = {key: shown[key] for key in ("id", "number", "version", "status")}
    return {
        "kind": one.kind.value,
        **top,
        "reason": one.reason,
        "late": one.late,
        "due": records.plain(one.due),
        "sentence": _words(work, one),
        "customer_name": _who(one),
        "product": one.record.product,
        "fault": one.record.fault,
    }


def _row(work: Work, one: Waiting) -> tuple[object, ...]:
    record = one.record
    technician = record.assigned_name if isinstance(record, JobRow) else ""
    number = records.record(record)["number"]
    return number, _words(work, one), _who(one), record.phone, record.product, record.fault, technician


def _who(one: Waiting) -> str:
    return one.record.who if isinstance(one.record, CallView) else one.record.customer_name


def _words(work: Work, one: Waiting) -> str:
    if isinstance(one.record, CallView):
        return needs.call_need(one.record, work.now, work.zone).words
    if isinstance(one.record, FollowUpRow):
        words = needs.follow_up_need(one.record, work.now, work.zone).words
        return C_("needs", "follow-up {when}").format(when=words)
    if one.reason == "tell_customer":
        words = needs.ready_need(one.record, work.today, work.zone).words
        return C_("needs", "ready, {days}").format(days=words)
    return _job_words(work, one)


def _job_words(work: Work, one: Waiting) -> str:
    local = one.due.astimezone(work.zone)
    when = formats.day_weekday_short(local.date())
    if one.reason == "visit_today":
        when = formats.when(local, work.today)
    words = {
        "late": C_("needs", "LATE since {when}"),
        "visit_today": C_("needs", "LATE visit {when}") if one.late else C_("needs", "visit {when}"),
        "promised_today": C_("needs", "promised for today"),
        "wait_is_over": C_("needs", "was expected {when}, ask"),
        "unassigned": C_("needs", "give it to somebody"),
    }
    return words[one.reason].format(when=when)
