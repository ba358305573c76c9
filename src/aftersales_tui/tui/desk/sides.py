"""What stands beside a list of the desk: the selected record in full."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

from textual.content import Content

from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.words import InformedBy
from aftersales_tui.i18n import C_, _, formats
from aftersales_tui.i18n.field_words import field_word
from aftersales_tui.i18n.job_sentence import near_day, spoken
from aftersales_tui.i18n.labels import label
from aftersales_tui.i18n.needs import call_need_sentence, follow_up_need
from aftersales_tui.tui.glyphs import glyph
from aftersales_tui.tui.widgets.side import heading

if TYPE_CHECKING:
    from aftersales_tui.domain.overrides import Override
    from aftersales_tui.domain.verdicts import Verdict
    from aftersales_tui.drafts import Draft
    from aftersales_tui.views.calls import CallView
    from aftersales_tui.views.customers import CustomerCard
    from aftersales_tui.views.desk import DeskBoard
    from aftersales_tui.views.devices import DeviceView
    from aftersales_tui.views.followups import FollowUpRow
    from aftersales_tui.views.jobs import JobRow

Lines = list[str | Content]

WIDTH = 37
"""Cells of a line beside an 80-cell core in a window of 120."""
_WRITTEN = (
    "phone", "phones", "name", "email", "region", "address", "product", "brand", "model", "category",
    "serial", "date", "sold_on", "invoice_no", "seller", "place", "price_group", "notes",
)  # fmt: skip
"""The fields of half-typed forms that hold somebody's own words; the others hold the codes of answers."""


def dotted(*parts: str) -> str:
    """The parts that are there, with a dot between them."""
    return f" {glyph('·')} ".join(part for part in parts if part)


def verdict_word(verdict: Verdict | None, today: date) -> Lines:
    """The verdict in its word and one sentence, and when it was judged if that was not today."""
    if verdict is None:
        return []
    from aftersales_tui.i18n.verdict_words import coverage_word, headline

    lines: Lines = ["", heading(coverage_word(verdict.coverage)), headline(verdict, today)]
    if verdict.as_of != today:
        lines.append(_("judged {day}").format(day=near_day(verdict.as_of, today)))
    return lines


def verdict_lines(verdict: Verdict | None, serial: str, today: date | None = None) -> Lines:
    """The verdict as it stands beside the call form; the days of a stored one are counted from ``today``."""
    if verdict is None:
        return []
    from aftersales_tui.tui.desk.call_side import verdict_block

    return verdict_block(verdict, WIDTH, "v", today, serial_known=bool(serial))


def override_lines(override: Override, verdict: Verdict, zone: tzinfo) -> Lines:
    """What the owner decided beside the verdict, and what the machine says."""
    from aftersales_tui.i18n.override_words import machine_sentence, override_sentence
    from aftersales_tui.i18n.verdict_words import coverage_word

    lines: Lines = [heading(C_("panel", "Warranty")), heading(coverage_word(override.coverage))]
    return [*lines, override_sentence(override, zone), machine_sentence(verdict)]


def day_lines(day: DeskBoard) -> Lines:
    """The day itself, beside an empty desk."""
    lines: Lines = [
        formats.day_weekday(day.today),
        _("open {opens} to {closes}").format(opens=day.opens, closes=day.closes),
        "",
        _("Bench: {n} in work, {late} late").format(n=day.in_work, late=day.late),
    ]
    if day.unpublished:
        lines += [
            "",
            _(
                "The rest days of {year} are not published yet: from 1 January only weekends are known."
            ).format(year=day.unpublished),
        ]
    return lines


def draft_lines(draft: Draft, zone: tzinfo) -> Lines:
    """A half-typed form: when it was kept and what was written in it, each under the name of its field."""
    lines: Lines = [heading(C_("cell", "draft")), formats.top(draft.kept_at.astimezone(zone)), ""]
    if draft.form != "call":  # the title of a call repeats its answers
        lines += [draft.title, ""]
    for name in _WRITTEN:
        if text := draft.answers.get(name, ""):
            word = C_("field", "Date") if name == "date" else field_word(name)
            lines.append(C_("side", "{label}: {text}").format(label=word, text=text))
    if fault := draft.answers.get("fault", ""):
        lines += ["", heading(C_("side", "In the caller's words")), fault]
    return lines


