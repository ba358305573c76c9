"""The call form: one screen in the order of the conversation, the warranty verdict beside it."""

from collections.abc import Awaitable, Mapping, Sequence
from typing import Any, cast

from textual.app import ComposeResult
from textual.widgets import Static

from aftersales_tui.domain.completeness import missing
from aftersales_tui.domain.errors import Problem, Refused, ShopError
from aftersales_tui.domain.words import CallKind, RecordKind
from aftersales_tui.drafts import Draft
from aftersales_tui.i18n import C_, _, formats
from aftersales_tui.tui.desk import call_fields, call_known, call_loading
from aftersales_tui.tui.desk.call_judging import LINE_OF, CallJudging
from aftersales_tui.tui.desk.call_saved import job_saved, saved_words
from aftersales_tui.tui.messages import RecordSaved
from aftersales_tui.tui.modals.conflict import Decision
from aftersales_tui.tui.safe_text import plain
from aftersales_tui.tui.widgets.field import Field
from aftersales_tui.tui.widgets.fields import DateField
from aftersales_tui.views.calls import CallLogged, OpenJob
from aftersales_tui.views.customers import CustomerCard
from aftersales_tui.views.devices import DeviceView

_AT_FIELD = {
    "brand": "product", "model": "product", "sold": "date", "delivered": "date", "installed": "date",
    "produced": "date", "invoiced": "date", "accepted": "date", "repair": "date", "phones": "phone",
    "call_back_at": "call_back",
}  # fmt: skip
"""Fields of the services by the field of the form that shows them."""


