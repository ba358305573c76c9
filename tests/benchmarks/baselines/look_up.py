"""The look-up with nothing but sqlite3: the same words, the same rows in the same order, the same count.

What a word is, is the program's own rule and is taken from it; everything that costs time is done here.
A row is (kind, id, number, title, status, at, field, words around, customer, device, phone, job), the job
being the thirty-odd columns a list shows of one, as they are stored.
"""

import re
import sqlite3
from typing import Any

from aftersales_tui.domain.numbering import read_number
from aftersales_tui.domain.text import excerpt, squeeze, words

LIMIT = 50
COUNTED_AT_MOST = 1_000
_CHINESE = re.compile(
    "[\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u3105-\u312d\u3400-\u4db5\u4e00-\u9fcc"
    "\uac00-\ud7a3\U00020000-\U0002a6d6]+"
)
_FIELDS = {
    "#": "number", "p": "phone", "n": "name", "i": "initials", "s": "serial", "m": "product", "f": "fault",
    "a": "address", "t": "text",
}  # fmt: skip
_PHONE = (
    "(SELECT raw FROM customer_phone WHERE customer_id = c.id ORDER BY position, customer_phone.id LIMIT 1)"
)
_JOBS = f"""
SELECT j.id, j.version, j.number, j.status, j.outcome, j.coverage, j.customer_id, coalesce(c.name, ''),
    coalesce({_PHONE}, ''), j.device_id, coalesce(p.brand, ''), coalesce(p.model, ''),
    coalesce(p.category, ''), j.fault, j.urgency, j.wish, j.place, j.assigned_to, coalesce(s.name, ''),
    j.appointment_at, j.promised_for,
    j.opened_at, j.device_here, j.resume_to, j.waiting_since, j.wait_note, j.wait_until, j.test_passed,
    j.ready_at, j.informed_at, j.completed_on, j.shelf
FROM job j LEFT JOIN customer c ON c.id = j.customer_id LEFT JOIN product p ON p.id = j.product_id
    LEFT JOIN staff s ON s.id = j.assigned_to WHERE j.id IN
"""
_CALLS = f"""
SELECT k.id, k.number, k.at, coalesce(nullif(c.name, ''), nullif(k.caller_name, ''), k.caller_phone),
    coalesce(nullif(k.caller_phone, ''), {_PHONE}, ''),
    trim(coalesce(p.brand, '') || ' ' || coalesce(p.model, '')),
    k.fault, coalesce(k.resolution, k.status), k.customer_id, k.device_id
FROM call k LEFT JOIN customer c ON c.id = k.customer_id LEFT JOIN device d ON d.id = k.device_id
    LEFT JOIN product p ON p.id = d.product_id WHERE k.id IN
"""
_DEVICES = """
SELECT d.id, trim(p.brand || ' ' || p.model), coalesce(c.name, ''), d.serial, d.created_at, d.customer_id
FROM device d JOIN product p ON p.id = d.product_id LEFT JOIN customer c ON c.id = d.customer_id WHERE d.id IN
"""
_CUSTOMERS = (
    f"SELECT c.id, c.name, coalesce({_PHONE}, ''), c.region, c.created_at FROM customer c WHERE c.id IN"
)

Doc = tuple[int, str, int, str, str]
Answer = tuple[list[tuple[Any, ...]], int, tuple[tuple[str, int], ...]]


def find(connection: sqlite3.Connection, typed: str) -> Answer:
    """The rows, how many there are in all, and how many each word finds alone when all together find none."""
    wanted = words(typed)
    if not wanted:
        return [], 0, ()
    connection.execute("BEGIN")
    exact = _by_number(connection, typed)
    docs = _docs(connection, wanted)
    if not docs and (joined := tuple(squeeze(word) or word for word in wanted)) != wanted:
        wanted, docs = joined, _docs(connection, joined)
    total = _count(connection, wanted) if len(docs) == LIMIT else len(docs)
    total += sum(not all(word in doc[3] for word in wanted) for doc in exact)
    shown = list({doc[0]: doc for doc in (*exact, *docs)}.values())[:LIMIT]
    rows = _rows(connection, shown, wanted[0])
    alone = () if rows or len(wanted) < 2 else tuple((word, _count(connection, (word,))) for word in wanted)
    connection.execute("COMMIT")
    return rows, total, alone


