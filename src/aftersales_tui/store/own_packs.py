"""The packs a shop added itself: kept as text, read once for as long as the text is the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from aftersales_tui.domain.errors import Problem, Refused
from aftersales_tui.domain.policy import Policy
from aftersales_tui.store.policies import read_own_pack
from aftersales_tui.store.tables import OwnPack, Staff


@dataclass(frozen=True, slots=True)
class Stored:
    """One version of a pack of the shop; ``pack`` is ``None`` when its text can no longer be read."""

    policy: str
    version: str
    added_at: datetime
    added_by: str
    retired_at: datetime | None
    retired_by: str
    pack: Policy | None
    problems: tuple[Problem, ...]


_added, _retired = aliased(Staff), aliased(Staff)
_ALL: Any = (
    select(
        col(OwnPack.policy),
        col(OwnPack.version),
        col(OwnPack.file),
        col(OwnPack.text),
        col(OwnPack.added_at),
        col(_added.name).label("added_by"),
        col(OwnPack.retired_at),
        col(_retired.name).label("retired_by"),
    )
    .join(_added, col(OwnPack.added_by) == col(_added.id))
    .join(_retired, col(OwnPack.retired_by) == col(_retired.id), isouter=True)
    .order_by(col(OwnPack.id))
)


def stored(session: Session) -> tuple[Stored, ...]:
    """Every version that was ever added, in the order they came."""
    return tuple(_stored(row) for row in session.execute(_ALL))


def versions(session: Session, policy: str) -> list[OwnPack]:
    """The versions of one pack, the one added last first."""
    query = select(OwnPack).where(col(OwnPack.policy) == policy).order_by(col(OwnPack.id).desc())
    return list(session.execute(query).scalars())


def _stored(row: Any) -> Stored:
    pack, problems = _read(row.text, row.file)
    return Stored(
        policy=row.policy,
        version=row.version,
        added_at=row.added_at,
        added_by=row.added_by,
        retired_at=row.retired_at,
        retired_by=row.retired_by or "",
        pack=pack,
        problems=problems,
    )


@lru_cache(maxsize=256)
def _read(text: str, file: str) -> tuple[Policy | None, tuple[Problem, ...]]:
    """The pack, or what is wrong with it: the packaged one it extends may have gone with an update."""
    try:
        return read_own_pack(text, file), ()
    except Refused as broken:
        return None, broken.problems
