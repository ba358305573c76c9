"""Everything on file about one person, in files that can be read without this program."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from aftersales_tui import paths
from aftersales_tui.domain.errors import Problem, Refused, refuse
from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.permissions import Permission
from aftersales_tui.domain.text import clean
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.i18n.person_words import read_me
from aftersales_tui.reports.csv_files import write_csv
from aftersales_tui.services.privacy import case_of
from aftersales_tui.services.shop import Shop
from aftersales_tui.store import events, privacy
from aftersales_tui.store.engine import Session
from aftersales_tui.views.privacy import Exported

READ_ME, TOGETHER = "README.txt", "everything.json"
_BOM = "\ufeff"
"""A spreadsheet takes a file without this mark for the letters of its own system."""
_NUMBERS = {"job": NumberKind.JOB, "call": NumberKind.CALL, "follow_up": NumberKind.FOLLOW_UP}

Table = list[dict[str, Any]]


def export(shop: Shop, customer_id: int, folder: Path, by: int, *, force: bool = False) -> Exported:
    """Write everything about a customer, merged files included, into ``folder``; only its owner may read it.

    Raises ``Refused``: ``export_there`` when the folder holds an export and not ``force``,
    ``file_not_written``; ``NotAllowed``, ``NotFound``. That it was given out is kept on record.
    """
    with shop.writing(by, Permission.PRIVACY) as (session, day):
        case = case_of(session, day, customer_id)
        tables = _tables(session, case.found)
        folder = _ready(folder, [READ_ME, TOGETHER, *(f"{name}.csv" for name in tables)], force)
        rows = {table: len(found) for table, found in tables.items()}
        kept = case.kept.id or 0
        shop_name, name = clean(day.settings.name), clean(case.kept.name)
        told = read_me(shop_name, kept, name, rows, day.now.astimezone(day.zone))
        files = _write(folder, tables, told, day.zone)
        events.record(
            session, day.now, by, RecordKind.CUSTOMER, kept, "exported", after={"rows": sum(rows.values())}
        )
    return Exported(folder=folder, customer_id=kept, files=tuple(files), rows=rows, at=day.now)


def _tables(session: Session, found: Mapping[str, list[privacy.Row]]) -> dict[str, Table]:
    """The rows by table, people and products by name beside their ids, and the account of events."""
    known = privacy.names(session)
    tables = {name: [_told(name, row, known) for row in rows] for name, rows in found.items()}
    tables["event"] = privacy.account(session, found)
    return {name: rows for name, rows in tables.items() if rows or name in ("customer", "customer_phone")}


def _told(table: str, row: privacy.Row, known: Mapping[str, Mapping[int, str]]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, value in row.items():
        told[name] = value
        if name == "number" and table in _NUMBERS and value:
            told[name] = show_number(_NUMBERS[table], value)
        owner = privacy.names_of(table, name)
        if owner and value is not None:
            told[f"{name}_name"] = known[owner].get(value, "")
        if name == "judged":
            with suppress(ValueError):
                told[name] = json.loads(value)
    return told


def _ready(folder: Path, names: Sequence[str], force: bool) -> Path:
    """The folder, made if need be, readable by this user only."""
    try:
        folder = folder.expanduser()
        there = [name for name in names if (folder / name).exists()]
        if there and not force:
            raise refuse("export_there", "dir", folder=str(folder))
        paths.private_folder(folder)
        folder.chmod(0o700)
    except (OSError, ValueError, RuntimeError) as error:
        raise _not_written(folder, error) from error
    return folder


def _write(folder: Path, tables: Mapping[str, Table], told: str, zone: ZoneInfo) -> list[Path]:
    texts = {READ_ME: told, TOGETHER: json.dumps(_plain(tables), ensure_ascii=False, indent=1) + "\n"}
    for name, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        cells = [[_cell(row.get(column), zone) for column in columns] for row in rows]
        texts[f"{name}.csv"] = _BOM + write_csv(columns, cells)
    for name, text in texts.items():
        try:
            paths.write_private(folder / name, text)
        except (OSError, ValueError) as error:
            raise _not_written(folder / name, error) from error
    return [folder / name for name in texts]


def _not_written(file: Path, error: Exception) -> Refused:
    reason = getattr(error, "strerror", None) or str(error)
    return Refused(Problem("file_not_written", "dir", {"file": str(file), "reason": reason}))


def _plain(value: Any) -> Any:
    """A value as JSON holds it, harmless to a terminal."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return clean(value, lines=True)
    if isinstance(value, Mapping):
        return {clean(str(key)): _plain(inner) for key, inner in value.items()}
    if isinstance(value, Sequence):
        return [_plain(inner) for inner in value]
    return value


def _cell(value: Any, zone: ZoneInfo) -> object:
    """A value as a spreadsheet shows it: moments on the shop's clock."""
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):%Y-%m-%d %H:%M}"
    if isinstance(value, Mapping | list):
        return json.dumps(_plain(value), ensure_ascii=False)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _plain(value)
