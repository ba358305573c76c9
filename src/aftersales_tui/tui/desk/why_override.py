"""The owner's decision beside a verdict, asked on the screen that explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aftersales_tui.domain.overrides import OVERRIDES, Override
from aftersales_tui.domain.papers import Subject
from aftersales_tui.domain.verdicts import Verdict
from aftersales_tui.i18n import C_, _
from aftersales_tui.i18n.labels import label
from aftersales_tui.i18n.verdict_words import coverage_word, headline
from aftersales_tui.tui.modals.reason import ReasonDialog, Written
from aftersales_tui.tui.widgets.choice import Answer

if TYPE_CHECKING:
    from aftersales_tui.services.shop import Shop
    from aftersales_tui.tui.screens_base import FrameScreen

WITHDRAW = "withdraw"


def why_not(about: Subject | None, verdict: Verdict | None) -> str:
    """Why nothing can be decided here; empty when it can."""
    if about is None or verdict is None:
        return _("only the verdict of a job or a call on file can be overridden")
    return ""


def dialog(verdict: Verdict, stands: Override | None) -> ReasonDialog:
    """What is decided, and why; a decision that stands may be withdrawn."""
    answers = [Answer(one, label(one, short=True)) for one in OVERRIDES if one is not verdict.coverage]
    if stands is not None:
        answers.append(Answer(WITHDRAW, C_("override", "withdraw it")))
    chosen = answers[0].value if stands is None else WITHDRAW
    return ReasonDialog(
        C_("title", "Override the verdict"),
        C_("field", "Reason"),
        choice_label=C_("field", "Decided"),
        answers=answers,
        chosen=chosen,
        required=True,
        intro=_(
            "The machine says {coverage}: {sentence}. That stays and can be read; lists, bills and the month "
            "follow what you decide."
        ).format(coverage=coverage_word(verdict.coverage), sentence=headline(verdict).rstrip(".。")),
    )


async def decide(screen: FrameScreen[Any], about: Subject, verdict: Verdict, stands: Override | None) -> bool:
    """Asks and keeps the decision; false when nothing was decided."""
    written: Written | None = await screen.app.push_screen_wait(dialog(verdict, stands))
    person = screen.shop_app.person
    if written is None or person is None:
        return False
    await screen.write(keep, screen.shop, about, written.choice, written.text, person.id)
    screen.shop_app.toast(_("The decision is kept beside the machine's verdict."))
    return True


def keep(shop: Shop, about: Subject, choice: str, reason: str, by: int) -> None:
    """Keeps what was decided, or withdraws what stands."""
    from aftersales_tui.services import overrides

    if choice == WITHDRAW:
        overrides.withdraw(shop, about, reason, by)
    else:
        overrides.override(shop, about, choice, reason, by)
