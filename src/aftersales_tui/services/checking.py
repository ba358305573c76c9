"""The shop file examined from its pages to its books, and put right where a program can."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from aftersales_tui.domain.copies import CopyReason, SumState
from aftersales_tui.domain.errors import ShopError, StoreFault
from aftersales_tui.domain.verdicts import Verdict
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.services import backups, staff
from aftersales_tui.services.shop import Shop
from aftersales_tui.store import (
    backup,
    calls,
    checks,
    comparing,
    customers,
    devices,
    events,
    jobs,
    places,
    search,
)
from aftersales_tui.store.engine import JOURNAL_MODE, Session, wal_is_safe
from aftersales_tui.store.migrations import SCHEMA_VERSION
from aftersales_tui.store.policies import load_catalogue, load_policies
from aftersales_tui.store.tables import Call, Customer, Device, Job
from aftersales_tui.views.checking import Finding, Report, Severity, Stage
from aftersales_tui.views.copies import CopyView

OLD_AFTER = timedelta(days=3)
"""A shop file that changed is copied within this time."""

Connection = sqlite3.Connection
Tell = Callable[[Stage], None]


def examine(shop: Shop, *, repair: bool = False, tell: Tell | None = None) -> Report:
    """Everything that can be told of the shop file; with ``repair`` what a program can put right is.

    Before the first repair of the look-up or the books a copy is put aside; a file whose pages are broken
    is left as it is. ``tell`` hears of each stage as it begins. Raises ``Busy``, ``StoreFault``.
    """
    begins = tell or _to_nobody
    found = list(_place(shop, repair))
    with checks.looking(shop.path) as connection:
        begins(Stage.PAGES)
        faults = checks.faults(connection)
        if faults:
            found.append(_pages(connection, faults, repair))
        whole = not faults or found[-1].repaired
        if whole:
            found += _definitions(connection)
            mend = _Mender(shop, connection, repair)
            begins(Stage.LOOK_UP)
            found += _look_up(connection, mend)
            begins(Stage.BOOKS)
            found += _books(connection, mend)
            begins(Stage.BACKUPS)
            found += _altered_rows(shop.path, connection)
        counts = backup.counts_of(connection) if whole else {}
    if whole:
        begins(Stage.ACCOUNT)
        found += _as_far_as_it_reads(_account(shop))
        found += _as_far_as_it_reads(_people(shop))
    for part in (_surroundings, _age_of_copies, _second_folder):
        found += _as_far_as_it_reads(part(shop))
    return _report(shop.path, found, counts)


def _to_nobody(_: Stage) -> None:
    """Nobody waits to hear how far it is."""


def _as_far_as_it_reads(findings: Iterator[Finding]) -> Iterator[Finding]:
    """One value that cannot be read does not hide what else there is to tell."""
    try:
        yield from findings
    except StoreFault as fault:
        if fault.problem.code != "shop_file_damaged":
            raise
        yield _damage(str(fault.problem.values.get("detail") or ""))


def _damage(first: str, n: int = 1) -> Finding:
    return Finding("pages_damaged", Severity.DAMAGE, {"first": first, "n": n})


def report_of_unreadable(path: Path, fault: StoreFault) -> Report:
    """What can be told of a shop file that does not open: what is broken, and which copies are whole.

    Raises the fault again when it is not one of damage.
    """
    code, first = fault.problem.code, str(fault.problem.values.get("detail") or "")
    altered: list[Finding] = []
    if code in ("shop_file_damaged", "store_failed"):
        with suppress(ShopError), checks.looking(path) as connection:
            altered += _definitions(connection)
            first = next(iter(checks.faults(connection)), first)
    # a column that lost its name is no damage to SQLite, only one that nobody knows
    if code != "shop_file_damaged" and not altered:
        raise fault
    return _report(path, [_damage(first), *altered], {})


def _report(path: Path, found: Sequence[Finding], counts: Mapping[str, int]) -> Report:
    copies = backup.copies(path)
    return Report(
        file=path,
        findings=(*found, *_sums_of(copies)),
        schema=SCHEMA_VERSION,
        counts=counts,
        sqlite=sqlite3.sqlite_version,
        journal_mode=JOURNAL_MODE.lower(),
        wal_is_safe=wal_is_safe(sqlite3.sqlite_version_info),
        file_system=places.file_system(path),
        copies=len(copies),
    )


class _Mender:
    """Repairs the content of the file, after a copy of it was put aside once."""

    def __init__(self, shop: Shop, connection: Connection, wanted: bool) -> None:
        self.shop = shop
        self.connection = connection
        self.wanted = wanted
        self._copied = False

    def mend(self, work: Callable[[], object]) -> bool:
        """Does the work when repairs are wanted; whether it was done."""
        if not self.wanted:
            return False
        if not self._copied:
            backups.back_up(self.shop, CopyReason.BEFORE_REPAIR)
            self._copied = True
        work()
        return True

    def in_a_session(self, work: Callable[[Session, str], object]) -> Callable[[], None]:
        """Work that needs the store's own way in, and the shop's region."""

        def do() -> None:
            with self.shop.store.writing() as session:
                work(session, self.shop.day(session).settings.region)

        return do


def _place(shop: Shop, repair: bool) -> Iterator[Finding]:
    path = shop.path
    if places.others_may_read(path):
        repaired = False
        if repair:
            with suppress(OSError):
                path.chmod(0o600)
                repaired = not places.others_may_read(path)
        yield Finding("shop_file_readable", Severity.WARNING, {"file": path.name}, repaired)
    kind = places.file_system(path)
    if places.is_shared(kind):
        yield Finding("file_on_network", Severity.WARNING, {"kind": kind})
    elif kind == "":
        yield Finding("file_system_unknown", Severity.NOTE)


def _pages(connection: Connection, faults: list[str], repair: bool) -> Finding:
    if not checks.only_indexes(faults):
        return _damage(faults[0], len(faults))
    values = {"first": faults[0], "n": len(faults)}
    repaired = False
    if repair:
        # no copy of it would be whole, and only what is derived is written: all of it or nothing
        checks.make_indexes_anew(connection)
        repaired = not checks.faults(connection)
    return Finding("indexes_damaged", Severity.DAMAGE, values, repaired)


def _definitions(connection: Connection) -> Iterator[Finding]:
    altered = checks.altered_definitions(connection)
    if altered:
        yield Finding("schema_altered", Severity.WARNING, {"n": len(altered), "name": altered[0]})


def _look_up(connection: Connection, mender: _Mender) -> Iterator[Finding]:
    missing = checks.not_findable(connection)
    if missing:
        done = mender.mend(mender.in_a_session(lambda session, region: _find_again(session, region, missing)))
        yield Finding("search_incomplete", Severity.WARNING, {"n": len(missing)}, done)
    in_vain = checks.found_in_vain(connection)
    if in_vain:
        done = mender.mend(mender.in_a_session(lambda session, _: _forget(session, in_vain)))
        yield Finding("search_in_vain", Severity.WARNING, {"n": len(in_vain)}, done)
    stale = checks.stale_indexes(connection)
    if stale:
        done = mender.mend(mender.in_a_session(lambda session, _: search.reindex(session)))
        yield Finding("search_index_stale", Severity.WARNING, {"indexes": ", ".join(stale)}, done)


def _find_again(session: Session, region: str, missing: list[tuple[RecordKind, int]]) -> None:
    for kind, record_id in missing:
        match kind:
            case RecordKind.CUSTOMER:
                customers.make_findable(session, session.get_one(Customer, record_id), region)
            case RecordKind.DEVICE:
                devices.make_findable(session, session.get_one(Device, record_id), region)
            case RecordKind.CALL:
                calls.make_findable(session, session.get_one(Call, record_id), region)
            case _:
                jobs.make_findable(session, session.get_one(Job, record_id), region)


def _forget(session: Session, in_vain: list[tuple[RecordKind, int]]) -> None:
    for kind, record_id in in_vain:
        search.forget(session, kind, record_id)


def _books(connection: Connection, mender: _Mender) -> Iterator[Finding]:
    for kind, (coming, highest) in checks.counters(connection).items():
        if coming <= highest:
            put_on = _setting_counter(connection, kind, highest + 1)
            values = {"register": kind, "coming": coming, "highest": highest}
            yield Finding("counter_behind", Severity.DAMAGE, values, mender.mend(put_on))
    for kind, gaps in checks.missing_numbers(connection).items():
        numbers = ", ".join(map(str, gaps))
        yield Finding("numbers_missing", Severity.WARNING, {"register": kind, "numbers": numbers})
    for code, found in (
        ("job_without_beginning", checks.jobs_without_beginning(connection)),
        ("job_dates_impossible", checks.impossible_jobs(connection)),
    ):
        if found:
            numbers = ", ".join(f"J-{number:04d}" for number in found[:5])
            yield Finding(code, Severity.WARNING, {"n": len(found), "numbers": numbers})
    unread = checks.unreadable_json(connection) + checks.unreadable_moments(connection)
    if unread:
        table, row = unread[0]
        yield Finding("data_unreadable", Severity.DAMAGE, {"n": len(unread), "table": table, "id": row})
    odd = [row_id for row_id, text in checks.verdicts(connection) if not _is_verdict(text)]
    if odd and not any(table == "verdict" for table, _ in unread):
        yield Finding("verdict_unreadable", Severity.WARNING, {"n": len(odd), "id": odd[0]})


def _altered_rows(path: Path, connection: Connection) -> Iterator[Finding]:
    """Held against the newest backup, and the oldest: what rots is in the backups from then on."""
    copies = backup.copies(path)
    for copy in {view.file: view for view in (*copies[:1], *copies[-1:])}.values():
        if backups.compared(copy).checksum is not SumState.RIGHT:
            continue
        altered = comparing.altered_rows(connection, copy.file)
        if altered:
            table, row = altered[0]
            values = {"n": len(altered), "table": table, "id": row, "file": copy.file.name}
            yield Finding("rows_altered", Severity.WARNING, values)


def _setting_counter(connection: Connection, kind: str, at_least: int) -> Callable[[], None]:
    return lambda: checks.set_counter(connection, kind, at_least)


def _is_verdict(text: str) -> bool:
    try:
        Verdict.from_json(json.loads(text))
    except (KeyError, ValueError, TypeError, AttributeError):
        return False
    return True


def _account(shop: Shop) -> Iterator[Finding]:
    with shop.store.reading() as session:
        broken = events.verify_chain(session)
    if broken is not None:
        values = {"event": broken.event_id, "kind": broken.kind.value}
        yield Finding("account_changed", Severity.WARNING, values)


def _surroundings(shop: Shop) -> Iterator[Finding]:
    behind = shop.clock_is_behind()
    day = shop.today()
    if behind is not None:
        last = f"{behind.astimezone(day.zone):%Y-%m-%d %H:%M}"
        yield Finding("clock_behind", Severity.WARNING, {"last": last})
    year = day.today.year
    in_china = day.settings.region == "CN"
    for one in (year, year + 1):
        if not day.rest_days.is_official(one):
            serious = in_china and one == year
            severity = Severity.WARNING if serious else Severity.NOTE
            yield Finding("calendar_not_published", severity, {"year": one})
    try:
        load_policies()
        load_catalogue()
    except ShopError as error:
        values = {"file": str(error.problem.values.get("file", ""))}
        yield Finding("packs_unreadable", Severity.WARNING, values)


def _age_of_copies(shop: Shop) -> Iterator[Finding]:
    found = backups.listed(shop)
    newest = next(iter(found), None)
    if newest is None:
        yield Finding("backup_none", Severity.NOTE)
    elif shop.clock() - newest.at > OLD_AFTER and backup.changed_since(shop.path, newest.file):
        days = (shop.clock() - newest.at).days
        yield Finding("backup_old", Severity.WARNING, {"days": days})


def _sums_of(copies: Sequence[CopyView]) -> Iterator[Finding]:
    for copy in copies:
        state = backups.compared(copy).checksum
        if state is SumState.WRONG:
            yield Finding("backup_wrong", Severity.WARNING, {"file": copy.file.name})
        elif state is SumState.MISSING:
            yield Finding("backup_without_sum", Severity.NOTE, {"file": copy.file.name})


def _people(shop: Shop) -> Iterator[Finding]:
    open_door = next((one for one in staff.everybody(shop) if one.acts_without_pin), None)
    if open_door is not None:
        values = {"name": open_door.name, "role": open_door.role}
        yield Finding("cli_identity_unguarded", Severity.NOTE, values)


def _second_folder(shop: Shop) -> Iterator[Finding]:
    current = shop.settings()
    second = backups.second_folder(shop.path, current, shop.clock())
    if second is None:
        yield Finding("backup_second_none", Severity.NOTE)
        return
    for problem in backups.warnings(shop):
        if problem.code == "backup_folder_missing":
            yield Finding(problem.code, Severity.WARNING, problem.values)
    with suppress(OSError):
        if second.there and places.same_disk(second.folder, shop.path.parent):
            yield Finding("backup_same_disk", Severity.NOTE, {"folder": str(second.folder)})
