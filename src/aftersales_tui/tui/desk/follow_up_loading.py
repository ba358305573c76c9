"""What the follow-up sheet asks of the services, in a worker thread."""

from dataclasses import dataclass
from typing import Any

from aftersales_tui.views.followups import CallSheet, FollowUpAnswer, FollowUpView


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """The sheet, and the id of this person's draft of it, if there is one that nobody types in."""

    sheet: CallSheet
    draft: str


def sheet(shop: Any, follow_up_id: int, staff_id: int, form: str) -> OpenSheet:
    """One call sheet. Raises ``NotFound``."""
    from aftersales_tui import drafts
    from aftersales_tui.services import call_sheet

    kept = drafts.list_drafts(shop.path, staff_id, form)
    own = (draft.id for draft in kept if draft.context.get("follow_up_id") == follow_up_id)
    return OpenSheet(call_sheet.read(shop, follow_up_id), next(own, ""))


def record(
    shop: Any, follow_up_id: int, answer: FollowUpAnswer, by: int, version: int, tell: bool
) -> FollowUpView:
    """Writes the call down. Raises ``Refused``."""
    from aftersales_tui.services import followups

    return followups.record(shop, follow_up_id, answer, by, version, tell=tell)


def is_unhappy(answer: FollowUpAnswer) -> bool:
    """Whether the supervisor has to know at once."""
    from aftersales_tui.services import followups

    return followups.is_unhappy(answer)
