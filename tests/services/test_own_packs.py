"""The packs of a shop: added, retired, chosen, and what they change in a verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from aftersales_tui.domain.errors import NotAllowed, Refused
from aftersales_tui.domain.verdicts import Verdict
from aftersales_tui.i18n.reason_words import reason_sentence
from aftersales_tui.services import own_packs, policies, warranty
from aftersales_tui.services.settings import change_setting
from aftersales_tui.store import own_packs as stored_packs
from aftersales_tui.views.policies import PackState
from shops import WANG, Desk, raw

PROMISE = """
schema = 1
[pack]
id = "galanz-five"
version = "1"
title = "Galanz: five years on what was sold since 2026"
layer = "maker"
brands = ["Galanz"]
[clock]
start_basis = ["sold"]
[[window]]
remedy = "repair"
length = { years = 5 }
cite = "promise"
"""


@pytest.fixture
def promise(tmp_path: Path) -> Path:
    return written(tmp_path, PROMISE)


def written(folder: Path, text: str, name: str = "promise.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def judged(desk: Desk, **changes: object) -> Verdict:
    return warranty.preview(desk.shop, replace(WANG, **changes))  # type: ignore[arg-type]


def layers(verdict: Verdict) -> list[str]:
    return [row.policy for row in verdict.layers]


def test_an_own_pack_judges_the_make_it_is_for(desk: Desk, promise: Path) -> None:
    assert judged(desk).until == date(2027, 3, 2)
    own_packs.add(desk.shop, promise, desk.owner)
    verdict = judged(desk)
    assert verdict.until == date(2031, 3, 2)
    assert layers(verdict) == ["cn-general", "galanz-five"]
    assert layers(judged(desk, brand="Midea", serial="X1")) == ["cn-general"]
    assert layers(judged(desk, brand="", model="", serial="X2")) == ["cn-general"]


def test_a_device_on_file_and_a_logged_call_are_judged_by_it(desk: Desk, promise: Path) -> None:
    own_packs.add(desk.shop, promise, desk.owner)
    logged = desk.call()
    assert logged.verdict is not None
    assert logged.verdict.headline is not None
    assert logged.verdict.headline.policy == "galanz-five"
    assert logged.call.device_id is not None
    assert layers(warranty.of_device(desk.shop, logged.call.device_id)) == ["cn-general", "galanz-five"]
    assert layers(policies.judge_on_file(desk.shop, WANG.serial)) == ["cn-general", "galanz-five"]


def test_who_added_and_retired_a_pack_is_on_record(desk: Desk, promise: Path) -> None:
    own_packs.add(desk.shop, promise, desk.owner)
    (gone,) = own_packs.retire(desk.shop, "galanz-five", desk.owner)
    assert (gone.added_by, gone.retired_by) == ("周明 Zhou Ming", "周明 Zhou Ming")
    assert gone.added_at == desk.clock.now
    events = raw(desk.shop, "SELECT what, staff_id, data FROM event WHERE what LIKE 'pack_%' ORDER BY id")
    assert [(what, by) for what, by, _ in events] == [
        ("pack_added", desk.owner),
        ("pack_retired", desk.owner),
    ]
    assert "galanz-five" in events[0][2]


def test_a_retired_pack_judges_no_more_and_keeps_its_wording(desk: Desk, promise: Path) -> None:
    own_packs.add(desk.shop, promise, desk.owner)
    own_packs.retire(desk.shop, "galanz-five", desk.owner)
    assert layers(judged(desk)) == ["cn-general"]
    assert raw(desk.shop, "SELECT count(*) FROM own_pack") == [(1,)]
    found = warranty.clause(desk.shop, "galanz-five", "1", "galanz-five/promise")
    assert found is not None
    assert found.cite.en == "promise"


def test_only_an_owner_changes_the_packs(desk: Desk, promise: Path) -> None:
    for change in (
        lambda: own_packs.add(desk.shop, promise, desk.clerk),
        lambda: own_packs.retire(desk.shop, "galanz-five", desk.technician),
        lambda: own_packs.use(desk.shop, "shop-two-years", desk.clerk),
        lambda: own_packs.unuse(desk.shop, "shop-two-years", desk.clerk),
        lambda: change_setting(desk.shop, "packs", "shop-two-years", desk.clerk),
    ):
        with pytest.raises(NotAllowed) as refused:
            change()
        assert refused.value.problem.code == "not_allowed"
    assert raw(desk.shop, "SELECT count(*) FROM own_pack") == [(0,)]


def test_the_same_version_with_another_text_is_refused(desk: Desk, promise: Path, tmp_path: Path) -> None:
    own_packs.add(desk.shop, promise, desk.owner)
    own_packs.add(desk.shop, promise, desk.owner)
    other = written(tmp_path, PROMISE.replace("years = 5", "years = 6"), "other.toml")
    with pytest.raises(Refused) as refused:
        own_packs.add(desk.shop, other, desk.owner)
    assert refused.value.problem.code == "policy_version_taken"
    assert raw(desk.shop, "SELECT count(*) FROM own_pack") == [(1,)]


def test_a_packaged_version_cannot_be_replaced(desk: Desk, tmp_path: Path) -> None:
    text = PROMISE.replace("galanz-five", "cn-general").replace('version = "1"', 'version = "2024-07"')
    with pytest.raises(Refused) as refused:
        own_packs.add(desk.shop, written(tmp_path, text), desk.owner)
    assert refused.value.problem.code == "policy_version_taken"


def test_of_two_versions_the_one_in_force_on_the_day_of_sale_judges(desk: Desk, tmp_path: Path) -> None:
    first = PROMISE.replace('layer = "maker"', 'layer = "maker"\nvalid_until = 2026-03-31')
    second = PROMISE.replace('version = "1"', 'version = "2"\nvalid_from = 2026-04-01').replace("= 5", "= 2")
    own_packs.add(desk.shop, written(tmp_path, first), desk.owner)
    own_packs.add(desk.shop, written(tmp_path, second, "second.toml"), desk.owner)
    assert judged(desk, sold_on=date(2026, 3, 2)).until == date(2031, 3, 2)
    assert judged(desk, sold_on=date(2026, 4, 2), serial="X3").until == date(2028, 4, 2)


def test_a_broken_file_is_refused_as_it_is_when_checked(desk: Desk, tmp_path: Path) -> None:
    bad = written(tmp_path, PROMISE.replace("repair", "hug"))
    with pytest.raises(Refused) as checked:
        policies.check(bad)
    with pytest.raises(Refused) as added:
        own_packs.add(desk.shop, bad, desk.owner)
    assert checked.value.problems == added.value.problems


def test_a_pack_that_can_no_longer_be_read_is_named_and_the_rest_is_judged(desk: Desk, promise: Path) -> None:
    own_packs.add(desk.shop, promise, desk.owner)
    with desk.shop.store.writing() as session:
        session.connection().exec_driver_sql("UPDATE own_pack SET text = 'schema = 1 [pack'")
    verdict = judged(desk)
    assert layers(verdict) == ["cn-general"]
    (warned,) = [one for one in verdict.warnings if one.code == "own_pack_unreadable"]
    said = reason_sentence(verdict, warned)
    assert "galanz-five 1" in said
    (found,) = [one for one in own_packs.listed(desk.shop) if one.id == "galanz-five"]
    assert found.state is PackState.UNREADABLE
    assert found.problems


def test_the_text_is_read_once_for_many_verdicts(
    desk: Desk, promise: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_packs.add(desk.shop, promise, desk.owner)
    judged(desk)

    def never(text: str, file: str) -> None:
        raise AssertionError(file)

    monkeypatch.setattr(stored_packs, "read_own_pack", never)
    assert judged(desk).until == date(2031, 3, 2)


def test_a_chosen_pack_judges_besides_the_region_s(desk: Desk) -> None:
    own_packs.use(desk.shop, "shop-two-years", desk.owner)
    assert layers(judged(desk)) == ["cn-general", "shop-two-years"]
    own_packs.unuse(desk.shop, "shop-two-years", desk.owner)
    assert layers(judged(desk)) == ["cn-general"]


def test_a_chosen_pack_is_silent_about_what_it_does_not_accept(desk: Desk) -> None:
    own_packs.use(desk.shop, "cn-car", desk.owner)
    assert layers(judged(desk)) == ["cn-general"]


def test_the_packs_can_be_set_together(desk: Desk) -> None:
    settings = change_setting(desk.shop, "packs", "cn-zhejiang, shop-two-years，cn-zhejiang", desk.owner)
    assert settings.packs == ("cn-zhejiang", "shop-two-years")
    assert change_setting(desk.shop, "packs", "", desk.owner).packs == ()


@pytest.mark.parametrize("wanted", ["nope", "shop-two-years, nope"])
def test_an_unknown_pack_is_refused(desk: Desk, wanted: str) -> None:
    with pytest.raises(Refused) as refused:
        change_setting(desk.shop, "packs", wanted, desk.owner)
    assert refused.value.problem.code == "policy_unknown"
    assert desk.shop.settings().packs == ()


def test_an_own_pack_needs_no_choosing(desk: Desk, promise: Path) -> None:
    own_packs.add(desk.shop, promise, desk.owner)
    with pytest.raises(Refused) as refused:
        own_packs.use(desk.shop, "galanz-five", desk.owner)
    assert refused.value.problem.code == "own_pack_rules"


@pytest.mark.parametrize(
    ("policy", "version", "code"),
    [
        ("nope", "", "own_pack_unknown"),
        ("cn-general", "", "policy_not_own"),
        ("galanz-five", "9", "own_version_unknown"),
    ],
)
def test_what_cannot_be_retired_is_said(
    desk: Desk, promise: Path, policy: str, version: str, code: str
) -> None:
    own_packs.add(desk.shop, promise, desk.owner)
    with pytest.raises(Refused) as refused:
        own_packs.retire(desk.shop, policy, desk.owner, version)
    assert refused.value.problem.code == code


def test_a_retired_version_that_is_added_again_rules_again(desk: Desk, promise: Path) -> None:
    own_packs.add(desk.shop, promise, desk.owner)
    own_packs.retire(desk.shop, "galanz-five", desk.owner, "1")
    again = own_packs.add(desk.shop, promise, desk.owner)
    assert again.state is PackState.IN_USE
    assert layers(judged(desk)) == ["cn-general", "galanz-five"]


def test_the_list_says_what_each_pack_does_in_the_shop(desk: Desk, promise: Path) -> None:
    own_packs.add(desk.shop, promise, desk.owner)
    own_packs.use(desk.shop, "cn-zhejiang", desk.owner)
    states = {one.id: one.state for one in own_packs.listed(desk.shop)}
    assert states["cn-general"] is PackState.REGION
    assert states["cn-zhejiang"] is states["galanz-five"] is PackState.IN_USE
    assert states["eu-goods"] is PackState.NOT_USED
    assert {one.state for one in own_packs.listed()} == {None}
