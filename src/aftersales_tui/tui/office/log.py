"""Who changed what, when: every event of a record, newest first."""

from typing import Any

from textual.app import ComposeResult
from textual.content import Content

from aftersales_tui.domain.words import RecordKind
from aftersales_tui.i18n import C_, NC_, _, formats
from aftersales_tui.i18n.event_words import Change, changes, told
from aftersales_tui.i18n.labels import label
from aftersales_tui.tui.actions import OFFICE
from aftersales_tui.tui.list_screen import ListScreen
from aftersales_tui.tui.office import loading
from aftersales_tui.tui.office.loading import Account
from aftersales_tui.tui.widgets.panel import Column, Panel, PanelRow
from aftersales_tui.tui.widgets.side import heading
from aftersales_tui.views.history import EventView


class LogScreen(ListScreen[None]):
    """The account of one record: when, who, what; below it from what to what."""

    AREA = OFFICE
    MODE = "READ"
    ACTIONS = ("app.back", "app.earlier", "app.later", "app.copy", "app.look_up", "app.menu")
    HINTS = {"app.earlier": NC_("key", "older"), "app.later": NC_("key", "newer")}

    def __init__(self, kind: RecordKind | str, record_id: int) -> None:
        super().__init__()
        self.kind = RecordKind(kind)
        self.record_id = record_id
        self.account: Account | None = None
        self._pages: list[int | None] = [None]
        """What was asked for to get to this page, the newest page first."""

    def path(self) -> tuple[str, ...]:
        name = self.account.title if self.account is not None else ""
        return (label(self.kind), *([name] if name else []), C_("title", "Changes"))

    def help_words(self) -> str:
        return _(
            "Everything that happened to it: when, who, what, and from what to what, 200 at a time. "
            "Nothing is removed; of a person who was forgotten the before and after is gone."
        )

    def compose_core(self) -> ComposeResult:
        columns = (
            Column(C_("col", "When"), 21),
            Column(C_("col", "Who"), 15),
            Column(C_("col", "What"), 41),
        )
        yield Panel(
            C_("panel", "Changes"), columns, id="events",
            empty=("", _("Nothing was changed since it was made.")),
        )  # fmt: skip

    def read_again(self) -> None:
        if self.shop is not None:
            asked = (self.shop, self.kind, self.record_id, self._pages[-1])
            self.read("events", loading.account, *asked, then=self._show)

    def _show(self, account: Account) -> None:
        self.account = account
        page = account.page
        rows = [PanelRow(str(event.id), self._cells(event), event) for event in page.events]
        self.query_one("#events", Panel).patch(rows, total=page.total)
        last = page.first + len(page.events) - 1
        on_one_page = page.first == 1 and page.older is None
        said = _("{first} to {last} of {n}").format(first=page.first, last=last, n=page.total)
        self.set_title(note="" if on_one_page else said)
        self.show_selected()

    def _cells(self, event: EventView) -> tuple[str, ...]:
        assert self.account is not None
        at = event.at.astimezone(self.account.zone)
        return (formats.day_clock(at), event.who or _("the program"), told(event, self.account.zone))

    def _fields(self, event: EventView) -> list[Change]:
        """The fields that held something before or hold something now."""
        assert self.account is not None
        return [change for change in changes(event, self.account.zone) if change.before or change.after]

    def _changed(self, event: EventView) -> list[str]:
        """Field by field: ``Notes: after 18:00, now WeChat only``."""
        found = []
        for change in self._fields(event):
            if change.before and change.after:
                said = _("{field}: {before}, now {after}")
            elif change.after:
                said = _("{field}: {after}")
            else:
                said = _("{field}: {before}, now nothing")
            found.append(said.format(field=change.label, before=change.before, after=change.after))
        return found

    def now_lines(self, panel: Panel, row: PanelRow | None) -> tuple[str, str]:
        if row is None:
            return (_("Selected: nothing, the list is empty."), "")
        when, who, what = row.cells
        first = _("{when}, {who}: {what}").format(when=when, who=who, what=what)
        return first, C_("list", "; ").join(self._changed(row.record))

    def side_lines(self, panel: Panel, row: PanelRow | None) -> list[str | Content]:
        if row is None or self.account is None:
            return []
        event: EventView = row.record
        when, who, what = row.cells
        lines: list[Any] = [heading(when), who, "", what]
        for change in self._fields(event):
            lines += ["", heading(change.label)]
            if change.before:
                lines.append(_("before: {value}").format(value=change.before))
                lines.append(_("after: {value}").format(value=change.after or _("nothing")))
            else:
                lines.append(change.after)
        return lines

    def do_app_earlier(self) -> None:
        assert self.account is not None
        self._pages.append(self.account.page.older)
        self.query_one("#events", Panel).home()
        self.read_again()

    def do_app_later(self) -> None:
        self._pages.pop()
        self.query_one("#events", Panel).home()
        self.read_again()

    def why_not(self, action_id: str) -> str:
        if action_id == "app.earlier" and (self.account is None or self.account.page.older is None):
            return _("there is nothing older")
        if action_id == "app.later" and len(self._pages) == 1:
            return _("there is nothing newer")
        return _("nothing is selected") if action_id == "app.copy" and self.current is None else ""

    def copy_text(self) -> str:
        return ", ".join(self.current.cells) if self.current is not None else ""
