"""What an examination of the shop file found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    """How much a finding matters."""

    NOTE = "note"
    """Good to know."""
    WARNING = "warning"
    """Somebody has to see to it; the file itself is whole."""
    DAMAGE = "damage"
    """What stands in the file is not all readable, or cannot be true."""


class Stage(StrEnum):
    """What is being examined."""

    PAGES = "pages"
    LOOK_UP = "look_up"
    BOOKS = "books"
    BACKUPS = "backups"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found."""

    code: str
    severity: Severity
    values: Mapping[str, object] = field(default_factory=dict)
    repaired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole examination: what was found, and what the file stands on."""

    file: Path
    findings: tuple[Finding, ...]
    schema: int
    counts: Mapping[str, int]
    sqlite: str
    journal_mode: str
    wal_is_safe: bool
    """Whether this SQLite has the fix that the faster journal needs."""
    file_system: str
    """Its kind; empty where that is not known."""
    copies: int

    @property
    def worst(self) -> Severity | None:
        """The worst of what was found and not repaired; a note counts for nothing."""
        left = {finding.severity for finding in self.findings if not finding.repaired}
        return next((one for one in (Severity.DAMAGE, Severity.WARNING) if one in left), None)
