"""Single bits of a shop file turned over, and what the program tells of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from pages import Pages, Use, content

from aftersales_tui import bootstrap
from aftersales_tui.domain.errors import ShopError
from aftersales_tui.i18n import finding_words

_WITHOUT_A_FLIP = frozenset(
    {"backup_none", "backup_second_none", "calendar_not_published", "file_system_unknown"}
)
"""What an examination says of the sound file too."""


@dataclass(frozen=True, slots=True)
class Flip:
    """One bit of the shop file turned over, and what told of it; ``HARMLESS`` where all reads as before."""

    use: Use
    bit: int
    told: frozenset[str]


HARMLESS = frozenset({"harmless"})


def examined(path: Path, *, repair: bool = False) -> frozenset[str]:
    """The codes of what the examination finds, each of which can be said; or of the refusal."""
    try:
        report = bootstrap.check_shop(path, repair=repair)
    except ShopError as refused:
        return frozenset({refused.problem.code})
    assert all(finding_words.sentence(finding.code, finding.values) for finding in report.findings)
    return frozenset(finding.code for finding in report.findings) - _WITHOUT_A_FLIP


def flip_at(path: Path, pages: Pages, offset: int, bit: int, sound: Mapping[str, object]) -> Flip:
    """Put the file with one bit flipped at ``path`` and examine it."""
    rotten = bytearray(pages.bytes)
    rotten[offset] ^= 1 << bit
    path.unlink(missing_ok=True)
    path.touch(0o600)
    path.write_bytes(rotten)
    told = examined(path)
    if not told and content(path) == sound:
        told = HARMLESS
    return Flip(pages.use(offset), bit, told)


def flips_in(
    path: Path, pages: Pages, sound: Mapping[str, object], offsets: Sequence[int], times: int, seed: int
) -> list[Flip]:
    """So many flips at random in some of the bytes."""
    chance = Random(seed)
    return [flip_at(path, pages, chance.choice(offsets), chance.randrange(8), sound) for _ in range(times)]


def unseen(flips: Iterable[Flip]) -> Counter[tuple[str, str, str]]:
    """Kind, owner and part of the flips that nothing told of although something reads otherwise."""
    return Counter((flip.use.kind, flip.use.owner, flip.use.part) for flip in flips if not flip.told)


def say(what: str, flips: Sequence[Flip]) -> None:
    """The counts that docs/trust.md has."""
    harmless = sum(flip.told == HARMLESS for flip in flips)
    missed = unseen(flips)
    print(
        f"{what}: {len(flips)} flips, {len(flips) - harmless - missed.total()} told, "
        f"{harmless} harmless, {missed.total()} unseen"
    )
    told = Counter(code for flip in flips for code in flip.told)
    print(f"  told by {dict(told.most_common())}")
    if missed:
        tables = Counter[str]()
        for (_, owner, part), times in missed.items():
            tables[f"{owner}.{part}"] += times
        print(f"  unseen in {dict(tables.most_common())}")
