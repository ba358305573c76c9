"""The packs of a shop: its own promises in its file, and which packaged ones it uses besides its region's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from aftersales_tui.domain.errors import Problem, Refused, refuse
from aftersales_tui.domain.permissions import Permission
from aftersales_tui.domain.ruling import ruling
from aftersales_tui.domain.text import clean, excerpt
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.services.rulebook import Rulebook
from aftersales_tui.services.settings import put_setting, read_packs
from aftersales_tui.services.shop import Shop, ShopDay
from aftersales_tui.store import events, own_packs
from aftersales_tui.store.engine import Session
from aftersales_tui.store.own_packs import Stored
from aftersales_tui.store.policies import load_catalogue, load_policies, read_own_pack, read_pack_file
from aftersales_tui.store.tables import OwnPack
from aftersales_tui.views.policies import PackSource, PackState, PackView

LONGEST = 200_000
"""Characters the text of a pack may have."""


def listed(shop: Shop | None = None) -> tuple[PackView, ...]:
    """Every version of every pack by id, with what it does in the shop if there is one."""
    if shop is None:
        return tuple(_packaged(None))
    with shop.reading() as (session, day):
        return _listed(session, day)


def add(shop: Shop, path: Path, by: int) -> PackView:
    """Keep a pack the shop wrote; from now on it rules. Adding the same text again changes nothing.

    Raises ``NotAllowed``; ``Refused``: ``policy_broken``, ``policy_unreadable``, ``pack_too_long``,
    ``policy_version_taken`` when another text has that id and version.
    """
    text = read_pack_file(path)
    if len(text) > LONGEST:
        raise refuse("pack_too_long", "file", file=path.name, limit=LONGEST)
    pack = read_own_pack(text, path.name)
    with shop.writing(by, Permission.SETTINGS) as (session, day):
        known = next(
            (one for one in own_packs.versions(session, pack.id) if one.version == pack.version), None
        )
        packaged = any((one.id, one.version) == (pack.id, pack.version) for one in load_policies().values())
        if packaged or (known is not None and known.text != text):
            raise refuse("policy_version_taken", "version", policy=pack.id, version=pack.version)
        if known is None:
            kept = OwnPack(policy=pack.id, version=pack.version, file=clean(path.name)[:500], text=text,
                           added_at=day.now, added_by=by)  # fmt: skip
            session.add(kept)
            _record(session, day, by, "pack_added", pack.id, pack.version)
        elif known.retired_at is not None:
            known.retired_at = known.retired_by = None
            session.add(known)
            _record(session, day, by, "pack_added", pack.id, pack.version)
        session.flush()
        return _one(session, day, pack.id, pack.version)


def retire(shop: Shop, policy: str, by: int, version: str = "") -> tuple[PackView, ...]:
    """Let a pack of the shop rule no more, one version or all; it stays on file for what it judged.

    Raises ``NotAllowed``; ``Refused``: ``own_pack_unknown``, ``policy_not_own``.
    """
    with shop.writing(by, Permission.SETTINGS) as (session, day):
        found = [one for one in own_packs.versions(session, policy) if not version or one.version == version]
        if not found:
            raise _not_own(session, policy, version)
        for one in found:
            if one.retired_at is None:
                one.retired_at, one.retired_by = day.now, by
                session.add(one)
                _record(session, day, by, "pack_retired", one.policy, one.version)
        session.flush()
        return tuple(_one(session, day, one.policy, one.version) for one in found)


def use(shop: Shop, policy: str, by: int) -> tuple[PackView, ...]:
    """Let a packaged pack rule besides the region's.

    Raises ``NotAllowed``; ``Refused``: ``policy_unknown``, ``own_pack_rules`` for one the shop added.
    """
    return _choose(shop, policy, by, wanted=True)


def unuse(shop: Shop, policy: str, by: int) -> tuple[PackView, ...]:
    """Let a packaged pack no longer rule. Raises as ``use``, and ``policy_not_used``."""
    return _choose(shop, policy, by, wanted=False)


def _choose(shop: Shop, policy: str, by: int, *, wanted: bool) -> tuple[PackView, ...]:
    with shop.writing(by, Permission.SETTINGS) as (session, day):
        chosen = list(day.settings.packs)
        if policy not in chosen and own_packs.versions(session, policy):
            raise refuse("own_pack_rules", "policy", policy=policy)
        if policy not in chosen:
            read_packs([policy])
        if not wanted and policy not in chosen:
            raise refuse("policy_not_used", "policy", policy=policy)
        if wanted != (policy in chosen):
            chosen = [*chosen, policy] if wanted else [one for one in chosen if one != policy]
            put_setting(session, day, "packs", ",".join(chosen), by)
        return tuple(one for one in _listed(session, shop.day(session)) if one.id == policy)


def _not_own(session: Session, policy: str, version: str) -> Refused:
    known = [(one.policy, one.version) for one in own_packs.stored(session)]
    if version and any(one == policy for one, _ in known):
        told = ", ".join(number for one, number in known if one == policy)
        return refuse("own_version_unknown", "version", policy=policy, version=excerpt(version), known=told)
    if any(pack.id == policy for pack in load_policies().values()):
        return refuse("policy_not_own", "policy", policy=policy)
    told = ", ".join(dict.fromkeys(one for one, _ in known)) or "–"
    return Refused(Problem("own_pack_unknown", "policy", {"policy": excerpt(policy), "known": told}))


def _record(session: Session, day: ShopDay, by: int, what: str, policy: str, version: str) -> None:
    after = {"policy": policy, "policy_version": version}
    events.record(session, day.now, by, RecordKind.SHOP, 0, what, after=after)


def _one(session: Session, day: ShopDay, policy: str, version: str) -> PackView:
    return next(one for one in _listed(session, day) if (one.id, one.version) == (policy, version))


def _listed(session: Session, day: ShopDay) -> tuple[PackView, ...]:
    rules = Rulebook(session, day.settings)
    own = [_own(one) for one in rules.stored]
    found = [*_packaged(day), *reversed(own)]
    return tuple(sorted(found, key=lambda one: one.id))


def _packaged(day: ShopDay | None) -> Iterator[PackView]:
    packs = load_policies().values()
    of_region: set[str] = set()
    in_use: tuple[str, ...] = ()
    if day is not None:
        in_use = day.settings.packs
        catalogue = load_catalogue()
        every = dict.fromkeys(
            one for key in catalogue.categories for one in catalogue.policy_ids(day.settings.region, key)
        )
        of_region = {pack.id for pack in ruling(packs, tuple(every), in_use)}
    newest_first = sorted(packs, key=lambda pack: pack.valid_from or date.min, reverse=True)
    for pack in sorted(newest_first, key=lambda pack: pack.id):
        state = None
        if day is not None:
            state = PackState.REGION if pack.id in of_region else PackState.NOT_USED
            state = PackState.IN_USE if pack.id in in_use else state
        yield PackView(id=pack.id, version=pack.version, source=PackSource.PACKAGED, state=state, pack=pack)


def _own(one: Stored) -> PackView:
    state = PackState.RETIRED if one.retired_at else PackState.IN_USE if one.pack else PackState.UNREADABLE
    return PackView(
        id=one.policy, version=one.version, source=PackSource.OWN, state=state, pack=one.pack,
        problems=one.problems, added_at=one.added_at, added_by=one.added_by, retired_at=one.retired_at,
        retired_by=one.retired_by,
    )  # fmt: skip
