"""The people and the things of the generated shop: customers with their phones, and their devices."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from repair_words import DISTRICTS, KINDS, SELLERS, STREETS, Kind, fault, name
from sqlalchemy import Connection

from aftersales_tui.domain.contacts import read_phone
from aftersales_tui.domain.text import squeeze
from aftersales_tui.domain.words import (
    Coverage,
    Proof,
    RecordKind,
)
from aftersales_tui.store import customers, devices, events, search, tables
from aftersales_tui.store.calendars import load_rest_days
from aftersales_tui.store.devices import category_names
from aftersales_tui.store.search import Part

NOW = datetime(2026, 11, 23, 1, 42, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
TODAY = NOW.astimezone(ZONE).date()
JOBS_A_DAY = 68
Row = dict[str, Any]


class People:
    """Fills ``rows`` and ``findable``; whatever is made later refers to it by number."""

    def __init__(
        self, connection: Connection, n_jobs: int, clerks: list[int], technicians: list[int]
    ) -> None:
        self.rng = Random(20261123)
        self.connection = connection
        self.clerks, self.technicians = clerks, technicians
        self.n_jobs, self.n_calls = n_jobs, n_jobs * 24 // 100
        self.n_customers, self.n_devices = n_jobs * 36 // 100, n_jobs * 40 // 100
        self.rest_days = load_rest_days("CN")
        self.rows: dict[type, list[Row]] = {}
        self.who: list[tuple[Part, ...]] = [()]
        self.things: list[tuple[tuple[Part, ...], Kind, int, int]] = [((), KINDS[0], 0, 0)]
        self.chinese: list[bool] = [False]
        self.phones: list[str] = [""]
        self.phone_parts: list[Sequence[Part]] = [()]
        self.texts: set[str] = set()
        self.findable: dict[RecordKind, list[tuple[int, datetime, Sequence[Part]]]] = {}
        self.events: list[events.Entry] = []
        self.verdicts: dict[tuple[str, date | None], tuple[Coverage, str, str, str]] = {}

    def _pick(self, weighted: tuple[tuple[Any, int], ...]) -> Any:
        return self.rng.choices([word for word, _ in weighted], [weight for _, weight in weighted])[0]

    def _add(self, table: type, **values: Any) -> int:
        rows = self.rows.setdefault(table, [])
        filled = {**_defaults(table), **values, "id": len(rows) + 1}
        rows.append(filled)
        return len(rows)

    def _findable(self, kind: RecordKind, record_id: int, at: datetime, *parts: Part) -> None:
        self.findable.setdefault(kind, []).append((record_id, at, parts))

    def _event(self, at: datetime, by: int, kind: RecordKind, record_id: int, what: str, **data: Any) -> None:
        self.events.append(events.entry(at, by, kind, record_id, what, **data))

    def _day_of(self, n: int) -> datetime:
        """When the n-th of the jobs was opened: 68 a day between 09:00 and 18:00, the last one now."""
        back, turn = divmod(self.n_jobs - n, JOBS_A_DAY)
        opening = datetime.combine(TODAY - timedelta(days=back), time(9), ZONE)
        if back == 0:
            return NOW - timedelta(seconds=1 + turn * 37)
        return (opening + timedelta(seconds=(JOBS_A_DAY - turn) * 470 + self.rng.randint(0, 400))).astimezone(
            UTC
        )

    def _customers(self) -> None:
        for number in range(1, self.n_customers + 1):
            rng, who = self.rng, name(self.rng)
            mobile = f"1{rng.choice('358')}{rng.choice('56789')}{rng.randint(0, 99_999_999):08d}"
            phones = [f"{mobile[:3]} {mobile[3:7]} {mobile[7:]}"]
            if rng.random() < 0.15:
                phones.append(
                    f"0755 {rng.randint(20, 89)}{rng.randint(0, 99):02d} {rng.randint(0, 9999):04d}"
                )
            district = rng.choice(DISTRICTS)
            address = f"{rng.choice(STREETS)} {rng.randint(1, 400)}-{rng.randint(101, 3205)}"
            at = self._day_of(1 + (number - 1) * self.n_jobs // self.n_customers) - timedelta(seconds=20)
            email = f"{squeeze(who)[:8]}{number}@example.com" if who.isascii() and rng.random() < 0.3 else ""
            notes = rng.choice(
                (
                    "",
                    "",
                    "",
                    "",
                    "prefers WeChat",
                    "听力不好，请慢慢讲",
                    f"door code {rng.randint(1000, 9999)}",
                )
            )
            self._add(
                tables.Customer,
                name=who,
                region=district,
                address=address,
                email=email,
                notes=notes,
                created_at=at,
                created_by=self.clerks[0],
            )
            read = [read_phone(raw, "CN") for raw in phones]
            for position, phone in enumerate(read):
                self._add(
                    tables.CustomerPhone,
                    customer_id=number,
                    position=position,
                    raw=phone.raw,
                    e164=phone.e164 or "",
                    digits=phone.digits,
                )
            said = [part for raw in phones for part in customers.phone_parts(raw, "CN")]
            where = ((search.ADDRESS, district), (search.ADDRESS, address))
            self.who.append((*customers.name_parts(who), *said, *where))
            self.phone_parts.append(customers.phone_parts(phones[0], "CN"))
            self.chinese.append(not who.isascii())
            self.phones.append(phones[0])
            self._findable(
                RecordKind.CUSTOMER, number, at, *self.who[-1], (search.TEXT, email), (search.TEXT, notes)
            )

    def _devices(self) -> None:
        products: dict[tuple[str, str], int] = {}
        for number in range(1, self.n_devices + 1):
            rng = self.rng
            kind = rng.choice(KINDS)
            brand = rng.choice(kind.brands)
            model = f"{kind.models}{rng.randint(10, 129)}{rng.choice(('', 'A', 'B', 'T', 'Pro', '-W'))}"
            product = products.get((brand, model))
            if product is None:
                product = products[brand, model] = self._add(
                    tables.Product,
                    brand=brand,
                    model=model,
                    category=kind.category,
                    folded=devices.product_key(brand, model),
                )
            owner = 1 + (number - 1) * self.n_customers // self.n_devices
            at = self._day_of(1 + (number - 1) * self.n_jobs // self.n_devices) - timedelta(seconds=10)
            letters = "".join(rng.choice("ABCDEFGHJKLMNPRSTVWXYZ") for _ in range(3))
            serial = f"{letters}{rng.randint(10, 99)}-{rng.randint(0, 9_999_999):07d}"
            sold = (at - timedelta(days=int(rng.expovariate(1 / 500)))).date()
            invoice = str(rng.randint(10**9, 10**10)) if rng.random() < 0.4 else ""
            self._add(
                tables.Device,
                customer_id=owner,
                product_id=product,
                serial=serial,
                serial_folded=squeeze(serial),
                sold_on=sold,
                invoice_no=invoice,
                proof=rng.choice((Proof.SEEN, Proof.TOLD, Proof.TOLD)),
                seller=rng.choice(SELLERS),
                created_at=at,
                created_by=self.clerks[1],
            )
            named = (f"{brand} {model}", *category_names(kind.category))
            thing = (
                *((search.PRODUCT, part) for part in named),
                (search.SERIAL, serial),
                (search.TEXT, invoice),
            )
            self.things.append((thing, kind, product, owner))
            self._findable(RecordKind.DEVICE, number, at, *thing, *self.who[owner])

    def _fresh_fault(self, kind: Kind, chinese: bool) -> str:
        said = fault(self.rng, kind, chinese)
        while said in self.texts:
            said = fault(self.rng, kind, chinese)
        self.texts.add(said)
        return said


_DEFAULTS: dict[type, Row] = {}


def _defaults(table: Any) -> Row:
    """The same keys in every row of a table, so that one INSERT serves them all."""
    if table not in _DEFAULTS:
        _DEFAULTS[table] = {
            name: None if field.is_required() else field.get_default()
            for name, field in table.model_fields.items()
        }
    return _DEFAULTS[table]
