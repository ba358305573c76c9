"""A policy pack: who promises which remedy, from which day, for how long, and what voids it.

A pack is data with a date (``policies/*.toml``); ``policy_reading`` checks it. What is here is
only the shape, so that ``warranty.judge`` stays free of files and of TOML.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from aftersales_tui.domain.words import Exclusion, Layer, Remedy, StartBasis

WHOLE = "whole"
MAIN_PART = "main_part"


class Verified(StrEnum):
    """How far a clause was checked against its source."""

    TEXT = "text"
    SECONDARY = "secondary"
    UNCONFIRMED = "unconfirmed"


class DayRule(StrEnum):
    """How the days of one repair are counted."""

    OUT_MINUS_IN = "out_minus_in"
    BOTH_INCLUSIVE = "both_inclusive"


class StartRule(StrEnum):
    """Which of the known dates starts the clock: the first of the list, or the latest of all."""

    FIRST_KNOWN = "first_known"
    LATEST = "latest"


class AfterExchange(StrEnum):
    """What an exchange does to the period."""

    RESTART = "restart"
    REMAINDER = "remainder"


class NoProofPolicy(StrEnum):
    """What a missing invoice means."""

    PROVE_OTHERWISE = "prove_otherwise"
    PRODUCTION_PLUS_DAYS = "production_plus_days"
    EXCLUDE = "exclude"
    NOT_NEEDED = "not_needed"


class TriggerKind(StrEnum):
    """What a trigger counts."""

    FAILED_REPAIRS = "failed_repairs"
    REPAIR_DAYS = "repair_days"


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
    """Days in repair lengthen a window; ``floor_days`` are left at least after the hand-back."""

    day_rule: DayRule = DayRule.OUT_MINUS_IN
    floor_days: int = 0
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """From which date a pack counts, and how."""

    start_basis: tuple[StartBasis, ...]
    start_rule: StartRule = StartRule.FIRST_KNOWN
    start_day_counted: bool = False
    roll: bool = False
    counting_clause: str = ""
    roll_clause: str = ""


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


@dataclass(frozen=True, slots=True)
class Trigger:
    """Remedies that open when something happened ``needs`` times (failed repairs) or days (in repair)."""

    kind: TriggerKind
    needs: int
    remedies: tuple[Remedy, ...]
    clause: str
    payer: str = ""
    cause: DelayCause | None = None


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


@dataclass(frozen=True, slots=True)
class RepairExtension:
    """Months added once when the good was repaired, for contracts from ``contract_from`` on."""

    months: int
    contract_from: date
    clause: str


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
    exchange_clause: str = ""
    repair_extension: RepairExtension | None = None
    no_proof: NoProof = NoProof()
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
