"""What the explanation of a verdict asks the services."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from aftersales_tui.domain.categories import Catalogue
from aftersales_tui.domain.errors import Refused, ShopError
from aftersales_tui.domain.overrides import Override
from aftersales_tui.domain.papers import Subject
from aftersales_tui.domain.policy import Clause
from aftersales_tui.domain.verdicts import RemedyRow, Verdict
from aftersales_tui.domain.words import Cause, Proof
from aftersales_tui.views.calls import NewCall
from aftersales_tui.views.devices import DeviceView

if TYPE_CHECKING:
    from aftersales_tui.services.shop import Shop


@dataclass(frozen=True, slots=True)
class Reasons:
    """A verdict of today with what it is about."""

    today: date
    verdict: Verdict
    device: DeviceView | None
    catalogue: Catalogue
    parts: tuple[str, ...] = ()
    """The parts the what-if may ask about, the whole unit first."""
    override: Override | None = None
    """What the owner decided beside the stored verdict."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The answer to a what-if: a verdict, or why there is none."""

    verdict: Verdict | None
    error: ShopError | None = None


def reasons(shop: Shop, new: NewCall, about: Subject | None = None) -> Reasons:
    """The verdict of a call that is being typed, or of a unit on file, as of today.

    ``about`` is the job or call whose verdict is on file.
    """
    from aftersales_tui.services import devices, overrides, warranty

    device = devices.show(shop, new.device_id) if new.device_id is not None else None
    verdict = warranty.preview(shop, new)
    decided = None
    if about is not None:
        with shop.reading() as (session, _day):
            decided = overrides.standing(session, about)
    brand = device.brand if device is not None else new.brand
    return Reasons(
        today=shop.today().today,
        verdict=verdict,
        device=device,
        catalogue=devices.catalogue(shop),
        parts=warranty.parts(shop, verdict.category, brand),
        override=decided,
    )


def what_if(shop: Shop, new: NewCall, cause: Cause | None, proof: Proof, on: date, part: str) -> Asked:
    """The verdict for a part, with another cause, proof or day of hand-in; nothing is stored."""
    from aftersales_tui.services import warranty

    asked = replace(new, cause=new.cause if cause is None else cause, proof=proof)
    try:
        return Asked(warranty.preview(shop, asked, on, part))
    except Refused as error:
        return Asked(None, error)


def clause(shop: Shop, row: RemedyRow) -> Clause | None:
    """The clause a remedy rests on, in full."""
    from aftersales_tui.services import warranty

    return warranty.clause(shop, row.policy, row.policy_version, row.clause_key)
