"""Forgetting people and keeping the books: numbers, dates and outcomes stay, the person goes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from aftersales_tui import drafts, paths
from aftersales_tui.domain.dates import local_day
from aftersales_tui.domain.errors import Busy, Problem, ShopError, StoreFault, refuse
from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.permissions import Permission
from aftersales_tui.domain.text import clean
from aftersales_tui.domain.traces import Person, Traces, spellings
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.services import backups, fields
from aftersales_tui.services.refresh import find_again
from aftersales_tui.services.shop import Shop, ShopDay
from aftersales_tui.store import backup, calls, checksums, privacy, rewriting, search
from aftersales_tui.store.engine import Session
from aftersales_tui.store.privacy import Row
from aftersales_tui.store.tables import Call, Customer
from aftersales_tui.views.privacy import DueRow, Forgetting, Forgotten

LIST = ".forgotten"
"""Ends the name of the list of forgotten files beside the shop file."""
_NUMBERS = {"job": NumberKind.JOB, "call": NumberKind.CALL, "follow_up": NumberKind.FOLLOW_UP}
_MENTIONS = 20
_LONG_NUMBER = 7
"""Digits of a phone that are looked for in the data of other records' events."""


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that belongs to one person, as it stands in the file."""

    files: Sequence[Customer]
    found: Mapping[str, list[Row]]
    traces: Traces
    strangers: Sequence[int]
    """Calls of nobody on file from one of the person's phones."""
    unshared: Sequence[Row]
    """Phones that nobody else has."""
    shared_with: Sequence[int]

    @property
    def kept(self) -> Customer:
        """The file itself; the others were merged into it."""
        return self.files[0]

    @property
    def ids(self) -> list[int]:
        """The ids of all files."""
        return [row.id or 0 for row in self.files]


def case_of(session: Session, day: ShopDay, customer_id: int) -> Case:
    """Gathers everything about a person, through merged files. Raises ``NotFound``."""
    region = day.settings.region
    files = privacy.files_of(session, customer_id)
    ids = [row.id or 0 for row in files]
    phones = privacy.everything(session, ids, ())["customer_phone"]
    strangers = privacy.strangers_calls(session, spellings((p["raw"] for p in phones), region), region)
    found = privacy.everything(session, ids, strangers)
    shared = privacy.others_with(session, phones, ids)
    person = Person(
        names=_said([*(row.name for row in files), *(row["caller_name"] for row in found["call"])]),
        phones=_said([*(row["raw"] for row in phones), *(row["caller_phone"] for row in found["call"])]),
        emails=_said(row.email for row in files),
        addresses=_said([*(row.address for row in files), *(row["place"] for row in found["device"])]),
        region=region,
    )
    return Case(
        files=files,
        found=found,
        traces=Traces(person),
        strangers=strangers,
        unshared=[phone for phone in phones if phone["raw"] not in shared],
        shared_with=sorted({other for others in shared.values() for other in others}),
    )


def plan(shop: Shop, customer_id: int) -> Forgetting:
    """What forgetting a customer would do. Raises as ``erase``; writes nothing."""
    with shop.reading() as (session, day):
        case = case_of(session, day, customer_id)
        _check(session, case)
        return _forgetting(session, case, *_work(session, case))


def erase(shop: Shop, customer_id: int, reason: str, by: int, *, and_copies: bool = False) -> Forgotten:
    """Forget a person: name, phones, addresses, notes and what they said go, the books stay whole.

    The file is written anew afterwards, so that no byte is left in it; drafts about the person go, and
    with ``and_copies`` the copies of the shop file from before, once a new one is made. Raises
    ``Refused``: ``reason_needed``, ``erase_open`` while a job or call of theirs is open,
    ``customer_forgotten``; ``NotAllowed``, ``NotFound``; ``StoreFault`` when the list of the forgotten
    beside the shop file cannot be written.
    """
    said = fields.text("reason", reason)
    if not said:
        raise refuse("reason_needed", "reason")
    with shop.writing(by, Permission.PRIVACY) as (session, day):
        case = case_of(session, day, customer_id)
        _check(session, case)
        done = _erase(session, day, case, by, case.traces.black_out(said))
        _note(shop.path, case.files, day.now)
    return _afterwards(shop, [case], [done], and_copies=and_copies)[0]


def due(shop: Shop) -> tuple[DueRow, ...]:
    """Customers to whom nothing happened for the years the shop keeps people, and who have nothing open.

    None while the setting ``retention_years`` is 0.
    """
    with shop.reading() as (session, day):
        return _due(session, day)