def _by_number(connection: sqlite3.Connection, typed: str) -> list[Doc]:
    if (number := read_number(typed)) is None:
        return []
    query = (
        "SELECT d.id, d.kind, record_id, text, codes FROM search_doc d"
        " WHERE kind = ? AND record_id = (SELECT id FROM {} WHERE number = ?)"
    )
    found: list[Doc] = []
    for letter, table in (("J", "job"), ("C", "call")):
        if number[0] in (None, letter):
            found += connection.execute(query.format(table), (table, number[1]))
    return found


def _where(wanted: tuple[str, ...]) -> tuple[str, bool, list[str]]:
    long = [word for word in wanted if len(word) >= 3]
    short = [word for word in wanted if len(word) < 3]
    chinese = [word for word in short if _CHINESE.fullmatch(word)]
    served = long or chinese
    index = "search_trigram" if long else "search_spaced" if chinese else ""
    spoken = served if long else [" ".join(word) for word in served]
    values = [" AND ".join('"' + word.replace('"', '""') + '"' for word in spoken)] if served else []
    plain = [word for word in wanted if word not in served]
    for word in plain:
        values.append("%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%")
    likes = " AND ".join(["d.text LIKE ? ESCAPE '\\'"] * len(plain))
    if not index:
        return f"search_doc d WHERE {likes}", False, values
    source = f"{index} t CROSS JOIN search_doc d ON d.id = t.rowid" if plain else f"{index} t"
    return f"{source} WHERE t.{index} MATCH ?" + (f" AND {likes}" if plain else ""), True, values


def _docs(connection: sqlite3.Connection, wanted: tuple[str, ...]) -> list[Doc]:
    where, indexed, values = _where(wanted)
    if indexed and " CROSS JOIN " not in where:
        where = where.replace(" WHERE ", " CROSS JOIN search_doc d ON d.id = t.rowid WHERE ", 1)
    newest = "t.rowid" if indexed else "d.id"
    query = (
        f"SELECT d.id, d.kind, d.record_id, d.text, d.codes FROM {where} ORDER BY {newest} DESC LIMIT {LIMIT}"
    )
    return connection.execute(query, values).fetchall()


def _count(connection: sqlite3.Connection, wanted: tuple[str, ...]) -> int:
    where, _, values = _where(wanted)
    query = f"SELECT count(*) FROM (SELECT 1 FROM {where} LIMIT {COUNTED_AT_MOST})"
    return int(connection.execute(query, values).fetchone()[0])


def _rows(connection: sqlite3.Connection, docs: list[Doc], word: str) -> list[tuple[Any, ...]]:
    known: dict[tuple[str, int], tuple[Any, ...]] = {}
    for kind, query in (("job", _JOBS), ("call", _CALLS), ("device", _DEVICES), ("customer", _CUSTOMERS)):
        if ids := [doc[2] for doc in docs if doc[1] == kind]:
            for row in connection.execute(f"{query} ({','.join('?' * len(ids))})", ids):
                known[kind, row[0]] = row
    found: list[tuple[Any, ...]] = []
    for _, kind, record_id, text, codes in docs:
        row, place = known[kind, record_id], _place(text, codes, word)
        if kind == "job":
            title = _title(row[7], f"{row[10]} {row[11]}".strip(), excerpt(row[13]))
            found.append((kind, row[0], row[2], title, row[3], row[21], *place, row[6], row[9], row[8], row))
        elif kind == "call":
            title = _title(row[3], row[5], excerpt(row[6]))
            found.append((kind, row[0], row[1], title, row[7], row[2], *place, row[8], row[9], row[4], None))
        elif kind == "device":
            title = _title(row[1], row[2], row[3])
            found.append((kind, row[0], None, title, "", row[4], *place, row[5], row[0], "", None))
        else:
            title = _title(row[1], row[2], row[3])
            found.append((kind, row[0], None, title, "", row[4], *place, row[0], None, row[2], None))
    return found


def _title(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def _place(text: str, codes: str, word: str) -> tuple[str, str]:
    at = text.find(word)
    if at < 0:
        return "text", ""
    start = text.rfind("\n", 0, at) + 1
    line = text[start:].split("\n", 1)[0]
    if len(line) > 60:
        cut = max(0, min(at - start - 20, len(line) - 60))
        line = line[cut : cut + 60].strip()
    return _FIELDS[codes[text.count("\n", 0, at)]], line
