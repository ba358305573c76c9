"""A verdict: what the judge found, with its dates, clauses and reasons, and its stored form.

Reasons are codes with values; ``i18n.verdict_words`` makes the sentences. ``to_json`` and
``from_json`` keep a verdict exactly as it was judged, so that an old job never changes its mind.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from aftersales_tui.domain.policy import Bilingual, Verified
from aftersales_tui.domain.words import Coverage, Exclusion, Layer, Proof, Remedy, StartBasis

Value = str | int | bool | date | tuple[str, ...]
Json = dict[str, Any]

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, step, question or warning: ``code`` names the sentence, ``values`` fill it."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)


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
    payer: str = ""


@dataclass(frozen=True, slots=True)
class ExcludedRow:
    """A cause that is charged; a paid repair is always offered (WAR-8)."""

    code: Exclusion
    clause: str
    clause_key: str
    effect: str = "paid_repair"


@dataclass(frozen=True, slots=True)
class LayerRow:
    """How one pack fared: ``wins``, ``loses``, ``over``, ``unknown`` (no date) or ``not_in_force``."""

    layer: Layer
    policy: str
    policy_version: str
    title: Bilingual
    result: str
    until: date | None


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
        """The verdict as plain JSON values; dates are ISO days."""
        return {
            "as_of": self.as_of.isoformat(),
            "coverage": self.coverage.value,
            "category": self.category,
            "scope": self.scope,
            "proof": self.proof.value,
            "start": {"date": self.start.date.isoformat(), "basis": self.start.basis.value}
            if self.start
            else None,
            "headline": _row(self.headline) if self.headline else None,
            "remedies": [_row(row) for row in self.remedies],
            "best": [remedy.value for remedy in self.best],
            "triggers": [
                {
                    "trigger": row.trigger,
                    "met": row.met,
                    "have": row.have,
                    "needs": row.needs,
                    "remedies": [remedy.value for remedy in row.remedies],
                    "clause": row.clause,
                    "clause_key": row.clause_key,
                    "verified": row.verified.value,
                    "payer": row.payer or None,
                }
                for row in self.triggers
            ],
            "exclusions": [_excluded(row) for row in self.excluded],
            "would_exclude": [code.value for code in self.would_exclude],
            "reckoning": [_reason(reason) for reason in self.reckoning],
            "missing": [_reason(reason) for reason in self.missing],
            "warnings": [_reason(reason) for reason in self.warnings],
            "layers": [
                {
                    "layer": row.layer.value,
                    "policy": row.policy,
                    "policy_version": row.policy_version,
                    "title": {"en": row.title.en, "zh": row.title.zh},
                    "result": row.result,
                    "until": row.until.isoformat() if row.until else None,
                }
                for row in self.layers
            ],
            "cites": {key: {"en": cite.en, "zh": cite.zh} for key, cite in self.cites.items()},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Verdict":
        """The verdict that ``to_json`` wrote. Raises KeyError or ValueError for anything else."""
        start = data["start"]
        return cls(
            as_of=date.fromisoformat(data["as_of"]),
            coverage=Coverage(data["coverage"]),
            category=data["category"],
            scope=data["scope"],
            proof=Proof(data["proof"]),
            start=Start(date.fromisoformat(start["date"]), StartBasis(start["basis"])) if start else None,
            headline=_read_row(data["headline"]) if data["headline"] else None,
            remedies=tuple(_read_row(row) for row in data["remedies"]),
            best=tuple(Remedy(word) for word in data["best"]),
            triggers=tuple(
                TriggerRow(
                    row["trigger"],
                    row["met"],
                    row["have"],
                    row["needs"],
                    tuple(Remedy(word) for word in row["remedies"]),
                    row["clause"],
                    row["clause_key"],
                    Verified(row["verified"]),
                    row["payer"] or "",
                )
                for row in data["triggers"]
            ),
            excluded=tuple(_read_excluded(row) for row in data["exclusions"]),
            would_exclude=tuple(Exclusion(code) for code in data["would_exclude"]),
            reckoning=tuple(_read_reason(row) for row in data["reckoning"]),
            missing=tuple(_read_reason(row) for row in data["missing"]),
            warnings=tuple(_read_reason(row) for row in data["warnings"]),
            layers=tuple(
                LayerRow(
                    Layer(row["layer"]),
                    row["policy"],
                    row["policy_version"],
                    Bilingual(**row["title"]),
                    row["result"],
                    date.fromisoformat(row["until"]) if row["until"] else None,
                )
                for row in data["layers"]
            ),
            cites={key: Bilingual(**cite) for key, cite in data["cites"].items()},
        )


def _row(row: RemedyRow) -> Json:
    return {
        "remedy": row.remedy.value,
        "available": row.available,
        "scope": row.scope,
        "nominal_end": row.nominal_end.isoformat(),
        "effective_end": row.effective_end.isoformat(),
        "days_left": row.days_left,
        "layer": row.layer.value,
        "policy": row.policy,
        "policy_version": row.policy_version,
        "clause": row.clause,
        "clause_key": row.clause_key,
        "verified": row.verified.value,
        "why": row.why,
        "official": row.official,
    }


def _read_row(row: Mapping[str, Any]) -> RemedyRow:
    return RemedyRow(
        remedy=Remedy(row["remedy"]),
        available=row["available"],
        scope=row["scope"],
        nominal_end=date.fromisoformat(row["nominal_end"]),
        effective_end=date.fromisoformat(row["effective_end"]),
        days_left=row["days_left"],
        layer=Layer(row["layer"]),
        policy=row["policy"],
        policy_version=row["policy_version"],
        clause=row["clause"],
        clause_key=row["clause_key"],
        verified=Verified(row["verified"]),
        why=row["why"],
        official=row["official"],
    )


def _excluded(row: ExcludedRow) -> Json:
    return {"code": row.code.value, "clause": row.clause, "clause_key": row.clause_key, "effect": row.effect}


def _read_excluded(row: Mapping[str, Any]) -> ExcludedRow:
    return ExcludedRow(Exclusion(row["code"]), row["clause"], row["clause_key"], row["effect"])


def _reason(reason: Reason) -> Json:
    values = {
        key: value.isoformat()
        if isinstance(value, date)
        else list(value)
        if isinstance(value, tuple)
        else value
        for key, value in reason.values.items()
    }
    return {"code": reason.code, "values": values}


def _read_reason(row: Mapping[str, Any]) -> Reason:
    return Reason(row["code"], {key: _read_value(value) for key, value in row["values"].items()})


def _read_value(value: object) -> Value:
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        return date.fromisoformat(value)
    return cast(Value, value)
