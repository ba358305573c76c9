"""Adding to an open call what was not known when it came: who, which device, since when, what is wrong."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from textual.app import ComposeResult

from aftersales_tui.domain.categories import Catalogue
from aftersales_tui.domain.coming import read_coming_moment
from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.words import Urgency, Wish
from aftersales_tui.i18n import C_, _
from aftersales_tui.i18n.labels import labels
from aftersales_tui.i18n.needs import asked_for
from aftersales_tui.tui.desk import asking, call_loading
from aftersales_tui.tui.desk.call_known import split_product
from aftersales_tui.tui.desk.product_fields import ProductFields
from aftersales_tui.tui.desk.record_form import RecordForm, Values
from aftersales_tui.tui.widgets.choice import Answer, Choice
from aftersales_tui.tui.widgets.field import Field
from aftersales_tui.tui.widgets.fields import DateField, LinesField, TextField
from aftersales_tui.tui.widgets.form import Pair, Row, Section
from aftersales_tui.tui.widgets.scrap import ScrapField
from aftersales_tui.views.calls import CallView, NewCall
from aftersales_tui.views.devices import ProductView

_OWN = ("fault", "urgency", "wish", "promised_call_back")
"""Fields of the call itself; the others belong to the files of customer and device."""


class CallEdit(RecordForm, ProductFields[bool]):
    """What an open call lacks, and its own words; opened by ``o`` it opens the job once it is whole."""

    DRAFT = "call_edit"
    ID = "call_id"

    def __init__(self, record_id: int = 0, draft: str = "", open_job: bool = False) -> None:
        super().__init__(record_id, draft)
        self.open_job = open_job
        self.asked: tuple[str, ...] = ()
        self._catalogue: Catalogue | None = None

    @property
    def catalogue(self) -> Catalogue | None:
        return self._catalogue

    def path(self) -> tuple[str, ...]:
        here = (C_("area", "Desk"), C_("field", "Call"), C_("action", "Edit"))
        return (*here, self.record_name) if self.record_name else here

    def help_words(self) -> str:
        return _("What the files know already is changed on the customer's and the device's own card.")

    def compose_form(self) -> ComposeResult:
        yield Section(1, C_("section", "Who"))
        yield Row(
            Pair(C_("field", "Phone"), TextField(id="phone", width=25), width=38),
            Pair(C_("field", "Name"), TextField(id="name"), label_width=10),
        )
        yield Row(Pair(C_("field", "Address"), TextField(id="address")))
        yield Section(2, C_("section", "Which device"))
        yield Row(
            Pair(C_("field", "Product"), ScrapField(id="product", width=25), width=38),
            Pair(C_("field", "Category"), ScrapField(id="category", least=1), label_width=10),
        )
        yield Row(
            Pair(C_("field", "Serial"), TextField(id="serial", width=25), width=38),
            Pair(C_("field", "Sold"), DateField(self.past_day("sold"), id="sold_on"), label_width=10),
        )
        yield Section(3, C_("section", "What is wrong"))
        yield Row(Pair(C_("field", "Fault"), LinesField(id="fault")))
        yield Row(Pair(C_("field", "Wish"), Choice(_answers(labels(Wish)), id="wish")))
        yield Row(Pair(C_("field", "Urgency"), Choice(_answers(labels(Urgency)), id="urgency")))
        yield Row(
            Pair(
                C_("field", "Call at"),
                DateField(self._coming, id="promised_call_back", width=20),
            )
        )

    def _coming(self, text: str) -> datetime:
        return read_coming_moment(text, self.shop.now(), "promised_call_back")

    def needs_you(self, field: Field) -> bool:
        stands_for = {"sold_on": "date"}
        return field.is_empty and stands_for.get(field.id or "", field.id) in self.asked

    def now_words(self, field: Field) -> tuple[str, str]:
        if self.asked:
            return (_("Ask for: {fields}.").format(fields=asked_for(self.asked)), "")
        return (_("ctrl+s saves what was changed, Esc keeps it as a draft."), "")

    # The product

    def on_scrap_field_typed(self, event: ScrapField.Typed) -> None:
        event.stop()
        self.offer_for(event)

    def on_scrap_field_taken(self, event: ScrapField.Taken) -> None:
        event.stop()
        self.take(event)
        self.run_worker(self.flush_draft(), group="draft")
        self.go_on(event.field)

    # The file

    def on_mount(self) -> None:
        if self._draft_id:  # the record itself is not read again then
            self.read("catalogue", call_loading.catalogue, self.shop, then=self._know)

    def _know(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def load(self, shop: Any) -> tuple[str, Values]:
        from aftersales_tui.services import calls, devices

        call: CallView = calls.show(shop, self.record_id)
        device = devices.show(shop, call.device_id) if call.device_id is not None else None
        name = f"{show_number(NumberKind.CALL, call.number)} {call.who}".strip()
        self.asked = call.missing
        self._catalogue = call_loading.catalogue(shop)
        return name, {
            "version": call.version,
            "phone": call.phone,
            "name": call.customer_name or call.caller_name,
            "address": call.address,
            "product": call.product,
            "category": call.category,
            "serial": call.serial,
            "sold_on": device.sold_on if device else None,
            "fault": call.fault,
            "wish": call.wish.value,
            "urgency": call.urgency.value,
            "promised_call_back": call.promised_call_back,
        }

    def text_of(self, name: str, value: Any) -> str:
        if name == "promised_call_back" and isinstance(value, datetime):
            local = value.astimezone(self.shop.zone)
            return f"{local:%Y-%m-%d %H:%M}"
        if name == "category":
            return self.category_words(str(value or ""))
        return super().text_of(name, value)

    def value_of(self, name: str, text: str) -> Any:
        if name == "category" and self._catalogue is not None:
            named = self._catalogue.match(text)
            return named.key if named else text
        return super().value_of(name, text)

    def store(self, shop: Any, shown: Values, changes: Values, by: int) -> int:
        from aftersales_tui.services import calls

        own = {name: value for name, value in changes.items() if name in _OWN}
        said = {name: value for name, value in changes.items() if name not in _OWN}
        version = int(shown["version"])
        if own:
            version = calls.edit(shop, self.record_id, shown=shown, changes=own, by=by).version
        if said:
            version = calls.complete(shop, self.record_id, _new_call(said, self.product), by).call.version
        return min(version, int(shown["version"]) + 1)

    async def save(self) -> None:
        await super().save()
        if self.open_job:
            await asking.open_job(self, self.record_id, again=False)


def _new_call(said: Values, product: ProductView | None) -> NewCall:
    brand, model = split_product(said.get("product", ""), product)
    new = NewCall(brand=brand, model=model)
    named = {name: value for name, value in said.items() if name != "product" and value}
    return replace(new, **named)


def _answers(words: dict[str, str]) -> list[Answer]:
    return [Answer(code, shown) for code, shown in words.items()]
