"""Which column of somebody else's table is which field: by its name in English or Chinese, or as told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from aftersales_tui.domain.errors import refuse
from aftersales_tui.domain.import_names import CONTAINED, EXACT, WEAK, Field
from aftersales_tui.domain.text import excerpt, fold, squeeze

DATES = (Field.SOLD, Field.INVOICED, Field.DELIVERED, Field.INSTALLED, Field.ACCEPTED, Field.PRODUCED)
SEVERAL = frozenset({Field.PHONE, Field.NOTES, Field.REGION})
"""Fields that may be put together from several columns."""
CUSTOMER_FIELDS = (
    Field.NAME, Field.PHONE, Field.REGION, Field.ADDRESS, Field.EMAIL, Field.PRICE_GROUP, Field.NOTES
)  # fmt: skip
DEVICE_FIELDS = (
    Field.SERIAL, Field.BRAND, Field.MODEL, Field.PRODUCT, Field.CATEGORY, *DATES, Field.INVOICE_NO,
    Field.SELLER, Field.PLACE, Field.NOTES, *(field for field in CUSTOMER_FIELDS if field is not Field.NOTES),
)  # fmt: skip
ESSENTIAL: Mapping[tuple[Field, ...], tuple[Field, ...]] = {
    CUSTOMER_FIELDS: (Field.NAME, Field.PHONE),
    DEVICE_FIELDS: (Field.SERIAL, Field.PRODUCT, Field.MODEL, Field.BRAND),
}
"""Of these at least one column is needed."""

_BRACKETS = re.compile(r"[(\[{<【〔].*?[)\]}>】〕]")
_PARTS = re.compile(r"[/|,;、&]|\bor\b|或")
_CONTACT = re.compile(r"电话|手机|地址|联系|phone|mobile|\btel|address|contact|mail")
_SOMEBODY_ELSE = re.compile(
    r"经销|销售|商家|门店|店铺|网点|厂家|师傅|工程师|技术员|安装工|安装人|业务员|导购|操作|录入|创建|更新|修改"
    r"|保修|质保|到期|截止|维修|生日|出生|身份证"
    r"|dealer|seller|shop|store|retail|engineer|technician|installer|warrant|guarant|expir|repair|service"
    r"|birth|creat|updat|modif|entered|\bend\b|\bids?\b|count|qty|quantity|price|amount"
)
_PHONE_LIKE = re.compile(r"\D*(?:[0-9][\s\-()+./]*){7,15}\D*")
_DATE_LIKE = re.compile(
    r"(?:19|20)?[0-9]{2}\D{1,2}[0-9]{1,2}\D{1,2}[0-9]{1,4}\D?.*|[0-9]{5}|(?:19|20)[0-9]{6}"
)
_CODE_LIKE = re.compile(r"(?=.*[0-9])[0-9A-Za-z][0-9A-Za-z\-./_ ]{3,}")
_NUMBERED = re.compile(r"#([0-9]{1,3})")


class Why(StrEnum):
    """How a column came to its field, or to none."""

    GUESSED = "guessed"
    TOLD = "told"
    UNKNOWN = "unknown"
    TAKEN = "taken"
    DROPPED = "dropped"


_LONGEST_HEADER = 500
"""Characters a header may have; a longer text is looked at no further."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file, counted from 0: its header as it stands there, and the field it fills."""

    index: int
    header: str
    field: Field | None
    why: Why


@dataclass(frozen=True, slots=True)
class Told:
    """``COL=FIELD`` as somebody said it; no field drops the column."""

    column: str
    field: Field | None


def read_map(typed: Sequence[str], known: Sequence[Field]) -> tuple[Told, ...]:
    """What ``--map`` says. Raises ``Refused``: ``import_map_not_read``, ``import_field_unknown``."""
    told: list[Told] = []
    for text in typed:
        column, equals, name = text.rpartition("=")
        if not equals or not fold(column):
            raise refuse("import_map_not_read", "map", text=excerpt(text))
        wanted = squeeze(name).removesuffix("on") if squeeze(name).endswith("edon") else squeeze(name)
        wanted = "sold" if wanted == "soldon" else wanted
        field = next((field for field in known if squeeze(field) == wanted), None)
        if field is None and wanted:
            raise refuse("import_field_unknown", "map", text=excerpt(name), known=", ".join(known))
        told.append(Told(fold(column), field))
    return tuple(told)


def recognised(cells: Sequence[str], known: Sequence[Field], told: Sequence[Told] = ()) -> int:
    """How many cells of a row look like headers: that is how the header is found."""
    named = {one.column for one in told}
    fields: set[object] = set()
    for cell in cells:
        if len(cell) > _LONGEST_HEADER:
            continue
        if fold(cell) in named:
            fields.add(fold(cell))
        elif (found := _best(cell, known)) is not None and found[1] > 1:
            fields.add(found[0])
    return len(fields)


