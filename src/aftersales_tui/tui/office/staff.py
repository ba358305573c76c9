"""The people of the shop: who works here, in which role, who has a PIN."""

from collections.abc import Awaitable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content

from aftersales_tui.domain.permissions import Permission, may
from aftersales_tui.domain.words import RecordKind, Role
from aftersales_tui.i18n import C_, NC_, _
from aftersales_tui.i18n.finding_words import sentence
from aftersales_tui.i18n.labels import label
from aftersales_tui.i18n.permission_words import only
from aftersales_tui.tui.actions import OFFICE
from aftersales_tui.tui.list_screen import ListScreen
from aftersales_tui.tui.office import staff_dialogs as dialogs
from aftersales_tui.tui.office import staff_loading as loading
from aftersales_tui.tui.widgets.panel import Column, Panel, PanelRow
from aftersales_tui.tui.widgets.side import heading
from aftersales_tui.views.staff import StaffView


class StaffScreen(ListScreen[None]):
    """Enter asks what about the selected person, @ adds one; the owner everybody, others their own PIN."""

    AREA = OFFICE
    MODE = "LIST"
    HAS_SIDE = True
    ACTIONS = ("app.open", "office.staff", "app.log", "app.back", "app.menu")
    HINTS: ClassVar = {"app.open": NC_("key", "change…"), "office.staff": NC_("key", "somebody new")}

    def __init__(self) -> None:
        super().__init__()
        self._guarded: tuple[StaffView, ...] = ()
        self._new = 0
        """Who was just added and is selected as soon as the list has them."""

    # What is on it

    def path(self) -> tuple[str, ...]:
        return (C_("area", "Office"), C_("title", "Staff"))

    def help_words(self) -> str:
        return _(
            "Who works here and in which role. Enter asks what about the selected person: role, PIN, works "
            "here or not. Roles and people are the owner's; a PIN of their own everybody may set. Nobody is "
            "deleted: what they did keeps their name."
        )

    def compose_core(self) -> ComposeResult:
        columns = (
            Column(C_("field", "Name"), 32),
            Column(C_("col", "Role"), 14),
            Column(C_("field", "PIN"), 10),
            Column(C_("col", "Status"), 21),
        )
        yield Panel(C_("title", "Staff"), columns, id="people", number=1)

    def read_again(self) -> None:
        if self.shop is not None:
            self.read("people", loading.people, self.shop, then=self._show)

    def _show(self, people: Sequence[StaffView]) -> None:
        self._guarded = tuple(person for person in people if person.acts_without_pin)
        rows = [PanelRow(str(one.id), self._cells(one), one) for one in people]
        working = sum(one.active for one in people)
        self.query_one("#people", Panel).patch(rows, total=working)
        if self._new and self.select("people", str(self._new)):
            self._new = 0
        self.show_selected()

    def _cells(self, one: StaffView) -> tuple[str, ...]:
        pin = C_("cell", "has one") if one.has_pin else C_("cell", "none")
        here = _("now here") if one.id == self._me else ""
        return (one.name, label(one.role), pin, here if one.active else C_("staff", "no longer works here"))

    @property
    def chosen(self) -> StaffView | None:
        """The selected person."""
        row = self.current
        return row.record if row is not None else None

    @property
    def _me(self) -> int:
        return self.shop_app.person.id if self.shop_app.person else 0

    @property
    def _is_owner(self) -> bool:
        person = self.shop_app.person
        return person is not None and may(Role(person.role), Permission.STAFF)

    # What is said

    def now_lines(self, panel: Panel, row: PanelRow | None) -> tuple[str, str]:
        if row is None:
            return (_("Selected: nothing, the list is empty."), "")
        name, role, pin, status = row.cells
        said = _("Selected: {name}, {role}. PIN: {pin}.").format(name=name, role=role, pin=pin)
        if not row.record.active:
            said = _("Selected: {name}, {role}, {status}.").format(name=name, role=role, status=status)
        if self._is_owner:
            return said, _("Enter: role, PIN, works here or not · @ somebody new · l who changed what")
        return said, _("Enter on your own row sets your PIN · l who changed what")

    def side_lines(self, panel: Panel, row: PanelRow | None) -> list[str | Content]:
        lines: list[str | Content] = [
            heading(C_("side", "Roles")),
            _("Who may do what stands in the table of roles:"),
            "aftersales staff roles",
        ]
        if row is None:
            return lines
        one: StaffView = row.record
        about: list[str | Content] = [heading(one.name), label(one.role)]
        if not one.active:
            about.append(_("Cannot sign in. What they did keeps their name."))
        elif one.has_pin:
            about.append(_("Is asked for the PIN at every sign-in."))
        else:
            about.append(_("Signs in with a digit, without a PIN."))
        if one in self._guarded:
            about += ["", sentence("cli_identity_unguarded", {"name": one.name, "role": one.role})]
        return [*about, "", *lines]

    # Why a key cannot act

    def needs(self, action_id: str) -> Permission | None:
        return Permission.STAFF if action_id == "office.staff" else super().needs(action_id)

    def why_not(self, action_id: str) -> str:
        if action_id not in ("app.open", "app.log"):
            return ""
        one = self.chosen
        if one is None:
            return _("nothing is selected")
        if action_id == "app.open" and not self._is_owner and one.id != self._me:
            return only(Permission.STAFF)
        return ""

    # Doing

    async def do_office_staff(self) -> None:
        written = await self.app.push_screen_wait(dialogs.new_person())
        if written is not None:
            made = await self.write(loading.add, self.shop, written.text, written.choice, self._me)
            self._new = made.id
            self._tell(made, _("{name} works here now, role {role}."))
            self.read_again()

    async def do_app_open(self) -> None:
        one = self.chosen
        if one is None:
            return
        how: str | None = await self.app.push_screen_wait(dialogs.about(one, by_owner=self._is_owner))
        if how == dialogs.ROLE:
            await self._give_role(one)
        elif how == dialogs.PIN:
            await self._give_pin(one)
        elif how == dialogs.NO_PIN:
            cleared = await self.write(loading.clear_pin, self.shop, one.id, self._me)
            self._tell(cleared, _("{name} has no PIN now."))
        elif how is not None:
            here = how == dialogs.RETURNS
            changed = await self.write(loading.set_active, self.shop, one.id, here, self._me)
            back, gone = _("{name} works here again, role {role}."), _("{name} no longer works here.")
            self._tell(changed, back if here else gone)

    async def _give_role(self, one: StaffView) -> None:
        role: str | None = await self.app.push_screen_wait(dialogs.role_of(one))
        if role is not None and role != one.role:
            changed = await self.write(loading.set_role, self.shop, one.id, role, self._me)
            self._tell(changed, _("{name} has the role {role} now."))

    async def _give_pin(self, one: StaffView) -> None:
        pin: str | None = await self.app.push_screen_wait(dialogs.PinDialog(one))
        if pin is not None:
            await self.write(loading.set_pin, self.shop, one.id, pin, self._me)
            self._tell(one, _("{name} has a PIN now."))

    def _tell(self, one: StaffView, said: str) -> None:
        self.shop_app.toast(said.format(name=one.name, role=label(one.role)))

    def do_app_log(self) -> Awaitable[object]:
        return self.open_screen("log", RecordKind.STAFF, self.chosen.id if self.chosen else 0)
