"""The hash chain over the account of events: each link seals the event and everything before it.

A link does not hold the event's data but their salted digest, so that data may be forgotten and the
chain still be proven.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from hashlib import sha256

START = bytes(32)
"""What the first event is chained to."""
OF_NOTHING = sha256(b"").digest()
"""The digest of an event that never had data; any other digest without data was forgotten."""
_SALT_BYTES = 16


def stored_moment(at: datetime) -> str:
    """A moment as the file keeps it, and as it is sealed: UTC to the microsecond."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def salt_for(data: str | None) -> bytes | None:
    """A salt of its own for data, so that nobody finds forgotten data by trying what it may have been."""
    return None if data is None else secrets.token_bytes(_SALT_BYTES)


def digest_of(salt: bytes | None, data: str | None) -> bytes:
    """What a link says of the data of its event."""
    return OF_NOTHING if salt is None or data is None else sha256(salt + data.encode()).digest()


def link(
    previous: bytes,
    event_id: int,
    at: str,
    staff_id: int | None,
    record_kind: str,
    record_id: int,
    what: str,
    status: str | None,
    digest: bytes,
) -> bytes:
    """The chain value of an event behind the one with ``previous``; ``at`` as ``stored_moment`` writes it."""
    said = f"{event_id}\n{at}\n{staff_id or ''}\n{record_kind}\n{record_id}\n{status or ''}\n{what}"
    return sha256(previous + digest + said.encode()).digest()
