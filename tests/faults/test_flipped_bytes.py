"""Bytes that rotted in a shop file are told as a fault or change a value; none ends in a traceback."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from amounts import amount
from deeds import Hand, some_deed

from aftersales_tui import bootstrap
from aftersales_tui.domain.dates import Month
from aftersales_tui.domain.errors import ShopError, StoreFault
from aftersales_tui.services import calls, customers, devices, followups, jobs, reports, search, staff
from aftersales_tui.services.shop import Shop

COPIES = amount(500, 60)


@pytest.fixture(scope="module")
def lived_in(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop file in which something has happened."""
    path = Path(shutil.copy(template, tmp_path_factory.mktemp("flips") / "shop.db"))
    shop = bootstrap.open_shop(path)
    hand = Hand(shop, Random(3), staff.cli_identity(shop).id, "f")
    done = 0
    while done < 150:
        try:
            some_deed(hand)
        except ShopError:
            continue
        done += 1
    shop.close()
    return path


def _read_everything(shop: Shop) -> None:
    """What the screens and the commands read, each by itself: one fault does not hide the next."""
    looks: list[Callable[[], object]] = [
        lambda: calls.listed(shop),
        lambda: calls.waiting(shop),
        lambda: followups.due(shop),
        lambda: customers.newest(shop),
        lambda: devices.newest(shop),
        lambda: reports.month(shop, Month.of(shop.today().today)),
        lambda: search.find(shop, "sparks"),
        lambda: search.find(shop, "打火"),
        lambda: jobs.board(shop, 1),
    ]
    for number in range(1, 25):
        looks += [
            lambda number=number: calls.show(shop, number),
            lambda number=number: jobs.show(shop, number),
            lambda number=number: customers.card(shop, number),
            lambda number=number: devices.history_of(shop, number),
        ]
    for look in looks:
        try:
            look()
        except ShopError:
            continue


@pytest.mark.torture
def test_a_copy_with_flipped_bytes_is_refused_or_used_but_never_ends_in_a_traceback(
    lived_in: Path, tmp_path: Path
) -> None:
    sound, chance, seen = lived_in.read_bytes(), Random(17), Counter[str]()
    for copy in range(COPIES):
        rotten = bytearray(sound)
        for _ in range(chance.choice((1, 1, 1, 4, 32))):
            rotten[chance.randrange(len(rotten))] ^= 1 << chance.randrange(8)
        path = tmp_path / f"{copy}.db"
        path.write_bytes(rotten)
        try:
            shop = bootstrap.open_shop(path)
        except StoreFault as fault:
            seen[fault.problem.code] += 1
            continue
        except ShopError as refused:
            seen[refused.problem.code] += 1
            continue
        try:
            _read_everything(shop)
            seen["opened"] += 1
        finally:
            shop.close()
        path.unlink()
    print(f"{COPIES} copies: {dict(seen)}")
    assert seen["opened"] > COPIES / 2
