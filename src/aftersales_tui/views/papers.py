"""What is read for a printed form, before it becomes sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from aftersales_tui.domain.papers import Form

if TYPE_CHECKING:
    from aftersales_tui.domain.categories import Catalogue
    from aftersales_tui.domain.overrides import Override
    from aftersales_tui.domain.policy import Bilingual, Clause
    from aftersales_tui.domain.verdicts import Verdict
    from aftersales_tui.views.calls import CallView
    from aftersales_tui.views.devices import DeviceView
    from aftersales_tui.views.jobs import JobView


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Who prints, and when; ``printed_at`` is shop-local."""

    name: str
    address: str
    phone: str
    printed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimCheckFacts:
    """A device that stays in the shop; ``taken_in_at`` is shop-local."""

    shop: Letterhead
    job: JobView
    phone: str
    """Masked: only its last digits can be read."""
    taken_in_at: datetime | None
    catalogue: Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A clause a verdict rests on; ``clause`` is ``None`` when its pack is no longer installed."""

    cite: Bilingual
    policy: str
    policy_version: str
    clause: Clause | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageFacts:
    """A verdict and what it is about: the record it was judged for, or a unit judged today."""

    shop: Letterhead
    about: JobView | CallView | DeviceView
    verdict: Verdict
    override: Override | None
    now: Verdict | None
    """What it would be judged today, when that can be judged; ``None`` for a verdict of today."""
    today: date
    catalogue: Catalogue
    citations: tuple[Cited, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A printed form as it leaves: the whole page, and the name its file has by itself."""

    form: Form
    number: str
    """Of the record, as it is read out; empty for a unit."""
    file_name: str
    html: str
