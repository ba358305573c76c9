"""What the focus stands on."""

from textual.widget import Widget
from textual.widgets import Input


def takes_letters(widget: Widget | None) -> bool:
    """Whether letters type there; the editor of several lines is loaded by the forms that have one."""
    if widget is None or isinstance(widget, Input):
        return widget is not None
    if not hasattr(widget, "document"):
        return False
    from textual.widgets import TextArea

    return isinstance(widget, TextArea)
