"""The policy packs by themselves: listed, shown, checked, and judged by without a shop file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aftersales_tui.domain.errors import refuse
from aftersales_tui.domain.policy import Policy, versions_of
from aftersales_tui.domain.text import excerpt
from aftersales_tui.domain.verdicts import Reason, Verdict
from aftersales_tui.domain.warranty import Facts, judge
from aftersales_tui.domain.words import Cause, Proof
from aftersales_tui.domain.working_time import RestDays
from aftersales_tui.i18n import language
from aftersales_tui.services.rulebook import Rulebook
from aftersales_tui.store.calendars import load_rest_days
from aftersales_tui.store.policies import load_catalogue, load_policies, read_pack

if TYPE_CHECKING:
    from aftersales_tui.services.shop import Shop

_FAULT_ASSUMED = "performance_fault_assumed"


def packs(shop: Shop | None = None) -> tuple[Policy, ...]:
    """Every version of every packaged pack, and of those of the shop; by id, the newest version first."""
    if shop is None:
        return _known(())
    with shop.reading() as (session, day):
        return _known(Rulebook(session, day.settings).own)


def is_packaged(policy_id: str) -> bool:
    """Whether a pack of that id came with the program."""
    return any(pack.id == policy_id for pack in load_policies().values())


def named(policy_id: str, shop: Shop | None = None) -> tuple[Policy, ...]:
    """Every version of one pack, the newest first. Raises ``Refused`` (``policy_unknown``)."""
    return _of(packs(shop), policy_id)


def _known(own: Sequence[Policy]) -> tuple[Policy, ...]:
    known = (*reversed(own), *load_policies().values())
    return versions_of(known, sorted({pack.id for pack in known}))


def _of(known: Sequence[Policy], policy_id: str) -> tuple[Policy, ...]:
    found = tuple(pack for pack in known if pack.id == policy_id)
    if not found:
        ids = ", ".join(dict.fromkeys(pack.id for pack in known))
        raise refuse("policy_unknown", "policy", policy=excerpt(policy_id), known=ids)
    return found


def check(path: Path) -> Policy:
    """A pack that a shop wrote. Raises ``Refused``: ``policy_broken``, ``policy_unreadable``."""
    return read_pack(path)


def unknown_categories(pack: Policy) -> tuple[str, ...]:
    """The kinds of product of a pack that no device can have: it would never speak about them."""
    return tuple(key for key in pack.categories if key not in load_catalogue().categories)


def category_for(chosen: Sequence[Policy], typed: str) -> str:
    """The key of a product category: one the packs have, else what the catalogue makes of the words."""
    if any(pack.categories and typed in pack.categories for pack in chosen):
        return typed
    found = load_catalogue().match(typed)
    return found.key if found else typed or "other"


def category_label(key: str) -> str:
    """What a product category is called in the language in use."""
    return load_catalogue().label(key, language())


def judge_facts(policy_ids: Sequence[str], facts: Facts, on: date, shop: Shop | None = None) -> Verdict:
    """The verdict of stated facts under the named packs, as of ``on``; nothing is stored.

    What was not stated is taken to be the usual case and named in the warnings: the proof is there, the
    fault is one of how it works. Raises ``Refused``: ``policy_unknown``, and what ``judge`` raises for
    facts that cannot be.
    """
    known = packs(shop)
    chosen = [pack for policy_id in dict.fromkeys(policy_ids) for pack in _of(known, policy_id)]
    category = category_for(chosen, facts.category)
    region = "CN" if any(pack.jurisdiction.startswith("CN") for pack in chosen) else ""
    verdict = judge(replace(facts, category=category), chosen, on, load_rest_days(region))
    assumed = [Reason("proof_assumed")] if facts.proof is Proof.TOLD else []
    if not facts.causes and all(one.code != _FAULT_ASSUMED for one in verdict.warnings):
        assumed.append(Reason(_FAULT_ASSUMED))
    missing = tuple(one for one in verdict.missing if one.code != "look_at_invoice")
    return replace(verdict, missing=missing, warnings=(*verdict.warnings, *assumed))


def judge_on_file(
    shop: Shop,
    serial: str,
    *,
    on: date | None = None,
    told: Mapping[str, Any] | None = None,
    policy_ids: Sequence[str] = (),
) -> Verdict:
    """The verdict of a device on file, found by its serial or the tail of it, as of ``on``, else today.

    ``told`` are facts that no file has: causes, the part, price, usage. Raises ``NotFound``, ``Refused``
    (``serial_ambiguous``, ``policy_unknown``, impossible dates).
    """
    from aftersales_tui.services import devices, warranty

    device = devices.by_serial(shop, serial)
    with shop.reading() as (session, day):
        facts = replace(warranty.facts_on_file(session, day, device, Cause.NOT_KNOWN), **(told or {}))
        if not policy_ids:
            return warranty.judge_facts(session, day, facts, device.brand, on)
        known = _known(Rulebook(session, day.settings).own)
        chosen = [pack for policy_id in dict.fromkeys(policy_ids) for pack in _of(known, policy_id)]
        return judge(facts, chosen, on or day.today, day.rest_days)


def rest_days(region: str) -> RestDays:
    """The rest days of a region, without the own days of a shop."""
    return load_rest_days(region)
