"""The units of a list beside the service cards on file: which is meant, what is new, what contradicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from aftersales_tui.domain.errors import Problem, refuse
from aftersales_tui.domain.import_rows import OTHER, PersonRow, UnitRow
from aftersales_tui.domain.text import excerpt, fold, squeeze
from aftersales_tui.services.registry_people import People, Person, kept
from aftersales_tui.store import devices
from aftersales_tui.store.tables import Device, Product

TEXTS = ("serial", "invoice_no", "seller", "place", "notes")
PRODUCT = ("brand", "model", "category")
_CONTRADICTING = (*devices.DATES, "invoice_no", "seller")
"""Two rows of one serial that differ in these cannot both be right."""


@dataclass(slots=True, eq=False)
class Unit:
    """A device as the list leaves it; ``before`` has what stood in the fields it changed."""

    values: dict[str, Any]
    owner: Person | None = None
    row: Device | None = None
    line: int = 0
    """The first line of the list that means it."""
    said: dict[str, str | date] = field(default_factory=dict)
    """What the rows of the list say of it."""
    before: dict[str, Any] = field(default_factory=dict)
    owner_is_new: bool = False
    id: int = 0

    @property
    def changed(self) -> bool:
        """Whether a card that was there before gets anything new."""
        return self.row is not None and (bool(self.before) or self.owner_is_new)

    @property
    def key(self) -> str:
        """By what its product is the same product."""
        return devices.product_key(self.values["brand"], self.values["model"])


class Units:
    """Every unit the list may mean, by serial, and by owner and product where there is none."""

    def __init__(self, people: People, *, overwrite: bool = False) -> None:
        self.all: list[Unit] = []
        self._people = people
        self._overwrite = overwrite
        self._by_serial: dict[str, list[Unit]] = {}
        self._bare: dict[tuple[int, str], list[Unit]] = {}
        self._bare_keys: set[str] = set()
        self._known: set[int] = set()

    def on_file(self, found: Iterable[tuple[Device, Product]]) -> None:
        """Take in those that are on file; none twice."""
        for row, product in found:
            if row.id in self._known:
                continue
            self._known.add(row.id or 0)
            values = {name: getattr(row, name) for name in (*TEXTS, *devices.DATES)}
            values |= {name: getattr(product, name) for name in PRODUCT}
            owner = self._people.by_id.get(row.customer_id or 0)
            self._add(Unit(values, owner, row, id=row.id or 0))

    def place(self, row: UnitRow, line: int, remarks: list[Problem]) -> Unit | None:
        """Put a row where it belongs; the unit it made or changed, None when it says nothing new.

        Raises ``Refused``: ``import_serial_twice`` (another row contradicts), ``import_serial_of_other``
        (another customer's), ``import_serial_other_model``, ``import_serial_several``.
        """
        unit = self._by_its_serial(row, remarks) if row.serial else self._without_serial(row)
        if unit is None:
            unit = self._of_bare(row) if row.serial else None
        if unit is None:
            return self._new(row, line, remarks)
        owner, is_new = self._owner(unit, row, line, remarks)
        if unit.line:
            self._check_twice(unit, row)
        filled = self._complete(unit, row, remarks)
        if is_new and owner is None:
            owner = self._people.add(row.person, line)
        elif owner is not None and not is_new:
            filled |= self._people.complete(owner, row.person, remarks)
        if unit.owner is None and owner is not None:
            unit.owner, unit.owner_is_new, filled = owner, True, True
        if unit.line and not filled:
            remarks.append(Problem("import_same_as_line", "row", {"line": unit.line}))
        unit.line = unit.line or line
        unit.said = {**row.facts, **unit.said}
        return unit if filled else None

    def _by_its_serial(self, row: UnitRow, remarks: list[Problem]) -> Unit | None:
        found = self._by_serial.get(squeeze(row.serial)[:200], [])
        if not found:
            return None
        same = [unit for unit in found if not _another_make(unit, row)]
        if not same:
            remarks.append(Problem("import_serial_other_product", "serial", {
                "serial": excerpt(row.serial), "product": excerpt(_title(found[0].values)),
            }))  # fmt: skip
            return None
        if len(same) > 1:
            alike = [unit for unit in same if _same_key(unit, row)] or same
            owned = [
                unit for unit in alike
                if unit.owner and self._people.meant(row.person, unit.owner).person is unit.owner
            ]  # fmt: skip
            alike = owned or alike
            if len(alike) > 1:
                raise refuse("import_serial_several", "serial", serial=excerpt(row.serial))
            same = alike
        (unit,) = same
        if not _fits(unit, row) and not self._overwrite:
            said = {
                "serial": excerpt(row.serial),
                "stored": excerpt(_title(unit.values)),
                "text": excerpt(_title(row.product)),
                "line": unit.line,
            }
            code = "import_serial_twice_model" if unit.line else "import_serial_other_model"
            raise refuse(code, "serial", **said)
        return unit

    def _without_serial(self, row: UnitRow) -> Unit | None:
        """A card without serial that no other row has meant, of the same person and product."""
        return next((unit for unit in self._cards(row) if not _differing(unit, row, devices.DATES)), None)

    def _of_bare(self, row: UnitRow) -> Unit | None:
        """The only card of that person and product that still lacks its serial and shares a day."""
        alike = [
            unit for unit in self._cards(row)
            if unit.owner and unit.row and not _differing(unit, row, devices.DATES)
            and any(row.facts.get(name) == unit.values[name] for name in devices.DATES if unit.values[name])
        ]  # fmt: skip
        return alike[0] if len(alike) == 1 else None

    def _cards(self, row: UnitRow) -> list[Unit]:
        key = devices.product_key(row.product["brand"], row.product["model"])
        if key not in self._bare_keys:
            return []
        owners = self._may_be_of(row)
        found = [unit for owner in owners for unit in self._bare.get((id(owner) if owner else 0, key), ())]
        said = str(row.facts.get("invoice_no", ""))
        return [
            unit for unit in found
            if unit.row and not unit.line and not unit.values["serial"]
            and _agree(unit.values["invoice_no"], said)
        ]  # fmt: skip

    def _may_be_of(self, row: UnitRow) -> tuple[Person | None, ...]:
        """Whose card it may be; nobody's where the row names nobody, or one of several."""
        if row.person.nobody:
            return (None,)
        meant = self._people.meant(row.person)
        if meant.unsure:
            return (None, *meant.among)
        return (meant.person,) if meant.person is not None else ()

    def _owner(
        self, unit: Unit, row: UnitRow, line: int, remarks: list[Problem]
    ) -> tuple[Person | None, bool]:
        """Whose the row says it is, and whether that is somebody new. Refuses somebody else's unit."""
        if row.person.nobody:
            return None, False
        meant = self._people.meant(row.person, unit.owner)
        if meant.unsure:
            remarks.append(_unsure(row.person))
            return None, False
        if unit.owner is not None and meant.person is not unit.owner:
            said = {
                "serial": excerpt(row.serial or _title(unit.values)),
                "customer": excerpt(unit.owner.texts["name"]) or "–",
                "text": excerpt(row.person.name or row.person.phones[0]),
                "line": unit.line,
            }
            raise refuse(
                "import_serial_twice_owner" if unit.line else "import_serial_of_other", "serial", **said
            )
        if meant.shared:
            remarks.append(_shared(row.person))
        return meant.person, meant.person is None

    def _check_twice(self, unit: Unit, row: UnitRow) -> None:
        """Refuses a row about a unit that contradicts what an earlier one said."""
        wrong = [
            name for name in _CONTRADICTING
            if not _agree(unit.said.get(name), row.facts.get(name))
        ]  # fmt: skip
        if wrong:
            raise refuse(
                "import_serial_twice", "serial",
                serial=excerpt(row.serial), line=unit.line, fields=", ".join(wrong),
            )  # fmt: skip

    def _complete(self, unit: Unit, row: UnitRow, remarks: list[Problem]) -> bool:
        """Fill what a card does not have yet; what differs is kept and said, unless the list is right."""
        filled = False
        said: dict[str, Any] = {"serial": row.serial, **row.product, **row.facts}
        if _same_key(unit, row):  # the same product, however it is divided into brand and model
            said |= {"brand": "", "model": ""}
        for name, value in said.items():
            stored = unit.values[name]
            if not value or (_agree(stored, value) and stored):
                continue
            if name == "category" and value == OTHER:
                continue
            empty = not stored or (name == "category" and stored == OTHER)
            if not empty and name in ("brand", "model", "serial") and not self._overwrite:
                continue  # the same unit, written otherwise
            if not empty and not self._overwrite:
                remarks.append(kept(name, stored, value))
                continue
            unit.before.setdefault(name, stored)
            unit.values[name] = value
            filled = True
            if name == "serial":
                self._by_serial.setdefault(squeeze(value)[:200], []).append(unit)
        return filled

    def _new(self, row: UnitRow, line: int, remarks: list[Problem]) -> Unit:
        owner = None
        if not row.person.nobody:
            meant = self._people.meant(row.person)
            owner = meant.person
            if meant.unsure:
                remarks.append(_unsure(row.person))
            elif owner is not None:
                self._people.complete(owner, row.person, remarks)
            else:
                if meant.shared:
                    remarks.append(_shared(row.person))
                owner = self._people.add(row.person, line)
        values: dict[str, Any] = {**dict.fromkeys(TEXTS, ""), **dict.fromkeys(devices.DATES)}
        values |= {"serial": row.serial, **row.product, **row.facts}
        unit = Unit(values, owner, line=line, said=dict(row.facts))
        self._add(unit)
        return unit

    def _add(self, unit: Unit) -> None:
        self.all.append(unit)
        if serial := squeeze(unit.values["serial"])[:200]:
            self._by_serial.setdefault(serial, []).append(unit)
        else:
            whose = id(unit.owner) if unit.owner else 0
            self._bare.setdefault((whose, unit.key), []).append(unit)
            if unit.row is not None:
                self._bare_keys.add(unit.key)


def _title(values: Mapping[str, Any]) -> str:
    return f"{values['brand']} {values['model']}".strip() or values["category"]


def _another_make(unit: Unit, row: UnitRow) -> bool:
    """Whether both say a brand and it is not the same one; one model under two spellings of it is."""
    mine, theirs = squeeze(row.product["brand"]), squeeze(unit.values["brand"])
    model = squeeze(row.product["model"])
    if not mine or not theirs or (model and model == squeeze(unit.values["model"])):
        return False
    return mine not in theirs and theirs not in mine


def _same_key(unit: Unit, row: UnitRow) -> bool:
    return unit.key == devices.product_key(row.product["brand"], row.product["model"])


def _fits(unit: Unit, row: UnitRow) -> bool:
    """Whether the models may be the same one: one is not said, or is a part of the other."""
    mine, theirs = squeeze(row.product["model"]), squeeze(unit.values["model"])
    return mine in theirs or theirs in mine


def _agree(stored: object, said: object) -> bool:
    """Whether two values do not contradict each other."""
    if not stored or not said:
        return True
    if isinstance(stored, date) or isinstance(said, date):
        return stored == said
    return fold(str(stored)) == fold(str(said))


def _differing(unit: Unit, row: UnitRow, names: Iterable[str]) -> bool:
    return any(not _agree(unit.values[name], row.facts.get(name)) for name in names)


def _unsure(row: PersonRow) -> Problem:
    return Problem("import_phone_ambiguous", "phone", {"text": excerpt(row.phones[0])})


def _shared(row: PersonRow) -> Problem:
    return Problem("import_same_phone", "phone", {"text": excerpt(row.phones[0])})
