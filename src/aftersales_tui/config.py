"""What one seat remembers between two starts: language, last person, glyphs, theme, own keys."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from aftersales_tui import paths
from aftersales_tui.domain.errors import Problem, StoreFault

GLYPHS = ("unicode", "ascii")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a seat; an empty text means: not chosen yet."""

    language: str = ""
    """``en`` or ``zh_CN``."""
    staff: str = ""
    """Who signed in last at this seat."""
    glyphs: str = "unicode"
    """``ascii`` for a terminal that draws ``▸ … ·`` two cells wide."""
    theme: str = ""
    paper: str = ""
    """On what was printed last."""
    paper_to: str = ""
    """``file`` or ``browser``: where a page went last."""
    shop_file: str = ""
    """The shop file this seat works on, when it is not the usual one."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """The ``[keys]`` table: action id to the keys that shall do it."""


def read(path: Path | None = None) -> Settings:
    """The settings of this seat; defaults when there is no file.

    Raises StoreFault ``config_unreadable`` (with ``file`` and ``line``) or ``config_no_access``.
    """
    path = path or paths.config_file()
    text = _text(path)
    table = _parsed(path, text)
    keys = table.get("keys", {})
    if not isinstance(keys, dict) or not all(isinstance(key, str) for key in keys.values()):
        raise _unreadable(path, _line_of(text, "keys"))
    chosen: dict[str, str] = {}
    for name in _scalars():
        value = table.get(name, "")
        if not isinstance(value, str) or (name == "glyphs" and value not in ("", *GLYPHS)):
            raise _unreadable(path, _line_of(text, name))
        if value:
            chosen[name] = value
    return Settings(**chosen, keys=keys)


def remember(path: Path | None = None, **changes: str) -> Settings:
    """Change some settings and keep everything else of the file as it is, comments included.

    Raises StoreFault like ``read``; TypeError for a name that is no setting.
    """
    path = path or paths.config_file()
    text = _text(path)
    _parsed(path, text)
    for name, value in changes.items():
        if name not in _scalars():
            raise TypeError(name)
        text = _with(text, name, value)
    try:
        paths.write_private(path, text)
    except OSError as error:
        raise _no_access(path) from error
    return read(path)


def language_wanted(settings: Settings, environment: Mapping[str, str] | None = None) -> str:
    """The language to begin with: ``AFTERSALES_LANG``, the seat's choice, the system's, English."""
    environment = os.environ if environment is None else environment
    for wanted in (environment.get("AFTERSALES_LANG", ""), settings.language):
        if wanted:
            return wanted
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if locale := environment.get(name, ""):
            return "zh_CN" if locale.lower().startswith(("zh_cn", "zh_sg", "zh_hans", "zh.")) else "en"
    return "en"


def _scalars() -> tuple[str, ...]:
    return tuple(f.name for f in fields(Settings) if f.name != "keys")


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise _no_access(path) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(path, raw.count(b"\n", 0, error.start) + 1) from error


def _parsed(path: Path, text: str) -> dict[str, object]:
    if not text:
        return {}
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        raise _unreadable(path, int(found[1]) if found else text.count("\n") + 1) from error


def _line_of(text: str, name: str) -> int:
    found = re.search(rf"^[ \t]*\[?[ \t]*{name}\b", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _with(text: str, name: str, value: str) -> str:
    """The file's text with one top-level setting replaced or added."""
    quoted = "".join(_ESCAPED.get(c, c) if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}" for c in value)
    line = f'{name} = "{quoted}"'
    first_table = re.search(r"^\s*\[", text, re.MULTILINE)
    end = first_table.start() if first_table else len(text)
    head, tail = text[:end], text[end:]
    head, replaced = re.subn(rf"^[ \t]*{name}[ \t]*=.*$", lambda _: line, head, count=1, flags=re.MULTILINE)
    if not replaced:
        head = f"{head.rstrip()}\n{line}\n".lstrip("\n")
        tail = f"\n{tail.lstrip()}" if tail else ""
    return head + tail


_ESCAPED = {"\\": "\\\\", '"': '\\"'}


def _unreadable(path: Path, line: int) -> StoreFault:
    return StoreFault(Problem("config_unreadable", "", {"file": str(path), "line": line}))


def _no_access(path: Path) -> StoreFault:
    return StoreFault(Problem("config_no_access", "", {"file": str(path)}))
