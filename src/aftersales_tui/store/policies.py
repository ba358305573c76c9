"""The policy packs and the catalogue of product kinds, read from their files once."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from aftersales_tui.domain.categories import Catalogue, read_catalogue
from aftersales_tui.domain.categories import policies_for as _policies_for
from aftersales_tui.domain.errors import Problem, Refused, StoreFault
from aftersales_tui.domain.nationals import expand
from aftersales_tui.domain.policy import Policy
from aftersales_tui.domain.policy_reading import read_policy, resolve
from aftersales_tui.domain.ruling import ruling

PACKAGED = Path(__file__).parent.parent / "policies"
CATALOGUE = "categories.toml"

_NO_PACKS = (CATALOGUE, "tariff-")


def load_policies(folder: Path = PACKAGED) -> Mapping[str, Policy]:
    """Every pack of the folder by the name of its file; older versions stand under their own file name.

    Raises ``StoreFault``: ``policy_unreadable`` for a file that is missing or no TOML, ``policy_broken``
    for one that says what no pack may say.
    """
    return _policies(folder)


@cache
def _policies(folder: Path) -> Mapping[str, Policy]:
    parsed = _packaged(folder)
    if not parsed:
        raise StoreFault(Problem("policy_unreadable", "", {"file": str(folder), "reason": "no *.toml"}))
    try:
        packs = expand(resolve(parsed))
        return MappingProxyType({name: read_policy(data, f"{name}.toml") for name, data in packs.items()})
    except Refused as broken:
        raise StoreFault(*broken.problems) from broken


def read_pack(path: Path) -> Policy:
    """One pack that a shop wrote itself; it may extend a packaged one by the name of its file.

    Raises ``Refused``: ``policy_unreadable`` for a file that is missing or no TOML, ``policy_broken``.
    """
    return read_own_pack(read_pack_file(path), path.name)


def read_pack_file(path: Path) -> str:
    """The text of a pack as it stands in its file. Raises ``Refused`` (``policy_unreadable``)."""
    try:
        return _text(path)
    except StoreFault as fault:
        raise Refused(*fault.problems) from fault


def read_own_pack(text: str, file: str) -> Policy:
    """The pack in ``text``; ``file`` is what messages call it. Raises as ``read_pack`` does."""
    try:
        own = _from_toml(text, file)
    except StoreFault as fault:
        raise Refused(*fault.problems) from fault
    # the name of a whole file is never the bare name that a packaged pack has
    name = file if file.endswith(".toml") else f"{file}.toml"
    whole = resolve({**_packaged(PACKAGED), name: own})[name]
    return read_policy(expand({name: whole})[name], name)


def _pack_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.toml") if not path.name.startswith(_NO_PACKS))


@cache
def _packaged(folder: Path) -> Mapping[str, Mapping[str, object]]:
    return MappingProxyType({path.stem: _parsed(path) for path in _pack_files(folder)})


def load_catalogue(folder: Path = PACKAGED) -> Catalogue:
    """The kinds of product; raises ``StoreFault`` as ``load_policies`` does."""
    return _catalogue(folder)


@cache
def _catalogue(folder: Path) -> Catalogue:
    try:
        return read_catalogue(_parsed(folder / CATALOGUE), CATALOGUE)
    except Refused as broken:
        raise StoreFault(*broken.problems) from broken


def ruling_for(
    region: str,
    category: str,
    in_use: tuple[str, ...],
    own: tuple[Policy, ...],
) -> tuple[Policy, ...]:
    """Every version of the packs that rule in a shop: its region's, those in use, its own.

    Raises ``StoreFault`` as ``load_policies`` does.
    """
    of_region = load_catalogue().policy_ids(region, category)
    return ruling(load_policies().values(), of_region, in_use, own)


def policies_for(region: str, category: str, folder: Path = PACKAGED) -> tuple[Policy, ...]:
    """Every version of the packs that ``judge`` needs for a category in a region (``CN``, ``EU``, ``UK``).

    Raises ``StoreFault`` as ``load_policies`` does.
    """
    return _packs_for(region, category, folder)


@cache
def _packs_for(region: str, category: str, folder: Path) -> tuple[Policy, ...]:
    return _policies_for(load_policies(folder).values(), load_catalogue(folder), region, category)


def _parsed(path: Path) -> Mapping[str, object]:
    return _from_toml(_text(path), path.name)


def _text(path: Path) -> str:
    try:
        # an editor that marks its files as UTF-8 must not make a pack unreadable
        return path.read_text(encoding="utf-8-sig")
    except OSError as reason:
        raise _unreadable(path.name, reason.strerror or str(reason)) from reason
    except ValueError as reason:
        raise _unreadable(path.name, str(reason)) from reason


def _from_toml(text: str, file: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as reason:
        raise _unreadable(file, str(reason)) from reason


def _unreadable(file: str, reason: str) -> StoreFault:
    return StoreFault(Problem("policy_unreadable", "", {"file": file, "reason": reason}))
