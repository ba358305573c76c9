"""What the counter owes somebody now, as one answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from aftersales_tui.views.calls import CallView
    from aftersales_tui.views.followups import FollowUpRow
    from aftersales_tui.views.jobs import JobRow


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskBoard:
    """The three lists of the desk with how many each has in all, and the day beside them."""

    calls: tuple[CallView, ...]
    calls_total: int
    calls_late: int
    due: tuple[FollowUpRow, ...]
    due_total: int
    due_late: int
    coming: FollowUpRow | None
    """The next follow-up, when none is due."""
    ready: tuple[JobRow, ...]
    ready_total: int
    next_job: str
    in_work: int
    late: int
    """Jobs past their promised day."""
    today: date
    opens: str
    closes: str
    unpublished: int
    """A year about to begin whose rest days are not published yet, else 0."""
