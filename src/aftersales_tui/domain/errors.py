"""What can be refused, as values with a code and a field; ``i18n.messages`` makes the sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: ``code`` names the sentence, ``field`` the place, ``values`` fill it."""

    code: str
    field: str = ""
    values: Mapping[str, object] = default(default_factory=dict)


class ShopError(Exception):
    """Base of everything this program refuses on purpose."""

    exit_code = 1

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(f"{p.code}({p.field})" for p in problems))
        self.problems = problems

    @property
    def problem(self) -> Problem:
        """The first and most important problem."""
        return self.problems[0]


class Refused(ShopError):
    """A rule of the trade or of a field says no; nothing was written."""


class NotFound(ShopError):
    """No record has that number or id."""


class NotAllowed(ShopError):
    """The person's role may not do this."""


class Busy(ShopError):
    """Another seat holds the shop file; trying again is safe."""

    exit_code = 3


class StoreFault(ShopError):
    """The shop file, its disk or a configuration file is missing, damaged, full or newer."""

    exit_code = 4


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that two people changed: what the form showed, what is stored now, what was typed."""

    field: str
    before: object
    theirs: object
    mine: object


class Conflict(ShopError):
    """Somebody else changed the same field after it was shown; nothing was written."""

    def __init__(self, clashes: tuple[Clash, ...], *, merged: tuple[Clash, ...], who: str, when: str) -> None:
        super().__init__(Problem("conflict", clashes[0].field, {"who": who, "when": when}))
        self.clashes = clashes
        self.merged = merged
        self.who = who
        self.when = when


def refuse(code: str, field: str = "", **values: object) -> Refused:
    """A ``Refused`` with one problem, ready to raise."""
    return Refused(Problem(code, field, values))