class CallForm(CallJudging):
    """Log a call while the caller speaks; the last section opens a job, advises, or keeps the call open."""

    CSS_PATH = "call_form.tcss"
    AREA = "desk"
    DRAFT = "call"
    FINAL = "now"
    ACTIONS = (
        "form.on", "app.save", "app.why", "app.menu", "app.back", "form.next", "desk.open_job", "desk.advise",
        "desk.keep_open", "desk.new_call",
    )  # fmt: skip

    def __init__(
        self,
        *,
        customer_id: int | None = None,
        device_id: int | None = None,
        name: str = "",
        draft: str = "",
    ) -> None:
        """``name`` is a scrap that was looked up in vain; ``draft`` the id of a draft to go on with."""
        super().__init__(draft)
        self._carried = (customer_id, device_id)
        self._scrap = name

    def path(self) -> tuple[str, ...]:
        return (C_("area", "Desk"), C_("title", "New call"))

    def help_words(self) -> str:
        return _(
            "Type whatever the caller gives first: phone, name, serial, number. Enter goes to the next "
            "field that needs you; the verdict beside the form follows every key. Nothing typed is lost: "
            "the form keeps itself as a draft, and a second call may come before this one is finished."
        )

    def compose_above(self) -> ComposeResult:
        yield Static("", id="strip", markup=False)

    def compose_form(self) -> ComposeResult:
        yield from call_fields.rows(self.read_date, self.read_promise, self.read_call_back)

    # Opening

    def on_mount(self) -> None:
        self.show_now_lines()
        self.mark_likely_line()
        self.read_again()

    def read_again(self) -> None:
        """Asks what the shop proposes, once it is open; what another seat changes leaves the form alone."""
        if self.shop is None or self.proposal is not None:
            return
        self.read("proposal", call_loading.proposal, self.shop, then=self._proposed)
        if self._carried != (None, None):
            self.opens_with("caller", self._load_carried, then=self._carry)
        elif self._scrap:
            self.take_scrap(self._scrap)
            self.go_on(self.field("phone"))
        self.look_up_what_was_typed()

    def _load_carried(self) -> tuple[CustomerCard | None, DeviceView | None]:
        customer_id, device_id = self._carried
        device = call_loading.unit(self.shop, device_id) if device_id is not None else None
        owner = customer_id if customer_id is not None else device.customer_id if device else None
        return (call_loading.card(self.shop, owner) if owner is not None else None), device

    def _carry(self, found: tuple[CustomerCard | None, DeviceView | None]) -> None:
        card, device = found
        if card is not None:
            self.take_caller(card, device.id if device else None)
        elif device is not None:
            self.take_unit(device)
        self.go_on(self.field("phone"))

    def _proposed(self, proposal: call_loading.Proposal) -> None:
        self.proposal = proposal
        promise = cast(DateField, self.field("promised_for"))
        promise.placeholder = formats.day_short(proposal.promised_for)
        self.show_now_lines()
        self.show_catalogue()
        self.judge_soon()

    # Going from field to field

    def needs_you(self, field: Field) -> bool:
        if field.id in ("name", "address"):
            return self.card is None and field.is_empty
        if field.id == "device":
            return self.card is not None and bool(self.card.devices) and not self.device_is_sure
        if field.id in ("product", "category", "serial", "date"):
            return self.device is None and field.is_empty
        if field.id == "proof":
            return self.device is None and "proof" not in self.by_hand
        if field.id == "as_before":
            return field.answer == "not_asked" and "as_before" not in self.by_hand
        return field.id == "fault"

    def missing(self) -> Sequence[str]:
        date_known = self.day_in("date") is not None or (
            self.device is not None and call_known.date_on_file(self.device, self.basis)[1] is not None
        )
        asked = missing(call_known.facts(self.answers(), date_known=date_known))
        return [self.label_of(self.field(name)) for name in asked]

    def entered(self, field: Field) -> bool:
        if self.waits_for_caller:
            self.enters_waiting += 1
            return False
        if field.id == "serial" and self.device is None and not field.is_empty:
            self.look_for_serial(field.answer)
        return True

    def now_words(self, field: Field) -> tuple[str, str]:
        earlier = self.earlier
        words = call_fields.about(
            field.id or "",
            earlier.number if earlier else "",
            formats.day_short(earlier.day) if earlier else "",
        )
        if field.id in ("date", "promised_for") and (day := self.day_in(field.id)) is not None:
            words = C_("now line", "{label}: {date}. Enter goes on.").format(
                label=self.label_of(field), date=formats.day_weekday(day)
            )
        return (words, "") if words else super().now_words(field)

    # What follows from what

    def changed(self, field: Field) -> None:
        if isinstance(field, DateField):
            if field.problem is None:
                self.say_problem(field, "")
            if field is self.current_field:
                self.say_now(*self.now_words(field))
        if field.id in ("kind", "channel", "promised_for", "call_back", "phone", "name"):
            self.mark_likely_line()
            self.show_now_lines()
        if field.id == "now":
            self.show_promise_or_call_back()
        self.judge_soon()

    # Saving

    async def do_desk_open_job(self) -> None:
        await self._save_as("desk.open_job")

    async def do_desk_advise(self) -> None:
        await self._save_as("desk.advise")

    async def do_desk_keep_open(self) -> None:
        await self._save_as("desk.keep_open")

    async def _save_as(self, action_id: str) -> None:
        self.by_hand.add("now")
        self.field("now").set_answer(LINE_OF[action_id])
        self.show_promise_or_call_back()
        await self.do_app_save()

    async def save(self) -> None:
        self.refuse_unread_dates()
        how, new = self.field("now").answer, self.call_as_typed()
        if how == call_fields.ADVISE and new.kind is CallKind.PROGRESS:
            how = "answer"
        shown, changes = call_known.corrections(self.answers(), self.card)
        job = OpenJob(promised_for=self.day_in("promised_for"))
        person = self.shop_app.person.id if self.shop_app.person else 0
        logged = await self.write(self._save_all, how, new, job, person, shown, changes)
        await self.drop_draft()
        self._tell(logged)
        self.dismiss()

    def _save_all(self, *given: Any) -> CallLogged:
        """In a worker thread; the draft goes with the save even when the form is left meanwhile."""
        logged = call_loading.save(self.shop, *given)
        if self._open_draft is not None:
            self._open_draft.drop()
        return logged

    def _tell(self, logged: CallLogged) -> None:
        words, warned = saved_words(logged, self.shop.zone, self.shop.now().date())
        self.shop_app.toast(words)
        for warning in warned:
            self.shop_app.toast(warning, wrong=True)
        stack = self.app.screen_stack
        if len(stack) > 1:
            saved = RecordSaved(RecordKind.CALL.value, logged.call.id)
            if logged.job is not None:
                saved = job_saved(logged.job)
            stack[-2].post_message(saved)

    def show_error(self, error: ShopError) -> None:
        if isinstance(error, Refused):
            places = [_AT_FIELD.get(p.field.removesuffix("_on"), p.field) for p in error.problems]
            error = Refused(
                *(Problem(p.code, at, p.values) for p, at in zip(error.problems, places, strict=True))
            )
        super().show_error(error)

    def merged(self, decision: Decision) -> None:
        self.read("caller", self._load_card_again, then=lambda card: self._merge(card, decision))

    def _load_card_again(self) -> CustomerCard | None:
        return call_loading.card(self.shop, self.card.customer.id) if self.card else None

    def _merge(self, card: CustomerCard | None, decision: Decision) -> None:
        """The file as it is now, with what was decided on top; saving it is the next step."""
        self.card = card or self.card
        self.fill({name: str(value) for name, value in decision.answers.items()})
        self.show_state()

    # Elsewhere

    def why_not(self, action_id: str) -> str:
        if action_id == "app.why" and self.verdict is None:
            return _("nothing is judged yet")
        return super().why_not(action_id)

    def do_app_why(self) -> Awaitable[object]:
        title = " ".join(part for part in (self.field("product").answer, self.field("serial").answer) if part)
        return self.open_screen(
            "why", new_call=self.call_as_typed(), title=plain(title), came_from=self.path()
        )

    async def do_desk_new_call(self) -> None:
        await self.flush_draft()
        await self.open_screen("call_form")

    # Drafts

    def draft_title(self) -> str:
        answers = self.answers()
        who = answers["name"] or answers["phone"]
        what = C_("list", ": ").join(part for part in (answers["product"], answers["fault"]) if part)
        return "  ".join(part for part in (who, " ".join(what.split())) if part)[:200]

    def draft_context(self) -> Mapping[str, Any]:
        current = self.current_field
        return {
            "customer_id": self.card.customer.id if self.card else None,
            "device_id": self.device.id if self.device else None,
            "by_hand": sorted(self.by_hand),
            "focus": current.id if current else "phone",
        }

    def restore(self, draft: Draft) -> None:
        self.read("caller", self._load_known, draft, then=lambda known: self._go_on_with(draft, *known))

    def _load_known(self, draft: Draft) -> tuple[CustomerCard | None, DeviceView | None]:
        """The caller and the device of a draft as they are on file now, if they still are."""
        customer_id, device_id = draft.context.get("customer_id"), draft.context.get("device_id")
        card: CustomerCard | None = None
        device: DeviceView | None = None
        try:
            card = call_loading.card(self.shop, int(customer_id)) if customer_id else None
            device = call_loading.unit(self.shop, int(device_id)) if device_id else None
        except (ShopError, ValueError, TypeError):
            pass
        return card, device

    def _go_on_with(self, draft: Draft, card: CustomerCard | None, device: DeviceView | None) -> None:
        if card is not None:
            self.take_caller(card, device.id if device else None)
            if device is None:
                self.field("device").set_answer(call_fields.OTHER_DEVICE)
                self.take_device(None)
        elif device is not None:
            self.take_unit(device)
        self.by_hand = {str(name) for name in draft.context.get("by_hand", [])}
        self.fill(draft.answers)
        self.show_promise_or_call_back()
        self.show_now_lines()
        focus = draft.context.get("focus")
        for field in self.fields:
            if field.id == focus:
                self.set_focus(field.focus_target)
        self.show_state()
        self.judge_soon()
