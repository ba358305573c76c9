"""The words people see: gettext catalogues, English in the source, Simplified Chinese beside it."""

from __future__ import annotations

import gettext as _gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

DOMAIN = "aftersales"
LOCALES = Path(__file__).parent / "locales"
LANGUAGES = ("en", "zh_CN")

_spoken = "en"
_for_now: ContextVar[str] = ContextVar("language", default="")
"""The language of one task or thread, when it is not the program's."""


def activate(language: str) -> None:
    """Speak ``language`` from now on; an unknown one falls back to English."""
    global _spoken
    _spoken = language if language in LANGUAGES else "en"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak ``language`` inside the block and nowhere else; empty keeps the language in use."""
    token = _for_now.set(language if language in LANGUAGES else "")
    try:
        yield
    finally:
        _for_now.reset(token)


def language() -> str:
    """The language in use, ``en`` or ``zh_CN``."""
    return _for_now.get() or _spoken


@cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    if language == "en":
        return _gettext.NullTranslations()
    return _gettext.translation(DOMAIN, LOCALES, [language], fallback=True)


def _(message: str) -> str:
    """The sentence in the language in use."""
    return _catalogue(language()).gettext(message)


def C_(context: str, message: str) -> str:
    """The word as it is said in ``context`` (one English word may have several Chinese ones)."""
    return _catalogue(language()).pgettext(context, message)


def ngettext(one: str, many: str, n: int) -> str:
    """The sentence for ``n`` things."""
    return _catalogue(language()).ngettext(one, many, n)


def N_(message: str) -> str:
    """Marks a sentence for the catalogue; it is translated where it is shown."""
    return message


def NC_(context: str, message: str) -> tuple[str, str]:
    """Marks a word said in ``context`` for the catalogue; ``C_(*marked)`` translates it where it is shown."""
    return context, message
