"""The checksum beside a copy is the copy's own, to the last character."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from aftersales_tui.domain.copies import SumState
from aftersales_tui.store.checksums import compare, sum_file, sum_of, write_sum


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    path = tmp_path / "shop-0001.db"
    path.write_bytes(b"a copy")
    write_sum(path, sum_of(path))
    return path


def test_a_checksum_reads_as_sha256sum_writes_it(copy: Path) -> None:
    assert sum_file(copy).read_text() == f"{sha256(b'a copy').hexdigest()}  shop-0001.db\n"
    assert compare(copy, sum_of(copy)) is SumState.RIGHT


def test_no_checksum_is_missing_and_not_wrong(copy: Path) -> None:
    sum_file(copy).unlink()
    assert compare(copy, sum_of(copy)) is SumState.MISSING


@pytest.mark.parametrize("place", [0, 63, 64, 65, 66, 77, 78])
def test_a_flipped_bit_anywhere_in_the_checksum_makes_it_wrong(copy: Path, place: int) -> None:
    said = bytearray(sum_file(copy).read_bytes())
    said[place] ^= 1
    sum_file(copy).write_bytes(said)
    assert compare(copy, sum_of(copy)) is SumState.WRONG


def test_a_name_that_is_no_text_has_a_checksum_too(tmp_path: Path) -> None:
    copy = tmp_path / "shop-\udcff.db"
    copy.write_bytes(b"a copy")
    write_sum(copy, sum_of(copy))
    assert compare(copy, sum_of(copy)) is SumState.RIGHT
