"""The program's own log: what went wrong and where in the code, never whose device or what was typed."""

from __future__ import annotations

import logging
import os
import traceback
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType

from aftersales_tui import paths

LOGGER = "aftersales_tui"
KEPT_BYTES = 1_000_000


class PrivateFormatter(logging.Formatter):
    """Writes an error as its kind and its place; its words may quote a customer, so they stay out."""

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """Frames and type names of the error and of what caused it, no messages and no values."""
        lines: list[str] = []
        error: BaseException | None = ei[1]
        while error is not None:
            lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
            for frame in traceback.extract_tb(error.__traceback__):
                lines.append(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}")
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


class _PrivateFile(logging.FileHandler):
    def _open(self) -> TextIOWrapper:
        path = Path(self.baseFilename)
        paths.private_folder(path.parent)
        number = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        return os.fdopen(number, "a", encoding="utf-8")


def start(path: Path | None = None) -> None:
    """Log warnings and errors to the file in the state folder; one earlier file is kept beside it.

    Where no file can be written the program runs without a log.
    """
    path = path or paths.log_file()
    logger = logging.getLogger(LOGGER)
    stop()
    logger.propagate = False
    try:
        if path.exists() and path.stat().st_size > KEPT_BYTES:
            path.replace(path.with_suffix(".old.log"))
        handler: logging.Handler = _PrivateFile(path)
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(PrivateFormatter("%(asctime)s %(levelname)s %(name)s %(process)d %(message)s"))
    logger.addHandler(handler)


def stop() -> None:
    """Close the log."""
    logger = logging.getLogger(LOGGER)
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()


def unforeseen(error: BaseException, path: Path | None = None) -> Path:
    """Puts an error that nobody foresaw into the log; gives back the file it is looked up in."""
    path = path or paths.log_file()
    start(path)
    logging.getLogger(LOGGER).error("stopped by an error", exc_info=error)
    stop()
    return path
