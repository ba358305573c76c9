"""What a sheet is made of: finished words in a few shapes that every template knows how to lay out."""

from __future__ import annotations

from dataclasses import dataclass

from aftersales_tui.i18n import C_, _, formats, language
from aftersales_tui.views.papers import Letterhead


@dataclass(frozen=True, slots=True)
class Pair:
    """A fact under its label; ``strong`` for what has to be found at a glance."""

    label: str
    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under column heads. On the roll every row becomes a block of pairs."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sheet under its heading: pairs, a table, paragraphs, in that order."""

    title: str
    pairs: tuple[Pair, ...] = ()
    table: Table | None = None
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """What stands on every sheet: the shop, the form's title, the number, when it was printed."""

    lang: str
    shop: str
    shop_lines: tuple[str, ...]
    title: str
    number: str
    printed: str


def head(shop: Letterhead, title: str, number: str) -> Head:
    """The head of a sheet in the language in use."""
    lines = [shop.address] if shop.address else []
    if shop.phone:
        lines.append(_("Phone {phone}").format(phone=shop.phone))
    return Head(
        lang="zh-CN" if language().startswith("zh") else "en",
        shop=shop.name or C_("paper", "Repair shop"),
        shop_lines=tuple(lines),
        title=title,
        number=number,
        printed=_("Printed {when}").format(when=formats.day_clock(shop.printed_at)),
    )


def known(*pairs: tuple[str, str] | Pair) -> tuple[Pair, ...]:
    """The pairs that have a text."""
    made = (pair if isinstance(pair, Pair) else Pair(*pair) for pair in pairs)
    return tuple(pair for pair in made if pair.text)
