"""A policy pack: who promises which remedy, from which day, for how long, and what voids it.

A pack is data with a date (``policies/*.toml``); ``policy_reading`` checks it. What is here is
only the shape, so that ``warranty.judge`` stays free of files and of TOML.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from aftersales_tui.domain.words import Exclusion, Layer, Remedy, StartBasis

WHOLE = "whole"
MAIN_PART = "main_part"
REPAIRED_PART = "repaired_part"
"""What a repair guarantee answers for (WAR-9)."""
ACCESSORY = "accessory"
"""An accessory that was not named."""


class Verified(StrEnum):
    """How far a clause was checked against its source."""

    TEXT = "text"
    SECONDARY = "secondary"
    UNCONFIRMED = "unconfirmed"


class DayRule(StrEnum):
    """How the days of one repair are counted."""

    OUT_MINUS_IN = "out_minus_in"
    BOTH_INCLUSIVE = "both_inclusive"
    CEIL_24H = "ceil_24h"
    """Every 24 hours are a day, and what is left over is one more."""


class Cutoff(StrEnum):
    """When the last day ends: at midnight, or when the shop closes (Civil Code 203)."""

    MIDNIGHT = "midnight"
    BUSINESS_CLOSE = "business_close"


class Covers(StrEnum):
    """What a window makes free."""

    PARTS = "parts"
    LABOUR = "labour"


class StartRule(StrEnum):
    """Which of the known dates starts the clock: the first of the list, or the latest of all."""

    FIRST_KNOWN = "first_known"
    LATEST = "latest"


class AfterExchange(StrEnum):
    """What an exchange does to the period."""

    RESTART = "restart"
    REMAINDER = "remainder"
    MAX_REMAINDER_DAYS = "max_remainder_days"
    """The remainder, or so many days from the exchange, whichever is longer."""


class RepairedPart(StrEnum):
    """What a repair under guarantee does to the period of the part that was replaced."""

    NONE = "none"
    RESTART = "restart"


class NoProofPolicy(StrEnum):
    """What a missing invoice means."""

    PROVE_OTHERWISE = "prove_otherwise"
    PRODUCTION_PLUS_DAYS = "production_plus_days"
    EXCLUDE = "exclude"
    NOT_NEEDED = "not_needed"


class TriggerKind(StrEnum):
    """What a trigger counts."""

    FAILED_REPAIRS = "failed_repairs"
    """Repairs of the same fault that did not last."""
    REPAIRS = "repairs"
    """Repairs of the same fault, whether they lasted or not."""
    REPAIR_DAYS = "repair_days"
    """Days of one repair, for one cause of the delay."""
    TOTAL_REPAIR_DAYS = "total_repair_days"
    """Days of all repairs together."""
    ACCESSORY_EXCHANGES = "accessory_exchanges"
    SAFETY_REPAIRS = "safety_repairs"
    """Repairs of a fault that makes the product dangerous."""
    PART_REPLACEMENTS = "part_replacements"
    """Replacements of the same assembly."""
    SERVICE_UNAVAILABLE = "service_unavailable"
    """Nobody repairs it any more."""


class DelayCause(StrEnum):
    """Why a repair took as long as it did."""

    NO_PARTS = "no_parts"
    REPAIRER = "repairer"
    MAKER = "maker"


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text of a pack in English and in Simplified Chinese."""

    en: str
    zh: str

    def said_in(self, language: str) -> str:
        """The text in ``language`` (``en`` or ``zh_CN``)."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class Length:
    """How long a window is: years and months by the calendar, then days."""

    years: int = 0
    months: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class Clause:
    """One cited clause: how it is quoted, what it says, where it stands, how far it was checked."""

    key: str
    cite: Bilingual
    text: Bilingual
    source: str
    verified: Verified


@dataclass(frozen=True, slots=True)
class Pause:
    """What lengthens a window: days in repair, days of waiting for parts, each counted once.

    ``floor_days`` are left at least after the hand-back.
    """

    day_rule: DayRule = DayRule.OUT_MINUS_IN
    floor_days: int = 0
    clause: str = ""
    repair: bool = True
    waiting_parts: bool = True


@dataclass(frozen=True, slots=True)
class Clock:
    """From which date a pack counts, and how."""

    start_basis: tuple[StartBasis, ...]
    start_rule: StartRule = StartRule.FIRST_KNOWN
    start_day_counted: bool = False
    roll: bool = False
    cutoff: Cutoff = Cutoff.MIDNIGHT
    pause: Pause | None = None
    counting_clause: str = ""
    roll_clause: str = ""
    cutoff_clause: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """Remedies that are there for a length of time; ``by_category`` takes the category's own length."""

    remedies: tuple[Remedy, ...]
    scope: str
    length: Length
    clause: str
    by_category: bool = False
    pause: Pause | None = None
    condition: str = ""
    usage: int | None = None
    """The window is over as well once this much was used, in the pack's ``usage_unit``."""
    covers: tuple[Covers, ...] = (Covers.PARTS, Covers.LABOUR)


