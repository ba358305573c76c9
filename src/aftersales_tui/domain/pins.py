"""PINs: what may be one, how one is kept, how long somebody waits after wrong tries.

A PIN says who acts at a counter that several people use; whether somebody may read the shop file is
decided by its permissions. Only the salted scrypt hash is kept, in one text that names its parameters.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import unicodedata
from datetime import timedelta

from aftersales_tui.domain.errors import refuse

LEAST, MOST = 4, 12
"""Digits of a PIN."""
TRIES = 5
"""Wrong tries after which the next has to wait."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)

_LOG_N, _R, _P = 15, 8, 1
_MOST_MEMORY = 64 * 1024 * 1024
_KEPT = re.compile(r"scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d)\$([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+)")


def read_pin(typed: str) -> str:
    """The digits of a PIN, full-width ones included. Raises ``Refused`` (``pin_not_read``)."""
    pin = unicodedata.normalize("NFKC", typed).strip()
    if not (pin.isascii() and pin.isdigit() and LEAST <= len(pin) <= MOST):
        raise refuse("pin_not_read", "pin", least=LEAST, most=MOST)
    return pin


def hashed(pin: str, salt: bytes) -> str:
    """What is kept of a PIN: ``scrypt$ln=15,r=8,p=1$salt$hash``; takes about a tenth of a second."""
    key = _scrypt(pin, salt, _LOG_N, _R, _P)
    encoded = (base64.b64encode(part).decode() for part in (salt, key))
    return f"scrypt$ln={_LOG_N},r={_R},p={_P}$" + "$".join(encoded)


def matches(typed: str, kept: str) -> bool:
    """Whether the typed PIN is the kept one; never for a text that is no hash of a PIN."""
    found = _KEPT.fullmatch(kept)
    if found is None:
        return False
    try:
        salt, key = (base64.b64decode(found[n], validate=True) for n in (4, 5))
        pin = unicodedata.normalize("NFKC", typed).strip()
        tried = _scrypt(pin, salt, int(found[1]), int(found[2]), int(found[3]))
    except (ValueError, TypeError, OverflowError, MemoryError):
        return False
    return hmac.compare_digest(tried, key)


def _scrypt(pin: str, salt: bytes, log_n: int, r: int, p: int) -> bytes:
    data = pin.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(data, salt=salt, n=1 << log_n, r=r, p=p, maxmem=_MOST_MEMORY, dklen=32)


def wait_after(failures: int) -> timedelta:
    """How long nobody may try after so many wrong tries in a row: nothing, 30 s, a minute … an hour."""
    if failures < TRIES:
        return timedelta(0)
    return min(FIRST_WAIT * (1 << min(failures - TRIES, 10)), LONGEST_WAIT)
