"""What every field of a form can do."""

from typing import TYPE_CHECKING, ClassVar

from textual.message import Message
from textual.widget import Widget

if TYPE_CHECKING:
    _Base = Widget
else:
    _Base = object


class Field(_Base):
    """A field of a form, mixed into a widget; its ``id`` is its name in answers, drafts and problems."""

    has_ground: ClassVar[bool] = False
    """Whether it is drawn with a ground as wide as it is."""
    required: bool = False
    _given: str | None = None

    class Edited(Message):
        """What the field holds is different now."""

        def __init__(self, field: "Field", typed: bool) -> None:
            super().__init__()
            self.field = field
            self.typed = typed
            """Whether somebody typed it, not the program."""

        @property
        def control(self) -> "Field":
            """The field that changed."""
            return self.field

    class Done(Message):
        """Enter in the field, or an answering key: on to the next field that needs somebody."""

        def __init__(self, field: "Field") -> None:
            super().__init__()
            self.field = field

        @property
        def control(self) -> "Field":
            """The field that is done."""
            return self.field

    @property
    def answer(self) -> str:
        """What is in the field, as text or as the code of the answer; several are separated by commas."""
        raise NotImplementedError

    def set_answer(self, answer: str) -> None:
        """Puts something into the field, as when a draft is taken up again."""
        raise NotImplementedError

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in the field."""
        return not self.answer

    @property
    def focus_target(self) -> Widget:
        """What takes the focus."""
        return self

    def say_changed(self) -> None:
        """Tells the form that the field holds something else."""
        typed = self.answer != self._given
        if typed:
            self._given = None
        if self.is_attached:
            self.post_message(Field.Edited(self, typed))

    def say_done(self) -> None:
        """Tells the form to go on."""
        self.post_message(Field.Done(self))
