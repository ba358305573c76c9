"""Giving out everything on file about a person, and forgetting a person: what the desk asks before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from textual.app import ComposeResult
from textual.worker import Worker

from aftersales_tui.domain.errors import ShopError, refuse
from aftersales_tui.domain.text import fold
from aftersales_tui.i18n import C_, _
from aftersales_tui.i18n.messages import sentence
from aftersales_tui.tui.actions import BY_ID
from aftersales_tui.tui.ask import ask
from aftersales_tui.tui.desk import asking
from aftersales_tui.tui.dialog import DialogScreen, gap, words
from aftersales_tui.tui.screens_base import FrameScreen
from aftersales_tui.tui.widgets.field import Field
from aftersales_tui.tui.widgets.fields import TextField
from aftersales_tui.tui.widgets.form import Pair, Row
from aftersales_tui.tui.widgets.key_bar import Hint
from aftersales_tui.views.privacy import Exported, Forgetting, Forgotten

Screen = FrameScreen[Any]


async def give_out(screen: Screen, customer_id: int) -> None:
    """Asks for the folder and writes everything about a customer into it."""
    done = await screen.app.push_screen_wait(FolderDialog(screen.shop, customer_id, asking.person(screen)))
    if done is not None:
        said = _("Everything about customer {id} is in {folder}: {n} files.")
        screen.shop_app.toast(said.format(id=done.customer_id, folder=done.folder, n=len(done.files)))


async def forget(screen: Screen, customer_id: int) -> bool:
    """Says what goes and what stays, asks for the reason and the number, and forgets; whether it was done."""
    plan = await ask(_plan, screen.shop, customer_id)
    reason = await screen.app.push_screen_wait(ForgetDialog(plan))
    if reason is not None:
        done = await screen.write(_erase, screen.shop, customer_id, reason, asking.person(screen))
        from aftersales_tui.i18n.person_words import warnings

        first = _("Customer {id} is forgotten; on lists it is called #{id}.").format(id=done.customer_id)
        screen.shop_app.toast("\n".join([first, *warnings(done)]))
    return reason is not None


class FolderDialog(DialogScreen[Exported]):
    """Where everything about a person goes; what was written, or ``None`` after Esc."""

    MODE = "FORM"
    WIDTH = 76

    def __init__(self, shop: Any, customer_id: int, by: int) -> None:
        super().__init__(_("Everything on file about customer {id}").format(id=customer_id))
        self._shop = shop
        self._customer_id = customer_id
        self._by = by
        self._folder = TextField(f"customer-{customer_id}", id="folder")

    def compose_box(self) -> ComposeResult:
        yield words(
            _(
                "Files that can be read without this program go into a new folder that only you can read. "
                "Without a path it is made in {folder}."
            ).format(folder=Path.cwd())
        )
        yield gap()
        yield Row(Pair(C_("field", "Folder"), self._folder), indent=0, id="folder-row")

    def hints(self) -> Sequence[Hint]:
        return [Hint("Enter", BY_ID["form.on"].shown_hint), Hint("Esc", BY_ID["app.back"].shown_hint)]

    def on_mount(self) -> None:
        self.set_focus(self._folder)

    def on_field_edited(self, event: Field.Edited) -> None:
        event.stop()
        self.query_one("#folder-row", Row).problem("folder", "")

    def on_field_done(self, event: Field.Done) -> None:
        event.stop()
        _worker: Worker[None] = self.run_worker(self._write, group="write", exclusive=True)

    async def _write(self) -> None:
        # a path begins with a slash, which an answer loses because scanners send one
        folder = self._folder.value.strip()
        try:
            if not folder:
                raise refuse("file_name_missing", "dir")
            done = await ask(_export, self._shop, self._customer_id, folder, self._by)
        except ShopError as error:
            self.query_one("#folder-row", Row).problem("folder", sentence(error.problem))
            self.set_focus(self._folder)
            return
        self.dismiss(done)


class ForgetDialog(DialogScreen[str]):
    """The reason, after the number of the file was typed; ``None`` after Esc."""

    MODE = "FORM"
    WIDTH = 76

    def __init__(self, plan: Forgetting) -> None:
        super().__init__(_("Forget customer {id} for good").format(id=plan.customer_id))
        self._plan = plan
        self._reason = TextField(id="reason")
        self._number = TextField(id="number")

    def compose_box(self) -> ComposeResult:
        from aftersales_tui.i18n.person_words import plan_lines

        yield words("\n".join(plan_lines(self._plan)))
        yield gap()
        yield words(_("It cannot be undone. The books stay whole: numbers, dates, amounts and outcomes."))
        yield gap()
        yield Row(Pair(C_("field", "Reason"), self._reason), indent=0, id="reason-row")
        typed = _("Type {id}").format(id=self._plan.customer_id)
        yield Row(Pair(typed, self._number), indent=0, id="number-row")

    def hints(self) -> Sequence[Hint]:
        return [
            Hint("Enter", BY_ID["form.on"].shown_hint),
            Hint("Esc", BY_ID["app.back"].shown_hint),
            Hint("Tab", BY_ID["form.next"].shown_hint),
        ]

    def on_mount(self) -> None:
        self.set_focus(self._reason)

    def on_field_done(self, event: Field.Done) -> None:
        event.stop()
        if event.field is self._reason:
            self.set_focus(self._number)
            return
        if not self._reason.answer:
            self.query_one("#reason-row", Row).problem("reason", _("This has to be written."))
            self.set_focus(self._reason)
        elif fold(self._number.answer).lstrip("#") != str(self._plan.customer_id):
            said = _("Type the number of the file, {id}, to forget the person.")
            self.query_one("#number-row", Row).problem("number", said.format(id=self._plan.customer_id))
        else:
            self.dismiss(self._reason.answer)


# In worker threads: the services load there


def _plan(shop: Any, customer_id: int) -> Forgetting:
    from aftersales_tui.services import privacy

    return privacy.plan(shop, customer_id)


def _erase(shop: Any, customer_id: int, reason: str, by: int) -> Forgotten:
    from aftersales_tui.services import privacy

    return privacy.erase(shop, customer_id, reason, by)


def _export(shop: Any, customer_id: int, folder: str, by: int) -> Exported:
    from aftersales_tui.services import person_export

    return person_export.export(shop, customer_id, Path(folder), by)
