"""Running text in lines of cells: words stay whole, Chinese may break between any two characters."""

from collections.abc import Sequence

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from aftersales_tui.domain.text import cell_width, is_cjk
from aftersales_tui.tui.safe_text import content, plain

_NEVER_FIRST = "，。；：！？、）》”’…"
_NEVER_LAST = "（《“‘"


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most ``width`` cells; Chinese may break anywhere, words only when too long."""
    lines, line = [], ""
    for piece in _pieces(plain(text)):
        if cell_width(line + piece.rstrip()) <= width:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = ""
        for char in piece.lstrip():
            if line and cell_width(line + char) > width:
                lines.append(line)
                line = ""
            line += char
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(text: str) -> Sequence[str]:
    """Words with the blanks after them; each Chinese character by itself, with its punctuation."""
    pieces: list[str] = []
    for char in text:
        last = pieces[-1][-1] if pieces else ""
        joins = char in _NEVER_FIRST or (last and last in _NEVER_LAST)
        breaks = is_cjk(char) or is_cjk(last or " ") or char in _NEVER_LAST
        if not pieces or (last == " " and char not in " %") or (breaks and not joins and char != " "):
            pieces.append(char)
        else:
            pieces[-1] += char
    return pieces


class RunningText(Visual):
    """Lines of user text broken anew for every width; a ``Content`` among them keeps its own breaks."""

    def __init__(self, lines: Sequence[str | Content]) -> None:
        self.lines = [
            row
            for line in lines
            for row in (plain(line, lines=True).split("\n") if isinstance(line, str) else [line])
        ]

    def __str__(self) -> str:
        return "\n".join(str(line) for line in self.lines)

    def _broken(self, width: int) -> Content:
        parts = [
            content("\n".join(wrapped(line, max(1, width))), lines=True) if isinstance(line, str) else line
            for line in self.lines
        ]
        return Content("\n").join(parts)

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        return self._broken(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return max((cell_width(str(line)) for line in self.lines), default=0)

    def get_height(self, rules: RulesMap, width: int) -> int:
        return self._broken(width).get_height(rules, width)
