"""Changing the service card of a unit."""

from typing import Any

from textual.app import ComposeResult

from aftersales_tui.domain.words import Proof
from aftersales_tui.i18n import C_, _, formats
from aftersales_tui.i18n.labels import labels
from aftersales_tui.tui.desk import loading
from aftersales_tui.tui.desk.record_form import RecordForm, Values
from aftersales_tui.tui.widgets.choice import Answer, Choice
from aftersales_tui.tui.widgets.field import Field
from aftersales_tui.tui.widgets.fields import DateField, LinesField, TextField
from aftersales_tui.tui.widgets.form import Pair, Row, Section

_TEXTS = ("brand", "model", "serial", "invoice_no", "seller", "place", "notes")
_DATES = ("produced_on", "sold_on", "invoiced_on", "delivered_on", "installed_on", "accepted_on")


class DeviceEdit(RecordForm):
    """Product, serial, dates, proof and place of one unit."""

    DRAFT = "device_edit"
    ID = "device_id"

    def __init__(self, record_id: int = 0, draft: str = "") -> None:
        super().__init__(record_id, draft)
        self.category_words: dict[str, str] = {}
        """The label of the category on file, which the field shows instead of its key."""

    def path(self) -> tuple[str, ...]:
        here = (C_("area", "Desk"), C_("field", "Device"), C_("action", "Edit"))
        return (*here, self.record_name) if self.record_name else here

    def help_words(self) -> str:
        return _("The dates decide the warranty: from which day it runs is in the reasons (F8 on the card).")

    def compose_form(self) -> ComposeResult:
        names = {
            "produced_on": C_("field", "Produced"),
            "sold_on": C_("field", "Sold"),
            "invoiced_on": C_("field", "Invoiced"),
            "delivered_on": C_("field", "Delivered"),
            "installed_on": C_("field", "Installed"),
            "accepted_on": C_("field", "Accepted"),
        }
        yield Section(1, C_("section", "Which device"))
        yield Row(
            Pair(C_("field", "Brand"), TextField(id="brand", width=25), width=38),
            Pair(C_("field", "Model"), TextField(id="model"), label_width=10),
        )
        yield Row(
            Pair(C_("field", "Category"), TextField(id="category", width=25), width=38),
            Pair(C_("field", "Serial"), TextField(id="serial"), label_width=10),
        )
        yield Section(2, C_("section", "Since when"))
        for left, right in (_DATES[:2], _DATES[2:4], _DATES[4:]):
            yield Row(
                Pair(names[left], DateField(self.past_day(left), id=left, width=16), width=38),
                Pair(names[right], DateField(self.past_day(right), id=right, width=16), label_width=10),
            )
        yield Section(3, C_("section", "Papers and place"))
        proofs = [Answer(code, words) for code, words in labels(Proof).items()]
        yield Row(
            Pair(C_("field", "Proof"), Choice(proofs, id="proof"), width=38),
            Pair(C_("field", "Invoice"), TextField(id="invoice_no"), label_width=10),
        )
        yield Row(
            Pair(C_("field", "Seller"), TextField(id="seller", width=25), width=38),
            Pair(C_("field", "Place"), TextField(id="place"), label_width=10),
        )
        yield Row(Pair(C_("field", "Notes"), LinesField(id="notes")))

    def now_words(self, field: Field) -> tuple[str, str]:
        if isinstance(field, DateField):
            if field.day is not None:
                return (formats.day_weekday(field.day), "")
            return (_("A date: 27.11.25, 27/11, 3/27 for a month, 8m for eight months ago."), "")
        return (_("ctrl+s saves what was changed, Esc keeps it as a draft."), "")

    def changed(self, field: Field) -> None:
        if field is self.current_field:
            self.say_now(*self.now_words(field))

    def load(self, shop: Any) -> tuple[str, Values]:
        from aftersales_tui.services import devices

        found = devices.show(shop, self.record_id)
        values = {name: getattr(found, name) for name in (*_TEXTS, *_DATES)}
        values["proof"] = found.proof.value
        values["category"] = found.category
        self.category_words = {found.category: loading.category_label(shop, found.category)}
        return found.title or found.serial, {"version": found.version, **values}

    def text_of(self, name: str, value: Any) -> str:
        if name == "category":
            return self.category_words.get(value, str(value or ""))
        return super().text_of(name, value)

    def store(self, shop: Any, shown: Values, changes: Values, by: int) -> int:
        from aftersales_tui.services import devices

        return devices.edit(shop, self.record_id, shown=shown, changes=changes, by=by).version
