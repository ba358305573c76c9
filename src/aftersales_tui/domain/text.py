"""Text as people type and paste it: made harmless, made comparable, cut to terminal cells."""

import re
import unicodedata

_TERMINAL_SEQUENCE = re.compile(
    "(?:\x1b[\\]PX^_]|[\x90\x98\x9d\x9e\x9f])[^\x07\x1b\x90\x98\x9c-\x9f]*(?:\x07|\x1b\\\\|\x9c)"
    "|(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]"
    "|\x1b[ -/]+[0-~]"
    "|\x1b[0-OQ-WYZ`-~\\\\]"
)
_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_UNWANTED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_ESCAPED = re.compile("[\x7f-\x9f\ud800-\udfff\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb]")
_INVISIBLE = re.compile("[\xad\u061c\u200b-\u200f\u2060-\u2064]")
_SPACES = re.compile(r"\s+")
_SEPARATORS = re.compile(r"[\s\-./_:#()+‐-―−·]+")
_DIGIT = re.compile("[0-9]")
# each begins where a run begins and gives nothing back: linear in a text of one run, too
_CODE = re.compile(r"(?<![0-9a-z])[0-9a-z]++(?:[\-./_:#‐-―−]++[0-9a-z]++)+")
_DIGIT_GROUPS = re.compile(r"(?<![0-9])[0-9]++(?:[\s\-./()‐-―−]++[0-9]++)+")
_SHORT_PART = 40
_STROKED = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "ı": "i", "ß": "ss",
     "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th"}
)  # fmt: skip
_CJK = (
    (0x2E80, 0x2FDF),
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3040, 0x312F),
    (0x31A0, 0x31BF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
_ELLIPSIS = "…"
_EXCERPT_CHARACTERS = 400
_EXCERPT_CELLS = 40
_EMOJI_STYLE = "\ufe0f"

VEIL = "****"
"""Stands in a masked number for the digits that are not shown."""


def clean(text: str, *, lines: bool = False) -> str:
    """The text without anything that could steer a terminal or turn the reading direction.

    Escape sequences go with their payload; other controls and lone surrogates are dropped.
    Tabs and line ends become a space; ``lines=True`` keeps line ends as ``\\n``.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    text = _TERMINAL_SEQUENCE.sub("", text)
    text = _LINE_END.sub("\n" if lines else " ", text).replace("\t", " ")
    return _UNWANTED.sub("", text).strip()


def escaped(written: str) -> str:
    """Written JSON with what could steer a terminal as ``\\uXXXX``; what is read from it is the same."""
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def fold(text: str) -> str:
    """The text as it is compared and searched, blind to width, case, spacing and invisible characters."""
    if text.isascii() and text.isprintable():
        return _SPACES.sub(" ", text.casefold()).strip()
    # Each step can make work for another one; the form settles after two or three rounds.
    while True:
        folded = _INVISIBLE.sub("", clean(text))
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", folded).casefold())
        folded = _SPACES.sub(" ", folded).strip()
        if folded == text:
            return folded
        text = folded


def unaccented(text: str) -> str:
    """The text with the accents of Latin letters left out; other scripts keep their marks."""
    if text.isascii():
        return text
    kept: list[str] = []
    on_latin = False
    for char in unicodedata.normalize("NFD", text.translate(_STROKED)):
        if unicodedata.combining(char):
            if on_latin:
                continue
        else:
            on_latin = char.isascii() and char.isalpha()
        kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept))


def squeeze(text: str) -> str:
    """The folded text without separators: how a serial or phone number is read out in one breath."""
    return _SEPARATORS.sub("", fold(text))


def _variants(line: str) -> list[str]:
    found = [line]
    if not _DIGIT.search(line):
        pass
    elif len(line) <= _SHORT_PART:
        found.append(_SEPARATORS.sub("", line))
    else:
        found += [_SEPARATORS.sub("", code) for code in _CODE.findall(line)]
        found += [_SEPARATORS.sub("", groups) for groups in _DIGIT_GROUPS.findall(line)]
    plain = unaccented(line)
    if plain != line:
        found.append(plain)
    return found


def search_text(*parts: str | None) -> str:
    """What a look-up searches: every word somebody may type is a plain substring of it.

    The folded lines of the parts, each with its squeezed and its unaccented variant where
    they differ, joined by ``\\n``.
    """
    found: dict[str, None] = {}
    for part in parts:
        if not part:
            continue
        for line in clean(part, lines=True).split("\n"):
            folded = fold(line)
            if folded:
                found.update(dict.fromkeys(variant for variant in _variants(folded) if variant))
    return "\n".join(found)


def words(query: str) -> tuple[str, ...]:
    """The folded words of a look-up, without the ``/`` (or ``、``) a scanner sends first."""
    return tuple(fold(query).lstrip("/、 ").split())


def is_cjk(char: str) -> bool:
    """Whether a character belongs to Chinese, Japanese or Korean writing."""
    code = ord(char)
    return code >= 0x2E80 and any(first <= code <= last for first, last in _CJK)


def _cells_of(char: str, before: str) -> int:
    if char == _EMOJI_STYLE:
        return 1 if before and cell_width(before) == 1 else 0
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cell_width(text: str) -> int:
    """How many terminal cells the text takes; Chinese characters take two."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(_cells_of(char, text[i - 1] if i else "") for i, char in enumerate(text))


def cut(text: str, cells: int) -> str:
    """The text cut to so many terminal cells, ending in ``…`` when something was left out."""
    if cell_width(text) <= cells:
        return text
    if cells < 1:
        return ""
    used = 0
    for i, char in enumerate(text):
        used += _cells_of(char, text[i - 1] if i else "")
        if used > cells - 1:
            return text[:i] + _ELLIPSIS
    return text


def excerpt(text: str) -> str:
    """The beginning of what was typed, short and harmless enough to be quoted in a message."""
    return cut(clean(text[:_EXCERPT_CHARACTERS]), _EXCERPT_CELLS)