def erase_due(shop: Shop, by: int, *, and_copies: bool = False) -> tuple[Forgotten, ...]:
    """Forget everybody who is ``due``, in one transaction. Raises ``NotAllowed``."""
    with shop.writing(by, Permission.PRIVACY) as (session, day):
        reason = f"retention_years = {day.settings.retention_years}"
        cases, done = [], []
        for row in _due(session, day):
            case = case_of(session, day, row.id)
            done.append(_erase(session, day, case, by, reason))
            _note(shop.path, case.files, day.now)
            cases.append(case)
    return tuple(_afterwards(shop, cases, done, and_copies=and_copies)) if cases else ()


def reapply_erasures(shop: Shop, beside: Path | None = None) -> tuple[int, ...]:
    """Forget again whoever was forgotten since a copy was made; the ids.

    The list lies beside the shop file, or beside ``beside`` while the copy is not in its place yet. A
    file with the number of a forgotten one that was made at another moment is somebody else's.
    """
    listed = _listed(beside or shop.path)
    if not listed:
        return ()
    with shop.store.writing() as session:
        day = shop.day(session)
        known = privacy.erased(session)
        again: list[int] = []
        for customer_id, made in listed:
            if customer_id in known or privacy.made_at(session, customer_id) != made:
                continue
            case = case_of(session, day, customer_id)
            _erase(session, day, case, None, "restored")
            known |= dict.fromkeys(case.ids, day.now)
            again.append(customer_id)
    if again:
        rewriting.rewrite(shop.store)
    return tuple(again)


def tidy(shop: Shop, by: int) -> None:
    """Write the file anew when that was not possible after somebody was forgotten. Raises ``Busy``."""
    with shop.writing(by, Permission.PRIVACY):
        pass
    rewriting.rewrite(shop.store)


def _check(session: Session, case: Case) -> None:
    kept = case.kept
    if kept.erased_at is not None:
        raise refuse("customer_forgotten", "customer", id=kept.id)
    jobs, unclosed, _ = privacy.open_items(session, case.found)
    numbers = [*_numbered("job", jobs), *_numbered("call", unclosed)]
    if numbers:
        name = kept.name or str(kept.id)
        raise refuse("erase_open", "customer", id=kept.id, name=name, numbers=", ".join(numbers))


def _numbered(table: str, rows: Sequence[Row]) -> list[str]:
    return [show_number(_NUMBERS[table], row["number"]) for row in rows]


Events = list[tuple[int, RecordKind, int]]


def _work(session: Session, case: Case) -> tuple[list[privacy.Changed], Events]:
    texts = {
        said
        for phone in case.unshared
        for said in (phone["raw"], phone["e164"], phone["digits"])
        if sum(char.isdigit() for char in said) >= _LONG_NUMBER
    } | {row.email for row in case.files if row.email}
    own = privacy.events_of(session, case.found)
    known = {event_id for event_id, _, _ in own}
    other = [one for one in privacy.events_that_say(session, texts) if one[0] not in known]
    return privacy.without(case.found, case.traces), [*own, *dict.fromkeys(other)]


def _forgetting(session: Session, case: Case, changes: Sequence[privacy.Changed], said: Events) -> Forgetting:
    emptied: Counter[str] = Counter()
    for one in changes:
        emptied[f"{one.table}s"] += one.emptied
    emptied["phones"] = len(case.found["customer_phone"])
    kept = {f"{name}s": len(case.found[name]) for name in ("device", "call", "job", "follow_up")}
    _, _, follow_ups = privacy.open_items(session, case.found)
    return Forgetting(
        customer_id=case.kept.id or 0,
        merged=tuple(case.ids[1:]),
        emptied={name: count for name, count in emptied.items() if count},
        blacked_out=sum(one.blacked_out for one in changes),
        events=len(said),
        kept=kept,
        follow_ups_open=tuple(row["number"] for row in follow_ups),
        shared_phones=tuple(case.shared_with),
        elsewhere=_elsewhere(session, case),
    )


def _elsewhere(session: Session, case: Case) -> tuple[str, ...]:
    """Other people's records in whose texts one of the phones stands that only this person has."""
    own = {(kind, row["id"]) for name, kind in privacy.KINDS.items() for row in case.found[name]}
    found: dict[str, None] = {}
    for phone in case.unshared:
        if len(phone["digits"]) < _LONG_NUMBER:
            continue
        for doc in search.find(session, [phone["digits"]], limit=_MENTIONS + len(own)):
            if (doc.kind, doc.record_id) not in own:
                found[f"{doc.kind.value} {doc.record_id}"] = None
    return tuple(found)[:_MENTIONS]


