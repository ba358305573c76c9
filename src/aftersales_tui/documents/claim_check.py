"""The claim check: what a customer holds while the device is in the shop, and the shelf's counterfoil."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aftersales_tui.documents.parts import Head, Pair, head, known
from aftersales_tui.documents.rendering import qr
from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.papers import Form
from aftersales_tui.domain.text import cut
from aftersales_tui.i18n import C_, _, formats, language
from aftersales_tui.i18n.override_words import override_sentence
from aftersales_tui.i18n.paper_words import form_name, information_only, terms, verdict_sentence
from aftersales_tui.views.papers import ClaimCheckFacts

if TYPE_CHECKING:
    from markupsafe import Markup

_SHELF_CELLS = 120
"""What the counterfoil shows of a text; the whole of it stands above."""


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """The claim check in finished words."""

    head: Head
    qr: Markup
    facts: tuple[Pair, ...]
    fault_title: str
    fault: tuple[Pair, ...]
    warranty: Pair | None
    disclaimer: str
    terms_title: str
    terms: tuple[tuple[str, str], ...]
    signatures: tuple[str, ...]
    cut_here: str
    counterfoil_title: str
    counterfoil: tuple[Pair, ...]


def view(facts: ClaimCheckFacts) -> ClaimCheck:
    """The claim check of a job in the language in use."""
    job = facts.job
    number = show_number(NumberKind.JOB, job.number)
    taken = formats.day_clock(facts.taken_in_at) if facts.taken_in_at else ""
    promised = formats.day_weekday(job.promised_for) if job.promised_for else ""
    who = known(
        Pair(C_("title", "Customer"), job.customer_name, strong=True), (C_("field", "Phone"), facts.phone)
    )
    unit = known(
        Pair(
            C_("field", "Device"), job.product or facts.catalogue.label(job.category, language()), strong=True
        ),
        (C_("field", "Serial"), job.serial),
    )
    when = known(
        (C_("paper", "Taken in"), taken), Pair(C_("paper", "Promised for"), promised, strong=True)
    )  # fmt: skip
    return ClaimCheck(
        head=head(facts.shop, form_name(Form.CLAIM_CHECK), number),
        qr=qr(f"/{number}"),
        facts=(*who, *unit, *when),
        fault_title=C_("paper", "What was handed in"),
        fault=known(
            (C_("paper", "Fault as told"), job.fault),
            (C_("paper", "Condition and accessories"), job.intake),
        ),
        warranty=_warranty(facts),
        disclaimer=information_only(),
        terms_title=C_("paper", "Our terms"),
        terms=terms(),
        signatures=(C_("paper", "Customer's signature"), C_("paper", "For the shop")),
        cut_here=C_("paper", "cut here"),
        counterfoil_title=_("Counterfoil for the shelf"),
        counterfoil=_short(
            (
                *who,
                *unit,
                *known((C_("field", "Fault"), job.fault), (C_("field", "Intake"), job.intake)),
                *when,
                *known((C_("field", "Shelf"), job.shelf)),
            )
        ),
    )


def _warranty(facts: ClaimCheckFacts) -> Pair | None:
    """The verdict; what the owner decided beside it stands first."""
    job, zone = facts.job, facts.shop.printed_at.tzinfo
    if job.verdict is None:
        return None
    said = verdict_sentence(job.verdict)
    if job.override is not None and zone is not None:
        said = C_("paper", "{override}. Machine: {sentence}").format(
            override=override_sentence(job.override, zone).rstrip(".。"), sentence=said
        )
    return Pair(C_("paper", "Warranty"), said)


def _short(pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
    return tuple(
        Pair(pair.label, cut(" ".join(pair.text.split()), _SHELF_CELLS), pair.strong) for pair in pairs
    )
