"""A screen of lists: numbered panels, letters act."""

from collections.abc import Sequence
from typing import TypeVar

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Key
from textual.widgets import Input

from aftersales_tui.i18n import _
from aftersales_tui.tui.actions import ACTIONS
from aftersales_tui.tui.bindings import bindings_for
from aftersales_tui.tui.screens_base import FrameScreen
from aftersales_tui.tui.widgets.panel import Panel, PanelRow
from aftersales_tui.tui.widgets.parts import PartsLine

R = TypeVar("R")

_QUIET = ("app.part", "app.earlier", "app.later")
"""What moves; where there is nothing to move to there is nothing to say."""


class ListScreen(FrameScreen[R]):
    """Subclass it, yield ``Panel``s from ``compose_core`` and fill them with ``patch`` in ``read_again``."""

    BINDINGS = bindings_for("list")
    PARTS_IN_TITLE = False
    """In low windows the parts line takes the place of row 2."""

    def __init__(self) -> None:
        super().__init__()
        self.active_part = 1
        self._parts: dict[str, list[Panel]] = {}
        self._composed = False

    def compose_above(self) -> ComposeResult:
        yield PartsLine()

    # What a screen says

    def now_lines(self, panel: Panel, row: PanelRow | None) -> tuple[str, str]:
        """The two rows of the Now line for the selected record; ``row`` is ``None`` in an empty panel."""
        return (_("Selected: nothing, the list is empty."), "")

    def side_lines(self, panel: Panel, row: PanelRow | None) -> "Sequence[str | Content]":
        """The side for the selected record."""
        return ()

    # What it has

    @property
    def panels(self) -> list[Panel]:
        """The parts in order."""
        return self.parts("#core Panel")

    def parts(self, selector: str) -> list[Panel]:
        """The panels that match; a screen never changes them, so they are looked for once it is composed."""
        found = self._parts.get(selector)
        if found is None:
            found = list(self.query(selector).results(Panel))
            if self._composed:
                self._parts[selector] = found
        return found

    @property
    def panel(self) -> Panel:
        """The active part."""
        panels = self.panels
        return next((panel for panel in panels if panel.number == self.active_part), panels[0])

    @property
    def current(self) -> PanelRow | None:
        """The selected record."""
        return self.panel.current if self.panels else None

    def select(self, panel_id: str, key: str) -> bool:
        """Puts the cursor on a record, whatever part it is in, as after saving it."""
        for panel in self.panels:
            if panel.id == panel_id and panel.select(key):
                self.go_to_part(panel.number)
                return True
        return False

    def offers(self, action_id: str) -> bool:
        return (action_id == "app.part" and len(self.panels) > 1) or super().offers(action_id)

    def shown_key(self, action_id: str) -> str:
        last = len(self.panels)
        return f"1-{last}" if action_id == "app.part" and last > 1 else super().shown_key(action_id)

    def on_key(self, event: Key) -> None:
        """A key that means something on other screens says so here; none is swallowed without a word.

        Keys that act here come by as well, before their bindings are asked.
        """
        if self.types and event.is_printable:
            return
        keys = self.shop_app.key_map
        meant = [a for a in ACTIONS if event.character in keys.keys(a) or event.key in keys.typing(a)]
        told = [a for a in meant if a.id not in _QUIET and not a.id.startswith("form.")]
        if told and not any(self.offers(a.id) for a in meant):
            self.not_now(_("“{action}” is not done on this screen").format(action=told[0].shown_name))

    # Moving

    def go_to_part(self, number: int) -> None:
        for panel in self.panels:
            if panel.number == number:
                self._activate(panel)
                self.set_focus(panel.focus_target)

    def go_home(self) -> None:
        for panel in self.panels:
            panel.home()
        if self.panels:
            self.go_to_part(self.panels[0].number)

    def do_form_next(self) -> None:
        self._next_part(1)

    def do_form_previous(self) -> None:
        self._next_part(-1)

    def _next_part(self, by: int) -> None:
        numbers = [panel.number for panel in self.panels]
        if not numbers:
            return
        if isinstance(self.focused, Input):
            self.go_to_part(self.active_part)
            return
        at = numbers.index(self.panel.number)
        self.go_to_part(numbers[(at + by) % len(numbers)])

    def _move(self, where: str, by: int) -> None:
        if not self.panels:
            return
        panel = self.panel
        steps = {"up": -1, "down": 1, "first": -len(panel.rows), "last": len(panel.rows)}
        panel.step(steps[where])
        if where == "first":
            panel.table.moved = True

    # Drawing

    def on_mount(self) -> None:
        self._composed = True
        if self.panels:
            self._activate(self.panel)
            self.take_focus()
            self.show_selected()

    def take_focus(self) -> None:
        if self.focused is None and self.panels:
            self.set_focus(self.panel.focus_target)

    def focus_went(self) -> None:
        focused = self.focused
        for panel in self.panels:
            if focused is not None and panel in focused.ancestors:
                self._activate(panel)
                self.show_selected()
        super().focus_went()

    def on_panel_moved(self, event: Panel.Moved) -> None:
        self._show_parts()
        if event.panel.number == self.active_part:
            self.show_selected()

    async def on_panel_opened(self, event: Panel.Opened) -> None:
        if self.can("app.open"):
            await self.action_act("app.open")

    def show_selected(self) -> None:
        """Says on the Now line, beside the list and in the key row what is selected."""
        if not self.panels or not self.app.is_running:
            return
        panel, row = self.panel, self.current
        self.say_now(*self.now_lines(panel, row))
        self.show_side(self.side_lines(panel, row))
        self.refresh_frame()

    def _activate(self, active: Panel) -> None:
        self.active_part = active.number
        for panel in self.panels:
            panel.active = panel is active
            panel.set_class(panel is active, "-active")
            panel.show_title()
        self._show_parts()

    def _show_parts(self) -> None:
        parts = [(panel.number, panel.title_text) for panel in self.panels]
        mode = self.mode() if self.PARTS_IN_TITLE else ""
        for line in self.query(PartsLine):
            line.show(parts, self.active_part, mode)
            line.set_class(len(parts) < 2 and not self.PARTS_IN_TITLE, "-single")
        self.set_class(self.PARTS_IN_TITLE, "-parts-in-title")
