"""The fields *Product* and *Category* of a form: both offer what the shop knows while one types."""

from collections.abc import Sequence
from typing import TypeVar

from aftersales_tui.domain.categories import Catalogue
from aftersales_tui.i18n import _, language
from aftersales_tui.tui.desk import call_fields, call_loading
from aftersales_tui.tui.drafted import DraftedForm
from aftersales_tui.tui.widgets.scrap import Match, ScrapField
from aftersales_tui.views.devices import ProductView

R = TypeVar("R")


class ProductFields(DraftedForm[R]):
    """A form with the scrap fields ``product`` and ``category``; a product brings its category along."""

    def __init__(self, draft: str = "") -> None:
        super().__init__(draft)
        self.product: ProductView | None = None
        """The product of the shop that was taken; ``None`` for a new one."""

    @property
    def catalogue(self) -> Catalogue | None:
        """The kinds of product, once they are read."""
        raise NotImplementedError

    def category_chosen(self, category: str) -> None:
        """The kind of product is known now; called with its key."""

    def category_words(self, category: str) -> str:
        """The kind as people call it; its key while the kinds are not read yet."""
        if not category or self.catalogue is None:
            return category
        return self.catalogue.label(category, language())

    def offer_for(self, event: ScrapField.Typed) -> None:
        """Looks up what was typed in one of the two fields."""
        if event.field.id == "product":
            self.read("matches", call_loading.products, self.shop, event.text,
                      then=lambda found: self._offer_products(event, found))  # fmt: skip
        elif event.field.id == "category":
            found = self.catalogue.suggest(event.text) if self.catalogue else ()
            matches = [Match(category.label.said_in(language()), category.key) for category in found]
            event.field.offer(event.text, matches, _("+ as typed: {text}").format(text=event.text))

    def _offer_products(self, event: ScrapField.Typed, found: Sequence[ProductView]) -> None:
        matches = []
        for product in found:
            kind = self.category_words(product.category)
            matches.append(Match(call_fields.in_columns((product.title, 38), (kind, 20)), product))
        event.field.offer(event.text, matches, _("+ new product {text}").format(text=event.text))

    def take(self, event: ScrapField.Taken) -> None:
        """A line below one of the two fields was taken."""
        record = event.match.record if event.match else None
        if event.field.id == "product":
            self._take_product(record, event.text)
        elif event.field.id == "category" and isinstance(record, str):
            event.field.set_answer(self.category_words(record))
            self.category_chosen(record)

    def _take_product(self, record: object, text: str) -> None:
        self.product = record if isinstance(record, ProductView) else None
        category = ""
        if self.product is not None:
            self.field("product").set_answer(self.product.title)
            category = self.product.category
        elif self.catalogue is not None and (named := self.catalogue.match(text)) is not None:
            category = named.key
        if category:
            self.fill({"category": self.category_words(category)})
            self.category_chosen(category)
