"""Where a file lies is read from the table of mounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftersales_tui.domain.errors import StoreFault
from aftersales_tui.store import places, shop_file

TABLE = """\
sysfs /sys sysfs rw 0 0
/dev/sda1 / ext4 rw 0 0
server:/shop /mnt/shop nfs4 rw 0 0
//nas/desk /mnt/with\\040blank cifs rw 0 0
/dev/sdb1 /mnt/shop/stick vfat rw 0 0
lee@counter: /home/lee/far fuse.sshfs rw 0 0
tmpfs /over tmpfs rw 0 0
server:/over /over nfs rw 0 0
broken line
"""


@pytest.fixture(autouse=True)
def mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A made-up table of mounts."""
    table = tmp_path / "mounts"
    table.write_text(TABLE)
    monkeypatch.setattr(places, "MOUNTS", table)
    return table


@pytest.mark.parametrize(
    ("path", "kind", "shared"),
    [
        ("/srv/shop.db", "ext4", False), ("/mnt/shop/shop.db", "nfs4", True), ("/mnt/shop", "nfs4", True),
        ("/mnt/shopping/shop.db", "ext4", False), ("/mnt/shop/stick/shop.db", "vfat", False),
        ("/mnt/with blank/a/shop.db", "cifs", True), ("/home/lee/far/shop.db", "fuse.sshfs", True),
        ("/over/shop.db", "nfs", True),
    ],
)  # fmt: skip
def test_the_longest_mount_point_above_a_file_says_its_kind(path: str, kind: str, shared: bool) -> None:
    assert places.file_system(Path(path)) == kind
    assert places.is_shared(kind) is shared


def test_nothing_is_known_where_there_is_no_table(mounts: Path) -> None:
    mounts.unlink()
    assert places.file_system(Path("/srv/shop.db")) == ""
    assert not places.is_shared("")


def test_a_link_is_followed_to_where_the_file_is(mounts: Path, tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/x {share} nfs rw 0 0\n")
    link = tmp_path / "link.db"
    link.symlink_to(share / "shop.db")
    assert places.file_system(link) == "nfs"


def test_no_shop_file_is_made_on_a_share(mounts: Path, tmp_path: Path) -> None:
    mounts.write_text(f"server:/x {tmp_path} nfs rw 0 0\n")
    with pytest.raises(StoreFault) as caught:
        shop_file.create(tmp_path / "shop.db")
    assert caught.value.problem.code == "shop_file_on_network"
    assert not (tmp_path / "shop.db").exists()
