"""What stands beside the call form: the verdict, what to watch, what to say, what is known of the caller."""

from datetime import date, tzinfo

from textual.content import Content

from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.text import cell_width
from aftersales_tui.domain.verdicts import Verdict
from aftersales_tui.domain.words import CallStatus, JobStatus, RecordKind
from aftersales_tui.i18n import C_, _, formats, ngettext
from aftersales_tui.i18n.labels import label
from aftersales_tui.i18n.verdict_words import one_line, side_lines, watch_out_line
from aftersales_tui.tui.safe_text import plain
from aftersales_tui.tui.widgets.side import heading
from aftersales_tui.tui.wrapping import wrapped
from aftersales_tui.views.customers import CustomerCard
from aftersales_tui.views.history import HistoryRow

Lines = list[str | Content]

_LABEL, _WIDE_LABEL = 6, 10


def verdict_block(
    verdict: Verdict | None,
    width: int,
    why_key: str,
    today: date | None = None,
    *,
    serial_known: bool = False,
) -> Lines:
    """The verdict with its dates and choices, what to watch and what to say, wrapped to ``width`` cells.

    The days of a stored verdict are counted from ``today``.
    """
    title, hint = C_("panel", "Warranty"), why_key + " " + C_("key", "why")
    gap = max(1, width - cell_width(title) - cell_width(hint))
    lines: Lines = [heading(title + " " * gap + hint), ""]
    if verdict is None:
        return lines
    for block in side_lines(verdict, today, serial_known=serial_known):
        if block.heading:
            lines.append(heading(block.heading))
        widest = max((cell_width(line.label) for line in block.lines), default=0)
        label_width = _LABEL if widest < _LABEL else max(_WIDE_LABEL, widest + 1)
        for line in block.lines:
            lines += _hanging(line.label, line.text, label_width if line.label else 0, width)
        lines.append("")
    return lines


def caller_block(card: CustomerCard | None, zone: tzinfo, today: date, width: int) -> Lines:
    """What is known about the caller; nothing for somebody new."""
    if card is None:
        return []
    person = card.customer
    since = person.created_at.astimezone(zone).date()
    parts = C_("phrases", ", ").join(
        (
            C_("known", "since {month}").format(month=formats.month_short(since.year, since.month)),
            ngettext("{n} device", "{n} devices", person.devices).format(n=person.devices),
            ngettext("{n} job", "{n} jobs", person.jobs).format(n=person.jobs),
        )
    )
    lines: Lines = [heading(C_("verdict", "Known about the caller")), *wrapped(parts, width)]
    lines += [row for item in card.open_items for row in wrapped(_open_item(item), width)]
    if not any(item.kind is RecordKind.JOB for item in card.open_items):
        lines += wrapped(C_("known", "no open job"), width)
    if person.notes:
        note = C_("known", "note: {note}").format(note=plain(person.notes))
        lines += wrapped(note, width)
    return lines


def open_job_words(card: CustomerCard | None, device_id: int | None) -> str:
    """That the unit is in the shop already, before a second job is opened for it; empty if it is not."""
    for item in card.open_items if card is not None and device_id is not None else ():
        if item.kind is RecordKind.JOB and item.device_id == device_id:
            return _("This device has an open job already: {number}, {status}.").format(
                number=show_number(NumberKind.JOB, item.number or 0), status=label(JobStatus(item.status))
            )
    return ""


def open_job_block(words: str, width: int) -> Lines:
    """The same beside the form, above everything else."""
    return [heading(C_("verdict", "Watch out")), *wrapped(words, width), ""] if words else []


def strip_lines(verdict: Verdict | None, open_job: str = "") -> tuple[str, str]:
    """The same in the two lines above a narrow form: the verdict, and what to watch."""
    if verdict is None:
        return "", open_job
    return one_line(verdict), open_job or watch_out_line(verdict)


def _open_item(item: HistoryRow) -> str:
    if item.kind is RecordKind.JOB:
        number = show_number(NumberKind.JOB, item.number or 0)
        status = label(JobStatus(item.status))
        return _("open job {number}, {status}: {product}").format(
            number=number, status=status, product=plain(item.product)
        )
    number = show_number(NumberKind.CALL, item.number or 0)
    status = label(CallStatus(item.status))
    return _("call {number}, {status}").format(number=number, status=status)


def _hanging(name: str, text: str, label_width: int, width: int) -> list[str]:
    rows = wrapped(text, width - label_width)
    first = name + " " * (label_width - cell_width(name))
    return [(first if n == 0 else " " * label_width) + row for n, row in enumerate(rows)]
