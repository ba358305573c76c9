"""The shop and its settings."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class NewShop:
    """The answers of the first run; what is empty is set by the region."""

    name: str = ""
    region: str = "CN"
    currency: str = ""
    timezone: str = ""
    language: str = "en"
    owner: str = ""
    role: str = "owner"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopSettings:
    """The shop's settings as stored in its file."""

    name: str
    region: str
    currency: str
    timezone: str
    language: str
    cli_identity: int
    turnaround_days: int
    """Working days until the promised day of a new job."""
    follow_up_days: int
    """Calendar days from hand-over to the follow-up (CB-1)."""
    advice_hours: int
    """Hours from phone advice to the call-back (PH-3)."""
    opens: str
    closes: str
    rest_days: dict[date, bool] = field(default_factory=dict)
    """The shop's own calendar: day → is a rest day."""
    address: str = ""
    """As it stands on the papers."""
    phone: str = ""
    """As it stands on the papers."""
    retention_years: int = 0
    """Years after the last thing that happened until a customer is due to be forgotten; 0 keeps everybody."""
    packs: tuple[str, ...] = ()
    """The packaged packs that rule besides the region's, by id."""
    masked_phones: str = "technician"
    """The roles that see phones masked, ``clerk`` and ``technician``, separated by commas; or ``nobody``."""
    lock_minutes: int = 10
    """Minutes without a key after which the screens lock for somebody with a PIN; 0 for never."""
    backup_folder: str = ""
    """A second folder for every copy of the shop file: a stick, a folder that is carried elsewhere."""
    backup_folder_days: int = 3
    """Days the second folder may be missing before that is said."""
    backup_hours: int = 48
    """The newest copy of so many hours in which one was made is kept; days, weeks and months as well."""
    backup_days: int = 14
    backup_weeks: int = 8
    backup_months: int = 24
    backup_megabytes: int = 2000
    """The size of all copies together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionSets:
    """What a region sets in a new shop."""

    rules: tuple[str, ...]
    """The warranty packs of the kinds of product, by name."""
    currency: str
    timezone: str
    opens: str
    closes: str
