"""The sentences of a verdict: what stands beside the call form, in a cell, and what the clerk reads out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from aftersales_tui.domain.policy import MAIN_PART, WHOLE, Covers
from aftersales_tui.domain.verdicts import RemedyRow, Verdict
from aftersales_tui.domain.words import Coverage, Proof, Remedy
from aftersales_tui.i18n import C_, _, formats, ngettext
from aftersales_tui.i18n.labels import label
from aftersales_tui.i18n.part_words import PARTS
from aftersales_tui.i18n.reason_words import (
    clause_words,
    count,
    day_words,
    missing_sentence,
    reason_sentence,
    watch_out,
    watch_out_line,
)

__all__ = [
    "CHOICES",
    "SideBlock",
    "SideLine",
    "choice_rows",
    "choice_words",
    "clause_words",
    "coverage_word",
    "device_cell",
    "free_part",
    "headline",
    "missing_sentence",
    "one_line",
    "part_word",
    "proof_words",
    "reason_sentence",
    "say",
    "short_cell",
    "side_lines",
    "watch_out",
    "watch_out_line",
]

CHOICES = (
    Remedy.REPAIR,
    Remedy.EXCHANGE,
    Remedy.REFUND,
    Remedy.REJECT,
    Remedy.PRICE_REDUCTION,
    Remedy.FINAL_REJECT,
)
"""The order in which the remedies are shown."""


@dataclass(frozen=True, slots=True)
class SideLine:
    """One line of the side: a label of a few letters, or none, and the text beside it."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class SideBlock:
    """A part of the side under its heading."""

    heading: str
    lines: tuple[SideLine, ...]


def coverage_word(coverage: Coverage) -> str:
    """The verdict in one word, as it is printed: ``COVERED``."""
    return label(coverage)


def _days_left(head: RemedyRow | None, today: date | None) -> int | None:
    """The days that are left of a row on ``today``; without it, on the day it was judged.

    ``None`` when the last day has passed since.
    """
    if head is None or today is None:
        return (head.days_left or 0) if head is not None else 0
    left = (head.effective_end - today).days
    return left if left >= 0 else None


def one_line(verdict: Verdict, today: date | None = None) -> str:
    """The verdict in one line: word, until when, days left, clause, and the key that says why.

    The days of a stored verdict are counted from ``today``; after the last one the date stands alone.
    """
    word, head = coverage_word(verdict.coverage), verdict.headline
    left = _days_left(head, today)
    clause = clause_words(verdict, head.clause_key) if head else ""
    match verdict.coverage:
        case Coverage.COVERED if head is not None:
            return _free_until(head, left).format(
                coverage=word,
                date=formats.day_weekday(head.effective_end),
                n=formats.number(left or 0),
                clause=clause,
            )
        case Coverage.PARTLY_COVERED if head is not None and left is None:
            return _("{coverage} · {part} free until {date} · F8 why").format(
                coverage=word, part=free_part(head), date=formats.day(head.effective_end)
            )
        case Coverage.PARTLY_COVERED if head is not None and left is not None:
            return ngettext(
                "{coverage} · {part} free until {date}, {n} day left · F8 why",
                "{coverage} · {part} free until {date}, {n} days left · F8 why",
                left,
            ).format(
                coverage=word,
                part=free_part(head),
                date=formats.day(head.effective_end),
                n=formats.number(left),
            )
        case Coverage.EXCLUDED if verdict.excluded:
            return _("{coverage} · charged repair: {cause} ({clause}) · tell the fee first · F8 why").format(
                coverage=word,
                cause=label(verdict.excluded[0].code),
                clause=clause_words(verdict, verdict.excluded[0].clause_key) or "–",
            )
        case Coverage.EXPIRED if head is not None:
            return _("{coverage} · free repair ended {date} · tell the fee first · F8 why").format(
                coverage=word, date=formats.day_weekday(head.effective_end)
            )
        case Coverage.EXPIRED:
            return _("{coverage} · no rule or promise covers it · tell the fee first · F8 why").format(
                coverage=word
            )
        case Coverage.NOT_PROVEN:
            return _not_proven_line(verdict).format(coverage=word)
    return _("{coverage} · the repair is free · F8 why").format(coverage=word)