def _erase(session: Session, day: ShopDay, case: Case, by: int | None, reason: str) -> Forgetting:
    changes, said = _work(session, case)
    done = _forgetting(session, case, changes, said)
    kept, ids = case.kept.id or 0, case.ids
    privacy.write(session, changes, ids, day.now)
    for doc in ids:
        search.forget(session, RecordKind.CUSTOMER, doc)
    find_again(session, day, kept)
    for call_id in case.strangers:
        call = session.get(Call, call_id)
        if call is not None:
            calls.make_findable(session, call, day.settings.region)
    noted = {"reason": reason, "merged": list(done.merged), "kept": dict(done.kept)}
    privacy.forget_events(session, said, day.now, by, kept, noted)
    return done


def _due(session: Session, day: ShopDay) -> tuple[DueRow, ...]:
    years = day.settings.retention_years
    if not years:
        return ()
    before = _years_ago(day.today, years)
    start = datetime(before.year, before.month, before.day, tzinfo=day.zone)
    return tuple(
        DueRow(id=row.id, name=row.name, last_on=local_day(row.last, day.zone), devices=row.devices,
               jobs=row.jobs)
        for row in privacy.quiet_since(session, start)
    )  # fmt: skip


def _years_ago(today: date, years: int) -> date:
    try:
        return today.replace(year=today.year - years)
    except ValueError:  # the 29th of February
        return today.replace(year=today.year - years, day=28)


# after the transaction


def _afterwards(
    shop: Shop, cases: Sequence[Case], done: Sequence[Forgetting], *, and_copies: bool
) -> list[Forgotten]:
    thrown = [_drafts_about(shop.path, case) for case in cases]
    rewritten = True
    try:
        rewriting.rewrite(shop.store)
    except Busy:
        rewritten = False
    copies = _copies(shop)
    if and_copies and rewritten:
        copies = _let_go(shop, copies)
    return [
        Forgotten(
            **asdict(one),
            drafts=gone,
            drafts_in_use=in_use,
            rewritten=rewritten,
            copies=tuple(copies),
        )
        for one, (gone, in_use) in zip(done, thrown, strict=True)
    ]


def _drafts_about(path: Path, case: Case) -> tuple[int, int]:
    owned = {f"{name}_id": {row["id"] for row in rows} for name, rows in case.found.items()}

    def about(text: str, context: Mapping[str, Any]) -> bool:
        named = any(context.get(key) in ids for key, ids in owned.items())
        return named or case.traces.are_in(text)

    return drafts.forget(path, about)


def _copies(shop: Shop) -> list[Path]:
    """Copies of the shop file that this program made and knows of."""
    beside = [
        file
        for pattern in (".before-*", ".broken-*")
        for file in shop.path.parent.glob(shop.path.name + pattern)
    ]
    found = [copy.file for copy in backups.listed(shop)]
    if folder := shop.settings().backup_folder:
        with suppress(OSError):
            found += [copy.file for copy in backup.copies(shop.path, Path(folder))]
    return [*found, *sorted(beside)]


def _let_go(shop: Shop, copies: Sequence[Path]) -> list[Path]:
    """Make a copy without the person, then take the older ones away; those that could not be."""
    try:
        backups.back_up(shop)
    except ShopError:
        return list(copies)
    left = []
    for file in copies:
        try:
            file.unlink(missing_ok=True)
            checksums.sum_file(file).unlink(missing_ok=True)
        except OSError:
            left.append(file)
    return left


# the list of the forgotten: ids and moments, nothing of the person


def _list_of(path: Path) -> Path:
    return path.with_name(path.name + LIST)


def _listed(path: Path) -> list[tuple[int, datetime]]:
    try:
        known = json.loads(_list_of(path).read_text(encoding="utf-8"))["forgotten"]
        return [(int(one["customer"]), datetime.fromisoformat(one["made"])) for one in known]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _list_fault(path, error) from error


def _note(path: Path, files: Sequence[Customer], now: datetime) -> None:
    """Put people on the list, before what forgets them is committed."""
    noted = _list_of(path)
    try:
        known = json.loads(noted.read_text(encoding="utf-8"))["forgotten"] if noted.exists() else []
        known += [
            {"customer": row.id, "made": row.created_at.isoformat(), "at": now.isoformat()} for row in files
        ]
        paths.write_private(noted, json.dumps({"version": 1, "forgotten": known}, indent=1) + "\n")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _list_fault(path, error) from error


def _list_fault(path: Path, error: Exception) -> StoreFault:
    reason = getattr(error, "strerror", None) or str(error)
    return StoreFault(Problem("forgotten_list", "db", {"file": str(_list_of(path)), "reason": reason}))


def _said(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in (clean(one) for one in texts) if text))
