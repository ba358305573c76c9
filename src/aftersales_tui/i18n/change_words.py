"""What would be judged otherwise today, in sentences."""

from __future__ import annotations

from datetime import date

from aftersales_tui.domain.verdict_changes import (
    Change,
    CoverageChanged,
    LayerAdded,
    LayerChanged,
    LayerGone,
    StartChanged,
    UntilChanged,
    VersionChanged,
    difference,
)
from aftersales_tui.domain.verdicts import Verdict
from aftersales_tui.i18n import C_, _, formats
from aftersales_tui.i18n.labels import label
from aftersales_tui.i18n.verdict_words import coverage_word
from aftersales_tui.i18n.why_words import result_of


def change_sentences(stored: Verdict, now: Verdict) -> tuple[str, ...]:
    """Each change as a sentence without its stop; empty when nothing is judged otherwise."""
    return tuple(change_sentence(change) for change in difference(stored, now))


def change_sentence(change: Change) -> str:
    """One change: what it was, what it would be."""
    match change:
        case CoverageChanged(before, after):
            return _("judged today it would be {after}, not {before}").format(
                after=coverage_word(after), before=coverage_word(before)
            )
        case UntilChanged(before, after):
            return _("it would last until {after}, not {before}").format(
                after=_day(after), before=_day(before)
            )
        case StartChanged(before, after, basis):
            return _("it would begin on {after} ({basis}), not {before}").format(
                after=_day(after), basis=label(basis) if basis else "–", before=_day(before)
            )
        case VersionChanged(policy, before, after):
            return _("{policy} would be read in version {after}, not {before}").format(
                policy=policy, after=after, before=before
            )
        case LayerAdded(layer, policy, version):
            return _("{layer}: {policy} {version} was not asked then").format(
                layer=label(layer), policy=policy, version=version
            )
        case LayerGone(layer, policy, version):
            return _("{layer}: {policy} {version} is not asked any more").format(
                layer=label(layer), policy=policy, version=version
            )
        case LayerChanged(layer, policy, before, after):
            return _("{layer}, {policy}: {after}, it was {before}").format(
                layer=label(layer), policy=policy, after=result_of(after), before=result_of(before)
            )


def _day(day: date | None) -> str:
    return formats.day(day) if day is not None else C_("verdict", "no known day")