def call_lines(call: CallView, now: datetime, zone: tzinfo) -> Lines:
    """One call: who, which device, the verdict, the caller's words, what it needs."""
    head = C_("side", "{number}  {kind}, by {channel}").format(
        number=show_number(NumberKind.CALL, call.number), kind=label(call.kind), channel=label(call.channel)
    )
    taken = _("{when}, taken by {name}").format(
        when=formats.top(call.at.astimezone(zone)), name=call.taken_by
    )
    lines: Lines = [heading(head), taken, "", call.who or C_("side", "nobody named")]
    lines += [line for line in (dotted(call.phone, call.region), call.address) if line]
    if call.device_id is not None:
        lines += ["", call.product]
        if call.serial:
            lines.append(_("serial {serial}").format(serial=call.serial))
    if call.override is not None and call.verdict is not None:
        lines += ["", *override_lines(call.override, call.verdict, zone)[1:]]
    else:
        lines += verdict_word(call.verdict, now.astimezone(zone).date())
    if call.fault:
        lines += ["", heading(C_("side", "In the caller's words")), call.fault]
    if call.resolution is None:
        lines += ["", heading(C_("side", "Needs")), call_need_sentence(call, now, zone)]
    return lines


def job_lines(job: JobRow, now: datetime, zone: tzinfo) -> Lines:
    """One job: the sentence to read out first."""
    today = now.astimezone(zone).date()
    number = show_number(NumberKind.JOB, job.number)
    lines: Lines = [heading(f"{number}  {label(job.status)}"), spoken(job, today, zone), ""]
    lines += [line for line in (job.customer_name, job.phone, "", job.product) if line or lines[-1]]
    if job.coverage is not None:
        from aftersales_tui.i18n.verdict_words import coverage_word

        lines.append(coverage_word(job.coverage))
    if job.fault:
        lines += ["", heading(C_("side", "In the caller's words")), job.fault]
    if job.outcome is not None:
        lines += ["", _("Outcome: {outcome}").format(outcome=label(job.outcome))]
    if job.wait_note:
        lines += ["", job.wait_note]
    informed_by = getattr(job, "informed_by", "")
    channel = getattr(job, "informed_channel", None)
    if job.informed_at is not None and informed_by and isinstance(channel, InformedBy):
        told = _("{name} told the customer {day}, {channel}.").format(
            name=informed_by,
            day=near_day(job.informed_at.astimezone(zone).date(), today),
            channel=label(channel),
        )
        lines += ["", told]
    return lines


def follow_up_lines(row: FollowUpRow, now: datetime, zone: tzinfo) -> Lines:
    """One follow-up that is due."""
    number = show_number(NumberKind.FOLLOW_UP, row.number)
    lines: Lines = [heading(f"{number}  {label(row.kind)}"), follow_up_need(row, now, zone).words, ""]
    lines += [line for line in (row.customer_name, row.phone, "", row.product) if line or lines[-1]]
    if row.outcome is not None:
        lines.append(_("Outcome: {outcome}").format(outcome=label(row.outcome)))
    if row.fault:
        lines += ["", heading(C_("side", "In the caller's words")), row.fault]
    if row.attempts:
        lines += ["", _("Tried before: {n}").format(n=row.attempts)]
    return lines


def customer_lines(card: CustomerCard) -> Lines:
    """One customer: contact, devices with their verdict, what is open, notes."""
    customer = card.customer
    phones = dotted(*(phone.shown for phone in customer.phones))
    lines: Lines = [heading(customer.name or phones)]
    lines += [line for line in (dotted(phones, customer.region), customer.address) if line]
    lines += ["", heading(C_("side", "Devices") + f" {len(card.devices)}")]
    for device in card.devices[:6]:
        lines += [device.title or device.serial, *([f"  {short_verdict(device)}"] if device.verdict else [])]
    lines += ["", heading(C_("side", "Open"))]
    opened = [dotted(number_of(row.kind, row.number), row.product) for row in card.open_items[:6]]
    lines += opened or [C_("card", "no open job")]
    if customer.notes:
        lines += ["", heading(C_("side", "Notes")), customer.notes]
    return lines


def device_lines(device: DeviceView) -> Lines:
    """One unit: whose, its numbers, the verdict."""
    lines: Lines = [heading(device.title or device.serial)]
    lines += [line for line in (device.customer_name,) if line]
    if device.serial:
        lines.append(_("serial {serial}").format(serial=device.serial))
    return [*lines, "", *verdict_lines(device.verdict, device.serial)]


def short_verdict(device: DeviceView) -> str:
    """The verdict of a device in a cell."""
    if device.verdict is None:
        return ""
    from aftersales_tui.i18n.verdict_words import short_cell

    return short_cell(device.verdict)


def number_of(kind: str, number: int | None) -> str:
    """A record's number with its letter; empty for one without."""
    kinds = {"call": NumberKind.CALL, "job": NumberKind.JOB, "follow_up": NumberKind.FOLLOW_UP}
    return show_number(kinds[kind], number) if number and kind in kinds else ""
