"""Copies of the shop file in words: why one was made, what its checksum says, how large it is."""

from __future__ import annotations

from aftersales_tui.domain.copies import CopyReason, SumState
from aftersales_tui.i18n import C_, formats

_MEGABYTE = 1_000_000


def reason_word(reason: CopyReason) -> str:
    """Why a copy was made."""
    words = {
        CopyReason.ASKED: C_("copy", "when asked"),
        CopyReason.CLOSING: C_("copy", "on closing"),
        CopyReason.DAILY: C_("copy", "first of the day"),
        CopyReason.BEFORE_MIGRATION: C_("copy", "before a new version"),
        CopyReason.BEFORE_RESTORE: C_("copy", "before a backup was put back"),
        CopyReason.BEFORE_IMPORT: C_("copy", "before an import"),
        CopyReason.BEFORE_REPAIR: C_("copy", "before a repair of the file"),
    }
    return words[reason]


def sum_word(state: SumState) -> str:
    """What the checksum of a copy says."""
    words = {
        SumState.RIGHT: C_("copy", "verified"),
        SumState.WRONG: C_("copy", "WRONG"),
        SumState.MISSING: C_("copy", "none"),
        SumState.UNREAD: C_("copy", "not looked at"),
    }
    return words[state]


def size_words(size: int) -> str:
    """A size in bytes as people read it: ``412 kB``, ``20.4 MB``."""
    if size < _MEGABYTE:
        return f"{formats.number(max(1, round(size / 1000)))} kB"
    return f"{formats.number(size / _MEGABYTE, 1)} MB"
