"""The packs that are shipped: all sound, all cited, in both languages."""

from pathlib import Path

import pytest

from aftersales_tui.domain.errors import StoreFault
from aftersales_tui.domain.words import Exclusion
from aftersales_tui.store.policies import PACKAGED, load_catalogue, load_policies, policies_for

PACKS = load_policies()


def test_the_promised_packs_are_shipped() -> None:
    ids = {pack.id for pack in PACKS.values()}
    assert ids >= {"cn-general", "cn-phone", "cn-pc", "eu-goods", "uk-cra-2015", "shop-default"}


@pytest.mark.parametrize("name", sorted(PACKS))
def test_every_clause_is_cited_in_both_languages(name: str) -> None:
    for clause in PACKS[name].clauses.values():
        assert all((clause.cite.en, clause.cite.zh, clause.text.en, clause.text.zh, clause.source))
        assert clause.cite.en != clause.cite.zh or clause.cite.en.startswith("s")


@pytest.mark.parametrize("name", sorted(PACKS))
def test_every_pack_says_what_is_charged(name: str) -> None:
    pack = PACKS[name]
    assert all(pack.rule_against(code) for code in Exclusion)


def test_versions_of_one_pack_never_overlap() -> None:
    for pack in PACKS.values():
        others = [other for other in PACKS.values() if other.id == pack.id and other is not pack]
        for other in others:
            assert not (pack.valid_from and other.in_force(pack.valid_from))


def test_every_pack_the_catalogue_names_is_there_and_speaks_about_the_category() -> None:
    catalogue = load_catalogue()
    for category in catalogue.categories:
        for region in catalogue.regions:
            packs = policies_for(region, category)
            assert packs
            assert all(pack.accepts(category) for pack in packs)


def test_every_category_of_a_pack_is_in_the_catalogue() -> None:
    named = {key for pack in PACKS.values() for key in pack.categories}
    assert named <= set(load_catalogue().categories)


def test_the_packs_are_read_once() -> None:
    assert load_policies() is load_policies(PACKAGED)


@pytest.mark.parametrize("content", ["schema = ", "\x00", '[pack]\nid = "a"\nid = "b"'])
def test_a_file_that_is_no_toml_is_a_fault_that_names_it(tmp_path: Path, content: str) -> None:
    (tmp_path / "mine.toml").write_text(content, encoding="utf-8")
    with pytest.raises(StoreFault) as fault:
        load_policies(tmp_path)
    assert fault.value.problem.code == "policy_unreadable"
    assert fault.value.problem.values["file"] == "mine.toml"
    assert fault.value.exit_code == 4


def test_a_file_in_another_encoding_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_bytes("title = '三包'".encode("gbk"))
    with pytest.raises(StoreFault, match="policy_unreadable"):
        load_policies(tmp_path)


def test_a_pack_that_says_nothing_is_a_fault_with_every_reason(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("schema = 1", encoding="utf-8")
    with pytest.raises(StoreFault) as fault:
        load_policies(tmp_path)
    assert {problem.code for problem in fault.value.problems} == {"policy_broken"}
    assert "clock" in {problem.field for problem in fault.value.problems}


def test_an_empty_folder_and_a_missing_catalogue_are_faults(tmp_path: Path) -> None:
    with pytest.raises(StoreFault, match="policy_unreadable"):
        load_policies(tmp_path)
    with pytest.raises(StoreFault, match="policy_unreadable"):
        load_catalogue(tmp_path)
