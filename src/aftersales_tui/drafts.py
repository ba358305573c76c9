"""Half-typed forms: one file each, held by the process that types and offered again after it.

A draft belongs to a person and a shop file and lies in the state folder. While a process types in it,
it holds the lock file beside it; the system takes that lock away when the process ends, however it ends.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from aftersales_tui import paths
from aftersales_tui.locks import FileLock

VERSION = 1
"""Of the file's shape; a newer one is left alone."""

_PATIENCE = 0.05
"""Seconds: somebody who only lists the drafts does not get in the way."""
"""How often, and how many seconds apart, a draft to go on with is reached for."""
_NAME = re.compile(r"[a-z_]+-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Draft:
    """A half-typed form as it was kept last.

    ``title`` says in a line what it is about, ``answers`` are what stood in the fields, ``context``
    holds what the form needs beside them (record ids), as plain JSON values.
    """

    id: str
    form: str
    title: str
    kept_at: datetime
    answers: Mapping[str, str]
    context: Mapping[str, Any]


class OpenDraft:
    """A draft that this process types in; nobody else is offered it until ``release`` or the end."""

    def __init__(self, folder: Path, draft_id: str, lock: FileLock) -> None:
        self._path = folder / f"{draft_id}.json"
        self._lock_path = folder / f"{draft_id}.lock"
        self._lock: FileLock | None = lock
        self.id = draft_id

    @property
    def held(self) -> bool:
        """Whether it is still this process's."""
        return self._lock is not None

    def save(
        self,
        title: str,
        answers: Mapping[str, str],
        now: datetime,
        context: Mapping[str, Any] | None = None,
    ) -> Draft | None:
        """Keep what is typed, whole or not at all; ``None`` after ``drop`` or ``release``. Raises OSError."""
        if self._lock is None:
            return None
        kept = Draft(self.id, _form_of(self.id), title, now, dict(answers), dict(context or {}))
        paths.write_private(self._path, _written(kept))
        return kept

    def drop(self) -> None:
        """The form was saved, or is not wanted any more: the draft is gone.

        A save may end after its form was left; only a draft that somebody else goes on with stays.
        """
        lock = self._lock or (FileLock.wait(self._lock_path, _PATIENCE) if self._path.exists() else None)
        if lock is not None:
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)
            lock.release(remove=True)
            self._lock = None

    def release(self) -> None:
        """The form is left: what was kept last is offered again; an empty draft leaves nothing behind."""
        if self._lock is not None:
            self._lock.release(remove=not self._path.exists())
            self._lock = None


def begin(shop_file: Path, staff: int, form: str) -> OpenDraft:
    """A new draft of a form (``call``, ``repair_record`` …), held by this process. Raises OSError."""
    folder = _folder(shop_file, staff)
    paths.private_folder(folder)
    while True:
        draft_id = f"{form}-{secrets.token_hex(6)}"
        lock = FileLock.take(folder / f"{draft_id}.lock")
        if lock is not None:
            return OpenDraft(folder, draft_id, lock)


def list_drafts(shop_file: Path, staff: int, form: str = "") -> list[Draft]:
    """The person's drafts that nobody is typing in, the newest first; ``form`` keeps one kind.

    A file that cannot be read as a draft is renamed to ``….broken`` and left out.
    """
    folder = _folder(shop_file, staff)
    found = []
    try:
        files = sorted(folder.glob("*.json"))
    except OSError:
        return []
    for path in files:
        if not _NAME.fullmatch(path.stem) or (form and _form_of(path.stem) != form):
            continue
        lock_file = path.with_suffix(".lock")
        lock = FileLock.take(lock_file, shared=True) if lock_file.exists() else None
        if lock is None and lock_file.exists():
            continue
        draft = _read(path)
        if lock is not None:
            lock.release(remove=False)
        if draft is not None:
            found.append(draft)
    return sorted(found, key=lambda draft: draft.kept_at, reverse=True)


def take(shop_file: Path, staff: int, draft_id: str) -> tuple[OpenDraft, Draft] | None:
    """Go on with a draft: it is held by this process from now on.

    ``None`` when somebody else types in it or it is gone.
    """
    folder = _folder(shop_file, staff)
    path = folder / f"{draft_id}.json"
    if not _NAME.fullmatch(draft_id) or not path.exists():
        return None
    lock = FileLock.wait(path.with_suffix(".lock"), _PATIENCE)
    if lock is None:
        return None
    draft = _read(path)
    if draft is None:
        lock.release(remove=not path.exists())
        return None
    return OpenDraft(folder, draft_id, lock), draft


def drop(shop_file: Path, staff: int, draft_id: str) -> bool:
    """Throw a draft away; ``False`` when somebody types in it or it is gone."""
    taken = take(shop_file, staff, draft_id)
    if taken is None:
        return False
    taken[0].drop()
    return True


def forget(shop_file: Path, about: Callable[[str, Mapping[str, Any]], bool]) -> tuple[int, int]:
    """Throw away whatever of anybody's drafts is ``about`` somebody: all its text, and its context.

    How many went, and how many stay because somebody types in them. What cannot be read goes by its text.
    """
    gone = in_use = 0
    for path in sorted(paths.drafts_dir().glob(f"{_identity(shop_file)}-*/*")):
        if path.suffix not in (".json", ".broken"):
            continue
        try:
            text, context = _all_of(path.read_text(encoding="utf-8", errors="replace"))
        except OSError:
            continue
        if not about(text, context):
            continue
        lock = FileLock.take(path.with_suffix(".lock"))
        if lock is None:
            in_use += 1
            continue
        with contextlib.suppress(OSError):
            path.unlink()
            gone += 1
        lock.release(remove=True)
    return gone, in_use


def _all_of(written: str) -> tuple[str, Mapping[str, Any]]:
    """Everything a draft says as one text, and its context; of one that is broken the text as it stands."""
    try:
        data = json.loads(written)
        context = data["context"]
        text = json.dumps(data, ensure_ascii=False)
    except (ValueError, TypeError, KeyError, RecursionError):
        return written, {}
    return text, context if isinstance(context, dict) else {}


def _identity(shop_file: Path) -> str:
    return hashlib.sha256(str(shop_file.resolve()).encode()).hexdigest()[:12]


def _folder(shop_file: Path, staff: int) -> Path:
    return paths.drafts_dir() / f"{_identity(shop_file)}-{staff}"


def _form_of(draft_id: str) -> str:
    return draft_id.rpartition("-")[0]


def _written(draft: Draft) -> str:
    data = {
        "version": VERSION,
        "title": draft.title,
        "kept_at": draft.kept_at.isoformat(),
        "answers": dict(draft.answers),
        "context": dict(draft.context),
    }
    return json.dumps(data, ensure_ascii=True, indent=1) + "\n"


def _read(path: Path) -> Draft | None:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(data, dict) and isinstance(data["version"], int) and data["version"] > VERSION:
            return None
        draft = _understood(path.stem, data)
    except OSError:
        return None
    except (ValueError, TypeError, KeyError, RecursionError):
        with contextlib.suppress(OSError):
            path.replace(path.with_suffix(".broken"))
        return None
    return draft


def _understood(draft_id: str, data: Any) -> Draft:
    kept_at = datetime.fromisoformat(data["kept_at"])
    answers, context = data["answers"], data["context"]
    texts = [data["title"], *answers.keys(), *answers.values()]
    if kept_at.tzinfo is None or not isinstance(context, dict) or not all(isinstance(t, str) for t in texts):
        raise TypeError("not a draft")
    return Draft(draft_id, _form_of(draft_id), data["title"], kept_at, answers, context)
