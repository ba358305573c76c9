"""A form that keeps what is half typed as a draft in the state folder."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from textual.events import Unmount
from textual.worker import Worker

from aftersales_tui import drafts
from aftersales_tui.drafts import Draft, OpenDraft
from aftersales_tui.i18n import _
from aftersales_tui.tui.ask import ask
from aftersales_tui.tui.form_screen import FormScreen
from aftersales_tui.tui.messages import ShopChanged

R = TypeVar("R")


class DraftedForm(FormScreen[R]):
    """A form with drafts: name its kind in ``DRAFT``, hand on the id of the draft to go on with.

    The draft begins with the first typing, is held while the form is open, and goes with ``drop_draft``
    once the form was saved.
    """

    DRAFT: ClassVar[str] = ""
    """The kind of form, in small letters and ``_``; part of the draft's file name."""

    def __init__(self, draft: str = "") -> None:
        super().__init__()
        self._draft_id = draft
        self._open_draft: OpenDraft | None = None
        self._keeping = asyncio.Lock()
        self._warned = False

    def draft_title(self) -> str:
        """What the draft is about, in a line for the desk."""
        return ""

    def draft_context(self) -> Mapping[str, Any]:
        """What the form needs beside the answers to be as it was: record ids, plain JSON values."""
        return {}

    def restore(self, draft: Draft) -> None:
        """Puts a draft back into the form."""
        self.fill(draft.answers)

    async def keep_draft(self, answers: Mapping[str, str]) -> datetime | None:
        file, person = _file_of(self.shop), self.shop_app.person
        if file is None or person is None:
            return None
        now: datetime = self.shop.now()
        title, context = self.draft_title(), dict(self.draft_context())
        async with self._keeping:
            try:
                if self._open_draft is None:
                    self._open_draft = await ask(drafts.begin, file, person.id, self.DRAFT)
                kept = await ask(self._open_draft.save, title, answers, now, context)
            except OSError as error:
                self._warn(error)
                return None
        return None if kept is None else now

    async def drop_draft(self) -> None:
        """The form was saved: its draft goes."""
        self._dirty = False
        async with self._keeping:
            if self._open_draft is not None:
                await ask(self._open_draft.drop)

    async def take_draft(self) -> None:
        """Goes on with the draft the form was opened for."""
        file, person = _file_of(self.shop), self.shop_app.person
        if not self._draft_id or file is None or person is None:
            return
        taken = await ask(drafts.take, file, person.id, self._draft_id)
        if taken is None:
            self.shop_app.toast(_("This draft is open at another seat, or it is gone."), wrong=True)
            self.dismiss()
            return
        self._open_draft, draft = taken
        self.restore(draft)
        self.show_state()

    def on_mount(self) -> None:
        if self._draft_id:
            _worker: Worker[None] = self.run_worker(self.take_draft, group="read:draft", exclusive=True)

    def closing(self) -> None:
        # before the list below is read again: it offers only what nobody types in
        if self._open_draft is not None:
            self._open_draft.release()

    def on_unmount(self, event: Unmount) -> None:
        if self._open_draft is not None and self._open_draft.held:
            self._open_draft.release()
            for screen in self.app.screen_stack[-1:]:
                screen.post_message(ShopChanged())

    def _warn(self, error: OSError) -> None:
        if not self._warned:
            self._warned = True
            reason = error.strerror or str(error)
            self.shop_app.toast(_("The draft cannot be kept: {reason}").format(reason=reason), wrong=True)


def _file_of(shop: Any) -> Path | None:
    """The shop file of the seat; nothing is kept while no shop is open."""
    return getattr(shop, "path", None)
