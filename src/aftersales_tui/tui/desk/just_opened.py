"""The job this seat opened last, while its device lies on the counter and its claim check is wanted."""

from __future__ import annotations

from aftersales_tui.domain.words import RecordKind
from aftersales_tui.i18n import _
from aftersales_tui.tui.desk.look_up import LookUpScreen
from aftersales_tui.tui.messages import RecordSaved

_LEAVES_IT = ("app.print", "app.help")


class PrintsClaimCheck(LookUpScreen):
    """``p`` prints the claim check of the job that was just opened, until another key does something."""

    def __init__(self) -> None:
        super().__init__()
        self.just_opened: tuple[int, str] | None = None
        """Its id and its number."""

    def note_opened(self, event: RecordSaved) -> None:
        """Keeps a job whose device is here; anything else that was saved has no claim check."""
        self.just_opened = (event.id, event.number) if event.device_here else None

    def opened_words(self) -> str:
        """What p would print now, for the Now line; empty for nothing."""
        if self.just_opened is None:
            return ""
        _job_id, number = self.just_opened
        return _("Job {job} is open and its device is here. p prints the claim check.").format(job=number)

    def why_not_print(self) -> str:
        """Why p prints nothing here; empty when it can."""
        return "" if self.just_opened is not None else _("Enter opens the record, p prints there")

    async def action_act(self, action_id: str, key: str = "") -> None:
        if self.just_opened is not None and action_id not in _LEAVES_IT:
            self.just_opened = None
            self.show_selected()
        await super().action_act(action_id, key)

    async def do_app_print(self) -> None:
        if self.just_opened is not None:
            # not before something is printed: the desk is the first screen
            from aftersales_tui.domain.papers import Form, Subject
            from aftersales_tui.tui.printing import print_form

            job_id, number = self.just_opened
            await print_form(self, Subject(RecordKind.JOB, job_id), (Form.CLAIM_CHECK,), number)
