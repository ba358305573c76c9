"""The packs that rule in a shop, as they stand at the moment of a use case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from aftersales_tui.domain.policy import Clause, Policy
from aftersales_tui.domain.ruling import speaks_about
from aftersales_tui.domain.verdicts import Reason, Verdict
from aftersales_tui.store import own_packs
from aftersales_tui.store.engine import Session
from aftersales_tui.store.own_packs import Stored
from aftersales_tui.store.policies import load_policies, ruling_for
from aftersales_tui.views.shop import ShopSettings


class Rulebook:
    """Reads the shop's own packs when the first verdict asks, and not again within the same use case."""

    def __init__(self, session: Session, settings: ShopSettings) -> None:
        self._session = session
        self._settings = settings

    @cached_property
    def stored(self) -> tuple[Stored, ...]:
        """Every version the shop ever added, in the order they came, retired ones too."""
        return own_packs.stored(self._session)

    @cached_property
    def own(self) -> tuple[Policy, ...]:
        """The shop's own packs that rule, in the order they were added."""
        return tuple(one.pack for one in self.stored if one.pack is not None and one.retired_at is None)

    def packs_for(self, category: str, brand: str) -> tuple[Policy, ...]:
        """Every version of the packs that speak about a kind of product of a make. Raises ``StoreFault``."""
        found = ruling_for(self._settings.region, category, self._settings.packs, self.own)
        return tuple(pack for pack in found if speaks_about(pack, category, brand))

    def warned(self, verdict: Verdict) -> Verdict:
        """The verdict with a warning for each pack of the shop that could not be read for it."""
        broken = [
            Reason("own_pack_unreadable", {"policy": one.policy, "version": one.version})
            for one in self.stored
            if one.pack is None and one.retired_at is None
        ]
        return replace(verdict, warnings=(*verdict.warnings, *broken)) if broken else verdict

    def clause(self, policy: str, version: str, clause_key: str) -> Clause | None:
        """The clause that a verdict names, from the version of the pack it was judged with."""
        known: Iterable[Policy] = (*load_policies().values(), *(one.pack for one in self.stored if one.pack))
        for pack in known:
            if (pack.id, pack.version) == (policy, version):
                return pack.clauses.get(clause_key.rpartition("/")[2])
        return None
