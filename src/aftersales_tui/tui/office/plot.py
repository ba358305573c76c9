"""The plot of the jobs per week; loaded only where there is room for it, because it costs a start."""

from collections.abc import Sequence

from textual_plotext import PlotextPlot

from aftersales_tui.tui.glyphs import glyph

BAR = 0.2
"""Width of a bar as a share of the room of a week."""
TICKS = 5


class WeeksPlot(PlotextPlot, can_focus=True):
    """Two bars a week, opened solid and closed dotted, so that it needs no colour."""

    DEFAULT_CSS = "WeeksPlot { height: 12; }"

    def show(self, weeks: Sequence[tuple[str, int, int]]) -> None:
        """Draws these weeks: name, opened, closed."""
        plot = self.plt
        plot.clear_figure()
        top = max([1, *(count for _week, opened, closed in weeks for count in (opened, closed))])
        for place, marker in ((1, glyph("█")), (2, glyph("░"))):
            if weeks:
                at = [n * 3 + place for n in range(len(weeks))]
                plot.bar(at, [week[place] for week in weeks], marker=marker, width=BAR, color="default")
        plot.xticks([n * 3 + 1.5 for n in range(len(weeks))], [week for week, _opened, _closed in weeks])
        plot.xlim(0, 3 * len(weeks))
        plot.ylim(0, top)
        step = -(-top // TICKS)
        plot.yticks(list(range(0, top + 1, step)))
        plot.xaxes(True, False)
        plot.yaxes(True, False)
        self.refresh()
