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
    files = _pack_files(folder)
    if not files:
        raise StoreFault(Problem("policy_unreadable", "", {"file": str(folder), "reason": "no *.toml"}))
    parsed = {path.stem: _parsed(path) for path in files}
    try:
        packs = expand(resolve(parsed))
        return MappingProxyType({name: read_policy(data, f"{name}.toml") for name, data in packs.items()})
    except Refused as broken:
        raise StoreFault(*broken.problems) from broken


def read_pack(path: Path) -> Policy:
    """One pack that a shop wrote itself; it may extend a packaged one by the name of its file.

    Raises ``Refused``: ``policy_unreadable`` for a file that is missing or no TOML, ``policy_broken``.
    """
    try:
        own = _parsed(path)
    except StoreFault as fault:
        raise Refused(*fault.problems) from fault
    packaged = {file.stem: _parsed(file) for file in _pack_files(PACKAGED)}
    return read_policy(expand(resolve({**packaged, path.stem: own}))[path.stem], path.name)


def _pack_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.toml") if not path.name.startswith(_NO_PACKS))


def load_catalogue(folder: Path = PACKAGED) -> Catalogue:
    """The kinds of product; raises ``StoreFault`` as ``load_policies`` does."""
    return _catalogue(folder)


@cache
def _catalogue(folder: Path) -> Catalogue:
    try:
        return read_catalogue(_parsed(folder / CATALOGUE), CATALOGUE)
    except Refused as broken:
        raise StoreFault(*broken.problems) from broken


def policies_for(region: str, category: str, folder: Path = PACKAGED) -> tuple[Policy, ...]:
    """Every version of the packs that ``judge`` needs for a category in a region (``CN``, ``EU``, ``UK``).

    Raises ``StoreFault`` as ``load_policies`` does.
    """
    return _packs_for(region, category, folder)


@cache
def _packs_for(region: str, category: str, folder: Path) -> tuple[Policy, ...]:
    return _policies_for(load_policies(folder).values(), load_catalogue(folder), region, category)


def _parsed(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as reason:
        raise StoreFault(
            Problem("policy_unreadable", "", {"file": path.name, "reason": str(reason)})
        ) from reason
