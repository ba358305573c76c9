"""What leaves for the terminal: data on stdout, talk on stderr; text made harmless, JSON for scripts."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from aftersales_tui.domain.errors import Problem, ShopError, refuse
from aftersales_tui.domain.text import cell_width, clean, cut, escaped
from aftersales_tui.i18n import _, ngettext
from aftersales_tui.i18n.messages import fault, sentence

Writing = Callable[[], None]

CELL_AT_MOST = 48
"""Terminal cells a text in a table may take before it is cut."""


def say(text: str) -> None:
    """A line, or several, of data on stdout."""
    _write(sys.stdout, clean(text, lines=True))


def warn(text: str) -> None:
    """A line of talk on stderr."""
    _write(sys.stderr, clean(text, lines=True))


def passing(text: str) -> None:
    """A line on stderr that the next one takes the place of, on a terminal only; none takes it away."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{clean(text)}")
        sys.stderr.flush()


def data(text: str) -> None:
    """A finished document on stdout, as it is."""
    sys.stdout.write(text)


def into_file(text: str, to: Path, *, force: bool, field: str = "output") -> None:
    """A finished document whole and private into a file that was not there yet, unless ``force``.

    Raises ``Refused``: ``file_exists``, ``file_not_written``.
    """
    from aftersales_tui import paths

    try:
        if to.exists() and not force:
            raise refuse("file_exists", field, file=str(to))
        paths.write_private(to, text)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise refuse("file_not_written", field, file=str(to), reason=reason) from error


def caught(write: Writing) -> str:
    """What ``write`` would put on stdout."""
    paper = io.StringIO()
    with contextlib.redirect_stdout(paper):
        write()
    return paper.getvalue()


def as_json(value: object) -> None:
    """A value on stdout as JSON."""
    _write(sys.stdout, _dumped(sys.stdout, value))


def refused(error: ShopError, *, as_json: bool) -> None:
    """What was refused, on stderr: a sentence for each problem, or JSON naming the first."""
    if as_json:
        first = error.problem
        told: dict[str, object] = {
            "code": first.code,
            "field": first.field or None,
            "message": _message(first),
        }
        if len(error.problems) > 1:
            told["others"] = [
                {"code": p.code, "field": p.field or None, "message": _message(p)} for p in error.problems[1:]
            ]
        _write(sys.stderr, _dumped(sys.stderr, {"error": told}))
        return
    problems(error.problems)


def problems(found: Iterable[Problem]) -> None:
    """A sentence on stderr for each of several things that are wrong."""
    for problem in found:
        warn(_message(problem))


def misused(message: str) -> None:
    """A wrong use of the command line, on stderr as JSON."""
    told = {"code": "usage", "field": None, "message": clean(message)}
    _write(sys.stderr, _dumped(sys.stderr, {"error": told}))


def details(pairs: Iterable[tuple[str, object]]) -> None:
    """A record as ``label: value`` lines, the values under each other; what is empty is left out."""
    rows = [
        (clean(label), clean(str(value), lines=True)) for label, value in pairs if value not in (None, "")
    ]
    width = max((cell_width(label) for label, _value in rows), default=0) + 2
    for label, value in rows:
        first, *more = value.split("\n")
        _write(sys.stdout, f"{label}{' ' * (width - cell_width(label))}{first}")
        for line in more:
            _write(sys.stdout, " " * width + line)


def table(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    total: int | None = None,
    right: Iterable[int] = (),
    cells: int = CELL_AT_MOST,
) -> None:
    """A table on stdout; ``right`` names the columns of numbers, texts are cut to ``cells``.

    Says on stderr when there is more than it shows.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for place, column in enumerate(columns):
        justify: Any = "right" if place in right else "left"
        drawn.add_column(Text(clean(column)), justify=justify, no_wrap=True, overflow="ellipsis")
    count = 0
    for row in rows:
        drawn.add_row(*(Text(cut(_cell(value), cells)) for value in row))
        count += 1
    terminal = sys.stdout.isatty()
    paper = io.StringIO()
    # a pipe has no width: there every column is as wide as what stands in it
    console = Console(
        file=paper, width=None if terminal else 10_000, force_terminal=terminal, highlight=False, emoji=False
    )
    console.print(drawn)
    for line in paper.getvalue().splitlines():
        sys.stdout.write(line.rstrip() + "\n")
    if total is not None and total > count:
        told = ngettext("{n} of {total} shown.", "{n} of {total} shown.", count)
        warn(told.format(n=count, total=total))


def nothing(text: str) -> None:
    """Says on stderr that a list is empty."""
    warn(text)


def listed(items: Sequence[Mapping[str, object]], total: int) -> None:
    """A list on stdout as JSON."""
    as_json({"items": list(items), "total": total})


def clock_is_behind(when: str) -> None:
    """Warns that something on file happened later than now."""
    warn(
        _("The clock stands before the last entry, of {time}. Entries keep the time given.").format(time=when)
    )


def careful(problem: Problem) -> None:
    """Warns of something that somebody has to see to, in one line: what it is and what to do."""
    told = fault(problem)
    warn(f"{told.happened} {told.to_do}" if told else _message(problem))


def brought_up_to_date(found: int, now: int, copy: Path) -> None:
    """Says that opening the shop file changed it, and where the copy of before is."""
    warn(_message(Problem("brought_up_to_date", "db", {"found": found, "now": now, "copy": copy})))


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return " " * (len(text) - len(text.lstrip(" "))) + clean(text)


def _message(problem: Problem) -> str:
    return clean(sentence(problem), lines=True)


def _dumped(stream: TextIO, value: object) -> str:
    # a file that is written through memory has no encoding of its own: it becomes UTF-8
    speaks_all = (stream.encoding or "utf-8").lower().replace("-", "").startswith("utf")
    return escaped(json.dumps(value, ensure_ascii=not speaks_all, indent=2))


def _write(stream: TextIO, text: str) -> None:
    stream.write(f"{text}\n")
