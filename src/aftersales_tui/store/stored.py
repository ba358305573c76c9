"""Stored values that have a form of their own: JSON texts and verdicts. What is none has rotted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aftersales_tui.domain.errors import Problem, StoreFault

if TYPE_CHECKING:
    from aftersales_tui.domain.verdicts import Verdict
    from aftersales_tui.store.tables import VerdictRow


class Unreadable(StoreFault):
    """A stored value that no version of the program has written."""

    def __init__(self, detail: str) -> None:
        super().__init__(Problem("shop_file_damaged", "db", {"file": "", "detail": detail}))


def read_json(text: str) -> dict[str, Any]:
    """The object in a stored JSON text; raises ``Unreadable``."""
    try:
        found = json.loads(text)
    except ValueError as error:
        raise Unreadable(str(error)) from error
    if not isinstance(found, dict):
        msg = f"a {type(found).__name__} where an object belongs"
        raise Unreadable(msg)
    return found


def read_verdict(row: VerdictRow | None) -> Verdict | None:
    """A verdict exactly as it was judged; raises ``Unreadable``."""
    from aftersales_tui.domain.verdicts import Verdict  # no list needs the engine's own words

    if row is None:
        return None
    try:
        return Verdict.from_json(read_json(row.judged))
    except (KeyError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
        msg = f"verdict {row.id}: {error}"
        raise Unreadable(msg) from error
