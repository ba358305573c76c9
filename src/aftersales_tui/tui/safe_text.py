"""The only way user text reaches a widget: cleaned of control characters and never read as markup."""

from rich.text import Text
from textual.content import Content

from aftersales_tui.domain.text import clean, cut


def plain(text: str, *, lines: bool = False) -> str:
    """The cleaned text as a string, for places that take no markup; blanks at its ends stay.

    ``lines`` keeps line ends.
    """
    body = clean(text, lines=lines)
    if not body:
        return " " * len(text) if text.isspace() and "\n" not in text else ""
    head = len(text) - len(text.lstrip(" "))
    tail = len(text) - len(text.rstrip(" "))
    return " " * head + body + " " * tail


def safe_text(text: str, style: str = "", *, width: int = 0, lines: bool = False) -> Text:
    """The cleaned text as a Rich ``Text`` that is never wrapped, cut to ``width`` cells when given."""
    body = plain(text, lines=lines)
    return Text(cut(body, width) if width else body, style=style, no_wrap=True, overflow="ellipsis", end="")


def last_words(text: str) -> Text:
    """The cleaned text for the terminal that was given back: wrapped, and a line end after it."""
    return Text(plain(text, lines=True))


def content(text: str, style: str = "", *, width: int = 0, lines: bool = False) -> Content:
    """The cleaned text as a Textual ``Content`` that may be wrapped, cut to ``width`` cells when given."""
    body = plain(text, lines=lines)
    return Content.styled(cut(body, width) if width else body, style)
