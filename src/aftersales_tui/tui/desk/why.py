"""Why: the verdict explained, from the first date to the last day, and what would change it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, VerticalScroll
from textual.events import Resize
from textual.widgets import Static

from aftersales_tui.domain.papers import Form, Subject
from aftersales_tui.domain.permissions import Permission
from aftersales_tui.domain.policy import WHOLE
from aftersales_tui.domain.text import cell_width
from aftersales_tui.domain.verdicts import RemedyRow, Verdict
from aftersales_tui.domain.words import Cause, Proof, RecordKind
from aftersales_tui.i18n import C_, NC_, _, language
from aftersales_tui.i18n.labels import label, labels
from aftersales_tui.i18n.override_words import override_sentence
from aftersales_tui.i18n.verdict_words import part_word
from aftersales_tui.i18n.why_words import disclaimer
from aftersales_tui.tui.actions import AREAS
from aftersales_tui.tui.ask import ask, refusal
from aftersales_tui.tui.bindings import bindings_for
from aftersales_tui.tui.desk import why_loading, why_override, why_text
from aftersales_tui.tui.desk.clause import ClauseDialog
from aftersales_tui.tui.desk.why_loading import Asked, Reasons
from aftersales_tui.tui.glyphs import glyph
from aftersales_tui.tui.printing import print_form
from aftersales_tui.tui.safe_text import content, plain
from aftersales_tui.tui.screens_base import FrameScreen
from aftersales_tui.tui.widgets.choice import Answer, Choice
from aftersales_tui.tui.widgets.field import Field
from aftersales_tui.tui.widgets.fields import Pick, PickList
from aftersales_tui.tui.widgets.form import Pair, Row
from aftersales_tui.tui.widgets.key_bar import Hint
from aftersales_tui.tui.widgets.top_bar import TopBar
from aftersales_tui.tui.wrapping import wrapped
from aftersales_tui.views.calls import NewCall

AS_IT_IS = "as_it_is"
_DAYS: Mapping[str, timedelta] = {
    "today": timedelta(),
    "yesterday": timedelta(days=-1),
    "in_a_week": timedelta(days=7),
}
_PARTS = 6
_WHAT_IF = 3
_FRAME = 5
"""Rows above and below the page."""


class WhyScreen(FrameScreen[None]):
    """Which rule, from which date, until when, how it was reckoned, what else, and what if."""

    CSS_PATH = "why.tcss"
    KIND = "list"
    MODE = "READ"
    HAS_SIDE = False
    ACTIONS = ("app.open", "app.part", "form.next", "app.copy", "app.print", "app.edit", "app.back")
    HINTS: ClassVar[Mapping[str, tuple[str, str]]] = {
        "form.next": NC_("key", "what if"),
        "app.edit": NC_("key", "override"),
    }
    BINDINGS = [
        *bindings_for("list"),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
    ]

    def __init__(
        self,
        device_id: int | None = None,
        *,
        new_call: NewCall | None = None,
        title: str = "",
        came_from: tuple[str, ...] = (),
        stored: Verdict | None = None,
        prints: Subject | None = None,
    ) -> None:
        """Of a unit on file, or of a call being typed; ``stored`` is the verdict a job was opened with.

        ``prints`` is the record whose coverage statement may be printed, else the unit on file.
        """
        super().__init__()
        self.asked = new_call or NewCall(device_id=device_id)
        self.about = title
        self.came_from = came_from
        self.stored = stored
        self.prints = prints
        if prints is None and device_id is not None and stored is None:
            self.prints = Subject(RecordKind.DEVICE, device_id)
        self.reasons: Reasons | None = None
        self.part = 2
        self._lines: dict[str, list[str]] = {}

    def path(self) -> tuple[str, ...]:
        here = C_("title", "Why")
        if self.about:
            here = C_("title", "Why: {product}").format(product=self.about)
        return (*(self.came_from or (C_("area", "Desk"),)), here)

    def help_words(self) -> str:
        return _(
            "How the verdict was reckoned, step by step, with the clause behind each. The what-if answers at "
            "once and stores nothing."
        )

    @property
    def verdict(self) -> Verdict | None:
        """The verdict that is explained: the stored one, else that of today."""
        return self.stored or (self.reasons.verdict if self.reasons else None)

    def compose_core(self) -> ComposeResult:
        with VerticalScroll(id="why", can_focus=False):
            yield Static("", id="first", markup=False)
            yield Static("", id="decided", classes="text", markup=False)
            yield Static("", id="since", classes="text", markup=False)
            for number, name in ((1, "reckoning"), (2, "choices")):
                yield Static("", id=f"rule-{number}", classes="rule", markup=False)
                yield Static("", id=name, classes="text", markup=False)
            yield PickList(id="remedies")
            yield Static("", id="notes", classes="text", markup=False)
            yield Static("", id="rule-3", classes="rule", markup=False)
            yield Static("", id="layers", classes="text", markup=False)
            with Container(id="beside"):
                for number, name in ((4, "charged"), (5, "missing")):
                    with Container(classes="half"):
                        yield Static("", id=f"rule-{number}", classes="rule", markup=False)
                        yield Static("", id=name, classes="text", markup=False)
            yield Static("", id="rule-6", classes="rule", markup=False)
            causes = [Answer(AS_IT_IS, C_("whatif", "as it is"))]
            causes += [Answer(c.value, label(c)) for c in Cause if c is not Cause.NOT_KNOWN]
            yield Row(Pair(C_("whatif", "Cause"), Choice(causes, AS_IT_IS, id="cause")))
            days = {
                "today": C_("whatif", "today"),
                "yesterday": C_("whatif", "yesterday"),
                "in_a_week": C_("whatif", "in a week"),
            }
            proofs = [Answer(code, word) for code, word in labels(Proof).items()]
            told = (self.asked.proof or Proof.TOLD).value
            hand_in = Choice([Answer(code, word) for code, word in days.items()], "today", id="hand_in")
            row = (
                Pair(C_("whatif", "Hand-in"), hand_in),
                Pair(C_("whatif", "Proof"), Choice(proofs, told, id="proof"), label_width=7),
                Pair(
                    C_("whatif", "Part"),
                    Choice([Answer(WHOLE, part_word(WHOLE))], WHOLE, id="part"),
                    label_width=7,
                ),
            )
            row[0].styles.width = "4fr"
            row[1].styles.width = row[2].styles.width = "3fr"
            yield Row(*row)
            yield Static("", id="then", classes="text", markup=False)

    # Loading and drawing

    def on_mount(self) -> None:
        for bar in self.query(TopBar):
            bar.area = self.app.current_mode if self.app.current_mode in AREAS else self.AREA
        self.read_again()

    def read_again(self) -> None:
        if self.shop is not None:
            self.read("why", why_loading.reasons, self.shop, self.asked, self.on_file, then=self._show)

    def _show(self, reasons: Reasons) -> None:
        self.reasons = reasons
        if not self.about and reasons.device is not None:
            parts = (reasons.device.title, reasons.device.serial)
            self.about = C_("phrases", ", ").join(plain(part) for part in parts if part)
        answers = [Answer(part, part_word(part)) for part in reasons.parts or (WHOLE,)]
        self.query_one("#part", Choice).set_answers(answers)
        if reasons.device is not None and self.asked.proof is None:
            self.query_one("#proof", Choice).set_answer(reasons.device.proof.value)
        self.draw()
        self.take_focus()
        self.ask_what_if()

    def take_focus(self) -> None:
        if self.focused is None:
            self.query_one("#remedies", PickList).focus()

    def draw(self) -> None:
        """Every part in the present width."""
        verdict = self.verdict
        if verdict is None or self.reasons is None:
            return
        width = max(40, self.size.width)
        category = self.reasons.catalogue.label(verdict.category, language())
        first = why_text.first_line(verdict, width)
        decided = self.reasons.override
        if decided is not None:
            first = _("Machine: {verdict}").format(verdict=first)
        self._put("first", [" " + line for line in wrapped(first, width - 3)])
        said = override_sentence(decided, self.shop.zone) if decided is not None else ""
        self._put("decided", [" " + line for line in wrapped(said, width - 3)] if said else [])
        self._put("since", why_text.since(self.stored, self.reasons.verdict, width))
        self._put("reckoning", why_text.reckoning(verdict, category, width))
        self._put("choices", [head] if (head := why_text.choice_head(verdict, width)) else [])
        choices = why_text.choice_lines(verdict, width)
        picks = [Pick(str(n), line, row) for n, (line, row) in enumerate(choices)]
        self.query_one("#remedies", PickList).show(picks)
        half = width // 2 - 2 if width >= 110 else width
        self._put("notes", why_text.choice_notes(verdict, width))
        self._put("layers", why_text.layers(verdict, width))
        self._put("charged", why_text.charged(verdict, half))
        self._put("missing", why_text.missing(verdict, half))
        self._air(width)
        self._draw_rules()
        self.refresh_frame()
        self._say()

    def _air(self, width: int) -> None:
        """Blank rows between the parts where the whole page still fits."""

        def tall(*names: str) -> int:
            return sum(len(self._lines.get(name, ())) for name in names)

        beside = (tall("charged"), tall("missing"))
        rows = tall("first", "decided", "since", "reckoning", "choices", "notes", "layers")
        rows += min(12, self.query_one("#remedies", PickList).option_count) + _WHAT_IF
        rows += max(beside) + 5 if width >= 110 else sum(beside) + 6
        self.set_class(rows + _PARTS <= self.size.height - _FRAME, "-airy")

    def _put(self, name: str, lines: list[str]) -> None:
        self._lines[name] = lines
        part = self.query_one(f"#{name}", Static)
        part.display = bool(lines)
        part.update(content("\n".join(lines), lines=True))

    def _draw_rules(self) -> None:
        titles = {
            1: C_("panel", "How it was reckoned"),
            2: C_("panel", "What the customer may choose today"),
            3: C_("panel", "All layers"),
            4: C_("panel", "What would be charged"),
            5: C_("panel", "What is missing"),
            6: C_("panel", "What if"),
        }
        for number, title in titles.items():
            rule = self.query_one(f"#rule-{number}", Static)
            head = f"[{number} {title}] " if number == self.part else f" {number} {title}  "
            room = self.size.width // 2 if number in (4, 5) and self.size.width >= 110 else self.size.width
            rule.update(content(head + glyph("─") * max(0, room - cell_width(head) - 1)))

    def _say(self) -> None:
        row = self.selected
        chosen = ""
        if row is not None:
            chosen = _("Selected: {remedy}, {layer}. {disclaimer}").format(
                remedy=label(row.remedy), layer=label(row.layer), disclaimer=disclaimer()
            )
        below = _("Enter shows the clause in full · Tab to the what-if · y copies · p prints")
        self.say_now(chosen or disclaimer(), below)

    def on_resize(self, event: Resize) -> None:
        self.call_after_refresh(self.draw)

    # The what-if

    def on_field_edited(self, event: Field.Edited) -> None:
        event.stop()
        if isinstance(event.field, Choice):
            self.ask_what_if()
        else:
            self._say()

    def on_field_done(self, event: Field.Done) -> None:
        event.stop()
        if event.field.id != "part":
            self.focus_next()

    def ask_what_if(self) -> None:
        """Asks the judge again with the answers of the last part."""
        if self.reasons is None:
            return
        cause = self.query_one("#cause", Choice).answer
        on = self.reasons.today + _DAYS[self.query_one("#hand_in", Choice).answer or "today"]
        proof = Proof(self.query_one("#proof", Choice).answer or Proof.TOLD)
        chosen = None if cause in ("", AS_IT_IS) else Cause(cause)
        part = self.query_one("#part", Choice).answer or WHOLE
        self.read(
            "what_if", why_loading.what_if, self.shop, self.asked, chosen, proof, on, part, then=self._then
        )

    def _then(self, asked: Asked) -> None:
        if self.reasons is None:
            return
        if asked.error is not None or asked.verdict is None:
            said = refusal(asked.error) if asked.error is not None else ""
        else:
            said = why_text.then(asked.verdict, self.reasons.verdict)
        name = C_("whatif", "Then")
        self._put("then", [f"   {name}{' ' * max(1, 11 - cell_width(name))}{said}"])

    # Keys

    @property
    def selected(self) -> RemedyRow | None:
        """The remedy that is marked."""
        picked = self.query_one("#remedies", PickList).picked
        return picked.record if picked else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "letter" and parameters[0] == "app.part" and isinstance(self.focused, Choice):
            return False
        return super().check_action(action, parameters)

    def needs(self, action_id: str) -> Permission | None:
        return Permission.OVERRIDE if action_id == "app.edit" else super().needs(action_id)

    def why_not(self, action_id: str) -> str:
        if self.reasons is None and action_id in ("app.open", "app.copy"):
            return _("nothing is judged yet")
        if action_id == "app.open" and self.selected is None:
            return _("no rule speaks about this unit yet")
        if action_id == "app.print" and self.prints is None:
            return _("nothing of this is on file yet; save the call first")
        if action_id == "app.edit":
            return why_override.why_not(self.on_file, self.stored)
        return ""

    def hint(self, action_id: str) -> Hint:
        shown = super().hint(action_id)
        return replace(shown, key=f"1-{_PARTS}") if action_id == "app.part" else shown

    async def do_app_open(self) -> None:
        if isinstance(self.focused, Choice):
            self.focus_next()
            return
        row = self.selected
        if row is None:
            return
        clause = await ask(why_loading.clause, self.shop, row)
        await self.app.push_screen_wait(ClauseDialog(row, clause))

    def copy_text(self) -> str:
        verdict = self.verdict
        if verdict is None or self.reasons is None:
            return ""
        category = self.reasons.catalogue.label(verdict.category, language())
        return why_text.as_text(verdict, self.about, category)

    def do_app_copy(self) -> None:
        self.app.copy_to_clipboard(self.copy_text())
        self.shop_app.toast(_("The verdict was copied."))

    async def do_app_print(self) -> None:
        if self.prints is None:
            return
        note = _("What is on file is printed, with the verdict kept there; a what-if never is.")
        if self.prints.kind is RecordKind.DEVICE:
            note = _("What is on file is printed, as judged today; a what-if never is.")
        await print_form(self, self.prints, (Form.COVERAGE_STATEMENT,), self.name_on_paper, note)

    async def do_app_edit(self) -> None:
        if self.on_file is None or self.stored is None or self.reasons is None:
            return
        if await why_override.decide(self, self.on_file, self.stored, self.reasons.override):
            self.read_again()

    @property
    def on_file(self) -> Subject | None:
        """The job or call whose verdict is explained; a unit has none that is kept."""
        return None if self.prints is None or self.prints.kind is RecordKind.DEVICE else self.prints

    @property
    def name_on_paper(self) -> str:
        """What the statement is about, as it is read out."""
        return self.about or C_("kind", "device")

    def go_to_part(self, number: int) -> None:
        if not 1 <= number <= _PARTS:
            return
        self.part = number
        self._draw_rules()
        goal = self.query_one("#cause", Choice) if number == _PARTS else self.query_one("#remedies", PickList)
        self.set_focus(goal, scroll_visible=False)
        scroll = self.query_one("#why", VerticalScroll)
        scroll.scroll_to_widget(self.query_one(f"#rule-{number}"), top=True, animate=False)

    def focus_went(self) -> None:
        super().focus_went()
        self.part = _PARTS if isinstance(self.focused, Choice) else self.part if self.part != _PARTS else 2
        self._draw_rules()

    def action_page(self, by: int) -> None:
        """A page on or back."""
        scroll = self.query_one("#why", VerticalScroll)
        scroll.scroll_relative(y=by * max(1, scroll.size.height - 1), animate=False)

    def _move(self, where: str, by: int) -> None:
        remedies = self.query_one("#remedies", PickList)
        if isinstance(self.focused, Choice):
            self.focus_next() if by > 0 else self.focus_previous()
            return
        if not remedies.option_count:
            return
        at = remedies.highlighted or 0
        goals = {"first": 0, "last": remedies.option_count - 1}
        remedies.highlighted = min(max(goals.get(where, at + by), 0), remedies.option_count - 1)
