"""Keeps the catalogues in step with the source.

    python tools/catalogues.py update               new strings in, strings nobody says any more out
    python tools/catalogues.py update --merge FILE  the same, taking translations from another .po
    python tools/catalogues.py compile              .po to .mo
    python tools/catalogues.py missing              what is not translated yet, as a .po on stdout

Translations are never guessed: a string that changed in English is untranslated again.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "aftersales_tui"
LOCALES = PACKAGE / "i18n" / "locales"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "N_": None,
    "C_": ((1, "c"), 2),
    "NC_": ((1, "c"), 2),
    "ngettext": (1, 2),
}
HEADER = """\
# The words of aftersales-tui. Update with: make messages
#
"""

Key = tuple[str, str | None]


def catalogues() -> list[Path]:
    """Every .po of the package."""
    return sorted(LOCALES.glob("*/LC_MESSAGES/*.po"))


def read(path: Path) -> Catalog:
    """A .po file; its language is the name of its folder."""
    with path.open("rb") as file:
        locale = path.parts[-3] if path.is_relative_to(LOCALES) else None
        return read_po(file, locale=locale)


def extract() -> Catalog:
    """Every string the source marks, with the files that say it."""
    found = Catalog(charset="utf-8")
    for name, line, message, comments, context in extract_from_dir(
        str(PACKAGE), method_map=[("**.py", "python")], keywords=KEYWORDS
    ):
        found.add(message, None, [(Path(name).as_posix(), line)], auto_comments=comments, context=context)
    return found


def key(message: Message) -> Key:
    """What tells one entry from another."""
    return (message.id if isinstance(message.id, str) else message.id[0], message.context)


def entries(catalogue: Catalog) -> dict[Key, Message]:
    """The entries of a catalogue without its header."""
    return {key(message): message for message in catalogue if message.id}


def translated(message: Message | None) -> bool:
    """Whether an entry says something in its language."""
    if message is None or message.fuzzy:
        return False
    said = message.string
    return all(said) if isinstance(said, (tuple, list)) else bool(said)


def updated(old: Catalog, source: Catalog, others: Iterable[Catalog] = ()) -> Catalog:
    """The source's strings with the translations known: first from ``others``, then the old ones.

    A string without a translation under its own context takes one from ``others`` that stands there
    without a context, or under one other context only.
    """
    known = entries(old)
    brought: dict[Key, Message] = {}
    for other in others:
        brought |= {k: m for k, m in entries(other).items() if translated(m)}
    by_text: dict[str, set[str]] = {}
    for (text, _context), message in brought.items():
        if isinstance(message.string, str):
            by_text.setdefault(text, set()).add(message.string)
    new = Catalog(
        locale=old.locale, project="aftersales-tui", header_comment=HEADER, charset="utf-8", fuzzy=False
    )
    for entry, message in sorted(entries(source).items(), key=lambda e: (e[0][0], e[0][1] or "")):
        best = brought.get(entry) or known.get(entry)
        said = best.string if best is not None and translated(best) else ""
        if not said and isinstance(message.id, str) and len(texts := by_text.get(entry[0], set())) == 1:
            said = next(iter(texts))
        if isinstance(said, str) and not isinstance(message.id, str):
            said = (said,) * new.num_plurals
        files = sorted({(file, 0) for file, _line in message.locations})
        new.add(message.id, said, files, context=message.context)
    return new


def text_of(catalogue: Catalog, language: str) -> str:
    """The .po as it is kept: sorted, one line per string, no dates and no line numbers to conflict."""
    raw = io.BytesIO()
    write_po(raw, catalogue, width=0, omit_header=True, include_lineno=False)
    head = (
        f'{HEADER}msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n'
        f'"Plural-Forms: {catalogue.plural_forms}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n\n'
    )
    return head + raw.getvalue().decode("utf-8").strip() + "\n"


def update(merge: list[Path]) -> int:
    """Rewrite every .po; says what is still untranslated. Exit code 0."""
    source = extract()
    others = [read(path) for path in merge]
    for path in catalogues():
        new = updated(read(path), source, others)
        path.write_text(text_of(new, path.parts[-3]), encoding="utf-8")
        bare = [k for k, m in entries(new).items() if not translated(m)]
        print(f"{path.relative_to(ROOT)}: {len(new)} strings, {len(bare)} not translated", file=sys.stderr)
        for text, context in bare:
            print(f"  {f'[{context}] ' if context else ''}{text}", file=sys.stderr)
    return 0


def compile_all() -> int:
    """Write each .mo beside its .po."""
    for path in catalogues():
        half = path.with_suffix(".mo.half")
        with half.open("wb") as file:
            write_mo(file, read(path))
        half.replace(path.with_suffix(".mo"))
    return 0


def missing() -> int:
    """Print the untranslated strings as a .po to be filled in and merged."""
    source = extract()
    for path in catalogues():
        known = entries(updated(read(path), source))
        bare = Catalog(locale=path.parts[-3], charset="utf-8", fuzzy=False)
        for message in known.values():
            if not translated(message):
                bare.add(message.id, "", message.locations, context=message.context)
        print(text_of(bare, path.parts[-3]))
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    todo = parser.add_subparsers(dest="todo", required=True)
    todo.add_parser("update").add_argument("--merge", type=Path, action="append", default=[], metavar="FILE")
    todo.add_parser("compile")
    todo.add_parser("missing")
    given = parser.parse_args()
    if given.todo == "update":
        return update(given.merge)
    return compile_all() if given.todo == "compile" else missing()


if __name__ == "__main__":
    sys.exit(main())
