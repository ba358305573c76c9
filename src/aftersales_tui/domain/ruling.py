"""Which packs speak about a unit: the region's, those the shop uses besides, and its own."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from aftersales_tui.domain.policy import MAIN_PART, WHOLE, Policy, versions_of
from aftersales_tui.domain.text import fold

_CJK = re.compile(r"[㐀-鿿]")


def ruling(
    packaged: Iterable[Policy],
    of_region: Sequence[str],
    in_use: Sequence[str],
    own: Sequence[Policy] = (),
) -> tuple[Policy, ...]:
    """Every version of the packs that rule, each pack once; own versions stand before packaged ones.

    ``of_region`` are the ids of the region's packs for the kind of product. A country's pack that is in
    use takes the place of the common one it was made from.
    """
    known = tuple(packaged)
    by_country = {base: [one for one in in_use if _is_country_of(one, base, known)] for base in of_region}
    wanted = dict.fromkeys(chain(*(by_country[base] or (base,) for base in of_region), in_use))
    own_ids = dict.fromkeys(pack.id for pack in own)
    # Of two versions that begin on the same day the one added last governs: it stands first.
    newest_first = (*reversed(own), *known)
    return versions_of(newest_first, tuple(dict.fromkeys((*wanted, *own_ids))))


def _is_country_of(pack_id: str, base: str, known: Iterable[Policy]) -> bool:
    return any(pack.id == pack_id and pack_id == f"{base}-{pack.jurisdiction.lower()}" for pack in known)


def speaks_about(policy: Policy, category: str, brand: str) -> bool:
    """Whether a pack speaks about that kind of product of that make; one without brands is for any."""
    return policy.accepts(category) and (
        not policy.brands or any(_names(brand, one) for one in policy.brands)
    )


def parts_of(packs: Iterable[Policy], category: str) -> tuple[str, ...]:
    """The parts of a kind of product that the packs speak about: the whole, main parts, named ones."""
    parts: dict[str, None] = {WHOLE: None}
    named: dict[str, None] = {}
    for pack in packs:
        known = pack.categories.get(category)
        named.update(dict.fromkeys(window.scope for window in pack.windows if not window.by_category))
        if known is not None:
            named.update(dict.fromkeys((*known.lengths, *known.main_parts)))
            if known.main_parts:
                parts[MAIN_PART] = None
    parts.update(dict.fromkeys(sorted(named, key=lambda part: part != MAIN_PART)))
    return tuple(parts)


def _names(brand: str, wanted: str) -> bool:
    """Whether ``wanted`` (folded) is the make, or one of the words it is written with: ``Galanz 格兰仕``."""
    typed = fold(brand)
    if not wanted or wanted not in typed:
        return False
    if _CJK.search(wanted):
        return True
    return re.search(rf"(?<![a-z0-9]){re.escape(wanted)}(?![a-z0-9])", typed) is not None
