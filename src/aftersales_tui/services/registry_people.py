"""The people of a list beside those on file: who is meant, who is new, what their files do not have yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from aftersales_tui.domain.contacts import Phone, phone_spellings, read_phone
from aftersales_tui.domain.errors import Problem
from aftersales_tui.domain.import_rows import PersonRow
from aftersales_tui.domain.text import excerpt, fold
from aftersales_tui.services.customers import EDITABLE, same_name
from aftersales_tui.store.records import LARGEST
from aftersales_tui.store.tables import Customer, CustomerPhone


@dataclass(slots=True, eq=False)
class Person:
    """A customer as the list leaves it; ``before`` has what stood in the fields it changed."""

    texts: dict[str, str]
    row: Customer | None = None
    phones: list[tuple[Phone, str]] = field(default_factory=list)
    """As read, each with its label."""
    line: int = 0
    before: dict[str, str] = field(default_factory=dict)
    new_phones: list[Phone] = field(default_factory=list)
    id: int = 0

    @property
    def changed(self) -> bool:
        """Whether a file that was there before gets anything new."""
        return self.row is not None and bool(self.before or self.new_phones)


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a row means: one on file or in the list, nobody yet, or one of several."""

    person: Person | None = None
    unsure: bool = False
    shared: bool = False
    """Whether somebody else has the phone."""
    among: tuple[Person, ...] = ()
    """Those it may be, when that is ``unsure``."""


class People:
    """Everybody the list may mean, by phone and by name."""

    def __init__(self, region: str, *, overwrite: bool = False) -> None:
        self.everybody: list[Person] = []
        self._region = region
        self._overwrite = overwrite
        self._by_number: dict[str, list[Person]] = {}
        self._by_name: dict[str, list[Person]] = {}
        self._read: dict[str, Phone] = {}
        self._keys: dict[str, frozenset[str]] = {}
        self.by_id: dict[int, Person] = {}

    def numbers_of(self, rows: Iterable[PersonRow]) -> tuple[set[str], set[str]]:
        """Under which international numbers and which digits the phones of these rows may be on file."""
        e164s: set[str] = set()
        digits: set[str] = set()
        for row in rows:
            for raw in row.phones:
                phone = self._phone(raw)
                if phone.e164:
                    e164s.add(phone.e164)
                digits |= self._keys[raw] - {phone.e164}
        return e164s, digits

    def on_file(self, found: Iterable[tuple[Customer, Sequence[CustomerPhone]]]) -> None:
        """Take in those who are on file, newest first."""
        for row, phones in found:
            person = Person({name: getattr(row, name) for name in EDITABLE}, row, id=row.id or 0)
            self.by_id[person.id] = person
            self._add(person)
            for stored in phones:
                phone = Phone(stored.raw, stored.e164 or None, stored.digits, stored.extension)
                self._add_phone(person, phone, stored.label)

    def meant(self, row: PersonRow, owner: Person | None = None) -> Meant:
        """Whom a row means, by the rules of the desk: a phone with another name is somebody else.

        Without a phone it is the unit's ``owner`` of that name, or whoever has that name and address.
        """
        known = self._with_phones(row.phones)
        if row.name and row.phones:
            around = [*known, *([owner] if owner else [])]
            named = next((one for one in around if same_name(row.name, one.texts["name"])), None)
            found = named or next((one for one in known if not one.texts["name"]), None)
            return Meant(found, shared=bool(known) and found is None)
        if row.name:
            if owner is not None and same_name(row.name, owner.texts["name"]):
                return Meant(owner)
            address = fold(row.texts.get("address", ""))
            named_so = self._by_name.get(fold(row.name), ())
            there = [one for one in named_so if fold(one.texts["address"]) == address]
            # the longest on file, so that a list that comes in twice means the same one again
            return Meant(min(there, key=lambda one: one.id or LARGEST, default=None))
        if len(known) > 1:
            return Meant(owner) if owner in known else Meant(owner, unsure=True, among=tuple(known))
        return Meant(known[0] if known else None)

    def add(self, row: PersonRow, line: int) -> Person:
        """Somebody new."""
        texts: dict[str, str] = {**dict.fromkeys(EDITABLE, ""), "name": row.name, **row.texts}
        person = Person(texts, line=line)
        self._add(person)
        for raw in row.phones:
            self._add_phone(person, self._phone(raw), "")
        return person

    def complete(self, person: Person, row: PersonRow, remarks: list[Problem]) -> bool:
        """Fill what a file does not have yet; what differs is kept and said, unless the list is right.

        Gives back whether anything was filled. A name is never changed.
        """
        filled = False
        for name, said in {"name": row.name, **row.texts}.items():
            stored = person.texts[name]
            if not said or fold(said) == fold(stored) or (name == "name" and stored):
                continue
            if stored and not self._overwrite:
                remarks.append(kept(name, stored, said))
                continue
            person.before.setdefault(name, stored)
            person.texts[name] = said
            filled = True
        for raw in row.phones:
            phone = self._phone(raw)
            if not any(_same(phone, stored) for stored, _ in person.phones):
                self._add_phone(person, phone, "")
                person.new_phones.append(phone)
                filled = True
        return filled

    def _phone(self, raw: str) -> Phone:
        if raw not in self._read:
            phone = self._read[raw] = read_phone(raw, self._region)
            self._keys[raw] = (phone_spellings(phone, self._region) | {phone.e164 or ""}) - {""}
        return self._read[raw]

    def _add(self, person: Person) -> None:
        self.everybody.append(person)
        if person.texts["name"]:
            self._by_name.setdefault(fold(person.texts["name"]), []).append(person)

    def _add_phone(self, person: Person, phone: Phone, label: str) -> None:
        person.phones.append((phone, label))
        for key in {phone.e164 or "", phone.digits} - {""}:
            self._by_number.setdefault(key, []).append(person)

    def _with_phones(self, raws: Sequence[str]) -> list[Person]:
        found: dict[int, Person] = {}
        for raw in raws:
            self._phone(raw)
            for key in sorted(self._keys[raw]):
                found.update((id(one), one) for one in self._by_number.get(key, ()))
        return list(found.values())


def kept(name: str, stored: Any, said: Any) -> Problem:
    """That a filled field differs and was left as it is."""
    shown = {key: excerpt(value) if isinstance(value, str) else value for key, value in
             (("stored", stored), ("text", said))}  # fmt: skip
    return Problem("import_kept", name, {"fields": name, **shown})


def _same(mine: Phone, theirs: Phone) -> bool:
    if mine.e164 and theirs.e164:
        return mine.e164 == theirs.e164
    return (mine.digits or mine.raw) == (theirs.digits or theirs.raw)
