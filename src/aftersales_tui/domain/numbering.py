"""The numbers people read aloud: a letter for the kind and short digits."""

import re
from enum import StrEnum

from aftersales_tui.domain.text import fold


class NumberKind(StrEnum):
    """What a number counts; the value is its letter."""

    CALL = "C"
    JOB = "J"
    FOLLOW_UP = "F"


_NUMBER = re.compile(r"/? ?(?:([cjf]) ?[-‐‑–—−_]? ?)?([0-9]{1,9})")


def show_number(kind: NumberKind, n: int) -> str:
    """The number as it is printed and read out, ``J-0343``."""
    return f"{kind.value}-{n:04d}"


def read_number(text: str) -> tuple[NumberKind | None, int] | None:
    """The kind, if its letter was typed, and the digits; None when the text is no number of ours."""
    found = _NUMBER.fullmatch(fold(text))
    if found is None or int(found[2]) == 0:
        return None
    return (NumberKind(found[1].upper()) if found[1] else None), int(found[2])