@dataclass(frozen=True, slots=True)
class Trigger:
    """Remedies that open when something happened ``needs`` times or lasted ``needs`` days.

    They are open while the free repair runs, or ``within`` and ``usage`` of their own.
    """

    kind: TriggerKind
    needs: int
    remedies: tuple[Remedy, ...]
    clause: str
    payer: str = ""
    cause: DelayCause | None = None
    within: Length | None = None
    usage: int | None = None


@dataclass(frozen=True, slots=True)
class ExclusionRule:
    """What is charged although the period runs; without ``remedies`` it concerns them all (WAR-7)."""

    code: Exclusion
    clause: str
    text: Bilingual
    remedies: tuple[Remedy, ...] = ()


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of product a pack knows, with its own lengths by scope and its named main parts."""

    key: str
    lengths: Mapping[str, Length] = field(default_factory=dict)
    main_parts: tuple[str, ...] = ()
    start_basis: tuple[StartBasis, ...] = ()
    clause: str = ""
    verified: Verified | None = None
    depreciation: Decimal | None = None
    """The share of the price that a day of use costs where depreciation is charged."""


@dataclass(frozen=True, slots=True)
class RepairExtension:
    """Months added after a repair, at most ``times`` times, for contracts from ``contract_from`` on."""

    months: int
    contract_from: date
    clause: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class RepairGuarantee:
    """How long a repair itself is guaranteed from the hand-over on (WAR-9)."""

    length: Length
    clause: str


@dataclass(frozen=True, slots=True)
class Burden:
    """How long the trader has to prove that the fault was not there at the hand-over.

    ``goods`` names the categories it holds for; empty means all.
    """

    length: Length
    clause: str
    start_day_counted: bool = False
    goods: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Loaner:
    """A loaner is owed when a free repair lasts longer than ``after_days``."""

    after_days: int
    clause: str


@dataclass(frozen=True, slots=True)
class Depreciation:
    """What a refund may be reduced by: a share of the price a day, or for every 1,000 units of use.

    ``allowed`` is false where the law forbids it; ``rate`` is used where the category has none.
    """

    allowed: bool = True
    rate: Decimal | None = None
    by_usage: bool = False
    clause: str = ""


@dataclass(frozen=True, slots=True)
class NoProof:
    """What happens without an invoice; ``remedies`` limits what is left (empty: all)."""

    policy: NoProofPolicy = NoProofPolicy.PROVE_OTHERWISE
    days: int = 0
    remedies: tuple[Remedy, ...] = ()
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of one pack. Several versions share an ``id``; their validity tells them apart."""

    id: str
    version: str
    title: Bilingual
    jurisdiction: str
    layer: Layer
    clock: Clock
    windows: tuple[Window, ...]
    clauses: Mapping[str, Clause]
    triggers: tuple[Trigger, ...] = ()
    exclusions: Mapping[Exclusion, ExclusionRule] = field(default_factory=dict)
    categories: Mapping[str, Category] = field(default_factory=dict)
    after_exchange: AfterExchange = AfterExchange.REMAINDER
    exchange_days: int = 0
    exchange_clause: str = ""
    repaired_part: RepairedPart = RepairedPart.NONE
    repaired_part_clause: str = ""
    repair_extensions: tuple[RepairExtension, ...] = ()
    repair_guarantee: RepairGuarantee | None = None
    burden: Burden | None = None
    loaner: Loaner | None = None
    depreciation: Depreciation = Depreciation()
    no_proof: NoProof = NoProof()
    usage_unit: str = ""
    brands: tuple[str, ...] = ()
    """The makes a promise is for, folded; empty means all."""
    note: Bilingual | None = None
    """What the dates of this pack do not tell, said with every verdict that rests on it."""
    valid_from: date | None = None
    valid_until: date | None = None

    def accepts(self, category: str) -> bool:
        """Whether the pack speaks about this kind of product; one without categories accepts any."""
        return not self.categories or category in self.categories

    def in_force(self, on: date) -> bool:
        """Whether this version governs a contract of that day, both ends included."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_until is None or on <= self.valid_until
        )

    def rule_against(self, code: Exclusion) -> ExclusionRule | None:
        """The pack's exclusion for ``code``, else the one for misuse (WAR-7)."""
        return self.exclusions.get(code) or self.exclusions.get(Exclusion.MISUSE)


def versions_of(packs: Iterable[Policy], ids: Sequence[str]) -> tuple[Policy, ...]:
    """Every version of the named packs, in the order of ``ids``, newest version first."""
    known = tuple(packs)
    return tuple(
        pack
        for wanted in ids
        for pack in sorted(
            (pack for pack in known if pack.id == wanted),
            key=lambda pack: pack.valid_from or date.min,
            reverse=True,
        )
    )


def find_clause(packs: Iterable[Policy], clause_key: str, version: str = "") -> Clause | None:
    """The clause behind a verdict's ``clause_key`` (``pack/clause``), of that version of the pack if told."""
    pack_id, _, key = clause_key.partition("/")
    for pack in packs:
        if pack.id == pack_id and version in ("", pack.version) and key in pack.clauses:
            return pack.clauses[key]
    return None
