"""From a form's view to its page: Jinja2 with every text cleaned and escaped, nothing loaded from outside."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from aftersales_tui.domain.errors import Problem, StoreFault
from aftersales_tui.domain.papers import Paper
from aftersales_tui.domain.text import clean

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("aftersales_tui.documents", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def _harmless(value: object) -> object:
    """A text without control characters or turned reading direction; markup of our own as it stands."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return clean(value, lines=True)
    return value


def render(template: str, view: object, paper: Paper) -> str:
    """The whole page of ``view``, which the template knows as ``sheet``.

    Raises ``StoreFault`` (``template_broken``) when the installation's template is missing or unreadable.
    """
    from jinja2 import TemplateNotFound, TemplateSyntaxError

    try:
        page = _environment().get_template(template)
    except (TemplateNotFound, TemplateSyntaxError, OSError, ValueError) as error:
        file = getattr(error, "name", None) or template
        values = {"file": file, "reason": str(error)}
        raise StoreFault(Problem("template_broken", "", values)) from error
    return page.render(sheet=view, paper=paper.value)


def qr(text: str) -> Markup:
    """A QR code as an SVG drawing that takes its size from the page."""
    import segno
    from markupsafe import Markup

    drawn = segno.make(text, error="m", micro=False)
    return Markup(drawn.svg_inline(omitsize=True, border=0, svgclass="qr", lineclass=None))
