"""The service card of one unit: its numbers and dates, the verdict, what happened to it."""

from collections.abc import Awaitable, Sequence

from textual.app import ComposeResult
from textual.content import Content

from aftersales_tui.domain.papers import Form, Subject
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.i18n import C_, _, formats
from aftersales_tui.i18n.labels import label
from aftersales_tui.i18n.reason_words import watch_out_line
from aftersales_tui.i18n.verdict_words import one_line
from aftersales_tui.tui.desk import asking, loading, sides
from aftersales_tui.tui.desk.history_rows import columns, history_row
from aftersales_tui.tui.desk.loading import WholeDevice
from aftersales_tui.tui.desk.record_screen import Pairs, RecordScreen
from aftersales_tui.tui.printing import print_form
from aftersales_tui.tui.widgets.panel import Panel, PanelRow
from aftersales_tui.views.devices import DeviceView


def date_words(device: DeviceView) -> list[tuple[str, str]]:
    """The dates that are known, in the order of a unit's life."""
    dates = (
        (C_("field", "Produced"), device.produced_on),
        (C_("field", "Sold"), device.sold_on),
        (C_("field", "Invoiced"), device.invoiced_on),
        (C_("field", "Delivered"), device.delivered_on),
        (C_("field", "Installed"), device.installed_on),
        (C_("field", "Accepted"), device.accepted_on),
    )
    return [(name, formats.day(day)) for name, day in dates if day is not None]


class DeviceCard(RecordScreen):
    """One unit on file."""

    ACTIONS = (
        "app.open",
        "desk.new_call",
        "desk.open_job",
        "app.why",
        "app.edit",
        "app.copy",
        "app.print",
        "app.log",
        "app.look_up",
        "app.back",
        "app.menu",
    )

    SECOND = 44

    def __init__(self, device_id: int) -> None:
        super().__init__()
        self.device_id = device_id
        self.whole: WholeDevice | None = None

    def path(self) -> tuple[str, ...]:
        here = (C_("area", "Desk"), C_("field", "Device"))
        return (*here, self.whole.device.title or self.whole.device.serial) if self.whole else here

    def help_words(self) -> str:
        return _("The service card of one unit: its numbers and dates, the verdict, what happened to it.")

    def compose_parts(self) -> ComposeResult:
        yield Panel(
            C_("panel", "This unit before"), columns(), id="history", number=1,
            empty=(_("Nothing happened to it here yet."),),
        )  # fmt: skip

    def on_mount(self) -> None:
        self.add_class("-one-part")
        self.read_again()

    def read_again(self) -> None:
        if self.shop is not None:
            self.read("card", loading.device, self.shop, self.device_id, then=self._show)

    def _show(self, whole: WholeDevice) -> None:
        self.whole = whole
        rows = [history_row(item, self.shop.zone, of_unit=True) for item in whole.history]
        self.part("history").patch(rows)
        self.draw_head()
        self.show_selected()

    def draw_head(self) -> None:
        if self.whole is None:
            return
        device = self.whole.device
        dates = date_words(device)
        rows: list[Pairs] = [
            [(C_("field", "Product"), device.title), (C_("field", "Category"), self.whole.category)],
            [(C_("field", "Serial"), device.serial), (C_("title", "Customer"), device.customer_name)],
        ]
        shown = dates or [(C_("field", "Sold"), "")]
        rows += [shown[n : n + 2] for n in range(0, len(shown), 2)]
        rows.append(
            [(C_("field", "Proof"), label(device.proof)), (C_("field", "Invoice no."), device.invoice_no)]
        )
        verdict = one_line(device.verdict) if device.verdict else ""
        if self.short:
            self.show_head(rows, verdict, watch_out_line(device.verdict) if device.verdict else "")
            return
        rows.append([(C_("field", "Seller"), device.seller), (C_("field", "Place"), device.place)])
        rows.append([(C_("field", "Notes"), " ".join(device.notes.split()))])
        self.show_head(rows)

    # What is said

    def now_lines(self, panel: Panel, row: PanelRow | None) -> tuple[str, str]:
        keys = _("n starts a call for it · o opens a job on it · e changes the card")
        if row is None or self.whole is None:
            return (self.path()[-1], keys)
        said = _("Selected: {no} {what}, {result}.").format(
            no=row.cells[1], what=row.cells[2], result=row.cells[3]
        )
        return said, keys

    def side_lines(self, panel: Panel, row: PanelRow | None) -> Sequence[str | Content]:
        device = self.whole.device if self.whole else None
        return sides.verdict_lines(device.verdict, device.serial) if device is not None else ()

    # Doing

    def why_not(self, action_id: str) -> str:
        if action_id == "app.open" and self.record is None:
            return self.nothing()
        if action_id == "app.copy" and not self.copy_text():
            return _("no serial number is known")
        return ""

    def do_app_open(self) -> Awaitable[object] | None:
        return self.open_record(self.record)

    def do_desk_new_call(self) -> Awaitable[object]:
        owner = self.whole.device.customer_id if self.whole else None
        return self.open_screen("call_form", customer_id=owner, device_id=self.device_id)

    async def do_desk_open_job(self) -> None:
        await asking.open_on_device(self, self.device_id, self.path()[-1])

    def do_app_why(self) -> Awaitable[object]:
        return self.open_screen("why", self.device_id, title=self.path()[-1])

    async def do_app_print(self) -> None:
        about = Subject(RecordKind.DEVICE, self.device_id)
        await print_form(self, about, (Form.COVERAGE_STATEMENT,), self.path()[-1])

    def do_app_edit(self) -> Awaitable[object]:
        return self.open_screen("device_edit", self.device_id)

    def do_app_log(self) -> Awaitable[object]:
        return self.open_screen("log", RecordKind.DEVICE, self.device_id)

    def copy_text(self) -> str:
        return self.whole.device.serial if self.whole else ""
