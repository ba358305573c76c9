"""What is known of one unit when its warranty is judged."""

from dataclasses import dataclass
from datetime import date

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
class Repair:
    """An earlier or running repair; ``failed`` when the customer came back with the same ``fault``."""

    handed_in: date
    handed_back: date | None = None
    cause: DelayCause | None = None
    fault: str = ""
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Dates, proof, causes and history of one unit; what is not known stays ``None`` and is never guessed."""

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
    exchanged: tuple[date, ...] = ()
    failed_repairs: int | None = None

    def on_basis(self, basis: StartBasis) -> date | None:
        """The date of one start basis, if it is known."""
        known = {
            StartBasis.SOLD: self.sold,
            StartBasis.INVOICED: self.invoiced,
            StartBasis.DELIVERED: self.delivered,
            StartBasis.INSTALLED: self.installed,
            StartBasis.ACCEPTED: self.accepted,
            StartBasis.PRODUCED: self.produced,
        }
        return max(self.exchanged, default=None) if basis is StartBasis.EXCHANGED else known[basis]


def exclusions_of(cause: Cause) -> tuple[Exclusion, ...]:
    """The exclusion code behind a cause of the call form, if it is one (WAR-7)."""
    return (_EXCLUDES[cause],) if cause in _EXCLUDES else ()


def refuse_impossible(facts: Facts, on: date) -> None:
    """Raises ``Refused`` naming every date that cannot be as of ``on``.

    The codes are ``date_after_today``, ``sold_after_hand_in`` and ``repair_ends_before_it_begins``.
    """
    problems = [
        Problem("date_after_today", basis.value, {"day": day})
        for basis in StartBasis
        if basis is not StartBasis.EXCHANGED and (day := facts.on_basis(basis)) is not None and day > on
    ]
    if facts.contract_date is not None and facts.contract_date > on:
        problems.append(Problem("date_after_today", "contract_date", {"day": facts.contract_date}))
    problems.extend(
        Problem(
            "repair_ends_before_it_begins",
            "repair",
            {"handed_in": repair.handed_in, "handed_back": repair.handed_back},
        )
        for repair in facts.repairs
        if repair.handed_back is not None and repair.handed_back < repair.handed_in
    )
    first_in = min((repair.handed_in for repair in facts.repairs), default=None)
    if facts.sold is not None and first_in is not None and first_in < facts.sold <= on:
        problems.append(Problem("sold_after_hand_in", "sold", {"date": facts.sold, "handed_in": first_in}))
    if problems:
        raise Refused(*problems)
