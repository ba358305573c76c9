"""The kinds of product a shop repairs: what they are called, and which packs speak about them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aftersales_tui.domain.checked_table import Table
from aftersales_tui.domain.errors import Problem, Refused
from aftersales_tui.domain.policy import Bilingual, Policy, versions_of
from aftersales_tui.domain.text import fold
from aftersales_tui.domain.words import StartBasis

OTHER = "other"

_CJK = re.compile(r"[㐀-鿿]")


@dataclass(frozen=True, slots=True)
class ProductCategory:
    """One kind of product; ``basis`` is the date a clerk asks for first, ``policies`` the packs by region."""

    key: str
    label: Bilingual
    basis: StartBasis
    policies: Mapping[str, tuple[str, ...]]
    names: tuple[str, ...]
    """Everything it may be called, folded for comparison: key, labels and aliases."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every kind of product, in the order they are offered, and each region's packs for the rest."""

    categories: Mapping[str, ProductCategory]
    regions: Mapping[str, tuple[str, ...]]

    def get(self, key: str) -> ProductCategory:
        """The category of that key; anything unknown is ``other``."""
        return self.categories.get(key, self.categories[OTHER])

    def label(self, key: str, language: str) -> str:
        """What the category is called; a key nobody knows is shown as it stands."""
        return self.categories[key].label.said_in(language) if key in self.categories else key

    def match(self, text: str) -> ProductCategory | None:
        """The category that ``text`` names, whole or among other words; ``None`` when none is named."""
        typed = fold(text)
        if not typed:
            return None
        named = [
            (len(name), category)
            for category in self.categories.values()
            for name in category.names
            if _says(typed, name)
        ]
        return max(named, key=lambda found: found[0])[1] if named else None

    def suggest(self, text: str, limit: int = 8) -> tuple[ProductCategory, ...]:
        """The categories with a name that contains ``text``, those that begin with it first."""
        typed = fold(text)
        ranked = [
            (min(not name.startswith(typed) for name in fitting), place, category)
            for place, category in enumerate(self.categories.values())
            if (fitting := [name for name in category.names if typed in name])
        ]
        return tuple(category for _, _, category in sorted(ranked, key=lambda found: found[:2])[:limit])

    def policy_ids(self, region: str, category: str) -> tuple[str, ...]:
        """The ids of the packs that speak about the category in the region (``CN``, ``EU``, ``UK``)."""
        own = self.get(category).policies
        return own[region] if region in own else self.regions.get(region, ())


def policies_for(
    packs: Iterable[Policy], catalogue: Catalogue, region: str, category: str
) -> tuple[Policy, ...]:
    """Every version of the packs that ``judge`` needs for a category in a region."""
    return versions_of(packs, catalogue.policy_ids(region, category))


def read_catalogue(data: Mapping[str, object], source: str) -> Catalogue:
    """The catalogue in parsed TOML. Raises ``Refused`` with ``policy_broken`` problems."""
    problems: list[Problem] = []
    root = Table(data, "", source, problems)
    root.raw("schema")
    regions = root.table("regions")
    known = {region: regions.texts(region) for region in regions.names()}
    categories = {category.key: category for category in map(_category, root.tables("category"))}
    if OTHER not in categories:
        root.wrong("category", "missing")
    root.done()
    if problems:
        raise Refused(*problems)
    return Catalogue(categories, known)


def _category(table: Table) -> ProductCategory:
    key = table.text("key")
    label = Bilingual(table.text("en"), table.text("zh"))
    basis = table.word("basis", StartBasis, StartBasis.SOLD) or StartBasis.SOLD
    policies = {}
    if table.has("policies"):
        own = table.table("policies")
        policies = {region: own.texts(region) for region in own.names()}
    names = (key.replace("_", " "), key, label.en, label.zh, *table.texts("aliases"))
    table.done()
    return ProductCategory(key, label, basis, policies, tuple(dict.fromkeys(map(fold, names))))


def _says(typed: str, name: str) -> bool:
    if name not in typed:
        return False
    if _CJK.search(name):
        return True
    return re.search(rf"(?<![a-z0-9]){re.escape(name)}(?:s|es)?(?![a-z0-9])", typed) is not None
