"""What an owner decided beside a verdict, in words, with what the machine said."""

from __future__ import annotations

from datetime import tzinfo

from aftersales_tui.domain.overrides import Override
from aftersales_tui.domain.verdicts import Verdict
from aftersales_tui.i18n import _, formats
from aftersales_tui.i18n.labels import label
from aftersales_tui.i18n.verdict_words import coverage_word, headline


def machine_sentence(verdict: Verdict) -> str:
    """``Machine: EXPIRED. Repair ended …``."""
    places = {"coverage": coverage_word(verdict.coverage), "sentence": headline(verdict).rstrip(".。")}
    return _("Machine: {coverage}, {sentence}.").format(**places)


def override_sentence(override: Override, zone: tzinfo) -> str:
    """Who decided what, when, how it is billed, and why."""
    return _("Override by {name} on {date}: {coverage}, billed as {billing}. Reason: {reason}").format(
        name=override.by,
        date=formats.day(override.at.astimezone(zone).date()),
        coverage=coverage_word(override.coverage),
        billing=label(override.billing),
        reason=" ".join(override.reason.split()),
    )


def override_line(override: Override, verdict: Verdict, zone: tzinfo) -> str:
    """The same as one line of a narrow screen, the machine's word behind it."""
    return _("{coverage} · override by {name}, {date} · machine: {machine} · F8 why").format(
        coverage=coverage_word(override.coverage),
        name=override.by,
        date=formats.day_short(override.at.astimezone(zone).date()),
        machine=coverage_word(verdict.coverage),
    )
