"""A customer put on file twice becomes one, and nothing of either gets lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aftersales_tui import bootstrap
from aftersales_tui.domain.errors import Refused
from aftersales_tui.domain.words import CallKind, RecordKind
from aftersales_tui.services import calls, customers, search, staff
from aftersales_tui.services.shop import Shop
from aftersales_tui.views.calls import NewCall
from aftersales_tui.views.customers import NewCustomer
from aftersales_tui.views.shop import NewShop


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    shop = bootstrap.make_shop(tmp_path / "shop.db", NewShop(name="Corner", owner="Zhou Ming"))
    yield shop
    shop.close()


@pytest.fixture
def me(shop: Shop) -> int:
    return staff.cli_identity(shop).id


@pytest.fixture
def double(shop: Shop, me: int) -> int:
    new = NewCall(
        phone="139 0013 8027", name="Wang Fangg", address="East Gate 5", brand="Galanz", fault="sparks"
    )
    logged = calls.log_and_open(shop, new, me)
    assert logged.call.customer_id is not None
    return logged.call.customer_id


@pytest.fixture
def kept(shop: Shop, me: int, double: int) -> int:
    new = NewCustomer(name="Wang Fang", phones=("138 0013 8027",))
    return customers.add(shop, new, me).id


def test_everything_moves_to_the_kept_file(shop: Shop, me: int, double: int, kept: int) -> None:
    view = customers.merge(shop, double, kept, me)
    assert [phone.raw for phone in view.phones] == ["138 0013 8027", "139 0013 8027"]
    assert (view.name, view.address) == ("Wang Fang", "East Gate 5")
    assert (view.devices, view.jobs, view.open_jobs) == (1, 1, 1)
    call = calls.show(shop, 1)
    assert (call.customer_id, call.customer_name) == (kept, "Wang Fang")


def test_the_double_stays_as_a_record_and_is_found_no_more(
    shop: Shop, me: int, double: int, kept: int
) -> None:
    customers.merge(shop, double, kept, me)
    assert customers.show(shop, double).merged_into == kept
    listed, total = customers.newest(shop)
    assert ([one.id for one in listed], total) == ([kept], 1)
    found = search.find(shop, "13900138027", kinds=[RecordKind.CUSTOMER])
    assert [hit.id for hit in found.items] == [kept]
    assert customers.log_of(shop, RecordKind.CUSTOMER, double)[0].data["after"] == {"into": kept}


def test_a_phone_both_have_stands_there_once(shop: Shop, me: int, kept: int) -> None:
    again = customers.add(shop, NewCustomer(name="W. Fang", phones=("+86 138 0013 8027",)), me)
    assert len(customers.merge(shop, again.id, kept, me).phones) == 1


def test_whoever_calls_as_the_double_is_the_kept_customer(
    shop: Shop, me: int, double: int, kept: int
) -> None:
    customers.merge(shop, double, kept, me)
    logged = calls.log(shop, NewCall(kind=CallKind.PROGRESS, customer_id=double), me)
    assert logged.call.customer_id == kept


@pytest.mark.parametrize("again", ["the same file", "twice", "into a double"])
def test_a_merge_that_cannot_be_is_refused(shop: Shop, me: int, double: int, kept: int, again: str) -> None:
    if again == "the same file":
        code, pair = "merge_with_itself", (kept, kept)
    else:
        customers.merge(shop, double, kept, me)
        code, pair = "customer_merged", (double, kept) if again == "twice" else (kept, double)
    with pytest.raises(Refused) as refused:
        customers.merge(shop, *pair, me)
    assert refused.value.problem.code == code
