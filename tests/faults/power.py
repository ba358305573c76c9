"""A pulled plug, played from the trace of a real writer.

``strace`` tells every write, truncation and sync of the shop file and the files beside it. At any point of
that account the plug can be pulled: what was synced is there, of what came later a random part is, torn
at sectors of 512 bytes. What the writer had acknowledged by then must be in the file.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

SECTOR = 512
CALLS = "openat,pwrite64,write,fsync,fdatasync,ftruncate,unlink,unlinkat,rename"
_CALL = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+)")
_FD = re.compile(r"(\d+)<([^>]*)>")
_HEX = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')


@dataclass(frozen=True)
class Happened:
    """One call that matters: what, to which file, with which bytes at which place."""

    what: str
    path: str = ""
    data: bytes = b""
    at: int = 0


@dataclass
class Disk:
    """One file as the disk knows it: what is sure, and what was written since."""

    sure: bytes = b""
    since: list[Happened] = field(default_factory=list)
    exists: bool = False
    sure_to_exist: bool = False

    def sync(self) -> None:
        """Everything written so far is sure."""
        for happened in self.since:
            self.sure = _apply(self.sure, happened)
        self.since.clear()
        self.sure_to_exist = self.exists

    def after_a_cut(self, chance: Random) -> bytes | None:
        """The bytes somebody finds after the plug was pulled; ``None`` when the file is not there."""
        if not self.sure_to_exist and (not self.exists or chance.random() < 0.5):
            return None
        found = self.sure
        for happened in self.since:
            if chance.random() < 0.5:
                continue
            found = _apply(found, happened) if happened.what == "truncate" else _torn(found, happened, chance)
        return found


def _apply(content: bytes, happened: Happened) -> bytes:
    if happened.what == "truncate":
        return content[: happened.at].ljust(happened.at, b"\0")
    end = happened.at + len(happened.data)
    return content[: happened.at].ljust(happened.at, b"\0") + happened.data + content[end:]


def _torn(content: bytes, happened: Happened, chance: Random) -> bytes:
    whole = chance.random() < 0.5
    for start in range(0, len(happened.data), SECTOR):
        if whole or chance.random() < 0.5:
            piece = happened.data[start : start + SECTOR]
            content = _apply(content, Happened("write", data=piece, at=happened.at + start))
    return content


def trace(path: Path, deeds: int, seed: int) -> list[Happened]:
    """A writer at work on the file, call by call; an acknowledgement is a call of its own."""
    account = path.with_name("account")
    writer = Path(__file__).with_name("writer.py")
    command = [
        "strace", "-f", "-y", "-xx", "-s", "4000000", "-e", f"trace={CALLS}", "-o", str(account),
        sys.executable, str(writer), str(path), str(seed), "600", "traced", str(deeds),
    ]  # fmt: skip
    subprocess.run(command, check=True, stdout=subprocess.PIPE)
    folder = str(path.parent)
    happened = []
    with account.open(encoding="ascii") as lines:
        for line in lines:
            if (found := _read(line, folder, str(account))) is not None:
                happened.append(found)
    account.unlink()
    return happened


def _read(line: str, folder: str, account: str) -> Happened | None:
    assert "<unfinished" not in line, "two threads write: the order is not known"
    match = _CALL.search(line)
    if match is None or match[3].startswith("-"):
        return None
    name, arguments, result = match[1], match[2], int(match[3])
    if name == "openat":
        opened = _FD.search(line[match.start(3) :])
        path = _path(opened[2]) if opened else ""
        return Happened("open", path) if path.startswith(folder) and "O_CREAT" in arguments else None
    file = _FD.match(arguments)
    if file is None:
        return None
    path = _path(file[2])
    if name == "write" and file[1] == "1":
        return Happened("acknowledge", data=_bytes(arguments))
    if not path.startswith(folder) or path == account:
        return None
    match name:
        case "pwrite64":
            data = _bytes(arguments)
            assert result == len(data), "a write was cut short in the account"
            return Happened("write", path, data, int(arguments.rsplit(",", 1)[1]))
        case "ftruncate":
            return Happened("truncate", path, at=int(arguments.rsplit(",", 1)[1]))
        case "fsync" | "fdatasync":
            return Happened("sync", path)
    msg = f"a call the disk does not know: {line[:200]}"
    raise AssertionError(msg)


def _path(told: str) -> str:
    return bytes.fromhex(told.replace("\\x", "")).decode() if told.startswith("\\x") else told


def _bytes(arguments: str) -> bytes:
    found = _HEX.search(arguments)
    assert found is not None
    assert not found[2], "the account does not hold all bytes"
    return bytes.fromhex(found[1].replace("\\x", ""))


class Machine:
    """The disk of a machine that runs along the account and can lose its power after any call."""

    def __init__(self, shop_file: Path) -> None:
        self.name = str(shop_file)
        self.folder = str(shop_file.parent)
        self.files = {self.name: Disk(shop_file.read_bytes(), exists=True, sure_to_exist=True)}
        self.acknowledged: list[tuple[str, int, int]] = []

    def run(self, happened: Happened) -> None:
        """One call."""
        if happened.what == "acknowledge":
            told = json.loads(happened.data)
            self.acknowledged += [tuple(one) for one in told.get("wrote", ())]
            return
        if happened.path == self.folder:
            for disk in self.files.values():
                disk.sure_to_exist = disk.exists
            return
        disk = self.files.setdefault(happened.path, Disk())
        disk.exists = True
        if happened.what == "sync":
            disk.sync()
        elif happened.what != "open":
            disk.since.append(happened)

    def pull_the_plug(self, into: Path, chance: Random) -> Path:
        """What is found on the disk after the power came back, in a folder of its own."""
        shutil.rmtree(into, ignore_errors=True)
        into.mkdir()
        for name, disk in self.files.items():
            content = disk.after_a_cut(chance)
            if content is not None:
                (into / Path(name).name).write_bytes(content)
        return into / Path(self.name).name
