"""What kind of record stands in a row of the desk; the kinds are loaded with the first record."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

if TYPE_CHECKING:
    from aftersales_tui.drafts import Draft
    from aftersales_tui.views.calls import CallView
    from aftersales_tui.views.followups import FollowUpRow
    from aftersales_tui.views.jobs import JobRow
    from aftersales_tui.views.search import Hit


def is_draft(record: object) -> TypeGuard[Draft]:
    """Whether it is a half-typed form."""
    if record is None:
        return False
    from aftersales_tui.drafts import Draft

    return isinstance(record, Draft)


def is_call(record: object) -> TypeGuard[CallView]:
    """Whether it is a call."""
    if record is None:
        return False
    from aftersales_tui.views.calls import CallView

    return isinstance(record, CallView)


def is_follow_up(record: object) -> TypeGuard[FollowUpRow]:
    """Whether it is a follow-up."""
    if record is None:
        return False
    from aftersales_tui.views.followups import FollowUpRow

    return isinstance(record, FollowUpRow)


def is_job(record: object) -> TypeGuard[JobRow]:
    """Whether it is a job."""
    if record is None:
        return False
    from aftersales_tui.views.jobs import JobRow

    return isinstance(record, JobRow)


def is_hit(record: object) -> TypeGuard[Hit]:
    """Whether it is something the look-up found."""
    if record is None:
        return False
    from aftersales_tui.views.search import Hit

    return isinstance(record, Hit)
