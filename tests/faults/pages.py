"""What every byte of a shop file is for, read from its pages by the file format alone.

It knows nothing of what the program's own examination finds, so that the two can be held against each other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

UNUSED, STRUCTURE, INDEX, VALUE = "unused", "structure", "index", "value"

HEADER_FIELDS = (
    (0, 16, "magic"), (16, 18, "page size"), (18, 19, "write version"), (19, 20, "read version"),
    (20, 21, "reserved space"), (21, 24, "payload fractions"), (24, 28, "change counter"),
    (28, 32, "size in pages"), (32, 36, "first free page"), (36, 40, "free pages"),
    (40, 44, "schema cookie"), (44, 48, "schema format"), (48, 52, "cache size"), (52, 56, "largest root"),
    (56, 60, "text encoding"), (60, 64, "user version"), (64, 68, "incremental vacuum"),
    (68, 72, "application id"), (72, 92, "for later"), (92, 96, "valid for"), (96, 100, "written by"),
)  # fmt: skip
_OVERWRITTEN = frozenset({"change counter", "valid for", "written by", "cache size", "schema cookie"})
"""Fields that say nothing of the content: the next commit writes them anew, or nobody reads them."""
_INTERIOR_INDEX, _INTERIOR_TABLE, _LEAF_INDEX, _LEAF_TABLE = 2, 5, 10, 13
_LOOK_UP = ("search_trigram", "search_spaced")
_INT_SIZES = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)


@dataclass(frozen=True, slots=True)
class Use:
    """What a byte is for: its kind, the table or index it belongs to, and the part or the column."""

    kind: str
    owner: str
    part: str


@dataclass(frozen=True, slots=True)
class _Tree:
    name: str
    columns: tuple[str, ...] | None
    """The columns of a table as the file keeps them; None for an index."""
    derived: bool
    """Whether it is made from other tables: an index, or part of the look-up's."""


class Pages:
    """The bytes of a whole shop file, each with its use."""

    def __init__(self, path: Path) -> None:
        self.bytes = path.read_bytes()
        self.size = int.from_bytes(self.bytes[16:18], "big")
        self._uses: list[Use | None] = [None] * len(self.bytes)
        self._free: dict[str, Use] = {}
        for first, end, field in HEADER_FIELDS:
            kind = UNUSED if field in _OVERWRITTEN or field == "for later" else STRUCTURE
            self._mark(first, end - first, Use(kind, "header", field))
        for root, tree in _trees(path):
            self._walk(root, tree)
        self._free_list()

    def use(self, offset: int) -> Use:
        """What the byte at ``offset`` is for."""
        return self._uses[offset] or Use(UNUSED, "page", "free")

    def offsets(self, kind: str, owner: str = "") -> list[int]:
        """The bytes of a kind, in one table or index or in all."""
        return [
            offset
            for offset in range(len(self.bytes))
            if (use := self.use(offset)).kind == kind and owner in ("", use.owner)
        ]

    def _mark(self, first: int, length: int, use: Use) -> None:
        for offset in range(first, first + length):
            assert self._uses[offset] is None, (offset, use, self._uses[offset])
            self._uses[offset] = use

    def _number(self, offset: int, length: int) -> int:
        return int.from_bytes(self.bytes[offset : offset + length], "big")

    def _varint(self, offset: int) -> tuple[int, int]:
        """A number of variable length, and how long it is."""
        value = 0
        for length in range(1, 9):
            byte = self.bytes[offset + length - 1]
            value = value << 7 | byte & 0x7F
            if byte < 0x80:
                return value, length
        return value << 8 | self.bytes[offset + 8], 9

    def _walk(self, number: int, tree: _Tree) -> None:
        start = (number - 1) * self.size
        head = start + (100 if number == 1 else 0)
        kind = self.bytes[head]
        interior = kind in (_INTERIOR_INDEX, _INTERIOR_TABLE)
        long = 12 if interior else 8
        cells = self._number(head + 3, 2)
        self._mark(head, long, Use(STRUCTURE, tree.name, "page header"))
        self._mark(head + long, 2 * cells, Use(STRUCTURE, tree.name, "cell pointers"))
        free = self._number(head + 1, 2)
        while free:
            self._mark(start + free, 4, Use(STRUCTURE, tree.name, "free block"))
            free = self._number(start + free, 2)
        children = [self._number(head + 8, 4)] if interior else []
        for cell in range(cells):
            at = start + self._number(head + long + 2 * cell, 2)
            if interior:
                children.append(self._number(at, 4))
                self._mark(at, 4, Use(STRUCTURE, tree.name, "child pointer"))
                at += 4
            if kind == _INTERIOR_TABLE:
                _, length = self._varint(at)
                self._mark(at, length, Use(STRUCTURE, tree.name, "child key"))
            else:
                self._cell(at, tree, table=kind == _LEAF_TABLE)
        for child in children:
            self._walk(child, tree)

    def _cell(self, at: int, tree: _Tree, *, table: bool) -> None:
        payload, length = self._varint(at)
        self._mark(at, length, Use(STRUCTURE, tree.name, "payload size"))
        at += length
        if table:
            _, length = self._varint(at)
            self._mark(at, length, Use(STRUCTURE, tree.name, "row id"))
            at += length
        where = list(self._payload(at, payload, tree, table=table))
        self._record(where, tree)

    def _payload(self, at: int, payload: int, tree: _Tree, *, table: bool) -> Iterator[int]:
        """The offsets of the bytes of a record, over all pages it spreads to."""
        most = self.size - 35 if table else (self.size - 12) * 64 // 255 - 23
        if payload <= most:
            yield from range(at, at + payload)
            return
        least = (self.size - 12) * 32 // 255 - 23
        here = least + (payload - least) % (self.size - 4)
        here = here if here <= most else least
        yield from range(at, at + here)
        at, left = at + here, payload - here
        while left:
            self._mark(at, 4, Use(STRUCTURE, tree.name, "overflow pointer"))
            start = (self._number(at, 4) - 1) * self.size
            here = min(left, self.size - 4)
            yield from range(start + 4, start + 4 + here)
            at, left = start, left - here
        self._mark(at, 4, Use(STRUCTURE, tree.name, "overflow pointer"))

    def _record(self, where: list[int], tree: _Tree) -> None:
        if tree.columns is None or tree.derived:
            for offset in where:
                self._mark(offset, 1, Use(INDEX, tree.name, "entry"))
            return
        head, length = self._varint_at(where, 0)
        for offset in where[:head]:
            self._mark(offset, 1, Use(STRUCTURE, tree.name, "record header"))
        at, column = head, 0
        while length < head:
            serial, long = self._varint_at(where, length)
            if serial in (0, 8, 9):
                # nothing, 0 and 1 stand in the header itself
                self._uses[where[length]] = Use(VALUE, tree.name, tree.columns[column])
            length += long
            size = _INT_SIZES[serial] if serial < len(_INT_SIZES) else (serial - 12) // 2
            kind = STRUCTURE if tree.name == "sqlite_schema" else VALUE
            for offset in where[at : at + size]:
                self._mark(offset, 1, Use(kind, tree.name, tree.columns[column]))
            at, column = at + size, column + 1

    def _varint_at(self, where: list[int], first: int) -> tuple[int, int]:
        value = 0
        for length in range(1, 10):
            byte = self.bytes[where[first + length - 1]]
            value = value << 7 | byte & 0x7F
            if byte < 0x80:
                return value, length
        raise AssertionError("no record header holds a number of nine bytes")

    def _free_list(self) -> None:
        trunk = self._number(32, 4)
        while trunk:
            start = (trunk - 1) * self.size
            leaves = self._number(start + 4, 4)
            self._mark(start, 8 + 4 * leaves, Use(STRUCTURE, "free list", "trunk"))
            trunk = self._number(start, 4)


