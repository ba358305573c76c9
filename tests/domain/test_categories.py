"""The kinds of product: found by what people call them, with the packs of their region."""

import pytest

from aftersales_tui.domain.categories import OTHER, read_catalogue
from aftersales_tui.domain.errors import Refused
from aftersales_tui.store.policies import load_catalogue


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("microwave oven", "microwave"),
        ("MICROWAVE", "microwave"),
        ("微波炉", "microwave"),
        ("格兰仕微波炉", "microwave"),
        ("手机", "phone"),
        ("laptop", "laptop"),
        ("Fridges", "refrigerator"),
        ("washing_machine", "washing_machine"),
        ("平板电脑", "tablet"),
        ("平板电视", "tv_flat"),
        ("printer", "printer"),
        ("fan heater", "heater"),
        ("fanatic", None),
        ("", None),
        ("[/b] (((", None),
    ],
)
def test_a_category_is_found_by_any_of_its_names(typed: str, key: str | None) -> None:
    found = load_catalogue().match(typed)
    assert (found.key if found else None) == key


def test_every_name_finds_its_own_category() -> None:
    catalogue = load_catalogue()
    for category in catalogue.categories.values():
        for name in category.names:
            found = catalogue.match(name)
            assert found is not None
            assert found.key == category.key, name


def test_suggestions_begin_with_what_was_typed_first() -> None:
    keys = [category.key for category in load_catalogue().suggest("ca")]
    assert keys[:3] == ["car", "camcorder", "camera"]
    assert load_catalogue().suggest("微")
    assert load_catalogue().suggest("qqq") == ()


@pytest.mark.parametrize(
    ("region", "category", "ids"),
    [
        ("CN", "microwave", ("cn-general",)),
        ("CN", "phone", ("cn-phone",)),
        ("CN", "laptop", ("cn-pc",)),
        ("CN", "printer", ("shop-default",)),
        ("CN", "no such thing", ("shop-default",)),
        ("EU", "phone", ("eu-goods",)),
        ("UK", OTHER, ("uk-cra-2015",)),
        ("US", OTHER, ()),
    ],
)
def test_the_region_decides_which_packs_speak(region: str, category: str, ids: tuple[str, ...]) -> None:
    assert load_catalogue().policy_ids(region, category) == ids


def test_a_category_has_a_label_in_both_languages() -> None:
    assert load_catalogue().label("microwave", "en") == "microwave oven"
    assert load_catalogue().label("microwave", "zh_CN") == "微波炉"
    assert load_catalogue().label("abacus", "en") == "abacus"


def test_a_catalogue_without_the_rest_is_refused() -> None:
    with pytest.raises(Refused):
        read_catalogue({"regions": {}, "category": []}, "categories.toml")
