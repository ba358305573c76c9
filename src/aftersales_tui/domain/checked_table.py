"""A table parsed from TOML, read key by key; a fault names file, key and reason and stops nothing."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from aftersales_tui.domain.errors import Problem
from aftersales_tui.domain.policy import Bilingual
from aftersales_tui.domain.text import clean

Word = TypeVar("Word", bound=StrEnum)


def broken(source: str, key: str, reason: str, **values: object) -> Problem:
    """A ``policy_broken`` problem: ``reason`` is a code, ``values`` fill its sentence."""
    return Problem("policy_broken", key, {"file": source, "key": key, "reason": reason, **values})


class Table:
    """One table of a parsed file; notes what is wrong and which keys nobody asked for."""

    def __init__(self, data: object, path: str, source: str, problems: list[Problem]) -> None:
        self._data: Mapping[str, object] = data if isinstance(data, Mapping) else {}
        self._path = path
        self._source = source
        self._problems = problems
        self._asked: set[str] = set()
        self._looked_for: set[str] = set()
        if not isinstance(data, Mapping):
            problems.append(broken(source, path, "not_a_table"))

    def at(self, key: str) -> str:
        """The full path of ``key``, as it is named in a message."""
        return f"{self._path}.{key}" if self._path else key

    def wrong(self, key: str, reason: str, **values: object) -> None:
        """Notes that ``key`` is wrong for ``reason``."""
        self._problems.append(broken(self._source, self.at(key), reason, **values))

    def has(self, key: str) -> bool:
        """Whether the key is stated."""
        self._looked_for.add(key)
        return key in self._data

    def raw(self, key: str) -> object:
        """The value as parsed, ``None`` when it is not stated."""
        self._asked.add(key)
        return self._data.get(key)

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not empty; without ``default`` it must be stated."""
        value = self.raw(key)
        if value is None:
            if default is None:
                self.wrong(key, "missing")
            return default or ""
        if not isinstance(value, str) or not value.strip():
            self.wrong(key, "not_a_text")
            return ""
        return clean(value, lines=True)

    def number(self, key: str, default: int | None = None, most: int = 100_000) -> int:
        """A whole number from 0 to ``most``."""
        value = self.raw(key)
        if value is None:
            if default is None:
                self.wrong(key, "missing")
            return default or 0
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
            self.wrong(key, "not_a_number", most=most)
            return 0
        return value

    def share(self, key: str) -> Decimal | None:
        """A share from 0 to 1 as text, such as ``"0.005"``, or nothing when it is not stated."""
        value = self.raw(key)
        if value is None:
            return None
        try:
            read = Decimal(value) if isinstance(value, str) else Decimal("NaN")
        except InvalidOperation:
            read = Decimal("NaN")
        if not 0 <= read <= 1:
            self.wrong(key, "not_a_share")
            return None
        return read

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self.raw(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.wrong(key, "not_true_or_false")
            return default
        return value

    def day(self, key: str) -> date | None:
        """A date, or nothing when it is not stated."""
        value = self.raw(key)
        if value is None:
            return None
        if isinstance(value, datetime) or not isinstance(value, date):
            self.wrong(key, "not_a_date")
            return None
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; a single text is a list of one."""
        value = self.raw(key)
        if value is None:
            return ()
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(item, str) and item for item in items):
            self.wrong(key, "not_a_list_of_texts")
            return ()
        return tuple(items)

    def word(self, key: str, words: type[Word], default: Word | None = None) -> Word | None:
        """One word of a closed list."""
        if default is not None and not self.has(key):
            self._asked.add(key)
            return default
        value = self.text(key)
        return self.one_of(key, value, words) if value else default

    def one_of(self, key: str, value: str, words: type[Word]) -> Word | None:
        """``value`` as a member of ``words``; anything else is noted."""
        try:
            return words(value)
        except ValueError:
            self.wrong(key, "unknown_word", word=value, known=", ".join(words))
            return None

    def both(self, key: str) -> Bilingual:
        """A text in both languages; a plain text is the same in both."""
        if isinstance(self._data.get(key), str):
            plain = self.text(key)
            return Bilingual(plain, plain)
        table = self.table(key)
        result = Bilingual(table.text("en"), table.text("zh"))
        table.done()
        return result

    def table(self, key: str) -> "Table":
        """A table below this one; it must be stated."""
        value = self.raw(key)
        if value is None:
            self.wrong(key, "missing")
            return Table({}, self.at(key), self._source, [])
        return Table(value, self.at(key), self._source, self._problems)

    def tables(self, key: str) -> "tuple[Table, ...]":
        """A list of tables, numbered from 1 in messages; empty when it is not stated."""
        value = self.raw(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.wrong(key, "not_a_list")
            return ()
        return tuple(
            Table(item, f"{self.at(key)}[{number}]", self._source, self._problems)
            for number, item in enumerate(value, 1)
        )

    def names(self) -> tuple[str, ...]:
        """The keys of this table, as they stand."""
        return tuple(self._data)

    def done(self) -> None:
        """Notes every key that nobody asked for: a misspelt key must not be silently ignored."""
        for key in self._data:
            if key not in self._asked:
                self.wrong(key, "unknown_key", known=", ".join(sorted(self._asked | self._looked_for)))
