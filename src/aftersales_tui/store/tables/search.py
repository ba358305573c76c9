"""What the look-up reads: one folded text per findable record."""

from sqlalchemy import BigInteger
from sqlmodel import Field

from aftersales_tui.store.types import Record


class SearchDoc(Record, table=True):
    """The id holds the rank of the kind above the record's moment in microseconds; the look-up walks it."""

    __tablename__ = "search_doc"

    id: int = Field(primary_key=True, sa_type=BigInteger)
    kind: str
    record_id: int
    text: str
    spaced: str
    codes: str
    """A letter for the field of each line of ``text``."""
