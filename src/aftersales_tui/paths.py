"""Where the program keeps its files: the shop file, what a seat remembers, what is half typed."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

APP = "aftersales"


def data_dir() -> Path:
    """The folder of the shop file on this system."""
    import platformdirs

    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def state_dir() -> Path:
    """The folder of what may be lost without harm to the shop: drafts, locks, the log."""
    import platformdirs

    return Path(platformdirs.user_state_dir(APP, appauthor=False))


def config_file() -> Path:
    """The settings of this seat."""
    import platformdirs

    return Path(platformdirs.user_config_dir(APP, appauthor=False)) / "config.toml"


def shop_file() -> Path:
    """The shop file: ``AFTERSALES_DB`` if it is set, else ``shop.db`` in the data folder."""
    named = os.environ.get("AFTERSALES_DB", "")
    return Path(named).expanduser() if named else data_dir() / "shop.db"


def drafts_dir() -> Path:
    """The folder of half-typed forms."""
    return state_dir() / "drafts"


def papers_dir() -> Path:
    """The folder of printed forms: among the documents, because a confined browser sees no hidden folder."""
    import platformdirs

    return Path(platformdirs.user_documents_dir()) / APP


def log_file() -> Path:
    """The program's own log."""
    return state_dir() / "aftersales.log"


def sample_data() -> Path:
    """The sample shop: inside the installed package, or the repository's folder in an editable install.

    Raises FileNotFoundError when neither is there.
    """
    package = Path(__file__).parent
    for folder in (package / "sample_data", package.parent.parent / "sample_data"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(package / "sample_data")


def private_folder(folder: Path) -> None:
    """Make a folder, and what lacks above it, for this user alone. Raises OSError."""
    # ``mkdir(parents=True)`` gives its mode to the last folder alone
    for one in reversed([folder, *folder.parents]):
        if not one.is_dir():
            one.mkdir(mode=0o700, exist_ok=True)


def write_private(path: Path, text: str) -> None:
    """Put ``text`` at ``path``, whole or not at all, readable by this user only. Raises OSError."""
    private_folder(path.parent)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        # the name of a file may stand in it, and that may be any bytes
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
