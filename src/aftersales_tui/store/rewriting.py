"""Writing the shop file anew, so that nothing of what was taken out of it stays in a free page."""

from __future__ import annotations

from contextlib import closing

from aftersales_tui.store import search
from aftersales_tui.store.engine import BUSY_SECONDS, JOURNAL_MODE, Store, connected, translated


def rewrite(store: Store) -> None:
    """Compact the indexes of the look-up, then write every page anew and empty the journal.

    Deleted words stay in the segments of an FTS5 index, whatever ``secure_delete`` says, until they are
    merged. Raises ``Busy`` while another seat reads or writes for longer than it is waited for.
    """
    with store.writing() as session:
        search.compact(session)
    with translated(store.path), closing(connected(store.path, timeout=BUSY_SECONDS)) as connection:
        connection.execute("PRAGMA secure_delete=ON")
        if JOURNAL_MODE == "WAL":
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            connection.execute(f"PRAGMA journal_mode={JOURNAL_MODE}")
            connection.execute("VACUUM")
