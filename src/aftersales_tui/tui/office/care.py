"""Check and backups: the copies of the shop file, what an examination found, and putting a copy back."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content

from aftersales_tui.domain.copies import SumState
from aftersales_tui.domain.permissions import Permission, may
from aftersales_tui.domain.words import Role
from aftersales_tui.i18n import C_, NC_, _, formats, ngettext
from aftersales_tui.i18n.copy_words import reason_word, size_words, sum_word
from aftersales_tui.i18n.finding_words import REPAIRABLE, sentence, severity_word
from aftersales_tui.i18n.permission_words import only
from aftersales_tui.tui.actions import OFFICE
from aftersales_tui.tui.ask import ask
from aftersales_tui.tui.keeping import words_of
from aftersales_tui.tui.list_screen import ListScreen
from aftersales_tui.tui.modals.confirm import ConfirmDialog
from aftersales_tui.tui.office import care_loading as loading
from aftersales_tui.tui.office.care_loading import Kept
from aftersales_tui.tui.widgets.panel import Column, Panel, PanelRow
from aftersales_tui.tui.widgets.side import heading
from aftersales_tui.views.checking import Finding, Report
from aftersales_tui.views.copies import CopyContent, CopyView


class CareScreen(ListScreen[None]):
    """F10 makes a copy, ! examines the file, Enter looks into a copy and offers to put it back."""

    AREA = OFFICE
    MODE = "LIST"
    HAS_SIDE = True
    ACTIONS = ("app.open", "app.save", "office.care", "app.part", "app.back", "app.menu")
    HINTS: ClassVar = {
        "app.save": NC_("key", "back up now"),
        "office.care": NC_("key", "check"),
    }

    def __init__(self) -> None:
        super().__init__()
        self.kept: Kept | None = None
        self.report: Report | None = None

    # What is on it

    def path(self) -> tuple[str, ...]:
        return (C_("area", "Office"), _("Check and backups"))

    def help_words(self) -> str:
        return _(
            "The copies of the shop file beside it, newest first. F10 makes one now, ! examines the shop "
            "file and lists what was found. Enter looks into a copy and asks whether to put it back; what is "
            "there now is copied aside first."
        )

    def compose_core(self) -> ComposeResult:
        copies = (
            Column(C_("col", "No."), 6),
            Column(C_("col", "When"), 22),
            Column(C_("col", "Size"), 11),
            Column(C_("col", "Made"), 24),
            Column(C_("col", "Checksum"), 14),
        )
        findings = (Column(C_("col", "Weight"), 10), Column(C_("col", "What"), 67))
        yield Panel(
            C_("panel", "Backups"), copies, id="copies", number=1,
            empty=("", _("There is no backup yet."), "", _("F10 makes one.")),
        )  # fmt: skip
        yield Panel(
            C_("panel", "Found by the check"), findings, id="findings", number=2, most=8,
            empty=("", _("Nothing was examined yet."), "", _("! examines the shop file.")),
        )  # fmt: skip

    # Reading

    def read_again(self) -> None:
        if self.shop is not None:
            self.read("copies", loading.kept, self.shop, then=self._show)

    def _show(self, kept: Kept) -> None:
        known = {copy.file: copy for copy in self.kept.copies} if self.kept is not None else {}
        same = [
            known[copy.file] if copy.file in known and known[copy.file].size == copy.size else copy
            for copy in kept.copies
        ]
        self.kept = kept
        if self.report is None:
            self.query_one("#findings", Panel).patch([])
        self._patch(same)
        self.read("sums", loading.compared, kept.copies, then=self._patch)

    def _patch(self, copies: Sequence[CopyView]) -> None:
        assert self.kept is not None
        zone = self.kept.zone
        rows = [
            PanelRow(
                str(copy.number),
                (
                    f"{copy.number:04d}",
                    formats.day_clock(copy.at.astimezone(zone)),
                    size_words(copy.size),
                    reason_word(copy.reason),
                    sum_word(copy.checksum),
                ),
                copy,
            )
            for copy in copies
        ]
        wrong = sum(copy.checksum is SumState.WRONG for copy in copies)
        self.query_one("#copies", Panel).patch(rows)
        if wrong:
            said = ngettext("{n} backup is not what it was.", "{n} backups are not what they were.", wrong)
            self.set_title(state=said.format(n=wrong))
        self.show_selected()

    # What is said

    def now_lines(self, panel: Panel, row: PanelRow | None) -> tuple[str, str]:
        if panel.id == "findings":
            if row is None:
                return (_("Selected: nothing, the list is empty."), _("! examines the shop file"))
            finding: Finding = row.record
            second = _("Enter puts right what can be") if self._repairable() else ""
            return (_told(finding), second)
        if row is None:
            return (_("Selected: nothing, the list is empty."), _("F10 makes a backup"))
        number, when, size, reason, checksum = row.cells
        said = _("Selected: backup {number} of {when}, {size}, {reason}, {checksum}.").format(
            number=number, when=when, size=size, reason=reason, checksum=checksum
        )
        return said, _("Enter looks into it · F10 makes one now · ! examines the shop file")

    def side_lines(self, panel: Panel, row: PanelRow | None) -> list[str | Content]:
        kept = self.kept
        if kept is None:
            return []
        lines: list[str | Content] = [heading(C_("side", "Where")), str(kept.folder), ""]
        lines.append(heading(C_("side", "Second folder")))
        if kept.second is None:
            lines.append(_("None is set. A broken disk would take the backups along."))
            lines.append("aftersales config set backup_folder …")
        else:
            lines.append(str(kept.second))
            lines.append(_("It is there.") if kept.second_there else _("It is NOT there."))
        if row is not None and panel.id == "copies":
            copy: CopyView = row.record
            age = max(0, (kept.now - copy.at).days)
            old = ngettext("{n} day old", "{n} days old", age).format(n=age) if age else _("of today")
            lines += ["", heading(C_("side", "Selected")), copy.file.name, old]
        if self.report is not None:
            lines += ["", heading(C_("side", "Last check")), *self._summary(self.report)]
        return lines

    def _summary(self, report: Report) -> list[str]:
        if report.worst is None:
            verdict = _("All is well.")
        else:
            verdict = _("The worst: {weight}").format(weight=severity_word(report.worst.value))
        return [verdict, f"SQLite {report.sqlite}, {report.journal_mode}", report.file_system]

    def why_not(self, action_id: str) -> str:
        if action_id == "app.open" and self.current is None:
            return _("nothing is selected")
        if action_id == "app.open" and self.panel.id == "findings" and not self._repairable():
            return _("there is nothing that a program can put right")
        return ""

    def _repairable(self) -> bool:
        found = self.report.findings if self.report is not None else ()
        return any(finding.code in REPAIRABLE and not finding.repaired for finding in found)

    # Doing

    @contextmanager
    def _busy(self, words: str) -> Iterator[None]:
        """Row 2 says what is being done; the keys stay alive."""
        self.set_title(note=words)
        try:
            yield
        finally:
            if self.is_attached:
                self.set_title(note="")

    async def do_app_save(self) -> None:
        with self._busy(_("copying")):
            made = await ask(loading.back_up, self.shop)
        self.shop_app.toast(_("Copied to {file}, and verified.").format(file=made.file.name))
        for problem in made.left_undone:
            self.shop_app.toast(words_of(problem), wrong=True)
        self.read_again()

    async def do_office_care(self) -> None:
        await self._examine(repair=False)

    async def _examine(self, *, repair: bool) -> None:
        with self._busy(_("examining")):
            self.report = await ask(loading.examine, self.shop, repair)
        rows = [
            PanelRow(str(n), (severity_word(finding.severity.value), _told(finding)), finding)
            for n, finding in enumerate(self.report.findings)
        ]
        panel = self.query_one("#findings", Panel)
        panel.set_empty("", _("All is well."))
        panel.patch(rows)
        self.go_to_part(panel.number)
        self.shop_app.toast(self._summary(self.report)[0], wrong=self.report.worst is not None)
        self.read_again()

    async def do_app_open(self) -> None:
        if self.panel.id == "findings":
            await self._examine(repair=True)
            return
        assert self.current is not None
        copy: CopyView = self.current.record
        with self._busy(_("reading")):
            content = await ask(loading.look_into, copy.file)
        person = self.shop_app.person
        assert person is not None
        if not may(Role(person.role), Permission.RESTORE):
            self.shop_app.toast(self._contents(content))
            self.not_now(only(Permission.RESTORE))
            return
        question = self._contents(content) + "\n\n" + _(
            "Put this into the shop file? What was entered since then goes out of it; the present file is "
            "copied aside first. Every other seat goes on with what was put back."
        )  # fmt: skip
        dialog = ConfirmDialog(_("What is in it"), question, _("put it back"))
        if not await self.app.push_screen_wait(dialog):
            return
        with self._busy(_("putting back")):
            done = await ask(loading.restore, self.shop, copy.file, person.id, person.name)
        aside = done.put_aside.name if done.put_aside is not None else ""
        self.shop_app.toast(_("Put back. What was there before is in {file}.").format(file=aside))
        await self.shop_app.at_seat.begin_again()

    def _contents(self, content: CopyContent) -> str:
        assert self.kept is not None
        newest = content.newest_event
        last = formats.day_clock(newest.astimezone(self.kept.zone)) if newest is not None else "–"
        counts = content.counts
        return _(
            "{shop}, last entry {last}: {customers} customers, {calls} calls, {jobs} jobs. "
            "Checksum: {checksum}."
        ).format(
            shop=content.shop, last=last, customers=counts.get("customer", 0), calls=counts.get("call", 0),
            jobs=counts.get("job", 0), checksum=sum_word(content.checksum),
        )  # fmt: skip


def _told(finding: Finding) -> str:
    said = sentence(finding.code, finding.values)
    return _("{what} Put right.").format(what=said) if finding.repaired else said
