"""What an owner decides beside the machine's verdict: goodwill, or a verdict put right either way.

The machine's verdict is never changed. An override may grant goodwill (the shop pays), grant the guarantee
(whoever promised it pays) or charge what the machine found free, say because the workshop found misuse.
That a period is over or a proof is missing is no opinion: there the date or the proof on file is corrected.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from aftersales_tui.domain.errors import refuse
from aftersales_tui.domain.text import excerpt
from aftersales_tui.domain.words import Billing, Coverage

OVERRIDES = (Coverage.GOODWILL, Coverage.COVERED, Coverage.EXCLUDED)
"""What may be decided, the commonest first."""

_BILLED: Mapping[Coverage, Billing] = {
    Coverage.COVERED: Billing.WARRANTY,
    Coverage.PARTLY_COVERED: Billing.WARRANTY,
    Coverage.CONTRACT: Billing.CONTRACT,
    Coverage.GOODWILL: Billing.GOODWILL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A decision that stands: what, why, by whom and when."""

    coverage: Coverage
    reason: str
    by: str
    at: datetime

    @property
    def billing(self) -> Billing:
        """How the work is billed by it."""
        return billing_of(self.coverage)


def billing_of(coverage: Coverage) -> Billing:
    """How work is billed under a coverage, unless a line says otherwise."""
    return _BILLED.get(coverage, Billing.BILLABLE)


def read_override(typed: str, machine: Coverage) -> Coverage:
    """The coverage decided beside ``machine``. Raises ``Refused``: ``word_unknown``, ``override_same``."""
    if typed not in OVERRIDES:
        raise refuse("word_unknown", "coverage", value=excerpt(typed), known=", ".join(OVERRIDES))
    decided = Coverage(typed)
    if decided is machine:
        raise refuse("override_same", "coverage", coverage=machine)
    return decided
