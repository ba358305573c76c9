"""A bare Textual app with the widgets of the desk's home, and nothing behind them."""

from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import ContentSwitcher, DataTable, Input, Static

PARTS = {
    "calls": ("Open calls", ("No.", "Customer", "Device and fault", "Needs")),
    "follow": ("Follow-ups due", ("No.", "Customer", "Job and outcome", "Due")),
    "ready": ("Ready to collect", ("No.", "Customer", "Device", "Since")),
}
WIDTHS = (7, 20, 26, 24)


class Desk(App[None]):
    """The rows 1 and 2, three tables with their rules, the side, two Now lines and the key row."""

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    #top, #now, #keys, .rule { height: 1; }
    #now { height: 2; }
    #find { height: 1; }
    #find Static { width: auto; }
    #scrap { width: 1fr; border: none; height: 1; padding: 0; }
    #body { height: 1fr; }
    #core { width: 80; }
    #side { width: 1fr; border-left: solid white; }
    #found { height: 1fr; }
    #home > Vertical { height: auto; }
    #home > #calls { height: 1fr; }
    #calls DataTable { height: 1fr; }
    #follow DataTable { height: auto; max-height: 10; }
    #ready DataTable { height: auto; max-height: 9; }
    """

    def compose(self) -> ComposeResult:
        yield Static("[F2 Desk] F3 Bench  F4 Office", id="top", markup=False)
        with Horizontal(id="find"):
            yield Static(" / Look up ")
            yield Input(id="scrap", compact=True, placeholder="phone digits, name, initials, serial tail")
            yield Static("LIST")
        with Horizontal(id="body"):
            with ContentSwitcher(initial="home", id="core"):
                with Vertical(id="home"):
                    for name, (title, columns) in PARTS.items():
                        with Vertical(id=name):
                            yield Static(title, classes="rule")
                            yield self.table(columns)
                with Vertical(id="results"):
                    yield Static("Found", classes="rule")
                    yield self.table(PARTS["calls"][1])
            with VerticalScroll(id="side"):
                yield Static("")
        yield Static("", id="now")
        yield Static("Enter open  n new call  / look up  F1 help", id="keys")

    def table(self, columns: tuple[str, ...]) -> DataTable[str]:
        """An empty table of a part."""
        made: DataTable[str] = DataTable(cursor_type="row", cell_padding=0, show_row_labels=False)
        made.add_column("", width=3)
        for label, width in zip(columns, WIDTHS, strict=True):
            made.add_column(label, width=width)
        return made


if __name__ == "__main__":
    Desk().run()
