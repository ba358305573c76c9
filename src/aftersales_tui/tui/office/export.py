"""The month into a file: which format, which file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from textual.app import ComposeResult
from textual.worker import Worker

from aftersales_tui.domain.dates import Month
from aftersales_tui.domain.errors import ShopError
from aftersales_tui.i18n import C_, _, formats
from aftersales_tui.i18n.messages import sentence
from aftersales_tui.tui.actions import BY_ID
from aftersales_tui.tui.ask import ask
from aftersales_tui.tui.dialog import DialogScreen, gap, words
from aftersales_tui.tui.office import loading
from aftersales_tui.tui.widgets.choice import Answer, Choice
from aftersales_tui.tui.widgets.field import Field
from aftersales_tui.tui.widgets.fields import TextField
from aftersales_tui.tui.widgets.form import Pair, Row
from aftersales_tui.tui.widgets.key_bar import Hint


class ExportDialog(DialogScreen[Path]):
    """The digit writes the file in its format; the file that was written, or ``None`` after Esc.

    Left and Right choose a format without writing, Tab goes to the name of the file.
    """

    MODE = "FORM"

    def __init__(self, shop: Any, which: Month) -> None:
        month = formats.month(which.year, which.month)
        super().__init__(_("Write {month} to a file").format(month=month))
        self._shop = shop
        self._which = which
        self._proposed = ""
        answers = [
            Answer("table", C_("format", "table")),
            Answer("json", C_("format", "json")),
            Answer("csv", C_("format", "csv")),
        ]
        self._format = Choice(answers, "table", id="format")
        self._path = TextField(id="path")

    def compose_box(self) -> ComposeResult:
        yield words(_("The same numbers as aftersales report month. No file is ever overwritten."))
        yield gap()
        yield Row(Pair(C_("field", "Format"), self._format), indent=0)
        yield Row(Pair(C_("field", "File"), self._path), indent=0, id="path-row")
        yield gap()
        yield words(_("Without a folder the file goes to {folder}.").format(folder=Path.cwd()))

    def hints(self) -> Sequence[Hint]:
        return [
            Hint("1-3", C_("key", "write it")),
            Hint("Tab", C_("key", "another name")),
            Hint("Esc", BY_ID["app.back"].shown_hint),
        ]

    def on_mount(self) -> None:
        self.set_focus(self._format)
        _worker: Worker[None] = self.run_worker(self._propose, group="read:name", exclusive=True)

    async def _propose(self) -> None:
        """A free name, as long as nobody typed another one."""
        name = await ask(loading.free_name, self._which, self._format.answer)
        if self._path.answer == self._proposed:
            self._proposed = name
            self._path.set_answer(name)

    def on_field_edited(self, event: Field.Edited) -> None:
        event.stop()
        self.query_one("#path-row", Row).problem("path", "")
        if event.field is self._format:
            _worker: Worker[None] = self.run_worker(self._propose, group="read:name", exclusive=True)

    def on_field_done(self, event: Field.Done) -> None:
        event.stop()
        _worker: Worker[None] = self.run_worker(self._write, group="write", exclusive=True)

    async def _write(self) -> None:
        await self._propose()
        try:
            file = await ask(
                loading.export, self._shop, self._which, self._format.answer, self._path.value.strip()
            )
        except ShopError as error:
            self.query_one("#path-row", Row).problem("path", sentence(error.problem))
            self.set_focus(self._path)
            return
        self.dismiss(file)
