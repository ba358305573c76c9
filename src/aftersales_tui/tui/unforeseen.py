"""An error that nobody foresaw ends the program with three lines, its place in the code in the log."""

from __future__ import annotations

from textual.app import App
from textual.worker import WorkerFailed

from aftersales_tui.tui.safe_text import last_words


class ToldFailure(App[int]):
    """Textual would show the code with the values in it: names and phones of customers among them."""

    def _fatal_error(self) -> None:
        if "debug" in self.features:
            super()._fatal_error()
        elif self._exit_renderables or self._exception is None:  # what follows from the first error
            self._close_messages_no_wait()
        else:
            from aftersales_tui import logs
            from aftersales_tui.i18n.unforeseen_words import stopped

            told = self._exception
            error: BaseException = told.error if isinstance(told, WorkerFailed) else told
            self.panic(last_words(stopped(error, logs.unforeseen(error))))
