"""How the call form judges while it is typed: its dates, the verdict beside it, the likely next step."""

from datetime import date, datetime
from typing import cast

from textual.events import Resize
from textual.timer import Timer
from textual.widgets import Static

from aftersales_tui.domain.coming import read_coming_day, read_coming_moment
from aftersales_tui.domain.dates import check_past, read_day
from aftersales_tui.domain.errors import Problem, Refused
from aftersales_tui.domain.words import CallKind
from aftersales_tui.i18n import _, formats
from aftersales_tui.i18n.messages import sentence
from aftersales_tui.tui.desk import call_fields, call_known, call_loading, call_side
from aftersales_tui.tui.desk.call_filling import CallFilling
from aftersales_tui.tui.safe_text import content
from aftersales_tui.tui.widgets.field import Field
from aftersales_tui.tui.widgets.fields import DateField, PickList
from aftersales_tui.tui.widgets.form import Pair
from aftersales_tui.tui.widgets.side import Side
from aftersales_tui.views.calls import NewCall

JUDGE_AFTER = 0.1
"""Seconds after the last change until the verdict is judged again."""

LINE_OF = {
    "desk.open_job": call_fields.JOB,
    "desk.advise": call_fields.ADVISE,
    "desk.keep_open": call_fields.KEEP,
}
"""The line of the last section that a key does."""
_DATES = ("date", "promised_for", "call_back")


class CallJudging(CallFilling):
    """The part of the call form that reads its dates and shows what follows from them."""

    def __init__(self, draft: str = "") -> None:
        super().__init__(draft)
        self._judge_timer: Timer | None = None

    # Reading dates; what cannot be read stays as typed and is not used to judge

    def read_date(self, text: str) -> date | None:
        """The day a unit was sold, delivered …; a day that has not come yet is refused."""
        day = read_day(text, self.today)
        check_past(day, self.today)
        return day

    def read_promise(self, text: str) -> date | None:
        """The day the caller is told for the job."""
        return read_coming_day(text, self.today, "promised_for")

    def read_call_back(self, text: str) -> date | None:
        """The moment promised for the call-back."""
        return read_coming_moment(text, self.shop.now(), "call_back")

    def day_in(self, name: str) -> date | None:
        """The date in a field, ``None`` while it is empty or cannot be read."""
        return cast(DateField, self.field(name)).day

    def focus_went(self) -> None:
        super().focus_went()
        current = self.current_field
        for name in _DATES:
            field = self.field(name)
            if field is not current and isinstance(field, DateField):
                self._say_date_problem(field)

    def _say_date_problem(self, field: DateField) -> None:
        wrong = field.problem
        self.say_problem(field, self._date_words(wrong.problem) if wrong else "")

    def _judge(self, field: Field) -> None:
        if isinstance(field, DateField):
            self._say_date_problem(field)

    def _date_words(self, problem: Problem) -> str:
        if problem.code == "date_after_today" and isinstance(day := problem.values.get("day"), date):
            return _("{date} is after today. Kept as typed, not used to judge.").format(date=formats.day(day))
        return sentence(problem)

    def refuse_unread_dates(self) -> None:
        """Raises ``Refused`` for the first date that would be lost because it cannot be read."""
        for name in _DATES:
            field = self.field(name)
            if field not in self.fields or not isinstance(field, DateField):
                continue
            if (wrong := field.problem) is not None:
                raise Refused(Problem(wrong.problem.code, name, wrong.problem.values))

    # The lines of the last section

    def show_now_lines(self) -> None:
        """The lines of the last section as they stand now."""
        back = self.day_in("call_back")
        words = formats.when(back, self.today) if isinstance(back, datetime) else ""
        keys = [self.shown_key(action_id) for action_id in LINE_OF]
        kind, channel = self.field("kind").answer, self.field("channel").answer
        picks = call_fields.now_picks(self.proposal, kind, channel, self.day_in("promised_for"), words, keys)
        cast(PickList, self.field("now")).show(picks)

    def mark_likely_line(self) -> None:
        """Marks the line that is meant most often, until somebody marks another one."""
        if "now" in self.by_hand:
            return
        kind = self.field("kind").answer
        line = call_fields.JOB
        if self.field("phone").is_empty and self.field("name").is_empty:
            line = call_fields.KEEP
        elif kind in (CallKind.ADVICE, CallKind.PROGRESS):
            line = call_fields.ADVISE
        elif kind == CallKind.OTHER:
            line = call_fields.KEEP
        self.field("now").set_answer(line)
        self.show_promise_or_call_back()

    def show_promise_or_call_back(self) -> None:
        """The promised day of the job, or the call-back when the call is kept open."""
        keeps = self.field("now").answer == call_fields.KEEP
        for name, shown in (("promised_for", not keeps), ("call_back", keeps)):
            pair = self.field(name).parent
            if isinstance(pair, Pair):
                pair.set_class(not shown, "-other")

    # The verdict

    def judge_soon(self) -> None:
        """Judges again once the typing pauses for a tenth of a second."""
        if self._judge_timer is not None:
            self._judge_timer.stop()
        self._judge_timer = self.set_timer(JUDGE_AFTER, self._judge_now)

    def _judge_now(self) -> None:
        if self.proposal is not None:
            self.read("verdict", call_loading.judge, self.shop, self.call_as_typed(), then=self._judged)

    def _judged(self, judged: call_loading.Judged) -> None:
        self.verdict = judged.verdict
        if judged.error is not None:
            self.say_problem(self.field("date"), sentence(judged.error.problem))
        self.show_verdict()

    def show_verdict(self) -> None:
        """Side or strip, as the window is wide or narrow."""
        open_job = call_side.open_job_words(self.card, self.device.id if self.device else None)
        for strip in self.query("#strip").results(Static):
            strip.update(content("\n".join(call_side.strip_lines(self.verdict, open_job)), lines=True))
        for side in self.query(Side):
            width = max(20, side.size.width)
            block = call_side.open_job_block(open_job, width)
            block += call_side.verdict_block(
                self.verdict, width, self.shown_key("app.why"), serial_known=not self.field("serial").is_empty
            )
            if self.proposal is not None:
                block += call_side.caller_block(self.card, self.shop.zone, self.today, width)
            side.show(block)
        self.refresh_frame()

    def on_resize(self, event: Resize) -> None:
        self.call_after_refresh(self.show_verdict)

    def call_as_typed(self) -> NewCall:
        """The form as the services take it."""
        back = self.day_in("call_back")
        return call_known.new_call(
            self.answers(),
            card=self.card,
            device=self.device,
            product=self.product,
            earlier=self.earlier,
            catalogue=self.proposal.catalogue if self.proposal else None,
            day=self.day_in("date"),
            call_back=back if isinstance(back, datetime) else None,
        )
