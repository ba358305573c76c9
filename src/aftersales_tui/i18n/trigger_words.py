"""The sentences of what opens further remedies: how far each count is, and what it opens."""

from __future__ import annotations

from aftersales_tui.domain.policy import TriggerKind
from aftersales_tui.domain.verdicts import TriggerRow, Verdict
from aftersales_tui.i18n import C_, N_, _
from aftersales_tui.i18n.labels import label
from aftersales_tui.i18n.reason_words import clause_words

_SENTENCES = {
    TriggerKind.FAILED_REPAIRS: N_(
        "Trigger: failed repairs of this fault, has {have}, needs {needs}: then {remedies} ({clause})."
    ),
    TriggerKind.REPAIRS: N_(
        "Trigger: repairs of the same fault, has {have}, needs {needs}: then {remedies} ({clause})."
    ),
    TriggerKind.REPAIR_DAYS: N_(
        "Trigger: days in repair, has {have}, needs {needs}: then {remedies} ({clause})."
    ),
    TriggerKind.TOTAL_REPAIR_DAYS: N_(
        "Trigger: days in repair altogether, has {have}, needs {needs}: then {remedies} ({clause})."
    ),
    TriggerKind.ACCESSORY_EXCHANGES: N_(
        "Trigger: exchanges of the accessory, has {have}, needs {needs}: then {remedies} ({clause})."
    ),
    TriggerKind.SAFETY_REPAIRS: N_(
        "Trigger: repairs of a dangerous fault, has {have}, needs {needs}: then {remedies} ({clause})."
    ),
    TriggerKind.PART_REPLACEMENTS: N_(
        "Trigger: replacements of the same assembly, has {have}, needs {needs}: then {remedies} ({clause})."
    ),
    TriggerKind.SERVICE_UNAVAILABLE: N_("Trigger: nobody repairs it any more: then {remedies} ({clause})."),
}


def trigger_sentence(verdict: Verdict, row: TriggerRow) -> str:
    """``Trigger: failed repairs of this fault, has 1, needs 2: then exchange or refund (art. 11).``"""
    remedies = C_("list", " or ").join(label(remedy) for remedy in row.remedies)
    return _(_SENTENCES[TriggerKind(row.trigger)]).format(
        have=row.have, needs=row.needs, remedies=remedies, clause=clause_words(verdict, row.clause_key)
    )
