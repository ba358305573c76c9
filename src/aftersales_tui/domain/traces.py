"""Finding a person's name, phones and e-mail in free text, to black them out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from aftersales_tui.domain.contacts import name_readings, phone_spellings, read_phone
from aftersales_tui.domain.surnames import COMPOUND
from aftersales_tui.domain.text import clean, is_cjk

BLACKED = "****"
_SHORTEST_NUMBER = 5
"""Digits: shorter ones (110, 220 V, 8027) say other things in a repair record."""
_SHORTEST_WORD = 3
"""Letters of a single name; shorter ones (Li, Ng) are only taken in the whole name."""
_SHORTEST_READING = 5
_BETWEEN_DIGITS = r"[\s\-–—./()（）]*"
_BETWEEN_WORDS = r"[\s.,·•・]*"
_LATIN = "A-Za-z0-9À-ɏ'’-"
_TITLES = "女士|先生|小姐|太太|阿姨|师傅|老师|老板|总|经理|叔叔|大爷|大妈|奶奶|爷爷"
_NAME_WORD = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’-]*")


@dataclass(frozen=True, slots=True)
class Person:
    """What somebody is known by; ``region`` reads the phones."""

    names: tuple[str, ...]
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    addresses: tuple[str, ...]
    region: str


class Traces:
    """A person's traces as one pattern."""

    def __init__(self, person: Person) -> None:
        # a name may stand in an e-mail, a name's parts in the whole name: what is longer goes first
        whole = sorted(_long(person.emails + person.addresses, _SHORTEST_NUMBER), key=len, reverse=True)
        parts = dict.fromkeys(
            [
                *(re.escape(text) for text in whole),
                *_of_phones(person.phones, person.region),
                *(pattern for name in person.names for pattern in _of_name(name)),
            ]
        )
        self._pattern = re.compile("|".join(parts), re.IGNORECASE) if parts else None

    def black_out(self, text: str) -> str:
        """The text with every trace blacked out; without one it is the same."""
        return self._pattern.sub(BLACKED, text) if self._pattern is not None and text else text

    def are_in(self, text: str) -> bool:
        """Whether a trace stands in the text."""
        return self._pattern is not None and self._pattern.search(text) is not None


def same_number(one: str, other: frozenset[str], region: str) -> bool:
    """Whether a phone, as typed, is one of those whose spellings are given."""
    digits = read_phone(one, region).digits
    return len(digits) >= _SHORTEST_NUMBER and digits in other


def spellings(phones: Iterable[str], region: str) -> frozenset[str]:
    """All digits under which phones may stand somewhere."""
    return frozenset(
        digits
        for raw in phones
        for digits in phone_spellings(read_phone(raw, region), region)
        if len(digits) >= _SHORTEST_NUMBER
    )


def _long(texts: Iterable[str], least: int) -> list[str]:
    return [text for text in (clean(one) for one in texts) if len(text) >= least]


def _of_phones(phones: Iterable[str], region: str) -> Iterable[str]:
    for digits in sorted(spellings(phones, region), key=len, reverse=True):
        any_width = (f"[{digit}{chr(ord(digit) + 0xFEE0)}]" for digit in digits)
        yield rf"(?<!\d)[+＋]?{_BETWEEN_DIGITS.join(any_width)}(?!\d)"
    for raw in _long(phones, _SHORTEST_NUMBER):
        if sum(char.isdigit() for char in raw) < _SHORTEST_NUMBER:  # the name of an account, say
            yield re.escape(raw)


def _of_name(name: str) -> Iterable[str]:
    name = clean(name)
    words = _NAME_WORD.findall(name)
    runs = ["".join(run) for run in _chinese(name)]
    if len(name) >= _SHORTEST_READING:
        yield re.escape(name)
    yield from (run for run in runs if len(run) > 1)
    for run in runs:
        family = run[:2] if run[:2] in COMPOUND and len(run) > 2 else run[:1]
        yield f"{family}(?={_TITLES})"
    if len(words) > 1:
        for order in (words, [words[-1], *words[:-1]]):
            yield _word(_BETWEEN_WORDS.join(re.escape(word) for word in order))
    yield from (_word(re.escape(word)) for word in words if len(word) >= _SHORTEST_WORD)
    yield from (_word(re.escape(reading)) for reading in _long(name_readings(name), _SHORTEST_READING))


def _word(pattern: str) -> str:
    """Not as a part of another word: ``Li`` stands in no ``Li-ion``."""
    return f"(?<![{_LATIN}]){pattern}(?![{_LATIN}])"


def _chinese(name: str) -> list[list[str]]:
    runs: list[list[str]] = [[]]
    for char in name:
        if is_cjk(char):
            runs[-1].append(char)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]
