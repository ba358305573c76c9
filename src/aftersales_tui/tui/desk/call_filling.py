"""How the call form fills itself: a caller brings devices, a device its dates, a product its category."""

from collections.abc import Sequence
from datetime import date
from typing import cast

from aftersales_tui.domain.categories import Catalogue
from aftersales_tui.domain.errors import refuse
from aftersales_tui.domain.text import squeeze
from aftersales_tui.domain.verdicts import Verdict
from aftersales_tui.domain.words import AsBefore, CallKind, Proof, StartBasis
from aftersales_tui.i18n import _
from aftersales_tui.tui.desk import call_fields, call_known, call_loading
from aftersales_tui.tui.desk.call_loading import Caller, Proposal
from aftersales_tui.tui.desk.product_fields import ProductFields
from aftersales_tui.tui.widgets.choice import Choice
from aftersales_tui.tui.widgets.field import Field
from aftersales_tui.tui.widgets.fields import PickList
from aftersales_tui.tui.widgets.scrap import Match, ScrapField
from aftersales_tui.views.customers import CustomerCard
from aftersales_tui.views.devices import DeviceView

_OF_DEVICE = ("product", "category", "serial", "date", "basis", "proof")
"""The fields that a device fills."""
_SERIAL_LENGTH = 6


class CallFilling(ProductFields[None]):
    """The half of the call form that knows who is calling and about which unit."""

    def __init__(self, draft: str = "") -> None:
        super().__init__(draft)
        self.proposal: Proposal | None = None
        self.card: CustomerCard | None = None
        self.device: DeviceView | None = None
        self.earlier: call_known.Earlier | None = None
        self.verdict: Verdict | None = None
        self.by_hand: set[str] = set()
        """Fields somebody filled or answered; they are not filled over."""
        self.device_is_sure = False
        """The scrap was the serial of the unit itself: nobody has to pick it."""
        self.waits_for_caller = False
        self.enters_waiting = 0
        self._typed_early: ScrapField.Typed | None = None

    @property
    def catalogue(self) -> Catalogue | None:
        return self.proposal.catalogue if self.proposal else None

    @property
    def today(self) -> date:
        """The shop's day; no date is read before the shop is open."""
        if self.proposal is None:
            raise refuse("date_not_read", "date", text="")
        return self.proposal.today

    @property
    def basis(self) -> StartBasis:
        """What the date in the form is the day of."""
        answer = self.field("basis").answer
        return StartBasis(answer) if answer else StartBasis.SOLD

    @property
    def waits_for_answer(self) -> bool:
        return self.waits_for_caller or super().waits_for_answer

    def stop_waiting_for_answer(self) -> None:
        self.waits_for_caller = False
        super().stop_waiting_for_answer()

    # The first field: any scrap

    def on_scrap_field_typed(self, event: ScrapField.Typed) -> None:
        event.stop()
        name = event.field.id
        if self.shop is None:
            self._typed_early = event
        elif name == "phone":
            self.read("matches", call_loading.callers, self.shop, event.text,
                      then=lambda found: self._offer_callers(event, found))  # fmt: skip
        else:
            self.offer_for(event)

    def look_up_what_was_typed(self) -> None:
        """The form may be faster than the opening of the shop file: its first scrap is looked up now."""
        event, self._typed_early = self._typed_early, None
        if event is not None:
            self.on_scrap_field_typed(event)
            self._dirty = True

    def _offer_callers(self, event: ScrapField.Typed, found: Sequence[Caller]) -> None:
        new = _("+ new caller {text}").format(text=event.text)
        event.field.offer(event.text, [Match(call_fields.caller_line(one), one) for one in found], new)

    def on_scrap_field_taken(self, event: ScrapField.Taken) -> None:
        event.stop()
        name, record = event.field.id, event.match.record if event.match else None
        self.by_hand.add(name or "")
        self._dirty = True  # what was taken belongs in the draft as well as what was typed
        if name == "phone":
            if isinstance(record, Caller):
                self._take_found(record)
                return
            self.forget_caller()
            if not self.take_scrap(event.text):
                return
        else:
            self.take(event)
        self.run_worker(self.flush_draft(), group="draft")
        self.go_on(event.field)

    def _take_found(self, found: Caller) -> None:
        if found.card is not None:
            self.take_caller(found.card, found.device_id)
        elif found.customer_id is not None:
            self.waits_for_caller = True
            self.read("caller", call_loading.card, self.shop, found.customer_id,
                      then=lambda card: self._came(card, found))  # fmt: skip
            return
        elif found.device is not None:
            self.take_unit(found.device)
        elif found.device_id is not None:
            self.waits_for_caller = True
            self.read("caller", call_loading.unit, self.shop, found.device_id, then=self._unit_came)
            return
        self.run_worker(self.flush_draft(), group="draft")
        self.go_on(self.field("phone"))

    async def _came(self, card: CustomerCard, found: Caller) -> None:
        self.take_caller(card, found.device_id)
        await self._go_on_after_waiting()

    async def _unit_came(self, device: DeviceView) -> None:
        self.take_unit(device)
        await self._go_on_after_waiting()

    async def _go_on_after_waiting(self) -> None:
        """The Enters that came while the caller was looked up are done now."""
        self.waits_for_caller = False
        self.answer_came()
        self.run_worker(self.flush_draft(), group="draft")
        again, self.enters_waiting = self.enters_waiting, 0
        self.go_on(self.field("phone"))
        for _n in range(again):
            if self.current_field is not None:
                await self._done(self.current_field)

    def take_scrap(self, text: str) -> bool:
        """Puts a scrap that matched nobody where it belongs; ``False``: the phone is still to be asked."""
        letters, digits = any(c.isalpha() for c in text), sum(c.isdigit() for c in text)
        phone = self.field("phone")
        if not letters and digits:
            phone.set_answer(text)
            return True
        if letters and digits and " " not in text and len(squeeze(text)) >= _SERIAL_LENGTH:
            self.fill({"phone": "", "serial": text})
            self.by_hand.add("serial")
        else:
            self.fill({"phone": "", "name": text})
            self.by_hand.add("name")
        self.set_focus(phone.focus_target)
        self.run_worker(self.flush_draft(), group="draft")
        return False

    # Who

    def take_caller(self, card: CustomerCard, device_id: int | None = None) -> None:
        """A caller on file: fills who they are and offers their devices, the likeliest marked."""
        self.card = card
        person = card.customer
        self.fill(
            {
                "phone": person.phones[0].shown if person.phones else "",
                "name": person.name,
                "region": person.region,
                "address": person.address,
            }
        )
        self.by_hand -= {"phone", "name", "region", "address"}
        cast(Choice, self.field("kind")).set_answers(call_fields.kind_answers(card))
        self.show_devices(card.devices)
        chosen = next((one for one in card.devices if one.id == device_id), None)
        self.device_is_sure = chosen is not None
        chosen = chosen or (card.devices[0] if card.devices else None)
        if chosen is not None:
            self.field("device").set_answer(str(chosen.id))
        self.take_device(chosen)

    def take_unit(self, device: DeviceView) -> None:
        """A unit on file that belongs to nobody yet."""
        self.show_devices([device])
        self.device_is_sure = True
        self.field("device").set_answer(str(device.id))
        self.take_device(device)

    def forget_caller(self) -> None:
        """Somebody new is calling: what the known caller had filled in goes."""
        known = self.card
        self.card = None
        self.device_is_sure = False
        if known is None:
            return
        self.fill({name: "" for name in ("name", "region", "address") if name not in self.by_hand})
        cast(Choice, self.field("kind")).set_answers(call_fields.kind_answers(None))
        if not self.field("kind").answer:
            self.field("kind").set_answer(CallKind.REPAIR)
        self.show_devices(())
        self.take_device(None)

    # Which device

    def show_devices(self, devices: Sequence[DeviceView]) -> None:
        """The caller's devices, one line each."""
        if self.proposal is None:
            self._devices_waiting = tuple(devices)
            return
        picks = call_fields.device_picks(devices, self.proposal.catalogue)
        cast(PickList, self.field("device")).show(picks)

    _devices_waiting: tuple[DeviceView, ...] = ()

    def show_catalogue(self) -> None:
        """The kinds of product are known now: what waited for their names is shown."""
        self.show_devices(self._devices_waiting or (self.card.devices if self.card else ()))
        if self.device is not None:
            self.field("device").set_answer(str(self.device.id))
            self.fill({"category": self.category_words(self.device.category)})

    def take_device(self, device: DeviceView | None) -> None:
        """The marked device fills its fields; ``None`` is another one, whose fields are asked."""
        before, self.device = self.device, device
        self.earlier = None
        if device is not None:
            self.product = None
            self._fill_from(device)
        elif before is not None:
            kept = self.by_hand
            self.fill({name: "" for name in ("product", "category", "serial", "date") if name not in kept})
            if "proof" not in kept:
                self.fill({"proof": Proof.TOLD.value})
        if device is not None and self.card is not None:
            self.earlier = call_known.earlier_repair(device, self.card, self.shop.zone)
        if before is not device:
            self.by_hand.discard("as_before")
            self.fill({"as_before": AsBefore.NOT_ASKED.value})
        cast(Choice, self.field("as_before")).set_answers(call_fields.before_answers(self.earlier))
        self.set_class(self.earlier is not None, "-repaired")

    def _fill_from(self, device: DeviceView) -> None:
        first = self._basis_of(device.category)
        basis, day = call_known.date_on_file(device, first)
        self.by_hand -= set(_OF_DEVICE)
        self.fill(
            {
                "product": device.title,
                "category": self.category_words(device.category),
                "serial": device.serial,
                "date": call_fields.date_text(day),
                "basis": basis.value,
                "proof": device.proof.value,
            }
        )

    def look_for_serial(self, serial: str) -> None:
        """A serial that is on file takes its unit, if it is the caller's or nobody is known yet."""
        self.read("serial", call_loading.unit_by_serial, self.shop, serial, then=self._serial_found)

    def _serial_found(self, device: DeviceView | None) -> None:
        if device is None or self.device is not None:
            return
        if self.card is not None and device.customer_id == self.card.customer.id:
            self.field("device").set_answer(str(device.id))
            self.take_device(device)
            self.set_focus(self.field("fault").focus_target)

    def on_field_edited(self, event: Field.Edited) -> None:
        field = event.field
        if isinstance(field.parent, Field) or not event.typed:
            return
        self.by_hand.add(field.id or "")
        if field.id == "device":
            picked = cast(PickList, field).picked
            self.device_is_sure = False
            self.take_device(picked.record if picked else None)
        elif field.id in ("product", "serial") and self.device is not None:
            self._leave_device(field.id)
        elif field.id == "basis" and self.device is not None and "date" not in self.by_hand:
            day: date | None = getattr(self.device, call_known.DATE_FIELDS[self.basis])
            self.fill({"date": call_fields.date_text(day)})

    def _leave_device(self, name: str) -> None:
        """Another product, or another serial than the one on file, means another unit."""
        assert self.device is not None
        if name == "serial" and not self.device.serial:
            return
        kept = {"product", "category"} if name == "serial" else set()
        self.by_hand |= kept | {name}
        self.field("device").set_answer(call_fields.OTHER_DEVICE)
        self.take_device(None)

    def category_chosen(self, category: str) -> None:
        if "basis" not in self.by_hand and self.device is None:
            self.fill({"basis": self._basis_of(category).value})

    def _basis_of(self, category: str) -> StartBasis:
        return self.proposal.catalogue.get(category).basis if self.proposal else StartBasis.SOLD
