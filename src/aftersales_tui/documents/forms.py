"""The forms the shop prints: a new one is a template, a view, a line here, and its facts in the services."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aftersales_tui.documents import claim_check, coverage_statement, rendering
from aftersales_tui.domain.papers import Form, Paper
from aftersales_tui.views.papers import Sheet


@dataclass(frozen=True, slots=True)
class Printed:
    """How a form is made: its template, and what turns the facts into finished words."""

    template: str
    view: Callable[[Any], Any]


FORMS: Mapping[Form, Printed] = {
    Form.CLAIM_CHECK: Printed("claim_check.html.j2", claim_check.view),
    Form.COVERAGE_STATEMENT: Printed("coverage_statement.html.j2", coverage_statement.view),
}


def sheet(form: Form, facts: object, paper: Paper, about: str) -> Sheet:
    """The form, ready to be saved; ``about`` is its record in the name of the file, never a user's text."""
    printed = FORMS[form]
    view = printed.view(facts)
    roll = "" if paper is Paper.A4 else f"-{paper.value}"
    return Sheet(
        form=form,
        number=view.head.number,
        file_name=f"{form.value}-{about}{roll}.html",
        html=rendering.render(printed.template, view, paper),
    )