def map_columns(
    headers: Sequence[str],
    samples: Sequence[Sequence[str]],
    known: Sequence[Field],
    told: Sequence[Told] = (),
) -> tuple[Column, ...]:
    """What every column is: as told, else by the name it has; ``samples`` only break ties.

    ``samples`` are the first texts of each column. Raises ``Refused``: ``import_map_column_unknown``.
    """
    said = {at: one for one in told for at in _told_columns(headers, one)}
    taken = {one.field for one in said.values()} - SEVERAL
    guesses = {
        at: found
        for at, header in enumerate(headers)
        if at not in said and (found := _best(header, known)) is not None
    }
    best: dict[Field, int] = {}
    for at, (field, score) in guesses.items():
        rank = (score, _fitting(field, samples[at]), -at)
        held = best.get(field)
        if held is None or rank > (guesses[held][1], _fitting(field, samples[held]), -held):
            best[field] = at
    columns: list[Column] = []
    for at, header in enumerate(headers):
        if at in said:
            wanted = said[at].field
            columns.append(Column(at, header, wanted, Why.TOLD if wanted else Why.DROPPED))
        elif at not in guesses:
            columns.append(Column(at, header, None, Why.UNKNOWN))
        else:
            field = guesses[at][0]
            free = field in SEVERAL or (best[field] == at and field not in taken)
            columns.append(Column(at, header, field if free else None, Why.GUESSED if free else Why.TAKEN))
    return tuple(columns)


def check_essential(columns: Sequence[Column], known: tuple[Field, ...]) -> None:
    """Raises ``Refused`` (``import_column_missing``) when no row could say what it is about."""
    if not any(column.field in ESSENTIAL[known] for column in columns):
        raise refuse(
            "import_column_missing", "file",
            missing=", ".join(ESSENTIAL[known]),
            columns=", ".join(excerpt(column.header) for column in columns if column.header) or "–",
            first=ESSENTIAL[known][0].value,
        )  # fmt: skip


def _told_columns(headers: Sequence[str], told: Told) -> list[int]:
    """The columns of that header, or the one of that place, ``#3``."""
    named = [at for at, header in enumerate(headers) if fold(header) == told.column]
    if not named and (place := _NUMBERED.fullmatch(told.column)) and 1 <= int(place[1]) <= len(headers):
        named = [int(place[1]) - 1]
    if not named:
        columns = ", ".join(excerpt(header) for header in headers if header) or "–"
        raise refuse("import_map_column_unknown", "map", text=excerpt(told.column), columns=columns)
    return named if told.field is None or told.field in SEVERAL else named[:1]


def _best(header: str, known: Sequence[Field]) -> tuple[Field, int] | None:
    """The field a header names and how surely: 4 exactly, 3 in a part, 2 among other words, 1 perhaps."""
    folded = fold(header)
    for score, spelling in ((4, folded), (4, _BRACKETS.sub("", folded))):
        if found := _named(EXACT, spelling, known):
            return found, score
    parts = [part for part in _PARTS.split(folded) if part.strip()]
    for part in parts if len(parts) > 1 else ():
        if found := _named(EXACT, part, known):
            return found, 3
    bare = _BRACKETS.sub("", folded)
    if found := _contained(bare, known):
        return found, 2
    if found := _named(WEAK, bare, known):
        return found, 1
    return None


def _named(names: Mapping[str, Field], spelling: str, known: Sequence[Field]) -> Field | None:
    field = names.get(squeeze(spelling).strip("*'\"!?"))
    return field if field in known else None


def _contained(folded: str, known: Sequence[Field]) -> Field | None:
    """The field whose name stands among other words, the longest first; never somebody else's phone."""
    for name, field in CONTAINED:
        if field not in known or not re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", folded):
            continue
        if field is Field.SELLER:
            return None if _CONTACT.search(folded) else field
        return None if _SOMEBODY_ELSE.search(folded) else field
    return None


def _fitting(field: Field, texts: Sequence[str]) -> float:
    """The share of filled cells that look like the field."""
    pattern = (
        _PHONE_LIKE if field is Field.PHONE
        else _DATE_LIKE if field in DATES
        else _CODE_LIKE if field in (Field.SERIAL, Field.INVOICE_NO)
        else None
    )  # fmt: skip
    filled = [text for text in texts if text]
    if not filled:
        return 0.0
    if pattern is None:
        return len(filled) / len(texts)
    return sum(pattern.fullmatch(text) is not None for text in filled) / len(texts)
