"""A form on paper: which one, into a file or the browser, on which paper, in which language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual.app import ComposeResult
from textual.worker import Worker

from aftersales_tui.domain.errors import ShopError, StoreFault
from aftersales_tui.domain.papers import Form, Paper, Subject
from aftersales_tui.i18n import C_, _, language
from aftersales_tui.i18n.messages import sentence
from aftersales_tui.i18n.paper_words import form_name, paper_name
from aftersales_tui.tui.actions import BY_ID
from aftersales_tui.tui.ask import ask
from aftersales_tui.tui.dialog import DialogScreen, gap, words
from aftersales_tui.tui.screens_base import FrameScreen
from aftersales_tui.tui.widgets.choice import Answer, Choice
from aftersales_tui.tui.widgets.field import Field
from aftersales_tui.tui.widgets.form import Pair, Row
from aftersales_tui.tui.widgets.key_bar import Hint

FILE, BROWSER = "file", "browser"


@dataclass(frozen=True, slots=True)
class Kept:
    """What this seat chose last, and where a sheet goes by itself."""

    paper: Paper
    goes_to: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Printed:
    """What was printed: the form, its file, and whether the browser shows it."""

    form: Form
    file: Path
    wanted: str
    shown: bool


def kept() -> Kept:
    """What this seat chose last; may block."""
    from aftersales_tui import config, paths

    try:
        seat = config.read()
        paper, goes_to = seat.paper, seat.paper_to
    except StoreFault:
        paper = goes_to = ""  # how it is printed is no reason to stop work; the start has told of the file
    return Kept(
        paper=Paper(paper) if paper in set(Paper) else Paper.A4,
        goes_to=goes_to if goes_to in (FILE, BROWSER) else FILE,
        folder=paths.papers_dir(),
    )


def print_out(shop: Any, form: Form, about: Subject, goes_to: str, paper: Paper, language: str) -> Printed:
    """Writes the form into its file, shows it if wanted, and remembers the choice; may block.

    Raises ``ShopError``: what cannot be read, printed or written.
    """
    from contextlib import suppress

    from aftersales_tui import config
    from aftersales_tui.documents import files
    from aftersales_tui.services import printing

    file = files.save(printing.sheet(shop, form, about, paper, language))
    with suppress(StoreFault):  # the sheet is there; that the next one asks again harms nobody
        config.remember(paper=paper.value, paper_to=goes_to)
    return Printed(form, file, goes_to, goes_to == BROWSER and files.show(file))


class PrintDialog(DialogScreen[Printed]):
    """A digit for the form, one for where it goes: that prints it. ``None`` after Esc.

    Paper and language are as the seat left them; Tab goes there, and an answer leads back.
    """

    MODE = "FORM"

    def __init__(
        self, shop: Any, about: Subject, forms: Sequence[Form], name: str, kept: Kept, note: str = ""
    ) -> None:
        title = _("Print {name}").format(name=name)
        if len(forms) == 1:
            title = _("{form}: {name}").format(form=form_name(forms[0]), name=name)
        super().__init__(title)
        self._shop = shop
        self._about = about
        self._kept = kept
        self._note = note
        self._form = Choice(
            [Answer(form.value, form_name(form)) for form in forms], forms[0].value, id="form"
        )
        self._only_form = len(forms) == 1
        to = [Answer(FILE, C_("print", "into a file")), Answer(BROWSER, C_("print", "open in the browser"))]
        self._to = Choice(to, kept.goes_to, id="to")
        self._paper = Choice([Answer(p.value, paper_name(p)) for p in Paper], kept.paper.value, id="paper")
        spoken = [Answer("en", "English"), Answer("zh_CN", "中文")]
        self._language = Choice(spoken, language(), id="language")

    def compose_box(self) -> ComposeResult:
        if self._note:
            yield words(self._note)
            yield gap()
        if not self._only_form:
            yield Row(Pair(C_("field", "Form"), self._form), indent=0)
        yield Row(Pair(C_("field", "Print"), self._to), indent=0, id="to-row")
        yield Row(Pair(C_("field", "Paper"), self._paper), indent=0)
        yield Row(Pair(C_("field", "Language"), self._language), indent=0)
        yield gap()
        yield words(_("The page goes to {folder}.").format(folder=self._kept.folder))

    def hints(self) -> Sequence[Hint]:
        return [
            Hint("Enter", BY_ID["form.on"].shown_hint),
            Hint("Tab", C_("key", "paper, language")),
            Hint("Esc", BY_ID["app.back"].shown_hint),
        ]

    def on_mount(self) -> None:
        self.set_focus(self._to if self._only_form else self._form)

    def on_field_edited(self, event: Field.Edited) -> None:
        event.stop()
        self.query_one("#to-row", Row).problem("to", "")

    def on_field_done(self, event: Field.Done) -> None:
        event.stop()
        if event.field is self._to:
            _worker: Worker[None] = self.run_worker(self._print, group="write", exclusive=True)
            return
        self.set_focus(self._language if event.field is self._paper else self._to)

    async def _print(self) -> None:
        form, paper = Form(self._form.answer), Paper(self._paper.answer)
        try:
            printed = await ask(
                print_out, self._shop, form, self._about, self._to.answer, paper, self._language.answer
            )
        except ShopError as error:
            self.query_one("#to-row", Row).problem("to", sentence(error.problem))
            return
        self.dismiss(printed)


async def print_form(
    screen: FrameScreen[Any], about: Subject, forms: Sequence[Form], name: str, note: str = ""
) -> None:
    """Asks how, prints, and says where the page went. ``name`` is the record's, as it is read out."""
    dialog = PrintDialog(screen.shop, about, forms, name, await ask(kept), note)
    printed = await screen.app.push_screen_wait(dialog)
    if printed is not None:
        wrong = printed.wanted == BROWSER and not printed.shown
        screen.shop_app.toast(_said(printed, name), wrong=wrong)


def _said(printed: Printed, name: str) -> str:
    """Where the page went."""
    places = {"form": form_name(printed.form), "name": name, "file": printed.file}
    if printed.shown:
        return _("{form} of {name} is open in the browser. It is kept in {file}.").format(**places)
    if printed.wanted == BROWSER:
        return _("No browser could be opened here. {form} of {name} is in {file}.").format(**places)
    return _("{form} of {name} is in {file}.").format(**places)
