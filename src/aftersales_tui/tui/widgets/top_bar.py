"""Row 1: where one is, what waits elsewhere, who acts, what time it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from rich.text import Text
from textual.widget import Widget

from aftersales_tui.domain.text import cell_width, cut
from aftersales_tui.domain.words import Role
from aftersales_tui.i18n import C_, _
from aftersales_tui.i18n.formats import top
from aftersales_tui.i18n.labels import label
from aftersales_tui.tui.actions import AREAS, BY_ID
from aftersales_tui.tui.glyphs import glyph
from aftersales_tui.tui.safe_text import plain, safe_text


@dataclass(frozen=True, slots=True)
class TopState:
    """What the top row shows; ``counts`` is what waits for this person, by area."""

    shop: str = ""
    person: str = ""
    role: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    now: datetime | None = None


def top_line(state: TopState, area: str, width: int) -> str:
    """The row for a window of that width: the shop's name goes first when there is no room, then the date."""
    left = "".join(_area(name, state.counts.get(name, 0), active=name == area) for name in AREAS).rstrip()
    if not area:
        left = " aftersales"
    who = _("{person}, {role}").format(person=plain(state.person), role=role_label(state.role))
    parts = [plain(state.shop), who if state.person else "", top(state.now) if state.now else ""]
    dot = f" {glyph('·')} "
    first = 0 if width >= 110 else 1
    for drop in range(first, len(parts)):
        right = dot.join(part for part in parts[drop:] if part)
        room = width - cell_width(left) - cell_width(right) - 1
        if room >= 1:
            return left + " " * room + right + " "
    return cut(left, width)


def role_label(role: str) -> str:
    """The role in the language in use."""
    return label(Role(role)) if role in set(Role) else ""


def _area(name: str, count: int, *, active: bool) -> str:
    key, hint = f"F{AREAS.index(name) + 2}", C_(*BY_ID["app." + name].hint)
    text = f"{key} {hint}" + (f" {count}" if count else "")
    return f"[{text}]" if active else f" {text} "


class TopBar(Widget):
    """Row 1; reads its state from the app and fits itself to the width."""

    DEFAULT_CSS = "TopBar { height: 1; dock: top; background: $panel; }"

    def __init__(self, area: str) -> None:
        super().__init__()
        self.area = area

    def render(self) -> Text:
        state = getattr(self.app, "top_state", None) or TopState()
        return safe_text(top_line(state, self.area, self.size.width))
