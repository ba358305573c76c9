"""Changing a customer's file."""

import re
from typing import Any

from textual.app import ComposeResult

from aftersales_tui.i18n import C_, _
from aftersales_tui.tui.desk.record_form import RecordForm, Values
from aftersales_tui.tui.widgets.field import Field
from aftersales_tui.tui.widgets.fields import LinesField, TextField
from aftersales_tui.tui.widgets.form import Pair, Row, Section

_TEXTS = ("name", "region", "address", "email", "price_group", "notes")
_BETWEEN = re.compile(r"[\n,，;；]")


class CustomerEdit(RecordForm):
    """Name, phones, address and notes of one customer."""

    DRAFT = "customer_edit"
    ID = "customer_id"

    def path(self) -> tuple[str, ...]:
        here = (C_("area", "Desk"), C_("title", "Customer"), C_("action", "Edit"))
        return (*here, self.record_name) if self.record_name else here

    def help_words(self) -> str:
        return _("Phones stand one in a line or with commas between them; a word in brackets names one.")

    def compose_form(self) -> ComposeResult:
        wide = 13
        yield Section(1, C_("section", "Who"))
        yield Row(Pair(C_("field", "Name"), TextField(id="name"), label_width=wide))
        yield Row(Pair(C_("field", "Phones"), LinesField(id="phones"), label_width=wide))
        yield Row(Pair(C_("field", "E-mail"), TextField(id="email"), label_width=wide))
        yield Section(2, C_("section", "Where"))
        yield Row(Pair(C_("field", "Region"), TextField(id="region"), label_width=wide))
        yield Row(Pair(C_("field", "Address"), LinesField(id="address"), label_width=wide))
        yield Section(3, C_("section", "What to know"))
        yield Row(Pair(C_("field", "Price group"), TextField(id="price_group"), label_width=wide))
        yield Row(Pair(C_("field", "Notes"), LinesField(id="notes"), label_width=wide))

    def now_words(self, field: Field) -> tuple[str, str]:
        if field.id == "phones":
            said = _("Phones: one in a line (ctrl+o) or with commas; (work) behind one names it.")
            return (said, _("ctrl+s saves what was changed, Esc keeps it as a draft."))
        return (_("ctrl+s saves what was changed, Esc keeps it as a draft."), "")

    def load(self, shop: Any) -> tuple[str, Values]:
        from aftersales_tui.services import customers

        found = customers.show(shop, self.record_id)
        phones = tuple(f"{p.raw} ({p.label})" if p.label else p.raw for p in found.phones)
        texts = {name: getattr(found, name) for name in _TEXTS}
        name = found.name or (found.phones[0].shown if found.phones else "")
        return name, {"version": found.version, "phones": phones, **texts}

    def text_of(self, name: str, value: Any) -> str:
        return "\n".join(value) if name == "phones" else super().text_of(name, value)

    def value_of(self, name: str, text: str) -> Any:
        if name != "phones":
            return text
        return tuple(phone.strip() for phone in _BETWEEN.split(text) if phone.strip())

    def store(self, shop: Any, shown: Values, changes: Values, by: int) -> int:
        from aftersales_tui.services import customers

        return customers.edit(shop, self.record_id, shown=shown, changes=changes, by=by).version
