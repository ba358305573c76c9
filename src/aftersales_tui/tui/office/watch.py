"""What the owner has to watch in a month, beside its numbers."""

from textual.content import Content

from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.text import cut
from aftersales_tui.i18n import C_, _, formats, ngettext
from aftersales_tui.tui.office.loading import MonthPage
from aftersales_tui.tui.safe_text import plain
from aftersales_tui.tui.widgets.side import heading

TARGET = 0.98
"""The share of satisfied answers a shop wants to reach."""
MOST_NAMED = 3
_LONGEST = 74
"""Cells of one answer: two lines beside the measures."""


def watch_lines(page: MonthPage) -> list[str | Content]:
    """Satisfaction below the target, who was not happy and said what, and how the month is counted."""
    lines: list[str | Content] = []
    share = page.this.satisfied_share
    below = share is not None and round(share, 4) < TARGET
    if below or page.unhappy.total:
        lines.append(heading(C_("side", "Watch out")))
    if share is not None and below:
        said = _("Satisfied is {share}, the target is {target}.")
        lines.append(said.format(share=formats.percent(share), target=formats.percent(TARGET)))
    if page.unhappy.total:
        lines.append(_unhappy(page))
        for row in page.unhappy.rows[:MOST_NAMED]:
            number = show_number(NumberKind.FOLLOW_UP, row.number)
            about = f"{number} {row.who}"
            said = _("{about}: {words}").format(about=about, words=row.text) if row.text else about
            lines.append(cut(plain(said), _LONGEST))
    if lines:
        lines.append("")
    lines.append(_("Counted by completion day."))
    if page.days_to_go:
        month = formats.month(page.which.year, page.which.month)
        to_go = ngettext("{month} has {n} day to go.", "{month} has {n} days to go.", page.days_to_go)
        lines.append(to_go.format(month=month, n=page.days_to_go))
    return lines


def _unhappy(page: MonthPage) -> str:
    n = page.unhappy.total
    return ngettext(
        "{n} customer is dissatisfied or still has the fault. Somebody has to call again:",
        "{n} customers are dissatisfied or still have the fault. Somebody has to call again:",
        n,
    ).format(n=n)
