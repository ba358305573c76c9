"""The look-up: every word is a substring of one folded text; the indexes make it instant.

A document's id holds the rank of its kind above its moment: walked downwards the ids give customers,
devices, jobs and calls, each newest first, and one kind is a range of ids.

Only this module and ``engine`` know SQLite's own SQL. The trigram index serves words of three
characters and more; the spaced index serves one and two Chinese characters; what is left is a
plain ``LIKE`` on the rows those leave, or a scan from the newest when nothing else narrows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, text
from sqlmodel import Session

from aftersales_tui.domain.text import search_text
from aftersales_tui.domain.words import RecordKind

NUMBER = "number"
PHONE = "phone"
NAME = "name"
INITIALS = "initials"
SERIAL = "serial"
PRODUCT = "product"
FAULT = "fault"
ADDRESS = "address"
TEXT = "text"
FIELDS = (NUMBER, PHONE, NAME, INITIALS, SERIAL, PRODUCT, FAULT, ADDRESS, TEXT)
"""What a record is found by; a word that stands in several of them is found in the first."""

Part = tuple[str, str | None]
"""One of ``FIELDS`` and what stands in it."""

_LETTERS = dict(zip(FIELDS, "#pnismfat", strict=True))
_FIELD_OF = {letter: field for field, letter in _LETTERS.items()}
_FRAGMENT = 60
_MOST_WORDS = 10_000
"""Of so many different words no record has them all, and a statement takes no more values."""
_MOST_MATCHED = 50
"""Words an index is asked for, the longest; after those few rows are left to look at."""
_AT_A_TIME = 500
_RANKS = {RecordKind.CALL: 0, RecordKind.JOB: 1, RecordKind.DEVICE: 2, RecordKind.CUSTOMER: 3}
_MADE_LAST = (RecordKind.JOB, RecordKind.CALL, RecordKind.DEVICE, RecordKind.CUSTOMER)
"""Of the records that one call makes, the last one first."""
_RANK_BITS = 60  # a datetime's microseconds, before and after 1970, stay below 59 bits
# the Chinese, Japanese and Korean characters that SQLite's unicode61 takes for letters
_LETTER = (
    "\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u3105-\u312d\u3400-\u4db5\u4e00-\u9fcc"
    "\uac00-\ud7a3\U00020000-\U0002a6d6"
)
_TOKEN = re.compile(f"[{_LETTER}]")
_TOKENS = re.compile(f"([{_LETTER}])|[^{_LETTER}]+")


@dataclass(frozen=True, slots=True)
class Doc:
    """A record found, with the text it was found in; ``codes`` has a letter for the field of each line."""

    id: int
    kind: RecordKind
    record_id: int
    text: str
    codes: str

    def where(self, word: str) -> tuple[str, str]:
        """The field that ``word`` stands in, and the words around it."""
        at = self.text.find(word)
        if at < 0:
            return TEXT, ""
        start = self.text.rfind("\n", 0, at) + 1
        end = self.text.find("\n", at)
        line = self.text[start : end if end >= 0 else None]
        if len(line) > _FRAGMENT:
            cut = max(0, min(at - start - _FRAGMENT // 3, len(line) - _FRAGMENT))
            line = line[cut : cut + _FRAGMENT].strip()
        return _FIELD_OF[self.codes[self.text.count("\n", 0, at)]], line


def moment_id(kind: RecordKind, at: datetime) -> int:
    """The document id of a record of a moment: the rank of its kind, then microseconds since 1970."""
    return (_RANKS[kind] << _RANK_BITS) + int(at.timestamp() * 1_000_000)


def _ids_of(kind: RecordKind) -> tuple[int, int]:
    """The first and the last id a kind may have; moments before 1970 lie below the rank itself."""
    middle, half = _RANKS[kind] << _RANK_BITS, 1 << (_RANK_BITS - 1)
    return middle - half, middle + half - 1


def spaced(folded: str) -> str:
    """Its Chinese characters as single tokens; any run of other characters parts them like a word ``x``."""
    tokens = [token or "x" for token in _TOKENS.findall(folded)]
    return " ".join(tokens[1:] if tokens[:1] == ["x"] else tokens)


def put(session: Session, kind: RecordKind, record_id: int, at: datetime, parts: Iterable[Part]) -> None:
    """Make a record findable by ``parts``, or renew them; ``at`` places it among the newest."""
    folded, codes = _lines(parts)
    found = session.execute(_OF_RECORD, {"kind": kind.value, "record_id": record_id}).one_or_none()
    values: dict[str, Any] = {"text": folded, "spaced": spaced(folded), "codes": codes}
    if found is None:
        values |= {"id": _free_id(session, moment_id(kind, at)), "kind": kind.value, "record_id": record_id}
        session.execute(_INSERT, values)
    elif (found.text, found.codes) == (folded, codes):
        return
    else:
        for statement in _UNINDEX:
            session.execute(statement, {"id": found.id, "text": found.text, "spaced": found.spaced})
        values["id"] = found.id
        session.execute(_UPDATE, values)
    for statement in _INDEX:
        session.execute(statement, _indexed(values))


def forget(session: Session, kind: RecordKind, record_id: int) -> None:
    """Take a record out of the look-up; the record itself stays."""
    found = session.execute(_OF_RECORD, {"kind": kind.value, "record_id": record_id}).one_or_none()
    if found is not None:
        for statement in _UNINDEX:
            session.execute(statement, {"id": found.id, "text": found.text, "spaced": found.spaced})
        session.execute(_DELETE, {"id": found.id})


def _lines(parts: Iterable[Part]) -> tuple[str, str]:
    """The folded lines of the parts in the order of ``FIELDS``, none twice, and the letter of each."""
    found: dict[str, str] = {}
    for field, part in sorted(parts, key=lambda part: FIELDS.index(part[0])):
        if part and (folded := search_text(part)):
            for line in folded.split("\n"):
                found.setdefault(line, _LETTERS[field])
    return "\n".join(found), "".join(found.values())


def put_new(
    session: Session, kind: RecordKind, records: Sequence[tuple[int, datetime, Iterable[Part]]]
) -> None:
    """Make many records findable that were not before: id, moment and parts of each, oldest first."""
    if not records:
        return
    # whole runs of one moment may be taken, by all that is there at the worst
    behind = int(session.execute(_COUNT).scalar_one()) + len(records)
    between = {
        "first": moment_id(kind, records[0][1]),
        "last": moment_id(kind, records[-1][1]) + behind,
    }
    taken = set(session.execute(_IDS_BETWEEN, between).scalars())
    docs: list[dict[str, Any]] = []
    last = between["first"] - 1
    for record_id, at, parts in records:
        last = max(moment_id(kind, at), last + 1)
        while last in taken:
            last += 1
        folded, codes = _lines(parts)
        docs.append(
            {"id": last, "kind": kind.value, "record_id": record_id, "text": folded,
             "spaced": spaced(folded), "codes": codes}
        )  # fmt: skip
    session.execute(_INSERT, docs)
    for statement in _INDEX:
        session.execute(statement, [_indexed(doc) for doc in docs])


def put_again(session: Session, kind: RecordKind, records: Mapping[int, Iterable[Part]]) -> None:
    """Renew what many records are found by that were findable before: parts by id."""
    before: list[dict[str, Any]] = []
    after: list[dict[str, Any]] = []
    ids = list(records)
    for start in range(0, len(ids), _AT_A_TIME):
        wanted = {"kind": kind.value, "ids": ids[start : start + _AT_A_TIME]}
        for found in session.execute(_OF_RECORDS, wanted):
            folded, codes = _lines(records[found.record_id])
            if (found.text, found.codes) != (folded, codes):
                before.append({"id": found.id, "text": found.text, "spaced": found.spaced})
                after.append({"id": found.id, "text": folded, "spaced": spaced(folded), "codes": codes})
    if not after:
        return
    for statement in _UNINDEX:
        session.execute(statement, before)
    session.execute(_UPDATE, after)
    for statement in _INDEX:
        session.execute(statement, [_indexed(doc) for doc in after])


def _indexed(doc: Mapping[str, Any]) -> dict[str, Any]:
    return {name: doc[name] for name in ("id", "text", "spaced")}


def reindex(session: Session) -> None:
    """Make both indexes anew from the documents."""
    for statement in _REINDEX:
        session.execute(statement)


def compact(session: Session) -> None:
    """Make one segment of each index, so that nothing of what was taken out stays in it."""
    for statement in _COMPACT:
        session.execute(statement)


def _free_id(session: Session, wanted: int) -> int:
    """The id of a moment, or the next one that no other document of that moment has taken."""
    if session.execute(_TAKEN, {"id": wanted}).one_or_none() is None:
        return wanted
    return int(session.execute(_NEXT_FREE, {"id": wanted}).scalar_one())


_OF_RECORD = text(
    "SELECT id, text, spaced, codes FROM search_doc WHERE kind = :kind AND record_id = :record_id"
)
_OF_RECORDS = text(
    "SELECT id, record_id, text, spaced, codes FROM search_doc WHERE kind = :kind AND record_id IN :ids"
).bindparams(bindparam("ids", expanding=True))
_COUNT = text("SELECT count(*) FROM search_doc")
_TAKEN = text("SELECT 1 FROM search_doc WHERE id = :id")
_IDS_BETWEEN = text("SELECT id FROM search_doc WHERE id BETWEEN :first AND :last")
_NEXT_FREE = text(
    "SELECT a.id + 1 FROM search_doc a WHERE a.id >= :id"
    " AND NOT EXISTS (SELECT 1 FROM search_doc b WHERE b.id = a.id + 1) ORDER BY a.id LIMIT 1"
)
_INSERT = text(
    "INSERT INTO search_doc (id, kind, record_id, text, spaced, codes)"
    " VALUES (:id, :kind, :record_id, :text, :spaced, :codes)"
)
_UPDATE = text("UPDATE search_doc SET text = :text, spaced = :spaced, codes = :codes WHERE id = :id")
_DELETE = text("DELETE FROM search_doc WHERE id = :id")
_INDEX = (
    text("INSERT INTO search_trigram (rowid, text) VALUES (:id, :text)"),
    text("INSERT INTO search_spaced (rowid, spaced) VALUES (:id, :spaced)"),
)
_REINDEX = (
    text("INSERT INTO search_trigram (search_trigram) VALUES ('rebuild')"),
    text("INSERT INTO search_spaced (search_spaced) VALUES ('rebuild')"),
)
_COMPACT = (
    text("INSERT INTO search_trigram (search_trigram) VALUES ('optimize')"),
    text("INSERT INTO search_spaced (search_spaced) VALUES ('optimize')"),
)
_UNINDEX = (
    text("INSERT INTO search_trigram (search_trigram, rowid, text) VALUES ('delete', :id, :text)"),
    text("INSERT INTO search_spaced (search_spaced, rowid, spaced) VALUES ('delete', :id, :spaced)"),
)


def of_record(session: Session, kind: RecordKind, record_id: int) -> Doc | None:
    """What one record is found by."""
    row = session.execute(_OF_RECORD, {"kind": kind.value, "record_id": record_id}).one_or_none()
    return Doc(row.id, kind, record_id, row.text, row.codes) if row else None


def find(
    session: Session, words: Sequence[str], kinds: Sequence[RecordKind] = (), limit: int = 50
) -> list[Doc]:
    """The documents in which every word occurs: customers, devices, jobs, calls, each newest first."""
    if not 0 < len(words) <= _MOST_WORDS:
        return []
    index, where, values = _conditions(words, kinds)
    # FTS5 walks its own rowid backwards without sorting; it does not know that d.id is the same.
    source, ordered = (
        (f"{index} t CROSS JOIN search_doc d ON d.id = t.rowid", "t.rowid")
        if index
        else ("search_doc d", "d.id")
    )
    query = text(
        f"SELECT d.id, d.kind, d.record_id, d.text, d.codes FROM {source}"
        f" WHERE {' AND '.join(where)} ORDER BY {ordered} DESC LIMIT :limit"
    )
    rows = session.execute(query, {**values, "limit": limit})
    return [Doc(row[0], RecordKind(row[1]), row[2], row[3], row[4]) for row in rows]


def find_newest(
    session: Session, words: Sequence[str], kinds: Sequence[RecordKind] = (), limit: int = 50
) -> list[Doc]:
    """The same documents, newest first whatever their kind: each is walked for itself, then they meet."""
    walked = [kind for kind in _MADE_LAST if not kinds or kind in kinds]
    found = [doc for kind in walked for doc in find(session, words, [kind], limit)]
    found.sort(key=lambda doc: doc.id - (_RANKS[doc.kind] << _RANK_BITS), reverse=True)
    return found[:limit]


def count(
    session: Session, words: Sequence[str], kinds: Sequence[RecordKind] = (), at_most: int | None = None
) -> int:
    """How many documents hold every word, counting no further than ``at_most``."""
    if not 0 < len(words) <= _MOST_WORDS:
        return 0
    index, where, values = _conditions(words, kinds)
    source = "search_doc d"
    if index:
        alone = len(where) == 1
        source = f"{index} t" if alone else f"{index} t CROSS JOIN search_doc d ON d.id = t.rowid"
    query = f"SELECT 1 FROM {source} WHERE {' AND '.join(where)}"
    if at_most is not None:
        query += " LIMIT :at_most"
        values["at_most"] = at_most
    return int(session.execute(text(f"SELECT count(*) FROM ({query})"), values).scalar_one())


def _conditions(words: Sequence[str], kinds: Sequence[RecordKind]) -> tuple[str, list[str], dict[str, Any]]:
    """The index that serves, if any, and the conditions: ``LIKE`` for the words it cannot serve."""
    words = list(dict.fromkeys(words))
    trigram = sorted((word for word in words if len(word) >= 3), key=len, reverse=True)[:_MOST_MATCHED]
    chinese = [word for word in words if len(word) < 3 and all(_TOKEN.match(char) for char in word)]
    chinese = sorted(chinese, key=len, reverse=True)[:_MOST_MATCHED]
    index, where, likes = "", list[str](), list[str]()
    values: dict[str, Any] = {}
    if trigram:
        index, served = "search_trigram", trigram
        values["match"] = " AND ".join(_quoted(word) for word in trigram)
        where.append("t.text MATCH :match")
    elif chinese:
        index, served = "search_spaced", chinese
        values["match"] = " AND ".join(_quoted(" ".join(word)) for word in chinese)
        where.append("t.spaced MATCH :match")
    else:
        served = []
    for number, word in enumerate(word for word in words if word not in served):
        values[f"w{number}"] = f"%{_escaped(word)}%"
        likes.append(f"d.text LIKE :w{number} ESCAPE '\\'")
    if likes:
        where.append(_all_of(likes))
    if kinds:
        ranges = [_ids_of(kind) for kind in kinds if kind in _RANKS] or [(0, -1)]
        values |= {"lowest": min(low for low, _ in ranges), "highest": max(high for _, high in ranges)}
        where.append(f"{'t.rowid' if index else 'd.id'} BETWEEN :lowest AND :highest")
    if len(set(kinds)) > 1:
        values |= {f"k{number}": kind.value for number, kind in enumerate(kinds)}
        where.append(f"d.kind IN ({', '.join(f':k{number}' for number in range(len(kinds)))})")
    return index, where, values


def _all_of(conditions: Sequence[str]) -> str:
    """All of the conditions, halved again and again: a chain of a thousand is too deep for SQLite."""
    if len(conditions) == 1:
        return conditions[0]
    half = len(conditions) // 2
    return f"({_all_of(conditions[:half])} AND {_all_of(conditions[half:])})"


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