def short_cell(verdict: Verdict) -> str:
    """The verdict in a table's cell: ``COVERED to 4 Dec 2026``, ``PARTLY COVERED``."""
    if verdict.coverage is Coverage.COVERED and verdict.until is not None:
        return C_("cell", "COVERED to {date}").format(date=formats.day(verdict.until))
    if verdict.coverage is Coverage.EXPIRED and verdict.until is not None:
        return C_("cell", "EXPIRED {date}").format(date=formats.day(verdict.until))
    return coverage_word(verdict.coverage)


def device_cell(verdict: Verdict) -> str:
    """The verdict at the end of a device's row: ``covered to 4 Dec 2026``, ``parts to 1 Mar 2027``."""
    if verdict.until is not None:
        shown = formats.day(verdict.until)
        if verdict.coverage is Coverage.COVERED:
            return C_("cell", "covered to {date}").format(date=shown)
        if verdict.coverage is Coverage.PARTLY_COVERED:
            return C_("cell", "parts to {date}").format(date=shown)
        if verdict.coverage is Coverage.EXPIRED:
            return C_("cell", "expired {date}").format(date=shown)
    return label(verdict.coverage, short=True)


def headline(verdict: Verdict, today: date | None = None) -> str:
    """The sentence under the verdict's word: ``Repair free until Fri 4 Dec 2026, 11 days left``.

    The days of a stored verdict are counted from ``today``; after the last one the date stands alone.
    """
    head = verdict.headline
    left = _days_left(head, today)
    if left is None and head is not None and verdict.coverage in _FREE_UNTIL:
        return _ended(verdict.coverage, head)
    n = left or 0
    match verdict.coverage:
        case Coverage.COVERED if head is not None and head.remedy is Remedy.EXCHANGE:
            return ngettext(
                "Exchange free until {date}, {n} day left",
                "Exchange free until {date}, {n} days left",
                n,
            ).format(date=formats.day_weekday(head.effective_end), n=formats.number(n))
        case Coverage.COVERED if head is not None and head.remedy not in (Remedy.REPAIR, Remedy.EXCHANGE):
            return ngettext(
                "{remedy} possible until {date}, {n} day left",
                "{remedy} possible until {date}, {n} days left",
                n,
            ).format(
                remedy=label(head.remedy),
                date=formats.day_weekday(head.effective_end),
                n=formats.number(n),
            )
        case Coverage.COVERED | Coverage.CONTRACT if head is not None:
            return ngettext(
                "Repair free until {date}, {n} day left", "Repair free until {date}, {n} days left", n
            ).format(date=formats.day_weekday(head.effective_end), n=formats.number(n))
        case Coverage.PARTLY_COVERED if head is not None and head.scope == MAIN_PART:
            return ngettext(
                "Main parts free until {date}, {n} day left; the rest is charged",
                "Main parts free until {date}, {n} days left; the rest is charged",
                n,
            ).format(date=formats.day_weekday(head.effective_end), n=formats.number(n))
        case Coverage.PARTLY_COVERED if head is not None:
            return ngettext(
                "Free until {date}, {n} day left: {part}; the rest is charged",
                "Free until {date}, {n} days left: {part}; the rest is charged",
                n,
            ).format(date=formats.day_weekday(head.effective_end), n=formats.number(n), part=free_part(head))
        case Coverage.EXCLUDED if verdict.excluded:
            return _("Charged, not refused: {cause}. A paid repair is offered.").format(
                cause=label(verdict.excluded[0].code)
            )
        case Coverage.EXPIRED if head is not None:
            return _("Free repair ended {date}. A paid repair is offered.").format(
                date=formats.day_weekday(head.effective_end)
            )
        case Coverage.EXPIRED:
            return _("No rule or promise covers it. A paid repair is offered.")
        case Coverage.NOT_PROVEN:
            return missing_sentence(verdict)
    return _("The repair is free.")


_FREE_UNTIL = (Coverage.COVERED, Coverage.PARTLY_COVERED)


def _ended(coverage: Coverage, head: RemedyRow) -> str:
    """A free period that has ended since it was judged."""
    if coverage is Coverage.PARTLY_COVERED:
        said = _("Main parts free until {date}; the rest is charged")
    elif head.remedy is Remedy.EXCHANGE:
        said = _("Exchange free until {date}")
    else:
        said = _("Repair free until {date}")
    return said.format(date=formats.day_weekday(head.effective_end))


