"""The rows of the desk's three lists."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.text import cut
from aftersales_tui.domain.words import FollowUpKind
from aftersales_tui.i18n import C_, _, formats
from aftersales_tui.i18n.job_sentence import spoken
from aftersales_tui.i18n.labels import label
from aftersales_tui.i18n.needs import call_need, follow_up_need, ready_need
from aftersales_tui.i18n.thing_words import LONGEST, short_product, short_who, thing
from aftersales_tui.tui.desk.records import is_draft, is_follow_up, is_job
from aftersales_tui.tui.widgets.panel import Column, PanelRow

if TYPE_CHECKING:
    from aftersales_tui.drafts import Draft
    from aftersales_tui.views.calls import CallView
    from aftersales_tui.views.followups import FollowUpRow
    from aftersales_tui.views.jobs import JobRow

_NOW_CELLS = 18
"""Cells of what a row is about in the Now line, so that what is needed is not cut off at 80."""


def columns(third: str, fourth: str) -> tuple[Column, ...]:
    """3 + 7 + 20 + 26 + 24 = 80."""
    return (
        Column(C_("col", "No."), 7, grows=True),
        Column(C_("col", "Customer"), 20),
        Column(third, 26),
        Column(fourth, 24),
    )


def draft_row(draft: Draft, zone: tzinfo) -> PanelRow:
    """A half-typed form; whom it is about and what stands in its title."""
    who = draft.answers.get("name", "") or draft.answers.get("phone", "")
    about = draft.title.removeprefix(who).lstrip(" ,·:") if who else draft.title
    kept = _("half typed {time}").format(time=formats.clock(draft.kept_at.astimezone(zone)))
    cells = (C_("cell", "draft"), cut(who[:LONGEST], 60), cut(about[:LONGEST], 60), kept)
    return PanelRow(f"draft:{draft.id}", cells, draft)


def call_row(call: CallView, now: datetime, zone: tzinfo) -> PanelRow:
    """An open call and what it needs."""
    number = show_number(NumberKind.CALL, call.number)
    about = thing(short_product(call.product, call.model), call.fault) or label(call.kind)
    return PanelRow(f"call:{call.id}", (number, call.who, about, call_need(call, now, zone).words), call)


def about_follow_up(row: FollowUpRow) -> str:
    """What the follow-up is about: ``J-0318 Haier BCD-215: fixed``, ``C-0406 advised by phone``."""
    if row.kind is FollowUpKind.AFTER_ADVICE and row.call_number:
        return C_("cell", "{number} advised by phone").format(
            number=show_number(NumberKind.CALL, row.call_number)
        )
    number = show_number(NumberKind.JOB, row.job_number) if row.job_number else ""
    return _with_outcome(f"{number} {row.product}".strip(), row)


def _with_outcome(about: str, row: FollowUpRow) -> str:
    if row.outcome is not None:
        return C_("cell", "{what}: {outcome}").format(what=about, outcome=label(row.outcome))
    return about


def _device(record: CallView | JobRow) -> str:
    return cut(short_product(record.product, record.model), _NOW_CELLS)


def _outcome_of(row: FollowUpRow) -> str:
    """The same in few words: ``J-0318: fixed``."""
    if row.kind is FollowUpKind.AFTER_ADVICE or not row.job_number:
        return cut(about_follow_up(row), _NOW_CELLS)
    return _with_outcome(show_number(NumberKind.JOB, row.job_number), row)


def follow_up_row(row: FollowUpRow, now: datetime, zone: tzinfo) -> PanelRow:
    """A follow-up and when it is due."""
    number = show_number(NumberKind.FOLLOW_UP, row.number)
    who = row.customer_name or row.phone
    due = follow_up_need(row, now, zone).words
    return PanelRow(f"follow_up:{row.id}", (number, who, about_follow_up(row), due), row)


def ready_row(job: JobRow, now: datetime, zone: tzinfo) -> PanelRow:
    """A device that waits to be collected, since when, and whether the customer knows."""
    number = show_number(NumberKind.JOB, job.number)
    since = ready_need(job, now.astimezone(zone).date(), zone).words
    return PanelRow(f"job:{job.id}", (number, job.customer_name or job.phone, job.product, since), job)


def now_words(row: PanelRow, next_job: str, now: datetime, zone: tzinfo) -> tuple[str, str]:
    """The Now line of a row."""
    record = row.record
    number, who, _about, needs = row.cells
    who = short_who(who)
    if is_draft(record):
        kept = formats.clock(record.kept_at.astimezone(zone))
        said = _("A half-typed form from {time} was kept. Enter goes on with it.").format(time=kept)
        return said, _("n starts another call · c drops it")
    if is_follow_up(record):
        said = _("Selected: {no} {name}, {what}. Due: {due}.").format(
            no=number, name=who, what=_outcome_of(record), due=needs
        )
        return said, _("Enter opens the call sheet · y copies the phone")
    if is_job(record):
        today = now.astimezone(zone).date()
        said = _("Selected: {no} {name}, {what}. {sentence}").format(
            no=number, name=who, what=_device(record), sentence=spoken(record, today, zone)
        )
        return said, _("Enter opens it · i notes that the customer was told · h hands it over")
    what = _device(record) or cut(record.fault or label(record.kind), _NOW_CELLS)
    said = _("Selected: {no} {name}, {what}. Needs: {needs}.").format(
        no=number, name=who, what=what, needs=needs
    )
    keys = _("Enter opens it · o opens job {job} for it · c closes it with a resolution")
    return said, keys.format(job=next_job)
