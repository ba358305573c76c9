"""The look-up line over the lists of the desk: it finds while one types, and gives the lists back."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Sequence
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import ContentSwitcher, Input, Static

from aftersales_tui.domain.errors import ShopError
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.i18n import C_, _
from aftersales_tui.tui.ask import ask
from aftersales_tui.tui.desk import found_rows, loading, sides
from aftersales_tui.tui.glyphs import glyph
from aftersales_tui.tui.list_screen import ListScreen
from aftersales_tui.tui.safe_text import content, plain
from aftersales_tui.tui.widgets.key_bar import Hint
from aftersales_tui.tui.widgets.panel import Panel, PanelRow
from aftersales_tui.tui.widgets.title_line import mode_word

if TYPE_CHECKING:
    from aftersales_tui.views.jobs import JobRow
    from aftersales_tui.views.search import Found, Hit

FIRST, KEPT, MOST = 20, 50, 200
"""Rows painted first, rows kept while typing, rows shown once one goes into the results."""
REST = 0.2
"""Seconds without a key after which the rest of the rows is painted."""
LONGEST = 200
"""Characters a scrap may have; what is pasted beyond them is left out."""
_SCANNED = re.compile(r"[/、]\s*([a-zA-Z]-?[0-9]+)\s*$")


class ScrapLine(Input):
    """The line of the look-up; it takes text only, its keys belong to the screen."""

    DEFAULT_CSS = """
    ScrapLine { width: 1fr; background: transparent; border: none; padding: 0; height: 1; color: $text; }
    ScrapLine:focus { background: $primary 20%; border: none; }
    """

    def validate_value(self, value: str) -> str:
        """Whatever is typed or pasted, without control characters."""
        return plain(value)[:LONGEST]


class LookUpLine(Horizontal):
    """Row 2 of the desk: the line, and the word that says whether letters act or type."""

    DEFAULT_CSS = """
    LookUpLine { height: 1; }
    LookUpLine > .lab { width: auto; }
    LookUpLine:focus-within { background: transparent; }
    LookUpLine:focus-within > .lab { text-style: reverse; }
    LookUpLine > .mode { width: auto; padding: 0 2 0 2; }
    """

    def compose(self) -> ComposeResult:
        label = C_("panel", "Look up")
        yield Static(content(f" / {label} "), classes="lab", markup=False)
        where = C_("find", "phone digits, name, initials, serial tail, number, words of the fault")
        yield ScrapLine(id="scrap", compact=True, placeholder=where, select_on_focus=False)
        yield Static("", classes="mode", markup=False)

    def show_mode(self, mode: str, note: str) -> None:
        """The mode word, and what is going on."""
        word = mode_word(mode) + (f" {glyph('·')} {plain(note)}" if note else "")
        self.query_one(".mode", Static).update(content(word))


class LookUpScreen(ListScreen[None]):
    """A list screen with the look-up over its lists; subclass it and yield them from ``compose_lists``."""

    def __init__(self) -> None:
        super().__init__()
        self._wanted = ""
        self._answered: tuple[str, int] = ("", 0)
        self._limit = KEPT
        self._asking = False
        self._again = False
        self._asked = asyncio.Event()
        self._open_when_found = ""
        self._came_from = 1
        self._note = ""
        self._found: Found | None = None

    def compose_title(self) -> ComposeResult:
        yield LookUpLine()

    def compose_core(self) -> ComposeResult:
        with ContentSwitcher(initial="home", id="lists"):
            with Vertical(id="home"):
                yield from self.compose_lists()
            yield Panel("", found_rows.columns(), id="found", number=0)

    def compose_lists(self) -> ComposeResult:
        """The lists that stand there while nobody looks anything up."""
        yield from ()

    def on_mount(self) -> None:
        self.results.marked_without_focus = True
        self.results.set_title(_("found {n}").format(n=0), counted=False)

    # What there is

    @property
    def scrap(self) -> ScrapLine:
        """The look-up line."""
        return self.query_one("#scrap", ScrapLine)

    @property
    def results(self) -> Panel:
        """The list of what was found."""
        return self.query_one("#found", Panel)

    @property
    def finding(self) -> bool:
        """Whether the results are shown."""
        return bool(self._wanted)

    @property
    def hit(self) -> Hit | None:
        """The marked result."""
        row = self.results.current if self.finding else None
        return row.record if row is not None else None

    @property
    def asked_job(self) -> JobRow | None:
        """What "is it ready?" is about: the marked job, or the only open one of the marked card."""
        hit, found = self.hit, self._found
        if hit is None or hit.kind is RecordKind.JOB:
            return hit.job if hit is not None else None
        if found is None or found.total > len(found.items) or not found_rows.is_own(hit):
            return None
        of = "device_id" if hit.kind is RecordKind.DEVICE else "customer_id"
        jobs = [one.job for one in found.items if found_rows.is_open(one.job)]
        jobs = [job for job in jobs if getattr(job, of) == getattr(hit, of)]
        return jobs[0] if len(jobs) == 1 else None

    @property
    def panels(self) -> list[Panel]:
        return self.parts("#found" if self.finding else "#home Panel")

    def set_title(self, *, state: str | None = None, note: str | None = None) -> None:
        self._note = self._note if note is None else note
        for line in self.query(LookUpLine):
            line.show_mode(self.mode(), self._note)

    # Going in and out

    def look_up(self, initial: str) -> Awaitable[object] | None:
        if not self.finding:
            self._came_from = self.active_part
        if initial:
            self.scrap.value = initial
        self.set_focus(self.scrap)
        self.scrap.action_select_all()
        return None

    def do_app_back(self) -> None:
        if self.finding and self.focused is not self.scrap:
            self.set_focus(self.scrap)
            return
        self.scrap.value = ""
        self.leave_results()

    def leave_results(self) -> None:
        """Back to the lists, to the part one came from."""
        self._want("")
        self.go_to_part(self._came_from)
        self.show_selected()

    def go_home(self) -> None:
        self.scrap.value = ""
        self._want("")
        super().go_home()

    def do_form_next(self) -> None:
        if not self.finding:
            super().do_form_next()
        elif self.focused is self.scrap:
            self._go_into_results()
        else:
            self.set_focus(self.scrap)

    do_form_previous_of_lists = ListScreen.do_form_previous

    def do_form_previous(self) -> None:
        if self.finding:
            self.do_form_next()
        else:
            self.do_form_previous_of_lists()

    def _go_into_results(self) -> None:
        self.go_to_part(self.results.number)
        if self._found is not None and self._found.total > len(self._found.items):
            self._limit = MOST
            self._look()

    # Finding

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._want(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter opens the marked row of exactly what is typed: a scanner is faster than the answer."""
        event.stop()
        if not self._wanted:
            self.go_to_part(self._came_from)
        elif self._answered[0] == self._wanted:
            self._open_found()
        else:
            self._open_when_found = self._wanted

    def _want(self, value: str) -> None:
        scanned = _SCANNED.search(value)
        wanted = scanned[1] if scanned else value.lstrip("/、 ").strip()
        if wanted == self._wanted:
            return
        before, self._wanted = self._wanted, wanted
        self._open_when_found = ""
        if not wanted:
            self._answered = ("", 0)
            self._found = None
            self.results.patch([])
            self.query_one("#lists", ContentSwitcher).current = "home"
            return
        if not before:
            if self.active_part:
                self._came_from = self.active_part
            self.query_one("#lists", ContentSwitcher).current = "found"
            self._activate(self.results)
        self.results.home()
        self._limit = KEPT
        self._look()

    def _look(self) -> None:
        self._again = True
        self._asked.set()
        if not self._asking and self.shop is not None:
            self._asking = True
            self.run_worker(self._look_up(), group="read:found")

    async def _look_up(self) -> None:
        """Asks one question at a time; what was typed meanwhile is the next question."""
        try:
            while self._again:
                self._again = False
                self._asked.clear()
                text, limit = self._wanted, self._limit
                if not text:
                    return
                first = min(FIRST, limit) if self._answered[0] != text else limit
                found = await ask(loading.find, self.shop, text, first)
                if text != self._wanted:
                    continue
                self._show_found(found, text, first)
                if found.total > first < limit and await self._rests():
                    found = await ask(loading.find, self.shop, text, limit)
                    if text == self._wanted:
                        self._show_found(found, text, limit)
        except ShopError as error:
            self.show_error(error)
        finally:
            self._asking = False

    async def _rests(self) -> bool:
        """Whether nothing is asked for a moment: painting every row would hold up the next key."""
        try:
            await asyncio.wait_for(self._asked.wait(), REST)
        except TimeoutError:
            return True
        return False

    def _show_found(self, found: Found, text: str, limit: int) -> None:
        self._found, self._answered = found, (text, limit)
        panel = self.results
        now = self.shop.now()
        panel.set_title(found_rows.title(found, len(found.items)), counted=False)
        if not found.items:
            panel.set_empty(*found_rows.nothing_found(found, text))
        panel.patch(found_rows.rows_of(found, text, now.date(), self.shop.zone))
        if self._open_when_found == text:
            self._open_found()

    def _open_found(self) -> None:
        self._open_when_found = ""
        if self.hit is not None:
            self.app.run_worker(self.open_hit(self.hit))

    async def open_hit(self, hit: Hit) -> None:
        """Opens the record that was found; the look-up keeps its words."""
        await self.open_screen(hit.kind.value, hit.id)

    def look_again(self) -> None:
        """Something changed: the same question once more, the mark stays on its record."""
        if self.finding:
            self.results.table.moved = True
            self._look()

    # What is said

    def hints(self) -> Sequence[Hint]:
        hit = self.hit
        asked = [self.hint("desk.answered")] if found_rows.is_open(self.asked_job) else []
        if self.focused is not self.scrap:
            usual = [hint for hint in super().hints() if self.current is not None or not hint.dim]
            return usual[:1] + asked + usual[1:]
        ends = [self.hint("app.back"), self.hint("app.menu")]
        calls = [self.hint("desk.new_call")]
        if hit is None:
            return calls + ends
        opens = Hint("Enter", self.hint("app.open").word)
        tab = Hint("Tab", C_("key", "results"))
        return [opens, tab, *asked, *calls, self.hint("desk.open_job"), self.hint("app.why"), *ends]

    def found_now(self, row: PanelRow | None) -> tuple[str, str]:
        """The Now line over the results."""
        if row is None:
            return (
                _("Nothing is selected. The look-up searches all years, closed jobs too."),
                _("ctrl+n starts a call for a new caller · Esc back to the desk"),
            )
        first = row is self.results.rows[0]
        now = self.shop.now()
        return found_rows.now_words(
            row.record, self.asked_job, first, now.date(), self.shop.zone, self._wanted
        )

    def found_side(self, hit: Hit | None) -> Sequence[str | Content]:
        """The side of the marked result; what has to be read follows."""
        if hit is None:
            return ()
        now, zone = self.shop.now(), self.shop.zone
        if hit.kind is RecordKind.JOB and hit.job is not None:
            return sides.job_lines(hit.job, now, zone)
        readers: dict[RecordKind, Any] = {
            RecordKind.CUSTOMER: (loading.card, sides.customer_lines),
            RecordKind.DEVICE: (loading.device, lambda found: sides.device_lines(found.device)),
            RecordKind.CALL: (loading.call, lambda found: sides.call_lines(found, now, zone)),
        }
        if hit.kind in readers and self.has_class("-wide"):
            load, words = readers[hit.kind]

            def show(found: Any) -> None:
                if self.hit is hit:
                    self.show_side(words(found))

            self.read("side", load, self.shop, hit.id, then=show)
        return [hit.title]
