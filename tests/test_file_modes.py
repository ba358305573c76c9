"""Whatever the program writes is for its user alone, also where the system would let everybody read it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from aftersales_tui import bootstrap, drafts, logs, paths
from aftersales_tui.services import backups, calls
from aftersales_tui.views.calls import NewCall
from aftersales_tui.views.shop import NewShop

pytestmark = pytest.mark.skipif(os.name == "nt", reason="modes are a matter of POSIX")


@pytest.fixture(autouse=True)
def open_umask() -> Iterator[None]:
    """A system on which everybody may read and write what is made without a thought."""
    before = os.umask(0)
    yield
    os.umask(before)


def ours(folder: Path) -> dict[str, int]:
    """Everything below a folder of the program with its mode, the folder itself included."""
    found = [folder, *folder.rglob("*")]
    return {str(path.relative_to(folder.parent)): stat.S_IMODE(path.lstat().st_mode) for path in found}


def test_shop_file_copies_drafts_and_log_are_for_this_user_alone() -> None:
    path = paths.shop_file()
    shop = bootstrap.make_shop(path, NewShop(owner="Ann Lee"))
    logs.start()
    try:
        calls.log(shop, NewCall(name="王芳", phone="138 0013 8027", fault="sparks"), 1)
        backups.copy_of_the_day(shop)
        draft = drafts.begin(shop.path, 1, "call")
        draft.save("王芳", {"phone": "138 0013 8027"}, shop.clock())
        modes = ours(paths.data_dir()) | ours(paths.state_dir())
        draft.drop()
    finally:
        logs.stop()
        shop.close()
    assert len(modes) >= 7
    for name, mode in modes.items():
        assert mode in (0o600, 0o700), f"{name} {mode:o}"
        assert not mode & 0o077, name
