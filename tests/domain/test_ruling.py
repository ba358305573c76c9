"""Which packs speak about a unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from aftersales_tui.domain.policy import Policy
from aftersales_tui.domain.ruling import parts_of, ruling, speaks_about
from aftersales_tui.store.policies import load_policies

PACKS = tuple(load_policies().values())


def pack(pack_id: str, **changes: object) -> Policy:
    return replace(load_policies()["shop-two-years"], id=pack_id, **changes)  # type: ignore[arg-type]


def ids(packs: tuple[Policy, ...]) -> list[str]:
    return list(dict.fromkeys(one.id for one in packs))


def test_the_region_s_packs_come_first_then_those_in_use_then_the_shop_s_own() -> None:
    found = ruling(PACKS, ("cn-general",), ("cn-zhejiang", "shop-two-years"), (pack("ours"),))
    assert ids(found) == ["cn-general", "cn-zhejiang", "shop-two-years", "ours"]


def test_every_version_of_a_pack_stands_once() -> None:
    found = ruling(PACKS, ("cn-general",), ("cn-general",))
    assert [one.version for one in found] == ["2024-07", "1995-08"]


def test_a_country_in_use_takes_the_place_of_the_common_pack() -> None:
    assert ids(ruling(PACKS, ("eu-goods",), ("shop-two-years", "eu-goods-fr"))) == [
        "eu-goods-fr",
        "shop-two-years",
    ]
    assert ids(ruling(PACKS, ("uk-cra-2015",), ("uk-cra-2015-sct",))) == ["uk-cra-2015-sct"]


def test_a_province_stands_beside_the_national_pack() -> None:
    assert ids(ruling(PACKS, ("cn-general",), ("cn-zhejiang",))) == ["cn-general", "cn-zhejiang"]


def test_of_own_versions_without_dates_the_one_added_last_stands_first() -> None:
    found = ruling(PACKS, (), (), (pack("ours", version="1"), pack("ours", version="2")))
    assert [one.version for one in found] == ["2", "1"]


def test_own_versions_are_ordered_by_the_day_they_begin() -> None:
    later = pack("ours", version="2", valid_from=date(2026, 1, 1))
    assert [one.version for one in ruling(PACKS, (), (), (later, pack("ours", version="1")))] == ["2", "1"]


@pytest.mark.parametrize("brand", ["Galanz", "GALANZ", "Galanz 格兰仕", "格兰仕", "格兰仕Galanz"])
def test_a_pack_for_a_make_speaks_about_that_make_however_it_is_written(brand: str) -> None:
    assert speaks_about(pack("maker", brands=("galanz", "格兰仕")), "microwave", brand)


@pytest.mark.parametrize("brand", ["", "Midea", "Galanzer", "Sub-Galanzo"])
def test_a_pack_for_a_make_is_silent_about_others(brand: str) -> None:
    assert not speaks_about(pack("maker", brands=("galanz",)), "microwave", brand)


def test_a_pack_with_categories_is_silent_about_the_rest() -> None:
    assert not speaks_about(load_policies()["cn-car"], "microwave", "")
    assert speaks_about(load_policies()["cn-car"], "car", "")


def test_the_parts_are_those_the_packs_name_for_the_kind_of_product() -> None:
    assert parts_of([load_policies()["cn-general"]], "microwave") == ("whole", "main_part", "magnetron")
    phone = parts_of([load_policies()["cn-phone"]], "mobile_phone")
    assert phone[0] == "whole"
    assert {"battery", "charger", "wired_earphone"} <= set(phone)
    assert parts_of([load_policies()["shop-two-years"]], "microwave") == ("whole",)
    assert parts_of([], "microwave") == ("whole",)
