"""What is known of one unit when its warranty is judged."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

from aftersales_tui.domain.errors import Problem, Refused
from aftersales_tui.domain.policy import WHOLE, DelayCause
from aftersales_tui.domain.words import Cause, Exclusion, Proof, StartBasis

_EXCLUDES = {
    Cause.MISUSE: Exclusion.MISUSE,
    Cause.LIQUID: Exclusion.LIQUID,
    Cause.DROPPED: Exclusion.HUMAN_DAMAGE,
    Cause.OPENED: Exclusion.UNAUTHORISED_REPAIR,
    Cause.POWER: Exclusion.POWER,
    Cause.WEAR: Exclusion.WEAR,
}


@dataclass(frozen=True, slots=True)
class Stay:
    """A time without the product, in repair or waiting for a part; ``handed_back`` is open while it lasts.

    The times of day matter only where a law counts in hours.
    """

    handed_in: date
    handed_back: date | None = None
    in_at: time = field(default=time(), kw_only=True)
    out_at: time = field(default=time(), kw_only=True)

    def begins(self) -> datetime:
        """The moment of the hand-in on the shop's clock."""
        return datetime.combine(self.handed_in, self.in_at)

    def ends(self, on: date) -> datetime:
        """The moment of the hand-back; an open stay, or one that lasts longer, is counted up to ``on``."""
        if self.handed_back is None or self.handed_back > on:
            return datetime.combine(on, time())
        return datetime.combine(self.handed_back, self.out_at)


@dataclass(frozen=True, slots=True)
class Repair(Stay):
    """An earlier or running repair; ``failed`` when the customer came back with the same ``fault``.

    ``cause`` is why it took as long as it did, ``part`` the assembly that was replaced, ``safety``
    whether the fault made the product dangerous.
    """

    cause: DelayCause | None = None
    fault: str = ""
    failed: bool = False
    part: str = ""
    safety: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Dates, proof, causes and history of one unit; what is not known stays ``None`` and is never guessed.

    ``waits`` are times of waiting for parts outside a repair. ``usage`` is in the unit of the pack
    (km, hours, cycles). ``price`` is what was paid; ``depreciation`` asks for a refund that is reduced
    by it. ``after_hours`` says that the claim came after the shop had closed.
    """

    category: str
    scope: str = WHOLE
    sold: date | None = None
    invoiced: date | None = None
    delivered: date | None = None
    installed: date | None = None
    accepted: date | None = None
    produced: date | None = None
    contract_date: date | None = None
    proof: Proof = Proof.TOLD
    causes: tuple[Exclusion, ...] = ()
    repairs: tuple[Repair, ...] = ()
    waits: tuple[Stay, ...] = ()
    exchanged: tuple[date, ...] = ()
    failed_repairs: int | None = None
    accessory_exchanges: int = 0
    service_unavailable: bool = False
    usage: int | None = None
    price: Decimal | None = None
    depreciation: bool = False
    after_hours: bool = False

    def on_basis(self, basis: StartBasis) -> date | None:
        """The date of one start basis, if it is known."""
        if basis is StartBasis.EXCHANGED:
            return max(self.exchanged, default=None)
        known: date | None = getattr(self, basis.value)
        return known


def exclusions_of(cause: Cause) -> tuple[Exclusion, ...]:
    """The exclusion code behind a cause of the call form, if it is one (WAR-7)."""
    return (_EXCLUDES[cause],) if cause in _EXCLUDES else ()


_DATED = tuple(basis for basis in StartBasis if basis is not StartBasis.EXCHANGED)


def refuse_impossible(facts: Facts, on: date) -> None:
    """Raises ``Refused`` naming every date and number that cannot be as of ``on``.

    The codes are ``date_after_today``, ``sold_after_hand_in``, ``repair_ends_before_it_begins`` and
    ``price_negative``.
    """
    problems = [
        Problem("date_after_today", basis.value, {"day": day})
        for basis in _DATED
        if (day := facts.on_basis(basis)) is not None and day > on
    ]
    if facts.contract_date is not None and facts.contract_date > on:
        problems.append(Problem("date_after_today", "contract_date", {"day": facts.contract_date}))
    problems.extend(
        Problem(
            "repair_ends_before_it_begins",
            "repair",
            {"handed_in": stay.handed_in, "handed_back": stay.handed_back},
        )
        for stay in (*facts.repairs, *facts.waits)
        if stay.handed_back is not None and stay.handed_back < stay.handed_in
    )
    first_in = min((repair.handed_in for repair in facts.repairs), default=None)
    if facts.sold is not None and first_in is not None and first_in < facts.sold <= on:
        problems.append(Problem("sold_after_hand_in", "sold", {"date": facts.sold, "handed_in": first_in}))
    if facts.price is not None and not (facts.price.is_finite() and facts.price >= 0):
        problems.append(Problem("price_negative", "price", {"price": str(facts.price)}))
    if problems:
        raise Refused(*problems)
