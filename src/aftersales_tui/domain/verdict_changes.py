"""What would be judged otherwise today: a stored verdict beside that of now, change by change (WAR-12)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from aftersales_tui.domain.verdicts import LayerRow, Verdict
from aftersales_tui.domain.words import Coverage, Layer, StartBasis


@dataclass(frozen=True, slots=True)
class CoverageChanged:
    """Another word for the whole verdict."""

    before: Coverage
    after: Coverage


@dataclass(frozen=True, slots=True)
class StartChanged:
    """The period begins on another day, or by another date; ``None``: no date was, or is, known."""

    before: date | None
    after: date | None
    basis: StartBasis | None


@dataclass(frozen=True, slots=True)
class UntilChanged:
    """The remedy the verdict is about lasts until another day."""

    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True)
class VersionChanged:
    """Another version of a pack governs."""

    policy: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class LayerAdded:
    """A law or promise that was not asked then."""

    layer: Layer
    policy: str
    version: str


@dataclass(frozen=True, slots=True)
class LayerGone:
    """A law or promise that no longer rules."""

    layer: Layer
    policy: str
    version: str


@dataclass(frozen=True, slots=True)
class LayerChanged:
    """A law or promise that fares otherwise against the others."""

    layer: Layer
    policy: str
    before: str
    after: str


Change = (
    CoverageChanged | StartChanged | UntilChanged | VersionChanged | LayerAdded | LayerGone | LayerChanged
)


def difference(stored: Verdict, now: Verdict) -> tuple[Change, ...]:
    """What is judged otherwise now, the most important first; that days have passed is no difference."""
    return tuple(_changes(stored, now))


def _changes(stored: Verdict, now: Verdict) -> Iterator[Change]:
    if stored.coverage is not now.coverage:
        yield CoverageChanged(stored.coverage, now.coverage)
    if stored.until != now.until:
        yield UntilChanged(stored.until, now.until)
    if stored.start != now.start:
        yield StartChanged(
            stored.start.date if stored.start else None,
            now.start.date if now.start else None,
            now.start.basis if now.start else None,
        )
    before, after = _by_layer(stored), _by_layer(now)
    for key, row in after.items():
        old = before.get(key)
        if old is None:
            yield LayerAdded(row.layer, row.policy, row.policy_version)
            continue
        if old.policy_version != row.policy_version and row.layer is not Layer.REPAIR_GUARANTEE:
            yield VersionChanged(row.policy, old.policy_version, row.policy_version)
        if old.result != row.result:
            yield LayerChanged(row.layer, row.policy, old.result, row.result)
    for key, row in before.items():
        if key not in after:
            yield LayerGone(row.layer, row.policy, row.policy_version)


def _by_layer(verdict: Verdict) -> dict[tuple[Layer, str], LayerRow]:
    return {(row.layer, row.policy): row for row in verdict.layers}
