"""Open items and history of a customer or a unit, as rows."""

from datetime import tzinfo
from enum import StrEnum

from aftersales_tui.domain.scoring import points
from aftersales_tui.domain.words import (
    CallStatus,
    Coverage,
    JobStatus,
    Outcome,
    Reached,
    RecordKind,
    Resolution,
    Satisfaction,
)
from aftersales_tui.domain.workflow import OPEN
from aftersales_tui.drafts import Draft
from aftersales_tui.i18n import C_, _, formats
from aftersales_tui.i18n.labels import label
from aftersales_tui.i18n.thing_words import LONGEST, thing
from aftersales_tui.tui.desk.sides import number_of
from aftersales_tui.tui.widgets.panel import Column, PanelRow
from aftersales_tui.views.history import HistoryRow

FREE = (Coverage.COVERED, Coverage.CONTRACT, Coverage.GOODWILL)


def columns() -> tuple[Column, ...]:
    """3 + 12 + 8 + 38 + 19 = 80."""
    return (
        Column(C_("col", "Date"), 12),
        Column(C_("col", "No."), 8, grows=True),
        Column(C_("col", "What happened"), 38),
        Column(C_("col", "Result"), 19),
    )


def history_row(item: HistoryRow, zone: tzinfo, *, of_unit: bool = False) -> PanelRow:
    """One call, job or follow-up; on the screen ``of_unit`` without naming the unit again."""
    cells = (
        formats.day_cell(item.at.astimezone(zone).date()),
        number_of(item.kind, item.number),
        _happened(item, of_unit),
        _result(item),
    )
    return PanelRow(f"{item.kind.value}:{item.id}", cells, item)


def draft_row(draft: Draft, zone: tzinfo) -> PanelRow:
    """A half-typed form among the open items."""
    kept = draft.kept_at.astimezone(zone)
    half = _("half typed {time}").format(time=formats.clock(kept))
    cells = (formats.day_cell(kept.date()), C_("cell", "draft"), draft.title[:LONGEST], half)
    return PanelRow(f"draft:{draft.id}", cells, draft)


def _happened(item: HistoryRow, of_unit: bool) -> str:
    if item.kind is RecordKind.FOLLOW_UP:
        about = item.product or number_of(item.kind, item.number)
        return C_("cell", "Follow-up to {number}").format(number=about)
    return thing("" if of_unit and item.text else item.product, item.text) or label(item.kind)


def _result(item: HistoryRow) -> str:
    still_open = item.kind is RecordKind.JOB and item.status in OPEN
    if not item.result or still_open:
        return _status(item)
    if item.kind is RecordKind.JOB:
        outcome = _word(item.result, Outcome)
        if item.status == JobStatus.CANCELLED.value:
            return label(JobStatus.CANCELLED)
        if item.coverage and item.coverage in {code.value for code in FREE}:
            return C_("cell", "{outcome}, warranty").format(outcome=outcome)
        return outcome
    if item.kind is RecordKind.FOLLOW_UP and item.result in set(Satisfaction):
        said = Satisfaction(item.result)
        return C_("cell", "{points}, {answer}").format(points=points(said), answer=label(said))
    return _word(item.result, Resolution, Reached)


def _status(item: HistoryRow) -> str:
    return _word(item.status, JobStatus, CallStatus)


def _word(code: str, *kinds: type[StrEnum]) -> str:
    for kind in kinds:
        if code in set(kind):
            return label(kind(code))
    return code
