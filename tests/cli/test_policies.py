"""Packs on the command line: checked, added, judged by, with and without a shop file."""

from __future__ import annotations

from pathlib import Path

from prepared import PROMISE, Shell

WITHOUT = "warranty check --category e_bike --sold 2025-03-02 --on 2026-03-09"


def test_the_list_says_which_packs_are_the_shop_s(shell: Shell) -> None:
    found = {one["id"]: one for one in shell.json("policy list")["items"]}
    own = found["bike-promise"]
    assert (own["source"], own["status"], own["in_use"], own["added_by"]) == (
        "own", "in_use", True, "Ann Lee",
    )  # fmt: skip
    assert (found["cn-car"]["source"], found["cn-car"]["in_use"]) == ("packaged", True)
    assert found["eu-goods"]["in_use"] is False


def test_without_a_shop_file_the_packaged_packs_are_listed(shell: Shell) -> None:
    bare = Shell(shell.db.with_name("none.db"))
    ids = {one["id"] for one in bare.json("policy list")["items"]}
    assert "cn-general" in ids
    assert "bike-promise" not in ids
    assert not bare.db.exists()


def test_a_check_accepts_the_id_of_an_own_pack(shell: Shell) -> None:
    assert shell.json(f"{WITHOUT} --policy bike-promise")["coverage"] == "covered"
    bare = Shell(shell.db.with_name("none.db"))
    assert bare.error(f"{WITHOUT} --policy bike-promise")["code"] == "policy_unknown"


def test_a_check_by_packaged_packs_needs_no_shop_file_even_a_damaged_one(shell: Shell) -> None:
    shell.db.write_bytes(b"no shop" * 500)
    assert shell.json(f"{WITHOUT} --policy shop-two-years")["coverage"] == "covered"


def test_a_clerk_is_told_that_only_an_owner_may(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "new.toml").write_text(PROMISE.replace("bike-promise", "new"), encoding="utf-8")
    error = shell.error('--as "Tom Becker" policy add new.toml')
    assert error["code"] == "not_allowed"
    assert error["message"].startswith("Tom Becker (technician) may not do this: change the settings")


def test_a_kind_of_product_nobody_has_is_said(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "new.toml").write_text(PROMISE.replace("e_bike", "hoverboard"), encoding="utf-8")
    result = shell.line("policy check new.toml")
    assert result.exit_code == 0
    assert "hoverboard" in result.stderr


def test_the_settings_show_the_chosen_packs(shell: Shell) -> None:
    assert shell.json("config set packs cn-zhejiang,shop-two-years")["packs"] == [
        "cn-zhejiang",
        "shop-two-years",
    ]
    assert "cn-zhejiang, shop-two-years" in shell.line("config show").stdout


def test_a_used_country_judges_a_device_on_file(shell: Shell) -> None:
    shell.json("config set region EU")
    shell.json("policy use eu-goods-fr")
    found = shell.json("warranty check --serial SN-0002")
    assert [row["policy"] for row in found["layers"]] == ["eu-goods-fr"]
