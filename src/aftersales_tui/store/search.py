"""The look-up: every word is a substring of one folded text, newest first; the indexes make it instant.

Only this module and ``engine`` know SQLite's own SQL. The trigram index serves words of three
characters and more; the spaced index serves one and two Chinese characters; what is left is a
plain ``LIKE`` on the rows those leave, or a scan from the newest when nothing else narrows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, text
from sqlmodel import Session, col

from aftersales_tui.domain.text import is_cjk, search_text
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.store.tables import SearchDoc


@dataclass(frozen=True, slots=True)
class Doc:
    """A record found, with the text it was found in."""

    id: int
    kind: RecordKind
    record_id: int
    text: str


def moment_id(at: datetime) -> int:
    """The document id of a moment: microseconds since 1970, so that newest first is the id's order."""
    return int(at.timestamp() * 1_000_000)


def spaced(folded: str) -> str:
    """Its Chinese characters as single tokens; any run of other characters parts them like a word ``x``."""
    tokens: list[str] = []
    for char in folded:
        if is_cjk(char):
            tokens.append(char)
        elif tokens and tokens[-1] != "x":
            tokens.append("x")
    return " ".join(tokens)


def put(session: Session, kind: RecordKind, record_id: int, at: datetime, *parts: str | None) -> None:
    """Make a record findable by ``parts``, or renew them; ``at`` places it among the newest."""
    folded = search_text(*parts)
    row = _doc(session, kind, record_id)
    if row is not None:
        if row.text != folded:
            _unindex(session, row)
            row.text, row.spaced = folded, spaced(folded)
            session.add(row)
            _index(session, row)
        return
    wanted = moment_id(at)
    while session.get(SearchDoc, wanted) is not None:
        wanted += 1
    row = SearchDoc(id=wanted, kind=kind.value, record_id=record_id, text=folded, spaced=spaced(folded))
    session.add(row)
    _index(session, row)


def forget(session: Session, kind: RecordKind, record_id: int) -> None:
    """Take a record out of the look-up; the record itself stays."""
    row = _doc(session, kind, record_id)
    if row is not None:
        _unindex(session, row)
        session.delete(row)
        session.flush()


def _doc(session: Session, kind: RecordKind, record_id: int) -> SearchDoc | None:
    same = (col(SearchDoc.kind) == kind.value, col(SearchDoc.record_id) == record_id)
    return session.execute(select(SearchDoc).where(*same)).scalar_one_or_none()


def _index(session: Session, row: SearchDoc) -> None:
    session.flush()
    values = {"id": row.id, "text": row.text, "spaced": row.spaced}
    session.execute(text("INSERT INTO search_trigram (rowid, text) VALUES (:id, :text)"), values)
    session.execute(text("INSERT INTO search_spaced (rowid, spaced) VALUES (:id, :spaced)"), values)


def _unindex(session: Session, row: SearchDoc) -> None:
    values = {"id": row.id, "text": row.text, "spaced": row.spaced}
    for table, column in (("search_trigram", "text"), ("search_spaced", "spaced")):
        gone = f"INSERT INTO {table} ({table}, rowid, {column}) VALUES ('delete', :id, :{column})"
        session.execute(text(gone), values)


def find(
    session: Session, words: Sequence[str], kinds: Iterable[RecordKind] = (), limit: int = 50
) -> list[Doc]:
    """The newest documents in which every word occurs; no words find nothing."""
    if not words:
        return []
    where, values = _conditions(words, tuple(kinds))
    query = text(
        f"SELECT d.id, d.kind, d.record_id, d.text FROM {where} ORDER BY {_newest(where)} DESC LIMIT :limit"
    )
    rows = session.execute(query, {**values, "limit": limit})
    return [Doc(row.id, RecordKind(row.kind), row.record_id, row.text) for row in rows]


def count(
    session: Session, words: Sequence[str], kinds: Iterable[RecordKind] = (), at_most: int | None = None
) -> int:
    """How many documents hold every word, counting no further than ``at_most``."""
    if not words:
        return 0
    where, values = _conditions(words, tuple(kinds))
    if at_most is None:
        return int(session.execute(text(f"SELECT count(*) FROM {where}"), values).scalar_one())
    limited = text(f"SELECT count(*) FROM (SELECT 1 FROM {where} LIMIT :at_most)")
    return int(session.execute(limited, {**values, "at_most": at_most}).scalar_one())


def _conditions(words: Sequence[str], kinds: tuple[RecordKind, ...]) -> tuple[str, dict[str, Any]]:
    """FROM and WHERE of a look-up: an index where one serves, ``LIKE`` for the words it cannot."""
    trigram = [word for word in words if len(word) >= 3]
    short = [word for word in words if len(word) < 3]
    chinese = [word for word in short if all(is_cjk(char) for char in word)]
    values: dict[str, Any] = {}
    source = "search_doc d"
    where: list[str] = []
    plain = [word for word in short if word not in chinese]
    if trigram:
        values["trigram"] = " AND ".join(_quoted(word) for word in trigram)
        source = "search_trigram t CROSS JOIN search_doc d ON d.id = t.rowid"
        where.append("t.text MATCH :trigram")
        plain += chinese
    elif chinese:
        values["spaced"] = " AND ".join(_quoted(" ".join(word)) for word in chinese)
        source = "search_spaced t CROSS JOIN search_doc d ON d.id = t.rowid"
        where.append("t.spaced MATCH :spaced")
    for number, word in enumerate(plain):
        values[f"w{number}"] = f"%{_escaped(word)}%"
        where.append(f"d.text LIKE :w{number} ESCAPE '\\'")
    if kinds:
        for number, kind in enumerate(kinds):
            values[f"k{number}"] = kind.value
        where.append(f"d.kind IN ({', '.join(f':k{number}' for number in range(len(kinds)))})")
    return f"{source} WHERE {' AND '.join(where)}", values


def _newest(where: str) -> str:
    # FTS5 walks its own rowid backwards without sorting; it does not know that d.id is the same.
    return "d.id" if where.startswith("search_doc") else "t.rowid"


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
