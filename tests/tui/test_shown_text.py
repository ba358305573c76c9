"""No widget is handed anybody's text but through ``safe_text``: read from the source of all screens."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.shown_text import Finding, findings

import aftersales_tui.tui

SCREENS = Path(aftersales_tui.tui.__file__).parent
THE_WAY = "safe_text.py"

PLANTED = {
    "a name in a Static": "Static(job.customer_name, markup=False)",
    "a name in a sentence": 'Static(_("With {name}.").format(name=name), markup=False)',
    "an f-string": 'Label(f"{job.brand} {job.model}")',
    "a name by way of a variable": "words = job.fault\n        Static(words)",
    "one branch of two": "Static(content(fault) if fault else job.wish)",
    "a list of names": "shown = [person.name for person in people]\n        self.table.add_row(*shown)",
    "a list that is filled": (
        "cells = [safe_text(first)]\n        cells.append(job.brand)\n        self.table.add_row(*cells)"
    ),
    "update": 'self.query_one("#who", Static).update(job.customer_name)',
    "only made plain": "self.line.update(plain(job.fault))",
    "a column": "self.table.add_column(job.brand, width=9)",
    "a cell": "self.table.update_cell_at(Coordinate(1, 2), job.brand)",
    "an option": "self.list.add_option(Option(job.brand))",
    "the label of a choice": "Selection(job.brand, job.id)",
    "a title in the border": "self.border_title = job.number_words",
    "a tooltip": "self.tooltip = job.fault",
    "a toast": "self.notify(job.fault, markup=False)",
    "a toast that reads markup": "self.notify(plain(job.fault))",
    "markup asked for": 'Static("", markup=True)',
    "a Text made by hand": "row = Text(job.fault)",
    "a Content made by hand": "Content.styled(job.fault, 'bold')",
    "a Content from markup": 'Content.from_markup("[b]$x", x=job.fault)',
    "something added to a Text": 'row = Text("")\n        row.append(job.fault)',
    "a Text that joins strings": 'Text(" ").join([job.brand, job.model])',
    "Markdown": "Markdown(job.notes)",
    "a log": "RichLog()",
    "what stands in a field": "Input(job.fault)",
    "the words behind a field": "self.field.placeholder = job.fault",
    "a text loaded": "self.area.load_text(job.notes)",
    "a subclass": "Own(job.fault)",
    "what another method answers": "Static(self.words())",
    "a literal with markup": 'Static("[b]loud[/b]")',
}
HARMLESS = {
    "through content": 'Static(content(_("With {name}.").format(name=name)), markup=False)',
    "through RunningText": "self.line.update(RunningText([job.fault]))",
    "nothing yet": 'Static("", markup=False)',
    "cells": (
        "cells = [safe_text(text) for text in row.cells]\n        self.table.add_row(Text('  '), *cells)"
    ),
    "a typed method": "Static(self.line_of(job))",
    "a dictionary": "self.answers.update({'name': job.fault})",
    "a toast": "self.notify(plain(job.fault), markup=False)",
    "a field": "Input(plain(job.fault), placeholder=plain(job.brand))",
}
MODULE = """
class Own(Static):
    pass

class Screen(Widget):
    def words(self) -> str:
        return self.job.fault

    def line_of(self, job) -> Content:
        return content(job.fault)

    def planted(self, job, name: str, fault: str, first: str, people, row):
        {source}
"""


def found_in(source: str) -> list[Finding]:
    return findings([("screen.py", MODULE.format(source=source))])


def test_every_text_on_the_screens_goes_through_safe_text() -> None:
    files = [path for path in sorted(SCREENS.rglob("*.py")) if path.name != THE_WAY]
    assert len(files) > 80
    found = findings((str(path.relative_to(SCREENS)), path.read_text("utf-8")) for path in files)
    assert found == []


@pytest.mark.parametrize("source", PLANTED.values(), ids=PLANTED)
def test_a_planted_one_is_found(source: str) -> None:
    assert found_in(source)


@pytest.mark.parametrize("source", HARMLESS.values(), ids=HARMLESS)
def test_what_is_harmless_is_left_alone(source: str) -> None:
    assert found_in(source) == []


def test_a_widget_that_renders_a_string_is_found() -> None:
    module = "class Line(Widget):\n    def render(self) -> str:\n        return self.fault\n"
    assert findings([("line.py", module)])


def test_a_subclass_that_hands_its_text_up_is_found() -> None:
    module = (
        "class Line(Static):\n    def __init__(self, job) -> None:\n        super().__init__(job.fault)\n"
    )
    assert findings([("line.py", module)])


def test_a_planted_one_is_found_in_a_real_screen() -> None:
    file = SCREENS / "desk" / "record_screen.py"
    text = file.read_text("utf-8")
    safe = 'update(content("\\n".join(lines), lines=True))'
    assert text.count(safe) == 1
    assert findings([("record_screen.py", text.replace(safe, 'update("\\n".join(lines))'))])
