"""The follow-up call: a sheet one fills while talking, one key for each answer."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from textual.app import ComposeResult
from textual.widgets import Static

from aftersales_tui.domain.coming import read_coming_day, read_coming_moment
from aftersales_tui.domain.errors import Problem, Refused, ShopError
from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.permissions import Permission
from aftersales_tui.domain.words import FollowUpStatus, Reached, Satisfaction, Solved
from aftersales_tui.drafts import Draft
from aftersales_tui.i18n import C_, _, formats
from aftersales_tui.i18n.labels import label, labels
from aftersales_tui.tui.ask import ask
from aftersales_tui.tui.desk import follow_up_loading as loading
from aftersales_tui.tui.desk import follow_up_words as words
from aftersales_tui.tui.desk.follow_up_loading import OpenSheet
from aftersales_tui.tui.desk.score_choice import ScoreChoice
from aftersales_tui.tui.drafted import DraftedForm
from aftersales_tui.tui.glyphs import glyph
from aftersales_tui.tui.safe_text import content
from aftersales_tui.tui.widgets.choice import Answer, Choice
from aftersales_tui.tui.widgets.field import Field
from aftersales_tui.tui.widgets.fields import DateField, LinesField, Pick, PickList, TextField
from aftersales_tui.tui.widgets.form import Pair, Row, Section
from aftersales_tui.tui.widgets.key_bar import Hint
from aftersales_tui.views.followups import CallSheet, FollowUpAnswer, FollowUpView

NOT_REACHED = (Reached.NO_ANSWER.value, Reached.CALL_LATER.value, Reached.WRONG_NUMBER.value)
_ASKED = ("solved", "quality", "attitude", "overall")
_SCORES = ("quality", "attitude", "overall")
DONE, AGAIN, TELL = "done", "again", "tell"


class FollowUpSheet(DraftedForm[None]):
    """Reached, solved, three scores; what they said; done, again, or the supervisor is told."""

    FINAL = "then"
    DRAFT = "follow_up"
    CSS_PATH = "follow_up.tcss"
    ACTIONS = ("form.on", "app.save", "app.menu", "app.back", "form.next", "app.copy", "app.log")

    def __init__(self, follow_up_id: int = 0, draft: str = "") -> None:
        super().__init__(draft)
        self.follow_up_id = follow_up_id
        self.sheet: CallSheet | None = None
        self._marked = DONE
        self._by_hand = False

    # What is on it

    def path(self) -> tuple[str, ...]:
        here = (C_("area", "Desk"), C_("title", "Follow-up call"))
        if self.sheet is None:
            return here
        found = self.sheet.follow_up
        number = show_number(NumberKind.FOLLOW_UP, found.number)
        if found.status is not FollowUpStatus.OPEN:
            state = _("Follow-up call {number}, {status}")
            return (here[0], state.format(number=number, status=label(found.status)))
        due = words.due_words(found, self.shop.zone)
        return (here[0], _("Follow-up call {number}, due {day}").format(number=number, day=due))

    def help_title(self) -> str:
        return C_("title", "Follow-up call")

    def help_words(self) -> str:
        said = _(
            "A call sheet to fill while talking: one key for each answer. The scores are their own keys. "
            "Nobody reached: it stays due, at the time proposed."
        )
        return f"{said}\n\n{words.say_words(self.sheet)}" if self.sheet is not None else said

    def compose_form(self) -> ComposeResult:
        yield Static("", id="who", markup=False)
        yield Static("", id="about", markup=False)
        yield Section(1, C_("section", "The call"))
        yield _row(C_("field", "Reached"), _choice("reached", labels(Reached)))
        yield Section(2, C_("section", "The answers"))
        yield _row(C_("field", "Solved"), _choice("solved", labels(Solved)))
        yield _row(C_("field", "Quality"), ScoreChoice(id="quality"))
        yield _row(C_("field", "Attitude"), ScoreChoice(id="attitude"))
        yield _row(C_("field", "Overall"), ScoreChoice(id="overall"))
        yield Section(3, C_("section", "In their words"))
        yield _row(C_("field", "Opinion"), LinesField(id="opinion"))
        yield Row(
            Pair(C_("field", "Promised"), TextField(id="promised", width=37), width=50),
            Pair(C_("field", "by"), DateField(self._read_day, id="promised_by", width=15), label_width=5),
        )
        lead = {"no": label(Solved.NO), "yes": label(Solved.YES)}
        yield _row(C_("field", "Lead"), _choice("lead", lead, "no"))
        yield Section(4, C_("section", "What now"))
        yield _row(C_("field", "Again"), TextField(id="again_at", width=22))
        yield _row(C_("field", "Then"), PickList(self._picks(), id="then"))

    def on_mount(self) -> None:
        self._show_again()
        if not self._draft_id:
            self._read()

    def restore(self, draft: Draft) -> None:
        self.follow_up_id = int(draft.context.get("follow_up_id", 0))
        self._by_hand = True
        super().restore(draft)
        self._show_again()
        self._remark()
        self.shop_app.toast(_("This sheet was half typed; it goes on where it was left."))
        if self.sheet is None:
            self._read()
        else:
            self.go_on(None)

    def _read(self) -> None:
        person = self.shop_app.person
        assert person is not None
        self.opens_with(
            "sheet", loading.sheet, self.shop, self.follow_up_id, person.id, self.DRAFT, then=self._show
        )

    async def _show(self, opened: OpenSheet) -> None:
        self.sheet = sheet = opened.sheet
        found = sheet.follow_up
        who, about = words.about_lines(found)
        self.query_one("#who", Static).update(content(who))
        self.query_one("#about", Static).update(content(about))
        self.show_side(words.side_lines(sheet, self.shop.zone, self._today()))
        if found.status is not FollowUpStatus.OPEN:
            self._fill_done(found)
        elif opened.draft and not self._draft_id and not self.typed:
            self._draft_id = opened.draft
            await self.take_draft()
        self.show_state()
        self.refresh_frame()

    def _fill_done(self, found: FollowUpView) -> None:
        """A call that was made: what was answered, to be read."""
        names = ("reached", "solved", "quality", "attitude", "overall", "opinion", "promised")
        values = {name: str(getattr(found, name) or "") for name in names}
        by = found.promised_by.isoformat() if found.promised_by else ""
        self.fill({**values, "promised_by": by, "lead": "yes" if found.lead else "no"})

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to call."""
        return self.sheet is not None and self.sheet.follow_up.status is FollowUpStatus.OPEN

    # Filling

    def needs_you(self, field: Field) -> bool:
        if self.sheet is None or not self.is_open:
            return False
        if field.id == "reached":
            return field.is_empty
        return field.id in _ASKED and field.is_empty and self.field("reached").answer == Reached.YES

    def missing(self) -> Sequence[str]:
        return super().missing() if self.is_open else []

    def show_state(self) -> None:
        if self.is_open:
            super().show_state()
        else:
            self.set_title(state="")

    def changed(self, field: Field) -> None:
        if field.id == "then":
            self._by_hand = self._by_hand or field.answer != self._marked
            self._show_again()
            return
        if field.id == "reached":
            self._propose()
        if field.id in ("reached", "solved", "overall"):
            self._by_hand = False
            self._mark()
        if field.id == "again_at":
            self._remark()

    def _propose(self) -> None:
        """The time of the next try, as long as nobody wrote another one."""
        reached = self.field("reached").answer
        if self.sheet is None or reached not in NOT_REACHED:
            return
        proposed = words.typed_moment(self.sheet.again[Reached(reached)], self._today())
        known = {words.typed_moment(moment, self._today()) for moment in self.sheet.again.values()}
        if self.field("again_at").answer in ("", *known):
            self.fill({"again_at": proposed})

    def _mark(self) -> None:
        """The line that follows from the answers, until somebody marks another one."""
        if self._by_hand:
            return
        reached, answers = self.field("reached").answer, self.answers()
        if reached in NOT_REACHED:
            self._marked = AGAIN
        elif answers["overall"] == Satisfaction.DISSATISFIED or answers["solved"] == Solved.NO:
            self._marked = TELL
        else:
            self._marked = DONE
        self.fill({"then": self._marked})
        self._show_again()
        self._remark()

    def _remark(self) -> None:
        """The lines again, with the time that is meant now."""
        self._picklist.show(self._picks(), [DONE, AGAIN, TELL].index(self._picklist.answer or DONE))

    @property
    def _picklist(self) -> PickList:
        found = self.field("then")
        assert isinstance(found, PickList)
        return found

    def _picks(self) -> list[Pick]:
        when = self._again_words() if self.is_mounted else ""
        return [
            Pick(DONE, C_("then", "Save, this follow-up is done")),
            Pick(AGAIN, _("Save, call again: {when}").format(when=when or glyph("–"))),
            Pick(TELL, C_("then", "Save, tell the supervisor now")),
        ]

    def _again_words(self) -> str:
        try:
            moment = self._again_at()
        except ShopError:
            return ""
        return formats.top(moment) if moment is not None else ""

    def _again_at(self) -> datetime | None:
        """The moment of the next try, shop-local. Raises ``Refused``: it cannot be read, it has passed."""
        typed = self.field("again_at").answer
        return read_coming_moment(typed, self.shop.now(), "again_at") if typed else None

    def _show_again(self) -> None:
        """The time is only asked for when somebody calls again."""
        row = next(row for row in self.query(Row) if any(p.field.id == "again_at" for p in row.pairs))
        row.display = self.field("then").answer == AGAIN

    def _read_day(self, text: str) -> date:
        return read_coming_day(text, self._today(), "promised_by")

    def _today(self) -> date:
        today: date = self.shop.now().date()
        return today

    # What is said

    def now_words(self, field: Field) -> tuple[str, str]:
        marked = self._picklist.picked
        second = _("ctrl+s saves; marked now: {line}.").format(line=marked.label if marked else "")
        if field.id == "overall":
            said = _("Overall: 5, 3, 2, 1 or - answers and goes on. The month's mean counts - as -5.")
            return said, second
        if field.id in _SCORES:
            return _("{label}: 5, 3, 2, 1 or - answers and goes on.").format(
                label=self.label_of(field)
            ), second
        if field.id in ("reached", "solved"):
            return _("{label}: the digit answers and goes on.").format(label=self.label_of(field)), second
        if field.id == "again_at":
            said = _("Again: such as 14:30, tomorrow 10:00, fri 9:30. Enter goes on.")
            return said, second
        return super().now_words(field)[0], second

    def hints(self) -> Sequence[Hint]:
        hints = [hint for action_id in self.ACTIONS if (hint := self.hint(action_id)).key]
        field = self.current_field
        if isinstance(field, ScoreChoice):
            hints.insert(0, Hint("5 3 2 1 -", C_("key", "answer")))
        elif isinstance(field, Choice):
            hints.insert(0, Hint(f"1-{len(field.answers)}", C_("key", "answer")))
        return hints

    def why_not(self, action_id: str) -> str:
        if action_id == "app.save" and self.sheet is not None and not self.is_open:
            return _("this follow-up is no longer open")
        if action_id == "app.copy" and not self.copy_text():
            return _("no phone is known")
        return _("it is loading") if self.sheet is None and action_id in ("app.save", "app.log") else ""

    def needs(self, action_id: str) -> Permission | None:
        return Permission.FOLLOW_UP if action_id == "app.save" else super().needs(action_id)

    def copy_text(self) -> str:
        return self.sheet.follow_up.phone if self.sheet is not None else ""

    def do_app_log(self) -> Any:
        return self.open_screen("log", "follow_up", self.follow_up_id)

    # Keeping

    def draft_title(self) -> str:
        if self.sheet is None:
            return ""
        found = self.sheet.follow_up
        number = show_number(NumberKind.FOLLOW_UP, found.number)
        return _("{who}: {number}").format(who=found.customer_name or found.phone, number=number)

    def draft_context(self) -> Mapping[str, Any]:
        return {"follow_up_id": self.follow_up_id}

    async def keep_draft(self, answers: Mapping[str, str]) -> datetime | None:
        return await super().keep_draft(answers) if self.is_open else None

    async def save(self) -> None:
        sheet, person = self.sheet, self.shop_app.person
        assert sheet is not None
        assert person is not None
        then = self._picklist.answer
        answer = self._answer(then)
        view = await self.write(
            loading.record,
            self.shop,
            self.follow_up_id,
            answer,
            person.id,
            sheet.follow_up.version,
            then == TELL,
        )
        await self.drop_draft()
        unhappy = then == TELL or await ask(loading.is_unhappy, answer)
        self._say_saved(view, sheet.owners if unhappy else ())
        if self.is_attached:
            self.dismiss()

    def _say_saved(self, view: FollowUpView, owners: Sequence[str]) -> None:
        number = show_number(NumberKind.FOLLOW_UP, view.number)
        if view.status is FollowUpStatus.OPEN:
            when = words.due_words(view, self.shop.zone)
            self.shop_app.toast(_("{no} stays due: call again {when}.").format(no=number, when=when))
        elif not owners:
            self.shop_app.toast(_("{no} is done.").format(no=number))
        if owners:
            names = C_("list", ", ").join(owners)
            said = _("{no}: {names} sees it on the month's page. Call again after the solution.")
            self.shop_app.toast(said.format(no=number, names=names), wrong=True)

    def _answer(self, then: str) -> FollowUpAnswer:
        answers = self.answers()
        if not answers["reached"]:
            raise Refused(Problem("reached_missing", "reached"))
        reached = Reached(answers["reached"])
        asked = reached is Reached.YES
        if asked and then != AGAIN and not (answers["overall"] or answers["solved"]):
            raise Refused(Problem("score_missing", "overall"))
        by = self.field("promised_by")
        assert isinstance(by, DateField)
        if by.problem is not None:
            raise by.problem
        again = self._again_at() if then == AGAIN else None
        if then == AGAIN and again is None:
            raise Refused(Problem("moment_missing", "again_at"))
        return FollowUpAnswer(
            reached=reached,
            solved=Solved(answers["solved"]) if asked and answers["solved"] else None,
            quality=_score(answers["quality"]) if asked else None,
            attitude=_score(answers["attitude"]) if asked else None,
            overall=_score(answers["overall"]) if asked else None,
            opinion=answers["opinion"],
            promised=answers["promised"],
            promised_by=by.day,
            lead=answers["lead"] == "yes",
            again_at=again,
        )


def _score(code: str) -> Satisfaction | None:
    return Satisfaction(code) if code else None


def _choice(name: str, answers: Mapping[str, str], value: str = "") -> Choice:
    return Choice([Answer(code, text) for code, text in answers.items()], value, id=name)


def _row(text: str, field: Field) -> Row:
    return Row(Pair(text, field))
