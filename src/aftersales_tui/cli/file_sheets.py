"""Files as people read them in a terminal: customers, devices and what happened to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from aftersales_tui.cli import output
from aftersales_tui.cli.sheets import CALL, FOLLOW_UP, JOB, record_status, status_word, verdict_line
from aftersales_tui.domain.numbering import show_number
from aftersales_tui.domain.words import (
    Outcome,
    RecordKind,
    Resolution,
    Satisfaction,
)
from aftersales_tui.i18n import C_, _, formats, language
from aftersales_tui.i18n.labels import label

if TYPE_CHECKING:
    from aftersales_tui.cli.session import Work
    from aftersales_tui.views.customers import CustomerView
    from aftersales_tui.views.devices import DeviceView
    from aftersales_tui.views.history import HistoryRow


def customers(found: Sequence[CustomerView], total: int) -> None:
    """Customer files as a table."""
    output.table(
        (
            C_("col", "No."), C_("field", "Name"), C_("card", "Phones"), C_("field", "Region"),
            C_("panel", "Devices"), C_("col", "Open jobs"), C_("col", "Jobs"),
        ),
        (
            (one.id, one.name, C_("list", ", ").join(phone.shown for phone in one.phones), one.region,
             one.devices, one.open_jobs, one.jobs)
            for one in found
        ),
        total=total, right=(0, 4, 5, 6),
    )  # fmt: skip


def customer(work: Work, found: CustomerView) -> None:
    """One customer file."""
    named = _("{phone} ({label})")
    phones = (
        named.format(phone=phone.shown, label=phone.label) if phone.label else phone.shown
        for phone in found.phones
    )
    output.details(
        (
            (C_("col", "No."), found.id),
            (C_("field", "Name"), found.name),
            (C_("card", "Phones"), "\n".join(phones)),
            (C_("field", "Region"), found.region),
            (C_("field", "Address"), found.address),
            (C_("card", "E-mail"), found.email),
            (C_("card", "Price group"), found.price_group),
            (C_("card", "Notes"), found.notes),
            (C_("card", "Customer since"), work.local(found.created_at)[:10]),
        )
    )
    if found.erased_at is not None:
        when = work.local(found.erased_at)[:10]
        output.say(
            _("The person was forgotten on {when}; numbers, dates and outcomes stay.").format(when=when)
        )
    if found.merged_into is not None:
        output.say(_("Merged into customer {id}.").format(id=found.merged_into))


def history(work: Work, found: Sequence[HistoryRow]) -> None:
    """Calls, jobs and follow-ups in one table, newest first."""
    if not found:
        return
    letters = {RecordKind.CALL: CALL, RecordKind.JOB: JOB, RecordKind.FOLLOW_UP: FOLLOW_UP}
    output.say("")
    output.table(
        (
            C_("col", "No."), C_("field", "Date"), C_("col", "Device"), C_("col", "What happened"),
            C_("col", "Status"), C_("col", "Result"),
        ),
        (
            (
                show_number(letters[row.kind], row.number) if row.kind in letters and row.number else "",
                work.local(row.at), row.product, row.text, record_status(row.kind, row.status), _result(row),
            )
            for row in found
        ),
    )  # fmt: skip


def _result(row: HistoryRow) -> str:
    of: dict[RecordKind, type[StrEnum]] = {
        RecordKind.CALL: Resolution,
        RecordKind.JOB: Outcome,
        RecordKind.FOLLOW_UP: Satisfaction,
    }
    return status_word(of.get(row.kind), row.result)


def devices(work: Work, found: Sequence[DeviceView], total: int | None = None) -> None:
    """Devices as a table."""
    from aftersales_tui.i18n.verdict_words import device_cell

    output.table(
        (
            C_("col", "No."), C_("field", "Product"), C_("field", "Category"), C_("field", "Serial"),
            C_("col", "Customer"), C_("col", "Warranty"),
        ),
        (
            (one.id, one.title, category_word(work, one.category), one.serial, one.customer_name,
             device_cell(one.verdict) if one.verdict is not None else "")
            for one in found
        ),
        total=total, right=(0,),
    )  # fmt: skip


def device(work: Work, found: DeviceView) -> None:
    """One service card."""
    dates = (
        (C_("basis", "sold"), found.sold_on),
        (C_("basis", "invoiced"), found.invoiced_on),
        (C_("basis", "delivered"), found.delivered_on),
        (C_("basis", "installed"), found.installed_on),
        (C_("basis", "accepted"), found.accepted_on),
        (C_("basis", "produced"), found.produced_on),
    )
    output.details(
        (
            (C_("col", "No."), found.id),
            (C_("field", "Product"), found.title),
            (C_("field", "Category"), category_word(work, found.category)),
            (C_("field", "Serial"), found.serial),
            (C_("col", "Customer"), found.customer_name),
            *((words, _day(day)) for words, day in dates),
            (C_("field", "Invoice"), found.invoice_no),
            (C_("field", "Proof"), label(found.proof)),
            (C_("field", "Seller"), found.seller),
            (C_("field", "Place"), found.place),
            (C_("card", "Notes"), found.notes),
        )
    )
    if found.verdict is not None:
        verdict_line(found.verdict)


def category_word(work: Work, key: str) -> str:
    """The kind of product as people call it; one that the catalogue does not know stays as it was typed."""
    from aftersales_tui.services import devices as device_service

    return device_service.catalogue(work.shop).label(key, language()) if key else ""


def _day(day: date | None) -> str:
    return formats.day_weekday(day) if day is not None else ""