def side_lines(
    verdict: Verdict, today: date | None = None, *, serial_known: bool = False
) -> tuple[SideBlock, ...]:
    """The side of the call form: word, rule and dates, what may be chosen, what to watch, what to say.

    Texts are whole lines to be wrapped by whoever shows them. The days of a stored verdict are counted
    from ``today``; what could be chosen stays that of the day it was judged.
    """
    blocks = [SideBlock(coverage_word(verdict.coverage), (SideLine("", headline(verdict, today)),))]
    head = verdict.headline
    if head is not None and verdict.start is not None:
        rule = C_("verdict", "{layer}, {policy} {clause}").format(
            layer=label(head.layer), policy=head.policy, clause=clause_words(verdict, head.clause_key)
        )
        since = C_("verdict", "{date}, {basis}").format(
            date=formats.day(verdict.start.date), basis=label(verdict.start.basis)
        )
        lines = (
            SideLine(C_("verdict", "Rule"), rule),
            SideLine(C_("verdict", "From"), since),
            SideLine(C_("verdict", "To"), _to(verdict)),
            SideLine(C_("verdict", "Proof"), proof_words(verdict.proof)),
        )
        blocks.append(SideBlock("", lines))
        choices = tuple(
            SideLine(label(row.remedy), choice_words(verdict, row)) for row in choice_rows(verdict)
        )
        if today in (None, verdict.as_of):
            chosen = C_("verdict", "The customer may choose today")
        else:
            chosen = C_("verdict", "Could be chosen on {date}").format(date=formats.day(verdict.as_of))
        blocks.append(SideBlock(chosen, choices))
    if warned := watch_out(verdict):
        blocks.append(SideBlock(C_("verdict", "Watch out"), (SideLine("", warned),)))
    blocks.append(SideBlock(C_("verdict", "Say"), (SideLine("", say(verdict, serial_known=serial_known)),)))
    return tuple(blocks)


def choice_rows(verdict: Verdict) -> tuple[RemedyRow, ...]:
    """The row of each remedy that answers for what was asked: an open one, else the one that ended last."""
    chosen = []
    for remedy in CHOICES:
        rows = [row for row in verdict.remedies if row.remedy is remedy and _answers(verdict, row)]
        if rows:
            chosen.append(max(rows, key=lambda row: (row.available, row.effective_end)))
    return tuple(chosen)


def choice_words(verdict: Verdict, row: RemedyRow) -> str:
    """Whether the remedy may be chosen: ``yes, until 4 Dec 2026``, ``no, ended 12 Dec 2025``."""
    shown = formats.day(row.effective_end)
    if row.available and row.scope == WHOLE:
        return C_("verdict", "yes, until {date}").format(date=shown)
    if row.available:
        return C_("verdict", "{part}: yes, until {date}").format(part=part_word(row.scope), date=shown)
    if row.why == "excluded":
        return C_("verdict", "no, charged")
    if row.why == "proof_missing":
        return C_("verdict", "no, proof is missing")
    if row.why == "used_up":
        return C_("verdict", "no, over by use")
    return C_("verdict", "no, ended {date}").format(date=shown)


def part_word(scope: str) -> str:
    """The part a row is about; a part without a word of its own is shown as the pack names it."""
    marked = PARTS.get(scope)
    return C_(*marked) if marked else scope.replace("_", " ")


def free_part(head: RemedyRow) -> str:
    """What is free of a partly covered unit: a part of it, or only the parts or the labour."""
    if head.covers == (Covers.PARTS,):
        return C_("free", "the parts, labour is charged")
    if head.covers == (Covers.LABOUR,):
        return C_("free", "the labour, parts are charged")
    return part_word(head.scope)


def proof_words(proof: Proof) -> str:
    """What is known of the invoice."""
    words = {
        Proof.SEEN: C_("verdict", "invoice seen"),
        Proof.TOLD: C_("verdict", "invoice told, not seen"),
        Proof.NONE: C_("verdict", "no invoice"),
    }
    return words[proof]


