"""Packs on the command line: checked, added, judged by, with and without a shop file."""

from __future__ import annotations

from pathlib import Path

import pytest
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


def changed(old: str, new: str) -> str:
    assert old in PROMISE
    return PROMISE.replace(old, new)


BROKEN = {
    "no quotation marks": (changed('"bike-promise"', "bike"), "", "at line 4", "save the file as plain text"),
    "an empty file": ("", "pack", "missing", "Add it."),
    "no schema": (changed("schema = 1", ""), "schema", "schema 1", "Write schema = 1 at the top."),
    "an unknown remedy": (changed('"repair"', '"fix"'), "window[1].remedy", "fix", "Write one of: repair, "),
    "nothing quoted": (
        changed('cite = "promise"', ""), "window[1].clause", "rests on nothing", "Add cite with",
    ),
    "a number as text": (
        changed("years = 2", 'years = "2"'), "window[1].length.years", "0 to 100", "without quotation marks",
    ),
    "less than nothing": (changed("= 2", "= -2"), "window[1].length.years", "0 to 100", "Write it"),
    "no length": (changed("years = 2", ""), "window[1].length.days", "length", "State years"),
    "an unknown date": (changed('"sold"', '"bought"'), "clock.start_basis", "bought", "Write one of: sold, "),
    "a misspelt key": (changed("layer", "layr"), "pack.layr", "misspelt", "layer"),
    "single brackets": (
        changed("[[window]]", "[window]"), "window", "list of tables", "double brackets: [[window]]",
    ),
    "a date in quotation marks": (
        changed("layer", 'valid_from = "2026-01-01"\nlayer'), "pack.valid_from", "not a date", "Write it",
    ),
    "ends before it begins": (
        changed("layer", "valid_from = 2026-02-01\nvalid_until = 2026-01-01\nlayer"),
        "pack.valid_until", "ends before it begins", "Correct one of the two dates.",
    ),
    "an unknown clause": (
        changed("cite =", "clause ="), "window[1].clause", "promise", "Add [clause.promise]",
    ),
    "an unknown parent": (
        changed("id =", 'extends = "cn-nowhere"\nid ='), "pack.extends", "cn-nowhere", "policy list",
    ),
    "a pause of nothing": (
        changed("[[category]]", "pause = true\n[[category]]"),
        "window[1].pause", "in repair", "Add pause",
    ),
    "an id with blanks": (
        changed('"bike-promise"', '"bike, promise"'), "pack.id", "cannot be a name", "Use letters",
    ),
    "use without its unit": (
        changed("[[category]]", "usage = 9\n[[category]]"), "pack.usage_unit", "missing", "Say what",
    ),
    "the same kind twice": (
        PROMISE + '[[category]]\nkey = "e_bike"\n', "category", "twice", "Take one of them out.",
    ),
    "an unknown count": (
        PROMISE + '[[trigger]]\nwhen = { repairs = 2 }\nremedy = "refund"\ncite = "x"\n',
        "trigger[1].when.repairs", "counted", "Write one of: failed_repairs_gte",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_wrong_with_a_pack_is_said_with_file_key_reason_and_what_to_do(
    shell: Shell, tmp_path: Path, what: str
) -> None:
    text, key, reason, to_do = BROKEN[what]
    (tmp_path / "new.toml").write_text(text, encoding="utf-8")
    result = shell.line("policy check new.toml")
    assert result.exit_code == 1
    said = next(line for line in result.stderr.splitlines() if f"new.toml, {key}: " in line or not key)
    for part in ("new.toml", reason, to_do):
        assert part in (said if key else result.stderr)


def test_a_mark_in_front_of_the_text_does_not_make_a_pack_unreadable(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "new.toml").write_text(PROMISE, encoding="utf-8-sig")
    assert shell.json("policy check new.toml")["ok"] is True
