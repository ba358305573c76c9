"""Leaves a shop file as a pulled plug does: ``python killed.py FILE`` is killed in the middle of writing it.

Pages of the unfinished transaction stand in the file, and what they were before in the journal beside it.
"""

import os
import signal
import sqlite3
import sys
from pathlib import Path

ROWS = 500


def main() -> None:
    """Write without an end."""
    connection = sqlite3.connect(sys.argv[1], isolation_level=None)
    for pragma in ("journal_mode=TRUNCATE", "synchronous=FULL", "cache_size=10", "cache_spill=ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE job SET shelf = 'half written' WHERE id % 200 = 0 AND id < 200 * ?", (ROWS,))
    with Path(f"{sys.argv[1]}-journal").open("rb") as journal:
        if int.from_bytes(journal.read(12)[8:], "big") == 0:  # its pages count only once they are synced
            sys.exit("nothing was written into the file before the end")
    os.kill(os.getpid(), signal.SIGKILL)


main()
