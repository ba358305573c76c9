"""Phones and names as people give them: kept as typed, and made findable."""

import itertools
import re
import unicodedata
from dataclasses import dataclass

from aftersales_tui.domain.surnames import COMPOUND, SINGLE
from aftersales_tui.domain.text import VEIL, clean, fold, unaccented

_EXTENSION = re.compile(
    r"[\s,;(（-]*(?:转|轉|分机|分機|内线|extension|extn|ext|x|#)[\s.:：]*([0-9]{1,6})\s*[)）]?$",
    re.IGNORECASE,
)
_DASHED_EXTENSION = re.compile(r"(?<=[0-9])\s*[-–—/]\s*([0-9]{1,6})$")
_LABEL = re.compile(
    r"^(?:telephone|tel|phone|mobile|mob|cell|手机|电话|座机|固话|联系电话|号码)[\s.:]*", re.IGNORECASE
)
_PHONE = re.compile(r"\+?[0-9\s\-–—./()]+")
_LONGEST_PHONE = 40
_LONGEST_TYPED = 500
"""Characters beyond which nobody typed a phone; what stands there is not taken apart."""
_LONGEST_NAME = 200
_MOST_READINGS = 12
_COUNTRY = {"UK": "GB", "EU": None}
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone number as it was typed and, where it is a real number, in international form.

    ``digits`` are the digits typed, without those of the ``extension``.
    """

    raw: str
    e164: str | None
    digits: str
    extension: str


def read_phone(raw: str, region: str) -> Phone:
    """Understands a phone number as far as it can; nothing is refused, ``raw`` keeps what was typed.

    ``region`` (``CN``, ``GB``/``UK`` …) reads numbers without a country code; numbers of letters,
    short numbers such as 110 and several numbers in one field have no ``e164``.
    """
    raw = clean(raw)
    number = unicodedata.normalize("NFKC", raw)
    extension = ""
    if len(number) > _LONGEST_TYPED:
        return Phone(raw, None, re.sub("[^0-9]", "", number), extension)
    if found := _EXTENSION.search(number):
        number, extension = number[: found.start()], found[1]
    country = _COUNTRY.get(region.upper(), region.upper())
    e164 = _international(number, country)
    if e164 is None and not extension and (found := _DASHED_EXTENSION.search(number)):
        e164 = _international(number[: found.start()], country)
        if e164 is not None:
            number, extension = number[: found.start()], found[1]
    return Phone(raw, e164, re.sub("[^0-9]", "", number), extension)


def _international(number: str, country: str | None) -> str | None:
    number = _LABEL.sub("", number.strip())
    if len(number) > _LONGEST_PHONE or not _PHONE.fullmatch(number):
        return None
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def phone_search(phone: Phone) -> str:
    """All digits somebody may know the phone by, one spelling a line: as typed, national, international."""
    spellings = [phone.digits]
    if phone.e164 is not None:
        import phonenumbers

        parsed = phonenumbers.parse(phone.e164, None)
        national = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
        spellings += [re.sub("[^0-9]", "", national), phone.e164.lstrip("+")]
    spellings.append(phone.extension)
    kept: list[str] = []
    for spelling in sorted(filter(None, spellings), key=len, reverse=True):
        if not any(spelling in longer for longer in kept):
            kept.append(spelling)
    return "\n".join(kept)


def phone_spellings(phone: Phone, region: str) -> frozenset[str]:
    """The digits under which the same number may be on file: with and without country code and zero."""
    if not phone.digits:
        return frozenset()
    import phonenumbers

    if phone.e164 is not None:
        parsed = phonenumbers.parse(phone.e164, None)
        national = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
        code, number = str(parsed.country_code), re.sub("[^0-9]", "", national)
    else:
        country = _COUNTRY.get(region.upper(), region.upper())
        code = str(phonenumbers.country_code_for_region(country) or "") if country else ""
        abroad = re.match(rf"\D*(?:\+|00){code}", fold(phone.raw)) if code else None
        number = phone.digits.removeprefix("00").removeprefix(code) if abroad else phone.digits
    plain = number.lstrip("0") or number
    found = {phone.digits, number, plain, f"0{plain}"}
    if code:
        found |= {f"{code}{plain}", f"{code}{number}", f"00{code}{plain}"}
    return frozenset(found)


def show_phone(phone: Phone, region: str | None = None) -> str:
    """The number in readable groups, ``138 0013 8027``; as typed when it is no real number.

    With ``region``, numbers of other countries keep their country code; without it, those
    that were typed with one and are not Chinese.
    """
    if phone.e164 is None:
        return phone.raw
    import phonenumbers

    parsed = phonenumbers.parse(phone.e164, None)
    if region is None:
        home = parsed.country_code == 86 or not re.match(r"\D*(\+|00)", fold(phone.raw))
    else:
        home = phonenumbers.region_code_for_number(parsed) == _COUNTRY.get(region.upper(), region.upper())
    style = phonenumbers.PhoneNumberFormat
    shown = phonenumbers.format_number(parsed, style.NATIONAL if home else style.INTERNATIONAL)
    return f"{shown}-{phone.extension}" if phone.extension else shown


def masked_phone(raw: str, region: str) -> str:
    """The number as it stands on papers that lie about: its last four digits, of a short one none."""
    digits = read_phone(raw, region).digits
    if not digits:
        return ""
    return f"**** {digits[-4:]}" if len(digits) > 6 else "****"


def veiled_phone(raw: str, region: str) -> str:
    """The number as whoever need not ring it sees it: ``138****8027``; of a short one nothing.

    What is masked already stays as it is.
    """
    if is_veiled(raw):
        return raw
    digits = read_phone(raw, region).digits
    if len(digits) <= 6:
        return VEIL
    return f"{digits[: max(0, min(3, len(digits) - 8))]}{VEIL}{digits[-4:]}"


def is_veiled(phone: str) -> bool:
    """Whether it is a masked number, which nobody can ring and nothing may keep."""
    return VEIL in phone


def name_initials(name: str) -> tuple[str, ...]:
    """The initials a caller may be looked up by: 王芳 ``wf``; Müller, Jürgen ``mj`` and ``jm``.

    Chinese names by pinyin, with every reading of the surname (曾 ``z`` and ``c``).
    """
    chinese, other = _runs(name)
    found = ["".join(reading[0] for reading in readings) for run in chinese for readings in _readings(run)]
    plain = "".join(word[0] for word in other)
    if plain and plain not in found:
        found.append(plain)
        if len(plain) > 1:
            found.append(plain[-1] + plain[:-1])
            found.append(plain[1:] + plain[0])
    return tuple(dict.fromkeys(found))


def name_readings(name: str) -> tuple[str, ...]:
    """The name in plain letters: pinyin without tones (``wangfang``), Latin names without accents.

    Every reading of a Chinese surname is given; a German umlaut as ``u`` and as ``ue``.
    """
    chinese, other = _runs(name)
    found = ["".join(readings) for run in chinese for readings in _readings(run)]
    spelled = fold(name[:_LONGEST_NAME])
    for variant in dict.fromkeys((spelled, spelled.translate(_UMLAUTS))):
        words = _words(variant)
        if words and (len(words) > 1 or unaccented(variant) != spelled):
            found += [" ".join(words), "".join(words)]
    if len(other) == 1 and not found:
        found = list(other)
    return tuple(dict.fromkeys(found))


def _is_han(char: str) -> bool:
    code = ord(char)
    return (
        0x3400 <= code <= 0x9FFF or code == 0x3007 or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF
    )


def _runs(name: str) -> tuple[list[str], list[str]]:
    """The Chinese names and the words in other letters of a name field."""
    folded = fold(name[:_LONGEST_NAME])
    chinese: list[str] = []
    open_run = False
    for char in folded:
        if _is_han(char):
            if open_run:
                chinese[-1] += char
            else:
                chinese.append(char)
            open_run = True
        elif char not in " ·•・":
            open_run = False
    return chinese, _words(folded)


def _words(folded: str) -> list[str]:
    letters = "".join(
        " " if _is_han(char) or not (char.isalnum() or unicodedata.combining(char)) else char
        for char in unaccented(re.sub("['’]", "", folded))
    )
    return [word for word in letters.split() if word[0].isalnum()]


def _readings(run: str) -> list[tuple[str, ...]]:
    """The ways to read a Chinese name, each one syllable per character."""
    from pypinyin import lazy_pinyin

    usual = [_plain(lazy_pinyin(char)[0], char) for char in run]
    in_context = [_plain(syllable, char) for syllable, char in zip(_syllables(run), run, strict=True)]
    if run[:2] in COMPOUND and len(run) > 2:
        length = 2
        surname = [tuple(reading.split()) for reading in COMPOUND[run[:2]]]
    else:
        length = 1
        surname = [(reading,) for reading in (*SINGLE.get(run[0], ()), in_context[0], usual[0])]
    given = [tuple(in_context[length:]), tuple(usual[length:])]
    product = (family + rest for family, rest in itertools.product(surname, given))
    spelled = (variant for reading in product for variant in _spellings(reading))
    return list(dict.fromkeys(spelled))[:_MOST_READINGS]


def _syllables(run: str) -> list[str]:
    """One syllable per character, read in context; character by character where that does not add up."""
    from pypinyin import lazy_pinyin

    syllables = lazy_pinyin(run)
    return syllables if len(syllables) == len(run) else [lazy_pinyin(char)[0] for char in run]


def _plain(syllable: str, char: str) -> str:
    return unaccented(fold(syllable)) or char


def _spellings(reading: tuple[str, ...]) -> list[tuple[str, ...]]:
    """``lv`` as keyboards spell it, and ``lu`` and ``lyu`` as passports do."""
    if not any(syllable in ("lv", "nv") for syllable in reading):
        return [reading]
    return [tuple(s[0] + vowel if s in ("lv", "nv") else s for s in reading) for vowel in ("v", "u", "yu")]
