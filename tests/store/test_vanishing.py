"""A shop file that goes away or is exchanged while it is open is noticed before anything is written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from aftersales_tui.domain.errors import StoreFault
from aftersales_tui.services import calls
from aftersales_tui.store.engine import Store
from shops import Desk


def test_a_file_that_is_gone_is_not_written_any_more_nor_made_again(desk: Desk) -> None:
    desk.call()
    desk.shop.path.unlink()
    for use in (desk.call, desk.shop.today, desk.shop.data_version):
        with pytest.raises(StoreFault) as caught:
            use()
        assert caught.value.problem.code == "shop_file_gone"
    assert not desk.shop.path.exists()


def test_another_file_in_its_place_is_not_written(desk: Desk, tmp_path: Path) -> None:
    other = shutil.copy(desk.shop.path, tmp_path / "other.db")
    other.replace(desk.shop.path)
    before = desk.shop.path.read_bytes()
    with pytest.raises(StoreFault) as caught:
        desk.call()
    assert caught.value.problem.code == "shop_file_replaced"
    assert desk.shop.path.read_bytes() == before


def test_a_file_that_goes_while_somebody_writes_is_told_and_the_use_case_undone(desk: Desk) -> None:
    aside = desk.shop.path.with_name("aside.db")

    def write() -> None:
        with desk.shop.store.writing() as session:
            session.connection().exec_driver_sql("UPDATE setting SET value = 'x' WHERE key = 'name'")
            desk.shop.path.rename(aside)

    with pytest.raises(StoreFault) as caught:
        write()
    assert caught.value.problem.code == "shop_file_gone"
    aside.rename(desk.shop.path)
    assert desk.shop.settings().name == "Minghui 明辉"


def test_a_file_that_comes_back_is_used_again(desk: Desk) -> None:
    aside = desk.shop.path.rename(desk.shop.path.with_name("aside.db"))
    with pytest.raises(StoreFault):
        desk.call()
    aside.rename(desk.shop.path)
    desk.call()
    assert calls.listed(desk.shop)[1] == 1


def test_a_file_that_is_not_there_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(StoreFault) as caught:
        Store(tmp_path / "none.db")
    assert caught.value.problem.code == "shop_file_missing"
    assert not (tmp_path / "none.db").exists()