def content(path: Path) -> dict[str, object]:
    """What a file says: what its records say, and the words of the look-up."""
    found = records(path)
    with _as_bytes(path) as connection:
        for index in _LOOK_UP:
            connection.execute(f"CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, {index}, instance)")
            found[index] = connection.execute("SELECT term, doc, col, offset FROM words").fetchall()
            connection.execute("DROP TABLE temp.words")
    return found


def records(path: Path) -> dict[str, object]:
    """The rows of every table but those of the look-up's indexes, walked and then looked up one by one."""
    with _as_bytes(path) as connection:
        known = connection.execute("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema").fetchall()
        found: dict[str, object] = {"sqlite_schema": known}
        for kind, name, _, root, _ in known:
            table = name.decode()
            if kind == b"table" and root and not table.startswith(_LOOK_UP):
                rows = connection.execute(f"SELECT rowid, * FROM {table} ORDER BY rowid").fetchall()
                one = f"SELECT rowid, * FROM {table} WHERE rowid = ?"
                found[table] = rows, [connection.execute(one, row[:1]).fetchone() for row in rows]
    return found


@contextmanager
def _as_bytes(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as connection:
        connection.text_factory = bytes
        yield connection


def _trees(path: Path) -> Iterator[tuple[int, _Tree]]:
    yield 1, _Tree("sqlite_schema", ("type", "name", "tbl_name", "rootpage", "sql"), derived=False)
    with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as connection:
        known = connection.execute(
            "SELECT type, name, rootpage FROM sqlite_schema WHERE rootpage > 0"
        ).fetchall()
        for kind, name, root in known:
            if kind == "index":
                yield root, _Tree(name, None, derived=True)
                continue
            columns = tuple(row[1] for row in connection.execute(f"PRAGMA table_info({name})"))
            look_up = name.startswith(_LOOK_UP)
            yield root, _Tree(name, columns, derived=look_up)
