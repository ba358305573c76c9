"""What the follow-up sheet says: whom one calls about what, what to say, what was answered before."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from textual.content import Content

from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.text import cut
from aftersales_tui.domain.words import Coverage, FollowUpKind, Satisfaction
from aftersales_tui.i18n import C_, _, formats
from aftersales_tui.i18n.event_words import told
from aftersales_tui.i18n.job_sentence import short_name
from aftersales_tui.i18n.labels import label
from aftersales_tui.tui.glyphs import glyph
from aftersales_tui.tui.widgets.side import heading
from aftersales_tui.views.followups import CallSheet, FollowUpView

_FREE = (Coverage.COVERED, Coverage.GOODWILL, Coverage.CONTRACT)
_EARLIER = 5
_PRODUCT = 24
"""Cells of a product before what was done to it and when, which is asked about."""


def about_lines(found: FollowUpView) -> tuple[str, str]:
    """The person in one line, the work in the other."""
    who = f" {glyph('·')} ".join(
        part for part in (found.customer_name, found.phone, " ".join(found.customer_notes.split())) if part
    )
    fault = " ".join(found.fault.split())
    if found.job_number is None:
        number = show_number(NumberKind.CALL, found.call_number) if found.call_number else ""
        return who, _("{number} {product}: advised by phone. {fault}").format(
            number=number, product=found.product, fault=fault
        )
    places = {
        "number": show_number(NumberKind.JOB, found.job_number),
        "product": cut(found.product, _PRODUCT),
        "fault": fault,
        "outcome": label(found.outcome) if found.outcome is not None else "",
        "name": short_name(found.technician),
        "day": formats.day_weekday_short(found.handed_over_on) if found.handed_over_on else "",
    }
    if found.outcome is None:
        return who, _("{number} {product}, {fault}").format(**places)
    if not found.technician:
        return who, _("{number} {product}: {outcome}. {fault}").format(**places)
    if not found.handed_over_on:
        return who, _("{number} {product}: {outcome} by {name}. {fault}").format(**places)
    return who, _("{number} {product}: {outcome} by {name}, handed over {day}. {fault}").format(**places)


def due_words(found: FollowUpView, zone: tzinfo) -> str:
    """``due Sat 28 Nov``, with the time where it has one."""
    if found.due_at is not None:
        return formats.top(found.due_at.astimezone(zone))
    return formats.day_weekday_short(found.due_on)


def say_words(sheet: CallSheet) -> str:
    """What to say when somebody answers."""
    found = sheet.follow_up
    shop = sheet.shop_name or _("the repair shop")
    thing = found.product or _("device")
    if found.kind is FollowUpKind.AFTER_ADVICE:
        said = _(
            "“Good day, this is {shop}. Did our advice about the {thing} help? Does it work as it should?”"
        )
    elif found.kind is FollowUpKind.AFTER_TEST:
        said = _("“Good day, this is {shop}. Has the {thing} run without trouble since we repaired it?”")
    else:
        said = _(
            "“Good day, this is {shop}. Does the {thing} work as it should? How satisfied were you with "
            "the repair, and with us?”"
        )
    return said.format(shop=shop, thing=thing)


def side_lines(sheet: CallSheet, zone: tzinfo, today: date) -> Sequence[str | Content]:
    """The work, what to say, the calls before, what to watch."""
    found = sheet.follow_up
    lines: list[str | Content] = [heading(C_("side", "What was done"))]
    lines += _work(sheet, zone)
    lines += ["", heading(C_("side", "Say")), say_words(sheet)]
    earlier = _earlier(sheet, zone)
    if earlier:
        lines += ["", heading(C_("side", "Earlier calls")), *earlier]
    if sheet.owners:
        watch = _(
            "“Dissatisfied”, or the fault not solved: the month's page shows it to {names}; somebody calls "
            "again after the solution."
        )
        names = C_("list", ", ").join(sheet.owners)
        lines += ["", heading(C_("side", "Watch out")), watch.format(names=names)]
    if found.recorded_at is not None:
        when = formats.top(found.recorded_at.astimezone(zone))
        lines += ["", _("Recorded {when}, by {name}.").format(when=when, name=found.recorded_by)]
    return lines


def _work(sheet: CallSheet, zone: tzinfo) -> list[str]:
    found = sheet.follow_up
    if found.job_number is None:
        return [_("Advised by phone, no job.")]
    lines = [found.work or _("Nothing is written down.")]
    if sheet.test_passed:
        lines.append(_("Test run passed."))
    if sheet.coverage is not None:
        lines.append(_("Under warranty.") if sheet.coverage in _FREE else label(sheet.coverage))
    promised = formats.day_weekday_short(found.promised_for) if found.promised_for else ""
    ready = _day(found.first_ready_at, zone)
    if promised and ready:
        lines.append(_("Promised {promised}, ready {ready}.").format(promised=promised, ready=ready))
    return lines


def _earlier(sheet: CallSheet, zone: tzinfo) -> list[str]:
    lines = []
    for event in sheet.follow_up.earlier:
        at = formats.top(event.at.astimezone(zone))
        said = _("{when}  {what} ({name})")
        lines.append(said.format(when=at, what=told(event, zone), name=short_name(event.who)))
    for row in sheet.earlier[:_EARLIER]:
        day = formats.day(row.at.astimezone(zone).date())
        answer = label(Satisfaction(row.result)) if row.result in set(Satisfaction) else ""
        lines.append(
            _("{day}  {about}: {answer}").format(day=day, about=row.product, answer=answer or row.text)
        )
    return lines


def _day(moment: datetime | None, zone: tzinfo) -> str:
    return formats.day_weekday_short(moment.astimezone(zone).date()) if moment is not None else ""


def typed_moment(moment: datetime, today: date) -> str:
    """A shop-local moment as one would type it: ``today 12:05``, ``2026-11-30 09:00``."""
    days = (moment.date() - today).days
    if days == 0:
        return _("today {time}").format(time=formats.clock(moment))
    if days == 1:
        return _("tomorrow {time}").format(time=formats.clock(moment))
    return f"{moment:%Y-%m-%d %H:%M}"
