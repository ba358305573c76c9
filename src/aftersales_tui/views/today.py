"""What needs somebody now."""

from dataclasses import dataclass
from datetime import datetime

from aftersales_tui.domain.words import RecordKind
from aftersales_tui.views.calls import CallView
from aftersales_tui.views.followups import FollowUpRow
from aftersales_tui.views.jobs import JobRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing that waits for somebody, and why.

    ``reason`` is a code: ``call_back``, ``verify``, ``answer`` for a call; ``follow_up``; ``late``,
    ``promised_today``, ``visit_today``, ``wait_is_over``, ``unassigned``, ``tell_customer`` for a job.
    ``due`` is when it became or becomes urgent.
    """

    kind: RecordKind
    reason: str
    late: bool
    due: datetime
    record: CallView | FollowUpRow | JobRow
