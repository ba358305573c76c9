"""Where a file lies: the kind of its file system, its disk, and who may read it."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from aftersales_tui.domain.errors import Problem, StoreFault

MOUNTS = Path("/proc/self/mounts")
"""What is mounted where; other systems than Linux have no such file, and there nothing is known."""

_SHARED = frozenset(
    {
        "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "lustre",
        "davfs", "fuse.sshfs", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.gvfsd-fuse",
        "fuse.smbnetfs", "fuse.curlftpfs", "fuse.juicefs",
    }
)  # fmt: skip
"""File systems whose locks do not hold between computers: two seats break a shop file there."""
_WITHOUT_RIGHTS = frozenset({"vfat", "msdos", "exfat", "ntfs", "ntfs3", "fuseblk", "9p", "drvfs", "vboxsf"})
_ESCAPED = re.compile(r"\\([0-7]{3})")


def file_system(path: Path) -> str:
    """The kind of file system ``path`` lies on (``ext4``, ``nfs4``); empty when that is not known.

    The path need not exist. Only the longest mount point above it counts, and of several on the same
    point the last one mounted.
    """
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    real = Path(os.path.realpath(path))
    kind, longest = "", -1
    for line in lines:
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = Path(_ESCAPED.sub(lambda found: chr(int(found[1], 8)), parts[1]))
        if len(point.parts) >= longest and real.is_relative_to(point):
            kind, longest = parts[2], len(point.parts)
    return kind


def is_shared(kind: str) -> bool:
    """Whether that kind of file system is a share of another computer."""
    return kind in _SHARED


def refuse_shared(path: Path) -> None:
    """Raises ``StoreFault`` (``shop_file_on_network``) for a shop file on a network share."""
    kind = file_system(path)
    if is_shared(kind):
        raise StoreFault(Problem("shop_file_on_network", "db", {"file": str(path), "kind": kind}))


def others_may_read(path: Path) -> bool:
    """Whether somebody else on this computer may read or write the file, where files have such rights."""
    if os.name != "posix" or not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return False
    return file_system(path) not in _WITHOUT_RIGHTS


def same_disk(one: Path, other: Path) -> bool:
    """Whether two folders that exist lie on the same disk, as far as the system tells."""
    return one.stat().st_dev == other.stat().st_dev


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut; a system that cannot is left alone."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
