"""Keeps a sample of the shop file of every version: tests/data/schema/NNNN.db.gz.

python tools/schema_samples.py    make those of older versions that are missing, each from the one before

A sample is never made again: it is a file as the program of that version wrote it.
"""

from __future__ import annotations

import gzip
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "data" / "schema"


def sample(version: int) -> Path:
    """Where the sample of a version is kept."""
    return FOLDER / f"{version:04d}.db.gz"


def make(version: int) -> Path:
    """Make the sample of a version by bringing the one before up to date."""
    from aftersales_tui.store import migrations

    steps = [(number, path) for number, path in migrations.scripts() if number <= version]
    before = steps[-2][0]
    with tempfile.TemporaryDirectory() as folder:
        file, packed = Path(folder) / "shop.db", Path(folder) / "packed.db"
        file.write_bytes(gzip.decompress(sample(before).read_bytes()))
        with closing(sqlite3.connect(file, isolation_level=None)) as connection:
            all_steps, migrations.scripts = migrations.scripts, lambda: steps
            try:
                migrations.migrate(connection)
            finally:
                migrations.scripts = all_steps
            connection.execute("VACUUM INTO ?", (str(packed),))
        sample(version).write_bytes(gzip.compress(packed.read_bytes(), 9, mtime=0))
    return sample(version)


def main() -> int:
    """Make what is missing."""
    from aftersales_tui.store.migrations import scripts

    # the last version may still change until the next one is written
    for version, _path in scripts()[1:-1]:
        if not sample(version).exists():
            print(make(version))
    return 0


if __name__ == "__main__":
    sys.exit(main())
