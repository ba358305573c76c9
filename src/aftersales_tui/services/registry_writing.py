"""Writing what a list brought: new files and changed ones, their events, and what they are found by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aftersales_tui.domain.contacts import Phone
from aftersales_tui.domain.import_rows import OTHER
from aftersales_tui.domain.words import Proof, RecordKind
from aftersales_tui.services.refresh import device_changed, find_again
from aftersales_tui.services.registry_people import Person
from aftersales_tui.services.registry_units import PRODUCT, TEXTS, Unit
from aftersales_tui.services.shop import ShopDay
from aftersales_tui.store import devices, registry
from aftersales_tui.store.engine import Session
from aftersales_tui.store.search import Part
from aftersales_tui.store.tables import Product

_COLUMNS = (*TEXTS, *devices.DATES)


class Writing:
    """One list, written inside its transaction."""

    def __init__(self, session: Session, day: ShopDay, by: int, file: str) -> None:
        self._session = session
        self._day = day
        self._by = by
        self._file = file
        self._products: dict[tuple[str, str, str], Product] = {}
        self._find = registry.Findable(session, day.settings.region)

    def write(self, people: Sequence[Person], units: Sequence[Unit]) -> None:
        """Everything that is new or changed."""
        changed_people = [one for one in people if one.changed]
        changed_units = [one for one in units if one.changed]
        new_people = [one for one in people if one.row is None]
        new_units = [one for one in units if one.row is None]
        self._add_people(new_people)
        self._change_people(changed_people)
        self._add_units(new_units)
        self._change_units(changed_units)
        self._make_findable(new_people, changed_people, new_units, changed_units)

    def _add_people(self, people: Sequence[Person]) -> None:
        rows = [{**one.texts, **self._made()} for one in people]
        for one, record_id in zip(people, registry.add_customers(self._session, rows), strict=True):
            one.id = record_id
        self._add_phones(people, {one.id: [phone for phone, _ in one.phones] for one in people})
        told = [
            (one.id, "added", self._told(one.line, after={**one.texts, "phones": _raw(one.phones)}))
            for one in people
        ]
        self._record(RecordKind.CUSTOMER, told)

    def _change_people(self, people: Sequence[Person]) -> None:
        self._add_phones(people, {one.id: one.new_phones for one in people})
        changes: dict[int, dict[str, Any]] = {}
        told: list[tuple[int, str, Mapping[str, object]]] = []
        for one in people:
            assert one.row is not None
            after: dict[str, object] = {name: one.texts[name] for name in one.before}
            changes[one.id] = {**after, "version": one.row.version + 1}
            if one.new_phones:
                after["phones"] = [phone.raw for phone in one.new_phones]
            told.append((one.id, "changed", self._told(one.line, before=one.before, after=after)))
        registry.change_customers(self._session, changes)
        self._record(RecordKind.CUSTOMER, told)

    def _add_phones(self, people: Sequence[Person], phones: Mapping[int, Sequence[Phone]]) -> None:
        registry.add_phones(
            self._session,
            [
                {
                    "customer_id": one.id,
                    "position": position,
                    "raw": phone.raw,
                    "e164": phone.e164 or "",
                    "digits": phone.digits,
                    "extension": phone.extension,
                    "label": "",
                }
                for one in people
                for position, phone in enumerate(phones[one.id], start=len(one.phones) - len(phones[one.id]))
            ],
        )

    def _add_units(self, units: Sequence[Unit]) -> None:
        rows = [
            {
                **{name: one.values[name] for name in _COLUMNS},
                "customer_id": one.owner.id if one.owner else None,
                "product_id": self._product(one),
                "proof": Proof.TOLD,
                **self._made(),
            }
            for one in units
        ]
        for one, record_id in zip(units, registry.add_devices(self._session, rows), strict=True):
            one.id = record_id
        told = [(one.id, "added", self._told(one.line, after=one.values)) for one in units]
        self._record(RecordKind.DEVICE, told)

    def _change_units(self, units: Sequence[Unit]) -> None:
        changes: dict[int, dict[str, Any]] = {}
        told: list[tuple[int, str, Mapping[str, object]]] = []
        for one in units:
            assert one.row is not None
            changes[one.id] = {name: one.values[name] for name in one.before if name in _COLUMNS}
            if any(name in one.before for name in PRODUCT):
                changes[one.id]["product_id"] = self._product(one)
            before, after = dict(one.before), {name: one.values[name] for name in one.before}
            if one.owner_is_new and one.owner is not None:
                changes[one.id]["customer_id"] = one.owner.id
                after["customer"] = one.owner.texts["name"] or one.owner.id
            changes[one.id]["version"] = one.row.version + 1
            told.append((one.id, "changed", self._told(one.line, before=before, after=after)))
        registry.change_devices(self._session, changes)
        self._record(RecordKind.DEVICE, told)

    def _product(self, unit: Unit) -> int:
        """The product of a unit, which from now on is called as the product is."""
        kind = unit.values["category"]
        key = (unit.values["brand"], unit.values["model"], "" if kind == OTHER else kind)
        if key not in self._products:
            self._products[key] = devices.product(self._session, *key)
        found = self._products[key]
        unit.values |= {name: getattr(found, name) for name in PRODUCT}
        return found.id or 0

    def _made(self) -> dict[str, Any]:
        return {"created_at": self._day.now, "created_by": self._by, "version": 1}

    def _told(self, line: int, **parts: Mapping[str, Any]) -> dict[str, object]:
        """The data of an event: what is not empty, and where it came from."""
        kept = {
            name: {key: value for key, value in part.items() if value or name == "before"}
            for name, part in parts.items()
        }
        return {**{name: part for name, part in kept.items() if part}, "file": self._file, "line": line}

    def _record(self, kind: RecordKind, told: Sequence[tuple[int, str, Mapping[str, object]]]) -> None:
        registry.record_events(self._session, self._day.now, self._by, kind, told)

    def _make_findable(
        self,
        new_people: Sequence[Person],
        changed_people: Sequence[Person],
        new_units: Sequence[Unit],
        changed_units: Sequence[Unit],
    ) -> None:
        find, now = self._find, self._day.now
        who = {id(one): find.who(one.texts, _labelled(one)) for one in (*new_people, *changed_people)}
        nobody: list[Part] = []

        def parts(unit: Unit) -> list[Part]:
            owner = unit.owner
            if owner is None:
                return find.device(unit.values, nobody)
            if id(owner) not in who:
                who[id(owner)] = find.who(owner.texts, _labelled(owner))
            return find.device(unit.values, who[id(owner)])

        find.put_new(
            RecordKind.CUSTOMER, now, [(one.id, find.customer(one.texts, who[id(one)])) for one in new_people]
        )
        find.put_new(RecordKind.DEVICE, now, [(one.id, parts(one)) for one in new_units])
        find.put_again(
            RecordKind.CUSTOMER, {one.id: find.customer(one.texts, who[id(one)]) for one in changed_people}
        )
        again = {one.id: parts(one) for one in changed_units}
        by_id = {one.id: one for one in changed_people}
        for device, product in registry.devices_of(self._session, set(by_id)):
            if device.id not in again:
                values = {name: getattr(device, name) for name in TEXTS}
                values |= {name: getattr(product, name) for name in PRODUCT}
                again[device.id or 0] = find.device(values, who[id(by_id[device.customer_id or 0])])
        find.put_again(RecordKind.DEVICE, again)
        self._renew_work(set(by_id), {one.id for one in changed_units})

    def _renew_work(self, owners: set[int], units: set[int]) -> None:
        """Calls and jobs show their customer and device: what they are found by follows."""
        busy_owners, busy_units = registry.with_work(self._session, owners, units)
        self._session.expire_all()
        for customer_id in busy_owners:
            find_again(self._session, self._day, customer_id)
        for device_id in busy_units:
            device_changed(self._session, self._day, device_id)


def _raw(phones: Sequence[tuple[Phone, str]]) -> list[str]:
    return [phone.raw for phone, _ in phones]


def _labelled(person: Person) -> list[tuple[str, str]]:
    return [(phone.raw, label) for phone, label in person.phones]
