"""The hand-over: what to tell, what is still open, and then y."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.events import Key

from aftersales_tui.domain.dates import local_day
from aftersales_tui.domain.errors import ShopError
from aftersales_tui.domain.words import Proof
from aftersales_tui.domain.workflow import Step, is_possible
from aftersales_tui.i18n import C_, _, formats
from aftersales_tui.i18n.job_sentence import near_day
from aftersales_tui.i18n.labels import label
from aftersales_tui.i18n.messages import sentence
from aftersales_tui.tui.ask import ask
from aftersales_tui.tui.bench import loading
from aftersales_tui.tui.bench.loading import HandingOver
from aftersales_tui.tui.bench.next_words import done_words, number_of
from aftersales_tui.tui.dialog import DialogScreen, Offer, Offers, gap, words
from aftersales_tui.tui.widgets.key_bar import Hint, KeyBar


class HandOver(DialogScreen[bool]):
    """Asks before the device goes: ``y`` hands over, everything else does not."""

    WIDTH = 74

    def __init__(self, job_id: int) -> None:
        super().__init__(C_("title", "Hand over"))
        self._job_id = job_id
        self._facts: HandingOver | None = None
        self._busy = False

    def compose_box(self) -> ComposeResult:
        no = Offer("", C_("key", "no") + "  (Esc)", "no")
        if self._facts is None:
            yield words(_("loading"))
            yield Offers([no])
            return
        yield words("\n".join(self._lines(self._facts)))
        yield gap()
        yes = _("hand over; we call on {day} to ask how it does").format(
            day=formats.day_weekday_short(self._facts.follow_up_on)
        )
        yield Offers([Offer("y", yes, "yes"), no], marked=1)

    def hints(self) -> Sequence[Hint]:
        return [Hint("y", C_("key", "hand over")), Hint("Esc", C_("key", "no"))]

    def on_mount(self) -> None:
        self.set_focus(self.query_one(Offers))
        self.run_worker(self._load(), group="read:hand_over")

    async def _load(self) -> None:
        try:
            facts = await ask(loading.hand_over_facts, self.shop_app.shop, self._job_id)
        except ShopError as error:
            self.shop_app.show_error(error)
            self.dismiss(False)
            return
        problem = is_possible(facts.job.state, Step.HAND_OVER)
        if problem is not None:
            self.shop_app.toast(_("Not now: {reason}").format(reason=sentence(problem)))
            self.dismiss(False)
            return
        self._facts = facts
        self.box_title = _("Hand over {number}").format(number=number_of(facts.job))
        await self.recompose()
        self.set_focus(self.query_one(Offers))
        self.query_one(KeyBar).show(self.hints())

    def _lines(self, facts: HandingOver) -> list[str]:
        """What is said at the counter, the open questions first."""
        job = facts.job
        app = self.shop_app
        assert app.shop is not None
        zone = app.shop.zone  # type: ignore[attr-defined]
        today = local_day(app.shop.now(), zone)
        lines = [
            C_("hand over", "{name} · {product}").format(name=job.customer_name or "–", product=job.product)
        ]
        if job.outcome is not None:
            outcome = label(job.outcome)
            done = " ".join(job.action.split())
            lines.append(
                C_("hand over", "{outcome}: {action}").format(outcome=outcome, action=done)
                if done
                else outcome
            )
        lines.append("")
        if job.informed_at is None:
            lines.append(_("The customer was not told yet that it is ready."))
        else:
            lines.append(
                _("The customer was told {day}.").format(
                    day=near_day(local_day(job.informed_at, zone), today)
                )
            )
        if job.shelf:
            lines.append(_("It lies on shelf {shelf}.").format(shelf=job.shelf))
        if job.intake:
            lines.append(_("Came in with: {intake}").format(intake=" ".join(job.intake.split())))
        if job.verdict is not None and job.verdict.proof is not Proof.SEEN:
            lines.append(_("The invoice was not seen: look at it now."))
        if job.advice:
            lines += ["", _("Tell: {advice}").format(advice=" ".join(job.advice.split()))]
        return lines

    def on_offers_taken(self, event: Offers.Taken) -> None:
        event.stop()
        if event.value != "yes" or self._facts is None:
            self.dismiss(False)
        elif not self._busy:
            self._busy = True
            self.app.run_worker(self._hand_over(self._facts), group="do")

    def on_key(self, event: Key) -> None:
        if event.character == "y" and self._facts is not None and not self._busy:
            event.stop()
            self._busy = True
            self.app.run_worker(self._hand_over(self._facts), group="do")

    async def _hand_over(self, facts: HandingOver) -> None:
        app = self.shop_app
        person, shop = app.person, app.shop
        if person is None or shop is None:
            return
        try:
            job = await ask(loading.hand_over, shop, facts.job.id, "", person.id)
        except ShopError as error:
            app.show_error(error)
            self.dismiss(False)
            return
        app.toast(done_words(job, shop.now(), shop.zone, person.name))  # type: ignore[attr-defined]
        app.changed_by_us()
        self.dismiss(True)
