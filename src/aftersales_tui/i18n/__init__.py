"""The words people see: gettext catalogues, English in the source, Simplified Chinese beside it."""

from __future__ import annotations

import gettext as _gettext
from pathlib import Path

DOMAIN = "aftersales"
LOCALES = Path(__file__).parent / "locales"
LANGUAGES = ("en", "zh_CN")

_translations: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"


def activate(language: str) -> None:
    """Speak ``language`` from now on; an unknown one falls back to English."""
    global _translations, _language
    _language = language if language in LANGUAGES else "en"
    if _language == "en":
        _translations = _gettext.NullTranslations()
    else:
        _translations = _gettext.translation(DOMAIN, LOCALES, [_language], fallback=True)


def language() -> str:
    """The language in use, ``en`` or ``zh_CN``."""
    return _language


def _(message: str) -> str:
    """The sentence in the language in use."""
    return _translations.gettext(message)


def C_(context: str, message: str) -> str:
    """The word as it is said in ``context`` (one English word may have several Chinese ones)."""
    return _translations.pgettext(context, message)


def ngettext(one: str, many: str, n: int) -> str:
    """The sentence for ``n`` things."""
    return _translations.ngettext(one, many, n)


def N_(message: str) -> str:
    """Marks a sentence for the catalogue; it is translated where it is shown."""
    return message


def NC_(context: str, message: str) -> tuple[str, str]:
    """Marks a word said in ``context`` for the catalogue; ``C_(*marked)`` translates it where it is shown."""
    return context, message
