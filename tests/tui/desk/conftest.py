"""Each desk test has a shop file of its own, copied from one that is made once."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tests.tui.desk.desk_shop import DeskShop, make


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> DeskShop:
    """The shop as it is made."""
    return make(tmp_path_factory.mktemp("shop") / "shop.db")


@pytest.fixture
def desk(template: DeskShop, tmp_path: Path) -> DeskShop:
    """A copy of it."""
    copy = tmp_path / "shop.db"
    shutil.copy(template.path, copy)
    return replace(template, path=copy)