def say(verdict: Verdict, *, serial_known: bool = False) -> str:
    """The sentence to read out to the customer, in quotation marks; nobody is asked for what is known."""
    head = verdict.headline
    codes = {reason.code for reason in verdict.missing}
    match verdict.coverage:
        case Coverage.COVERED if verdict.proof is Proof.NONE:
            return _("“The repair is free. Please bring the device.”")
        case Coverage.COVERED:
            return _("“The repair is free. Please bring the device and the invoice.”")
        case Coverage.PARTLY_COVERED if head is not None and head.scope != MAIN_PART:
            return _(
                "“Free until {date}: {part}; anything else is charged. "
                "We look first and tell you the fee before we start.”"
            ).format(date=formats.day(head.effective_end), part=free_part(head))
        case Coverage.PARTLY_COVERED if head is not None:
            return _(
                "“If a main part has failed, the repair is free until {date}; anything else is charged. "
                "We look first and tell you the fee before we start.”"
            ).format(date=formats.day(head.effective_end))
        case Coverage.EXCLUDED if verdict.excluded:
            return _(
                "“The warranty does not cover this: {cause}. We repair it for a fee, "
                "and we tell you the fee before we start.”"
            ).format(cause=label(verdict.excluded[0].code))
        case Coverage.EXPIRED if head is not None:
            return _(
                "“The free repair ended on {date}. We gladly repair it for a fee, "
                "and we tell you the fee before we start.”"
            ).format(date=formats.day(head.effective_end))
        case Coverage.NOT_PROVEN if "ask_proof" in codes and head is not None:
            return _(
                "“Do you have the invoice, a payment record or the warranty card? "
                "With it the repair is free until {date}.”"
            ).format(date=formats.day(head.effective_end))
        case Coverage.NOT_PROVEN if "ask_production_date" in codes:
            return _(
                "“May I have the serial number or IMEI? It tells us when the device was made. "
                "And do you still have the invoice?”"
            )
        case Coverage.NOT_PROVEN if serial_known:
            return _("“When did you buy it? The day stands on the invoice or in the payment record.”")
        case Coverage.NOT_PROVEN:
            return _(
                "“May I have the serial number? It is on the plate at the back. And when did you buy it?”"
            )
        case Coverage.CONTRACT | Coverage.GOODWILL:
            return _("“The repair is free. Please bring the device.”")
    return _("“We gladly repair it for a fee, and we tell you the fee before we start.”")


def _free_until(head: RemedyRow, left: int | None) -> str:
    """The sentence for a covered unit with so many days left, its places still open."""
    exchange = head.remedy is Remedy.EXCHANGE
    if left is None:
        if exchange:
            return _("{coverage} · exchange free until {date} · {clause} · F8 why")
        return _("{coverage} · repair free until {date} · {clause} · F8 why")
    if left == 0:
        if exchange:
            return _("{coverage} · exchange free until today, {date} · {clause} · F8 why")
        return _("{coverage} · repair free until today, {date} · {clause} · F8 why")
    if exchange:
        return ngettext(
            "{coverage} · exchange free until {date}, {n} day left · {clause} · F8 why",
            "{coverage} · exchange free until {date}, {n} days left · {clause} · F8 why",
            left,
        )
    return ngettext(
        "{coverage} · repair free until {date}, {n} day left · {clause} · F8 why",
        "{coverage} · repair free until {date}, {n} days left · {clause} · F8 why",
        left,
    )


def _not_proven_line(verdict: Verdict) -> str:
    codes = {reason.code for reason in verdict.missing}
    if "ask_proof" in codes:
        return _("{coverage} · no invoice · ask for it or for a payment record · F8 why")
    if "ask_production_date" in codes:
        return _("{coverage} · papers lost · ask for the serial number or IMEI · F8 why")
    if any("produced" in reason.values for reason in verdict.missing):
        return _("{coverage} · only the day of production is known · ask for the day of sale")
    return _("{coverage} · no date is known yet · ask for the sale date or the serial number")


def _to(verdict: Verdict) -> str:
    """How the last day came about: nominal end, days in repair, rest day."""
    steps = {step.code: step.values for step in verdict.reckoning}
    days = sum(count(step.values["days"]) for step in verdict.reckoning if step.code == "pause")
    rolled = bool(steps.get("rest_day", {}).get("rolled"))
    shown = {"end": formats.day_weekday(verdict.until) if verdict.until else "–"}
    first = steps.get("extended") or steps.get("nominal_end", {})
    shown["date"] = day_words(first.get("date"))
    shown["days"] = formats.days(days)
    if days and rolled:
        return C_("verdict", "{date} + {days} in repair, a rest day, so {end}").format(**shown)
    if days:
        return C_("verdict", "{date} + {days} in repair = {end}").format(**shown)
    if rolled:
        return C_("verdict", "{date} is a rest day, so {end}").format(**shown)
    return shown["end"]


def _answers(verdict: Verdict, row: RemedyRow) -> bool:
    """Whether the row is about what was asked, or about the part that is left of a partly covered unit."""
    head = verdict.headline
    return row.scope == WHOLE or (head is not None and row.scope == head.scope)
