"""A verdict: what the judge found, with its dates, clauses and reasons, and its stored form.

Reasons are codes with values; ``i18n.verdict_words`` makes the sentences. ``to_json`` and
``from_json`` keep a verdict exactly as it was judged, so that an old job never changes its mind.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, cast

from aftersales_tui.domain.plain import from_plain, to_plain
from aftersales_tui.domain.policy import Bilingual, Covers, Verified
from aftersales_tui.domain.words import Coverage, Exclusion, Layer, Proof, Remedy, StartBasis

Value = str | int | bool | date | tuple[str, ...]
Json = dict[str, Any]

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, step, question or warning: ``code`` names the sentence, ``values`` fill it."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)

    @classmethod
    def read_plain(cls, data: Mapping[str, Any]) -> "Reason":
        """The reason that was written as plain values."""
        return cls(data["code"], {key: _read_value(value) for key, value in data["values"].items()})


@dataclass(frozen=True, slots=True)
class Start:
    """From which day the period ran and which fact gave that day."""

    date: date
    basis: StartBasis


@dataclass(frozen=True, slots=True)
class RemedyRow:
    """One remedy of one pack for one part. A window that is over stays in the list, not available.

    ``nominal_end`` lies before the roll past rest days, ``effective_end`` after it;
    ``days_left`` is ``None`` when the window is over. ``official`` is false when the calendar of
    that year was not published and weekends alone were used.
    """

    remedy: Remedy
    available: bool
    scope: str
    nominal_end: date
    effective_end: date
    days_left: int | None
    layer: Layer
    policy: str
    policy_version: str
    clause: str
    clause_key: str
    verified: Verified
    why: str
    official: bool = True
    covers: tuple[Covers, ...] = (Covers.PARTS, Covers.LABOUR)
    usage_limit: int | None = None


@dataclass(frozen=True, slots=True)
class TriggerRow:
    """A count that opens further remedies once ``have`` reaches ``needs``."""

    trigger: str
    met: bool
    have: int
    needs: int
    remedies: tuple[Remedy, ...]
    clause: str
    clause_key: str
    verified: Verified
    payer: str | None = None
    policy: str = ""


@dataclass(frozen=True, slots=True)
class ExcludedRow:
    """A cause that is charged; a paid repair is always offered (WAR-8)."""

    code: Exclusion
    clause: str
    clause_key: str
    effect: str = "paid_repair"


@dataclass(frozen=True, slots=True)
class LayerRow:
    """How one law or promise fared: ``wins``, ``loses``, ``over``, ``unknown`` (no date), ``not_in_force``.

    ``reason`` says why, ``best_for`` names the remedies it gives longer than every other layer.
    """

    layer: Layer
    policy: str
    policy_version: str
    title: Bilingual
    result: str
    until: date | None
    start: Start | None = None
    best_for: tuple[Remedy, ...] = ()
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Refund:
    """What comes back of the price; both sums are told, with and without depreciation.

    ``deduction`` and ``amount`` are what was asked for; ``chargeable_days`` are days of use without
    days in repair, ``chargeable_usage`` is in the unit of the pack.
    """

    price: Decimal
    deduction: Decimal
    amount: Decimal
    chargeable_days: int
    depreciated: bool
    full_deduction: Decimal
    rate: Decimal | None = None
    chargeable_usage: int | None = None
    policy: str = ""
    clause: str = ""
    clause_key: str = ""


@dataclass(frozen=True, slots=True)
class Guarantee:
    """Until when the last repair itself is guaranteed (WAR-9).

    ``part_restarted_until`` is there where the law lets the period of a replaced part begin anew.
    """

    repaired_part_until: date | None = None
    nominal_end: date | None = None
    part_restarted_until: date | None = None
    policy: str = ""
    clause: str = ""
    clause_key: str = ""


@dataclass(frozen=True, slots=True)
class LoanerOwed:
    """Whether a loaner is owed: the longest repair lasted ``repair_days``, more than ``after_days``."""

    owed: bool
    repair_days: int
    after_days: int
    clause: str
    clause_key: str
    policy: str
    running: bool = False
    """Whether that repair still runs."""


@dataclass(frozen=True, slots=True)
class BurdenOfProof:
    """Until when the trader has to prove that the fault was not there at the hand-over."""

    trader_until: date
    on_trader: bool
    clause: str
    clause_key: str
    policy: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement of one unit as of one day."""

    as_of: date
    coverage: Coverage
    category: str
    scope: str
    proof: Proof
    start: Start | None = None
    headline: RemedyRow | None = None
    remedies: tuple[RemedyRow, ...] = ()
    best: tuple[Remedy, ...] = ()
    triggers: tuple[TriggerRow, ...] = ()
    excluded: tuple[ExcludedRow, ...] = ()
    would_exclude: tuple[Exclusion, ...] = ()
    refund: Refund | None = None
    guarantee: Guarantee = Guarantee()
    loaner: LoanerOwed | None = None
    burden_of_proof: BurdenOfProof | None = None
    reckoning: tuple[Reason, ...] = ()
    missing: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()
    layers: tuple[LayerRow, ...] = ()
    cites: Mapping[str, Bilingual] = field(default_factory=dict)
    """How each ``clause_key`` is quoted, in both languages."""

    @property
    def until(self) -> date | None:
        """The last day, included, of the remedy the verdict is about; ``None`` when no date is known."""
        return self.headline.effective_end if self.headline else None

    @property
    def days_left(self) -> int | None:
        """Days from the judged day to ``until``; ``None`` when it is over or unknown."""
        return self.headline.days_left if self.headline else None

    @property
    def clause(self) -> str:
        """The clause the verdict rests on, as it is quoted in English."""
        return self.headline.clause if self.headline else ""

    @property
    def headline_remedy(self) -> Remedy | None:
        """The remedy the verdict is about, a free repair in the first place."""
        return self.headline.remedy if self.headline else None

    @property
    def free(self) -> bool:
        """Whether work on the whole unit is free for the customer."""
        return self.coverage in (Coverage.COVERED, Coverage.CONTRACT, Coverage.GOODWILL)

    def to_json(self) -> Json:
        """The verdict as plain JSON values; dates are ISO days, ``refund`` is there when a price was told."""
        plain: Json = {_SAID_AS.get(key, key): value for key, value in to_plain(self).items()}
        if self.refund is None:
            del plain["refund"]
        return plain

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Verdict":
        """The verdict that ``to_json`` wrote. Raises KeyError or ValueError for anything else."""
        read = from_plain(cls, {_READ_AS.get(key, key): value for key, value in data.items()})
        return cast(Verdict, read)


_SAID_AS = {"excluded": "exclusions"}
_READ_AS = {said: name for name, said in _SAID_AS.items()}


def _read_value(value: object) -> Value:
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        return date.fromisoformat(value)
    return cast(Value, value)
