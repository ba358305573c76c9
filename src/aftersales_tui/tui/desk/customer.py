"""The customer's card: devices with their warranty in words, what is open, what happened."""

from collections.abc import Awaitable, Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.events import ScreenResume

from aftersales_tui.domain.permissions import Permission
from aftersales_tui.domain.words import JobStatus, RecordKind
from aftersales_tui.domain.workflow import OPEN
from aftersales_tui.drafts import Draft
from aftersales_tui.i18n import C_, NC_, _, formats, language
from aftersales_tui.i18n.verdict_words import one_line
from aftersales_tui.tui.desk import asking, loading, person, sides
from aftersales_tui.tui.desk.history_rows import columns, draft_row, history_row
from aftersales_tui.tui.desk.loading import WholeCustomer
from aftersales_tui.tui.desk.record_screen import RecordScreen
from aftersales_tui.tui.widgets.panel import Column, Panel, PanelRow
from aftersales_tui.views.devices import DeviceView
from aftersales_tui.views.history import HistoryRow


class CustomerCard(RecordScreen):
    """Everything about one customer, and a call or a job for one of their devices in one key."""

    ACTIONS = (
        "app.open",
        "desk.new_call",
        "desk.open_job",
        "app.why",
        "app.edit",
        "app.copy",
        "app.note",
        "desk.follow_up",
        "app.device",
        "desk.answered",
        "app.log",
        "app.look_up",
        "desk.on_file",
        "desk.forget",
        "app.part",
        "app.back",
        "app.menu",
    )
    HINTS = {"app.copy": NC_("key", "copy phone")}

    def __init__(self, customer_id: int) -> None:
        super().__init__()
        self.customer_id = customer_id
        self.whole: WholeCustomer | None = None

    def path(self) -> tuple[str, ...]:
        name = self.whole.card.customer.name or self.copy_text() if self.whole else ""
        here = (C_("area", "Desk"), C_("title", "Customer"))
        return (*here, name) if name else here

    def help_words(self) -> str:
        return _(
            "Everything about one customer. n starts a call for the selected device, o opens a job on it; "
            "e changes the device, in the other parts the customer."
        )

    def compose_parts(self) -> ComposeResult:
        devices = (
            Column(C_("col", "Device"), 33),
            Column(C_("col", "Serial"), 15),
            Column(C_("col", "Warranty"), 29),
        )
        yield Panel(
            C_("panel", "Devices"), devices, id="devices", number=1, most=8,
            empty=(_("No device is on file. n starts a call and puts one there."),),
        )  # fmt: skip
        yield Panel(
            C_("panel", "Open jobs and calls"), columns(), id="open", number=2, most=8,
            empty=(_("Nothing is open."),),
        )  # fmt: skip
        yield Panel(
            C_("panel", "History"), columns(), id="history", number=3, empty=(_("Nothing happened yet."),)
        )

    # Reading

    def read_again(self) -> None:
        if self.shop is not None and self.shop_app.person is not None:
            self.read(
                "card", loading.customer, self.shop, self.customer_id, asking.person(self), then=self._show
            )

    def on_mount(self) -> None:
        self.read_again()

    def on_screen_resume(self, event: ScreenResume) -> None:
        """A form that was left may have left a draft."""
        self.read_again()

    def _show(self, whole: WholeCustomer) -> None:
        self.whole = whole
        card, zone = whole.card, self.shop.zone
        self.part("devices").patch(
            [
                PanelRow(
                    f"device:{d.id}",
                    (
                        d.title or whole.catalogue.label(d.category, language()),
                        d.serial,
                        sides.short_verdict(d),
                    ),
                    d,
                )
                for d in card.devices
            ]
        )
        drafts = [draft_row(draft, zone) for draft in whole.drafts]
        self.part("open").patch([*drafts, *(history_row(item, zone) for item in card.open_items)])
        made = card.customer.created_at.astimezone(zone).date()
        by = card.customer.created_by
        begun = _("Customer file made by {name}").format(name=by) if by else _("Customer file made")
        past = [history_row(item, zone) for item in card.history]
        self.part("history").patch([*past, PanelRow("made", (formats.day_cell(made), "", begun, ""))])
        changed = ""
        if card.customer.erased_at is not None:
            when = formats.day(card.customer.erased_at.astimezone(zone).date())
            changed = _("the person was forgotten on {day}").format(day=when)
        elif card.changed_by and card.changed_at is not None:
            changed = _("changed by {name} {when}").format(
                name=card.changed_by,
                when=formats.when(card.changed_at.astimezone(zone), self.shop.now().date()),
            )
        self.set_title(note=changed)
        self.draw_head()
        self.show_selected()

    def draw_head(self) -> None:
        if self.whole is None:
            return
        customer = self.whole.card.customer
        named = _("{phone} ({label})")
        phones = sides.dotted(
            *(
                named.format(phone=phone.shown, label=phone.label) if phone.label else phone.shown
                for phone in customer.phones
            )
        )
        notes = (C_("card", "Notes"), " ".join(customer.notes.split()))
        region = (C_("card", "Region"), customer.region)
        rows = [[(C_("card", "Phones"), phones), region]]
        address = (C_("card", "Address"), " ".join(customer.address.split()))
        if self.short:
            device = self.device
            verdict = device.verdict if device is not None else None
            self.show_head([*rows, [address, notes]], one_line(verdict) if verdict else "")
            return
        email = (C_("card", "E-mail"), customer.email)
        group = (C_("card", "Price group"), customer.price_group or C_("card", "normal"))
        self.show_head([*rows, [address, email], [notes, group]])

    # What is said

    @property
    def device(self) -> DeviceView | None:
        """The device the selected row is about."""
        record = self.record
        if isinstance(record, DeviceView):
            return record
        wanted = getattr(record, "device_id", None)
        devices = self.whole.card.devices if self.whole else ()
        return next((device for device in devices if device.id == wanted), None)

    def now_lines(self, panel: Panel, row: PanelRow | None) -> tuple[str, str]:
        if row is None or row.record is None:
            return (_("Selected: nothing."), _("n starts a call for this customer · e changes the file"))
        record = row.record
        if isinstance(record, DeviceView):
            last = sides.number_of("job", record.last_job_number)
            said = (
                _("Selected: {device}, repaired before ({job}).").format(device=row.cells[0], job=last)
                if last
                else _("Selected: {device}, not repaired here yet.").format(device=row.cells[0])
            )
            return said, _("Enter opens its card · n starts a call for it · o opens a job on it")
        said = _("Selected: {no} {what}, {result}.").format(
            no=row.cells[1], what=row.cells[2], result=row.cells[3]
        )
        if isinstance(record, Draft):
            return said, _("Enter goes on with it")
        return said, _("Enter opens it · n starts a call for its device · e changes the customer")

    def side_lines(self, panel: Panel, row: PanelRow | None) -> Sequence[str | Content]:
        device = self.device
        if device is not None:
            return sides.verdict_lines(device.verdict, device.serial)
        return sides.customer_lines(self.whole.card) if self.whole else ()

    def show_selected(self) -> None:
        super().show_selected()
        if self.short:
            self.draw_head()

    # Doing

    def why_not(self, action_id: str) -> str:
        record = self.record
        if self.whole is None and action_id in self.ACTIONS:
            return "" if action_id in ("app.back", "app.look_up", "app.menu") else _("it is being read")
        if action_id == "app.open":
            return self.nothing() if record is None else ""
        if action_id in ("app.why", "app.device", "desk.open_job") and self.device is None:
            return _("select a device first")
        if action_id == "app.copy" and not self.copy_text():
            return _("no phone is known")
        if action_id == "desk.answered":
            return "" if self._open_job is not None else _("select an open job first")
        if action_id == "desk.forget" and self.whole is not None and self.whole.card.customer.erased_at:
            return _("the person is forgotten already")
        if action_id == "desk.follow_up" and self._newest_job is None:
            return _("there is no job yet")
        return ""

    def needs(self, action_id: str) -> Permission | None:
        if action_id == "app.edit" and not isinstance(self.record, DeviceView):
            return Permission.KEEP_CUSTOMERS
        return super().needs(action_id)

    @property
    def _open_job(self) -> HistoryRow | None:
        record = self.record
        if isinstance(record, HistoryRow) and record.kind is RecordKind.JOB:
            return record if JobStatus(record.status) in OPEN else None
        return None

    @property
    def _newest_job(self) -> HistoryRow | None:
        record = self.record
        if isinstance(record, HistoryRow) and record.kind is RecordKind.JOB:
            return record
        if self.whole is None:
            return None
        items = (*self.whole.card.history, *self.whole.card.open_items)
        return next((item for item in items if item.kind is RecordKind.JOB), None)

    def do_app_open(self) -> Awaitable[object] | None:
        record = self.record
        if isinstance(record, DeviceView):
            return self.open_screen("device", record.id)
        return self.open_record(record)

    def do_desk_new_call(self) -> Awaitable[object]:
        device = self.device
        return self.open_screen(
            "call_form", customer_id=self.customer_id, device_id=device.id if device else None
        )

    async def do_desk_open_job(self) -> None:
        if self.device is not None:
            await asking.open_on_device(self, self.device.id, self.device.title)

    async def do_desk_answered(self) -> None:
        if self._open_job is not None:
            await self.log_progress(self._open_job)

    async def do_desk_follow_up(self) -> None:
        record = self.record
        if isinstance(record, HistoryRow) and record.kind is RecordKind.FOLLOW_UP:
            await self.open_screen("follow_up", record.id)
        elif self._newest_job is not None:
            await asking.follow_up_of(self, self._newest_job.id)

    def do_app_why(self) -> Awaitable[object]:
        assert self.device is not None
        return self.open_screen("why", self.device.id, title=self.device.title)

    def do_app_device(self) -> Awaitable[object]:
        assert self.device is not None
        return self.open_screen("device", self.device.id)

    def do_app_edit(self) -> Awaitable[object]:
        record = self.record
        if isinstance(record, DeviceView):
            return self.open_screen("device_edit", record.id)
        return self.open_screen("customer_edit", self.customer_id)

    async def do_app_note(self) -> None:
        await asking.note(self, "customer", self.customer_id, self.path()[-1])

    async def do_desk_on_file(self) -> None:
        await person.give_out(self, self.customer_id)

    async def do_desk_forget(self) -> None:
        if await person.forget(self, self.customer_id):
            self.read_again()

    def do_app_log(self) -> Awaitable[object]:
        return self.open_screen("log", RecordKind.CUSTOMER, self.customer_id)

    def copy_text(self) -> str:
        phones = self.whole.card.customer.phones if self.whole else ()
        return phones[0].shown if phones else ""
